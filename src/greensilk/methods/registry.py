"""All formulas: those written in the modules of this room, and the choices of its table.

Some formulas only say which input stands for a quantity under which condition: the baseline
distance by air is the air distance where air is the mode displaced. They are rows of
``data/choices.csv`` and become formulas like any other. The documents behind formulas stand in
``data/documents.csv``; a source names them in braces and adds the clause.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import msgspec

from greensilk.core.names import positions, unit_of
from greensilk.core.quantity import Quantity, Value, by_family
from greensilk.core.tables import load_records

__all__ = ["FORMULA_MODULES", "Document", "documents", "quantities"]

FORMULA_MODULES = tuple(
    sorted(
        module.name
        for module in iter_modules([str(Path(__file__).parent)])
        if module.name not in ("registry", "room")
    )
)


@cache
def quantities() -> tuple[Quantity, ...]:
    """Return every formula, importing the modules of formulas on first use.

    In the order of the glossary, then by rank, then as they are written: the order of the evidence
    rests on this one.
    """
    records = []
    for name in FORMULA_MODULES:
        module = import_module(f"greensilk.methods.{name}")
        for value in vars(module).values():
            record = getattr(value, "quantity", None)
            if isinstance(record, Quantity) and value.__module__ == module.__name__:
                records.append(record)
    choices = load_records("methods/data/choices.csv", Choice, key="method")
    records += [choice.record() for choice in choices]
    order = positions()
    records.sort(key=lambda record: (order[record.name], record.rank))
    return tuple(_cite(record) for record in records)


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document that formulas come from; ``cited_as`` is how a formula's source prints it."""

    id: str
    cited_as: str
    publisher: str
    document: str
    edition: str = ""
    year: int | None = None
    address: str = ""


@cache
def documents() -> Mapping[str, Document]:
    """Return the documents that formulas come from, by the id their sources name in braces."""
    rows = load_records("methods/data/documents.csv", Document, key="id")
    return {row.id: row for row in rows}


def _cite(record: Quantity) -> Quantity:
    """Return the record with the documents its sources name: ``{acm0002}, section on ...``."""
    cited = {document.id: document.cited_as for document in documents().values()}
    sources = {family: source.format_map(cited) for family, source in record.sources.items()}
    return replace(record, sources=sources)


def _same(value: Value) -> Value:
    return value


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A row of ``data/choices.csv``: ``input`` stands for ``name`` under the condition ``where``.

    ``where`` is written ``attribute=value|value``; ``example`` is a value passed on.
    """

    method: str
    name: str
    input: str
    families: tuple[str, ...]
    where: str = ""
    rank: int
    verified: bool
    example: float
    source: str
    description: str

    def record(self) -> Quantity:
        """Return the choice as a formula."""
        entries, sources = by_family(self.name, self.method, self.source, self.families)
        attribute, _, values = self.where.partition("=")
        # the value is passed on as it is, so the input is taken in the unit of the result
        unit = unit_of(self.name)
        return Quantity(
            method=self.method,
            entries=entries,
            sources=sources,
            unit=unit,
            inputs={self.input: unit},
            function=_same,
            where={attribute: tuple(values.split("|"))} if attribute else {},
            rank=self.rank,
            verified=self.verified,
            formula=self.input,
            summary=self.description,
            worked=({self.input: self.example}, self.example),
        )

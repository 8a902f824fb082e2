"""The method book: every formula with its unit, source, inputs and a worked value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from greensilk.core.errors import UnknownNameError
from greensilk.core.quantity import ALL_FAMILIES, Quantity, quantities
from greensilk.core.text import name_label

__all__ = ["Entry", "Input", "method_book"]


@dataclass(frozen=True, slots=True)
class Input:
    """A parameter of a formula and who provides it."""

    name: str
    label: str
    unit: str
    providers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One formula of the method book, in one language."""

    name: str
    label: str
    method: str
    families: tuple[str, ...]
    unit: str
    formula: str
    description: str
    source: str
    verified: bool
    level: str
    inputs: tuple[Input, ...]
    example: tuple[dict[str, float], float] | None

    def as_dict(self) -> dict[str, Any]:
        """Return the entry as plain data, for JSON."""
        from dataclasses import asdict

        return asdict(self)


def method_book(name: str | None = None, lang: str = "en") -> list[Entry]:
    """Return the entries of the method book; with ``name`` those of one quantity or method.

    Raises
    ------
    UnknownNameError
        If nothing is called ``name``; the message lists names like it.

    >>> method_book("power.combined_margin")[0].unit
    'tCO2e/MWh'
    """
    records = list(quantities())
    if name is not None:
        chosen = [record for record in records if name in (record.name, record.method)]
        if not chosen:
            raise UnknownNameError("quantity or method", name, {r.name for r in records})
        records = chosen
    return [_entry(record, lang) for record in records]


def _entry(record: Quantity, lang: str) -> Entry:
    return Entry(
        name=record.name,
        label=record.zh if lang == "zh" else record.en,
        method=record.method,
        families=record.families,
        unit=record.unit,
        formula=record.expression,
        description=record.description,
        source=record.source,
        verified=record.verified,
        level=record.level,
        inputs=tuple(
            Input(name, name_label(name, lang), unit, _providers(name, record))
            for name, unit in record.inputs.items()
        ),
        example=None if record.example is None else (dict(record.example[0]), record.example[1]),
    )


def _providers(name: str, record: Quantity) -> tuple[str, ...]:
    """Return who provides an input: ``field:x``, ``formula:x`` or ``table:x``."""
    from greensilk.engine.graph import FieldProvider
    from greensilk.engine.lookup import FactLookup
    from greensilk.engine.packaged import default_graph

    graph = default_graph()
    family = "" if ALL_FAMILIES in record.families else record.families[0]
    found: dict[str, None] = {}
    for provider in graph.providers(name, family):
        if isinstance(provider, FieldProvider):
            found[f"field:{provider.field}"] = None
        elif isinstance(provider, FactLookup):
            found.update(dict.fromkeys(f"table:{fact.table}" for fact in provider.facts))
        else:
            found[f"formula:{provider.method}"] = None
    return tuple(found)

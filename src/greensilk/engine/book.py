"""The method book: every formula with its unit, source, inputs and a worked value.

It stands in the engine because only the engine knows who provides an input: a project field, a
formula or a table.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from greensilk.core.errors import UnknownNameError
from greensilk.core.quantity import ALL_FAMILIES, Example, Quantity
from greensilk.core.text import join_words, label, name_label
from greensilk.engine.graph import FieldProvider
from greensilk.engine.lookup import FactLookup
from greensilk.engine.packaged import default_graph
from greensilk.methods.registry import quantities

__all__ = ["Entry", "Input", "method_book"]


@dataclass(frozen=True, slots=True)
class Input:
    """A parameter of a formula and who provides it: ``field:x``, ``formula:x`` or ``table:x``."""

    name: str
    unit: str
    providers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One formula of the method book.

    Parameters
    ----------
    label
        Key of the words for the result in the catalogue.
    sources
        Documents the formula comes from, by family of project.
    example
        Worked value: the inputs and what the formula gives.
    """

    name: str
    label: str
    method: str
    families: tuple[str, ...]
    unit: str
    formula: str
    description: str
    source: str
    sources: dict[str, str]
    verified: bool
    level: str
    inputs: tuple[Input, ...]
    example: Example

    def explanation(self, lang: str) -> str:
        """Return what the formula does; in Chinese, what the quantity means."""
        return label(f"meaning.{self.name}", lang) if lang == "zh" else self.description

    def citation(self, lang: str) -> str:
        """Return the documents the formula comes from, with the families where they differ."""
        families: dict[str, list[str]] = {}
        for family, source in self.sources.items():
            families.setdefault(source, []).append(label(f"family.{family}", lang))
        if len(families) == 1:
            return self.source
        return "; ".join(
            f"{join_words(names, lang)}: {source}" for source, names in families.items()
        )

    def as_dict(self, lang: str = "en") -> dict[str, object]:
        """Return the entry as plain data for JSON, with the words of one language."""
        inputs = [{**asdict(item), "label": name_label(item.name, lang)} for item in self.inputs]
        return {
            **asdict(self),
            "label": label(self.label, lang),
            "inputs": inputs,
            "description": self.explanation(lang),
        }


def method_book(name: str | None = None) -> list[Entry]:
    """Return the entries of the method book; with ``name`` those of one quantity or method.

    Raises
    ------
    UnknownNameError
        If nothing is called ``name``; the message lists names like it.

    Examples
    --------
    >>> entry = method_book("power.combined_margin")[0]
    >>> entry.unit, entry.formula
    ('tCO2e/MWh', 'om_weight * operating_margin + bm_weight * build_margin')
    >>> method_book("freight_baseline.baseline_distance_by_air")[0].formula
    'air_distance'
    """
    records = [record for record in quantities() if name in (None, record.name, record.method)]
    if not records:
        raise UnknownNameError("quantity or method", str(name), {r.name for r in quantities()})
    return [_entry(record) for record in records]


def _entry(record: Quantity) -> Entry:
    return Entry(
        name=record.name,
        label=record.label,
        method=record.method,
        families=record.families,
        unit=record.unit,
        formula=record.expression,
        description=record.description,
        source=record.source,
        sources=dict(record.sources),
        verified=record.verified,
        level=record.level,
        inputs=tuple(
            Input(name, unit, _providers(name, record)) for name, unit in record.inputs.items()
        ),
        example=record.example,
    )


def _providers(name: str, record: Quantity) -> tuple[str, ...]:
    graph = default_graph()
    names: dict[str, None] = {}
    for family in record.families:
        for provider in graph.providers(name, "" if family == ALL_FAMILIES else family):
            if isinstance(provider, FieldProvider):
                names[f"field:{provider.field}"] = None
            elif isinstance(provider, FactLookup):
                names.update(dict.fromkeys(f"table:{fact.table}" for fact in provider.facts))
            else:
                names[f"formula:{provider.method}"] = None
    return tuple(names)

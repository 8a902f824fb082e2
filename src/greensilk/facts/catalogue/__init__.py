"""The indicator catalogue and the registers of producers, sources, concepts and licences.

All of it is data: every CSV in ``producers/``, ``sources/``, ``concepts/`` and ``indicators/`` is
read, so that a carrier brings its own files and nobody edits a shared one. The stem of an indicator
file is the dataset its series belong to; the code of an indicator is ``dataset.series``.

Licences follow one rule: the terms of the producer count, and where they are narrower than those of
the carrier (a database that hands the figures on), they win, whatever the carrier says and the same
for every carrier. So a figure of the World Health Organization is non-commercial and share-alike
in the SDG database, in Gapminder and in the World Bank's workbook alike. Where one producer really
gives one product freely and another not, the sources say why in ``note``.

>>> indicator("fra.1a_forest_area").zh
'森林面积'
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from greensilk.core.errors import FactsError, UnknownNameError
from greensilk.facts.model import Indicator, Licence, Producer, Source, ValueKind

__all__ = [
    "DIRECTIONS",
    "THEMES",
    "Concept",
    "concepts",
    "dataset_indicators",
    "indicator",
    "indicators",
    "licences",
    "pins",
    "producers",
    "sources",
]

THEMES: tuple[str, ...] = (
    "air",
    "biodiversity",
    "water_resources",
    "water_environment",
    "climate",
    "energy",
    "land_forest",
    "waste",
    "disasters",
    "economy",
    "population",
    "governance",
    "policy",
)
KINDS: Mapping[str, ValueKind] = {kind: kind for kind in get_args(ValueKind)}
DIRECTIONS: tuple[str, ...] = ("higher_better", "lower_better", "neither")


@dataclass(frozen=True, slots=True)
class Concept:
    """What several publishers measure under different names.

    ``unit`` is the unit they are compared in; ``tolerance`` the ratio between two publishers beyond
    which their figures are reported as disagreeing.
    """

    id: str
    en: str
    zh: str
    unit: str
    tolerance: float
    aliases: tuple[str, ...]


@cache
def licences() -> Mapping[str, Licence]:
    """Return every licence by its id."""
    return {
        row["id"]: Licence(
            id=row["id"],
            name=row["name"],
            open=_truth(row["open"], name),
            packaged=_truth(row["packaged"], name),
            address=row["address"],
            note=row["note"],
        )
        for name, row in _rows("licences")
    }


@cache
def producers() -> Mapping[str, Producer]:
    """Return every producer by its id."""
    found: dict[str, Producer] = {}
    for name, row in _rows("producers"):
        _once(row["id"], found, name)
        found[row["id"]] = Producer(row["id"], row["en"], row["zh"], row["address"])
    return found


@cache
def sources() -> Mapping[str, Source]:
    """Return every source by its id.

    Raises
    ------
    FactsError
        If a source names a producer or a licence that is not registered.
    """
    found: dict[str, Source] = {}
    for name, row in _rows("sources"):
        _once(row["id"], found, name)
        if row["producer"] not in producers() or row["licence"] not in licences():
            raise FactsError(f"{name}: {row['id']}: unknown producer or licence: {row}")
        producer = producers()[row["producer"]]
        found[row["id"]] = Source(
            id=row["id"],
            producer=producer,
            carrier=row["carrier"],
            en=row["en"],
            zh=row["zh"],
            address=row["address"],
            licence=licences()[row["licence"]],
            vintage=row["vintage"],
            citation=row["citation"] or f"{producer.en}: {row['en']} ({row['vintage']})",
            note=row["note"],
        )
    return found


@cache
def concepts() -> Mapping[str, Concept]:
    """Return every concept that more than one publisher may measure, by its id."""
    found: dict[str, Concept] = {}
    for name, row in _rows("concepts"):
        _once(row["id"], found, name)
        found[row["id"]] = Concept(
            id=row["id"],
            en=row["en"],
            zh=row["zh"],
            unit=row["unit"],
            tolerance=float(row["tolerance"] or 1.5),
            aliases=tuple(part.strip() for part in row["aliases"].split("|") if part.strip()),
        )
    return found


@cache
def indicators() -> Mapping[str, Indicator]:
    """Return the whole catalogue by indicator code.

    Raises
    ------
    FactsError
        If rows break the catalogue's contract; every broken row is named.
    """
    sources(), concepts()  # a fault in these is one fault, not one for every row
    found: dict[str, Indicator] = {}
    faults: list[str] = []
    for name, row in _rows("indicators"):
        try:
            one = _indicator(name, row)
            _once(one.code, found, name)
        except (FactsError, KeyError, ValueError) as error:
            faults.append(f"{name}: {row.get('series')}: {error}")
            continue
        found[one.code] = one
    if faults:
        raise FactsError("\n".join(faults))
    return found


def indicator(code: str) -> Indicator:
    """Return one indicator by its code."""
    try:
        return indicators()[code]
    except KeyError:
        raise UnknownNameError("indicator", code, indicators()) from None


@cache
def dataset_indicators(dataset: str) -> Mapping[str, Indicator]:
    """Return the indicators of one dataset by their series key."""
    return {one.series: one for one in indicators().values() if one.dataset == dataset}


@cache
def pins(dataset: str) -> Mapping[str, str]:
    """Return the checksums of a dataset's files as tested: ``{path below the root: sha256}``."""
    return {row["path"]: row["sha256"] for name, row in _rows("files") if name == dataset}


def _indicator(dataset: str, row: Mapping[str, str]) -> Indicator:
    code = f"{dataset}.{row['series']}"
    if row["theme"] not in THEMES:
        raise ValueError(f"theme {row['theme']!r} is not one of {THEMES}")
    if row["direction"] not in DIRECTIONS:
        raise ValueError(f"direction {row['direction']!r} is not one of {DIRECTIONS}")
    if row["source"] not in sources():
        raise ValueError(f"source {row['source']!r} is not registered")
    if not row["en"] or not row["zh"] or not row["unit"]:
        raise ValueError("a name or the unit is blank")
    concept = row.get("concept") or code
    if concept != code and concept not in concepts():
        raise ValueError(f"concept {concept!r} is not registered")
    return Indicator(
        code=code,
        dataset=dataset,
        series=row["series"],
        source=row["source"],
        concept=concept,
        theme=row["theme"],
        direction=row["direction"],
        unit=row["unit"],
        from_unit=row.get("from_unit") or row["unit"],
        en=row["en"],
        zh=row["zh"],
        definition_en=row.get("definition_en") or "",
        definition_zh=row.get("definition_zh") or "",
        minimum=_number(row.get("minimum")),
        maximum=_number(row.get("maximum")),
        projected_from=int(row["projected_from"]) if row.get("projected_from") else None,
        zero_filled=row.get("zero_filled") == "true",
        prefer=int(row.get("prefer") or 0),
        note=row.get("note") or "",
        kind=_kind(row.get("kind") or "number"),
        scale=row.get("scale") or "",
    )


def _kind(text: str) -> ValueKind:
    if text not in KINDS:
        raise ValueError(f"kind {text!r} is not one of {tuple(KINDS)}")
    return KINDS[text]


def _number(text: str | None) -> float | None:
    return float(text) if text else None


def _truth(text: str, name: str) -> bool:
    if text not in ("true", "false"):
        raise FactsError(f"{name}: {text!r} is neither true nor false")
    return text == "true"


def _once(key: str, found: Mapping[str, Any], name: str) -> None:
    if key in found:
        raise FactsError(f"{name}: {key!r} stands twice")


def _rows(folder: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (stem of the file, row) for every CSV of a folder, in the order of their names."""
    place = files("greensilk.facts.catalogue") / folder
    for path in sorted(place.iterdir(), key=lambda item: item.name):
        if path.name.endswith(".csv"):
            with path.open("r", encoding="utf-8") as handle:
                for row in csv.DictReader(handle):
                    yield path.name[:-4], row

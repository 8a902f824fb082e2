"""The glossary of names: what every quantity is called, in which unit, and how it is shown.

A name stands once, in ``core/names.csv``: its unit, its labels, whether values may be added up and
how prominent it is. A further row with ``families`` changes labels or level where the name belongs
to these families of project, a row with ``method`` where that formula yields it; blank cells
inherit. Formulas, tables and project fields refer to a name and repeat nothing of it.

>>> unit_of("combined_margin")
'tCO2e/MWh'
>>> name_record("emission_cut").level, name_record("emission_cut", "industry").level
('detail', 'headline')
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from greensilk.core.errors import MethodError

__all__ = ["Level", "NameRecord", "glossary", "name_record", "positions", "unit_of"]

Level = Literal["headline", "detail", "internal"]


@dataclass(frozen=True, slots=True)
class NameRecord:
    """What the glossary says of a name.

    Parameters
    ----------
    name
        The name, as formulas call it.
    unit
        Its unit in coherent units; ``1`` for shares and counts without a unit.
    label
        Key of its words in the catalogue: ``name.<name>``, or ``name.<name>.<family or method>``
        where these have words of their own.
    additive
        Whether values of several components or projects may be summed.
    level
        ``headline`` and ``detail`` stand in the evidence, ``internal`` only in explanations.
    """

    name: str
    unit: str
    label: str
    additive: bool = True
    level: Level = "detail"


@cache
def _rows() -> dict[tuple[str, str], dict[str, str]]:
    """Return the rows by name and variant: a family, a method, or "" for the name itself."""
    rows: dict[tuple[str, str], dict[str, str]] = {}
    text = (files("greensilk.core") / "names.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        variants = [*filter(None, (*row["families"].split("|"), row["method"]))]
        for variant in variants or [""]:
            key = (row["name"], variant)
            if key in rows or (variant and (row["name"], "") not in rows):
                raise MethodError("glossary_row", name=row["name"], variant=variant)
            if row["level"] not in ("", *get_args(Level)):
                raise MethodError("glossary_row", name=row["name"], variant=variant)
            rows[key] = row
    return rows


@cache
def name_record(name: str, family: str = "", method: str = "") -> NameRecord:
    """Return what the glossary says of ``name``, for a family of project and a formula.

    Raises
    ------
    MethodError
        If the glossary has no such name.
    """
    rows = _rows()
    base = rows.get((name, ""))
    if base is None:
        raise MethodError("name_unknown", name=name)
    row, label = dict(base), f"name.{name}"
    for variant in filter(None, (family, method)):
        special = rows.get((name, variant), {})
        row.update({key: cell for key, cell in special.items() if cell})
        if special.get("en"):
            label = f"name.{name}.{variant}"
    level: Level = row["level"] or "detail"  # type: ignore[assignment]
    return NameRecord(name, row["unit"], label, row["additive"] != "no", level)


@cache
def glossary() -> Mapping[str, NameRecord]:
    """Return the record of every name, in the order of the glossary."""
    return {name: name_record(name) for name, variant in _rows() if not variant}


@cache
def positions() -> Mapping[str, int]:
    """Return the place of every name in the glossary, which is the order of the evidence."""
    return {name: position for position, name in enumerate(glossary())}


def unit_of(name: str) -> str:
    """Return the unit of a name (see :func:`name_record`)."""
    return name_record(name).unit

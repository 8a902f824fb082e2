"""The glossary of names: what every quantity is called, in which unit, and how it is shown.

A name stands once, in ``core/names.csv``: its unit, its labels, what it means, whether values may
be added up and how prominent it is. A further row with ``families`` changes labels or level where
the name belongs to these families of project, one with ``method`` where that formula yields it;
blank cells inherit. Formulas, tables and project fields refer to a name and repeat nothing of it.

>>> unit_of("combined_margin")
'tCO2e/MWh'
>>> name_record("emission_cut").level, name_record("emission_cut", "industry").level
('detail', 'headline')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import msgspec

from greensilk.core.errors import MethodError
from greensilk.core.tables import load_records

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


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the glossary; blank cells of a row for families or a method inherit."""

    name: str
    families: tuple[str, ...] = ()
    method: str = ""
    unit: str = ""
    en: str = ""
    zh: str = ""
    description: str = ""
    description_zh: str = ""
    additive: bool | None = None
    level: Level | None = None

    @property
    def variants(self) -> tuple[str, ...]:
        """Return the families and the method the row is for; "" if it is for the name itself."""
        return tuple(filter(None, (*self.families, self.method))) or ("",)


@cache
def _rows() -> dict[tuple[str, str], _Row]:
    rows = load_records("core/names.csv", _Row, key=("name", "families", "method"))
    return {(row.name, variant): row for row in rows for variant in row.variants}


@cache
def name_record(name: str, family: str = "", method: str = "") -> NameRecord:
    """Return what the glossary says of ``name``, for a family of project and a formula.

    Raises
    ------
    MethodError
        If the glossary has no such name.
    """
    base = _rows().get((name, ""))
    if base is None:
        raise MethodError("name_unknown", name=name)
    record = NameRecord(
        name, base.unit, f"name.{name}", base.additive is not False, base.level or "detail"
    )
    for variant in filter(None, (family, method)):
        row = _rows().get((name, variant))
        if row is not None:
            record = replace(
                record,
                label=f"name.{name}.{variant}" if row.en else record.label,
                additive=record.additive if row.additive is None else row.additive,
                level=row.level or record.level,
            )
    return record


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

"""Units at the edges: one registry, and conversions of whole arrays by one factor.

Formulas never convert; they are written in coherent units (MWh with t/MWh gives t). Conversion
happens where values enter (a column header, a reference table) or leave (a report). The vocabulary
is data: ``data/unit_definitions.csv`` (units of the field), ``data/chinese_units.csv`` and
``data/chinese_scales.csv`` (Chinese words for units and powers of ten). The registry is built on
first use, because importing it costs more than most commands take.

Beyond the usual units it knows the field's own. Greenhouse gases are a dimension of their own, so
that tonnes of sulphur dioxide can never be added to tonnes of carbon dioxide equivalent, and so are
people, households, vehicles, trees, lamps and money.

>>> factor("万千瓦", "MW")
10.0
>>> round(factor("gCO2e/kWh", "tCO2e/MWh"), 9)
0.001
>>> factor("tce", "GJ")
29.3076
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import numpy.typing as npt

from greensilk.core.errors import UnitError
from greensilk.core.tables import load_records

if TYPE_CHECKING:
    import pint

__all__ = ["CHINESE", "SCALES", "factor", "quantity", "registry", "same_dimension"]


class _Definition(msgspec.Struct, frozen=True):
    """A unit of the field's own, as the registry spells definitions, and why it is so."""

    definition: str
    note: str = ""


class _Word(msgspec.Struct, frozen=True):
    """A Chinese unit word, as it stands in table headers and cells, in the registry's spelling."""

    word: str
    unit: str


class _Scale(msgspec.Struct, frozen=True):
    """A Chinese power of ten."""

    word: str
    factor: float


CHINESE: Mapping[str, str] = {
    row.word: row.unit for row in load_records("core/data/chinese_units.csv", _Word, key="word")
}
SCALES: Mapping[str, float] = {
    row.word: row.factor for row in load_records("core/data/chinese_scales.csv", _Scale, key="word")
}


@lru_cache(maxsize=1)
def _pint() -> ModuleType:
    # takes longer than most commands: imported when a unit is converted
    return import_module("pint")


@lru_cache(maxsize=1)
def registry() -> pint.UnitRegistry:
    """Return the one unit registry of the library."""
    units = _pint().UnitRegistry(autoconvert_offset_to_baseunit=True, cache_folder=None)
    for row in load_records("core/data/unit_definitions.csv", _Definition, key="definition"):
        units.define(row.definition)
    return units


def quantity(value: float | npt.NDArray[np.float64], unit: str) -> pint.Quantity:
    """Return ``value`` as a quantity of the registry; ``unit`` may be Chinese."""
    scale, name = _normalise(unit)
    return registry().Quantity(value * scale if scale != 1.0 else value, name)


@lru_cache(maxsize=2048)
def factor(source: str, target: str) -> float:
    """Return what a value in ``source`` is multiplied by to stand in ``target``.

    Raises
    ------
    UnitError
        If either unit cannot be read or the two measure different things.
    """
    if source == target:
        return 1.0
    from_scale, from_name = _normalise(source)
    to_scale, to_name = _normalise(target)
    units = registry()
    try:
        plain = units.Quantity(1.0, from_name).to(to_name).magnitude
    except _pint().DimensionalityError as error:
        raise UnitError("unit_mismatch", source=source, target=target) from error
    except Exception as error:
        unit = f"{source}, {target}"
        raise UnitError("unit_unread", unit=unit, reason=str(error)) from error
    return float(f"{plain * from_scale / to_scale:.15g}")


def same_dimension(first: str, second: str) -> bool:
    """Tell whether a value in ``first`` can be converted to ``second``."""
    try:
        factor(first, second)
    except UnitError:
        return False
    return True


def _normalise(unit: str) -> tuple[float, str]:
    """Split a unit into a power of ten and the registry's spelling."""
    text = unit.strip().replace("／", "/").replace("·", "*").replace("㎡", "m**2")
    text = text.replace("m³", "m**3").replace("m²", "m**2").replace("m3", "m**3")
    text = text.replace("m2", "m**2").replace("Nm**3", "Nm3")
    text = text.replace("%", "percent") if text != "%" else "percent"
    if text in ("", "1", "-"):
        return 1.0, "dimensionless"
    if text.isascii():
        return 1.0, text
    scale = 1.0
    parts = []
    for index, part in enumerate(text.split("/")):
        part_scale, name = _chinese(part.strip())
        scale = scale * part_scale if index == 0 else scale / part_scale
        parts.append(name)
    return scale, "/".join(parts)


def _chinese(part: str) -> tuple[float, str]:
    """Read one factor of a Chinese unit: a power of ten, then a word (万吨, 亿千瓦时, 万千瓦)."""
    for name in sorted(CHINESE, key=len, reverse=True):
        if part.endswith(name):
            head = part[: -len(name)]
            if head == "":
                return 1.0, CHINESE[name]
            if head in SCALES:
                return SCALES[head], CHINESE[name]
    for head in sorted(SCALES, key=len, reverse=True):
        if part.startswith(head) and part[len(head) :].isascii():
            return SCALES[head], part[len(head) :] or "dimensionless"
    return 1.0, part

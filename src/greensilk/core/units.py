"""Units at the edges: one registry, and conversions of whole arrays by one factor.

Formulas never convert; they are written in coherent units (MWh with t/MWh gives t). Conversion
happens where values enter (a column header, a reference table) or leave (a report). The registry is
built on first use, because importing it costs more than most commands take.

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

from functools import lru_cache
from typing import Any

from greensilk.core.errors import UnitError

__all__ = ["DEFINITIONS", "factor", "quantity", "registry", "same_dimension"]

# tce: coal equivalent, 7 000 kcal/kg = 29.3076 MJ/kg (GB/T 2589).
DEFINITIONS = (
    "gCO2e = [greenhouse_gas] = gCO2e = gCO2",
    "tCO2e = 1e6 gCO2e = tCO2e = tCO2",
    "person = [person] = person = people",
    "household = [household]",
    "vehicle = [vehicle]",
    "tree = [tree]",
    "lamp = [lamp]",
    "animal = [animal]",
    "item = [item]",
    "USD = [money_usd]",
    "CNY = [money_cny]",
    "EUR = [money_eur]",
    "USD_ppp = [money_ppp]",
    "LCU = [money_lcu]",
    "per_100 = 1e-2",
    "per_mille = 1e-3",
    "per_10k = 1e-4",
    "per_100k = 1e-5",
    "per_million = 1e-6",
    "ppb = 1e-9",
    "tce = 29.3076 gigajoule = tce",
    "kg_oe = 41.868 megajoule",
    "tkm = tonne * kilometer = tkm",
    "pkm = person * kilometer = pkm",
    "vkm = vehicle * kilometer = vkm",
    "TEU = [container]",
    "mu = 666.6666666666666 * meter ** 2",
    "Nm3 = meter ** 3 = Nm3",
)

# Chinese unit words, as they stand in table headers and cells, in the registry's spelling.
CHINESE = {
    "千瓦时": "kWh",
    "千瓦": "kW",
    "兆瓦": "MW",
    "吉瓦": "GW",
    "太瓦": "TW",
    "度": "kWh",
    "瓦": "W",
    "吨标准煤": "tce",
    "吨标煤": "tce",
    "吨二氧化碳当量": "tCO2e",
    "吨二氧化碳": "tCO2e",
    "吨碳": "tCO2e",
    "公吨": "tonne",
    "千克": "kg",
    "公斤": "kg",
    "吨": "tonne",
    "克": "g",
    "平方公里": "km**2",
    "平方千米": "km**2",
    "平方米": "m**2",
    "公顷": "hectare",
    "立方米": "m**3",
    "公里": "km",
    "千米": "km",
    "米": "m",
    "亩": "mu",
    "标准箱": "TEU",
    "人": "person",
    "户": "household",
    "辆": "vehicle",
    "台": "item",
    "套": "item",
    "盏": "lamp",
    "棵": "tree",
    "株": "tree",
    "美元": "USD",
    "欧元": "EUR",
    "元": "CNY",
    "年": "yr",
    "小时": "h",
    "天": "day",
    "日": "day",
}
SCALES = {"百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12}


@lru_cache(maxsize=1)
def registry() -> Any:
    """Return the one unit registry of the library."""
    import pint

    ureg = pint.UnitRegistry(autoconvert_offset_to_baseunit=True, cache_folder=None)
    for line in DEFINITIONS:
        ureg.define(line)
    return ureg


def quantity(value: Any, unit: str) -> Any:
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
    import pint

    from_scale, from_name = _normalise(source)
    to_scale, to_name = _normalise(target)
    ureg = registry()
    try:
        plain = ureg.Quantity(1.0, from_name).to(to_name).magnitude
    except pint.DimensionalityError as error:
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

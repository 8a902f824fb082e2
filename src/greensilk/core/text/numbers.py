"""Numbers as a person reads them: scaled, rounded to what the range supports, in two languages.

>>> format_quantity(3_500_000.0, "tCO2e/yr", "en", 2_800_000.0, 4_100_000.0).text
'3.5 (2.8–4.1) Mt CO₂e/yr'
>>> format_quantity(3_500_000.0, "tCO2e/yr", "zh", 2_800_000.0, 4_100_000.0).text
'350（280–410）万吨CO₂e/年'
>>> format_quantity(720.0, "MW", "zh").text
'72万千瓦'
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from greensilk.core.text.catalogue import catalogue

__all__ = [
    "FormattedQuantity",
    "finite",
    "format_number",
    "format_percent",
    "format_quantity",
    "format_range",
    "format_times",
    "format_unit",
    "scale",
]

# unit -> (least magnitude at which it is used, words); the first that fits is taken
_EN: dict[str, tuple[tuple[float, str], ...]] = {
    "tCO2e": ((1e9, "Gt CO₂e"), (1e6, "Mt CO₂e"), (1e3, "kt CO₂e"), (1.0, "t CO₂e")),
    "tce": ((1e6, "Mtce"), (1e3, "ktce"), (1.0, "tce")),
    "t": ((1e9, "Gt"), (1e6, "Mt"), (1e3, "kt"), (1.0, "t")),
    "kg": ((1e9, "Mt"), (1e6, "kt"), (1e3, "t"), (1.0, "kg")),
    "MWh": ((1e6, "TWh"), (1e3, "GWh"), (1.0, "MWh"), (1e-3, "kWh")),
    "MW": ((1e3, "GW"), (1.0, "MW"), (1e-3, "kW")),
}
# unit -> (size in the Chinese base unit, its word); 万 and 亿 are put before the word
_ZH: dict[str, tuple[float, str]] = {
    "tCO2e": (1.0, "吨CO₂e"),
    "tce": (1.0, "吨标准煤"),
    "t": (1.0, "吨"),
    "MWh": (1e3, "千瓦时"),
    "MW": (1e3, "千瓦"),
    "kW": (1.0, "千瓦"),
}
# unit of a publisher -> (unit that is scaled for reading, its size in it)
_BASES: dict[str, tuple[str, float]] = {
    "kilohectare": ("hectare", 1e3),
    "ktonne": ("t", 1e3),
    "Mtonne": ("t", 1e6),
    "ktCO2e": ("tCO2e", 1e3),
    "MtCO2e": ("tCO2e", 1e6),
    "kWh": ("MWh", 1e-3),
    "GWh": ("MWh", 1e3),
    "TWh": ("MWh", 1e6),
    "kiloperson": ("person", 1e3),
    "megaperson": ("person", 1e6),
    "hm**3": ("m**3", 1e6),
    "km**3": ("m**3", 1e9),
    "MUSD": ("USD", 1e6),
    "GUSD": ("USD", 1e9),
}
_ALIASES = {"tonne": "t", "year": "yr", "people": "person", "tCO2": "tCO2e"}
# a pure number whose name has one of these words is shown in percent
_SHARES = ("share", "percent", "capacity_factor", "_rate", "weight", "_cut", "_gain", "efficiency")
# units whose word is left out
_PURE = ("", "1", "dimensionless")
# what stands at a number without a space
_SIGNS = ("", "%", "‰")


@dataclass(frozen=True, slots=True)
class FormattedQuantity:
    """A number ready to print: ``figures`` (with the range, if any), ``unit`` and both as one."""

    figures: str
    unit: str
    text: str
    range: str = ""
    value: str = ""


def format_quantity(
    value: float | None,
    unit: str,
    lang: str,
    low: float | None = None,
    high: float | None = None,
    name: str = "",
    beside: float | None = None,
) -> FormattedQuantity:
    """Return a value, with its range if it has one, as a person reads it.

    ``name`` lets shares be shown in percent. ``beside`` is a value this one is read next to: if
    the two are not too far apart, the unit is chosen for the larger one. A missing value is a dash.

    >>> format_quantity(3000.0, "tCO2e/yr", "en", beside=81_000.0).text
    '3 kt CO₂e/yr'
    >>> format_quantity(3000.0, "tCO2e/yr", "zh", beside=81_000.0).text
    '0.3万吨CO₂e/年'
    """
    centre, below, above = finite(value), finite(low), finite(high)
    if centre is None:
        return FormattedQuantity("–", "", "–", value="–")
    if unit in _PURE and _is_share(name):
        size, words = 0.01, "%"
    else:
        magnitude = max(abs(centre), abs(above or 0.0) / 10.0)
        other = abs(finite(beside) or 0.0)
        if 0 < magnitude < other < 100 * magnitude:
            magnitude = other
        size, words = scale(unit, magnitude, lang)
    centre = centre / size
    value_text = ""
    extent = ""
    if below is not None and above is not None and above > below:
        below, above = below / size, above / size
        places = _places_of_range(centre, below, above)
        dash = "–" if below >= 0 else (" to " if lang == "en" else "至")
        extent = f"{format_number(below, places)}{dash}{format_number(above, places)}"
        value_text = format_number(centre, places)
        figures = f"{value_text}（{extent}）" if lang == "zh" else f"{value_text} ({extent})"
    else:
        figures = value_text = format_number(centre) if beside is None else _short(centre)
    gap = "" if words in _SIGNS or lang == "zh" else " "
    return FormattedQuantity(figures, words, f"{figures}{gap}{words}", extent, value_text)


def format_range(
    low: float | None, high: float | None, unit: str, lang: str, name: str = ""
) -> str:
    """Return a band without a middle: ``0.2–0.95 t CO₂e/MWh``; one end may be open.

    ``name`` lets shares be shown in percent.

    >>> format_range(0.2, 0.95, "tCO2e/MWh", "en"), format_range(None, 0.95, "tCO2e/MWh", "en")
    ('0.2–0.95 t CO₂e/MWh', '≤ 0.95 t CO₂e/MWh')
    """
    below, above = finite(low), finite(high)
    if below is None and above is None:
        return "–"
    if unit in _PURE and _is_share(name) and below is not None and above is not None:
        return f"{format_percent(below)}–{format_percent(above)}"
    if below is None or above is None:
        end = above if below is None else below
        size, words = scale(unit, abs(end or 0.0), lang)
        gap = "" if lang == "zh" or not words else " "
        return f"{'≤' if below is None else '≥'} {_short((end or 0.0) / size)}{gap}{words}"
    size, words = scale(unit, max(abs(below), abs(above)), lang)
    gap = "" if lang == "zh" or not words else " "
    return f"{_short(below / size)}–{_short(above / size)}{gap}{words}"


def format_number(value: float, places: int | None = None) -> str:
    """Return a number with thousands separators and a real minus sign."""
    places = _places(value) if places is None else places
    value = round(value, places) + 0.0
    text = f"{value:,.{max(places, 0)}f}"
    return text.replace("-", "−")


def _short(value: float) -> str:
    """Return a number without the zeros that end its fraction."""
    text = format_number(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def format_percent(share: float, places: int = 0) -> str:
    """Return a share of one as a percentage; one that is almost nothing or all is not rounded off.

    >>> format_percent(0.42), format_percent(0.001), format_percent(0.999), format_percent(0.012, 1)
    ('42%', '<1%', '>99%', '1.2%')
    """
    if places == 0 and 0 < share < 0.005:
        return "<1%"
    if places == 0 and 0.995 < share < 1:
        return ">99%"
    return f"{format_number(share * 100.0, places)}%"


def format_times(times: float | None, lang: str = "en") -> str:
    """Return how many times another number a number is.

    >>> format_times(2.84), format_times(0.7), format_times(1 / 26), format_times(2.84, "zh")
    ('2.8×', '70%', '1/26', '2.8倍')
    """
    if times is None or not times > 0:
        return "–"
    if times >= 1:
        sign = "倍" if lang == "zh" else "×"
        return f"{format_number(times, 0 if times >= 20 else 1)}{sign}"
    inverse = 1 / times
    if inverse < 1.95:
        return format_percent(times)
    return f"1/{format_number(inverse, 0 if inverse >= 10 else 1)}"


def scale(unit: str, magnitude: float, lang: str) -> tuple[float, str]:
    """Return the size, in ``unit``, of the unit to print in, and that unit's words."""
    head, _, tail = unit.partition("/")
    head = _ALIASES.get(head, head)
    if tail not in ("", "yr", "year", "day"):
        return 1.0, format_unit(unit, lang)
    per = f"/{_word(_ALIASES.get(tail, tail), 'unit_per', lang)}" if tail else ""
    head, size = _BASES.get(head, (head, 1.0))
    scaled = _scale_zh if lang == "zh" else _scale_en
    step, words = scaled(head, magnitude * size, per)
    return step / size, words


def _scale_en(head: str, magnitude: float, per: str) -> tuple[float, str]:
    steps = _EN.get(head)
    words = format_unit(head, "en")
    if steps is None:
        steps = ((1e9, f"billion {words}".strip()), (1e6, f"million {words}".strip()), (1.0, words))
    for step, name in steps:
        if magnitude >= step * 0.9995:
            return step, name + per
    smallest = steps[-1]
    return smallest[0], smallest[1] + per


def _scale_zh(head: str, magnitude: float, per: str) -> tuple[float, str]:
    if head == "kg":
        head, magnitude, base = ("t", magnitude / 1e3, 1e3) if magnitude >= 1e3 else (head, 0.0, 1)
    else:
        base = 1.0
    times, word = _ZH.get(head, (1.0, format_unit(head, "zh")))
    amount = magnitude * times
    for step, prefix in ((1e8, "亿"), (1e4, "万")):
        if amount >= step * 0.9995:
            return base * step / times, prefix + word + per
    return base / times, word + per


@lru_cache(maxsize=512)
def format_unit(unit: str, lang: str) -> str:
    """Return a unit as it is printed: ``tCO2e/MWh`` is ``t CO₂e/MWh``, in Chinese 吨CO₂e/兆瓦时."""
    entry = catalogue().get(f"unit.{unit}")
    if entry is not None and "/" in unit:
        return entry[lang]
    parts = []
    for index, raw in enumerate(unit.split("/")):
        part = _ALIASES.get(raw.strip(), raw.strip())
        parts.append("" if part in _PURE else _word(part, "unit_per" if index else "unit", lang))
    if len(parts) > 1 and not parts[0]:
        parts[0] = "1"
    return "/".join(parts)


def _word(part: str, kind: str, lang: str) -> str:
    """Return the word for one unit; after "per" the singular where the language has one."""
    entry = catalogue().get(f"{kind}.{part}") or catalogue().get(f"unit.{part}")
    return part.replace("**2", "²").replace("**3", "³") if entry is None else entry[lang]


def _is_share(name: str) -> bool:
    return any(part in name for part in _SHARES)


def _places(value: float) -> int:
    """Return the decimals that leave three significant figures, or four where they are whole."""
    size = abs(value)
    if size == 0 or size >= 100:
        return 0
    if size >= 10:
        return 0 if abs(size - round(size)) < 0.005 else 1
    if size >= 1:
        return 0 if abs(size - round(size)) < 0.0005 else 2
    return min(2 - math.floor(math.log10(size)), 8)


def _places_of_range(value: float, low: float, high: float) -> int:
    """Return the decimals that a range supports: one or two figures of its width.

    A value that is not lost in its range keeps two figures of its own.
    """
    width = high - low
    order = math.floor(math.log10(width))
    leading = width / 10.0**order
    places = (1 if leading < 3.5 else 0) - order
    if value and width < 3 * abs(value):
        places = max(places, 1 - math.floor(math.log10(abs(value))))
    most = _places(value) + 1 if value else places
    return min(places, most, 8)


def finite(value: object) -> float | None:
    """Return ``value`` as a number, or ``None`` where it is missing or not finite."""
    if value is None or isinstance(value, str):
        return None
    number = float(value)  # type: ignore[arg-type]
    return number if math.isfinite(number) else None

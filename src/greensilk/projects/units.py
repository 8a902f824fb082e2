"""Units as people write them in headers and cells, and what they come to in a field's own unit.

A column of a field in ``MWh/yr`` may be headed ``GWh``, ``亿千瓦时``, ``万度/年``, ``kWh a year``.
Three liberties are taken, because everybody takes them: the ``per year`` of a yearly figure may be
left out, emissions and standard coal may be given in plain tonnes, and things may be counted in
"units". Months and days become years by the registry's year of 365.25 days.

>>> unit_factor("万千瓦", "MW"), unit_factor("亿千瓦时", "MWh/yr"), unit_factor("万吨CO2", "tCO2e")
(10.0, 100000.0, 10000.0)
>>> unit_factor("mw", "MW"), unit_factor("km", "MW")
(1.0, None)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType

import msgspec

from greensilk.core.errors import UnitError
from greensilk.core.tables import load_records
from greensilk.core.units import CHINESE, factor
from greensilk.core.units import SCALES as CHINESE_SCALES

__all__ = ["SCALES", "ParsedUnit", "is_same_dimension", "is_unit", "parse_unit", "unit_factor"]

# Powers of ten as words, in the order in which a longer word must be tried first.
SCALES: Mapping[str, float] = MappingProxyType(
    {
        **{word: CHINESE_SCALES[word] for word in ("万亿", "百万", "千万", "亿", "万")},
        "trillion": 1e12,
        "billion": 1e9,
        "million": 1e6,
        "thousand": 1e3,
        "hundred": 1e2,
        "crore": 1e7,
        "lakh": 1e5,
        "bn": 1e9,
        "mln": 1e6,
        "mio": 1e6,
        "mn": 1e6,
    }
)
# ×10^4 tce, 10⁴ t, 10**6 m3, 1000 t: a power of ten in figures, before the unit proper
_POWER = re.compile(r"^[×x*·]?10(?:\^|\*\*)(\d{1,2})[×x*·]?")
_ROUND = re.compile(r"^(?:10(0+)|'(000))(?!\d)")
_RAISED = re.compile(r"(?<!\d)10([\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+)")
_LOST_RAISED = re.compile(r"(?<=[×*])10([2-9])(?!\d)")  # ×104 tce: raised figures lost in copying
_SCALE = re.compile("^(" + "|".join(re.escape(word) for word in SCALES) + ")")
_PER = (
    (re.compile(r"((/|每|per)(yr|year|annum|年|a)|p\.?a\.?|annually|yearly|ayear)$"), "yr"),
    (re.compile(r"((/|每|per)(day|d|日|天)|daily|aday)$"), "day"),
    (re.compile(r"((/|每|per)(month|月)|monthly)$"), "month"),
)
_GAS = re.compile(r"(of)?(co2|二氧化碳|碳排放)[-_]?(当量|equivalent|eq|e)?")
_STANDARD_COAL = r"(of)?(标准煤|标煤|standardcoal(equivalent)?|coalequivalent|sce|ce)(?![a-z])"
_COAL = (
    (re.compile(rf"(千克|公斤|kg){_STANDARD_COAL}"), "millitce"),
    (re.compile(rf"(吨|tonnes?|tons?|t){_STANDARD_COAL}"), "tce"),
    (re.compile(rf"(克|(?<![a-z])g){_STANDARD_COAL}"), "microtce"),
)
# Carbon itself, not its dioxide: 12 parts of carbon make 44 of the gas.
_CARBON = re.compile(
    r"(吨|tonnes?|tons?|t)(of)?(碳当量|碳(?!排)|carbon|c)(equivalent)?(?![a-z0-9])"
)
_SUBSTANCE = re.compile(r"(of)?(so2|nox|二氧化硫|氮氧化物|烟尘|颗粒物|粉尘|dust|pm10|pm2\.5)")
# A thing counted may stand as "units"; the unit of the count is then the field's own.
_COUNTS = ("vehicle", "lamp", "tree", "household", "person", "animal")
# Mt is a million tonnes, and MT for some people a metric tonne: only the exact spelling is taken.
_MEGATONNE = re.compile(r"Mt(?![a-z])")


@dataclass(frozen=True, slots=True)
class ParsedUnit:
    """A unit taken apart: a power of ten, the unit proper, the time it is per, what it is of.

    ``peak`` says that it is the power of solar panels under standard light (``MWp``, direct
    current), ``carbon`` that it is the mass of carbon and not of its dioxide.
    """

    scale: float
    base: str
    per: str
    gas: bool
    peak: bool = field(default=False, repr=False)
    carbon: bool = field(default=False, repr=False)


class _UnitWordRow(msgspec.Struct, frozen=True):
    """A word for a unit, and the unit in the registry's spelling; ``peak`` is that of panels."""

    word: str
    unit: str
    peak: bool = False


@cache
def _unit_words() -> Mapping[str, str]:
    rows = load_records("projects/data/unit_words.csv", _UnitWordRow, key="word")
    return MappingProxyType({_squeeze(row.word): row.unit for row in rows})


@cache
def _peak_words() -> frozenset[str]:
    rows = load_records("projects/data/unit_words.csv", _UnitWordRow, key="word")
    return frozenset(_squeeze(row.word) for row in rows if row.peak)


@cache
def _unit_names() -> frozenset[str]:
    """Return the units and words that people call a unit."""
    coal = ("tce", "millitce", "microtce", "megatonne", "?")
    return frozenset([*_unit_words().values(), *CHINESE, *coal])


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


@lru_cache(maxsize=8192)
def parse_unit(text: str) -> ParsedUnit:
    """Take a written unit apart.

    >>> parse_unit("万吨CO2/年")
    ParsedUnit(scale=10000.0, base='吨', per='yr', gas=True)
    """
    written = _RAISED.sub(lambda hit: f"10^{unicodedata.normalize('NFKC', hit[1])}", text)
    written = unicodedata.normalize("NFKC", written).strip().strip("()[]【】").strip()
    word = _LOST_RAISED.sub(r"10^\1", _squeeze(written)).replace("万人次", "万人")
    per = ""
    for pattern, name in _PER:
        match = pattern.search(word)
        if match and match.start() > 0:
            word, per = word[: match.start()], name
            break
    scale, word = _split_scale(word)
    word = word.replace("/百公里", "/100km")
    if word.endswith("/100km"):
        scale, word = scale / 100, word.removesuffix("100km") + "km"
    for pattern, name in _COAL:
        word = pattern.sub(name, word)
    gas = bool(_GAS.search(word))
    word = _GAS.sub("", word)
    if re.match(r"ktc(?![a-z0-9])", word) or re.search(r"^Mt\s?C\b", written):
        scale, word = scale * (1e3 if word[0] == "k" else 1e6), word[1:]
    carbon = not gas and bool(_CARBON.search(word))
    word = _CARBON.sub("tcarbon", word) if carbon else word
    if word not in _unit_words():
        word = _SUBSTANCE.sub("", word)
    if word.startswith("mt") and not word[2:3].isalpha():
        # the only unit whose capitals decide between a factor of a million and one
        word = "megatonne" + word[2:] if _MEGATONNE.search(written) else "?"
    if (word[:1].isdigit() and word != "1") or word[:1] in ("+", "-", "×", "*", "x", "^", "."):
        word = "?"  # a figure is no unit, and the registry would multiply by it
    parts = [_unit_words().get(part, part) for part in word.split("/")]
    peak = any(part in _peak_words() for part in word.split("/"))
    return ParsedUnit(scale, "/".join(parts), per, gas, peak, carbon)


def _split_scale(word: str) -> tuple[float, str]:
    """Split off the powers of ten before a unit: 万吨, million t, ×10^4 tce, 1000 t."""
    scale = 1.0
    while True:
        if match := _SCALE.match(word):
            scale *= SCALES[match[0]]
        elif match := _POWER.match(word):
            scale *= 10.0 ** int(match[1])
        elif match := _ROUND.match(word):
            scale *= 10.0 ** (len(match[1]) + 1 if match[1] else 3)
        else:
            return scale, word
        word = word[match.end() :]


@lru_cache(maxsize=16384)
def unit_factor(written: str, canonical: str) -> float | None:
    """Return what a value in ``written`` is multiplied by to stand in ``canonical``.

    None if the unit cannot be read, or measures something else.
    """
    unit = parse_unit(written)
    target, _, target_per = canonical.rpartition("/")
    if target_per not in ("yr", "day") or not target:
        target, target_per = canonical, ""
    if unit.gas and "tCO2e" not in target:
        return None
    result = _base_factor(unit.base, target)
    if result is None:
        return None
    if unit.per and unit.per != target_per:
        if not target_per:
            return None
        result *= factor(f"1/{unit.per}", f"1/{target_per}")
    return float(f"{result * unit.scale:.15g}")


def _base_factor(base: str, target: str) -> float | None:
    if not base or "?" in base:
        return None
    attempts = [target]
    if target.endswith("/item"):  # the power of one system: 50 W
        attempts.append(target.removesuffix("/item"))
    if "tCO2e" in target:
        attempts.append(target.replace("tCO2e", "tonne"))
    if target == "tce":
        attempts.append("tonne")
    if target.startswith(("m**3", "MWh/m**3")):  # water: a tonne is a cubic metre
        attempts.append(target.replace("m**3", "tonne", 1))
    if target in _COUNTS:
        attempts.append("item")
    if target == "item":
        attempts.extend(_COUNTS)
    for attempt in attempts:
        try:
            return factor(base, attempt)
        except UnitError:
            continue
    return None


@lru_cache(maxsize=8192)
def is_same_dimension(written: str, canonical: str) -> bool:
    """Tell whether a unit measures the very thing of ``canonical``, no liberty taken but the year.

    >>> is_same_dimension("辆", "vehicle"), is_same_dimension("辆", "item")
    (True, False)
    """
    unit = parse_unit(written)
    target, _, per = canonical.rpartition("/")
    try:
        factor(unit.base, target if target and per in ("yr", "day") else canonical)
    except UnitError:
        return False
    return True


@lru_cache(maxsize=8192)
def is_unit(text: str) -> bool:
    """Tell whether ``text`` is a unit we know by name, whatever it measures.

    The registry of units knows many words that are not units to most people (``gross``, ``point``),
    so only our own words and the Chinese ones count.

    >>> is_unit("GWh"), is_unit("万千瓦"), is_unit("gross")
    (True, True, False)
    """
    unit = parse_unit(text)
    if _POWER.match(_squeeze(text)) or "10^" in text:
        return True  # a power of ten must never be passed over, whatever stands behind it
    parts = [part for part in unit.base.split("/") if part]
    named = bool(parts) and all(
        part in _unit_names() or part.removeprefix("千") in _unit_names() for part in parts
    )
    return unit.gas or named

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
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

import msgspec

from greensilk.core.errors import UnitError
from greensilk.core.tables import load_records
from greensilk.core.units import CHINESE, factor
from greensilk.core.units import SCALES as CHINESE_SCALES

__all__ = ["SCALES", "ParsedUnit", "is_unit", "parse_unit", "unit_factor"]

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
        "mn": 1e6,
        "10^4": 1e4,
        "10^6": 1e6,
        "10^8": 1e8,
    }
)
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
_SUBSTANCE = re.compile(r"(of)?(so2|nox|二氧化硫|氮氧化物|烟尘|颗粒物|粉尘|dust|pm10|pm2\.5)")
# A thing counted may stand as "units"; the unit of the count is then the field's own.
_COUNTS = ("vehicle", "lamp", "tree", "household", "person", "animal")
# Mt is a million tonnes, and MT for some people a metric tonne: only the exact spelling is taken.
_MEGATONNE = re.compile(r"Mt(?![a-z])")


@dataclass(frozen=True, slots=True)
class ParsedUnit:
    """A unit taken apart: a power of ten, the unit proper, the time it is per, what it is of."""

    scale: float
    base: str
    per: str
    gas: bool


class _UnitWordRow(msgspec.Struct, frozen=True):
    """A word for a unit, and the unit in the registry's spelling."""

    word: str
    unit: str


@cache
def _unit_words() -> Mapping[str, str]:
    rows = load_records("projects/data/unit_words.csv", _UnitWordRow, key="word")
    return MappingProxyType({_squeeze(row.word): row.unit for row in rows})


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
    written = unicodedata.normalize("NFKC", text).strip().strip("()[]【】").strip()
    word = _squeeze(written).replace("万人次", "万人").replace("10000", "万")
    per = ""
    for pattern, name in _PER:
        match = pattern.search(word)
        if match and match.start() > 0:
            word, per = word[: match.start()], name
            break
    scale = 1.0
    while match := _SCALE.match(word):
        scale *= SCALES[match[0]]
        word = word[match.end() :]
    if word.endswith("/100km"):
        scale, word = scale / 100, word.removesuffix("100km") + "km"
    for pattern, name in _COAL:
        word = pattern.sub(name, word)
    gas = bool(_GAS.search(word))
    word = _GAS.sub("", word)
    if word not in _unit_words():
        word = _SUBSTANCE.sub("", word)
    if word.startswith("mt") and not word[2:3].isalpha():
        # the only unit whose capitals decide between a factor of a million and one
        word = "megatonne" + word[2:] if _MEGATONNE.search(written) else "?"
    parts = [_unit_words().get(part, part) for part in word.split("/")]
    return ParsedUnit(scale, "/".join(parts), per, gas)


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
def is_unit(text: str) -> bool:
    """Tell whether ``text`` is a unit we know by name, whatever it measures.

    The registry of units knows many words that are not units to most people (``gross``, ``point``),
    so only our own words and the Chinese ones count.

    >>> is_unit("GWh"), is_unit("万千瓦"), is_unit("gross")
    (True, True, False)
    """
    unit = parse_unit(text)
    parts = [part for part in unit.base.split("/") if part]
    named = bool(parts) and all(part.removeprefix("千") in _unit_names() for part in parts)
    return unit.gas or named

"""Units as people write them in headers and cells, and what they come to in a field's own unit.

A column of a field in ``MWh/yr`` may be headed ``GWh``, ``亿千瓦时``, ``万度/年``, ``kWh a year``.
Three liberties are taken, because everybody takes them: the ``per year`` of a yearly figure may be
left out, emissions and standard coal may be given in plain tonnes, and things may be counted in
"units". Months and days become years by the registry's year of 365.25 days.

>>> conversion("万千瓦", "MW"), conversion("亿千瓦时", "MWh/yr"), conversion("万吨CO2", "tCO2e/yr")
(10.0, 100000.0, 10000.0)
>>> conversion("mw", "MW"), conversion("km", "MW")
(1.0, None)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from greensilk.core.errors import UnitError
from greensilk.core.units import CHINESE
from greensilk.core.units import SCALES as CHINESE_SCALES
from greensilk.reference import read_rows

__all__ = ["SCALES", "Written", "conversion", "is_unit", "tidy"]

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
class Written:
    """A unit taken apart: a power of ten, the unit proper, the time it is per, what it is of."""

    scale: float
    base: str
    per: str
    gas: bool


@cache
def _words() -> Mapping[str, str]:
    return MappingProxyType(
        {
            _squeeze(row["word"]): row["unit"]
            for row in read_rows("greensilk.projects", "data", "unit_words.csv")
        }
    )


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


@lru_cache(maxsize=8192)
def tidy(text: str) -> Written:
    """Take a written unit apart.

    >>> tidy("万吨CO2/年")
    Written(scale=10000.0, base='吨', per='yr', gas=True)
    """
    written = unicodedata.normalize("NFKC", text).strip().strip("()[]【】").strip()
    word = _squeeze(written).replace("万人次", "万人").replace("10000", "万")
    per = ""
    for pattern, name in _PER:
        found = pattern.search(word)
        if found and found.start() > 0:
            word, per = word[: found.start()], name
            break
    scale = 1.0
    while found := _SCALE.match(word):
        scale *= SCALES[found[0]]
        word = word[found.end() :]
    if word.endswith("/100km"):
        scale, word = scale / 100, word.removesuffix("100km") + "km"
    for pattern, name in _COAL:
        word = pattern.sub(name, word)
    gas = bool(_GAS.search(word))
    word = _GAS.sub("", word)
    if word not in _words():
        word = _SUBSTANCE.sub("", word)
    if word.startswith("mt") and not word[2:3].isalpha():
        # the only unit whose capitals decide between a factor of a million and one
        word = "megatonne" + word[2:] if _MEGATONNE.search(written) else "?"
    parts = [_words().get(part, part) for part in word.split("/")]
    return Written(scale, "/".join(parts), per, gas)


@lru_cache(maxsize=16384)
def conversion(written: str, canonical: str) -> float | None:
    """Return what a value in ``written`` is multiplied by to stand in ``canonical``.

    None if the unit cannot be read, or measures something else.
    """
    unit = tidy(written)
    target, _, target_per = canonical.rpartition("/")
    if target_per not in ("yr", "day") or not target:
        target, target_per = canonical, ""
    if unit.gas and "tCO2e" not in target:
        return None
    found = _base(unit.base, target)
    if found is None:
        return None
    if unit.per and unit.per != target_per:
        if not target_per:
            return None
        found *= _factor(f"1/{unit.per}", f"1/{target_per}")
    return float(f"{found * unit.scale:.15g}")


def _base(base: str, target: str) -> float | None:
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
            return _factor(base, attempt)
        except UnitError:
            continue
    return None


def _factor(source: str, target: str) -> float:
    from greensilk.core.units import factor

    return factor(source, target)


@lru_cache(maxsize=8192)
def is_unit(text: str) -> bool:
    """Tell whether ``text`` is a unit we know by name, whatever it measures.

    The registry of units knows many words that are not units to most people (``gross``, ``point``),
    so only our own words and the Chinese ones count.

    >>> is_unit("GWh"), is_unit("万千瓦"), is_unit("gross")
    (True, True, False)
    """
    unit = tidy(text)
    known = {*_words().values(), *CHINESE, "tce", "millitce", "microtce", "megatonne", "?"}
    parts = [part for part in unit.base.split("/") if part]
    return unit.gas or (bool(parts) and all(part.removeprefix("千") in known for part in parts))

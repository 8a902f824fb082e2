"""Which technology a project is, from the word in its cell, and the parts of a hybrid.

>>> find("光伏").code, find("Hydroelectric Power Plant").code, find("solar or wind").candidates
('solar_pv', 'hydro', ('solar_pv', 'wind_onshore'))
>>> [(part.code, part.capacity) for part in parts("光伏 25万千瓦 + 光热 70万千瓦")]
[('solar_pv', 250.0), ('csp', 700.0)]
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from greensilk.projects.fields import key, technology, technology_index
from greensilk.projects.unitwords import conversion
from greensilk.projects.written import read

__all__ = ["Found", "Part", "find", "nearest", "parts"]

_JOINTS = re.compile(r"\s*(?:;|；|\+|＋|、|，|,\s|/|&|\||\band\b|和|与|及)\s*")
_AMOUNT = re.compile(r"[\d.]")
_AMOUNT_FIRST = re.compile(
    r"^\s*(\d[\d.,]*\s*[万亿千百]?\s*(?:[kmg]wp?|瓦|千瓦|兆瓦|吉瓦))\s*(?:of\s|的)?\s*([^\d\s].*)$",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Found:
    """What a technology cell means; ``guessed`` if a known name was only part of it."""

    code: str
    candidates: tuple[str, ...] = ()
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One technology of a hybrid, with its own capacity in MW (NaN if the cell gives none)."""

    code: str
    capacity: float
    half: float
    text: str


@lru_cache(maxsize=65536)
def find(words: str) -> Found:
    """Return the technology that ``words`` name."""
    index = technology_index()
    code = index.get(key(words))
    if code is not None:
        return Found(code, (code,))
    bare = re.sub(r"[(（\[【].*?[)）\]】]", "", words)
    code = index.get(key(bare))
    if code is not None:
        return Found(code, (code,), guessed=True)
    candidates = _contained(unicodedata.normalize("NFKC", words).casefold())
    if len(candidates) == 1:
        return Found(candidates[0], candidates, guessed=True)
    return Found("", candidates)


@lru_cache(maxsize=4096)
def nearest(words: str, most: int = 3) -> tuple[str, ...]:
    """Return the technologies whose names are most like ``words``, with their Chinese names.

    >>> nearest("hidro plant")[0]
    'hydro 水力发电'
    """
    tokens = _WORDS.findall(unicodedata.normalize("NFKC", words).casefold())
    alike: dict[str, float] = {}
    for word in dict.fromkeys([key(words), *(token for token in tokens if len(token) > 2)]):
        matcher = SequenceMatcher(b=word)
        for name, code in technology_index().items():
            matcher.set_seq1(name)
            alike[code] = max(alike.get(code, 0.0), matcher.ratio())
    codes = sorted(alike, key=lambda code: -alike[code])[:most]
    return tuple(f"{code} {technology(code)['zh']}" for code in codes)


@lru_cache(maxsize=65536)
def parts(words: str) -> tuple[Part, ...]:
    """Return the parts of a hybrid; empty if the cell does not name several technologies."""
    pieces = [piece for piece in _JOINTS.split(words.strip()) if piece]
    if len(pieces) < 2:
        return ()
    found = [_part(piece) for piece in pieces]
    if any(part is None for part in found):
        return ()
    return tuple(part for part in found if part is not None)


def _part(piece: str) -> Part | None:
    before = _AMOUNT_FIRST.match(unicodedata.normalize("NFKC", piece))
    if before:  # 50 MW solar, 30万千瓦光伏
        piece = f"{before[2]} {before[1]}"
    hit = _AMOUNT.search(unicodedata.normalize("NFKC", piece))
    name = piece if hit is None else piece[: hit.start()]
    code = technology_index().get(key(name))
    if code is None:
        return None
    if hit is None:
        return Part(code, float("nan"), float("nan"), piece)
    number = read(piece[hit.start() :])
    factor = None if number is None else conversion(number.unit or "kW", "MW")
    if number is None or factor is None or not number.unit:
        return None
    return Part(code, number.value * factor, number.half * factor, piece)


def _contained(words: str) -> tuple[str, ...]:
    """Return the technologies whose names stand in ``words``, the longest names first taken."""
    compact = key(words)
    tokens = " " + " ".join(_WORDS.findall(words)) + " "
    codes: dict[str, None] = {}
    for name, code in _names():
        if name.isascii():
            spaced = f" {name} "
            if spaced in tokens:
                codes.setdefault(code)
                tokens = tokens.replace(spaced, " ")
        elif name in compact:
            codes.setdefault(code)
            compact = compact.replace(name, "|")
    return tuple(sorted(codes))


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """Return names and codes, the longest names first; vague one-word names are left out."""
    from greensilk.reference import read_rows

    vague = {"other", "type", "park", "road", "port", "rail", "sea", "fund", "loan", "wave", "ev"}
    vague |= {"其他", "综合", "计划", "园区", "公路", "铁路", "道路", "绿化", "基金", "海运"}
    pairs = []
    for row in read_rows("greensilk.projects", "data", "technologies.csv"):
        for name in (row["en"], row["zh"], *row["aliases"].split("|")):
            plain = unicodedata.normalize("NFKC", name).casefold()
            if name and name not in vague and len(plain) > 1:
                word = " ".join(_WORDS.findall(plain)) if plain.isascii() else key(plain)
                pairs.append((word, row["technology"]))
    return tuple(sorted(set(pairs), key=lambda pair: (-len(pair[0]), pair)))

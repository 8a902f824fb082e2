"""Numbers as people write them: ``32亿``, ``1.1 TWh``, ``约350万``, ``15%～20%``, ``1/7``.

Only cells that are not plain numbers come here, each distinct one once. The result keeps what the
writing says about precision: half a unit of the last digit written, a range where one is given, and
whether the figure is about, at least or at most.

>>> parse_number("20.2万吨")
Number(value=202000.0, low=None, high=None, half=500.0, unit='吨', qualifier='', scaled=True)
>>> parse_number("15%～20%")
Number(value=17.5, low=15.0, high=20.0, half=0.5, unit='%', qualifier='', scaled=False)
>>> parse_number("90%以上").qualifier, parse_number("about 350 million").value, parse_number("n/a")
('at_least', 350000000.0, None)
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from greensilk.core.units import SCALES as CHINESE_SCALES
from greensilk.projects.fields import word_list
from greensilk.projects.units import SCALES

__all__ = ["Number", "is_blank_number", "parse_number"]

_NUMBER = re.compile(
    r"[+-]?(?:"
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)"  # 1,234,567.8
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?!\d)"  # 12,34,567.8, as in South Asia
    r"|\d{1,3}(?:\.\d{3})+,\d+(?!\d)"  # 1.234.567,8
    r"|\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?(?!\d)"  # 1 234 567.8
    r"|\d+,\d+(?![\d,])"  # 12,5
    r"|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?"  # 12.5, 1.2e3
    r")"
)
_SCALE = re.compile(
    r"\s*(万亿|百万|千万|亿|万|百|千|"
    r"(?:trillion|billion|million|thousand|hundred|crore|lakh|bn|mln|mn)(?![a-z]))"
)
_RANGE = re.compile(r"\s*(?:~|—|–|-|至|到|\bto\b)\s*")
_PLUS_MINUS = re.compile(r"\s*(?:±|\+/-)\s*")
_FRACTION = re.compile(r"(\d+)\s*/\s*(\d+)(?![\d.])")
_CN_FRACTION = re.compile(r"([一二两三四五六七八九十百\d]+)分之([一二两三四五六七八九十百\d]+)")
_CURRENCY = re.compile(r"^(us\$|\$|usd|€|eur|¥|rmb|cny)\s*", re.IGNORECASE)
_CURRENCY_UNIT = {"us$": "USD", "$": "USD", "usd": "USD", "€": "EUR", "eur": "EUR"}

_ABOUT = (
    r"约为?|大约|近|将近|左右|上下|about|approx(?:imately|\.)?|around|circa|ca\.?|nearly|almost"
)
_LEAST = (
    r"超过?|逾|高达|至少|不低于|不少于|大于|高于|>=?|≥|over|more than|above|at least|exceeding|"
    r"greater than|min\.?|upwards of"
)
_MOST = (
    r"不足|不到|不超过|至多|最多|小于|低于|少于|<=?|≤|under|less than|below|at most|up to|"
    r"fewer than|max\.?"
)
_BEFORE = (
    # the longer phrase first: 不超过 must not be read as 超过
    ("at_most", re.compile(rf"^(?:{_MOST})\s*", re.IGNORECASE)),
    ("at_least", re.compile(rf"^(?:{_LEAST})\s*", re.IGNORECASE)),
    ("approx", re.compile(rf"^(?:{_ABOUT}|~|≈)\s*", re.IGNORECASE)),
)
_AFTER = (
    ("at_least", re.compile(r"\s*(?:以上|及以上|or more|and above|\+)$", re.IGNORECASE)),
    ("at_most", re.compile(r"\s*(?:以下|以内|or less|and below)$", re.IGNORECASE)),
    ("approx", re.compile(r"\s*(?:左右|上下|or so)$", re.IGNORECASE)),
)
# 27万多家, 100余万, 350多万: more than the number says
_MORE = re.compile(r"(?<=[\d百千万亿])\s*(?:多|余)(?=[家个名]?)")
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


@dataclass(frozen=True, slots=True)
class Number:
    """A written number in its written unit, powers of ten (``万``, ``million``) applied.

    ``half`` is half a unit of the last digit written; ``scaled`` says that a power of ten stood in
    words, which then replaces the one in the unit of the column's header.
    """

    value: float
    low: float | None
    high: float | None
    half: float
    unit: str
    qualifier: str
    scaled: bool

    def times(self, factor: float) -> Number:
        """Return the number in another unit."""
        return replace(
            self,
            value=_exact(self.value * factor),
            low=None if self.low is None else _exact(self.low * factor),
            high=None if self.high is None else _exact(self.high * factor),
            half=_exact(self.half * factor),
        )


def is_blank_number(text: str) -> bool:
    """Tell whether a cell means that there is no number.

    >>> is_blank_number("N/A"), is_blank_number("0")
    (True, False)
    """
    cell = text.strip().casefold()
    return not cell or cell in word_list("blank_numbers")


@lru_cache(maxsize=65536)
def parse_number(text: str) -> Number | None:
    """Read a written number; None if it is not one."""
    rest = unicodedata.normalize("NFKC", text).strip()
    rest = rest.replace("\u2212", "-").replace("\u00a0", " ").replace("\u202f", " ")
    rest = rest.replace("～", "~").replace("〜", "~").replace("，", ",")
    if rest.startswith("(") and rest.endswith(")"):
        inner = parse_number(rest[1:-1])
        return None if inner is None else _negative(inner)
    rest, qualifier = _qualifier(rest)
    currency = _CURRENCY.match(rest)
    unit_before = ""
    if currency:
        unit_before = _CURRENCY_UNIT.get(currency[1].lower(), "CNY")
        rest = rest[currency.end() :]
    number = _fraction(rest) or _plain_or_range(rest)
    if number is None:
        return None
    return replace(number, unit=unit_before or number.unit, qualifier=qualifier)


@dataclass(frozen=True, slots=True)
class _Part:
    """One number of a cell, and the powers of ten in words that it already holds."""

    value: float
    half: float
    scale: float
    scaled: bool

    def times(self, factor: float) -> _Part:
        return _Part(_exact(self.value * factor), _exact(self.half * factor), factor, self.scaled)


def _qualifier(text: str) -> tuple[str, str]:
    """Split off words that say whether a figure is about, at least or at most."""
    qualifier = ""
    for name, pattern in _BEFORE:
        hit = pattern.match(text)
        if hit:
            text, qualifier = text[hit.end() :], name
            break
    for name, pattern in _AFTER:
        hit = pattern.search(text)
        if hit:
            return text[: hit.start()], qualifier or name
    more = _MORE.search(text)
    if more:
        rest = text[: more.start()] + text[more.end() :].lstrip("家个")
        return rest, qualifier or "at_least"
    return text, qualifier


def _fraction(text: str) -> Number | None:
    hit = _FRACTION.fullmatch(text.strip())
    if hit:
        top, bottom = float(hit[1]), float(hit[2])
    else:
        hit = _CN_FRACTION.fullmatch(text.strip())
        if not hit:
            return None
        bottom, top = _cn_integer(hit[1]), _cn_integer(hit[2])
        if bottom == 100:  # 百分之三十
            return Number(top, None, None, 0.5, "%", "", scaled=False)
    if bottom < 1:
        return None
    # "a seventh" may be anything that rounds to it: 1/7.5 to 1/6.5
    half = (top / (bottom - 0.5) - top / (bottom + 0.5)) / 2
    return Number(top / bottom, None, None, half, "", "", scaled=False)


def _cn_integer(word: str) -> float:
    if word.isdigit():
        return float(word)
    total, current = 0, 0
    for char in word:
        if char in _DIGITS:
            current = _DIGITS[char]
        else:
            total += (current or 1) * (100 if char == "百" else 10)
            current = 0
    return float(total + current)


def _plain_or_range(text: str) -> Number | None:
    read_first = _first_number(text)
    if read_first is None:
        return None
    first, rest = read_first
    unit, sign, after = _split(rest)
    if not sign:
        unit = rest.strip()
        if unit.startswith(("/", ",", "-", ".")) and unit[1:2].isdigit():
            return None  # 1/0, 1,23, 2017-5: figures that are not one number
        return Number(first.value, None, None, first.half, unit, "", first.scaled)
    read_second = _first_number(after)
    if read_second is None:
        return None
    second, tail = read_second
    if unit and tail.strip() and unit != tail.strip():
        return None
    unit = tail.strip() or unit
    if second.scaled and not first.scaled:  # 3~5万
        first = first.times(second.scale)
    half, scaled = max(first.half, second.half), first.scaled or second.scaled
    if sign == "±":
        low, high = first.value - second.value, first.value + second.value
        return Number(first.value, low, high, half, unit, "", scaled)
    if first.value > second.value:
        return None  # 2017-05
    middle = _exact((first.value + second.value) / 2)
    return Number(middle, first.value, second.value, half, unit, "", scaled)


def _split(rest: str) -> tuple[str, str, str]:
    """Split what follows a first number into its unit, a sign (± or ~) and what comes after."""
    for sign, pattern in (("±", _PLUS_MINUS), ("~", _RANGE)):
        for hit in pattern.finditer(rest):
            after = rest[hit.end() :]
            if re.match(r"-?[\d.]", after):
                return rest[: hit.start()].strip(), sign, after
    return "", "", ""


def _first_number(text: str) -> tuple[_Part, str] | None:
    """Read one number with its powers of ten; the rest of the text is returned beside it."""
    text = text.lstrip()
    hit = _NUMBER.match(text.lower())
    if not hit:
        return None
    digits = _plain_digits(hit[0])
    part = _Part(float(digits), _half(digits), 1.0, scaled=False)
    rest = text[hit.end() :]
    scale = 1.0
    while (word := _SCALE.match(rest.lower())) and not _unit_follows(word[1], rest[word.end() :]):
        scale *= CHINESE_SCALES.get(word[1]) or SCALES[word[1]]
        rest = rest[word.end() :]
    if scale == 1.0:
        return part, rest
    part = replace(part.times(scale), scaled=True)
    if rest[:1].isdigit():  # 1亿2000万
        more = _first_number(rest)
        if more is None or not 0 < more[0].value < scale:
            return None
        return replace(more[0], value=part.value + more[0].value, scaled=True), more[1]
    return part, rest


def _unit_follows(word: str, rest: str) -> bool:
    """Tell whether 千 or 百 belongs to the unit (千瓦, 千克, 千米) and is no power of ten."""
    return word in ("千", "百") and rest[:1] in ("瓦", "克", "米", "卡", "焦", "伏", "分")


def _plain_digits(digits: str) -> str:
    """Return the digits with a decimal point and no separators.

    >>> _plain_digits("1.234,5"), _plain_digits("1,234.5"), _plain_digits("12,5")
    ('1234.5', '1234.5', '12.5')
    """
    digits = digits.replace(" ", "").replace("'", "")
    if "," not in digits:
        return digits
    head, _, last = digits.rpartition(",")
    if "." in head or ("." not in last and (len(last) != 3 or head.lstrip("+-") == "0")):
        return head.replace(".", "").replace(",", "") + "." + last
    return digits.replace(",", "")


def _half(digits: str) -> float:
    """Return half a unit of the last digit written."""
    mantissa, _, exponent = digits.partition("e")
    places = len(mantissa.partition(".")[2])
    return float(f"5e{int(exponent or 0) - places - 1}")


def _exact(value: float) -> float:
    """Drop the last binary digit, so that 1.1 times 1e8 is 110 million and not a hair above."""
    return float(f"{value:.15g}")


def _negative(number: Number) -> Number:
    low = None if number.high is None else -number.high
    high = None if number.low is None else -number.low
    return replace(number, value=-number.value, low=low, high=high)

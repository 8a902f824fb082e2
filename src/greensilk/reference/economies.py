"""The register of economies: one code for each, however a file spells it.

Every table of the house keys countries by ISO 3166-1 alpha-3 (Kosovo, which has no ISO code, by
``XKX``). This module turns what stands in a file into that code: ISO alpha-2 and alpha-3, UN M49
numbers, English and Chinese names, old names, and the spellings of the publishers we read. What is
not one economy is never guessed: a name that fits two (``Congo``) comes back with its candidates,
an aggregate (``World``), a state that no longer exists (``USSR``) or a part of an economy
(``Azores``) comes back as what it is.

>>> match("老挝").iso3, match("Lao PDR").iso3, match("LA").iso3, match(418).iso3
('LAO', 'LAO', 'LAO', 'LAO')
>>> match("Congo")
Match(iso3='', candidates=('COD', 'COG'), kind='ambiguous')
>>> match("Congo", publisher="unsd").iso3
'COG'
>>> match("USSR").kind, match("EU27").kind, match("Atlantis").kind
('dissolved', 'aggregate', 'unknown')

The data are in ``data/economies*.csv`` and ``data/partners.csv``; where they come from, with their
licences, is in ``data/economies.toml``. Nothing here needs more than the standard library.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Literal

from greensilk.core.errors import ReferenceTableError, UnknownNameError
from greensilk.reference import read_rows
from greensilk.reference.economy_register import Economy, Partner, register

Kind = Literal["economy", "ambiguous", "aggregate", "dissolved", "part", "unknown"]

__all__ = [
    "Economy",
    "Kind",
    "Match",
    "Partner",
    "economies",
    "economy",
    "match",
    "match_many",
    "nearest",
    "normalise",
    "partners",
]


@dataclass(frozen=True, slots=True)
class Match:
    """What a name means.

    ``iso3`` is filled only if ``kind`` is ``economy``. ``candidates`` are the economies an
    ambiguous name could mean, the successors of a dissolved state, or the economy that a part
    belongs to; for an economy it holds the one code.
    """

    iso3: str
    candidates: tuple[str, ...]
    kind: Kind


_SPACES = re.compile(r"[\W_]+")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
_NUMBER = re.compile(r"\d{1,5}(\.0+)?")


def normalise(name: str) -> str:
    """Return ``name`` as it is compared: no case, accents, width, punctuation or leading article.

    >>> normalise("Côte d’Ivoire"), normalise("The Gambia"), normalise("刚果（布）")
    ('cote d ivoire', 'gambia', '刚果布')
    >>> normalise("St. Kitts & Nevis")
    'saint kitts and nevis'
    """
    folded = unicodedata.normalize("NFKD", name).casefold().replace("&", " and ")
    folded = "".join(char for char in folded if not unicodedata.combining(char))
    folded = folded.replace("ı", "i").replace("ø", "o").replace("ł", "l")
    if _IDEOGRAPH.search(folded):
        return _SPACES.sub("", folded)
    words = _SPACES.sub(" ", folded).split()
    words = ["saint" if word == "st" else word for word in words]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    if len(words) > 1 and words[-1] == "the":
        words = words[:-1]
    return " ".join(words)


def match(name: str | int | None, publisher: str = "") -> Match:
    """Return what ``name`` means.

    Parameters
    ----------
    name
        A name in English or Chinese, an ISO alpha-2 or alpha-3 code, or an M49 number (``418``,
        ``"4"``, ``"004"``).
    publisher
        Whose file the name stands in (``unsd``, ``worldbank``, ``gapminder``, ``gaul``, ...). A
        publisher's own codes, and names that are ambiguous elsewhere but defined by that publisher,
        are understood only with it.

    >>> match("ＣＯＴＥ Ｄ'ＩＶＯＩＲＥ").iso3
    'CIV'
    """
    return _match("" if name is None else str(name), publisher)


def match_many(names: Iterable[str | int | None], publisher: str = "") -> list[Match]:
    """Return the meaning of each name; a name that stands a million times is looked up once.

    >>> [found.iso3 for found in match_many(["Kenya", "肯尼亚", "KEN", "Kenya"])]
    ['KEN', 'KEN', 'KEN', 'KEN']
    """
    seen: dict[str | int | None, Match] = {}
    answer = []
    for name in names:
        found = seen.get(name)
        if found is None:
            found = seen[name] = match(name, publisher)
        answer.append(found)
    return answer


def nearest(name: str, most: int = 3) -> list[str]:
    """Return the codes of economies whose names look like ``name``, for a message to a person.

    >>> nearest("Kazakstn")
    ['KAZ']
    """
    names = _index().names
    near = get_close_matches(normalise(name), names, n=most * 3, cutoff=0.75)
    codes: dict[str, None] = {}
    for item in near:
        found = names[item]
        if found.kind == "economy":
            codes.setdefault(found.iso3)
    return list(codes)[:most]


@cache
def economies() -> tuple[Economy, ...]:
    """Return all economies, in the order of their codes.

    >>> len(economies())
    250
    """
    return tuple(register().values())


def economy(iso3: str) -> Economy:
    """Return the economy with the code ``iso3``.

    Raises
    ------
    UnknownNameError
        If the register does not hold the code; names are matched by :func:`match`.

    >>> economy("LAO").name_en, economy("LAO").income_group
    ('Laos', 'lower_middle')
    """
    try:
        return register()[iso3]
    except KeyError:
        raise UnknownNameError("economy", iso3, register()) from None


def partners(status: Iterable[str] = ("yes", "doubtful")) -> tuple[Economy, ...]:
    """Return the economies whose cooperation document has one of the given states.

    By default those on the official list: signed, including the ones whose signature is disputed.

    >>> "PAK" in {item.iso3 for item in partners()}, "ITA" in {item.iso3 for item in partners()}
    (True, False)
    """
    wanted = set(status)
    return tuple(item for item in economies() if item.partner.status in wanted)


@dataclass(frozen=True, slots=True)
class _Index:
    """Normalised names, codes, and names that hold for one publisher only."""

    names: dict[str, Match]
    codes: dict[str, Match]
    numbers: dict[int, Match]
    publishers: dict[tuple[str, str], Match]


@lru_cache(maxsize=65536)
def _match(name: str, publisher: str) -> Match:
    index = _index()
    key = normalise(name)
    number = int(float(name)) if _NUMBER.fullmatch(name.strip()) else None
    if number is not None:
        key = str(number)
    if publisher and (own := index.publishers.get((publisher, key))):
        return own
    if found := index.codes.get(name.strip().upper()):
        return found
    if found := index.names.get(key):
        return found
    if number is not None:  # a GAUL code that GAUL does not list must not pass for an M49 number
        return _UNKNOWN if publisher == "gaul" else index.numbers.get(number, _UNKNOWN)
    return index.codes.get(key.upper(), _UNKNOWN)


_UNKNOWN = Match("", (), "unknown")


@cache
def _index() -> _Index:
    known = register()
    candidates: dict[str, list[str]] = {}
    own: dict[tuple[str, str], Match] = {}
    for iso3, item in known.items():
        for name in (item.name_en, item.name_zh):
            candidates.setdefault(normalise(name), []).append(iso3)
    for row in read_rows("greensilk.reference", "data", "economy_aliases.csv"):
        iso3, key = row["iso3"], normalise(row["alias"])
        if iso3 not in known:
            raise ReferenceTableError(f"economy_aliases.csv: {row['alias']!r} is {iso3!r}, no code")
        if row["publisher"]:
            own[row["publisher"], key] = Match(iso3, (iso3,), "economy")
        elif iso3 not in candidates.setdefault(key, []):
            candidates[key].append(iso3)
    names = {
        key: Match(codes[0], tuple(codes), "economy")
        if len(codes) == 1
        else Match("", tuple(sorted(codes)), "ambiguous")
        for key, codes in candidates.items()
    }
    for row in read_rows("greensilk.reference", "data", "economies_apart.csv"):
        members = tuple(row["members"].split())
        if unknown := [code for code in members if code not in known]:
            raise ReferenceTableError(f"economies_apart.csv: {row['alias']!r} names {unknown}")
        key = normalise(row["alias"])
        if row["publisher"]:
            own[row["publisher"], key] = Match("", members, _kind(row["kind"]))
        elif key in names:
            raise ReferenceTableError(f"economies_apart.csv: {row['alias']!r} is an economy too")
        else:
            names[key] = Match("", members, _kind(row["kind"]))
    codes = {}
    numbers = {}
    for iso3, item in known.items():
        found = Match(iso3, (iso3,), "economy")
        codes[iso3] = found
        codes[item.iso2] = found
        if item.m49 is not None:
            numbers[item.m49] = found
    return _Index(names=names, codes=codes, numbers=numbers, publishers=own)


def _kind(word: str) -> Kind:
    if word == "aggregate":
        return "aggregate"
    if word == "dissolved":
        return "dissolved"
    if word == "part":
        return "part"
    raise ReferenceTableError(f"economies_apart.csv: {word!r} is no kind")

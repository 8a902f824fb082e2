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
licences, is in ``data/economies.toml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Literal

import msgspec

from greensilk.core.errors import UnknownNameError
from greensilk.core.provenance import Source, load_sources
from greensilk.core.tables import Flaw, Iso3, Year, load_records

Kind = Literal["economy", "ambiguous", "aggregate", "dissolved", "part", "unknown"]

__all__ = [
    "CountryAttributes",
    "Economy",
    "Kind",
    "Match",
    "Partner",
    "country_attributes",
    "economies",
    "economy",
    "match",
    "match_many",
    "nearest",
    "normalise",
    "partners",
    "sources",
]


class Partner(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a Belt and Road cooperation document was signed, and who says so.

    ``status``: ``yes``; ``doubtful`` (on the official list, but the partner has not confirmed it or
    has said otherwise); ``withdrawn`` (``until`` is the year); ``no``. ``source`` is an entry of
    :func:`sources`. ``verified``: the source was seen to say that the document was signed;
    ``year_verified``: the source gives the year.
    """

    status: Literal["yes", "doubtful", "withdrawn", "no"] = "no"
    year: Year | None = None
    until: Year | None = None
    source: str = ""
    verified: bool = False
    year_verified: bool = False
    note: str = ""


class Economy(msgspec.Struct, frozen=True, kw_only=True):
    """One economy of the register.

    ``region`` and ``subregion`` are those of UN M49; ``wb_region`` and ``income_group`` (``low``,
    ``lower_middle``, ``upper_middle``, ``high`` or empty) those of the World Bank for its fiscal
    year ``income_year``. ``latitude`` and ``longitude`` mark a point to draw at, no border. The
    names are in the catalogue too, as ``economy.<iso3>``.
    """

    iso3: Iso3
    iso2: str
    m49: int | None = None
    name_en: str
    name_zh: str
    region: str = ""
    subregion: str = ""
    wb_region: str = ""
    income_group: Literal["low", "lower_middle", "upper_middle", "high", ""] = ""
    income_year: Year | None = None
    income_verified: bool
    least_developed: bool
    landlocked_developing: bool
    small_island_developing: bool
    latitude: float | None = None
    longitude: float | None = None
    partner: Partner = Partner()


class _Document(Partner, frozen=True, kw_only=True):
    """A row of ``partners.csv``."""

    iso3: Iso3


class _Alias(msgspec.Struct, frozen=True, kw_only=True):
    """Another name of an economy; with a publisher it holds for that one only."""

    alias: str
    economy: Economy = msgspec.field(name="iso3")
    publisher: str = ""


class _Other(msgspec.Struct, frozen=True, kw_only=True):
    """A name that is no economy: a group, a state that is gone, a part of an economy."""

    alias: str
    kind: Literal["aggregate", "dissolved", "part"]
    members: tuple[Economy, ...] = ()
    publisher: str = ""


class CountryAttributes(msgspec.Struct, frozen=True, kw_only=True):
    """The climate an economy brings to its projects (``data/country_attributes.toml``)."""

    country: Iso3
    climate_zone: str
    climate_domain: str
    growth_region: str

    @property
    def attributes(self) -> dict[str, str]:
        """Return what chooses reference rows for projects in the country."""
        return {
            "climate_zone": self.climate_zone,
            "climate_domain": self.climate_domain,
            "growth_region": self.growth_region,
        }


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
    parts = ["saint" if part == "st" else part for part in _SPACES.sub(" ", folded).split()]
    if len(parts) > 1 and parts[0] == "the":
        parts = parts[1:]
    if len(parts) > 1 and parts[-1] == "the":
        parts = parts[:-1]
    return " ".join(parts)


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

    >>> [item.iso3 for item in match_many(["Kenya", "肯尼亚", "KEN", "Kenya"])]
    ['KEN', 'KEN', 'KEN', 'KEN']
    """
    names = list(names)
    matches = {name: match(name, publisher) for name in dict.fromkeys(names)}
    return [matches[name] for name in names]


def nearest(name: str, most: int = 3) -> list[str]:
    """Return the codes of economies whose names look like ``name``, for a message to a person.

    >>> nearest("Kazakstn")
    ['KAZ']
    """
    names = _index().names
    similar = get_close_matches(normalise(name), names, n=most * 3, cutoff=0.75)
    codes: dict[str, None] = {}
    for item in similar:
        if names[item].kind == "economy":
            codes.setdefault(names[item].iso3)
    return list(codes)[:most]


def economies() -> tuple[Economy, ...]:
    """Return all economies, in the order of their codes.

    >>> len(economies())
    250
    """
    return tuple(_register().values())


@cache
def _register() -> dict[str, Economy]:
    listed = load_records("reference/data/economies.csv", Economy, key="iso3")
    codes = {item.iso3 for item in listed}

    def check(item: _Document) -> Iterator[Flaw]:
        if item.iso3 not in codes:
            yield Flaw("reference_unknown", "iso3", "economies.csv")
        if item.source not in sources():
            yield Flaw("reference_unknown", "source", " | ".join(sources()))

    documents = {
        item.iso3: msgspec.convert(item, Partner, from_attributes=True)
        for item in load_records("reference/data/partners.csv", _Document, key="iso3", check=check)
    }
    return {
        item.iso3: msgspec.structs.replace(item, partner=documents.get(item.iso3, item.partner))
        for item in sorted(listed, key=lambda item: item.iso3)
    }


@cache
def sources() -> Mapping[str, Source]:
    """Return where the register and the documents of partners come from, by id."""
    return load_sources("reference/data/economies.toml")


@cache
def country_attributes() -> Mapping[str, CountryAttributes]:
    """Return what every economy brings along as attributes: its climate.

    >>> country_attributes()["KEN"].climate_zone
    'tropical_dry'
    """
    rows = load_records("reference/data/country_attributes.csv", CountryAttributes, key="country")
    return {row.country: row for row in rows}


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
        return _register()[iso3]
    except KeyError:
        raise UnknownNameError("economy", iso3, _register()) from None


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
    if publisher and (result := index.publishers.get((publisher, key))):
        return result
    if result := index.codes.get(name.strip().upper()):
        return result
    if result := index.names.get(key):
        return result
    if number is not None:  # a GAUL code that GAUL does not list must not pass for an M49 number
        return _UNKNOWN if publisher == "gaul" else index.numbers.get(number, _UNKNOWN)
    return index.codes.get(key.upper(), _UNKNOWN)


_UNKNOWN = Match("", (), "unknown")


@cache
def _index() -> _Index:
    register = _register()
    candidates: dict[str, list[str]] = {}
    by_publisher: dict[tuple[str, str], Match] = {}
    for iso3, item in register.items():
        for name in (item.name_en, item.name_zh):
            candidates.setdefault(normalise(name), []).append(iso3)
    for alias in load_records(
        "reference/data/economy_aliases.csv",
        _Alias,
        key=("alias", "iso3", "publisher"),
        references={"iso3": register},
    ):
        iso3, key = alias.economy.iso3, normalise(alias.alias)
        if alias.publisher:
            by_publisher[alias.publisher, key] = Match(iso3, (iso3,), "economy")
        elif iso3 not in candidates.setdefault(key, []):
            candidates[key].append(iso3)
    names = {
        key: Match(codes[0], tuple(codes), "economy")
        if len(codes) == 1
        else Match("", tuple(sorted(codes)), "ambiguous")
        for key, codes in candidates.items()
    }

    def check(other: _Other) -> Iterator[Flaw]:
        if not other.publisher and normalise(other.alias) in candidates:
            yield Flaw("name_of_economy", "alias")

    for other in load_records(
        "reference/data/economies_apart.csv",
        _Other,
        separator=" ",
        references={"members": register},
        check=check,
    ):
        meaning = Match("", tuple(item.iso3 for item in other.members), other.kind)
        if other.publisher:
            by_publisher[other.publisher, normalise(other.alias)] = meaning
        else:
            names[normalise(other.alias)] = meaning
    codes = {}
    numbers = {}
    for iso3, item in register.items():
        meaning = Match(iso3, (iso3,), "economy")
        codes[iso3] = meaning
        codes[item.iso2] = meaning
        if item.m49 is not None:
            numbers[item.m49] = meaning
    return _Index(names=names, codes=codes, numbers=numbers, publishers=by_publisher)

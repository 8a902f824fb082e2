"""What a guide shows, in which order, and the thresholds it judges by: its packaged tables.

>>> threshold("old_after"), market_of("POL"), market_of("NOR"), market_of("GBR")
(5.0, 'eu_ets', 'eu_ets', '')
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec

from greensilk.core.rules import Threshold
from greensilk.core.tables import Iso3, load_records, load_toml

__all__ = [
    "HazardSeries",
    "Market",
    "PowerSeries",
    "amount_units",
    "card_concepts",
    "hazard_series",
    "headline",
    "market_of",
    "markets",
    "own_producer",
    "power_series",
    "threshold",
]


class PowerSeries(msgspec.Struct, frozen=True):
    """A series of the power sector: what kind of plant and which measure it is part of."""

    kind: str
    measure: str
    series: str


class HazardSeries(msgspec.Struct, frozen=True):
    """The indicators of one natural hazard; empty where a publisher has none."""

    hazard: str
    level: str = ""
    score: str = ""


class Market(msgspec.Struct, frozen=True):
    """A carbon market of several countries: the group its figures stand under, and which they are.

    ``price`` is the indicator among them that is the price.
    """

    group: str
    indicators: tuple[str, ...]
    price: str


class _Headline(msgspec.Struct, frozen=True):
    theme: str
    concept: str


class _Concept(msgspec.Struct, frozen=True):
    concept: str


class _Unit(msgspec.Struct, frozen=True):
    unit: str


class _Carrier(msgspec.Struct, frozen=True):
    carrier: str
    producer: str


class _Member(msgspec.Struct, frozen=True):
    system: str
    iso3: Iso3


@cache
def _thresholds() -> Mapping[str, float]:
    rows = load_records("country/data/rules.csv", Threshold, key="threshold")
    return {row.threshold: row.value for row in rows}


def threshold(name: str) -> float:
    """Return a threshold of ``data/rules.csv``, where its unit and reason stand."""
    return _thresholds()[name]


@cache
def headline() -> Mapping[str, tuple[str, int]]:
    """Return ``{concept or indicator: (theme, position)}`` of the short profile."""
    rows = load_records("country/data/headline.csv", _Headline, key="concept")
    return {row.concept: (row.theme, position) for position, row in enumerate(rows)}


@cache
def card_concepts() -> tuple[str, ...]:
    """Return the concepts of the cards; the later ones stand in where an earlier one is missing."""
    return tuple(row.concept for row in load_records("country/data/cards.csv", _Concept))


@cache
def amount_units() -> frozenset[str]:
    """Return the units of amounts: a large country has more of them, whatever it does."""
    return frozenset(row.unit for row in load_records("country/data/amount_units.csv", _Unit))


def power_series() -> tuple[PowerSeries, ...]:
    """Return the series of the power sector."""
    return load_records("country/data/electricity.csv", PowerSeries, key="series")


def hazard_series() -> tuple[HazardSeries, ...]:
    """Return the natural hazards and their indicators."""
    return load_records("country/data/hazards.csv", HazardSeries, key="hazard")


@cache
def own_producer() -> Mapping[str, str]:
    """Return ``{carrier: producer whose figures it publishes as its own}``."""
    rows = load_records("country/data/carriers.csv", _Carrier, key="carrier")
    return {row.carrier: row.producer for row in rows}


@cache
def markets() -> Mapping[str, Market]:
    """Return the carbon markets that several countries share, by their code."""
    return load_toml("country/data/carbon_market.toml", dict[str, Market], at="systems")


@cache
def _members() -> Mapping[str, str]:
    rows = load_records("country/data/carbon_market.csv", _Member, key="iso3")
    return {row.iso3: row.system for row in rows}


def market_of(iso3: str) -> str:
    """Return the shared carbon market that an economy is part of, empty if none."""
    return _members().get(iso3, "")

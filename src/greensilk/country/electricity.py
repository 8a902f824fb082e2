"""The power sector of a country: what generates, what is built, and the factors of its grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from greensilk.core.text import Amount, Label
from greensilk.country.model import Electricity, FleetFactor, GridFactor, Mix, Part
from greensilk.country.profile import read_rows
from greensilk.country.selection import power_series, threshold
from greensilk.facts.query import Facts
from greensilk.reference import load

__all__ = ["read_electricity", "read_grid_factors"]

# kind: {year: amount}
_Series = dict[str, dict[int, float]]
_UNITS = {"generation": "GWh", "capacity": "MW"}
_GWH_OF_A_MWH = 1e-3
_COMBINED = "grid_ifi_combined"
_OTHER_FACTORS = ("grid_ifi_margins", "electricity_supply", "grid_national")


class _Row(msgspec.Struct):
    indicator: str
    year: int
    value: float
    source: str


def read_electricity(facts: Facts, iso3: str) -> Electricity:
    """Return the mix, the fleet and the grid factors of one economy."""
    codes = [row.series for row in power_series()]
    marks = ", ".join("?" * len(codes))
    table = facts.sql(
        "SELECT indicator, year, value, source FROM facts WHERE economy = ? "  # noqa: S608
        f"AND indicator IN ({marks}) AND flag <> 'projection'",
        [iso3, *codes],
    )
    values: dict[str, dict[int, float]] = {}
    origins: dict[str, str] = {}
    for row in read_rows(table, _Row):
        values.setdefault(row.indicator, {})[row.year] = row.value
        origins[row.indicator] = row.source
    measures: dict[str, _Series] = {}
    sources: dict[str, str] = {}
    for entry in power_series():
        years = measures.setdefault(entry.measure, {}).setdefault(entry.kind, {})
        for year, value in values.get(entry.series, {}).items():
            years[year] = years.get(year, 0.0) + value
        if entry.series in origins:
            sources[entry.measure] = origins[entry.series]
    generation = _read_mix("generation", measures, sources)
    capacity = _read_mix("capacity", measures, sources)
    fleet = tuple(_read_fleet(measures))
    return Electricity(
        generation=generation,
        capacity=capacity,
        capacity_missing=tuple(_find_missing(generation, capacity)),
        capacity_factors=fleet,
        fleet_source=sources.get("capacity", "") if fleet else "",
        factors=tuple(read_grid_factors(iso3)),
    )


def _read_mix(
    measure: str, measures: Mapping[str, _Series], sources: Mapping[str, str]
) -> Mix | None:
    """Return the parts of the last year that has a whole and a part of it, largest first."""
    series = measures[measure]
    totals = series.get("total", {})
    parts = {kind: years for kind, years in series.items() if kind != "total"}
    complete = [
        year
        for year, total in totals.items()
        if total > 0 and any(years.get(year, 0.0) > 0 for years in parts.values())
    ]
    if not complete:
        return None
    year = max(complete)
    amounts = {kind: years[year] for kind, years in parts.items() if years.get(year, 0.0) > 0}
    # publishers round the parts, so that they may add up to a little more than the whole
    total = max(totals[year], sum(amounts.values()))
    rest = total - sum(amounts.values())
    if rest > threshold("mix_rest") * total:
        amounts["other"] = rest
    order = sorted(amounts.items(), key=lambda item: (item[0] == "other", -item[1], item[0]))
    return Mix(
        measure=measure,
        parts=tuple(
            Part(kind, Label(f"country.kind.{kind}"), amount, amount / total)
            for kind, amount in order
        ),
        total=Amount(total, _UNITS[measure]),
        year=year,
        source=sources.get(measure, ""),
    )


def _find_missing(generation: Mix | None, capacity: Mix | None) -> Iterable[str]:
    """Yield the kinds that generate but stand at no capacity: the file writes both as nothing."""
    if generation is None or capacity is None:
        return
    built = {part.kind for part in capacity.parts}
    listed = {row.kind for row in power_series() if row.measure == "capacity"}
    for part in generation.parts:
        if part.kind in listed - built and part.share > threshold("mix_present"):
            yield part.kind


def _read_fleet(measures: Mapping[str, _Series]) -> Iterable[FleetFactor]:
    """Yield the capacity factors, each beside what the mix gives for the same plants."""
    gwh_of_a_mw = threshold("hours_of_year") * _GWH_OF_A_MWH
    for kind, years in measures["capacity_factor"].items():
        if not years:
            continue
        year = max(years)
        reported = years[year] / 100.0
        generated = measures["generation"].get(kind, {})
        built = measures["capacity"].get(kind, {})
        common = [
            shared
            for shared, amount in generated.items()
            if amount > 0 and built.get(shared, 0.0) > 0
        ]
        nearest = min(common, key=lambda shared: (abs(shared - year), -shared), default=None)
        implied = None
        if nearest is not None:
            implied = generated[nearest] / (built[nearest] * gwh_of_a_mw)
        apart = implied is not None and (
            max(implied, reported) > threshold("fleet_apart") * min(implied, reported)
        )
        yield FleetFactor(
            kind=kind,
            label=Label(f"country.kind.{kind}"),
            reported=reported,
            year=year,
            implied=implied,
            implied_year=nearest,
            doubtful=apart or reported > 1.0,
        )


def read_grid_factors(iso3: str) -> Iterable[GridFactor]:
    """Yield the rows of the reference tables about the grid of an economy.

    >>> [(row.parameter, row.firmness, row.value) for row in read_grid_factors("KEN")][:2]
    [('combined_margin', 'intermittent', 461.6), ('combined_margin', 'firm', 274.3)]
    """
    for name in (_COMBINED, *_OTHER_FACTORS):
        table = load(name)
        for row in table.rows:
            keys: Mapping[str, str] = dict(zip(table.keys, row.keys, strict=True))
            if keys.get("country", row.keys[0]) != iso3:
                continue
            firmness = (keys["firmness"] or "consumption") if name == _COMBINED else ""
            yield GridFactor(
                parameter=row.parameter,
                label=Label(f"country.factor.{row.parameter}"),
                firmness=firmness,
                firmness_label=Label(f"country.firmness.{firmness}") if firmness else "",
                value=row.value,
                low=row.low,
                high=row.high,
                unit=row.unit,
                year=str(row.year),
                verified=row.verified,
                source=row.source,
                citation=row.citation(),
                note=row.note,
            )

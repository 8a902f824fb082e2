"""The power sector of a country: what generates, what is built, and the factors of its grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from greensilk.report.country.figures import rows_of
from greensilk.report.country.model import Electricity, Factor, FleetFactor, Part

if TYPE_CHECKING:
    from greensilk.facts import Facts

__all__ = ["grid_factors", "read_electricity"]

# kind: {year: amount}
_Series = dict[str, dict[int, float]]
# A rest smaller than this share of the whole is rounding, not a kind of its own.
_REST = 0.005
# A kind with a larger share of generation must have capacity.
_PRESENT = 0.01
_GWH_OF_A_MW = 8.76
_APART = 1.5


def read_electricity(facts: Facts, iso3: str) -> Electricity:
    """Return the mix, the fleet and the grid factors of one economy."""
    rows = rows_of("electricity")
    codes = [row["series"] for row in rows]
    marks = ", ".join("?" * len(codes))
    table = facts.sql(
        "SELECT indicator, year, value, source FROM facts WHERE economy = ? "  # noqa: S608
        f"AND indicator IN ({marks}) AND flag <> 'projection'",
        [iso3, *codes],
    )
    series: dict[str, dict[int, float]] = {}
    sources: dict[str, str] = {}
    for row in table.to_pylist():
        series.setdefault(row["indicator"], {})[int(row["year"])] = float(row["value"])
        sources[row["indicator"]] = row["source"]
    held: dict[str, _Series] = {}
    origin: dict[str, str] = {}
    for row in rows:
        kinds = held.setdefault(row["measure"], {})
        years = kinds.setdefault(row["kind"], {})
        for year, value in series.get(row["series"], {}).items():
            years[year] = years.get(year, 0.0) + value
        if row["series"] in sources:
            origin[row["measure"]] = sources[row["series"]]
    generation, generated, generation_year = _mix(held["generation"])
    capacity, built, capacity_year = _mix(held["capacity"])
    factors = tuple(_fleet(held))
    return Electricity(
        generation=generation,
        generation_total=generated,
        generation_year=generation_year,
        generation_source=origin.get("generation", "") if generation else "",
        capacity=capacity,
        capacity_total=built,
        capacity_year=capacity_year,
        capacity_source=origin.get("capacity", "") if capacity or factors else "",
        capacity_missing=tuple(_missing(generation, capacity)) if capacity else (),
        capacity_factors=factors,
        factors=tuple(grid_factors(iso3)),
    )


def _mix(series: _Series) -> tuple[tuple[Part, ...], float | None, int | None]:
    """Return the parts of the last year that has a whole and a part of it, largest first."""
    totals = series.get("total", {})
    parts = {kind: years for kind, years in series.items() if kind != "total"}
    known = [
        year
        for year, whole in totals.items()
        if whole > 0 and any(years.get(year, 0.0) > 0 for years in parts.values())
    ]
    if not known:
        return (), None, None
    year = max(known)
    amounts = {kind: years[year] for kind, years in parts.items() if years.get(year, 0.0) > 0}
    # publishers round the parts, so that they may add up to a little more than the whole
    whole = max(totals[year], sum(amounts.values()))
    rest = whole - sum(amounts.values())
    if rest > _REST * whole:
        amounts["other"] = rest
    order = sorted(amounts.items(), key=lambda item: (item[0] == "other", -item[1], item[0]))
    return tuple(Part(kind, amount, amount / whole) for kind, amount in order), whole, year


def _missing(generation: tuple[Part, ...], capacity: tuple[Part, ...]) -> Iterable[str]:
    """Yield the kinds that generate but stand at no capacity: the file writes both as nothing."""
    known = {part.kind for part in capacity}
    listed = {row["kind"] for row in rows_of("electricity") if row["measure"] == "capacity"}
    for part in generation:
        if part.kind in listed - known and part.share > _PRESENT:
            yield part.kind


def _fleet(held: Mapping[str, _Series]) -> Iterable[FleetFactor]:
    """Yield the capacity factors, each beside what the mix gives for the same plants."""
    for kind, years in held["capacity_factor"].items():
        if not years:
            continue
        year = max(years)
        reported = years[year] / 100.0
        generated = held["generation"].get(kind, {})
        built = held["capacity"].get(kind, {})
        common = [
            one for one, amount in generated.items() if amount > 0 and built.get(one, 0.0) > 0
        ]
        near = min(common, key=lambda one: (abs(one - year), -one), default=None)
        implied = None
        if near is not None:
            implied = generated[near] / (built[near] * _GWH_OF_A_MW)
        apart = implied is not None and (max(implied, reported) > _APART * min(implied, reported))
        yield FleetFactor(
            kind=kind,
            reported=reported,
            year=year,
            implied=implied,
            implied_year=near,
            doubtful=apart or reported > 1.0,
        )


def grid_factors(iso3: str) -> Iterable[tuple[Factor, str]]:
    """Yield (row, firmness) of the reference tables about the grid of an economy.

    ``firmness`` is ``intermittent``, ``firm`` or ``consumption`` for combined margins, else empty.

    >>> [(row.parameter, kind, row.value) for row, kind in grid_factors("KEN")][:2]
    [('combined_margin', 'intermittent', 461.6), ('combined_margin', 'firm', 274.3)]
    """
    from greensilk.reference import load

    for row in load("grid_ifi_combined").rows:
        keys: Mapping[str, str] = dict(zip(load("grid_ifi_combined").keys, row.keys, strict=True))
        if keys["country"] == iso3:
            yield row, keys["firmness"] or "consumption"
    for name in ("grid_ifi_margins", "electricity_supply", "grid_national"):
        for row in load(name).rows:
            if row.keys[0] == iso3:
                yield row, ""

"""Candidate baselines: the factor sets a claim's author may have used, built from the tables.

A candidate is a vector of factors per unit of electricity, one for every kind of claim it can
explain (CO2, standard coal, SO2, NOx, dust). Which table stands for which claim is written in
``data/candidates.toml``; the figures are read from the reference tables when the set is built, so
that a new year or a new country in a table is a new candidate without a line of code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from greensilk.core.tables import load_toml
from greensilk.core.text import Label, Parameter, Sentence
from greensilk.core.units import factor
from greensilk.judge.figures import Floats
from greensilk.judge.ladders import threshold
from greensilk.reference import Row, Table, load

__all__ = ["Candidate", "CandidateSet", "Dimension", "candidate_set"]


class Dimension(msgspec.Struct, frozen=True):
    """One kind of claim that is generation times a factor."""

    claim: str
    claim_unit: str
    factor_unit: str


# a table and one of its parameters
Column = tuple[str, str]


class Series(msgspec.Struct, frozen=True):
    """One candidate for every value of a table's keys; ``factors`` is claim to parameter."""

    kind: str
    table: str
    choices: int
    factors: dict[str, str]


class HostGrid(msgspec.Struct, frozen=True):
    """The host country's grid, by margin and by every weighting; ``world`` is the world's name."""

    kind: str
    margins: str
    combined: str
    weights: str
    choices: int
    world: str


class CoalConversion(msgspec.Struct, frozen=True):
    """Coal burnt at a rate of a year, times a carbon content; standard coal and raw coal."""

    kind: str
    rate: Column
    carbon: Column
    choices: int
    raw_kind: str
    raw: Column
    raw_choices: int


class Mixture(msgspec.Struct, frozen=True):
    """The host grid for CO2, a fleet (the kind of a series) for everything else."""

    kind: str
    fleet: str
    choices: int


class Published(msgspec.Struct, frozen=True):
    """Factors that host countries have published, one a year."""

    kind: str
    table: str
    parameter: str
    choices: int


class FuelPlant(msgspec.Struct, frozen=True):
    """One fuel burnt at the usual efficiency of its kind of plant: (fuel, technology)."""

    kind: str
    carbon: Column
    efficiency: Column
    pairs: tuple[tuple[str, str], ...]
    choices: int


class CandidateRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What ``data/candidates.toml`` says."""

    families: tuple[str, ...]
    generation: str
    generation_unit: str
    dimensions: tuple[Dimension, ...]
    series: tuple[Series, ...]
    host: HostGrid
    coal: CoalConversion
    mixed: Mixture
    published: Published
    plant: FuelPlant

    @property
    def co2_unit(self) -> str:
        """Return the unit of a CO2 factor."""
        return self.dimensions[0].factor_unit

    def vector(self, values: Mapping[str, float]) -> Floats:
        """Return factors by claim as a vector over the dimensions, NaN where there is none."""
        return np.array([values.get(dimension.claim, np.nan) for dimension in self.dimensions])


@dataclass(frozen=True, slots=True)
class Candidate:
    """One factor set.

    ``choices`` counts the free decisions behind it (a year; a year and a carbon content; ...): of
    two sets that explain the same claims, the one with fewer choices is the better explanation. A
    set that joins two sources says nothing of its own unless ``needs`` claims, CO2 among them, are
    there to be explained. ``variant`` names the weighting of a grid.
    """

    id: str
    kind: str
    year: int
    choices: int
    params: Mapping[str, Parameter] = field(default_factory=dict)
    verified: bool = False
    needs: int = 0
    variant: str = ""

    @property
    def label(self) -> Sentence:
        """Return the candidate's name."""
        year = str(self.year) if self.year else ""
        return Sentence(f"candidate.{self.kind}", {"year": year, **self.params})


@dataclass(frozen=True, slots=True)
class CandidateSet:
    """All candidates and their factors.

    Parameters
    ----------
    factors
        Shape (candidates, dimensions), NaN where a set has no factor for a claim; rows of
        host-dependent sets are NaN.
    host_index
        Indexes of the host-dependent sets among the candidates.
    host
        Shape (countries + 1, host-dependent sets, dimensions); the last row, all NaN, is for
        countries without factors.
    """

    dimensions: tuple[Dimension, ...]
    candidates: tuple[Candidate, ...]
    factors: Floats
    countries: Mapping[str, int]
    host_index: npt.NDArray[np.intp]
    host: Floats
    families: tuple[str, ...]
    generation: str
    generation_unit: str

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds in the order of the candidates."""
        return tuple(dict.fromkeys(candidate.kind for candidate in self.candidates))

    @property
    def claims(self) -> tuple[str, ...]:
        """Return the claims that are generation times a factor; the first is of CO2."""
        return tuple(dimension.claim for dimension in self.dimensions)

    def units(self) -> dict[str, str]:
        """Return the claims and the generation with the units the factors are in."""
        return {d.claim: d.claim_unit for d in self.dimensions} | {
            self.generation: self.generation_unit
        }

    def country_rows(self, countries: Iterable[str]) -> npt.NDArray[np.intp]:
        """Return the rows of :attr:`host` for ``countries``."""
        missing = self.host.shape[0] - 1
        rows = {name: self.countries.get(name, missing) for name in set(countries)}
        return np.array([rows[name] for name in countries], np.intp)


class Entry(NamedTuple):
    """A candidate with its factors: (dimensions,), or (countries, dimensions) by host country."""

    candidate: Candidate
    factors: Floats


@cache
def candidate_set() -> CandidateSet:
    """Build every candidate from the packaged tables.

    >>> any(item.id == "china_thermal_fleet/2020" for item in candidate_set().candidates)
    True
    """
    rules = load_toml("judge/data/candidates.toml", CandidateRules)
    countries, host = _host_grids(rules)
    published = _host_publications(rules, countries)
    by_country = [*host, *published, *_host_with_fleet(rules, [*host, *published])]
    fixed = [
        *_series(rules, rules.series),
        *_world_grids(rules),
        *_fuel_plants(rules),
        *_coal_conversions(rules),
    ]
    # one figure under two titles is one candidate, or nothing could ever fit alone
    distinct = {
        (entry.candidate.kind, *np.nan_to_num(entry.factors, nan=-1.0)): entry
        for entry in reversed(fixed)
    }
    unknown = np.full(len(rules.dimensions), np.nan)
    # of explanations that are equally good the host's own grid is named first
    entries = [
        *((entry.candidate, unknown, index) for index, entry in enumerate(by_country)),
        *((entry.candidate, entry.factors, -1) for entry in reversed(distinct.values())),
    ]
    # candidates of one kind stand side by side, so that a kind is a slice
    kinds = list(dict.fromkeys(candidate.kind for candidate, _, _ in entries))
    entries.sort(key=lambda entry: kinds.index(entry[0].kind))
    table = np.stack([entry.factors for entry in by_country], axis=1)
    table = np.concatenate([table, np.full((1, *table.shape[1:]), np.nan)])
    hosts = [(index, entry[2]) for index, entry in enumerate(entries) if entry[2] >= 0]
    return CandidateSet(
        dimensions=rules.dimensions,
        candidates=tuple(candidate for candidate, _, _ in entries),
        factors=np.stack([factors for _, factors, _ in entries]),
        countries=countries,
        host_index=np.array([index for index, _ in hosts], np.intp),
        host=table[:, [order for _, order in hosts]],
        families=rules.families,
        generation=rules.generation,
        generation_unit=rules.generation_unit,
    )


def _word(code: str) -> Label:
    return Label(f"candidate.word.{code}")


def _in_unit(row: Row, unit: str) -> float:
    """Return the figure of a table's row in ``unit``."""
    return row.value * factor(row.unit, unit)


def _rows_by_key(table: Table) -> dict[tuple[str, ...], dict[str, Row]]:
    """Return the rows of a table by their keys, then by parameter."""
    groups: dict[tuple[str, ...], dict[str, Row]] = {}
    for row in table.rows:
        groups.setdefault(row.keys, {})[row.parameter] = row
    return groups


def _parameter_rows(column: Column) -> list[Row]:
    table, parameter = column
    return [row for row in load(table).rows if row.parameter == parameter]


# fleets, rules of thumb, coal


def _series(rules: CandidateRules, series: Iterable[Series]) -> Iterator[Entry]:
    """Yield one candidate for every value of a table's keys: a fleet by year, a rule of thumb."""
    units = {dimension.claim: dimension.factor_unit for dimension in rules.dimensions}
    for item in series:
        for keys, rows in _rows_by_key(load(item.table)).items():
            used = {
                claim: rows[parameter]
                for claim, parameter in item.factors.items()
                if parameter in rows
            }
            if not used:
                continue
            year = int(next(iter(used.values())).year or 0)
            if year and year < threshold("first_year"):
                continue
            candidate = Candidate(
                id="/".join((item.kind, *keys)),
                kind=item.kind,
                year=year,
                choices=item.choices,
                params={"edition": _word(keys[-1])},
                verified=all(row.verified for row in used.values()),
            )
            factors = {claim: _in_unit(row, units[claim]) for claim, row in used.items()}
            yield Entry(candidate, rules.vector(factors))


def _coal_conversions(rules: CandidateRules) -> Iterator[Entry]:
    """Yield a coal rate of every year times every carbon content, for standard and raw coal."""
    coal = rules.coal
    co2, standard = rules.dimensions[0], rules.dimensions[1]
    raw = _parameter_rows(coal.raw)[0]
    # without a coal claim nothing tells raw coal from standard coal
    for grade, kind, choices, needs in (
        (1.0, coal.kind, coal.choices, 1),
        (raw.value, coal.raw_kind, coal.raw_choices, 2),
    ):
        for rate in _parameter_rows(coal.rate):
            year = int(rate.year or 0)
            if year < threshold("first_year"):
                continue
            burnt = _in_unit(rate, standard.factor_unit) / grade
            for carbon in _parameter_rows(coal.carbon):
                candidate = Candidate(
                    id=f"{kind}/{year}/{carbon.keys[0]}",
                    kind=kind,
                    year=year,
                    choices=choices,
                    params={"carbon": f"{carbon.value:g}"},
                    needs=needs,
                )
                factors = {co2.claim: burnt * carbon.value, standard.claim: burnt}
                yield Entry(candidate, rules.vector(factors))


def _fuel_plants(rules: CandidateRules) -> Iterator[Entry]:
    """Yield a plant of one fuel at the usual efficiency of its kind."""
    plant = rules.plant
    for fuel, technology in plant.pairs:
        burnt = load(plant.carbon[0]).get(plant.carbon[1], fuel=fuel)
        efficiency = load(plant.efficiency[0]).get(plant.efficiency[1], technology=technology)
        # tonnes per MWh of heat, over the electricity got from it
        per_heat = burnt.value * factor(burnt.unit, rules.co2_unit)
        candidate = Candidate(
            id=f"{plant.kind}/{fuel}",
            kind=plant.kind,
            year=0,
            choices=plant.choices,
            params={"fuel": _word(fuel), "efficiency": f"{100.0 * efficiency.value:g}"},
        )
        factors = {rules.dimensions[0].claim: per_heat / efficiency.value}
        yield Entry(candidate, rules.vector(factors))


# grids


class _Weighting(NamedTuple):
    """One way to weigh a grid's margins, and the column where the result is published."""

    variant: str
    om: float
    bm: float
    published: tuple[str, str] | None = None

    def combine(
        self,
        country: str,
        margins: Mapping[str, float],
        published: Mapping[tuple[str, ...], float],
    ) -> float:
        """Return a country's factor: as published, else from its margins."""
        if self.published:
            value = published.get((country, *self.published))
            if value is not None:
                return value
        om = margins.get("operating_margin", np.nan) if self.om else 0.0
        bm = margins.get("build_margin", np.nan) if self.bm else 0.0
        return self.om * om + self.bm * bm


def _weightings(rules: CandidateRules) -> list[_Weighting]:
    """Return operating margin, build margin, and every distinct weighting of the two."""
    combined = {row.keys[1:3] for row in load(rules.host.combined).rows if row.keys[0]}
    members: dict[float, list[tuple[str, ...]]] = {}
    weights: dict[float, tuple[float, float]] = {}
    for keys, rows in _rows_by_key(load(rules.host.weights)).items():
        om, bm = rows["om_weight"].value, rows["bm_weight"].value
        # equal weights are one candidate, whoever prescribes them
        members.setdefault(round(om, 6), []).append(keys)
        weights[round(om, 6)] = (om, bm)
    weightings = [_Weighting("om", 1.0, 0.0), _Weighting("bm", 0.0, 1.0)]
    for signature, entries in members.items():
        om, bm = weights[signature]
        published = next(((e[1], e[0]) for e in entries if (e[1], e[0]) in combined), None)
        name = f"cm_{round(100 * om)}_{round(100 * bm)}"
        weightings.append(_Weighting(name, om, bm, published))
    return weightings


def _margins(rules: CandidateRules) -> dict[str, dict[str, float]]:
    margins: dict[str, dict[str, float]] = {}
    for row in load(rules.host.margins).rows:
        margins.setdefault(row.keys[0], {})[row.parameter] = _in_unit(row, rules.co2_unit)
    return margins


def _combined_margins(rules: CandidateRules) -> dict[tuple[str, ...], float]:
    return {row.keys: _in_unit(row, rules.co2_unit) for row in load(rules.host.combined).rows}


def _world_grids(rules: CandidateRules) -> Iterator[Entry]:
    """Yield every variant of the grid factor for the world."""
    host = rules.host
    margins, published = _margins(rules).get(host.world, {}), _combined_margins(rules)
    rows = load(host.margins).rows
    year = int(next(row.year for row in rows if row.keys[0] == host.world) or 0)
    for weighting in _weightings(rules):
        candidate = Candidate(
            id=f"world_average/{weighting.variant}",
            kind="world_average",
            year=year,
            choices=host.choices,
            params={"variant": _word(weighting.variant)},
        )
        value = weighting.combine(host.world, margins, published)
        yield Entry(candidate, rules.vector({rules.dimensions[0].claim: value}))


def _host_grids(rules: CandidateRules) -> tuple[dict[str, int], list[Entry]]:
    """Return the countries' rows, and every variant with its factors (countries, dimensions)."""
    host = rules.host
    margins, published = _margins(rules), _combined_margins(rules)
    names = sorted(country for country in margins if country and country != host.world)
    entries = []
    for weighting in _weightings(rules):
        factors = np.full((len(names), len(rules.dimensions)), np.nan)
        factors[:, 0] = [weighting.combine(name, margins[name], published) for name in names]
        candidate = Candidate(
            id=f"{host.kind}/{weighting.variant}",
            kind=host.kind,
            year=0,
            choices=host.choices,
            params={"variant": _word(weighting.variant)},
            variant=weighting.variant,
        )
        entries.append(Entry(candidate, factors))
    return {name: index for index, name in enumerate(names)}, entries


def _host_publications(rules: CandidateRules, countries: Mapping[str, int]) -> list[Entry]:
    """Return the factors hosts have published, one candidate a year, by country."""
    item = rules.published
    by_year: dict[str, Floats] = {}
    for row in _parameter_rows((item.table, item.parameter)):
        if row.keys[0] not in countries:
            continue
        blank = np.full((len(countries), len(rules.dimensions)), np.nan)
        factors = by_year.setdefault(row.year, blank)
        factors[countries[row.keys[0]], 0] = _in_unit(row, rules.co2_unit)
    return [
        Entry(
            Candidate(
                id=f"{item.kind}/{year}",
                kind=item.kind,
                year=int(year),
                choices=item.choices,
                params={"variant": Sentence("candidate.word.published", {"year": year})},
                variant=f"published_{year}",
            ),
            factors,
        )
        for year, factors in sorted(by_year.items())
    ]


def _host_with_fleet(rules: CandidateRules, host: Iterable[Entry]) -> list[Entry]:
    """Return host grids for CO2 joined with a fleet for everything else."""
    item = rules.mixed
    fleets = [series for series in rules.series if series.kind == item.fleet]
    entries = []
    host = tuple(host)
    for fleet, fleet_factors in _series(rules, fleets):
        for grid, grid_factors in host:
            factors = np.where(np.isnan(grid_factors), fleet_factors, grid_factors)
            # without a grid factor this would be the fleet alone
            factors[np.isnan(grid_factors).all(axis=1)] = np.nan
            factors[:, 0] = grid_factors[:, 0]
            candidate = Candidate(
                id=f"{item.kind}/{grid.variant}/{fleet.year}",
                kind=item.kind,
                year=fleet.year,
                choices=item.choices,
                params={"variant": grid.params["variant"]},
                needs=2,
                variant=grid.variant,
            )
            entries.append(Entry(candidate, factors))
    return entries

"""Candidate baselines: the factor sets a claim's author may have used, built from the tables.

A candidate is a vector of factors per unit of electricity, one for every kind of claim it can
explain (CO2, standard coal, SO2, NOx, dust). Which table stands for which claim is written in
``data/candidates.toml``; the figures are read from the reference tables when the set is built, so a
new year or a new country in a table is a new candidate without a line of code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from greensilk.i18n import catalogue, text
from greensilk.reference import Row, Table, load
from greensilk.units import factor

__all__ = ["Candidate", "CandidateSet", "Dimension", "candidate_set"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Dimension:
    """One kind of claim that is generation times a factor."""

    claim: str
    claim_unit: str
    factor_unit: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One factor set.

    ``choices`` counts the free decisions behind it (a year; a year and a carbon content; ...): of
    two sets that explain the same claims, the one with fewer choices is the better explanation.
    ``factors`` is NaN where the set has no factor for a claim, and empty for sets that depend on
    the host country, whose factors are in :attr:`CandidateSet.host`. A set that joins two sources
    says nothing of its own unless ``needs`` claims, CO2 among them, are there to be explained.
    """

    id: str
    kind: str
    year: int
    choices: int
    params: Mapping[str, str] = field(default_factory=dict)
    verified: bool = False
    needs: int = 0

    def label(self, lang: str) -> str:
        """Return the candidate's name in words."""
        params = {name: _word(value, lang) for name, value in self.params.items()}
        return text(f"candidate.{self.kind}", lang, year=self.year or "", **params)


@dataclass(frozen=True, slots=True)
class CandidateSet:
    """All candidates and their factors.

    Parameters
    ----------
    factors
        Shape (candidates, dimensions); rows of host-dependent sets are NaN.
    host_index
        Places of the host-dependent sets among the candidates.
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
    tolerance: float
    families: tuple[str, ...]
    generation: str
    generation_unit: str

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds in the order of the candidates."""
        return tuple(dict.fromkeys(candidate.kind for candidate in self.candidates))

    def units(self) -> dict[str, str]:
        """Return the claims and the generation with the units the factors are in."""
        return {d.claim: d.claim_unit for d in self.dimensions} | {
            self.generation: self.generation_unit
        }

    def country_rows(self, countries: list[str]) -> npt.NDArray[np.intp]:
        """Return the rows of :attr:`host` for ``countries``."""
        missing = self.host.shape[0] - 1
        return np.array([self.countries.get(name, missing) for name in countries], np.intp)


def _word(value: str, lang: str) -> str:
    stem, _, year = value.rpartition("_")
    if stem == "published":
        return text("candidate.word.published", lang, year=year)
    entry = catalogue().get(f"candidate.word.{value}")
    return entry[lang] if entry else value


@lru_cache(maxsize=1)
def candidate_set() -> CandidateSet:
    """Build every candidate from the packaged tables.

    >>> any(item.id == "china_thermal_fleet/2020" for item in candidate_set().candidates)
    True
    """
    place = files("greensilk.judge") / "data" / "candidates.toml"
    rules = tomllib.loads(place.read_text(encoding="utf-8"))
    dimensions = tuple(Dimension(**entry) for entry in rules["dimensions"])
    countries, host = _host(rules, dimensions)
    published = _published_by_host(rules, dimensions, countries)
    mixed = _mixed(rules, dimensions, [*host, *published])
    fixed = [
        *_series(rules, dimensions),
        *_world(rules, dimensions),
        *_plants(rules, dimensions),
        *_coal(rules, dimensions),
    ]
    nothing = np.full(len(dimensions), np.nan)
    by_country = [*host, *published, *mixed]
    # of explanations that are equally good the host's own grid is named first
    entries = [
        *((candidate, nothing, place) for place, (candidate, _) in enumerate(by_country)),
        *((candidate, vector, -1) for candidate, vector in fixed),
    ]
    # candidates of one kind stand together, so that a kind is a slice
    kinds = list(dict.fromkeys(entry[0].kind for entry in entries))
    entries.sort(key=lambda entry: kinds.index(entry[0].kind))
    table = np.stack([array for _, array in by_country], axis=1)
    table = np.concatenate([table, np.full((1, *table.shape[1:]), np.nan)])
    index = np.array([place for place, entry in enumerate(entries) if entry[2] >= 0], np.intp)
    order = [entry[2] for entry in entries if entry[2] >= 0]
    return CandidateSet(
        dimensions=dimensions,
        candidates=tuple(entry[0] for entry in entries),
        factors=np.stack([entry[1] for entry in entries]),
        countries=countries,
        host_index=index,
        host=table[:, order],
        tolerance=float(rules["tolerance"]),
        families=tuple(rules["families"]),
        generation=rules["generation"],
        generation_unit=rules["generation_unit"],
    )


Fixed = Iterator[tuple[Candidate, Floats]]


def _vector(dimensions: tuple[Dimension, ...], values: Mapping[str, float]) -> Floats:
    return np.array([values.get(dimension.claim, np.nan) for dimension in dimensions])


def _in_unit(row: Row, unit: str) -> float:
    return row.value * factor(row.unit, unit)


def _groups(table: Table) -> dict[tuple[str, ...], dict[str, Row]]:
    groups: dict[tuple[str, ...], dict[str, Row]] = {}
    for row in table.rows:
        groups.setdefault(row.keys, {})[row.parameter] = row
    return groups


def _series(rules: Mapping[str, Any], dimensions: tuple[Dimension, ...]) -> Fixed:
    units = {dimension.claim: dimension.factor_unit for dimension in dimensions}
    for rule in rules["series"]:
        parameters = rule["factors"]
        for keys, rows in _groups(load(rule["table"])).items():
            used = {
                claim: rows[parameter]
                for claim, parameter in parameters.items()
                if parameter in rows
            }
            if not used:
                continue
            first = next(iter(used.values()))
            year = int(first.year or 0)
            if year and year < rules["since"]:
                continue
            yield (
                Candidate(
                    id="/".join((rule["kind"], *keys)),
                    kind=rule["kind"],
                    year=year,
                    choices=rule["choices"],
                    params={"edition": keys[-1]},
                    verified=all(row.verified for row in used.values()),
                ),
                _vector(dimensions, {c: _in_unit(row, units[c]) for c, row in used.items()}),
            )


@dataclass(frozen=True, slots=True)
class _Variant:
    """One way to weigh a grid's margins: its name, and the weights or the published column."""

    name: str
    om: float
    bm: float
    published: tuple[str, str] | None = None


def _variants(rules: Mapping[str, Any]) -> list[_Variant]:
    """Return operating margin, build margin, and every distinct weighting of the two."""
    variants = [_Variant("om", 1.0, 0.0), _Variant("bm", 0.0, 1.0)]
    combined = {row.keys[1:3] for row in load(rules["host"]["combined"]).rows if row.keys[0]}
    members: dict[float, list[tuple[str, ...]]] = {}
    weights: dict[float, tuple[float, float]] = {}
    for keys, rows in _groups(load(rules["host"]["weights"])).items():
        om, bm = rows["om_weight"].value, rows["bm_weight"].value
        # equal weights are one candidate, whoever prescribes them
        members.setdefault(round(om, 6), []).append(keys)
        weights[round(om, 6)] = (om, bm)
    for signature, entries in members.items():
        om, bm = weights[signature]
        published = next(((e[1], e[0]) for e in entries if (e[1], e[0]) in combined), None)
        variants.append(_Variant(f"cm_{round(100 * om)}_{round(100 * bm)}", om, bm, published))
    return variants


def _margins(rules: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    unit = rules["dimensions"][0]["factor_unit"]
    for row in load(rules["host"]["margins"]).rows:
        found.setdefault(row.keys[0], {})[row.parameter] = _in_unit(row, unit)
    return found


def _published(rules: Mapping[str, Any]) -> dict[tuple[str, ...], float]:
    unit = rules["dimensions"][0]["factor_unit"]
    return {row.keys: _in_unit(row, unit) for row in load(rules["host"]["combined"]).rows}


def _grid_factor(
    variant: _Variant,
    country: str,
    margins: Mapping[str, float],
    published: Mapping[tuple[str, ...], float],
) -> float:
    if variant.published:
        value = published.get((country, *variant.published))
        if value is not None:
            return value
    missing = float("nan")
    om = margins.get("operating_margin", missing) if variant.om else 0.0
    bm = margins.get("build_margin", missing) if variant.bm else 0.0
    return variant.om * om + variant.bm * bm


def _world(rules: Mapping[str, Any], dimensions: tuple[Dimension, ...]) -> Fixed:
    world = rules["host"]["world"]
    margins, published = _margins(rules), _published(rules)
    table = load(rules["host"]["margins"])
    year = int(next(row.year for row in table.rows if row.keys[0] == world) or 0)
    for variant in _variants(rules):
        value = _grid_factor(variant, world, margins.get(world, {}), published)
        yield (
            Candidate(
                id=f"world_average/{variant.name}",
                kind="world_average",
                year=year,
                choices=rules["host"]["choices"],
                params={"variant": variant.name},
            ),
            _vector(dimensions, {dimensions[0].claim: value}),
        )


def _host(
    rules: Mapping[str, Any], dimensions: tuple[Dimension, ...]
) -> tuple[dict[str, int], list[tuple[Candidate, Floats]]]:
    margins, published = _margins(rules), _published(rules)
    world = rules["host"]["world"]
    names = sorted(country for country in margins if country and country != world)
    entries = []
    for variant in _variants(rules):
        array = np.full((len(names), len(dimensions)), np.nan)
        array[:, 0] = [_grid_factor(variant, name, margins[name], published) for name in names]
        candidate = Candidate(
            id=f"{rules['host']['kind']}/{variant.name}",
            kind=rules["host"]["kind"],
            year=0,
            choices=rules["host"]["choices"],
            params={"variant": variant.name},
        )
        entries.append((candidate, array))
    return {name: index for index, name in enumerate(names)}, entries


def _coal(rules: Mapping[str, Any], dimensions: tuple[Dimension, ...]) -> Fixed:
    rule = rules["coal"]
    units = {dimension.claim: dimension.factor_unit for dimension in dimensions}
    co2, coal = "claimed_emission_reductions", "claimed_standard_coal"
    rates = [row for row in load(rule["rate"][0]).rows if row.parameter == rule["rate"][1]]
    carbons = [row for row in load(rule["carbon"][0]).rows if row.parameter == rule["carbon"][1]]
    raw = next(row for row in load(rule["raw"][0]).rows if row.parameter == rule["raw"][1])
    for grade, kind, choices in (
        (1.0, rule["kind"], rule["choices"]),
        (raw.value, rule["raw_kind"], rule["raw_choices"]),
    ):
        # without a coal claim nothing tells raw coal from standard coal
        needs = 1 if grade == 1.0 else 2
        for rate in rates:
            year = int(rate.year or 0)
            if year < rules["since"]:
                continue
            burnt = _in_unit(rate, units[coal]) / grade
            for carbon in carbons:
                yield (
                    Candidate(
                        id=f"{kind}/{year}/{carbon.keys[0]}",
                        kind=kind,
                        year=year,
                        choices=choices,
                        params={"carbon": f"{carbon.value:g}"},
                        needs=needs,
                    ),
                    _vector(dimensions, {co2: burnt * carbon.value, coal: burnt}),
                )


def _published_by_host(
    rules: Mapping[str, Any], dimensions: tuple[Dimension, ...], countries: Mapping[str, int]
) -> list[tuple[Candidate, Floats]]:
    rule = rules["published"]
    arrays: dict[str, Floats] = {}
    for row in load(rule["table"]).rows:
        if row.parameter != rule["parameter"] or row.keys[0] not in countries:
            continue
        blank = np.full((len(countries), len(dimensions)), np.nan)
        array = arrays.setdefault(row.year, blank)
        array[countries[row.keys[0]], 0] = _in_unit(row, dimensions[0].factor_unit)
    return [
        (
            Candidate(
                id=f"{rule['kind']}/{year}",
                kind=rule["kind"],
                year=int(year),
                choices=rule["choices"],
                params={"variant": f"published_{year}"},
            ),
            array,
        )
        for year, array in sorted(arrays.items())
    ]


def _plants(rules: Mapping[str, Any], dimensions: tuple[Dimension, ...]) -> Fixed:
    rule = rules["plant"]
    carbon, efficiency = load(rule["carbon"][0]), load(rule["efficiency"][0])
    for fuel, technology in rule["pairs"]:
        burnt = carbon.get(rule["carbon"][1], fuel=fuel)
        plant = efficiency.get(rule["efficiency"][1], technology=technology)
        # tonnes per MWh of heat, over the electricity got from it
        per_heat = burnt.value * factor(burnt.unit, "tCO2e/MWh")
        yield (
            Candidate(
                id=f"{rule['kind']}/{fuel}",
                kind=rule["kind"],
                year=0,
                choices=rule["choices"],
                params={"fuel": fuel, "efficiency": f"{100.0 * plant.value:g}"},
            ),
            _vector(dimensions, {dimensions[0].claim: per_heat / plant.value}),
        )


def _mixed(
    rules: Mapping[str, Any],
    dimensions: tuple[Dimension, ...],
    host: list[tuple[Candidate, Floats]],
) -> list[tuple[Candidate, Floats]]:
    rule = rules["mixed"]
    fleet_rules = {**rules, "series": [s for s in rules["series"] if s["kind"] == rule["fleet"]]}
    entries = []
    for fleet, vector in _series(fleet_rules, dimensions):
        for candidate, array in host:
            both = np.where(np.isnan(array), vector, array)
            # without a grid factor this would be the fleet alone
            both[np.isnan(array).all(axis=1)] = np.nan
            both[:, 0] = array[:, 0]
            variant = candidate.params["variant"]
            entries.append(
                (
                    Candidate(
                        id=f"{rule['kind']}/{variant}/{fleet.year}",
                        kind=rule["kind"],
                        year=fleet.year,
                        choices=rule["choices"],
                        params={"variant": variant},
                        needs=2,
                    ),
                    both,
                )
            )
    return entries

"""Candidates from grids: the host's, the world's, the host's own publications, and mixtures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from greensilk.judge.candidates import (
    Candidate,
    Dimension,
    Entries,
    in_unit,
    rows_by_key,
    vector,
)
from greensilk.judge.fleets import series
from greensilk.reference import load

__all__ = ["host_grids", "host_with_fleet", "published_by_host", "world_grids"]

Floats = npt.NDArray[np.float64]


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
    for keys, rows in rows_by_key(load(rules["host"]["weights"])).items():
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
        found.setdefault(row.keys[0], {})[row.parameter] = in_unit(row, unit)
    return found


def _published(rules: Mapping[str, Any]) -> dict[tuple[str, ...], float]:
    unit = rules["dimensions"][0]["factor_unit"]
    return {row.keys: in_unit(row, unit) for row in load(rules["host"]["combined"]).rows}


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


def world_grids(rules: Mapping[str, Any], dimensions: tuple[Dimension, ...]) -> Entries:
    """Yield every variant of the grid factor for the world as a whole."""
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
            vector(dimensions, {dimensions[0].claim: value}),
        )


def host_grids(
    rules: Mapping[str, Any], dimensions: tuple[Dimension, ...]
) -> tuple[dict[str, int], list[tuple[Candidate, Floats]]]:
    """Return the countries' places, and every variant with its factors (countries, dimensions)."""
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


def published_by_host(
    rules: Mapping[str, Any], dimensions: tuple[Dimension, ...], countries: Mapping[str, int]
) -> list[tuple[Candidate, Floats]]:
    """Return the factors hosts have published, one candidate a year, by country."""
    rule = rules["published"]
    arrays: dict[str, Floats] = {}
    for row in load(rule["table"]).rows:
        if row.parameter != rule["parameter"] or row.keys[0] not in countries:
            continue
        blank = np.full((len(countries), len(dimensions)), np.nan)
        array = arrays.setdefault(row.year, blank)
        array[countries[row.keys[0]], 0] = in_unit(row, dimensions[0].factor_unit)
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


def host_with_fleet(
    rules: Mapping[str, Any],
    dimensions: tuple[Dimension, ...],
    host: list[tuple[Candidate, Floats]],
) -> list[tuple[Candidate, Floats]]:
    """Return host grids for CO2 joined with China's thermal fleet for everything else."""
    rule = rules["mixed"]
    fleet_rules = {**rules, "series": [s for s in rules["series"] if s["kind"] == rule["fleet"]]}
    entries = []
    for fleet, factors in series(fleet_rules, dimensions):
        for candidate, array in host:
            both = np.where(np.isnan(array), factors, array)
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

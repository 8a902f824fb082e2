"""Candidates from fleets of plants and from conversions of coal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from greensilk.core.units import factor
from greensilk.judge.candidates import (
    Candidate,
    Dimension,
    Entries,
    in_unit,
    rows_by_key,
    vector,
)
from greensilk.reference import load

__all__ = ["coal_conversions", "fuel_plants", "series"]


def series(rules: Mapping[str, Any], dimensions: tuple[Dimension, ...]) -> Entries:
    """Yield one candidate for every value of a table's keys: a fleet by year, a rule of thumb."""
    units = {dimension.claim: dimension.factor_unit for dimension in dimensions}
    for rule in rules["series"]:
        parameters = rule["factors"]
        for keys, rows in rows_by_key(load(rule["table"])).items():
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
                vector(dimensions, {c: in_unit(row, units[c]) for c, row in used.items()}),
            )


def coal_conversions(rules: Mapping[str, Any], dimensions: tuple[Dimension, ...]) -> Entries:
    """Yield a coal rate of every year times every carbon content, for standard and raw coal."""
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
            burnt = in_unit(rate, units[coal]) / grade
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
                    vector(dimensions, {co2: burnt * carbon.value, coal: burnt}),
                )


def fuel_plants(rules: Mapping[str, Any], dimensions: tuple[Dimension, ...]) -> Entries:
    """Yield a plant of one fuel at the usual efficiency of its kind."""
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
            vector(dimensions, {dimensions[0].claim: per_heat / plant.value}),
        )

"""Reductions of projects that displace fuel or electricity: freight, fleets and lighting."""

from __future__ import annotations

from typing import Any

import numpy as np

from greensilk.core.quantity import quantity

__all__ = ["emission_cut", "emission_reductions"]

FAMILIES = ("freight", "fleet", "lighting")


@quantity(
    "tCO2e/yr",
    family=FAMILIES,
    en="Emission reductions",
    zh="减排量",
    source="CDM AM0090, AMS-III.C and AMS-II.L: ER = BE - PE - LE",
    inputs={
        "baseline_emissions": "tCO2e/yr",
        "project_emissions": "tCO2e/yr",
        "leakage_emissions": "tCO2e/yr",
    },
    level="headline",
    example=(
        {"baseline_emissions": 100.0, "project_emissions": 30.0, "leakage_emissions": 5.0},
        65.0,
    ),
)
def emission_reductions(
    baseline_emissions: Any, project_emissions: Any, leakage_emissions: Any
) -> Any:
    """Return the greenhouse gases avoided in a year; negative where the project emits more.

    >>> emission_reductions(100.0, 30.0, 5.0)
    65.0
    """
    return baseline_emissions - project_emissions - leakage_emissions


@quantity(
    "1",
    family=FAMILIES,
    en="Emission cut against the baseline",
    zh="较基准线的减排比例",
    source="definition: emission reductions over baseline emissions",
    inputs={"emission_reductions": "tCO2e/yr", "baseline_emissions": "tCO2e/yr"},
    additive=False,
    example=({"emission_reductions": 65.0, "baseline_emissions": 100.0}, 0.65),
)
def emission_cut(emission_reductions: Any, baseline_emissions: Any) -> Any:
    """Return the share of the baseline that is avoided, routes and terminals included.

    Not a number where the baseline is nothing (lamps on a grid of hydropower).

    >>> float(emission_cut(65.0, 100.0))
    0.65
    """
    return emission_reductions / np.where(baseline_emissions == 0.0, np.nan, baseline_emissions)

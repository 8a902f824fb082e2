"""Totals over the life of a plant, and the emissions embodied in it.

Embodied emissions stand beside the emission reductions and are never taken off them in silence:
the methodologies for grid electricity do not count them, a life-cycle view does.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from greensilk.core.quantity import quantity

__all__ = [
    "embodied_emissions",
    "embodied_leakage",
    "equivalent_years",
    "lifetime_emission_reductions",
    "lifetime_emission_reductions_declining_grid",
    "lifetime_generation",
    "net_emission_reductions_lifecycle",
]

CLEAN = ("electricity", "offgrid")


@quantity(
    "yr",
    en="Years of first-year output",
    zh="折合首年出力的年数",
    source="closed form of a steady yearly decline: (1 - exp(-k n)) / k",
    inputs={"lifetime": "yr", "degradation": "1/yr"},
    family=CLEAN,
    level="internal",
    additive=False,
    verified=True,
    example=({"lifetime": 25.0, "degradation": 0.005}, 23.5006194831),
)
def equivalent_years(lifetime: Any, degradation: Any) -> Any:
    """Return the years at first-year output that a life with steady decline amounts to.

    The decline is continuous, so the formula holds for scalars and arrays and has the plain
    lifetime as its limit; yearly steps of 0.5 % over 25 years would give 23.55 instead of 23.50.

    >>> round(float(equivalent_years(25.0, 0.005)), 2), float(equivalent_years(25.0, 0.0))
    (23.5, 25.0)
    """
    decline = degradation * lifetime
    steady = decline == 0.0
    safe = np.where(steady, 1.0, decline)
    return lifetime * np.where(steady, 1.0, -np.expm1(-safe) / safe)


@quantity(
    "MWh",
    en="Generation over the lifetime",
    zh="全寿命期上网电量",
    source="generation of the first year times the years it amounts to",
    inputs={"net_generation": "MWh/yr", "equivalent_years": "yr"},
    family=CLEAN,
    verified=True,
    example=({"net_generation": 1000.0, "equivalent_years": 23.5}, 23_500.0),
)
def lifetime_generation(net_generation: Any, equivalent_years: Any) -> Any:
    """Return the electricity delivered over the life of the plant.

    >>> lifetime_generation(1000.0, 23.5)
    23500.0
    """
    return net_generation * equivalent_years


@quantity(
    "tCO2e",
    en="Emission reductions over the lifetime",
    zh="全寿命期减排量",
    source="IFI TWG methodology: the grid factor is held constant over the life",
    inputs={"emission_reductions": "tCO2e/yr", "equivalent_years": "yr"},
    family=CLEAN,
    example=({"emission_reductions": 1000.0, "equivalent_years": 23.5}, 23_500.0),
)
def lifetime_emission_reductions(emission_reductions: Any, equivalent_years: Any) -> Any:
    """Return the greenhouse gases avoided over the life of the plant, the grid staying as it is.

    That is the convention of most statements; grids grow cleaner, so it is an upper view. See
    :func:`lifetime_emission_reductions_declining_grid`.

    >>> lifetime_emission_reductions(1000.0, 23.5)
    23500.0
    """
    return emission_reductions * equivalent_years


@quantity(
    "tCO2e",
    en="Emission reductions over the lifetime, the grid growing cleaner",
    zh="全寿命期减排量（电网逐步清洁化情景）",
    source="the same sum with the yearly decline of the grid factor added to the degradation",
    inputs={
        "emission_reductions": "tCO2e/yr",
        "lifetime": "yr",
        "degradation": "1/yr",
        "grid_decline": "1/yr",
    },
    family="electricity",
    example=(
        {
            "emission_reductions": 1000.0,
            "lifetime": 25.0,
            "degradation": 0.005,
            "grid_decline": 0.02,
        },
        18_589.5428592,
    ),
)
def lifetime_emission_reductions_declining_grid(
    emission_reductions: Any, lifetime: Any, degradation: Any, grid_decline: Any
) -> Any:
    """Return the greenhouse gases avoided over the life if the host grid grows cleaner meanwhile.

    >>> round(float(lifetime_emission_reductions_declining_grid(1000.0, 25.0, 0.005, 0.02)))
    18590
    """
    decline = (degradation + grid_decline) * lifetime
    steady = decline == 0.0
    safe = np.where(steady, 1.0, decline)
    return emission_reductions * lifetime * np.where(steady, 1.0, -np.expm1(-safe) / safe)


@quantity(
    "tCO2e/yr",
    en="Embodied emissions per year of operation",
    zh="隐含碳排放（折合每年）",
    source="IPCC AR5 WG III, annex III, table A.III.2 (life-cycle emissions)",
    inputs={"net_generation": "MWh/yr", "lifecycle_factor": "tCO2e/MWh"},
    family="electricity",
    example=({"net_generation": 100_000.0, "lifecycle_factor": 0.011}, 1_100.0),
)
def embodied_emissions(net_generation: Any, lifecycle_factor: Any) -> Any:
    """Return the emissions of building, running and dismantling the plant, spread over its output.

    >>> embodied_emissions(100_000.0, 0.011)
    1100.0
    """
    return net_generation * lifecycle_factor


@quantity(
    "tCO2e/yr",
    en="Embodied emissions as leakage under VMR0017",
    zh="隐含碳排放（按VMR0017计为泄漏）",
    source="Verra VMR0017 v1.0 (revision of ACM0002): embodied emissions as leakage",
    inputs={"net_generation": "MWh/yr", "embodied_leakage_factor": "tCO2e/MWh"},
    family="electricity",
    example=({"net_generation": 100_000.0, "embodied_leakage_factor": 0.013}, 1_300.0),
)
def embodied_leakage(net_generation: Any, embodied_leakage_factor: Any) -> Any:
    """Return the leakage that VMR0017 asks to take off for the making of the plant.

    >>> embodied_leakage(100_000.0, 0.013)
    1300.0
    """
    return net_generation * embodied_leakage_factor


@quantity(
    "tCO2e/yr",
    en="Emission reductions less embodied emissions",
    zh="扣除隐含碳后的减排量",
    source="difference of the two; a life-cycle view, not a crediting result",
    inputs={"emission_reductions": "tCO2e/yr", "embodied_emissions": "tCO2e/yr"},
    family="electricity",
    verified=True,
    example=({"emission_reductions": 50_000.0, "embodied_emissions": 1_100.0}, 48_900.0),
)
def net_emission_reductions_lifecycle(emission_reductions: Any, embodied_emissions: Any) -> Any:
    """Return the emission reductions after the emissions embodied in the plant.

    >>> net_emission_reductions_lifecycle(50_000.0, 1_100.0)
    48900.0
    """
    return emission_reductions - embodied_emissions

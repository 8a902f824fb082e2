"""Totals over the life of a plant, and the emissions embodied in it.

Embodied emissions stand beside the emission reductions and are never taken off them in silence:
the methodologies for grid electricity do not count them, a life-cycle view does.
"""

from __future__ import annotations

import numpy as np

from greensilk.core.quantity import Value, quantity

CLEAN = ("electricity", "offgrid")


@quantity(
    "closed form of a steady yearly decline: (1 - exp(-k n)) / k", family=CLEAN, verified=True
)
def equivalent_years(lifetime: Value, degradation: Value) -> Value:
    """Return the years at first-year output that a life with steady decline amounts to.

    The decline is continuous, so the formula holds for scalars and arrays and has the plain
    lifetime as its limit; yearly steps of 0.5 % over 25 years would give 23.55 instead of 23.50.

    >>> round(float(equivalent_years(25.0, 0.005)), 4)
    23.5006
    """
    decline = degradation * lifetime
    steady = decline == 0.0
    safe = np.where(steady, 1.0, decline)
    return lifetime * np.where(steady, 1.0, -np.expm1(-safe) / safe)


@quantity("generation of the first year times the years it amounts to", family=CLEAN, verified=True)
def lifetime_generation(net_generation: Value, equivalent_years: Value) -> Value:
    """Return the electricity delivered over the life of the plant.

    >>> lifetime_generation(1000.0, 23.5)
    23500.0
    """
    return net_generation * equivalent_years


@quantity("IFI TWG methodology: the grid factor is held constant over the life", family=CLEAN)
def lifetime_emission_reductions(emission_reductions: Value, equivalent_years: Value) -> Value:
    """Return the greenhouse gases avoided over the life of the plant, the grid staying as it is.

    That is the convention of most statements; grids grow cleaner, so it is an upper view. See
    :func:`lifetime_emission_reductions_declining_grid`.

    >>> lifetime_emission_reductions(1000.0, 23.5)
    23500.0
    """
    return emission_reductions * equivalent_years


@quantity(
    "the same sum with the yearly decline of the grid factor added to the degradation",
    family="electricity",
)
def lifetime_emission_reductions_declining_grid(
    emission_reductions: Value, lifetime: Value, degradation: Value, grid_decline: Value
) -> Value:
    """Return the greenhouse gases avoided over the life if the host grid grows cleaner meanwhile.

    >>> round(float(lifetime_emission_reductions_declining_grid(1000.0, 25.0, 0.005, 0.02)))
    18590
    """
    decline = (degradation + grid_decline) * lifetime
    steady = decline == 0.0
    safe = np.where(steady, 1.0, decline)
    return emission_reductions * lifetime * np.where(steady, 1.0, -np.expm1(-safe) / safe)


@quantity("IPCC AR5 WG III, annex III, table A.III.2 (life-cycle emissions)", family="electricity")
def embodied_emissions(net_generation: Value, lifecycle_factor: Value) -> Value:
    """Return the emissions of building, running and dismantling the plant, spread over its output.

    >>> embodied_emissions(100_000.0, 0.011)
    1100.0
    """
    return net_generation * lifecycle_factor


@quantity("{vmr0017}: embodied emissions as leakage", family="electricity")
def embodied_leakage(net_generation: Value, embodied_leakage_factor: Value) -> Value:
    """Return the leakage that VMR0017 asks to take off for the making of the plant.

    >>> embodied_leakage(100_000.0, 0.013)
    1300.0
    """
    return net_generation * embodied_leakage_factor


@quantity(
    "difference of the two; a life-cycle view, not a crediting result",
    family="electricity",
    verified=True,
)
def net_emission_reductions_lifecycle(
    emission_reductions: Value, embodied_emissions: Value
) -> Value:
    """Return the emission reductions after the emissions embodied in the plant.

    >>> net_emission_reductions_lifecycle(50_000.0, 1_100.0)
    48900.0
    """
    return emission_reductions - embodied_emissions

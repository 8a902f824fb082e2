"""Fossil power plants: what they emit, shown as it is, and against the host grid."""

from __future__ import annotations

import numpy as np

from greensilk.core.quantity import Value, quantity

IPCC = "{ipcc2006}, volume 2, chapter 2, stationary combustion (tier 1)"


@quantity(f"{IPCC}; fuel factors over net efficiency", family="fossil")
def plant_emission_factor(
    fuel_carbon_dioxide_factor: Value,
    fuel_methane_factor: Value,
    gwp_methane_fossil: Value,
    fuel_nitrous_oxide_factor: Value,
    gwp_nitrous_oxide: Value,
    plant_efficiency: Value,
) -> Value:
    """Return the emissions per unit of electricity from the fuel and the plant's efficiency.

    The fuel factors are per unit of fuel heat (94.6 kg/GJ of coal is 0.34056 t/MWh); the
    efficiency is net and on the same (lower) heating value.

    >>> round(plant_emission_factor(0.34056, 3.6e-6, 29.8, 5.4e-6, 273.0, 0.40), 4)
    0.8554
    """
    return (
        fuel_carbon_dioxide_factor
        + fuel_methane_factor * gwp_methane_fossil
        + fuel_nitrous_oxide_factor * gwp_nitrous_oxide
    ) / plant_efficiency


@quantity(IPCC, family="fossil")
def project_emissions(net_generation: Value, plant_emission_factor: Value) -> Value:
    """Return what the plant emits in a year of operation.

    >>> project_emissions(7_000_000.0, 0.85)
    5950000.0
    """
    return net_generation * plant_emission_factor


@quantity(
    "yearly emissions times years of operation (committed emissions)",
    family="fossil",
    verified=True,
)
def lifetime_project_emissions(project_emissions: Value, lifetime: Value) -> Value:
    """Return what the plant will emit if it runs its whole life as it does now.

    >>> lifetime_project_emissions(5_950_000.0, 40.0)
    238000000.0
    """
    return project_emissions * lifetime


@quantity("definition", family="fossil", verified=True)
def emission_intensity(project_emissions: Value, net_generation: Value) -> Value:
    """Return the emissions per unit of electricity delivered.

    >>> emission_intensity(5_950_000.0, 7_000_000.0)
    0.85
    """
    return project_emissions / net_generation


@quantity("difference to the combined margin of the host grid", family="fossil")
def intensity_above_grid(emission_intensity: Value, combined_margin: Value) -> Value:
    """Return by how much the plant is worse than the power it joins; negative if it is better.

    >>> round(intensity_above_grid(0.85, 0.3856), 4)
    0.4644
    """
    return emission_intensity - combined_margin


@quantity(
    "ratio to the combined margin of the host grid; none where the grid emits nothing",
    family="fossil",
)
def intensity_relative_to_grid(emission_intensity: Value, combined_margin: Value) -> Value:
    """Return the plant's intensity over the grid's; not a number where the grid emits nothing.

    >>> float(intensity_relative_to_grid(0.85, 0.425))
    2.0
    """
    return emission_intensity / np.where(
        combined_margin > 0.0 * combined_margin, combined_margin, np.nan * combined_margin
    )


@quantity(
    "stack factor of the plant; country and year as printed with the factor",
    family="fossil",
    name="sulphur_dioxide_avoided",
)
def sulphur_dioxide_emitted(net_generation: Value, plant_so2_factor: Value) -> Value:
    """Return the sulphur dioxide of the plant as a negative avoidance.

    >>> sulphur_dioxide_emitted(1000.0, 0.5)
    -500.0
    """
    return -net_generation * plant_so2_factor


@quantity(
    "stack factor of the plant; country and year as printed with the factor",
    family="fossil",
    name="nitrogen_oxides_avoided",
)
def nitrogen_oxides_emitted(net_generation: Value, plant_nox_factor: Value) -> Value:
    """Return the nitrogen oxides of the plant as a negative avoidance.

    >>> nitrogen_oxides_emitted(1000.0, 0.5)
    -500.0
    """
    return -net_generation * plant_nox_factor


@quantity(
    "stack factor of the plant; country and year as printed with the factor",
    family="fossil",
    name="particulates_avoided",
)
def particulates_emitted(net_generation: Value, plant_pm_factor: Value) -> Value:
    """Return the dust of the plant's stack as a negative avoidance.

    >>> particulates_emitted(1000.0, 0.05)
    -50.0
    """
    return -net_generation * plant_pm_factor


@quantity("Macknick et al. 2012, Environmental Research Letters 7 045802", family="fossil")
def water_consumed(net_generation: Value, plant_water_factor: Value) -> Value:
    """Return the water that the plant evaporates or otherwise does not give back.

    >>> water_consumed(1000.0, 2.6)
    2600.0
    """
    return net_generation * plant_water_factor

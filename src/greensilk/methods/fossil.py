"""Fossil power plants: what they emit, shown as it is, and against the host grid."""

from __future__ import annotations

from typing import Any

import numpy as np

from greensilk.core.quantity import quantity

__all__ = [
    "emission_intensity",
    "intensity_above_grid",
    "intensity_relative_to_grid",
    "lifetime_project_emissions",
    "nitrogen_oxides_emitted",
    "particulates_emitted",
    "plant_emission_factor",
    "project_emissions",
    "sulphur_dioxide_emitted",
    "water_consumed",
]

IPCC = "IPCC 2006 Guidelines, volume 2, chapter 2, stationary combustion (tier 1)"


@quantity(
    "tCO2e/MWh",
    en="Emission factor of the plant",
    zh="电厂排放因子",
    source=f"{IPCC}; fuel factors over net efficiency",
    inputs={
        "fuel_carbon_dioxide_factor": "tCO2e/MWh",
        "fuel_methane_factor": "t/MWh",
        "gwp_methane_fossil": "tCO2e/t",
        "fuel_nitrous_oxide_factor": "t/MWh",
        "gwp_nitrous_oxide": "tCO2e/t",
        "plant_efficiency": "1",
    },
    family="fossil",
    additive=False,
    example=(
        {
            "fuel_carbon_dioxide_factor": 0.34056,
            "fuel_methane_factor": 3.6e-6,
            "gwp_methane_fossil": 29.8,
            "fuel_nitrous_oxide_factor": 5.4e-6,
            "gwp_nitrous_oxide": 273.0,
            "plant_efficiency": 0.40,
        },
        0.8553537,
    ),
)
def plant_emission_factor(
    fuel_carbon_dioxide_factor: Any,
    fuel_methane_factor: Any,
    gwp_methane_fossil: Any,
    fuel_nitrous_oxide_factor: Any,
    gwp_nitrous_oxide: Any,
    plant_efficiency: Any,
) -> Any:
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


@quantity(
    "tCO2e/yr",
    en="Emissions of the plant",
    zh="电厂排放量",
    source=IPCC,
    inputs={"net_generation": "MWh/yr", "plant_emission_factor": "tCO2e/MWh"},
    family="fossil",
    level="headline",
    example=({"net_generation": 7_000_000.0, "plant_emission_factor": 0.85}, 5_950_000.0),
)
def project_emissions(net_generation: Any, plant_emission_factor: Any) -> Any:
    """Return what the plant emits in a year of operation.

    >>> project_emissions(7_000_000.0, 0.85)
    5950000.0
    """
    return net_generation * plant_emission_factor


@quantity(
    "tCO2e",
    en="Emissions over the lifetime",
    zh="全寿命期排放量",
    source="yearly emissions times years of operation (committed emissions)",
    inputs={"project_emissions": "tCO2e/yr", "lifetime": "yr"},
    family="fossil",
    verified=True,
    example=({"project_emissions": 5_950_000.0, "lifetime": 40.0}, 238_000_000.0),
)
def lifetime_project_emissions(project_emissions: Any, lifetime: Any) -> Any:
    """Return what the plant will emit if it runs its whole life as it does now.

    >>> lifetime_project_emissions(5_950_000.0, 40.0)
    238000000.0
    """
    return project_emissions * lifetime


@quantity(
    "tCO2e/MWh",
    en="Emissions per unit of electricity",
    zh="单位供电量排放强度",
    source="definition",
    inputs={"project_emissions": "tCO2e/yr", "net_generation": "MWh/yr"},
    family="fossil",
    additive=False,
    verified=True,
    example=({"project_emissions": 5_950_000.0, "net_generation": 7_000_000.0}, 0.85),
)
def emission_intensity(project_emissions: Any, net_generation: Any) -> Any:
    """Return the emissions per unit of electricity delivered.

    >>> emission_intensity(5_950_000.0, 7_000_000.0)
    0.85
    """
    return project_emissions / net_generation


@quantity(
    "tCO2e/MWh",
    en="Emissions per unit above the host grid",
    zh="排放强度高于东道国电网的差值",
    source="difference to the combined margin of the host grid",
    inputs={"emission_intensity": "tCO2e/MWh", "combined_margin": "tCO2e/MWh"},
    family="fossil",
    additive=False,
    example=({"emission_intensity": 0.85, "combined_margin": 0.3856}, 0.4644),
)
def intensity_above_grid(emission_intensity: Any, combined_margin: Any) -> Any:
    """Return by how much the plant is worse than the power it joins; negative if it is better.

    >>> round(intensity_above_grid(0.85, 0.3856), 4)
    0.4644
    """
    return emission_intensity - combined_margin


@quantity(
    "1",
    en="Emissions per unit relative to the host grid",
    zh="排放强度与东道国电网之比",
    source="ratio to the combined margin of the host grid; none where the grid emits nothing",
    inputs={"emission_intensity": "tCO2e/MWh", "combined_margin": "tCO2e/MWh"},
    family="fossil",
    additive=False,
    example=({"emission_intensity": 0.85, "combined_margin": 0.425}, 2.0),
)
def intensity_relative_to_grid(emission_intensity: Any, combined_margin: Any) -> Any:
    """Return the plant's intensity over the grid's; not a number where the grid emits nothing.

    >>> float(intensity_relative_to_grid(0.85, 0.425))
    2.0
    """
    return emission_intensity / np.where(
        combined_margin > 0.0 * combined_margin, combined_margin, np.nan * combined_margin
    )


@quantity(
    "kg/yr",
    en="Sulphur dioxide avoided (negative: emitted)",
    zh="二氧化硫减排量（负值为排放）",
    source="stack factor of the plant; country and year as printed with the factor",
    inputs={"net_generation": "MWh/yr", "plant_so2_factor": "kg/MWh"},
    family="fossil",
    name="sulphur_dioxide_avoided",
    example=({"net_generation": 1000.0, "plant_so2_factor": 0.5}, -500.0),
)
def sulphur_dioxide_emitted(net_generation: Any, plant_so2_factor: Any) -> Any:
    """Return the sulphur dioxide of the plant as a negative avoidance.

    >>> sulphur_dioxide_emitted(1000.0, 0.5)
    -500.0
    """
    return -net_generation * plant_so2_factor


@quantity(
    "kg/yr",
    en="Nitrogen oxides avoided (negative: emitted)",
    zh="氮氧化物减排量（负值为排放）",
    source="stack factor of the plant; country and year as printed with the factor",
    inputs={"net_generation": "MWh/yr", "plant_nox_factor": "kg/MWh"},
    family="fossil",
    name="nitrogen_oxides_avoided",
    example=({"net_generation": 1000.0, "plant_nox_factor": 0.5}, -500.0),
)
def nitrogen_oxides_emitted(net_generation: Any, plant_nox_factor: Any) -> Any:
    """Return the nitrogen oxides of the plant as a negative avoidance.

    >>> nitrogen_oxides_emitted(1000.0, 0.5)
    -500.0
    """
    return -net_generation * plant_nox_factor


@quantity(
    "kg/yr",
    en="Dust avoided (negative: emitted)",
    zh="烟尘减排量（负值为排放）",
    source="stack factor of the plant; country and year as printed with the factor",
    inputs={"net_generation": "MWh/yr", "plant_pm_factor": "kg/MWh"},
    family="fossil",
    name="particulates_avoided",
    example=({"net_generation": 1000.0, "plant_pm_factor": 0.05}, -50.0),
)
def particulates_emitted(net_generation: Any, plant_pm_factor: Any) -> Any:
    """Return the dust of the plant's stack as a negative avoidance.

    >>> particulates_emitted(1000.0, 0.05)
    -50.0
    """
    return -net_generation * plant_pm_factor


@quantity(
    "m**3/yr",
    en="Water consumed",
    zh="耗水量",
    source="Macknick et al. 2012, Environmental Research Letters 7 045802",
    inputs={"net_generation": "MWh/yr", "plant_water_factor": "m**3/MWh"},
    family="fossil",
    example=({"net_generation": 1000.0, "plant_water_factor": 2.6}, 2_600.0),
)
def water_consumed(net_generation: Any, plant_water_factor: Any) -> Any:
    """Return the water that the plant evaporates or otherwise does not give back.

    >>> water_consumed(1000.0, 2.6)
    2600.0
    """
    return net_generation * plant_water_factor

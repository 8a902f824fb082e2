"""Fleets: battery buses, cars, trucks and motorcycles against the fuel they displace.

The method of CDM AMS-III.C: the displaced vehicles would have burnt fuel over the same kilometres,
each year a little less as vehicles improve (factor 0.99 a year); the electric ones take electricity
from the host grid. Only emissions in use are counted, on both sides without fuel supply, as the
method has it; making batteries and vehicles is not. Pollutants are those of the exhaust that no
longer runs through the streets, not net of power plants.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from greensilk.core.quantity import quantity

__all__ = [
    "baseline_emissions",
    "displaced_fuel_factor",
    "electricity_use",
    "fleet_distance",
    "fuel_mass_saved",
    "fuel_volume_saved",
    "lifetime_emission_reductions",
    "project_emissions",
]

AMS3C = "CDM AMS-III.C Emission reductions by electric and hybrid vehicles, v15.0"


@quantity(
    "km/yr",
    family="fleet",
    en="Distance run by the fleet",
    zh="车队年行驶总里程",
    source=f"{AMS3C}: number of vehicles times annual distance",
    inputs={"vehicle_count": "vehicle", "single_vehicle": "vehicle", "annual_mileage": "km/yr"},
    example=(
        {"vehicle_count": 435.0, "single_vehicle": 1.0, "annual_mileage": 60_000.0},
        26_100_000.0,
    ),
)
def fleet_distance(vehicle_count: Any, single_vehicle: Any, annual_mileage: Any) -> Any:
    """Return the kilometres of all vehicles in a year.

    ``annual_mileage`` and the consumptions are stated for one vehicle, hence the division.

    >>> fleet_distance(435.0, 1.0, 60_000.0)
    26100000.0
    """
    return vehicle_count / single_vehicle * annual_mileage


@quantity(
    "L/yr",
    family="fleet",
    en="Fuel saved",
    zh="年节约燃油量",
    source=f"{AMS3C}: baseline fuel with technology improvement factor 0.99 a year",
    inputs={
        "fleet_distance": "km/yr",
        "fuel_per_km": "L/km",
        "improvement_rate": "1/yr",
        "service_years": "yr",
    },
    level="headline",
    example=(
        {
            "fleet_distance": 26_100_000.0,
            "fuel_per_km": 0.42,
            "improvement_rate": -float(np.log(0.99)),
            "service_years": 1.0,
        },
        10_852_380.0,
    ),
)
def fuel_volume_saved(
    fleet_distance: Any, fuel_per_km: Any, improvement_rate: Any, service_years: Any
) -> Any:
    """Return the fuel that the displaced vehicles would have burnt in the year.

    ``improvement_rate`` is minus the logarithm of the yearly factor, so that ``service_years`` may
    be any number.

    >>> round(float(fuel_volume_saved(100.0, 0.5, -np.log(0.99), 2.0)), 3)
    49.005
    """
    return fleet_distance * fuel_per_km * np.exp(-improvement_rate * service_years)


@quantity(
    "t/yr",
    family="fleet",
    en="Mass of the fuel saved",
    zh="年节约燃油质量",
    source="definition: volume times density",
    inputs={"fuel_volume_saved": "L/yr", "displaced_fuel_density": "t/L"},
    level="internal",
    example=({"fuel_volume_saved": 1_000_000.0, "displaced_fuel_density": 0.00084}, 840.0),
)
def fuel_mass_saved(fuel_volume_saved: Any, displaced_fuel_density: Any) -> Any:
    """Return the mass of the fuel that is no longer burnt.

    >>> round(fuel_mass_saved(1_000_000.0, 0.00084), 9)
    840.0
    """
    return fuel_volume_saved * displaced_fuel_density


@quantity(
    "tCO2e/GJ",
    family="fleet",
    en="Emission factor of the displaced fuel",
    zh="被替代燃料排放因子",
    source="IPCC 2006 Guidelines vol. 2 ch. 3, equations 3.2.1 and 3.2.3, tables 3.2.1 and 3.2.2",
    inputs={
        "displaced_fuel_carbon_dioxide": "tCO2e/GJ",
        "displaced_fuel_methane": "t/GJ",
        "displaced_fuel_nitrous_oxide": "t/GJ",
        "gwp_methane": "tCO2e/t",
        "gwp_nitrous_oxide": "tCO2e/t",
    },
    level="internal",
    additive=False,
    example=(
        {
            "displaced_fuel_carbon_dioxide": 0.0741,
            "displaced_fuel_methane": 3.9e-6,
            "displaced_fuel_nitrous_oxide": 3.9e-6,
            "gwp_methane": 28.0,
            "gwp_nitrous_oxide": 265.0,
        },
        0.0752427,
    ),
)
def displaced_fuel_factor(
    displaced_fuel_carbon_dioxide: Any,
    displaced_fuel_methane: Any,
    displaced_fuel_nitrous_oxide: Any,
    gwp_methane: Any,
    gwp_nitrous_oxide: Any,
) -> Any:
    """Return the greenhouse gases of the fuel per energy, the three gases added.

    >>> round(displaced_fuel_factor(0.0741, 3.9e-6, 3.9e-6, 28.0, 265.0), 7)
    0.0752427
    """
    return (
        displaced_fuel_carbon_dioxide
        + displaced_fuel_methane * gwp_methane
        + displaced_fuel_nitrous_oxide * gwp_nitrous_oxide
    )


@quantity(
    "tCO2e/yr",
    family="fleet",
    en="Baseline emissions",
    zh="基准线排放量",
    source=f"{AMS3C}, baseline emissions (N x D x SFC x NCV x EF x IR^t)",
    inputs={
        "fuel_mass_saved": "t/yr",
        "displaced_fuel_calorific_value": "GJ/t",
        "displaced_fuel_factor": "tCO2e/GJ",
    },
    example=(
        {
            "fuel_mass_saved": 1_000.0,
            "displaced_fuel_calorific_value": 43.0,
            "displaced_fuel_factor": 0.075,
        },
        3_225.0,
    ),
)
def baseline_emissions(
    fuel_mass_saved: Any, displaced_fuel_calorific_value: Any, displaced_fuel_factor: Any
) -> Any:
    """Return what the displaced vehicles would have emitted in the year.

    >>> baseline_emissions(1_000.0, 43.0, 0.075)
    3225.0
    """
    return fuel_mass_saved * displaced_fuel_calorific_value * displaced_fuel_factor


@quantity(
    "MWh/yr",
    family="fleet",
    en="Electricity used by the fleet",
    zh="车队年用电量",
    source=f"{AMS3C}: annual distance times specific electricity consumption",
    inputs={"fleet_distance": "km/yr", "electricity_per_km": "MWh/km"},
    example=({"fleet_distance": 26_100_000.0, "electricity_per_km": 0.00125}, 32_625.0),
)
def electricity_use(fleet_distance: Any, electricity_per_km: Any) -> Any:
    """Return the electricity taken at the plug, charging losses within.

    >>> electricity_use(26_100_000.0, 0.00125)
    32625.0
    """
    return fleet_distance * electricity_per_km


@quantity(
    "tCO2e/yr",
    family="fleet",
    en="Project emissions",
    zh="项目排放量",
    source=f"{AMS3C}, project emissions (N x D x SEC x EF / (1 - TDL))",
    inputs={
        "electricity_use": "MWh/yr",
        "combined_margin": "tCO2e/MWh",
        "transmission_loss": "1",
    },
    example=(
        {"electricity_use": 9_000.0, "combined_margin": 0.3, "transmission_loss": 0.1},
        3_000.0,
    ),
)
def project_emissions(electricity_use: Any, combined_margin: Any, transmission_loss: Any) -> Any:
    """Return the emissions of the power plants that charge the fleet.

    >>> round(project_emissions(9_000.0, 0.3, 0.1), 6)
    3000.0
    """
    return electricity_use / (1.0 - transmission_loss) * combined_margin


@quantity(
    "tCO2e",
    family="fleet",
    en="Emission reductions over the lifetime",
    zh="全寿命期减排量",
    source=f"{AMS3C}: yearly baselines with factor 0.99, summed as an integral",
    inputs={
        "baseline_emissions": "tCO2e/yr",
        "project_emissions": "tCO2e/yr",
        "leakage_emissions": "tCO2e/yr",
        "improvement_rate": "1/yr",
        "service_years": "yr",
        "lifetime": "yr",
    },
    example=(
        {
            "baseline_emissions": 100.0,
            "project_emissions": 40.0,
            "leakage_emissions": 0.0,
            "improvement_rate": -float(np.log(0.99)),
            "service_years": 1.0,
            "lifetime": 12.0,
        },
        661.8798089,
    ),
)
def lifetime_emission_reductions(
    baseline_emissions: Any,
    project_emissions: Any,
    leakage_emissions: Any,
    improvement_rate: Any,
    service_years: Any,
    lifetime: Any,
) -> Any:
    """Return the greenhouse gases avoided from the first to the last year of service.

    The yearly baseline falls with the improvement of the vehicles that would have been bought. The
    grid is held as it is: a grid that becomes cleaner avoids more.

    >>> round(float(lifetime_emission_reductions(100.0, 40.0, 0.0, -np.log(0.99), 1.0, 12.0)), 1)
    661.9
    """
    at_start = baseline_emissions * np.exp(improvement_rate * service_years)
    displaced = at_start * (1.0 - np.exp(-improvement_rate * lifetime)) / improvement_rate
    return displaced - (project_emissions + leakage_emissions) * lifetime

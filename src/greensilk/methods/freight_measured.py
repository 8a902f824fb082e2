"""Freight: intensity of a leg from measured fuel and electricity, with returns (CDM AM0090).

The method shares out the energy of the round trip between the goods carried out and the goods
carried back. Which meters are needed depends on traction as the project states it: fuel for diesel,
electricity for electric, both for mixed or unstated. A missing meter leaves the default intensity
in place, and an electric part never sets the fuel part to nothing.
"""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity

__all__ = [
    "measured_electricity_emissions",
    "measured_fuel_emissions",
    "project_intensity_measured",
    "project_intensity_measured_diesel",
    "project_intensity_measured_electric",
    "return_ratio",
]

AM0090 = "CDM AM0090 Modal shift in transportation of cargo, v01.1.0"


@quantity(
    "1",
    family="freight",
    en="Share of the round trip due to the goods carried out",
    zh="往返运输中去程货物分摊比例",
    source=f"{AM0090}, factor FR = T x AD / (T x AD + T_return x RTD)",
    inputs={
        "freight_mass": "t/yr",
        "distance": "km",
        "return_mass": "t/yr",
        "return_distance": "km",
    },
    level="internal",
    additive=False,
    example=(
        {
            "freight_mass": 3_000.0,
            "distance": 100.0,
            "return_mass": 1_000.0,
            "return_distance": 100.0,
        },
        0.75,
    ),
)
def return_ratio(freight_mass: Any, distance: Any, return_mass: Any, return_distance: Any) -> Any:
    """Return the share of the measured energy that the goods carried out answer for.

    One where the vehicles come back empty.

    >>> return_ratio(3_000.0, 100.0, 1_000.0, 100.0)
    0.75
    >>> return_ratio(3_000.0, 100.0, 0.0, 100.0)
    1.0
    """
    outward = freight_mass * distance
    return outward / (outward + return_mass * return_distance)


@quantity(
    "tCO2e/yr",
    family="freight",
    en="Emissions of the measured fuel",
    zh="实测燃料排放量",
    source=f"{AM0090}, project emissions from fuel (FC x NCV x EF), with fuel supply",
    inputs={
        "freight_fuel_use": "t/yr",
        "traction_fuel_calorific_value": "GJ/t",
        "traction_fuel_factor": "tCO2e/GJ",
        "well_to_tank_share": "1",
    },
    example=(
        {
            "freight_fuel_use": 1_000.0,
            "traction_fuel_calorific_value": 43.0,
            "traction_fuel_factor": 0.08,
            "well_to_tank_share": 0.2,
        },
        4_300.0,
    ),
)
def measured_fuel_emissions(
    freight_fuel_use: Any,
    traction_fuel_calorific_value: Any,
    traction_fuel_factor: Any,
    well_to_tank_share: Any,
) -> Any:
    """Return the well-to-wheel emissions of the fuel of the round trips of a year.

    >>> measured_fuel_emissions(1_000.0, 43.0, 0.08, 0.2)
    4300.0
    """
    burnt = freight_fuel_use * traction_fuel_calorific_value * traction_fuel_factor
    return burnt / (1.0 - well_to_tank_share)


@quantity(
    "tCO2e/yr",
    family="freight",
    en="Emissions of the measured electricity",
    zh="实测用电排放量",
    source=f"{AM0090}, project emissions from electricity (EC x EF x (1 + TDL))",
    inputs={
        "electricity_use": "MWh/yr",
        "combined_margin": "tCO2e/MWh",
        "transmission_loss": "1",
        "grid_upstream_share": "1",
    },
    example=(
        {
            "electricity_use": 9_500.0,
            "combined_margin": 0.5,
            "transmission_loss": 0.05,
            "grid_upstream_share": 0.1,
        },
        5_500.0,
    ),
)
def measured_electricity_emissions(
    electricity_use: Any, combined_margin: Any, transmission_loss: Any, grid_upstream_share: Any
) -> Any:
    """Return the well-to-wheel emissions of the electricity of the round trips of a year.

    >>> round(measured_electricity_emissions(9_500.0, 0.5, 0.05, 0.1), 6)
    5500.0
    """
    generated = electricity_use / (1.0 - transmission_loss)
    return generated * combined_margin * (1.0 + grid_upstream_share)


@quantity(
    "gCO2e/tkm",
    name="project_intensity",
    family="freight",
    en="Emission intensity of the leg",
    zh="项目运输排放强度",
    source=f"{AM0090}, project emissions (PE_FC x FR over transport work)",
    inputs={"measured_fuel_emissions": "gCO2e/yr", "return_ratio": "1", "transport_work": "tkm/yr"},
    where={"traction": "diesel"},
    level="headline",
    additive=False,
    rank=5,
    example=(
        {
            "measured_fuel_emissions": 4.3e9,
            "return_ratio": 0.75,
            "transport_work": 100_000_000.0,
        },
        32.25,
    ),
)
def project_intensity_measured_diesel(
    measured_fuel_emissions: Any, return_ratio: Any, transport_work: Any
) -> Any:
    """Return the intensity of diesel traction by its metered fuel.

    >>> project_intensity_measured_diesel(4.3e9, 0.75, 100_000_000.0)
    32.25
    """
    return measured_fuel_emissions * return_ratio / transport_work


@quantity(
    "gCO2e/tkm",
    name="project_intensity",
    family="freight",
    en="Emission intensity of the leg",
    zh="项目运输排放强度",
    source=f"{AM0090}, project emissions (PE_EC x FR over transport work)",
    inputs={
        "measured_electricity_emissions": "gCO2e/yr",
        "return_ratio": "1",
        "transport_work": "tkm/yr",
    },
    where={"traction": "electric"},
    level="headline",
    additive=False,
    rank=5,
    example=(
        {
            "measured_electricity_emissions": 5.5e9,
            "return_ratio": 0.5,
            "transport_work": 100_000_000.0,
        },
        27.5,
    ),
)
def project_intensity_measured_electric(
    measured_electricity_emissions: Any, return_ratio: Any, transport_work: Any
) -> Any:
    """Return the intensity of electric traction by its metered electricity.

    >>> project_intensity_measured_electric(5.5e9, 0.5, 100_000_000.0)
    27.5
    """
    return measured_electricity_emissions * return_ratio / transport_work


@quantity(
    "gCO2e/tkm",
    name="project_intensity",
    family="freight",
    en="Emission intensity of the leg",
    zh="项目运输排放强度",
    source=f"{AM0090}, project emissions ((PE_FC + PE_EC) x FR over transport work)",
    inputs={
        "measured_fuel_emissions": "gCO2e/yr",
        "measured_electricity_emissions": "gCO2e/yr",
        "return_ratio": "1",
        "transport_work": "tkm/yr",
    },
    where={"traction": ("mixed", "")},
    level="headline",
    additive=False,
    rank=5,
    example=(
        {
            "measured_fuel_emissions": 4.3e9,
            "measured_electricity_emissions": 5.5e9,
            "return_ratio": 0.5,
            "transport_work": 100_000_000.0,
        },
        49.0,
    ),
)
def project_intensity_measured(
    measured_fuel_emissions: Any,
    measured_electricity_emissions: Any,
    return_ratio: Any,
    transport_work: Any,
) -> Any:
    """Return the intensity of mixed traction; both meters count, whatever the other shows.

    >>> project_intensity_measured(4.3e9, 5.5e9, 0.5, 100_000_000.0)
    49.0
    """
    measured = measured_fuel_emissions + measured_electricity_emissions
    return measured * return_ratio / transport_work

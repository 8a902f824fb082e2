"""Customary pictures of a result: homes, people, trees and cars, with their factors named."""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity

__all__ = [
    "car_equivalent",
    "electricity_use_per_household",
    "households_served",
    "people_served",
    "tree_equivalent",
]

GRID = ("electricity", "waste_energy")
# storage generates nothing of its own
GENERATING = {
    "technology": (
        "wind_onshore",
        "wind_offshore",
        "solar_pv",
        "csp",
        "hydro",
        "geothermal",
        "biomass",
        "nuclear",
        "marine",
        "waste_to_energy",
    )
}
REDUCING = (
    "electricity",
    "waste_energy",
    "offgrid",
    "freight",
    "fleet",
    "lighting",
    "waste",
    "wastewater",
    "industry",
)


@quantity(
    "person",
    en="People whose electricity use it equals",
    zh="可满足用电的人口",
    source="World Bank, World Development Indicators, electric power consumption per person",
    inputs={"net_generation": "MWh/yr", "electricity_use_per_person": "MWh/yr/person"},
    family="electricity",
    where=GENERATING,
    example=(
        {"net_generation": 3_200_000.0, "electricity_use_per_person": 0.60578825},
        5_282_373.83277,
    ),
)
def people_served(net_generation: Any, electricity_use_per_person: Any) -> Any:
    """Return how many people's average use the generation equals, all sectors of use counted.

    3.2 TWh in Pakistan, where one person used 606 kWh in 2022:

    >>> round(people_served(3_200_000.0, 0.60578825))
    5282374
    """
    return net_generation / electricity_use_per_person


@quantity(
    "MWh/yr/household",
    en="Electricity use of a household",
    zh="户均年用电量",
    source="use per person times the residential share times the people of a household",
    inputs={
        "electricity_use_per_person": "MWh/yr/person",
        "residential_share": "1",
        "household_size": "person/household",
    },
    family=GRID,
    level="internal",
    additive=False,
    example=(
        {"electricity_use_per_person": 0.6, "residential_share": 0.5, "household_size": 6.0},
        1.8,
    ),
)
def electricity_use_per_household(
    electricity_use_per_person: Any, residential_share: Any, household_size: Any
) -> Any:
    """Return the electricity an average household uses at home.

    >>> round(electricity_use_per_household(0.6, 0.5, 6.0), 3)
    1.8
    """
    return electricity_use_per_person * residential_share * household_size


@quantity(
    "household",
    en="Households whose electricity use it equals",
    zh="可满足用电的户数",
    source="definition; use per household as printed",
    inputs={"net_generation": "MWh/yr", "electricity_use_per_household": "MWh/yr/household"},
    family=GRID,
    where=GENERATING,
    example=({"net_generation": 1800.0, "electricity_use_per_household": 1.8}, 1000.0),
)
def households_served(net_generation: Any, electricity_use_per_household: Any) -> Any:
    """Return how many households' use at home the generation equals.

    >>> households_served(1800.0, 1.8)
    1000.0
    """
    return net_generation / electricity_use_per_household


@quantity(
    "tree",
    en="Equivalent number of growing trees",
    zh="相当于植树",
    source="customary equivalent; the uptake of one tree is printed with its author",
    inputs={"emission_reductions": "tCO2e/yr", "tree_uptake": "tCO2e/yr/tree"},
    family=REDUCING,
    example=({"emission_reductions": 1243.0, "tree_uptake": 0.01243}, 100_000.0),
)
def tree_equivalent(emission_reductions: Any, tree_uptake: Any) -> Any:
    """Return how many growing trees take up in a year what the project avoids in a year.

    The uptake of one tree differs more than threefold between authors, so this is a picture, not
    a result.

    >>> round(tree_equivalent(1243.0, 0.01243))
    100000
    """
    return emission_reductions / tree_uptake


@quantity(
    "vehicle",
    en="Equivalent number of cars off the road",
    zh="相当于减少汽车",
    source="US EPA, greenhouse gas equivalencies calculator: a typical passenger vehicle",
    inputs={"emission_reductions": "tCO2e/yr", "car_emissions": "tCO2e/yr/vehicle"},
    family=REDUCING,
    example=({"emission_reductions": 4600.0, "car_emissions": 4.6}, 1000.0),
)
def car_equivalent(emission_reductions: Any, car_emissions: Any) -> Any:
    """Return how many cars emit in a year what the project avoids in a year.

    >>> round(car_equivalent(4600.0, 4.6))
    1000
    """
    return emission_reductions / car_emissions

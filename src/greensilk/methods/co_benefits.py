"""What a result means beside greenhouse gases: homes, people, trees and cars; coal, air, water.

Equivalents name their factors. Coal, pollutants and water that clean electricity spares follow the
convention of Chinese project documents: each unit of clean electricity is set against the average
thermal plant of China in a given year. The factor, its year and its country stand beside every
result, because the plants that really run less are those of the host country.
"""

from __future__ import annotations

from greensilk.core.quantity import Value, quantity

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
# storage generates nothing; reservoirs evaporate for many uses at once, so hydropower has no fair
# figure of its own
WITHOUT_RESERVOIR = (
    "wind_onshore",
    "wind_offshore",
    "solar_pv",
    "csp",
    "geothermal",
    "biomass",
    "nuclear",
    "marine",
)


@quantity(
    "World Bank, World Development Indicators, electric power consumption per person",
    family="electricity",
    where=GENERATING,
)
def people_served(net_generation: Value, electricity_use_per_person: Value) -> Value:
    """Return how many people's average use the generation equals, all sectors of use counted.

    3.2 TWh in Pakistan, where one person used 606 kWh in 2022:

    >>> round(people_served(3_200_000.0, 0.60578825))
    5282374
    """
    return net_generation / electricity_use_per_person


@quantity("use per person times the residential share times the people of a household", family=GRID)
def electricity_use_per_household(
    electricity_use_per_person: Value, residential_share: Value, household_size: Value
) -> Value:
    """Return the electricity an average household uses at home.

    >>> round(electricity_use_per_household(0.6, 0.5, 6.0), 3)
    1.8
    """
    return electricity_use_per_person * residential_share * household_size


@quantity("definition; use per household as printed", family=GRID, where=GENERATING)
def households_served(net_generation: Value, electricity_use_per_household: Value) -> Value:
    """Return how many households' use at home the generation equals.

    >>> households_served(1800.0, 1.8)
    1000.0
    """
    return net_generation / electricity_use_per_household


@quantity(
    "customary equivalent; the uptake of one tree is printed with its author", family=REDUCING
)
def tree_equivalent(emission_reductions: Value, tree_uptake: Value) -> Value:
    """Return how many growing trees take up in a year what the project avoids in a year.

    The uptake of one tree differs more than threefold between authors, so this is a picture, not
    a result.

    >>> round(tree_equivalent(1243.0, 0.01243))
    100000
    """
    return emission_reductions / tree_uptake


@quantity(
    "US EPA, greenhouse gas equivalencies calculator: a typical passenger vehicle", family=REDUCING
)
def car_equivalent(emission_reductions: Value, car_emissions: Value) -> Value:
    """Return how many cars emit in a year what the project avoids in a year.

    >>> round(car_equivalent(4600.0, 4.6))
    1000
    """
    return emission_reductions / car_emissions


@quantity(
    "{cec}, coal equivalent per unit supplied",
    family=("electricity", "waste_energy"),
    where={"technology": (*WITHOUT_RESERVOIR, "hydro", "waste_to_energy")},
)
def standard_coal_saved(net_generation: Value, supply_coal_rate: Value) -> Value:
    """Return the standard coal that China's average thermal plant would have burnt instead.

    660 GWh with the fleet of 2020 (304.9 g/kWh):

    >>> round(standard_coal_saved(660_000.0, 0.3049))
    201234
    """
    return net_generation * supply_coal_rate


@quantity("{cec}, less the plant's own stack", family="electricity")
def sulphur_dioxide_avoided(
    net_generation: Value, thermal_so2_factor: Value, plant_so2_factor: Value
) -> Value:
    """Return the sulphur dioxide that a thermal plant would have emitted, less the plant's own.

    >>> sulphur_dioxide_avoided(660_000.0, 0.160, 0.0)
    105600.0
    """
    return net_generation * (thermal_so2_factor - plant_so2_factor)


@quantity("{cec}, less the plant's own stack", family="electricity")
def nitrogen_oxides_avoided(
    net_generation: Value, thermal_nox_factor: Value, plant_nox_factor: Value
) -> Value:
    """Return the nitrogen oxides that a thermal plant would have emitted, less the plant's own.

    >>> round(nitrogen_oxides_avoided(660_000.0, 0.179, 0.0))
    118140
    """
    return net_generation * (thermal_nox_factor - plant_nox_factor)


@quantity("{cec}, less the plant's own stack", family="electricity")
def particulates_avoided(
    net_generation: Value, thermal_pm_factor: Value, plant_pm_factor: Value
) -> Value:
    """Return the dust that a thermal plant would have emitted, less the plant's own.

    >>> round(particulates_avoided(660_000.0, 0.032, 0.0))
    21120
    """
    return net_generation * (thermal_pm_factor - plant_pm_factor)


@quantity(
    "Macknick et al. 2012, Environmental Research Letters 7 045802",
    family="electricity",
    where={"technology": WITHOUT_RESERVOIR},
)
def water_saved(
    net_generation: Value, thermal_water_factor: Value, plant_water_factor: Value
) -> Value:
    """Return the water that a thermal plant would have consumed, less the plant's own.

    Negative for solar thermal power with wet cooling, which consumes more than a coal plant.

    >>> water_saved(1000.0, 2.6, 0.1)
    2500.0
    """
    return net_generation * (thermal_water_factor - plant_water_factor)

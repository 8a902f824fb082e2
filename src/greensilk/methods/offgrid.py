"""Off-grid electricity: the diesel, kerosene or unmet need that small solar plants displace."""

from __future__ import annotations

from typing import Any

import numpy as np

from greensilk.core.quantity import quantity

__all__ = [
    "baseline_emissions_of_need",
    "capacity_of_systems",
    "displaced_generation_emissions",
    "displaced_lamp_emissions",
    "emission_reductions",
    "generation_per_system",
    "households_served",
    "people_served",
    "project_emissions",
]

AMS_IL = "CDM AMS-I.L Electrification of rural communities using renewable energy, v03.0"


@quantity(
    "MW",
    en="Installed capacity",
    zh="装机容量",
    source="definition: systems times the power of one",
    inputs={"system_count": "item", "power_per_system": "MW/item"},
    family="offgrid",
    name="capacity",
    level="internal",
    verified=True,
    example=({"system_count": 2000.0, "power_per_system": 8e-5}, 0.16),
)
def capacity_of_systems(system_count: Any, power_per_system: Any) -> Any:
    """Return the peak power of many small systems together.

    >>> round(capacity_of_systems(2000.0, 8e-5), 2)
    0.16
    """
    return system_count * power_per_system


@quantity(
    "tCO2e/yr",
    en="Baseline emissions (generator displaced)",
    zh="基准线排放量（替代柴油发电）",
    source="CDM AMS-I.F Renewable electricity generation for captive use and mini-grid, v05.0",
    inputs={"net_generation": "MWh/yr", "displaced_generation_factor": "tCO2e/MWh"},
    family="offgrid",
    name="baseline_emissions",
    rank=12,
    example=({"net_generation": 500.0, "displaced_generation_factor": 0.8}, 400.0),
)
def displaced_generation_emissions(net_generation: Any, displaced_generation_factor: Any) -> Any:
    """Return what the generator would have emitted to make the same electricity.

    >>> displaced_generation_emissions(500.0, 0.8)
    400.0
    """
    return net_generation * displaced_generation_factor


@quantity(
    "tCO2e/yr",
    en="Baseline emissions (kerosene lamps displaced)",
    zh="基准线排放量（替代煤油灯）",
    source="CDM AMS-III.AR Substituting fossil fuel based lighting with LED lighting, v07.0",
    inputs={
        "system_count": "item",
        "lamps_per_system": "lamp/item",
        "kerosene_emissions_per_lamp": "tCO2e/yr/lamp",
    },
    family="offgrid",
    name="baseline_emissions",
    where={"baseline_fuel": "kerosene"},
    rank=10,
    example=(
        {"system_count": 2000.0, "lamps_per_system": 2.0, "kerosene_emissions_per_lamp": 0.092},
        368.0,
    ),
)
def displaced_lamp_emissions(
    system_count: Any, lamps_per_system: Any, kerosene_emissions_per_lamp: Any
) -> Any:
    """Return the emissions of the kerosene lamps that the systems replace.

    >>> displaced_lamp_emissions(2000.0, 2.0, 0.092)
    368.0
    """
    return system_count * lamps_per_system * kerosene_emissions_per_lamp


@quantity(
    "MWh/yr/item",
    en="Generation per system",
    zh="单套系统年发电量",
    source="definition",
    inputs={"net_generation": "MWh/yr", "system_count": "item"},
    family="offgrid",
    level="internal",
    additive=False,
    verified=True,
    example=({"net_generation": 200.0, "system_count": 2000.0}, 0.1),
)
def generation_per_system(net_generation: Any, system_count: Any) -> Any:
    """Return the electricity that one system gives in a year.

    >>> generation_per_system(200.0, 2000.0)
    0.1
    """
    return net_generation / system_count


@quantity(
    "tCO2e/yr",
    en="Baseline emissions (need for light and power met)",
    zh="基准线排放量（抑制需求分档）",
    source=f"{AMS_IL}, default factors by tranche of use",
    inputs={
        "generation_per_system": "MWh/yr/item",
        "system_count": "item",
        "first_tranche": "MWh/yr/item",
        "second_tranche": "MWh/yr/item",
        "first_tranche_factor": "tCO2e/MWh",
        "second_tranche_factor": "tCO2e/MWh",
        "third_tranche_factor": "tCO2e/MWh",
    },
    family="offgrid",
    name="baseline_emissions",
    where={"technology": "solar_home_system"},
    rank=11,
    example=(
        {
            "generation_per_system": 0.1,
            "system_count": 2000.0,
            "first_tranche": 0.055,
            "second_tranche": 0.25,
            "first_tranche_factor": 6.8,
            "second_tranche_factor": 1.3,
            "third_tranche_factor": 1.0,
        },
        865.0,
    ),
)
def baseline_emissions_of_need(
    generation_per_system: Any,
    system_count: Any,
    first_tranche: Any,
    second_tranche: Any,
    first_tranche_factor: Any,
    second_tranche_factor: Any,
    third_tranche_factor: Any,
) -> Any:
    """Return the emissions of meeting the same need with kerosene, batteries and small generators.

    The first 55 kWh of a household stand for light, up to 250 kWh for small appliances, and above
    for what a diesel generator would give.

    >>> round(float(baseline_emissions_of_need(0.1, 2000.0, 0.055, 0.25, 6.8, 1.3, 1.0)), 6)
    865.0
    """
    first = np.minimum(generation_per_system, first_tranche)
    second = np.minimum(generation_per_system, second_tranche) - first
    third = generation_per_system - first - second
    return system_count * (
        first * first_tranche_factor + second * second_tranche_factor + third * third_tranche_factor
    )


@quantity(
    "tCO2e/yr",
    en="Project emissions",
    zh="项目排放量",
    source="CDM AMS-I.F: back-up fuel, none for solar systems with batteries",
    inputs={"net_generation": "MWh/yr", "operating_emission_factor": "tCO2e/MWh"},
    family="offgrid",
    example=({"net_generation": 500.0, "operating_emission_factor": 0.05}, 25.0),
)
def project_emissions(net_generation: Any, operating_emission_factor: Any) -> Any:
    """Return the emissions of the back-up generator, where a mini-grid has one.

    >>> project_emissions(500.0, 0.05)
    25.0
    """
    return net_generation * operating_emission_factor


@quantity(
    "tCO2e/yr",
    en="Emission reductions",
    zh="减排量",
    source=f"{AMS_IL}; CDM AMS-I.F (ER = BE - PE - LE)",
    inputs={
        "baseline_emissions": "tCO2e/yr",
        "project_emissions": "tCO2e/yr",
        "leakage_emissions": "tCO2e/yr",
    },
    family="offgrid",
    level="headline",
    example=(
        {"baseline_emissions": 865.0, "project_emissions": 0.0, "leakage_emissions": 0.0},
        865.0,
    ),
)
def emission_reductions(
    baseline_emissions: Any, project_emissions: Any, leakage_emissions: Any
) -> Any:
    """Return the greenhouse gases avoided in a year.

    >>> emission_reductions(865.0, 0.0, 0.0)
    865.0
    """
    return baseline_emissions - project_emissions - leakage_emissions


@quantity(
    "household",
    en="Households given electricity",
    zh="获得供电的户数",
    source="one household a system unless the project says otherwise",
    inputs={"system_count": "item", "households_per_system": "household/item"},
    family="offgrid",
    where={"technology": "solar_home_system"},
    level="headline",
    example=({"system_count": 2000.0, "households_per_system": 1.0}, 2000.0),
)
def households_served(system_count: Any, households_per_system: Any) -> Any:
    """Return the households that the systems give electricity to.

    >>> households_served(2000.0, 1.0)
    2000.0
    """
    return system_count * households_per_system


@quantity(
    "person",
    en="People given electricity",
    zh="获得供电的人口",
    source="households times the people of a household",
    inputs={"households_served": "household", "household_size": "person/household"},
    family="offgrid",
    example=({"households_served": 2000.0, "household_size": 5.0}, 10_000.0),
)
def people_served(households_served: Any, household_size: Any) -> Any:
    """Return the people that live in the households given electricity.

    >>> people_served(2000.0, 5.0)
    10000.0
    """
    return households_served * household_size

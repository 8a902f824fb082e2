"""Off-grid electricity: the diesel, kerosene or unmet need that small solar plants displace."""

from __future__ import annotations

import numpy as np

from greensilk.core.quantity import Value, quantity


@quantity(
    "definition: systems times the power of one", family="offgrid", name="capacity", verified=True
)
def capacity_of_systems(system_count: Value, power_per_system: Value) -> Value:
    """Return the peak power of many small systems together.

    >>> round(capacity_of_systems(2000.0, 8e-5), 2)
    0.16
    """
    return system_count * power_per_system


@quantity(
    "{ams1f}",
    family="offgrid",
    name="baseline_emissions",
    rank=12,
)
def displaced_generation_emissions(
    net_generation: Value, displaced_generation_factor: Value
) -> Value:
    """Return what the generator would have emitted to make the same electricity.

    >>> displaced_generation_emissions(500.0, 0.8)
    400.0
    """
    return net_generation * displaced_generation_factor


@quantity(
    "{ams3ar_v7}",
    family="offgrid",
    name="baseline_emissions",
    where={"baseline_fuel": "kerosene"},
)
def displaced_lamp_emissions(
    system_count: Value, lamps_per_system: Value, kerosene_emissions_per_lamp: Value
) -> Value:
    """Return the emissions of the kerosene lamps that the systems replace.

    >>> displaced_lamp_emissions(2000.0, 2.0, 0.092)
    368.0
    """
    return system_count * lamps_per_system * kerosene_emissions_per_lamp


@quantity("definition", family="offgrid", verified=True)
def generation_per_system(net_generation: Value, system_count: Value) -> Value:
    """Return the electricity that one system gives in a year.

    >>> generation_per_system(200.0, 2000.0)
    0.1
    """
    return net_generation / system_count


@quantity(
    "{ams1l}, default factors by tranche of use",
    family="offgrid",
    name="baseline_emissions",
    where={"technology": "solar_home_system"},
    rank=11,
)
def baseline_emissions_of_need(
    generation_per_system: Value,
    system_count: Value,
    first_tranche: Value,
    second_tranche: Value,
    first_tranche_factor: Value,
    second_tranche_factor: Value,
    third_tranche_factor: Value,
) -> Value:
    """Return the emissions of meeting the same need with kerosene, batteries and small generators.

    The first 55 kWh of a household stand for light, up to 250 kWh for small appliances, and above
    for what a diesel generator would give.

    >>> round(float(baseline_emissions_of_need(0.1, 2000.0, 0.055, 0.25, 6.8, 1.3, 1.0)), 6)
    865.0
    """
    first = np.minimum(generation_per_system, first_tranche)
    second = np.minimum(generation_per_system, second_tranche) - first
    third: Value = generation_per_system - first - second
    return system_count * (
        first * first_tranche_factor + second * second_tranche_factor + third * third_tranche_factor
    )


@quantity(
    "one household a system unless the project says otherwise",
    family="offgrid",
    where={"technology": "solar_home_system"},
)
def households_served(system_count: Value, households_per_system: Value) -> Value:
    """Return the households that the systems give electricity to.

    >>> households_served(2000.0, 1.0)
    2000.0
    """
    return system_count * households_per_system


@quantity("households times the people of a household", family="offgrid")
def people_served(households_served: Value, household_size: Value) -> Value:
    """Return the people that live in the households given electricity.

    >>> people_served(2000.0, 5.0)
    10000.0
    """
    return households_served * household_size

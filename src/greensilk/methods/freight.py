"""Freight: transport work of a leg, its emission intensity and its emissions in a year.

One component of a project is one leg: one mode through one country. Transport work and emissions
are additive over legs, so that a corridor through several countries is the sum of its legs. The
tonnage is not: the same goods go over every leg. An intensity of several legs is the emissions of
all over the transport work of all; these formulas come after every other provider, because on a
single leg they would lead to themselves.

Intensities are well-to-wheel: the power station behind an electric train and the refinery behind a
truck are both counted. A leg may be hauled partly by electric and partly by diesel traction: the
two parts are added, each with its share, and neither hides the other. Default intensities of fuel
already hold ordinary empty running.

Measured fuel and electricity come before defaults (CDM AM0090): the energy of the round trip is
shared out between the goods carried out and the goods carried back. Which meters are needed depends
on traction as the project states it: fuel for diesel, electricity for electric, both for mixed or
unstated. A missing meter leaves the default intensity in place, and an electric part never sets the
fuel part to nothing.

The comparison with other modes is in :mod:`greensilk.methods.freight_baseline`.
"""

from __future__ import annotations

import numpy as np

from greensilk.core.quantity import Value, quantity

LAND = ("rail_freight", "road_freight")
WATER_AND_AIR = ("sea_freight", "inland_waterway", "air_freight")


@quantity(
    "{glec}, container transport: containers times their load",
    family="freight",
    name="freight_mass",
)
def freight_mass_of_containers(container_count: Value, container_load: Value) -> Value:
    """Return the mass of the goods in the containers of a year.

    >>> freight_mass_of_containers(100_000.0, 10.0)
    1000000.0
    """
    return container_count * container_load


@quantity(
    "{glec}, section on transport activity: tonne-kilometres over kilometres",
    family="freight",
    name="freight_mass",
    rank=12,
)
def freight_mass_of_work(freight_work: Value, distance: Value) -> Value:
    """Return the mass of the goods of a year from the tonne-kilometres that a railway states.

    >>> freight_mass_of_work(471_000_000.0, 471.0)
    1000000.0
    """
    return freight_work / distance


@quantity("{glec}, section on transport activity", family="freight")
def transport_work(freight_mass: Value, distance: Value) -> Value:
    """Return tonnes times kilometres of the leg in a year.

    >>> transport_work(1_000_000.0, 471.0)
    471000000.0
    """
    return freight_mass * distance


@quantity(
    "{glec}: transport work times intensity",
    family="freight",
    units={"project_intensity": "tCO2e/tkm"},
)
def line_haul_emissions(transport_work: Value, project_intensity: Value) -> Value:
    """Return the emissions of the leg without its terminals and feeder roads.

    >>> round(line_haul_emissions(471_000_000.0, 0.000028))
    13188
    """
    return transport_work * project_intensity


@quantity("{glec}, transhipment hubs", family="freight")
def transshipment_emissions(
    freight_mass: Value, transshipments: Value, hub_intensity: Value
) -> Value:
    """Return the emissions of moving the goods between vehicles or gauges.

    >>> transshipment_emissions(1_000_000.0, 2.0, 0.0012)
    2400.0
    """
    return freight_mass * transshipments * hub_intensity


@quantity("{am0090}, project emissions of complementary road transport", family="freight")
def complementary_road_emissions(
    freight_mass: Value, complementary_road_distance: Value, road_intensity: Value
) -> Value:
    """Return the emissions of the trucks that bring the goods to the terminal and away from it.

    >>> complementary_road_emissions(1_000_000.0, 50.0, 0.0001)
    5000.0
    """
    return freight_mass * complementary_road_distance * road_intensity


@quantity("{am0090}, project emissions", family="freight")
def project_emissions(
    line_haul_emissions: Value, transshipment_emissions: Value, complementary_road_emissions: Value
) -> Value:
    """Return what carrying the goods by the project emits, door to door as far as it is known.

    >>> project_emissions(13_188.0, 2_400.0, 5_000.0)
    20588.0
    """
    return line_haul_emissions + transshipment_emissions + complementary_road_emissions


@quantity(
    "{am0090}, baseline emissions (BE = T x AD x EF)",
    family="freight",
    units={"baseline_intensity": "tCO2e/tkm"},
)
def baseline_emissions(
    freight_mass: Value, baseline_distance: Value, baseline_intensity: Value
) -> Value:
    """Return what the same goods would have emitted by the mode they left.

    >>> round(baseline_emissions(1_000_000.0, 480.0, 0.0001))
    48000
    """
    return freight_mass * baseline_distance * baseline_intensity


@quantity("{am0090}, baseline emissions (T x AD)", family="freight")
def baseline_transport_work(freight_mass: Value, baseline_distance: Value) -> Value:
    """Return tonnes times kilometres of the same goods by the mode they left.

    >>> baseline_transport_work(1_000_000.0, 480.0)
    480000000.0
    """
    return freight_mass * baseline_distance


@quantity(
    "{glec}, container lanes per TEU-kilometre, divided by the load of a container",
    family="freight",
)
def sea_intensity(container_ship_intensity: Value, container_load: Value) -> Value:
    """Return the well-to-wheel intensity of goods in containers at sea.

    >>> round(sea_intensity(71.7, 10.0), 6)
    7.17
    """
    return container_ship_intensity / container_load


@quantity(
    "{am0090}, project emissions from electricity (EC x EF x (1 + TDL)); {glec}",
    family="freight",
    units={"combined_margin": "gCO2e/kWh"},
    where={"technology": LAND},
)
def electric_intensity(
    electricity_per_tonne_km: Value,
    combined_margin: Value,
    transmission_loss: Value,
    grid_upstream_share: Value,
) -> Value:
    """Return the emissions of electric traction per tonne-kilometre, from the host grid.

    The loss is a share of what is generated, so generation is consumption over one minus the loss;
    upstream emissions (fuel supply) are a share of generation emissions. On a grid of hydropower
    the result is next to nothing, and that is right.

    >>> round(electric_intensity(0.03, 570.0, 0.05, 0.10), 6)
    19.8
    """
    generated = electricity_per_tonne_km / (1.0 - transmission_loss)
    return generated * combined_margin * (1.0 + grid_upstream_share)


@quantity("{glec}, well-to-wheel intensity by mode and class", family="freight")
def fuel_burnt_intensity(fuel_intensity: Value, electrified_share: Value) -> Value:
    """Return what the part of the work hauled by fuel adds to the intensity of the leg.

    >>> fuel_burnt_intensity(28.0, 0.75)
    7.0
    """
    return (1.0 - electrified_share) * fuel_intensity


@quantity(
    "{glec}, well-to-wheel; electric share by host grid",
    family="freight",
    name="project_intensity",
    where={"technology": LAND},
)
def project_intensity_mixed(
    fuel_burnt_intensity: Value, electric_intensity: Value, electrified_share: Value
) -> Value:
    """Return the well-to-wheel intensity of a land leg, both kinds of traction added.

    >>> project_intensity_mixed(7.0, 20.0, 0.75)
    22.0
    """
    return fuel_burnt_intensity + electrified_share * electric_intensity


@quantity("{glec}, TTW column", family="freight")
def tank_to_wheel_intensity(fuel_burnt_intensity: Value, well_to_tank_share: Value) -> Value:
    """Return the part of the intensity that leaves the exhaust; electric traction has none.

    >>> tank_to_wheel_intensity(55.0, 0.2)
    44.0
    """
    return fuel_burnt_intensity * (1.0 - well_to_tank_share)


@quantity("{glec}, WTT column; electricity is counted here", family="freight")
def well_to_tank_intensity(project_intensity: Value, tank_to_wheel_intensity: Value) -> Value:
    """Return the part of the intensity that arises before the vehicle.

    >>> well_to_tank_intensity(55.0, 44.0)
    11.0
    """
    return project_intensity - tank_to_wheel_intensity


@quantity("{am0090}, factor FR = T x AD / (T x AD + T_return x RTD)", family="freight")
def return_ratio(
    freight_mass: Value, distance: Value, return_mass: Value, return_distance: Value
) -> Value:
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
    "{am0090}, project emissions from fuel (FC x NCV x EF), with fuel supply", family="freight"
)
def measured_fuel_emissions(
    freight_fuel_use: Value,
    traction_fuel_calorific_value: Value,
    traction_fuel_factor: Value,
    well_to_tank_share: Value,
) -> Value:
    """Return the well-to-wheel emissions of the fuel of the round trips of a year.

    >>> measured_fuel_emissions(1_000.0, 43.0, 0.08, 0.2)
    4300.0
    """
    burnt = freight_fuel_use * traction_fuel_calorific_value * traction_fuel_factor
    return burnt / (1.0 - well_to_tank_share)


@quantity("{am0090}, project emissions from electricity (EC x EF x (1 + TDL))", family="freight")
def measured_electricity_emissions(
    electricity_use: Value,
    combined_margin: Value,
    transmission_loss: Value,
    grid_upstream_share: Value,
) -> Value:
    """Return the well-to-wheel emissions of the electricity of the round trips of a year.

    >>> round(measured_electricity_emissions(9_500.0, 0.5, 0.05, 0.1), 6)
    5500.0
    """
    generated = electricity_use / (1.0 - transmission_loss)
    return generated * combined_margin * (1.0 + grid_upstream_share)


@quantity(
    "{am0090}, project emissions (PE_FC x FR over transport work)",
    family="freight",
    name="project_intensity",
    units={"measured_fuel_emissions": "gCO2e/yr"},
    where={"traction": "diesel"},
    rank=5,
)
def project_intensity_measured_diesel(
    measured_fuel_emissions: Value, return_ratio: Value, transport_work: Value
) -> Value:
    """Return the intensity of diesel traction by its metered fuel.

    >>> project_intensity_measured_diesel(4.3e9, 0.75, 100_000_000.0)
    32.25
    """
    return measured_fuel_emissions * return_ratio / transport_work


@quantity(
    "{am0090}, project emissions (PE_EC x FR over transport work)",
    family="freight",
    name="project_intensity",
    units={"measured_electricity_emissions": "gCO2e/yr"},
    where={"traction": "electric"},
    rank=5,
)
def project_intensity_measured_electric(
    measured_electricity_emissions: Value, return_ratio: Value, transport_work: Value
) -> Value:
    """Return the intensity of electric traction by its metered electricity.

    >>> project_intensity_measured_electric(5.5e9, 0.5, 100_000_000.0)
    27.5
    """
    return measured_electricity_emissions * return_ratio / transport_work


@quantity(
    "{am0090}, project emissions ((PE_FC + PE_EC) x FR over transport work)",
    family="freight",
    name="project_intensity",
    units={"measured_fuel_emissions": "gCO2e/yr", "measured_electricity_emissions": "gCO2e/yr"},
    where={"traction": ("mixed", "")},
    rank=5,
)
def project_intensity_measured(
    measured_fuel_emissions: Value,
    measured_electricity_emissions: Value,
    return_ratio: Value,
    transport_work: Value,
) -> Value:
    """Return the intensity of mixed traction; both meters count, whatever the other shows.

    >>> project_intensity_measured(4.3e9, 5.5e9, 0.5, 100_000_000.0)
    49.0
    """
    measured = measured_fuel_emissions + measured_electricity_emissions
    return measured * return_ratio / transport_work


@quantity(
    "{glec}, transport activity: tonne-kilometres over kilometres",
    family="freight",
    name="freight_mass",
    rank=25,
)
def freight_mass_of_legs(transport_work: Value, haul_length: Value) -> Value:
    """Return the mass of the goods on a corridor of several legs, which is one flow and no sum.

    Where the legs carry different masses it is their mean, weighted by length.

    >>> freight_mass_of_legs(5_000_000_000.0, 5_000.0)
    1000000.0
    """
    return transport_work / haul_length


@quantity(
    "{glec}: emissions of all legs over their transport work",
    family="freight",
    name="project_intensity",
    units={"line_haul_emissions": "gCO2e/yr"},
    rank=25,
)
def project_intensity_of_legs(line_haul_emissions: Value, transport_work: Value) -> Value:
    """Return the intensity of a corridor of several legs, each weighted by its transport work.

    >>> project_intensity_of_legs(8.4e10, 6.0e9)
    14.0
    """
    return line_haul_emissions / transport_work


@quantity(
    "{am0090}: baseline emissions of all legs over their transport work",
    family="freight",
    name="baseline_intensity",
    units={"baseline_emissions": "gCO2e/yr"},
    rank=25,
)
def baseline_intensity_of_legs(baseline_emissions: Value, baseline_transport_work: Value) -> Value:
    """Return the intensity of the modes displaced on a corridor of several legs.

    >>> baseline_intensity_of_legs(5.61e10, 5.0e8)
    112.2
    """
    return baseline_emissions / baseline_transport_work


@quantity(
    "threshold of this library: see the table power_rules",
    family="freight",
    name="near_zero_grid",
    where={"technology": ("rail_freight", "road_freight")},
    verified=True,
)
def near_zero_grid_of_traction(
    combined_margin: Value, near_zero_threshold: Value, electrified_share: Value
) -> Value:
    """Return 1 where a leg has electric traction and its grid emits next to nothing.

    >>> float(near_zero_grid_of_traction(0.0001, 0.05, 1.0))
    1.0
    >>> float(near_zero_grid_of_traction(0.0001, 0.05, 0.0))
    0.0
    """
    return np.where(combined_margin < near_zero_threshold, 1.0, 0.0) * np.where(
        electrified_share > 0.0, 1.0, 0.0
    )

"""Freight: transport work of a leg and its emissions in a year.

One component of a project is one leg: one mode through one country. Intensities of the leg are in
:mod:`greensilk.methods.freight_intensity`, the way by measured fuel and electricity in
:mod:`greensilk.methods.freight_measured`, the comparison with other modes in
:mod:`greensilk.methods.freight_comparison`. Transport work and emissions are additive over legs, so
that a corridor through several countries is the sum of its legs. The tonnage is not: the same goods
go over every leg.
"""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity

__all__ = [
    "baseline_emissions",
    "baseline_transport_work",
    "complementary_road_emissions",
    "freight_mass_of_containers",
    "line_haul_emissions",
    "project_emissions",
    "transport_work",
    "transshipment_emissions",
]

AM0090 = "CDM AM0090 Modal shift in transportation of cargo, v01.1.0"
GLEC = "GLEC Framework v3.2 (ISO 14083:2023)"


@quantity(
    "t/yr",
    name="freight_mass",
    family="freight",
    en="Freight carried",
    zh="年货运量",
    source=f"{GLEC}, container transport: containers times their load",
    inputs={"container_count": "TEU/yr", "container_load": "t/TEU"},
    additive=False,
    example=({"container_count": 100_000.0, "container_load": 10.0}, 1_000_000.0),
)
def freight_mass_of_containers(container_count: Any, container_load: Any) -> Any:
    """Return the mass of the goods in the containers of a year.

    >>> freight_mass_of_containers(100_000.0, 10.0)
    1000000.0
    """
    return container_count * container_load


@quantity(
    "tkm/yr",
    family="freight",
    en="Transport work",
    zh="货物周转量",
    source=f"{GLEC}, section on transport activity",
    inputs={"freight_mass": "t/yr", "distance": "km"},
    level="headline",
    example=({"freight_mass": 1_000_000.0, "distance": 471.0}, 471_000_000.0),
)
def transport_work(freight_mass: Any, distance: Any) -> Any:
    """Return tonnes times kilometres of the leg in a year.

    >>> transport_work(1_000_000.0, 471.0)
    471000000.0
    """
    return freight_mass * distance


@quantity(
    "tCO2e/yr",
    family="freight",
    en="Emissions of the main haul",
    zh="干线运输排放量",
    source=f"{GLEC}: transport work times intensity",
    inputs={"transport_work": "tkm/yr", "project_intensity": "tCO2e/tkm"},
    example=({"transport_work": 471_000_000.0, "project_intensity": 0.000028}, 13_188.0),
)
def line_haul_emissions(transport_work: Any, project_intensity: Any) -> Any:
    """Return the emissions of the leg without its terminals and feeder roads.

    >>> round(line_haul_emissions(471_000_000.0, 0.000028))
    13188
    """
    return transport_work * project_intensity


@quantity(
    "tCO2e/yr",
    family="freight",
    en="Emissions of transshipment",
    zh="换装作业排放量",
    source=f"{GLEC}, transhipment hubs",
    inputs={"freight_mass": "t/yr", "transshipments": "1", "hub_intensity": "tCO2e/t"},
    example=(
        {"freight_mass": 1_000_000.0, "transshipments": 2.0, "hub_intensity": 0.0012},
        2_400.0,
    ),
)
def transshipment_emissions(freight_mass: Any, transshipments: Any, hub_intensity: Any) -> Any:
    """Return the emissions of moving the goods between vehicles or gauges.

    >>> transshipment_emissions(1_000_000.0, 2.0, 0.0012)
    2400.0
    """
    return freight_mass * transshipments * hub_intensity


@quantity(
    "tCO2e/yr",
    family="freight",
    en="Emissions of the road legs at both ends",
    zh="两端公路接驳排放量",
    source=f"{AM0090}, project emissions of complementary road transport",
    inputs={
        "freight_mass": "t/yr",
        "complementary_road_distance": "km",
        "road_intensity": "tCO2e/tkm",
    },
    example=(
        {
            "freight_mass": 1_000_000.0,
            "complementary_road_distance": 50.0,
            "road_intensity": 0.0001,
        },
        5_000.0,
    ),
)
def complementary_road_emissions(
    freight_mass: Any, complementary_road_distance: Any, road_intensity: Any
) -> Any:
    """Return the emissions of the trucks that bring the goods to the terminal and away from it.

    >>> complementary_road_emissions(1_000_000.0, 50.0, 0.0001)
    5000.0
    """
    return freight_mass * complementary_road_distance * road_intensity


@quantity(
    "tCO2e/yr",
    family="freight",
    en="Project emissions",
    zh="项目排放量",
    source=f"{AM0090}, project emissions",
    inputs={
        "line_haul_emissions": "tCO2e/yr",
        "transshipment_emissions": "tCO2e/yr",
        "complementary_road_emissions": "tCO2e/yr",
    },
    level="headline",
    example=(
        {
            "line_haul_emissions": 13_188.0,
            "transshipment_emissions": 2_400.0,
            "complementary_road_emissions": 5_000.0,
        },
        20_588.0,
    ),
)
def project_emissions(
    line_haul_emissions: Any, transshipment_emissions: Any, complementary_road_emissions: Any
) -> Any:
    """Return what carrying the goods by the project emits, door to door as far as it is known.

    >>> project_emissions(13_188.0, 2_400.0, 5_000.0)
    20588.0
    """
    return line_haul_emissions + transshipment_emissions + complementary_road_emissions


@quantity(
    "tCO2e/yr",
    family="freight",
    en="Baseline emissions",
    zh="基准线排放量",
    source=f"{AM0090}, baseline emissions (BE = T x AD x EF)",
    inputs={
        "freight_mass": "t/yr",
        "baseline_distance": "km",
        "baseline_intensity": "tCO2e/tkm",
    },
    level="headline",
    example=(
        {"freight_mass": 1_000_000.0, "baseline_distance": 480.0, "baseline_intensity": 0.0001},
        48_000.0,
    ),
)
def baseline_emissions(freight_mass: Any, baseline_distance: Any, baseline_intensity: Any) -> Any:
    """Return what the same goods would have emitted by the mode they left.

    >>> round(baseline_emissions(1_000_000.0, 480.0, 0.0001))
    48000
    """
    return freight_mass * baseline_distance * baseline_intensity


@quantity(
    "tkm/yr",
    family="freight",
    en="Transport work by the mode displaced",
    zh="基准线货物周转量",
    source=f"{AM0090}, baseline emissions (T x AD)",
    inputs={"freight_mass": "t/yr", "baseline_distance": "km"},
    example=({"freight_mass": 1_000_000.0, "baseline_distance": 480.0}, 480_000_000.0),
)
def baseline_transport_work(freight_mass: Any, baseline_distance: Any) -> Any:
    """Return tonnes times kilometres of the same goods by the mode they left.

    >>> baseline_transport_work(1_000_000.0, 480.0)
    480000000.0
    """
    return freight_mass * baseline_distance

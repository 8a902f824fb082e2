"""Freight: emission intensity of a leg, well-to-wheel, by fuel and by electric traction.

Well-to-wheel means that the power station behind an electric train and the refinery behind a truck
are both counted. A leg may be hauled partly by electric and partly by diesel traction: the two
parts are added, each with its share, and neither hides the other. Default intensities of fuel
already hold ordinary empty running.
"""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity

__all__ = [
    "electric_intensity",
    "fuel_burnt_intensity",
    "fuel_intensity_by_air",
    "fuel_intensity_by_road",
    "fuel_intensity_by_sea",
    "project_intensity_mixed",
    "project_intensity_of_fuel",
    "sea_intensity",
    "tank_to_wheel_intensity",
    "well_to_tank_intensity",
]

AM0090 = "CDM AM0090 Modal shift in transportation of cargo, v01.1.0"
GLEC = "GLEC Framework v3.2 (ISO 14083:2023)"
LAND = ("rail_freight", "road_freight")
WATER_AND_AIR = ("sea_freight", "inland_waterway", "air_freight")


@quantity(
    "gCO2e/tkm",
    family="freight",
    en="Intensity of container ships",
    zh="集装箱船排放强度",
    source=f"{GLEC}, container lanes per TEU-kilometre, divided by the load of a container",
    inputs={"container_ship_intensity": "gCO2e/(TEU*km)", "container_load": "t/TEU"},
    level="internal",
    additive=False,
    example=({"container_ship_intensity": 71.7, "container_load": 10.0}, 7.17),
)
def sea_intensity(container_ship_intensity: Any, container_load: Any) -> Any:
    """Return the well-to-wheel intensity of goods in containers at sea.

    >>> round(sea_intensity(71.7, 10.0), 6)
    7.17
    """
    return container_ship_intensity / container_load


@quantity(
    "gCO2e/tkm",
    name="fuel_intensity",
    family="freight",
    en="Intensity by fuel",
    zh="燃料运输排放强度",
    source=f"{GLEC}, road",
    inputs={"road_intensity": "gCO2e/tkm"},
    where={"technology": "road_freight"},
    level="internal",
    additive=False,
    example=({"road_intensity": 92.0}, 92.0),
)
def fuel_intensity_by_road(road_intensity: Any) -> Any:
    """Return the intensity of a truck whose class is not known: that of the road baseline.

    One fact on both sides of a comparison: a diesel truck against the road saves nothing.

    >>> fuel_intensity_by_road(92.0)
    92.0
    """
    return road_intensity


@quantity(
    "gCO2e/tkm",
    name="fuel_intensity",
    family="freight",
    en="Intensity by fuel",
    zh="燃料运输排放强度",
    source=f"{GLEC}, container ships",
    inputs={"sea_intensity": "gCO2e/tkm"},
    where={"technology": "sea_freight"},
    level="internal",
    additive=False,
    example=({"sea_intensity": 7.17}, 7.17),
)
def fuel_intensity_by_sea(sea_intensity: Any) -> Any:
    """Return the intensity of a ship whose class is not known: that of container ships.

    >>> fuel_intensity_by_sea(7.17)
    7.17
    """
    return sea_intensity


@quantity(
    "gCO2e/tkm",
    name="fuel_intensity",
    family="freight",
    en="Intensity by fuel",
    zh="燃料运输排放强度",
    source=f"{GLEC}, air",
    inputs={"air_intensity": "gCO2e/tkm"},
    where={"technology": "air_freight"},
    level="internal",
    additive=False,
    example=({"air_intensity": 788.0}, 788.0),
)
def fuel_intensity_by_air(air_intensity: Any) -> Any:
    """Return the intensity of an aircraft whose class is not known.

    >>> fuel_intensity_by_air(788.0)
    788.0
    """
    return air_intensity


@quantity(
    "gCO2e/tkm",
    family="freight",
    en="Intensity of electric traction",
    zh="电力牵引排放强度",
    source=f"{AM0090}, project emissions from electricity (EC x EF x (1 + TDL)); {GLEC}",
    inputs={
        "electricity_per_tonne_km": "kWh/tkm",
        "combined_margin": "gCO2e/kWh",
        "transmission_loss": "1",
        "grid_upstream_share": "1",
    },
    where={"technology": LAND},
    level="internal",
    additive=False,
    example=(
        {
            "electricity_per_tonne_km": 0.03,
            "combined_margin": 570.0,
            "transmission_loss": 0.05,
            "grid_upstream_share": 0.10,
        },
        19.8,
    ),
)
def electric_intensity(
    electricity_per_tonne_km: Any,
    combined_margin: Any,
    transmission_loss: Any,
    grid_upstream_share: Any,
) -> Any:
    """Return the emissions of electric traction per tonne-kilometre, from the host grid.

    The loss is a share of what is generated, so generation is consumption over one minus the loss;
    upstream emissions (fuel supply) are a share of generation emissions. On a grid of hydropower
    the result is next to nothing, and that is right.

    >>> round(electric_intensity(0.03, 570.0, 0.05, 0.10), 6)
    19.8
    """
    generated = electricity_per_tonne_km / (1.0 - transmission_loss)
    return generated * combined_margin * (1.0 + grid_upstream_share)


@quantity(
    "gCO2e/tkm",
    family="freight",
    en="Intensity of the fuel burnt",
    zh="燃料消耗部分排放强度",
    source=f"{GLEC}, well-to-wheel intensity by mode and class",
    inputs={"fuel_intensity": "gCO2e/tkm", "electrified_share": "1"},
    level="internal",
    additive=False,
    example=({"fuel_intensity": 28.0, "electrified_share": 0.75}, 7.0),
)
def fuel_burnt_intensity(fuel_intensity: Any, electrified_share: Any) -> Any:
    """Return what the part of the work hauled by fuel adds to the intensity of the leg.

    >>> fuel_burnt_intensity(28.0, 0.75)
    7.0
    """
    return (1.0 - electrified_share) * fuel_intensity


@quantity(
    "gCO2e/tkm",
    name="project_intensity",
    family="freight",
    en="Emission intensity of the leg",
    zh="项目运输排放强度",
    source=f"{GLEC}, well-to-wheel; electric share by host grid",
    inputs={
        "fuel_burnt_intensity": "gCO2e/tkm",
        "electric_intensity": "gCO2e/tkm",
        "electrified_share": "1",
    },
    where={"technology": LAND},
    level="headline",
    additive=False,
    example=(
        {"fuel_burnt_intensity": 7.0, "electric_intensity": 20.0, "electrified_share": 0.75},
        22.0,
    ),
)
def project_intensity_mixed(
    fuel_burnt_intensity: Any, electric_intensity: Any, electrified_share: Any
) -> Any:
    """Return the well-to-wheel intensity of a land leg, both kinds of traction added.

    >>> project_intensity_mixed(7.0, 20.0, 0.75)
    22.0
    """
    return fuel_burnt_intensity + electrified_share * electric_intensity


@quantity(
    "gCO2e/tkm",
    name="project_intensity",
    family="freight",
    en="Emission intensity of the leg",
    zh="项目运输排放强度",
    source=f"{GLEC}, well-to-wheel intensity by mode and class",
    inputs={"fuel_burnt_intensity": "gCO2e/tkm"},
    where={"technology": WATER_AND_AIR},
    level="headline",
    additive=False,
    example=({"fuel_burnt_intensity": 7.0}, 7.0),
)
def project_intensity_of_fuel(fuel_burnt_intensity: Any) -> Any:
    """Return the well-to-wheel intensity of a leg by ship, barge or aircraft.

    >>> project_intensity_of_fuel(7.0)
    7.0
    """
    return fuel_burnt_intensity


@quantity(
    "gCO2e/tkm",
    family="freight",
    en="of which from the vehicle itself (tank-to-wheel)",
    zh="其中：车辆直接排放（油箱到车轮）",
    source=f"{GLEC}, TTW column",
    inputs={"fuel_burnt_intensity": "gCO2e/tkm", "well_to_tank_share": "1"},
    additive=False,
    example=({"fuel_burnt_intensity": 55.0, "well_to_tank_share": 0.2}, 44.0),
)
def tank_to_wheel_intensity(fuel_burnt_intensity: Any, well_to_tank_share: Any) -> Any:
    """Return the part of the intensity that leaves the exhaust; electric traction has none.

    >>> tank_to_wheel_intensity(55.0, 0.2)
    44.0
    """
    return fuel_burnt_intensity * (1.0 - well_to_tank_share)


@quantity(
    "gCO2e/tkm",
    family="freight",
    en="of which from fuel supply and power plants (well-to-tank)",
    zh="其中：燃料与电力供应排放（油井到油箱）",
    source=f"{GLEC}, WTT column; electricity is counted here",
    inputs={"project_intensity": "gCO2e/tkm", "tank_to_wheel_intensity": "gCO2e/tkm"},
    additive=False,
    example=({"project_intensity": 55.0, "tank_to_wheel_intensity": 44.0}, 11.0),
)
def well_to_tank_intensity(project_intensity: Any, tank_to_wheel_intensity: Any) -> Any:
    """Return the part of the intensity that arises before the vehicle.

    >>> well_to_tank_intensity(55.0, 44.0)
    11.0
    """
    return project_intensity - tank_to_wheel_intensity

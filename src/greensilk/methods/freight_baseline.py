"""Freight: the mode that the goods leave, its length and its intensity.

Goods leave the road unless the project names another mode. A stated ``baseline_distance`` comes
before any of the lengths here. On a corridor the journey displaced may be stated once: whole on one
leg, and 0 on the others, or ``baseline_mode`` "none" on them.
"""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity

__all__ = [
    "baseline_distance_by_air",
    "baseline_distance_by_rail",
    "baseline_distance_by_road",
    "baseline_distance_by_sea",
    "baseline_distance_by_waterway",
    "baseline_intensity_by_air",
    "baseline_intensity_by_rail",
    "baseline_intensity_by_road",
    "baseline_intensity_by_sea",
    "baseline_intensity_by_waterway",
    "rail_intensity_of_leg",
    "waterway_intensity_of_leg",
]

AM0090 = "CDM AM0090 Modal shift in transportation of cargo, v01.1.0"
GLEC = "GLEC Framework v3.2 (ISO 14083:2023)"


@quantity(
    "km",
    name="baseline_distance",
    family="freight",
    en="Distance by the mode displaced",
    zh="基准线运距",
    source=f"{AM0090}, baseline distance AD",
    inputs={"air_distance": "km"},
    where={"baseline_mode": "air"},
    level="internal",
    example=({"air_distance": 8_000.0}, 8_000.0),
)
def baseline_distance_by_air(air_distance: Any) -> Any:
    """Return the length of the flight.

    >>> baseline_distance_by_air(8_000.0)
    8000.0
    """
    return air_distance


@quantity(
    "km",
    name="baseline_distance",
    family="freight",
    en="Distance by the mode displaced",
    zh="基准线运距",
    source=f"{AM0090}, baseline distance AD",
    inputs={"rail_distance": "km"},
    where={"baseline_mode": "rail"},
    level="internal",
    example=({"rail_distance": 550.0}, 550.0),
)
def baseline_distance_by_rail(rail_distance: Any) -> Any:
    """Return the length of the railway.

    >>> baseline_distance_by_rail(550.0)
    550.0
    """
    return rail_distance


@quantity(
    "km",
    name="baseline_distance",
    family="freight",
    en="Distance by the mode displaced",
    zh="基准线运距",
    source=f"{AM0090}, baseline distance AD",
    inputs={"road_distance": "km"},
    where={"baseline_mode": ("", "road")},
    level="internal",
    example=({"road_distance": 480.0}, 480.0),
)
def baseline_distance_by_road(road_distance: Any) -> Any:
    """Return the length of the road: the goods leave the road unless the project says otherwise.

    >>> baseline_distance_by_road(480.0)
    480.0
    """
    return road_distance


@quantity(
    "km",
    name="baseline_distance",
    family="freight",
    en="Distance by the mode displaced",
    zh="基准线运距",
    source=f"{AM0090}, baseline distance AD",
    inputs={"sea_distance": "km"},
    where={"baseline_mode": "sea"},
    level="internal",
    example=({"sea_distance": 19_950.0}, 19_950.0),
)
def baseline_distance_by_sea(sea_distance: Any) -> Any:
    """Return the length of the sea route.

    >>> baseline_distance_by_sea(19_950.0)
    19950.0
    """
    return sea_distance


@quantity(
    "km",
    name="baseline_distance",
    family="freight",
    en="Distance by the mode displaced",
    zh="基准线运距",
    source=f"{AM0090}, baseline distance AD",
    inputs={"waterway_distance": "km"},
    where={"baseline_mode": "inland_waterway"},
    level="internal",
    example=({"waterway_distance": 600.0}, 600.0),
)
def baseline_distance_by_waterway(waterway_distance: Any) -> Any:
    """Return the length of the waterway.

    >>> baseline_distance_by_waterway(600.0)
    600.0
    """
    return waterway_distance


@quantity(
    "gCO2e/tkm",
    name="rail_intensity",
    family="freight",
    en="Intensity of trains hauled by diesel",
    zh="铁路柴油牵引排放强度",
    source="the fuel of the leg itself stands on both sides of the comparison",
    inputs={"fuel_intensity": "gCO2e/tkm"},
    where={"technology": "rail_freight"},
    level="internal",
    additive=False,
    example=({"fuel_intensity": 28.0}, 28.0),
)
def rail_intensity_of_leg(fuel_intensity: Any) -> Any:
    """Return the intensity by fuel of a leg that is of the displaced mode itself.

    One fact on both sides: the same traction as before saves nothing.

    >>> rail_intensity_of_leg(28.0)
    28.0
    """
    return fuel_intensity


@quantity(
    "gCO2e/tkm",
    name="waterway_intensity",
    family="freight",
    en="Intensity of barges",
    zh="内河船舶排放强度",
    source="the fuel of the leg itself stands on both sides of the comparison",
    inputs={"fuel_intensity": "gCO2e/tkm"},
    where={"technology": "inland_waterway"},
    level="internal",
    additive=False,
    example=({"fuel_intensity": 21.3}, 21.3),
)
def waterway_intensity_of_leg(fuel_intensity: Any) -> Any:
    """Return the intensity by fuel of a leg that is of the displaced mode itself.

    One fact on both sides: the same traction as before saves nothing.

    >>> waterway_intensity_of_leg(21.3)
    21.3
    """
    return fuel_intensity


@quantity(
    "gCO2e/tkm",
    name="baseline_intensity",
    family="freight",
    en="Emission intensity of the mode displaced",
    zh="基准线运输排放强度",
    source=f"{GLEC}, air",
    inputs={"air_intensity": "gCO2e/tkm"},
    where={"baseline_mode": "air"},
    additive=False,
    example=({"air_intensity": 788.0}, 788.0),
)
def baseline_intensity_by_air(air_intensity: Any) -> Any:
    """Return the intensity of air freight.

    >>> baseline_intensity_by_air(788.0)
    788.0
    """
    return air_intensity


@quantity(
    "gCO2e/tkm",
    name="baseline_intensity",
    family="freight",
    en="Emission intensity of the mode displaced",
    zh="基准线运输排放强度",
    source=f"{GLEC}, rail",
    inputs={"rail_intensity": "gCO2e/tkm"},
    where={"baseline_mode": "rail"},
    additive=False,
    example=({"rail_intensity": 28.0}, 28.0),
)
def baseline_intensity_by_rail(rail_intensity: Any) -> Any:
    """Return the intensity of trains hauled by diesel.

    >>> baseline_intensity_by_rail(28.0)
    28.0
    """
    return rail_intensity


@quantity(
    "gCO2e/tkm",
    name="baseline_intensity",
    family="freight",
    en="Emission intensity of the mode displaced",
    zh="基准线运输排放强度",
    source=f"{AM0090}, default baseline factor; {GLEC}, road",
    inputs={"road_intensity": "gCO2e/tkm"},
    where={"baseline_mode": ("", "road")},
    additive=False,
    example=({"road_intensity": 112.2}, 112.2),
)
def baseline_intensity_by_road(road_intensity: Any) -> Any:
    """Return the intensity of road haulage in the country.

    >>> baseline_intensity_by_road(112.2)
    112.2
    """
    return road_intensity


@quantity(
    "gCO2e/tkm",
    name="baseline_intensity",
    family="freight",
    en="Emission intensity of the mode displaced",
    zh="基准线运输排放强度",
    source=f"{GLEC}, container ships",
    inputs={"sea_intensity": "gCO2e/tkm"},
    where={"baseline_mode": "sea"},
    additive=False,
    example=({"sea_intensity": 7.17}, 7.17),
)
def baseline_intensity_by_sea(sea_intensity: Any) -> Any:
    """Return the intensity of container ships.

    >>> baseline_intensity_by_sea(7.17)
    7.17
    """
    return sea_intensity


@quantity(
    "gCO2e/tkm",
    name="baseline_intensity",
    family="freight",
    en="Emission intensity of the mode displaced",
    zh="基准线运输排放强度",
    source=f"{GLEC}, inland waterways",
    inputs={"waterway_intensity": "gCO2e/tkm"},
    where={"baseline_mode": "inland_waterway"},
    additive=False,
    example=({"waterway_intensity": 21.3}, 21.3),
)
def baseline_intensity_by_waterway(waterway_intensity: Any) -> Any:
    """Return the intensity of barges.

    >>> baseline_intensity_by_waterway(21.3)
    21.3
    """
    return waterway_intensity

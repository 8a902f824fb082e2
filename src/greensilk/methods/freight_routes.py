"""Freight: lengths of the routes, and the mode that the goods leave.

Goods leave the road unless the project names another mode. Where it gives only the length of the
leg, the lengths by road and along the great circle follow from ratios with a range; a sea route is
known only if it or its lane is given.
"""

from __future__ import annotations

from typing import Any

from greensilk.quantity import quantity

__all__ = [
    "baseline_distance_by_road",
    "baseline_distance_by_sea",
    "baseline_intensity_by_road",
    "baseline_intensity_by_sea",
    "great_circle_distance",
    "road_distance",
    "sea_distance",
]

AM0090 = "CDM AM0090 Modal shift in transportation of cargo, v01.1.0"
GLEC = "GLEC Framework v3.2 (ISO 14083:2023)"


@quantity(
    "km",
    family="freight",
    en="Distance by road",
    zh="公路运距",
    source="ratio of the lengths of road and leg",
    inputs={"distance": "km", "road_distance_ratio": "1"},
    level="internal",
    example=({"distance": 471.0, "road_distance_ratio": 1.02}, 480.42),
)
def road_distance(distance: Any, road_distance_ratio: Any) -> Any:
    """Return the length of the road between the ends of the leg, where it is not given.

    >>> round(road_distance(471.0, 1.02), 6)
    480.42
    """
    return distance * road_distance_ratio


@quantity(
    "km",
    family="freight",
    en="Great-circle distance",
    zh="大圆航线距离",
    source="ratio of the great circle to the length of the leg",
    inputs={"distance": "km", "great_circle_ratio": "1"},
    level="internal",
    example=({"distance": 10_000.0, "great_circle_ratio": 0.77}, 7_700.0),
)
def great_circle_distance(distance: Any, great_circle_ratio: Any) -> Any:
    """Return the shortest distance between the ends of the leg, where it is not given.

    >>> great_circle_distance(10_000.0, 0.77)
    7700.0
    """
    return distance * great_circle_ratio


@quantity(
    "km",
    family="freight",
    en="Distance by sea",
    zh="海运距离",
    source="ratio of the lengths of sea route and leg on the lane",
    inputs={"distance": "km", "sea_distance_ratio": "1"},
    level="internal",
    example=({"distance": 10_500.0, "sea_distance_ratio": 1.9}, 19_950.0),
)
def sea_distance(distance: Any, sea_distance_ratio: Any) -> Any:
    """Return the length of the sea route of the lane, where it is not given.

    Inland legs have none; then nothing is said about the sea.

    >>> sea_distance(10_500.0, 1.9)
    19950.0
    """
    return distance * sea_distance_ratio


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

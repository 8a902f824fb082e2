"""Freight: lengths of the routes by each mode.

Where a project gives only the length of the leg, the lengths by other modes follow from ratios with
a range; a sea route is known only if it or its lane is given. A length of 0 on a leg means that the
journey by that mode is stated whole on another leg. The mode that the goods leave is in
:mod:`greensilk.methods.freight_baseline`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from greensilk.core.quantity import quantity

__all__ = [
    "air_distance",
    "great_circle_distance",
    "rail_distance",
    "road_distance",
    "sea_distance",
    "waterway_distance",
]

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
    family="freight",
    en="Distance by air",
    zh="航空运距",
    source=f"{GLEC}, air: great circle plus 95 km",
    inputs={"great_circle_distance": "km", "air_detour": "km"},
    level="internal",
    example=({"great_circle_distance": 7_905.0, "air_detour": 95.0}, 8_000.0),
)
def air_distance(great_circle_distance: Any, air_detour: Any) -> Any:
    """Return the length of the flight, with the detours around airports.

    None on a leg with a great circle of 0: the flight is stated whole on another leg.

    >>> float(air_distance(7_905.0, 95.0)), float(air_distance(0.0, 95.0))
    (8000.0, 0.0)
    """
    flown = np.where(great_circle_distance > 0.0 * great_circle_distance, 1.0, 0.0)
    return flown * (great_circle_distance + air_detour)


@quantity(
    "km",
    family="freight",
    en="Distance by rail",
    zh="铁路运距",
    source="ratio of the lengths of line and leg",
    inputs={"distance": "km", "rail_distance_ratio": "1"},
    level="internal",
    example=({"distance": 500.0, "rail_distance_ratio": 1.1}, 550.0),
)
def rail_distance(distance: Any, rail_distance_ratio: Any) -> Any:
    """Return the length of the railway between the ends of the leg.

    >>> round(rail_distance(500.0, 1.1), 6)
    550.0
    """
    return distance * rail_distance_ratio


@quantity(
    "km",
    family="freight",
    en="Distance by inland waterway",
    zh="内河运距",
    source="ratio of the lengths of waterway and leg",
    inputs={"distance": "km", "waterway_distance_ratio": "1"},
    level="internal",
    example=({"distance": 500.0, "waterway_distance_ratio": 1.2}, 600.0),
)
def waterway_distance(distance: Any, waterway_distance_ratio: Any) -> Any:
    """Return the length of the waterway between the ends of the leg.

    >>> waterway_distance(500.0, 1.2)
    600.0
    """
    return distance * waterway_distance_ratio

"""Freight: what the same goods would emit by road, by sea and by air.

Comparing with the road alone flatters the railway between continents: by sea the same goods emit a
fraction of either. The comparisons by intensity need no tonnage, so that a claim such as "75 % less
than by road" can be checked from mode, country and traction. The comparisons by emissions take the
length of each route into account: ships go round, aircraft fly the great circle.
"""

from __future__ import annotations

from typing import Any

from greensilk.quantity import quantity

__all__ = [
    "emissions_if_by_air",
    "emissions_if_by_road",
    "emissions_if_by_sea",
    "intensity_ratio_to_air",
    "intensity_ratio_to_road",
    "intensity_ratio_to_sea",
    "percent_below_road",
]

GLEC = "GLEC Framework v3.2 (ISO 14083:2023)"


@quantity(
    "1",
    family="freight",
    en="Below road haulage, per tonne-kilometre",
    zh="单位周转量排放低于公路的比例",
    source=f"{GLEC}: intensities well-to-wheel, equal distances",
    inputs={"project_intensity": "gCO2e/tkm", "road_intensity": "gCO2e/tkm"},
    level="headline",
    additive=False,
    example=({"project_intensity": 28.0, "road_intensity": 112.0}, 0.75),
)
def percent_below_road(project_intensity: Any, road_intensity: Any) -> Any:
    """Return the share by which the leg emits less than road haulage; negative if it emits more.

    >>> percent_below_road(28.0, 112.0)
    0.75
    """
    return 1.0 - project_intensity / road_intensity


@quantity(
    "1",
    family="freight",
    en="Intensity over that of road haulage",
    zh="单位周转量排放与公路之比",
    source=f"{GLEC}: intensities well-to-wheel, equal distances",
    inputs={"project_intensity": "gCO2e/tkm", "road_intensity": "gCO2e/tkm"},
    additive=False,
    example=({"project_intensity": 16.0, "road_intensity": 112.0}, 1.0 / 7.0),
)
def intensity_ratio_to_road(project_intensity: Any, road_intensity: Any) -> Any:
    """Return how many times the emissions of road haulage the leg causes per tonne-kilometre.

    >>> round(intensity_ratio_to_road(16.0, 112.0), 4)
    0.1429
    """
    return project_intensity / road_intensity


@quantity(
    "1",
    family="freight",
    en="Intensity over that of container ships",
    zh="单位周转量排放与海运之比",
    source=f"{GLEC}: intensities well-to-wheel, equal distances",
    inputs={"project_intensity": "gCO2e/tkm", "sea_intensity": "gCO2e/tkm"},
    additive=False,
    example=({"project_intensity": 14.0, "sea_intensity": 7.0}, 2.0),
)
def intensity_ratio_to_sea(project_intensity: Any, sea_intensity: Any) -> Any:
    """Return how many times the emissions of a container ship the leg causes per tonne-kilometre.

    The sea route is longer as a rule; :func:`emissions_if_by_sea` has that in it.

    >>> intensity_ratio_to_sea(14.0, 7.0)
    2.0
    """
    return project_intensity / sea_intensity


@quantity(
    "1",
    family="freight",
    en="Intensity over that of air freight",
    zh="单位周转量排放与航空货运之比",
    source=f"{GLEC}: intensities well-to-wheel, equal distances",
    inputs={"project_intensity": "gCO2e/tkm", "air_intensity": "gCO2e/tkm"},
    additive=False,
    example=({"project_intensity": 20.0, "air_intensity": 800.0}, 0.025),
)
def intensity_ratio_to_air(project_intensity: Any, air_intensity: Any) -> Any:
    """Return how many times the emissions of air freight the leg causes per tonne-kilometre.

    >>> intensity_ratio_to_air(20.0, 800.0)
    0.025
    """
    return project_intensity / air_intensity


@quantity(
    "tCO2e/yr",
    family="freight",
    en="Emissions if carried by road",
    zh="若走公路的排放量",
    source=f"{GLEC}: transport work by road times intensity",
    inputs={"freight_mass": "t/yr", "road_distance": "km", "road_intensity": "tCO2e/tkm"},
    example=(
        {"freight_mass": 1_000_000.0, "road_distance": 480.0, "road_intensity": 0.0001},
        48_000.0,
    ),
)
def emissions_if_by_road(freight_mass: Any, road_distance: Any, road_intensity: Any) -> Any:
    """Return what the goods would emit on trucks, over the length of the road.

    >>> round(emissions_if_by_road(1_000_000.0, 480.0, 0.0001))
    48000
    """
    return freight_mass * road_distance * road_intensity


@quantity(
    "tCO2e/yr",
    family="freight",
    en="Emissions if carried by sea",
    zh="若走海运的排放量",
    source=f"{GLEC}: transport work by sea times intensity",
    inputs={"freight_mass": "t/yr", "sea_distance": "km", "sea_intensity": "tCO2e/tkm"},
    example=(
        {"freight_mass": 1_000_000.0, "sea_distance": 20_000.0, "sea_intensity": 7e-6},
        140_000.0,
    ),
)
def emissions_if_by_sea(freight_mass: Any, sea_distance: Any, sea_intensity: Any) -> Any:
    """Return what the goods would emit on container ships, over the length of the sea route.

    >>> round(emissions_if_by_sea(1_000_000.0, 20_000.0, 7e-6))
    140000
    """
    return freight_mass * sea_distance * sea_intensity


@quantity(
    "tCO2e/yr",
    family="freight",
    en="Emissions if carried by air",
    zh="若走航空的排放量",
    source=f"{GLEC}: great circle plus 95 km, times intensity",
    inputs={
        "freight_mass": "t/yr",
        "great_circle_distance": "km",
        "air_detour": "km",
        "air_intensity": "tCO2e/tkm",
    },
    example=(
        {
            "freight_mass": 1_000.0,
            "great_circle_distance": 7_905.0,
            "air_detour": 95.0,
            "air_intensity": 0.0008,
        },
        6_400.0,
    ),
)
def emissions_if_by_air(
    freight_mass: Any, great_circle_distance: Any, air_detour: Any, air_intensity: Any
) -> Any:
    """Return what the goods would emit on aircraft, over the great circle and the airport detour.

    >>> emissions_if_by_air(1_000.0, 7_905.0, 95.0, 0.0008)
    6400.0
    """
    return freight_mass * (great_circle_distance + air_detour) * air_intensity

"""Freight: what the same goods would emit by road, by sea and by air.

Comparing with the road alone flatters the railway between continents: by sea the same goods emit a
fraction of either. Per tonne-kilometre, the emissions of the haul are set against those of the same
transport work by another mode; both are sums over the legs of a corridor, so that a long leg counts
for more. Where no tonnage is known the intensities alone are compared: a claim such as "75 % less
than by road" can be checked from mode, country and traction. The comparisons door to door take
the length of each route and the terminals into account: ships go round, aircraft fly the great
circle.
"""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity

__all__ = [
    "cut_against_road",
    "emissions_if_by_air",
    "emissions_if_by_road",
    "emissions_if_by_sea",
    "intensity_ratio_to_air",
    "intensity_ratio_to_road",
    "intensity_ratio_to_road_of_legs",
    "intensity_ratio_to_sea",
    "percent_below_road",
    "percent_below_road_of_legs",
    "same_work_by_road",
]

GLEC = "GLEC Framework v3.2 (ISO 14083:2023)"


@quantity(
    "tCO2e/yr",
    family="freight",
    en="Emissions of the same transport work by road",
    zh="相同货物周转量走公路的排放量",
    source=f"{GLEC}: intensities well-to-wheel, equal distances",
    inputs={"transport_work": "tkm/yr", "road_intensity": "tCO2e/tkm"},
    example=({"transport_work": 471_000_000.0, "road_intensity": 0.0001}, 47_100.0),
)
def same_work_by_road(transport_work: Any, road_intensity: Any) -> Any:
    """Return what trucks would emit for the same tonne-kilometres, leg by leg.

    >>> same_work_by_road(471_000_000.0, 0.0001)
    47100.0
    """
    return transport_work * road_intensity


@quantity(
    "1",
    name="percent_below_road",
    family="freight",
    en="Below road haulage, per tonne-kilometre",
    zh="单位周转量排放低于公路的比例",
    source=f"{GLEC}: sums over the legs, well-to-wheel, equal distances",
    inputs={"line_haul_emissions": "tCO2e/yr", "same_work_by_road": "tCO2e/yr"},
    level="headline",
    additive=False,
    example=({"line_haul_emissions": 14_000.0, "same_work_by_road": 56_000.0}, 0.75),
)
def percent_below_road_of_legs(line_haul_emissions: Any, same_work_by_road: Any) -> Any:
    """Return the share by which the haul emits less than trucks for the same tonne-kilometres.

    Of one leg it is the comparison of two intensities; of several, each leg has the weight of its
    transport work.

    >>> percent_below_road_of_legs(14_000.0, 56_000.0)
    0.75
    """
    return 1.0 - line_haul_emissions / same_work_by_road


@quantity(
    "1",
    name="intensity_ratio_to_road",
    family="freight",
    en="Intensity over that of road haulage",
    zh="单位周转量排放与公路之比",
    source=f"{GLEC}: sums over the legs, well-to-wheel, equal distances",
    inputs={"line_haul_emissions": "tCO2e/yr", "same_work_by_road": "tCO2e/yr"},
    additive=False,
    example=({"line_haul_emissions": 8_000.0, "same_work_by_road": 56_000.0}, 1.0 / 7.0),
)
def intensity_ratio_to_road_of_legs(line_haul_emissions: Any, same_work_by_road: Any) -> Any:
    """Return the emissions of the haul over those of trucks for the same tonne-kilometres.

    >>> round(intensity_ratio_to_road_of_legs(8_000.0, 56_000.0), 4)
    0.1429
    """
    return line_haul_emissions / same_work_by_road


@quantity(
    "1",
    family="freight",
    en="Emission cut against the road, door to door",
    zh="门到门较公路的减排比例",
    source=f"{GLEC}: sums over the legs, with terminals and the length of the road",
    inputs={"project_emissions": "tCO2e/yr", "emissions_if_by_road": "tCO2e/yr"},
    additive=False,
    example=({"project_emissions": 20_000.0, "emissions_if_by_road": 50_000.0}, 0.6),
)
def cut_against_road(project_emissions: Any, emissions_if_by_road: Any) -> Any:
    """Return the share saved against trucks, whatever mode the goods leave in the baseline.

    Transshipment and the road legs at both ends are in it, and so is the length of the road.

    >>> cut_against_road(20_000.0, 50_000.0)
    0.6
    """
    return 1.0 - project_emissions / emissions_if_by_road


@quantity(
    "1",
    family="freight",
    en="Below road haulage, per tonne-kilometre",
    zh="单位周转量排放低于公路的比例",
    source=f"{GLEC}: intensities well-to-wheel, equal distances",
    inputs={"project_intensity": "gCO2e/tkm", "road_intensity": "gCO2e/tkm"},
    level="headline",
    additive=False,
    rank=15,
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
    rank=15,
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
    inputs={"freight_mass": "t/yr", "air_distance": "km", "air_intensity": "tCO2e/tkm"},
    example=(
        {"freight_mass": 1_000.0, "air_distance": 8_000.0, "air_intensity": 0.0008},
        6_400.0,
    ),
)
def emissions_if_by_air(freight_mass: Any, air_distance: Any, air_intensity: Any) -> Any:
    """Return what the goods would emit on aircraft, over the great circle and the airport detour.

    >>> emissions_if_by_air(1_000.0, 8_000.0, 0.0008)
    6400.0
    """
    return freight_mass * air_distance * air_intensity

"""Freight: the mode that the goods leave, its route, and what other modes would emit.

Goods leave the road unless the project names another mode. A stated ``baseline_distance`` comes
before any of the lengths here. Where a project gives only the length of the leg, the lengths by
other modes follow from ratios with a range; a sea route is known only if it or its lane is given.
On a corridor the journey displaced may be stated once: whole on one leg, and 0 on the others, or
``baseline_mode`` "none" on them.

Comparing with the road alone flatters the railway between continents: by sea the same goods emit a
fraction of either. Per tonne-kilometre, the emissions of the haul are set against those of the same
transport work by another mode; both are sums over the legs of a corridor, so that a long leg counts
for more. Where no tonnage is known the intensities alone are compared: a claim such as "75 % less
than by road" can be checked from mode, country and traction. The comparisons door to door take
the length of each route and the terminals into account: ships go round, aircraft fly the great
circle.
"""

from __future__ import annotations

import numpy as np

from greensilk.core.quantity import Value, quantity


@quantity("ratio of the lengths of road and leg", family="freight")
def road_distance(distance: Value, road_distance_ratio: Value) -> Value:
    """Return the length of the road between the ends of the leg, where it is not given.

    >>> round(road_distance(471.0, 1.02), 6)
    480.42
    """
    return distance * road_distance_ratio


@quantity("ratio of the great circle to the length of the leg", family="freight")
def great_circle_distance(distance: Value, great_circle_ratio: Value) -> Value:
    """Return the shortest distance between the ends of the leg, where it is not given.

    >>> great_circle_distance(10_000.0, 0.77)
    7700.0
    """
    return distance * great_circle_ratio


@quantity("ratio of the lengths of sea route and leg on the lane", family="freight")
def sea_distance(distance: Value, sea_distance_ratio: Value) -> Value:
    """Return the length of the sea route of the lane, where it is not given.

    Inland legs have none; then nothing is said about the sea.

    >>> sea_distance(10_500.0, 1.9)
    19950.0
    """
    return distance * sea_distance_ratio


@quantity("{glec}, air: great circle plus 95 km", family="freight")
def air_distance(great_circle_distance: Value, air_detour: Value) -> Value:
    """Return the length of the flight, with the detours around airports.

    None on a leg with a great circle of 0: the flight is stated whole on another leg.

    >>> float(air_distance(7_905.0, 95.0))
    8000.0
    """
    flown = np.where(great_circle_distance > 0.0 * great_circle_distance, 1.0, 0.0)
    return flown * (great_circle_distance + air_detour)


@quantity("ratio of the lengths of line and leg", family="freight")
def rail_distance(distance: Value, rail_distance_ratio: Value) -> Value:
    """Return the length of the railway between the ends of the leg.

    >>> round(rail_distance(500.0, 1.1), 6)
    550.0
    """
    return distance * rail_distance_ratio


@quantity("ratio of the lengths of waterway and leg", family="freight")
def waterway_distance(distance: Value, waterway_distance_ratio: Value) -> Value:
    """Return the length of the waterway between the ends of the leg.

    >>> waterway_distance(500.0, 1.2)
    600.0
    """
    return distance * waterway_distance_ratio


@quantity("{glec}: intensities well-to-wheel, equal distances", family="freight")
def same_work_by_road(transport_work: Value, road_intensity: Value) -> Value:
    """Return what trucks would emit for the same tonne-kilometres, leg by leg.

    >>> same_work_by_road(471_000_000.0, 0.0001)
    47100.0
    """
    return transport_work * road_intensity


@quantity(
    "{glec}: sums over the legs, well-to-wheel, equal distances",
    family="freight",
    name="percent_below_road",
)
def percent_below_road_of_legs(line_haul_emissions: Value, same_work_by_road: Value) -> Value:
    """Return the share by which the haul emits less than trucks for the same tonne-kilometres.

    Of one leg it is the comparison of two intensities; of several, each leg has the weight of its
    transport work.

    >>> percent_below_road_of_legs(14_000.0, 56_000.0)
    0.75
    """
    return 1.0 - line_haul_emissions / same_work_by_road


@quantity(
    "{glec}: sums over the legs, well-to-wheel, equal distances",
    family="freight",
    name="intensity_ratio_to_road",
)
def intensity_ratio_to_road_of_legs(line_haul_emissions: Value, same_work_by_road: Value) -> Value:
    """Return the emissions of the haul over those of trucks for the same tonne-kilometres.

    >>> round(intensity_ratio_to_road_of_legs(8_000.0, 56_000.0), 6)
    0.142857
    """
    return line_haul_emissions / same_work_by_road


@quantity("{glec}: sums over the legs, with terminals and the length of the road", family="freight")
def cut_against_road(project_emissions: Value, emissions_if_by_road: Value) -> Value:
    """Return the share saved against trucks, whatever mode the goods leave in the baseline.

    Transshipment and the road legs at both ends are in it, and so is the length of the road.

    >>> cut_against_road(20_000.0, 50_000.0)
    0.6
    """
    return 1.0 - project_emissions / emissions_if_by_road


@quantity(
    "{glec}: intensities well-to-wheel, equal distances",
    family="freight",
    units={"road_intensity": "gCO2e/tkm"},
    rank=15,
)
def percent_below_road(project_intensity: Value, road_intensity: Value) -> Value:
    """Return the share by which the leg emits less than road haulage; negative if it emits more.

    >>> percent_below_road(28.0, 112.0)
    0.75
    """
    return 1.0 - project_intensity / road_intensity


@quantity(
    "{glec}: intensities well-to-wheel, equal distances",
    family="freight",
    units={"road_intensity": "gCO2e/tkm"},
    rank=15,
)
def intensity_ratio_to_road(project_intensity: Value, road_intensity: Value) -> Value:
    """Return how many times the emissions of road haulage the leg causes per tonne-kilometre.

    >>> round(intensity_ratio_to_road(16.0, 112.0), 6)
    0.142857
    """
    return project_intensity / road_intensity


@quantity("{glec}: intensities well-to-wheel, equal distances", family="freight")
def intensity_ratio_to_sea(project_intensity: Value, sea_intensity: Value) -> Value:
    """Return how many times the emissions of a container ship the leg causes per tonne-kilometre.

    The sea route is longer as a rule; :func:`emissions_if_by_sea` has that in it.

    >>> intensity_ratio_to_sea(14.0, 7.0)
    2.0
    """
    return project_intensity / sea_intensity


@quantity("{glec}: intensities well-to-wheel, equal distances", family="freight")
def intensity_ratio_to_air(project_intensity: Value, air_intensity: Value) -> Value:
    """Return how many times the emissions of air freight the leg causes per tonne-kilometre.

    >>> intensity_ratio_to_air(20.0, 800.0)
    0.025
    """
    return project_intensity / air_intensity


@quantity("{glec}: transport work by road times intensity", family="freight")
def emissions_if_by_road(freight_mass: Value, road_distance: Value, road_intensity: Value) -> Value:
    """Return what the goods would emit on trucks, over the length of the road.

    >>> round(emissions_if_by_road(1_000_000.0, 480.0, 0.0001))
    48000
    """
    return freight_mass * road_distance * road_intensity


@quantity(
    "{glec}: transport work by sea times intensity",
    family="freight",
    units={"sea_intensity": "tCO2e/tkm"},
)
def emissions_if_by_sea(freight_mass: Value, sea_distance: Value, sea_intensity: Value) -> Value:
    """Return what the goods would emit on container ships, over the length of the sea route.

    >>> round(emissions_if_by_sea(1_000_000.0, 20_000.0, 7e-6))
    140000
    """
    return freight_mass * sea_distance * sea_intensity


@quantity(
    "{glec}: great circle plus 95 km, times intensity",
    family="freight",
    units={"air_intensity": "tCO2e/tkm"},
)
def emissions_if_by_air(freight_mass: Value, air_distance: Value, air_intensity: Value) -> Value:
    """Return what the goods would emit on aircraft, over the great circle and the airport detour.

    >>> emissions_if_by_air(1_000.0, 8_000.0, 0.0008)
    6400.0
    """
    return freight_mass * air_distance * air_intensity

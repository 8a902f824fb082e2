"""Hydropower: the reservoir rule by power density, and the methane of the water surface."""

from __future__ import annotations

import numpy as np

from greensilk.core.quantity import Value, quantity

HYDRO = {"technology": "hydro"}


@quantity("{acm0002}, power density of the project activity", family="electricity", where=HYDRO)
def power_density(
    capacity: Value, capacity_before: Value, reservoir_area: Value, reservoir_area_before: Value
) -> Value:
    """Return the capacity added per area of water added; one MW per km2 is one W per m2.

    >>> power_density(720.0, 0.0, 27.0, 3.0)
    30.0
    """
    return (capacity - capacity_before) / (reservoir_area - reservoir_area_before)


@quantity(
    "{acm0002}, reservoirs: nothing above 10 W/m2, a default between 4 and 10",
    family="electricity",
    where=HYDRO,
)
def operating_emission_factor(
    power_density: Value, power_density_no_emissions: Value, reservoir_emission_factor: Value
) -> Value:
    """Return the emissions counted per unit of electricity for the reservoir.

    Below the lower threshold the methodology does not accept the project at all; the same factor
    is then a floor, and :func:`reservoir_eligible` is 0.

    >>> float(operating_emission_factor(6.0, 10.0, 0.09))
    0.09
    >>> float(operating_emission_factor(30.0, 10.0, 0.09))
    0.0
    """
    return reservoir_emission_factor * np.where(
        power_density > power_density_no_emissions, 0.0, 1.0
    )


@quantity("{acm0002}, applicability: power density above 4 W/m2", family="electricity", where=HYDRO)
def reservoir_eligible(power_density: Value, power_density_minimum: Value) -> Value:
    """Return 1 where the power density is high enough for the methodology, 0 where it is not.

    >>> float(reservoir_eligible(3.9, 4.0))
    0.0
    """
    return np.where(power_density > power_density_minimum, 1.0, 0.0)


@quantity(
    "{ipcc2019}, volume 4, chapter 7, flooded land (reservoirs)",
    family="electricity",
    where=HYDRO,
)
def reservoir_methane_emissions(
    reservoir_area: Value, reservoir_methane_flux: Value, gwp_methane: Value
) -> Value:
    """Return the methane that leaves the water surface, by area.

    It stands beside the rule by power density, which it may exceed by far for wide, shallow
    reservoirs; it is not part of the emission reductions.

    >>> round(reservoir_methane_emissions(27.0, 14.1, 27.0), 1)
    10278.9
    """
    return reservoir_area * reservoir_methane_flux * gwp_methane

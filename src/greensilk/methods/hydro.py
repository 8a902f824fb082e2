"""Hydropower: the reservoir rule by power density, and the methane of the water surface."""

from __future__ import annotations

from typing import Any

import numpy as np

from greensilk.core.quantity import quantity

__all__ = [
    "operating_emission_factor",
    "power_density",
    "reservoir_eligible",
    "reservoir_methane_emissions",
]

HYDRO = {"technology": "hydro"}
ACM0002 = "CDM ACM0002 Grid-connected electricity generation from renewable sources, v22.0"


@quantity(
    "W/m**2",
    en="Power density of the reservoir",
    zh="水库功率密度",
    source=f"{ACM0002}, power density of the project activity",
    inputs={
        "capacity": "MW",
        "capacity_before": "MW",
        "reservoir_area": "km**2",
        "reservoir_area_before": "km**2",
    },
    family="electricity",
    where=HYDRO,
    additive=False,
    example=(
        {
            "capacity": 720.0,
            "capacity_before": 0.0,
            "reservoir_area": 27.0,
            "reservoir_area_before": 3.0,
        },
        30.0,
    ),
)
def power_density(
    capacity: Any, capacity_before: Any, reservoir_area: Any, reservoir_area_before: Any
) -> Any:
    """Return the capacity added per area of water added; one MW per km2 is one W per m2.

    >>> power_density(720.0, 0.0, 27.0, 3.0)
    30.0
    """
    return (capacity - capacity_before) / (reservoir_area - reservoir_area_before)


@quantity(
    "tCO2e/MWh",
    en="Operating emissions by the reservoir rule",
    zh="按水库功率密度规则的运行排放因子",
    source=f"{ACM0002}, reservoirs: nothing above 10 W/m2, a default between 4 and 10",
    inputs={
        "power_density": "W/m**2",
        "power_density_no_emissions": "W/m**2",
        "reservoir_emission_factor": "tCO2e/MWh",
    },
    family="electricity",
    where=HYDRO,
    level="internal",
    additive=False,
    example=(
        {
            "power_density": 6.0,
            "power_density_no_emissions": 10.0,
            "reservoir_emission_factor": 0.09,
        },
        0.09,
    ),
)
def operating_emission_factor(
    power_density: Any, power_density_no_emissions: Any, reservoir_emission_factor: Any
) -> Any:
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


@quantity(
    "1",
    en="Reservoir accepted by the methodology (1 = yes)",
    zh="水库功率密度符合方法学要求（1=是）",
    source=f"{ACM0002}, applicability: power density above 4 W/m2",
    inputs={"power_density": "W/m**2", "power_density_minimum": "W/m**2"},
    family="electricity",
    where=HYDRO,
    additive=False,
    example=({"power_density": 3.9, "power_density_minimum": 4.0}, 0.0),
)
def reservoir_eligible(power_density: Any, power_density_minimum: Any) -> Any:
    """Return 1 where the power density is high enough for the methodology, 0 where it is not.

    >>> float(reservoir_eligible(3.9, 4.0)), float(reservoir_eligible(30.0, 4.0))
    (0.0, 1.0)
    """
    return np.where(power_density > power_density_minimum, 1.0, 0.0)


@quantity(
    "tCO2e/yr",
    en="Methane of the reservoir surface (cross-check)",
    zh="水库水面甲烷排放（校核）",
    source="IPCC 2019 Refinement, volume 4, chapter 7, flooded land (reservoirs)",
    inputs={
        "reservoir_area": "km**2",
        "reservoir_methane_flux": "t/km**2/yr",
        "gwp_methane": "tCO2e/t",
    },
    family="electricity",
    where=HYDRO,
    example=(
        {"reservoir_area": 27.0, "reservoir_methane_flux": 14.1, "gwp_methane": 27.0},
        10_278.9,
    ),
)
def reservoir_methane_emissions(
    reservoir_area: Any, reservoir_methane_flux: Any, gwp_methane: Any
) -> Any:
    """Return the methane that leaves the water surface, by area.

    It stands beside the rule by power density, which it may exceed by far for wide, shallow
    reservoirs; it is not part of the emission reductions.

    >>> round(reservoir_methane_emissions(27.0, 14.1, 27.0), 1)
    10278.9
    """
    return reservoir_area * reservoir_methane_flux * gwp_methane

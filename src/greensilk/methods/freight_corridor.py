"""Freight: what a corridor of several legs has that is not the sum of its legs.

The tonnage is one flow over all legs; an intensity is the emissions of all legs over their
transport work. Formulas here come after every other provider: on a single leg they would lead to
themselves, and are left out.
"""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity

__all__ = [
    "baseline_intensity_of_legs",
    "freight_mass_of_legs",
    "haul_length",
    "project_intensity_of_legs",
]

AM0090 = "CDM AM0090 Modal shift in transportation of cargo, v01.1.0"
GLEC = "GLEC Framework v3.2 (ISO 14083:2023)"


@quantity(
    "t/yr",
    name="freight_mass",
    family="freight",
    en="Freight carried",
    zh="年货运量",
    source=f"{GLEC}, transport activity: tonne-kilometres over kilometres",
    inputs={"transport_work": "tkm/yr", "haul_length": "km"},
    additive=False,
    rank=25,
    example=({"transport_work": 5_000_000_000.0, "haul_length": 5_000.0}, 1_000_000.0),
)
def freight_mass_of_legs(transport_work: Any, haul_length: Any) -> Any:
    """Return the mass of the goods on a corridor of several legs, which is one flow and no sum.

    Where the legs carry different masses it is their mean, weighted by length.

    >>> freight_mass_of_legs(5_000_000_000.0, 5_000.0)
    1000000.0
    """
    return transport_work / haul_length


@quantity(
    "km",
    family="freight",
    en="Length of all legs",
    zh="各区段总里程",
    source=f"{GLEC}, section on transport activity",
    inputs={"distance": "km"},
    example=({"distance": 471.0}, 471.0),
)
def haul_length(distance: Any) -> Any:
    """Return the length of the leg; over several legs, of the whole journey.

    >>> haul_length(471.0)
    471.0
    """
    return distance


@quantity(
    "gCO2e/tkm",
    name="project_intensity",
    family="freight",
    en="Emission intensity of the leg",
    zh="项目运输排放强度",
    source=f"{GLEC}: emissions of all legs over their transport work",
    inputs={"line_haul_emissions": "gCO2e/yr", "transport_work": "tkm/yr"},
    level="headline",
    additive=False,
    rank=25,
    example=({"line_haul_emissions": 8.4e10, "transport_work": 6.0e9}, 14.0),
)
def project_intensity_of_legs(line_haul_emissions: Any, transport_work: Any) -> Any:
    """Return the intensity of a corridor of several legs, each weighted by its transport work.

    >>> project_intensity_of_legs(8.4e10, 6.0e9)
    14.0
    """
    return line_haul_emissions / transport_work


@quantity(
    "gCO2e/tkm",
    name="baseline_intensity",
    family="freight",
    en="Emission intensity of the mode displaced",
    zh="基准线运输排放强度",
    source=f"{AM0090}: baseline emissions of all legs over their transport work",
    inputs={"baseline_emissions": "gCO2e/yr", "baseline_transport_work": "tkm/yr"},
    additive=False,
    rank=25,
    example=({"baseline_emissions": 5.61e10, "baseline_transport_work": 5.0e8}, 112.2),
)
def baseline_intensity_of_legs(baseline_emissions: Any, baseline_transport_work: Any) -> Any:
    """Return the intensity of the modes displaced on a corridor of several legs.

    >>> baseline_intensity_of_legs(5.61e10, 5.0e8)
    112.2
    """
    return baseline_emissions / baseline_transport_work

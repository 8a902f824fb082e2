"""Freight: what a corridor of several legs has that is not the sum of its legs.

The tonnage is one flow over all legs. Its formula comes after every other provider: on a single leg
it would lead back to itself, and is left out.
"""

from __future__ import annotations

from typing import Any

from greensilk.quantity import quantity

__all__ = ["freight_mass_of_legs", "haul_length"]

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

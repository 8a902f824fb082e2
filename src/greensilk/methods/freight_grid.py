"""Electric traction on a grid nearly free of emissions: the flag beside the figures.

There the emissions of an electric railway or bus are next to nothing and say little; what counts is
the fuel displaced.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from greensilk.core.quantity import quantity

__all__ = ["near_zero_grid_of_fleet", "near_zero_grid_of_traction"]

SOURCE = "threshold of this library: see the table power_rules"


@quantity(
    "1",
    name="near_zero_grid",
    en="Host grid nearly free of emissions (1 = yes)",
    zh="东道国电网近零排放（1=是）",
    source=SOURCE,
    inputs={
        "combined_margin": "tCO2e/MWh",
        "near_zero_threshold": "tCO2e/MWh",
        "electrified_share": "1",
    },
    family="freight",
    where={"technology": ("rail_freight", "road_freight")},
    additive=False,
    verified=True,
    example=(
        {"combined_margin": 0.0001, "near_zero_threshold": 0.05, "electrified_share": 0.5},
        1.0,
    ),
)
def near_zero_grid_of_traction(
    combined_margin: Any, near_zero_threshold: Any, electrified_share: Any
) -> Any:
    """Return 1 where a leg has electric traction and its grid emits next to nothing.

    >>> float(near_zero_grid_of_traction(0.0001, 0.05, 1.0))
    1.0
    >>> float(near_zero_grid_of_traction(0.0001, 0.05, 0.0))
    0.0
    """
    return np.where(combined_margin < near_zero_threshold, 1.0, 0.0) * np.where(
        electrified_share > 0.0, 1.0, 0.0
    )


@quantity(
    "1",
    name="near_zero_grid",
    en="Host grid nearly free of emissions (1 = yes)",
    zh="东道国电网近零排放（1=是）",
    source=SOURCE,
    inputs={"combined_margin": "tCO2e/MWh", "near_zero_threshold": "tCO2e/MWh"},
    family="fleet",
    additive=False,
    verified=True,
    example=({"combined_margin": 0.0001, "near_zero_threshold": 0.05}, 1.0),
)
def near_zero_grid_of_fleet(combined_margin: Any, near_zero_threshold: Any) -> Any:
    """Return 1 where the fleet is charged from a grid that emits next to nothing.

    >>> float(near_zero_grid_of_fleet(0.0001, 0.05)), float(near_zero_grid_of_fleet(0.5, 0.05))
    (1.0, 0.0)
    """
    return np.where(combined_margin < near_zero_threshold, 1.0, 0.0)

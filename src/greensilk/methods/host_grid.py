"""What the host grid is made of: context for every figure that rests on a grid factor."""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity

_ON_GRID = ("electricity", "fossil", "waste_energy")


@quantity(
    "tCO2e/MWh",
    en="Average emission factor of the host grid",
    zh="东道国电网平均排放因子",
    source="yearly emissions of all power plants divided by their generation",
    inputs={"grid_average_factor": "tCO2e/MWh"},
    family=_ON_GRID,
    additive=False,
    example=({"grid_average_factor": 0.0925}, 0.0925),
)
def host_grid_average(grid_average_factor: Any) -> Any:
    """Return the mean emissions of a unit of electricity in the host country [tCO2e/MWh].

    It describes the grid and is no baseline: what a project displaces is the combined margin.

    >>> host_grid_average(0.0925)
    0.0925
    """
    return grid_average_factor


@quantity(
    "1",
    en="Renewable share of the host grid",
    zh="东道国电网可再生能源发电占比",
    source="generation from renewable sources divided by all generation",
    inputs={"grid_renewable_share": "1"},
    family=_ON_GRID,
    additive=False,
    example=({"grid_renewable_share": 0.9}, 0.9),
)
def host_renewable_share(grid_renewable_share: Any) -> Any:
    """Return the share of renewable sources in the host country's generation [1].

    >>> host_renewable_share(0.9)
    0.9
    """
    return grid_renewable_share


@quantity(
    "1",
    en="Coal share of the host grid",
    zh="东道国电网煤电发电占比",
    source="generation from coal divided by all generation",
    inputs={"grid_coal_share": "1"},
    family=_ON_GRID,
    additive=False,
    example=({"grid_coal_share": 0.2}, 0.2),
)
def host_coal_share(grid_coal_share: Any) -> Any:
    """Return the share of coal in the host country's generation [1].

    >>> host_coal_share(0.2)
    0.2
    """
    return grid_coal_share

"""Generation of power plants: expected from capacity, stated, estimated or metered.

All formulas take scalars or arrays of one shape (or shapes that broadcast) and return the same.
The net generation is looked for in this order: metered, stated by the project, estimated by a
third party, expected from capacity; each is a formula of its own.
"""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity

__all__ = [
    "capacity_factor_from_hours",
    "expected_generation",
    "implied_capacity_factor",
    "net_generation_estimated",
    "net_generation_expected",
    "net_generation_measured",
    "net_generation_stated",
]

PLANTS = ("electricity", "waste_energy", "fossil", "offgrid")


@quantity(
    "1",
    en="Capacity factor",
    zh="容量系数",
    source="definition: full-load hours over the hours of a year",
    inputs={"full_load_hours": "h/yr", "hours_per_year": "h/yr"},
    family=PLANTS,
    name="capacity_factor",
    level="internal",
    additive=False,
    example=({"full_load_hours": 2190.0, "hours_per_year": 8760.0}, 0.25),
)
def capacity_factor_from_hours(full_load_hours: Any, hours_per_year: Any) -> Any:
    """Return the capacity factor that stated full-load hours imply.

    >>> capacity_factor_from_hours(2190.0, 8760.0)
    0.25
    """
    return full_load_hours / hours_per_year


@quantity(
    "MWh/yr",
    en="Expected generation from capacity",
    zh="按装机容量估算的年发电量",
    source="definition of the capacity factor (IEC 61400-26, IRENA)",
    inputs={"capacity": "MW", "hours_per_year": "h/yr", "capacity_factor": "1"},
    family=PLANTS,
    verified=True,
    example=(
        {"capacity": 720.0, "hours_per_year": 8760.0, "capacity_factor": 0.507},
        3_197_750.4,
    ),
)
def expected_generation(capacity: Any, hours_per_year: Any, capacity_factor: Any) -> Any:
    """Return the generation of an ordinary year expected from the capacity.

    It never looks at the generation the project states, so that the two can be compared.

    >>> round(expected_generation(720.0, 8760.0, 0.507))
    3197750
    """
    return capacity * hours_per_year * capacity_factor


@quantity(
    "MWh/yr",
    en="Net generation",
    zh="上网电量",
    source="metered generation of the project, taken as delivered",
    inputs={"measured_generation": "MWh/yr"},
    family=PLANTS,
    name="net_generation",
    level="headline",
    rank=6,
    verified=True,
    example=({"measured_generation": 3_200_000.0}, 3_200_000.0),
)
def net_generation_measured(measured_generation: Any) -> Any:
    """Return the metered generation as the electricity delivered.

    >>> net_generation_measured(1.5)
    1.5
    """
    return measured_generation


@quantity(
    "MWh/yr",
    en="Net generation",
    zh="上网电量",
    source="generation of an ordinary year as stated, taken as delivered",
    inputs={"annual_generation": "MWh/yr"},
    family=PLANTS,
    name="net_generation",
    level="headline",
    rank=7,
    verified=True,
    example=({"annual_generation": 3_200_000.0}, 3_200_000.0),
)
def net_generation_stated(annual_generation: Any) -> Any:
    """Return the stated generation as the electricity delivered.

    Projects state the output they sell; where a document says gross output, give the own use
    as well and enter the net figure.

    >>> net_generation_stated(2.0)
    2.0
    """
    return annual_generation


@quantity(
    "MWh/yr",
    en="Net generation",
    zh="上网电量",
    source="estimate of a third party, taken as delivered",
    inputs={"estimated_generation": "MWh/yr"},
    family=PLANTS,
    name="net_generation",
    level="headline",
    rank=8,
    example=({"estimated_generation": 18_430.0}, 18_430.0),
)
def net_generation_estimated(estimated_generation: Any) -> Any:
    """Return a third party's estimate of generation as the electricity delivered.

    >>> net_generation_estimated(3.0)
    3.0
    """
    return estimated_generation


@quantity(
    "MWh/yr",
    en="Net generation",
    zh="上网电量",
    source="expected generation less the plant's own use",
    inputs={"expected_generation": "MWh/yr", "auxiliary_share": "1"},
    family=PLANTS,
    name="net_generation",
    level="headline",
    verified=True,
    example=({"expected_generation": 1000.0, "auxiliary_share": 0.06}, 940.0),
)
def net_generation_expected(expected_generation: Any, auxiliary_share: Any) -> Any:
    """Return the expected generation less the share the plant uses itself.

    >>> net_generation_expected(1000.0, 0.06)
    940.0
    """
    return expected_generation * (1.0 - auxiliary_share)


@quantity(
    "1",
    en="Capacity factor implied by the generation",
    zh="由发电量反推的容量系数",
    source="definition of the capacity factor",
    inputs={"net_generation": "MWh/yr", "capacity": "MW", "hours_per_year": "h/yr"},
    family=PLANTS,
    additive=False,
    verified=True,
    example=(
        {"net_generation": 3_200_000.0, "capacity": 720.0, "hours_per_year": 8760.0},
        0.507356672,
    ),
)
def implied_capacity_factor(net_generation: Any, capacity: Any, hours_per_year: Any) -> Any:
    """Return the share of the rated output that the generation amounts to; above 1 is impossible.

    >>> round(implied_capacity_factor(3_200_000.0, 720.0, 8760.0), 3)
    0.507
    """
    return net_generation / (capacity * hours_per_year)

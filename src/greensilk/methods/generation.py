"""Generation of power plants: expected from capacity, stated, estimated or metered.

All formulas take scalars or arrays of one shape (or shapes that broadcast) and return the same.
The net generation is looked for in this order: metered, stated by the project, estimated by a
third party, expected from capacity; each is a formula of its own.
"""

from __future__ import annotations

from greensilk.core.quantity import Value, quantity

PLANTS = ("electricity", "waste_energy", "fossil", "offgrid")


@quantity(
    "definition: full-load hours over the hours of a year", family=PLANTS, name="capacity_factor"
)
def capacity_factor_from_hours(full_load_hours: Value, hours_per_year: Value) -> Value:
    """Return the capacity factor that stated full-load hours imply.

    >>> capacity_factor_from_hours(2190.0, 8760.0)
    0.25
    """
    return full_load_hours / hours_per_year


@quantity("definition of the capacity factor (IEC 61400-26, IRENA)", family=PLANTS, verified=True)
def expected_generation(capacity: Value, hours_per_year: Value, capacity_factor: Value) -> Value:
    """Return the generation of an ordinary year expected from the capacity.

    It never looks at the generation the project states, so that the two can be compared.

    >>> round(expected_generation(720.0, 8760.0, 0.507))
    3197750
    """
    return capacity * hours_per_year * capacity_factor


@quantity(
    "expected generation less the plant's own use",
    family=PLANTS,
    name="net_generation",
    verified=True,
)
def net_generation_expected(expected_generation: Value, auxiliary_share: Value) -> Value:
    """Return the expected generation less the share the plant uses itself.

    >>> net_generation_expected(1000.0, 0.06)
    940.0
    """
    return expected_generation * (1.0 - auxiliary_share)


@quantity("definition of the capacity factor", family=PLANTS, verified=True)
def implied_capacity_factor(net_generation: Value, capacity: Value, hours_per_year: Value) -> Value:
    """Return the share of the rated output that the generation amounts to; above 1 is impossible.

    >>> round(implied_capacity_factor(3_200_000.0, 720.0, 8760.0), 3)
    0.507
    """
    return net_generation / (capacity * hours_per_year)

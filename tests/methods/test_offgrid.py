"""Off-grid electricity: generators, lamps and unmet need."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from greensilk import reference
from greensilk.methods import offgrid

TRANCHES = (0.055, 0.25, 6.8, 1.3, 1.0)


def need(per_system: float, count: float = 1.0) -> float:
    return float(offgrid.baseline_emissions_of_need(per_system, count, *TRANCHES))


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        (0.055, 0.055 * 6.8),
        (0.25, 0.055 * 6.8 + 0.195 * 1.3),
        (1.0, 0.055 * 6.8 + 0.195 * 1.3 + 0.75),
    ],
)
def test_the_tranches_at_their_edges(use: float, expected: float) -> None:
    assert need(use) == pytest.approx(expected)


@given(st.floats(0.001, 5.0), st.floats(0.001, 5.0))
def test_more_use_is_more_need_but_ever_less_per_unit(first: float, second: float) -> None:
    low, high = sorted((first, second))
    assert need(low) <= need(high) + 1e-12
    assert need(low) / low >= need(high) / high - 1e-9


@given(st.floats(1.0, 1e6))
def test_need_grows_with_the_number_of_systems(count: float) -> None:
    assert need(0.1, count) == pytest.approx(count * need(0.1), rel=1e-12)


def test_lamps_and_generators() -> None:
    assert offgrid.displaced_lamp_emissions(2000.0, 2.0, 0.092) == pytest.approx(368.0)
    assert offgrid.displaced_generation_emissions(np.array([1.0, 2.0]), 0.8).tolist() == [0.8, 1.6]


def test_systems_as_delivered_by_an_aid_programme() -> None:
    """2,000 systems of the default size: 160 kW, about 84 kWh a year each."""
    defaults = reference.load("offgrid_defaults")
    power = defaults.get("power_per_system", technology="solar_home_system").value * 1e-6
    capacity = offgrid.capacity_of_systems(2000.0, power)
    assert capacity == pytest.approx(0.16)
    per_system = offgrid.generation_per_system(capacity * 8760 * 0.12, 2000.0)
    assert 0.055 < per_system < 0.25
    assert offgrid.people_served(offgrid.households_served(2000.0, 1.0), 5.0) == 10_000.0

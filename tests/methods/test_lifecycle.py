"""Lifetime totals and embodied emissions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from greensilk import reference
from greensilk.methods import lifecycle


@given(st.floats(1.0, 100.0), st.floats(0.0, 0.1))
def test_decline_never_lengthens_a_life(lifetime: float, decline: float) -> None:
    years = float(lifecycle.equivalent_years(lifetime, decline))
    assert 0.0 < years <= lifetime * (1 + 1e-12)


@given(st.floats(1.0, 100.0), st.floats(1e-4, 0.1))
def test_the_closed_form_is_the_integral(lifetime: float, decline: float) -> None:
    steps = np.linspace(0.0, lifetime, 20_001)
    integral = np.trapezoid(np.exp(-decline * steps), steps)
    assert float(lifecycle.equivalent_years(lifetime, decline)) == pytest.approx(integral, rel=1e-6)


def test_yearly_steps_differ_by_little() -> None:
    steps = sum(0.995**year for year in range(25))
    assert float(lifecycle.equivalent_years(25.0, 0.005)) == pytest.approx(steps, rel=0.004)


def test_no_decline_is_the_plain_lifetime_without_a_jump() -> None:
    assert float(lifecycle.equivalent_years(30.0, 0.0)) == 30.0
    assert float(lifecycle.equivalent_years(30.0, 1e-10)) == pytest.approx(30.0, rel=1e-7)
    mixed = lifecycle.equivalent_years(np.array([30.0, 30.0]), np.array([0.0, 0.01]))
    assert mixed[0] == 30.0
    assert mixed[1] == pytest.approx((1 - math.exp(-0.3)) / 0.01)


@given(st.floats(1.0, 1e6), st.floats(1.0, 60.0), st.floats(0, 0.02), st.floats(0, 0.05))
def test_a_cleaner_grid_never_avoids_more(
    yearly: float, lifetime: float, ageing: float, decline: float
) -> None:
    steady = yearly * float(lifecycle.equivalent_years(lifetime, ageing))
    cleaner = float(
        lifecycle.lifetime_emission_reductions_declining_grid(yearly, lifetime, ageing, decline)
    )
    assert cleaner <= steady * (1 + 1e-9)


def test_embodied_emissions_are_taken_off_only_in_their_own_quantity() -> None:
    embodied = lifecycle.embodied_emissions(100_000.0, 0.011)
    assert lifecycle.net_emission_reductions_lifecycle(50_000.0, embodied) == 48_900.0


def test_life_cycle_factors_lie_below_every_fossil_plant() -> None:
    table = reference.load("lifecycle_factors")
    for row in table.rows:
        if row.parameter == "lifecycle_factor":
            assert row.value < 410, row.keys  # AR5's minimum for gas
    leak = {row.keys[0]: row.value for row in table.rows if row.parameter != "lifecycle_factor"}
    assert leak == {
        "solar_pv": 43,
        "wind_onshore": 13,
        "wind_offshore": 13,
        "geothermal": 37,
        "hydro": 21,
        "marine": 8,
    }

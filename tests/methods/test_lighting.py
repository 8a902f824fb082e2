"""Street lighting: worked values and the choice of what is displaced."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greensilk import reference
from greensilk.methods import lighting, power, reductions


def test_two_thousand_solar_lamps_on_the_lao_grid():
    """2 000 lamps of 50 W in place of 110 W for 3 650 h, a tenth out of order: 722.7 MWh."""
    power = lighting.baseline_lamp_power(50.0, 2.2)
    electricity = lighting.baseline_lighting_electricity(2_000.0, 1.0, power * 1e-6, 3_650.0, 0.1)
    assert electricity == pytest.approx(722.7)
    factor = lighting.supply_factor_of_grid(0.5546, 0.1)
    baseline = lighting.baseline_emissions_of_lamps(electricity, factor)
    assert baseline == pytest.approx(722.7 * 0.5546 / 0.9)


def test_led_on_the_grid_saves_the_difference():
    old = lighting.baseline_lighting_electricity(1_000.0, 1.0, 0.00025, 4_000.0, 0.0)
    new = lighting.electricity_use_of_led(1_000.0, 1.0, 0.0001, 4_000.0, 0.0)
    assert lighting.energy_saved(old, new) == pytest.approx(600.0)
    before = lighting.baseline_emissions_of_lamps(old, 0.6)
    after = power.project_emissions_of_consumption(new, 0.54, 0.1)
    assert reductions.emission_reductions(before, after, 0.0) == pytest.approx(600.0 * 0.6)


def test_what_is_displaced_decides_the_result():
    """Kerosene lamps, a grid lamp and a diesel grid differ by a factor of several."""
    kerosene = lighting.baseline_emissions_of_fuel_lamps(2_000.0, 0.092, 0.1)
    grid = lighting.baseline_emissions_of_lamps(722.7, 0.616)
    diesel = lighting.baseline_emissions_of_lamps(722.7, 1.0)
    assert kerosene < grid < diesel


def test_a_hydropower_grid_avoids_nothing_and_the_share_is_not_a_number():
    baseline = lighting.baseline_emissions_of_lamps(722.7, 0.0)
    saved = reductions.emission_reductions(baseline, 0.0, 0.0)
    assert saved == 0.0
    assert reductions.emission_cut(saved, baseline) != reductions.emission_cut(saved, baseline)


def test_stand_alone_lamps_take_nothing_from_a_grid():
    row = reference.load("lighting_defaults").get(
        "electricity_use", technology="street_lighting_solar"
    )
    assert row.value == 0.0
    assert row.distribution == "fixed"


@given(
    lamps=st.floats(1.0, 1e6),
    outage=st.floats(0.0, 1.0),
    power=st.floats(10.0, 400.0),
    hours=st.floats(100.0, 8_760.0),
)
def test_lamps_out_of_order_displace_nothing(lamps, outage, power, hours):
    whole = lighting.baseline_lighting_electricity(lamps, 1.0, power * 1e-6, hours, 0.0)
    part = lighting.baseline_lighting_electricity(lamps, 1.0, power * 1e-6, hours, outage)
    assert part == pytest.approx(whole * (1.0 - outage))


@given(baseline=st.floats(1.0, 1e9), share=st.floats(0.0, 2.0))
def test_the_cut_is_one_minus_what_is_left(baseline, share):
    saved = reductions.emission_reductions(baseline, baseline * share, 0.0)
    assert reductions.emission_cut(saved, baseline) == pytest.approx(1.0 - share, abs=1e-9)

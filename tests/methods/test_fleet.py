"""Fleets: worked values of the method, properties, and agreement of the tables."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from greensilk import reference
from greensilk.methods import fleet, power

RATE = -math.log(0.99)


def test_one_bus_by_hand():
    """60 000 km x 0.42 L/km x 0.99 x 0.84 kg/L x 43 GJ/t x 75.24 kg/GJ, against 1.25 kWh/km."""
    distance = fleet.fleet_distance(1.0, 1.0, 60_000.0)
    volume = fleet.fuel_volume_saved(distance, 0.42, RATE, 1.0)
    assert volume == pytest.approx(24_948.0)
    mass = fleet.fuel_mass_saved(volume, 0.00084)
    factor = fleet.displaced_fuel_factor(0.0741, 3.9e-6, 3.9e-6, 28.0, 265.0)
    baseline = fleet.baseline_emissions(mass, 43.0, factor)
    assert baseline == pytest.approx(24_948.0 * 0.84 / 1000 * 43.0 * 0.0752427, rel=1e-9)
    project = power.project_emissions_of_consumption(
        fleet.electricity_use(distance, 0.00125), 0.2352, 0.06
    )
    assert project == pytest.approx(75.0 * 0.2352 / 0.94)
    # the transport ministry of Chile spoke of 60 t a year for each bus in Santiago
    assert 40.0 < baseline - project < 70.0


def test_improvement_is_one_per_cent_a_year():
    first, second = (fleet.fuel_volume_saved(1e6, 0.4, RATE, year) for year in (1.0, 2.0))
    assert first == pytest.approx(0.99 * 4e5)
    assert second / first == pytest.approx(0.99)


def test_lifetime_is_close_to_the_sum_of_the_years():
    years = range(1, 13)
    by_year = sum(100.0 * 0.99 ** (year - 1) - 40.0 for year in years)
    whole = fleet.lifetime_emission_reductions(100.0, 40.0, 0.0, RATE, 1.0, 12.0)
    assert whole == pytest.approx(by_year, rel=0.02)


def test_pollutants_by_fuel():
    assert fleet.nitrogen_oxides_avoided(1.0, 33.37) == pytest.approx(33.37)
    assert fleet.particulates_avoided(1.0, 0.94) == pytest.approx(0.94)
    # a tonne of fuel with 500 ppm of sulphur gives a kilogram of sulphur dioxide
    assert fleet.sulphur_dioxide_avoided(1.0, 0.5) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("parameter", "table", "original"),
    [
        ("displaced_fuel_calorific_value", "fuel_heat", "fuel_net_calorific_value"),
        ("displaced_fuel_density", "fuel_heat", "fuel_density"),
        ("displaced_fuel_carbon_dioxide", "fuel_properties", "fuel_carbon_dioxide_factor"),
    ],
)
def test_displaced_fuels_are_the_fuels_of_the_main_table(parameter, table, original):
    fuels = {row.keys[0]: row for row in reference.load(table).rows if row.parameter == original}
    assumed = {"electric_bus": "diesel", "electric_truck": "diesel"}
    checked = 0
    for row in reference.load("displaced_fuel").rows:
        if row.parameter != parameter:
            continue
        technology, fuel = row.keys
        known = fuels[fuel or assumed.get(technology, "gasoline")]
        assert (row.value, row.low, row.high, row.unit) == (
            known.value,
            known.low,
            known.high,
            known.unit,
        )
        checked += 1
    assert checked >= 8


def test_calorific_value_times_factor_is_the_carbon_of_the_fuel():
    """Tonnes of carbon dioxide per tonne of fuel must lie where the chemistry puts them."""
    heat, factors = reference.load("fuel_heat"), reference.load("fuel_properties")
    expected = {"diesel": (3.1, 3.25), "gasoline": (2.95, 3.15), "natural_gas": (2.6, 2.8)}
    for fuel, (low, high) in expected.items():
        ncv = heat.get("fuel_net_calorific_value", fuel=fuel).value
        carbon = factors.get("fuel_carbon_dioxide_factor", fuel=fuel).value
        assert low < ncv * carbon / 1000.0 < high


@given(
    vehicles=st.floats(1.0, 1e5),
    mileage=st.floats(1e3, 2e5),
    grid=st.floats(0.0, 1.5),
    loss=st.floats(0.0, 0.4),
)
def test_a_dirtier_grid_never_saves_more(vehicles, mileage, grid, loss):
    distance = fleet.fleet_distance(vehicles, 1.0, mileage)
    use = fleet.electricity_use(distance, 0.00125)
    emitted = power.project_emissions_of_consumption(use, grid, loss)
    assert emitted >= use * grid - 1e-9
    assert power.project_emissions_of_consumption(use, grid + 0.1, loss) > emitted


def test_arrays_of_projects_and_draws():
    vehicles = np.array([[100.0], [200.0]])
    mileage = np.array([[5e4, 6e4, 7e4], [5e4, 6e4, 7e4]])
    distance = fleet.fleet_distance(vehicles, 1.0, mileage)
    assert distance.shape == (2, 3)
    assert np.allclose(distance[1], 2.0 * distance[0])

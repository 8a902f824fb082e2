"""Fossil plants show what they emit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from greensilk import reference
from greensilk.core.units import factor
from greensilk.methods import fossil, quantities


def test_a_coal_plant_from_the_packaged_fuel_table() -> None:
    """Other bituminous coal at 40 %: 94.6 kg/GJ x 3.6 GJ/MWh / 0.40 and half a percent of gases."""
    fuels = reference.load("fuel_properties")
    units = {
        "fuel_carbon_dioxide_factor": "tCO2e/MWh",
        "fuel_methane_factor": "t/MWh",
        "fuel_nitrous_oxide_factor": "t/MWh",
    }
    per_heat = {}
    for name, unit in units.items():
        row = fuels.get(name, fuel="coal")
        per_heat[name] = row.value * factor(row.unit, unit)
    result = fossil.plant_emission_factor(
        **per_heat, gwp_methane_fossil=29.8, gwp_nitrous_oxide=273.0, plant_efficiency=0.40
    )
    assert result == pytest.approx(94.6 * 3.6 / 400, rel=0.006)
    assert result > 94.6 * 3.6 / 400


@given(st.floats(0.2, 0.6), st.floats(0.01, 0.1))
def test_a_better_plant_emits_less(efficiency: float, gain: float) -> None:
    before = fossil.plant_emission_factor(0.34, 3.6e-6, 29.8, 5.4e-6, 273.0, efficiency)
    after = fossil.plant_emission_factor(0.34, 3.6e-6, 29.8, 5.4e-6, 273.0, efficiency + gain)
    assert after < before


def test_pollutants_are_negative_because_they_are_emitted() -> None:
    for formula in (
        fossil.sulphur_dioxide_emitted,
        fossil.nitrogen_oxides_emitted,
        fossil.particulates_emitted,
    ):
        assert formula(np.array([10.0, 20.0]), 0.5).tolist() == [-5.0, -10.0]


def test_against_the_grid() -> None:
    assert fossil.intensity_above_grid(0.85, 0.4) == pytest.approx(0.45)
    ratio = fossil.intensity_relative_to_grid(0.85, np.array([0.425, 0.0]))
    assert ratio[0] == pytest.approx(2.0)
    assert np.isnan(ratio[1])


def test_fossil_plants_have_no_emission_reductions() -> None:
    served = {record.name for record in quantities() if record.serves("fossil")}
    assert "project_emissions" in served
    assert not {"emission_reductions", "tree_equivalent", "standard_coal_saved"} & served


def test_committed_emissions() -> None:
    assert fossil.lifetime_project_emissions(5.0, 40.0) == 200.0
    assert fossil.emission_intensity(85.0, 100.0) == 0.85
    assert fossil.water_consumed(10.0, 2.6) == 26.0

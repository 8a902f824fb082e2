"""Industrial retrofits: cuts, savings and their emissions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greensilk import reference
from greensilk.core import units
from greensilk.core.quantity import Quantity
from greensilk.methods import industry, quantities, reductions


def formula(method: str) -> Quantity:
    return next(record for record in quantities() if record.method == method)


POSITIVE = st.floats(1e-3, 1e6)
SHARE = st.floats(0.0, 1.0)


def test_sixty_percent_less_per_tonne_of_nickel() -> None:
    """From 60 to 24 t of CO2 per tonne: the cut is 60 %, at any output."""
    assert industry.emission_cut(60.0, 24.0) == pytest.approx(0.6)
    baseline = industry.baseline_emissions(100000.0, 60.0)
    project = industry.project_emissions(100000.0, 24.0)
    assert reductions.emission_reductions(baseline, project, 0.0) == pytest.approx(0.6 * baseline)


def test_ninety_percent_less_pollution_and_the_water_of_a_refinery() -> None:
    """A refinery of 5 Mt that falls from 0.7 to 0.4 m3/t saves 1.5 million m3 a year."""
    assert industry.pollutant_cut(2000.0, 200.0) == pytest.approx(0.9)
    assert industry.pollutant_avoided(2000.0, 200.0) == pytest.approx(1800.0)
    saved = industry.water_saved(5e6, 0.7, 0.4)
    assert saved == pytest.approx(1.5e6)
    assert industry.water_saved_people(saved, 43.83) == pytest.approx(34223, abs=1)


def test_fuel_as_standard_coal() -> None:
    """29.3076 GJ are one tonne of standard coal: the engine converts, the formula passes on."""
    saved = industry.fuel_saved(1e6, 20.0, 19.0)
    coal = formula("industry.standard_coal_saved")
    assert coal.inputs == {"fuel_saved": "tce/yr"}
    coal = coal.function(saved * units.factor("GJ/yr", "tce/yr"))
    assert coal == pytest.approx(1e6 / 29.3076)


def test_energy_formulas_agree_where_they_overlap() -> None:
    fuel = industry.emission_reductions_of_fuel(1000.0, 0.0946, 0.0)
    power = industry.emission_reductions_of_electricity(50.0, 0.5, 0.0)
    both = industry.emission_reductions_of_energy(1000.0, 0.0946, 50.0, 0.5, 0.0)
    assert both == pytest.approx(fuel + power)
    assert industry.energy_saved(277.8, 50.0) == pytest.approx(
        formula("industry.energy_saved_as_fuel").function(277.8)
        + formula("industry.energy_saved_as_electricity").function(50.0)
    )


@given(POSITIVE, SHARE)
def test_cuts_are_the_share_that_is_gone(before: float, left: float) -> None:
    for cut in (
        industry.emission_cut,
        industry.efficiency_gain,
        industry.pollutant_cut,
        industry.water_cut,
    ):
        assert cut(before, before * left) == pytest.approx(1.0 - left, abs=1e-9)


@given(POSITIVE, POSITIVE, POSITIVE)
def test_a_worse_intensity_shows_as_negative_saving(
    output: float, before: float, more: float
) -> None:
    assert industry.electricity_saved(output, before, before + more) < 0.0
    assert industry.emission_cut(before, before + more) < 0.0


def test_benchmarks_stand_in_the_known_order() -> None:
    """Scrap steel below blast-furnace steel below aluminium below nickel pig iron."""
    table = reference.load("industry_defaults")
    order = ("crude_steel_electric", "crude_steel_blast_furnace", "aluminium", "nickel_pig_iron")
    found = [table.get("baseline_emission_intensity", product=name).value for name in order]
    assert found == sorted(found)


def test_an_unnamed_fuel_comes_after_the_table_of_fuels() -> None:
    fallback = reference.load("industry_fuel_fallback")
    assert fallback.rank > reference.load("fuel_properties").rank
    row = fallback.get("fuel_carbon_dioxide_factor", family="industry")
    assert row.low <= 0.0561 <= row.value <= 0.101  # natural gas and lignite lie inside

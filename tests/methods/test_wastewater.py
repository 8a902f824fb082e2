"""Wastewater: loads, gases with and without the plant, people."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greensilk import reference
from greensilk.methods import reductions, wastewater

VOLUME = st.floats(1e4, 1e9)
CONCENTRATION = st.floats(1e-5, 2e-3)


def test_a_big_plant_by_hand() -> None:
    """500 000 m3/d from 450 to 45 mg/L of COD: 500 000 x 365 x 0.405 kg = 73 912.5 t a year."""
    volume = wastewater.wastewater_volume_of_capacity(500000.0, 365.0, 1.0)
    assert volume == 182.5e6
    assert wastewater.cod_removed(volume, 0.00045, 0.000045) == pytest.approx(73912.5)
    assert wastewater.cod_removal_share(0.00045, 0.000045) == pytest.approx(0.9)


def test_methane_of_a_lagoon_with_the_guidelines_defaults() -> None:
    """Deep lagoon, B0 0.6 kg/kg BOD, MCF 0.8: 0.48 t of methane per tonne of BOD."""
    assert wastewater.wastewater_methane_baseline(1000.0, 0.6, 0.8) == pytest.approx(480)


def test_capacity_by_bod_and_by_cod_are_one() -> None:
    """B0 is 0.6 per BOD and 0.25 per COD: the ratio 2.4 of the Guidelines ties them."""
    table = reference.load("wastewater_defaults")
    per_bod = table.get("methane_capacity").value
    assert per_bod / table.get("cod_bod_ratio").value == pytest.approx(0.25)


def test_nitrous_oxide_of_nitrogen() -> None:
    """1 000 t of nitrogen, 0.016 of it as N2O-N, are 16 x 44/28 = 25.14 t of N2O."""
    found = wastewater.wastewater_nitrous_oxide_project(1e9, 1e-6, 0.0, 0.016, 0.005)
    assert found == pytest.approx(25.142857)


def test_population_equivalent_is_sixty_grams_a_day() -> None:
    """91/271/EEC: one population equivalent is 60 g of BOD5 a day."""
    load = 60e-6 * 365.25 * 100000
    assert wastewater.population_equivalent(load, 60e-6 * 365.25) == pytest.approx(100000)


def project_terms(**change: float) -> dict[str, Any]:
    terms = {
        "wastewater_methane_project": 150.0,
        "gwp_methane": 27.0,
        "wastewater_nitrous_oxide_project": 80.0,
        "gwp_nitrous_oxide": 273.0,
        "electricity_use": 30000.0,
        "consumption_emission_factor": 0.5,
        "sludge_emissions": 8000.0,
    }
    return terms | change


def test_a_plant_on_a_river_adds_and_one_after_lagoons_saves() -> None:
    """The sign of the net change depends on where the sewage went before, and is not hidden."""
    project = wastewater.project_emissions(**project_terms())
    river = wastewater.wastewater_methane_baseline(18000.0, 0.6, 0.035)
    lagoon = wastewater.wastewater_methane_baseline(18000.0, 0.6, 0.8)
    for methane, saves in ((river, False), (lagoon, True)):
        baseline = wastewater.baseline_emissions(methane, 27.0, 23.0, 273.0)
        net = reductions.emission_reductions(baseline, project, 0.0)
        assert (net > 0) is saves


def test_electricity_counts_at_the_grid_factor() -> None:
    clean = wastewater.project_emissions(**project_terms(consumption_emission_factor=0.0))
    dirty = wastewater.project_emissions(**project_terms(consumption_emission_factor=1.0))
    assert dirty - clean == pytest.approx(30000.0)


@given(VOLUME, CONCENTRATION, st.floats(0.0, 1.0))
def test_removed_and_discharged_make_the_load(volume: float, influent: float, left: float) -> None:
    effluent = influent * left
    removed = wastewater.bod_removed(volume, influent, effluent)
    assert removed + volume * effluent == pytest.approx(wastewater.bod_load(volume, influent))


@given(VOLUME, CONCENTRATION, st.floats(0.01, 0.99), st.floats(0.3, 2.0), st.floats(0.3, 2.0))
def test_sludge_never_holds_more_than_was_removed(
    volume: float, influent: float, left: float, yielded: float, load: float
) -> None:
    removed = wastewater.bod_removed(volume, influent, influent * left)
    sludge = wastewater.sludge_mass(removed, yielded)
    taken = wastewater.sludge_bod(sludge, load, removed)
    assert 0.0 <= taken <= removed
    methane = wastewater.wastewater_methane_project(
        volume, wastewater.bod_load(volume, influent), taken, influent * left, 0.6, 0.03, 0.11, 0.0
    )
    assert methane > 0.0


@given(st.floats(1e3, 1e7), st.floats(20.0, 120.0))
def test_people_and_volume_are_inverse(people: float, each: float) -> None:
    volume = wastewater.wastewater_volume_of_people(people, each)
    assert wastewater.people_of_volume(volume, each) == pytest.approx(people)


def test_effluent_defaults_comply_with_their_standard() -> None:
    """The upper bound of every row under a standard is that standard's limit."""
    table = reference.load("wastewater_defaults")
    limits = {"cod": 50.0, "bod": 10.0, "nitrogen": 15.0, "phosphorus": 0.5}  # GB 18918 class 1A
    for name, limit in limits.items():
        row = table.get(f"effluent_{name}", effluent_standard="gb18918_1a")
        assert row.unit == "mg/L"
        assert row.value < row.high == limit


def test_methane_correction_orders_the_processes() -> None:
    table = reference.load("wastewater_defaults")
    found = [
        table.get("methane_correction_treatment", treatment=name).value
        for name in ("aerobic", "shallow_lagoon", "septic", "anaerobic_reactor")
    ]
    assert found == sorted(found)

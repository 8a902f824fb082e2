"""Equivalents, coal, pollutants and water: against stated figures and their conventions."""

from __future__ import annotations

import pytest

from greensilk import reference
from greensilk.core.units import factor
from greensilk.methods import co_benefits


def fleet(parameter: str, year: str, unit: str) -> float:
    row = reference.load("china_thermal_fleet").get(parameter, fleet_year=year)
    return row.value * factor(row.unit, unit)


def test_a_statement_that_used_the_fleet_of_2020() -> None:
    """660 GWh a year, stated: 202 kt coal, 106.1 t SO2, 118.7 t NOx, 21.2 t dust.

    All four figures point to one generation, 663 GWh, which rounds to the stated 660.
    """
    implied = [
        202_000.0 / fleet("supply_coal_rate", "2020", "tce/MWh"),
        106_100.0 / fleet("thermal_so2_factor", "2020", "kg/MWh"),
        118_700.0 / fleet("thermal_nox_factor", "2020", "kg/MWh"),
        21_200.0 / fleet("thermal_pm_factor", "2020", "kg/MWh"),
        552_000.0 / fleet("thermal_co2_factor", "2020", "tCO2e/MWh"),
    ]
    assert implied == pytest.approx([663_000.0] * 5, rel=0.002)
    for generation in implied:
        assert co_benefits.sulphur_dioxide_avoided(
            generation, fleet("thermal_so2_factor", "2020", "kg/MWh"), 0.0
        ) == pytest.approx(106_100.0, rel=0.003)


def test_the_fleet_became_better_every_decade() -> None:
    years = ("1980", "1990", "2000", "2010", "2020")
    rates = [fleet("supply_coal_rate", year, "tce/MWh") for year in years]
    assert rates == sorted(rates, reverse=True)


def test_a_plant_with_a_stack_avoids_less() -> None:
    clean = co_benefits.nitrogen_oxides_avoided(1000.0, 0.179, 0.0)
    assert co_benefits.nitrogen_oxides_avoided(1000.0, 0.179, 1.17) < 0 < clean
    assert co_benefits.particulates_avoided(1000.0, 0.032, 0.032) == 0.0


def test_water_of_cooling_towers_in_cubic_metres() -> None:
    table = reference.load("plant_air_water")
    row = table.get("thermal_water_factor")
    thermal = row.value * factor(row.unit, "m**3/MWh")
    assert thermal == pytest.approx(2.60, abs=0.01)
    assert co_benefits.water_saved(1000.0, thermal, 0.0) == pytest.approx(2600, rel=0.01)
    assert co_benefits.standard_coal_saved(1000.0, 0.3) == 300.0


def test_people_served_by_a_large_plant_in_pakistan() -> None:
    """The project says about five million people; the country's use per person gives 5.3."""
    row = reference.load("electricity_use").get("electricity_use_per_person", country="PAK")
    use = row.value * factor(row.unit, "MWh/yr/person")
    assert co_benefits.people_served(3_200_000.0, use) == pytest.approx(5.28e6, rel=0.01)
    assert row.year == "2022"


def test_household_use_is_built_from_its_parts() -> None:
    use = co_benefits.electricity_use_per_household(0.6, 0.27, 4.0)
    assert use == pytest.approx(0.648)
    assert co_benefits.households_served(648.0, use) == pytest.approx(1000.0)


def test_tree_figures_of_all_authors_lie_in_the_range_of_the_middle_one() -> None:
    middle = reference.load("equivalents").get("tree_uptake")
    for row in reference.load("tree_conventions").rows:
        assert row.unit == middle.unit
        assert middle.low <= row.value <= middle.high, row.keys
    assert co_benefits.tree_equivalent(1.2, 0.012) == pytest.approx(100.0)
    assert co_benefits.car_equivalent(46.0, 4.6) == pytest.approx(10.0)

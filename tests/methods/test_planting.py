"""Planting: carbon by area and by number, saturation, densities."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greensilk import reference
from greensilk.methods import planting
from greensilk.reference import economies

POSITIVE = st.floats(1e-2, 1e5)


def test_a_hectare_of_forest_by_hand() -> None:
    """5 t of growth, roots 0.3, carbon 0.47: 3.055 tC or 11.2 t of CO2 a hectare and year."""
    carbon = planting.carbon_uptake_of_area(1.0, 1.0, 5.0, 0.3, 0.47)
    assert carbon == pytest.approx(3.055)
    assert planting.carbon_dioxide_removed(carbon, 44.0 / 12.0) == pytest.approx(11.2017, abs=1e-4)


def test_the_railway_that_planted_more_shrubs_than_trees() -> None:
    """307 ha, 8.63 million shrubs, 55 000 trees: 2.8 shrubs a square metre, a thin forest."""
    assert planting.shrubs_per_hectare(8.63e6, 307.0) / 10000 == pytest.approx(2.81, abs=0.01)
    assert planting.trees_per_hectare(55000.0, 307.0) < 1000
    area = planting.carbon_uptake_of_area(307.0, 0.8, 1.2, 0.5, 0.47)
    trees = planting.carbon_uptake_of_trees(55000.0, 0.8, 0.01)
    whole = planting.carbon_uptake(area, trees)
    removed = planting.carbon_dioxide_removed(whole, 44.0 / 12.0)
    # a few thousand tonnes a year, as much as young forest on the same ground at most
    forest = planting.carbon_uptake_of_area(307.0, 0.8, 5.0, 0.28, 0.47) * 44 / 12
    assert 1000 < removed < forest


def test_shrubs_by_number_stay_below_what_their_ground_can_hold() -> None:
    """2.8 shrubs a square metre by number give at most young forest's uptake of that area."""
    rate = reference.load("planting_defaults").get("carbon_per_shrub").value
    by_number = planting.carbon_uptake_of_shrubs(8.63e6, 0.8, rate)
    by_area = planting.carbon_uptake_of_area(307.0, 0.8, 5.0, 0.28, 0.47)
    assert by_number < by_area


@given(POSITIVE, st.floats(1.0, 100.0), st.floats(1.0, 100.0))
def test_growth_ends_when_the_stock_is_full(rate: float, lifetime: float, growth: float) -> None:
    total = planting.lifetime_emission_reductions(rate, lifetime, growth)
    assert total == pytest.approx(rate * min(lifetime, growth))
    assert total <= rate * lifetime * (1 + 1e-12)


@given(POSITIVE, st.floats(0.0, 1.0), POSITIVE)
def test_dead_trees_bind_nothing(count: float, survival: float, rate: float) -> None:
    alive = planting.surviving_trees(count, survival)
    assert planting.carbon_uptake_of_trees(count, survival, rate) == pytest.approx(alive * rate)
    assert alive <= count


def test_number_formulas_agree_where_they_overlap() -> None:
    # where only one is known, it is the uptake as it is
    assert planting.carbon_uptake_by_number(80.0, 0.0) == 80.0
    assert planting.carbon_uptake_by_number(0.0, 16.0) == 16.0
    assert planting.carbon_uptake(244.4, 0.0) == 244.4


def test_what_stood_there_before_is_taken_off() -> None:
    assert planting.emission_reductions(843.3, 100.0, 20.0, 3.3) == pytest.approx(720.0)


def test_rainforest_growth_is_what_the_published_study_gives() -> None:
    """Young secondary rainforest: 3.4 (Asia) to 7.6 (Africa) t a hectare and year."""
    table = reference.load("planting_defaults")
    for region, published in (("asia", 3.4), ("africa", 7.6)):
        row = table.get(
            "biomass_growth",
            technology="afforestation",
            climate_domain="tropical_wet",
            growth_region=region,
        )
        assert row.value == published
        assert row.verified


def test_every_climate_has_a_growth_rate_and_wet_grows_faster_than_arid() -> None:
    table = reference.load("planting_defaults")
    domains = ("tropical_wet", "tropical_moist", "tropical_dry", "arid")
    for technology in ("afforestation", "greening"):
        rates = [
            table.get("biomass_growth", technology=technology, climate_domain=domain).value
            for domain in domains
        ]
        assert rates == sorted(rates, reverse=True)


def test_countries_name_only_climates_that_have_figures() -> None:
    """The register of countries and the tables keyed by its classes must use the same words."""
    register = economies.country_attributes().values()
    assert len(register) > 200
    decay = {row.keys[0] for row in reference.load("landfill_decay").rows}
    planted = reference.load("planting_defaults")
    domains = {row.keys[1] for row in planted.rows}
    regions = {row.keys[2] for row in planted.rows} | {"europe", "oceania"}
    for row in register:
        assert row.climate_zone in decay, row
        assert row.climate_domain in domains, row
        assert row.growth_region in regions, row

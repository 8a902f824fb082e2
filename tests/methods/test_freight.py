"""Freight: worked values, properties, and the faults seen in other calculators."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greensilk import reference
from greensilk.methods import freight, freight_baseline

TABLE = reference.load("freight_intensity")
shares = st.floats(0.0, 1.0)
intensities = st.floats(1.0, 500.0)
masses = st.floats(1.0, 1e8)
distances = st.floats(1.0, 2e4)


def _kenya(electrified: float) -> float:
    """Return the intensity of a Kenyan railway at a share of electric traction."""
    electric = freight.electric_intensity(0.035, 372.0, 0.2, 0.08)
    fuel = freight.fuel_burnt_intensity(28.0, electrified)
    return float(freight.project_intensity_mixed(fuel, electric, electrified))


def test_diesel_rail_is_three_quarters_below_asian_and_african_road():
    """The rail and road defaults of one edition give the 75 % of the line's own claim."""
    rail = TABLE.get("fuel_intensity", technology="rail_freight", country="KEN").value
    road = TABLE.get("road_intensity", country="KEN").value
    assert freight_baseline.percent_below_road(rail, road) == pytest.approx(0.75, abs=0.005)
    assert freight_baseline.intensity_ratio_to_road(rail, road) == pytest.approx(
        1.0 - freight_baseline.percent_below_road(rail, road)
    )


def test_the_india_rows_are_the_published_sums():
    """GLEC v3.2, Table 13: tractor-trailer 12.8 + 42.3, 30-50 t 15.4 + 50.9 g/tkm."""
    classes = reference.load("freight_vehicle_class")
    trailer = classes.get(
        "fuel_intensity", technology="road_freight", vehicle_class="tractor_trailer"
    )
    assert trailer.value == pytest.approx(12.8 + 42.3)
    assert TABLE.get("road_intensity", country="IND").value == pytest.approx(15.4 + 50.9)
    assert TABLE.get("well_to_tank_share", technology="road_freight").value == pytest.approx(
        12.8 / (12.8 + 42.3), abs=0.001
    )


def test_container_lane_by_weight():
    """Asia to North Europe, 46.9 g/TEU-km, is about 4.7 g/tkm at 10 t a container."""
    lane = TABLE.get("container_ship_intensity", lane="asia_north_europe").value
    load = TABLE.get("container_load").value
    assert freight.sea_intensity(lane, load) == pytest.approx(4.69)


def test_glec_v2_asia_is_europe_with_its_surcharge():
    europe = TABLE.get("road_intensity", country="DEU").value
    elsewhere = TABLE.get("road_intensity", country="KEN").value
    assert elsewhere == pytest.approx(1.22 * europe, abs=0.1)


def test_an_electric_part_never_sets_the_fuel_part_to_nothing():
    """A peer returns zero for all fuel as soon as one vehicle is electric."""
    almost_all_diesel = _kenya(0.01)
    assert almost_all_diesel == pytest.approx(28.0, rel=0.02)
    fuel = freight.measured_fuel_emissions(1_000.0, 43.0, 0.08, 0.2)
    electricity = freight.measured_electricity_emissions(1.0, 0.5, 0.05, 0.1)
    both = freight.project_intensity_measured(fuel * 1e6, electricity * 1e6, 1.0, 1e8)
    alone = freight.project_intensity_measured_diesel(fuel * 1e6, 1.0, 1e8)
    assert both > alone > 0.0


def test_every_leg_of_a_corridor_counts():
    """A peer stops after the first truck; legs with equal intensity must add up to the whole."""
    legs = [471.0, 120.0, 900.0]
    work = [freight.transport_work(1e6, leg) for leg in legs]
    parts = sum(freight.line_haul_emissions(one, 28e-6) for one in work)
    assert parts == pytest.approx(freight.line_haul_emissions(sum(work), 28e-6))
    assert parts > freight.line_haul_emissions(work[0], 28e-6)


def test_the_figures_of_2011_are_not_passed_off_as_glec():
    """62, 22, 8, 31 and 602 g/tkm are those of Cefic and ECTA and drive no estimate."""
    others = reference.load("freight_intensity_alternatives")
    assert not others.engine
    rows = [row for row in others.rows if row.keys[0] == "cefic_ecta_2011"]
    assert {row.value for row in rows} >= {62.0, 22.0, 8.0, 31.0, 602.0}
    for row in rows:
        assert row.source.year == 2011
        assert "Cefic" in row.source.producer.en
        assert not row.verified
    used = {(row.parameter, row.value) for row in TABLE.rows if row.source.id.startswith("glec")}
    assert not used & {("road_intensity", 62.0), ("fuel_intensity", 22.0), ("air_intensity", 602.0)}


def test_returns_share_the_round_trip():
    """FR of AM0090: empty returns leave all of it to the goods carried out."""
    assert freight.return_ratio(500.0, 100.0, 0.0, 100.0) == 1.0
    assert freight.return_ratio(500.0, 100.0, 500.0, 100.0) == pytest.approx(0.5)
    assert freight.return_ratio(500.0, 100.0, 500.0, 50.0) == pytest.approx(2 / 3)


def test_by_rail_between_continents_sea_is_cheaper_and_air_dearer():
    mass, rail = 1e6, 10_500.0
    sea_way = freight_baseline.sea_distance(rail, 1.9)
    by_rail = freight.line_haul_emissions(freight.transport_work(mass, rail), 14e-6)
    by_sea = freight_baseline.emissions_if_by_sea(mass, sea_way, 4.69e-6)
    by_air = freight_baseline.emissions_if_by_air(
        mass, freight_baseline.air_distance(7_700.0, 95.0), 788e-6
    )
    by_road = freight_baseline.emissions_if_by_road(mass, rail, 112e-6)
    assert by_sea < by_rail < by_road < by_air


def test_a_hydropower_grid_gives_next_to_nothing_and_losses_add():
    assert freight.electric_intensity(0.035, 0.0, 0.2, 0.08) == 0.0
    assert freight.electric_intensity(0.035, 500.0, 0.2, 0.0) == pytest.approx(0.035 * 500.0 * 1.25)


@given(electrified=shares)
def test_mixed_traction_lies_between_its_parts(electrified: float):
    assert min(_kenya(0.0), _kenya(1.0)) - 1e-9 <= _kenya(electrified)
    assert _kenya(electrified) <= max(_kenya(0.0), _kenya(1.0)) + 1e-9


@given(fuel=intensities, electric=intensities, electrified=shares, supply=st.floats(0.0, 0.5))
def test_well_to_tank_and_tank_to_wheel_make_the_whole(fuel, electric, electrified, supply):
    burnt = freight.fuel_burnt_intensity(fuel, electrified)
    whole = freight.project_intensity_mixed(burnt, electric, electrified)
    exhaust = freight.tank_to_wheel_intensity(burnt, supply)
    before = freight.well_to_tank_intensity(whole, exhaust)
    assert exhaust + before == pytest.approx(whole)
    assert exhaust >= 0.0
    assert before >= -1e-9


@given(mass=masses, out=distances, back=distances, returned=st.floats(0.0, 1e8))
def test_the_return_ratio_is_a_share_and_falls_with_goods_carried_back(mass, out, back, returned):
    ratio = freight.return_ratio(mass, out, returned, back)
    assert 0.0 < ratio <= 1.0
    assert freight.return_ratio(mass, out, returned * 2.0, back) <= ratio


@given(mass=masses, distance=distances, factor=st.floats(1.0, 10.0))
def test_emissions_grow_in_proportion_to_mass_and_distance(mass, distance, factor):
    once = freight.baseline_emissions(mass, distance, 1e-4)
    assert freight.baseline_emissions(mass * factor, distance, 1e-4) == pytest.approx(once * factor)
    assert freight.baseline_emissions(mass, distance * factor, 1e-4) == pytest.approx(once * factor)


def test_one_seventh_of_road_is_within_the_range_of_electric_rail_in_china():
    """Heavy electric trains on the Chinese grid against the whole range of Asian roads."""
    road = TABLE.get("road_intensity", country="CHN")
    rail = freight.electric_intensity(0.022, 485.4, 0.055, 0.08)
    assert rail / road.high < 1.0 / 7.0 < rail / road.low

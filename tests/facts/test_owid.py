"""Our World in Data as a carrier, against its tables."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("cait_co2.total_excluding_lucf", "PAK", 2018, 208.37),
        ("trees.number_of_trees", "KEN", 2014, 3048628736.0),
        ("pm25.pm25_exposure", "NPL", 2016, 98.05471039),
        ("fossil.oil_production_twh", "KAZ", 2019, 1058840.0),
        ("disasters.deaths_flood", "PAK", 2010, 2113.0),
        ("jambeck.share_of_plastics_in_waste_stream", "PHL", 2010, 15.0),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("owid").facts[series, economy, year].value == pytest.approx(value, rel=1e-14)


def test_words_become_grades(read) -> None:
    assert read("owid").facts["forest_phase.forest_transition_phase", "KHM", 2013].value == 2


def test_figures_of_another_year_stand_at_their_own(read) -> None:
    facts = read("owid").facts
    waste = facts["jambeck.total_mismanaged_plastic_waste_in_2025", "PHL", 2025]
    assert (waste.value, waste.flag) == (5088394.0, "projection")
    assert facts["habitat.bau_habitat_loss_all", "KEN", 2050].flag == "projection"
    assert facts["habitat.bird_species_number", "KEN", 2010].value == 1130


def test_the_second_entry_of_india_does_not_mix_in(read) -> None:
    reading = read("owid")
    assert "India (second entry)" in reading.groups
    assert reading.facts["fossil.coal_production_twh", "IND", 1950].value == pytest.approx(208845)


def test_groups_and_dissolved_states_are_set_apart(read) -> None:
    assert {"World", "USSR", "Czechoslovakia", "European Union (27)"} <= read("owid").groups

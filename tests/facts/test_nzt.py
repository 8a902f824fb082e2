"""Net Zero Tracker against its snapshot."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("neutrality_year", "LAO", 2022, 2050.0),
        ("target_status", "KEN", 2022, 3.0),
        ("interim_reduction", "PAK", 2022, 50.0),
        ("neutrality_target", "KEN", 2022, 0.0),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("nzt").facts[series, economy, year].value == value


def test_a_target_that_is_not_neutrality_has_no_neutrality_year(read) -> None:
    facts = read("nzt").facts
    assert facts["target_year", "KEN", 2022].value == 2030
    assert ("neutrality_year", "KEN", 2022) not in facts


def test_not_specified_is_left_out(read) -> None:
    assert ("offsets", "PAK", 2022) not in read("nzt").facts


def test_companies_and_cities_do_not_count(read) -> None:
    economies = [
        economy for series, economy, _ in read("nzt").facts if series == "neutrality_target"
    ]
    assert len(economies) == len(set(economies)) == 197

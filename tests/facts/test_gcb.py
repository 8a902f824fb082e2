"""Global Carbon Project against its flat file."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("gas", "PAK", 2019, 74.976432),
        ("oil", "ETH", 2015, 8.698336),
        ("per_capita", "VNM", 1990, 0.318305),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("gcb").facts[series, economy, year].value == value


def test_kosovo_is_an_economy_and_sums_are_not(read) -> None:
    reading = read("gcb")
    assert ("total", "XKX", 2021) in reading.facts
    assert {"World", "International transport"} <= reading.groups


def test_a_territory_that_shares_a_code_does_not_mix_in(read) -> None:
    reading = read("gcb")
    assert "St. Kitts-Nevis-Anguilla" in reading.groups
    assert reading.facts["total", "KNA", 2021].flag == ""


def test_nothing_recorded_yet_is_marked(read) -> None:
    assert read("gcb").facts["total", "KEN", 1800].flag == "zero_filled"

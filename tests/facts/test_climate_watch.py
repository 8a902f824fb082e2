"""Climate Watch against both of its tables."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("ghg_total", "PAK", 2019, 432.5),
        ("ghg_total", "LAO", 2010, 12.38),
        ("co2_electricity_heat", "VNM", 1990, 4.9),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("climate_watch").facts[series, economy, year].value == pytest.approx(
        value, rel=1e-14
    )


def test_two_letter_codes_become_economies(read) -> None:
    assert {economy for _, economy, _ in read("climate_watch").facts} >= {"KEN", "ETH", "TUV"}

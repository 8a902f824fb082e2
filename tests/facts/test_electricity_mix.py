"""Electricity mix against the file of codecarbon."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("solar_twh", "VNM", 2023, 25460.0),
        ("carbon_intensity", "VNM", 2023, 475.449),
        ("total_twh", "KEN", 2023, 12200.0),
        ("generation_per_capita", "PAK", 2023, 669.687),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("electricity_mix").facts[series, economy, year].value == pytest.approx(
        value, rel=1e-14
    )


def test_every_economy_stands_at_its_own_year(read) -> None:
    facts = read("electricity_mix").facts
    assert ("carbon_intensity", "AFG", 2022) in facts
    assert ("carbon_intensity", "AFG", 2023) not in facts

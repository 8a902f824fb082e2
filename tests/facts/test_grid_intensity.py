"""Carbon intensity of electricity from three publishers."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("ember", "KEN", 2024, 84.83),
        ("electricity_maps", "PAK", 2025, 268.0),
        ("ifi_firm", "COG", 2021, 405.0),
        ("ifi_operating_margin", "AFG", 2021, 414.0),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("grid_intensity").facts[series, economy, year].value == value


def test_only_whole_countries(read) -> None:
    reading = read("grid_intensity")
    assert ("electricity_maps", "AUS", 2024) in reading.facts
    assert not any("-" in name for name in reading.groups)


def test_regions_and_parts_are_set_apart(read) -> None:
    assert {"Africa", "Azores", "European Union (27)"} <= read("grid_intensity").groups

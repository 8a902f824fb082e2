"""Global Power Plant Database against its country summary."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("capacity_hydro", "PAK", 2021, 7989.6),
        ("capacity_wind", "ETH", 2021, 204.0),
        ("plants", "LAO", 2021, 20.0),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("gppd").facts[series, economy, year].value == pytest.approx(value, rel=1e-14)


def test_kosovo_under_its_own_code_of_the_database(read) -> None:
    assert ("plants", "XKX", 2021) in read("gppd").facts

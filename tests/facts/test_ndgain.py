"""ND-GAIN Country Index against its tables."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("gain.gain", "PAK", 1995, 39.217424240975),
        ("vulnerability.water", "KEN", 2020, 0.51422500774904),
        ("readiness.economic", "KEN", 2010, 0.258597123560452),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("ndgain").facts[series, economy, year].value == value


def test_years_stand_in_columns(read) -> None:
    years = {year for series, _, year in read("ndgain").facts if series == "gain.gain"}
    assert years == set(range(1995, 2021))

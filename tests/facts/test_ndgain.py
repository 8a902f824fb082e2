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


def test_a_model_result_is_one_figure(read) -> None:
    # the file writes 86.59072827 for Kenya in every column from 1995 to 2015
    found = {
        year: figure
        for (series, economy, year), figure in read("ndgain").facts.items()
        if (series, economy) == ("id_habi_01", "KEN")
    }
    assert found == {2015: (86.59072827, "1", "modelled")}

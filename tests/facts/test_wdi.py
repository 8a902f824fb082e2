"""GDP and population against the tables."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("gdp", "KEN", 2020, 100657505750.545),
        ("population", "PAK", 2020, 235001746.0),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("wdi").facts[series, economy, year].value == value


def test_groups_are_set_apart(read) -> None:
    reading = read("wdi")
    assert {"World", "Sub-Saharan Africa", "Channel Islands"} <= reading.groups
    assert len({economy for _, economy, _ in reading.facts}) == 216


def test_a_figure_a_million_times_too_small_is_reported(read) -> None:
    # the table gives Georgia 11 502 dollars in 1987 and 7.5 thousand million in 1990
    from greensilk.facts.catalogue import indicator

    least = indicator("wdi.gdp").minimum
    assert least is not None
    low = {
        (economy, year)
        for (series, economy, year), figure in read("wdi").facts.items()
        if series == "gdp" and figure.value < least
    }
    assert low == {("GEO", 1987), ("GEO", 1988), ("GEO", 1989)}

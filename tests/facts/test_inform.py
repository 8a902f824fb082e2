"""INFORM Risk Index against the workbook."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("hazard", "PAK", 2025, 8.4),
        ("coping", "KEN", 2025, 5.7),
        ("is.rod.totl.km", "KEN", 2014, 60000.0),
        ("phis", "PAK", 2019, 10.84000015258789),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("inform").facts[series, economy, year].value == value


def test_a_cross_is_no_figure(read) -> None:
    # "x" stands where a component could not be computed: disaster risk reduction in 64 countries
    facts = read("inform").facts
    assert facts["risk", "ATG", 2025].value == 2.0
    assert sum(series == "coping_risk_reduction" for series, _, _ in facts) == 127


def test_every_figure_has_the_year_of_its_own_cell(read) -> None:
    # the sheet of dates says 2022 for physicians in Kenya and 2019 in Pakistan
    facts = read("inform").facts
    assert ("phis", "KEN", 2022) in facts
    assert ("phis", "PAK", 2022) not in facts

"""Logistics Performance Index against the workbook."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("overall", "KEN", 2016, 3.331295),
        ("customs", "KEN", 2014, 1.957639),
        ("timeliness", "KEN", 2007, 2.91667),
        ("shipments", "VNM", 2007, 3.0),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("lpi").facts[series, economy, year].value == value


def test_the_newest_edition_names_economies_only(read) -> None:
    facts = read("lpi").facts
    # the workbook lost the letters of this name
    assert facts["overall", "TUR", 2023].value == 3.4
    assert ("overall", "KEN", 2023) not in facts


def test_a_dissolved_state_is_set_apart(read) -> None:
    assert "Serbia and Montenegro (former)" in read("lpi").groups

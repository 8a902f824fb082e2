"""NDC Explorer against its classes."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("costs_of_ccm", "KEN", 2022, 1.0),
        ("conditionality_of_mitigation_finance", "VNM", 2022, 1.0),
        ("priority_sectors_water", "KEN", 2022, 2.0),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("ndc_explorer").facts[series, economy, year].value == value


def test_what_is_not_analysed_is_left_out(read) -> None:
    # Pakistan: class 0, "not submitted or not yet included in analysis".
    assert ("priority_sectors_water", "PAK", 2022) not in read("ndc_explorer").facts

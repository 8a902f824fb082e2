"""What the first contributions hold (CAIT)."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("a_water", "KEN", 2018, 1.0),
        ("m_waste", "LAO", 2018, 0.0),
        ("ghg_target", "PAK", 2018, 1.0),
        ("ghg_target", "LAO", 2018, 0.0),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("ndc_content").facts[series, economy, year].value == value


def test_renewable_energy_among_several_targets_counts(read) -> None:
    assert read("ndc_content").facts["renewable_target", "LAO", 2018].value == 1

"""The registry of contributions."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("submissions", "VNM", 2020, 2.0),
        ("submissions", "ETH", 2025, 3.0),
        ("latest_submission", "PAK", 2026, 2025.0),
        ("third_round", "LAO", 2026, 0.0),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("ndc_registry").facts[series, economy, year].value == value


def test_translations_and_letters_do_not_count(read) -> None:
    # China: two submissions and a third in 2025; a translation and three addenda besides.
    assert read("ndc_registry").facts["submissions", "CHN", 2025].value == 3

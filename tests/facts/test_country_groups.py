"""Lists of country groups."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("ldc", "LAO", 1971, 1.0),
        ("ldc", "KEN", 2024, 0.0),
        ("lldc", "LAO", 2024, 1.0),
        ("imo", "KHM", 1961, 1.0),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("country_groups").facts[series, economy, year].value == value


def test_the_length_of_the_lists(read) -> None:
    facts = read("country_groups").facts
    members = {
        name: sum(v.value for (s, _, y), v in facts.items() if (s, y) == (name, 2024))
        for name in ("ldc", "lldc", "sids", "g77")
    }
    assert members == {"ldc": 45, "lldc": 32, "sids": 37, "g77": 134}

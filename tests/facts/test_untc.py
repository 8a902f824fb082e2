"""Paris Agreement and Kigali Amendment against the registers."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("paris_party", "KEN", 2017, 1.0),
        ("paris_party", "IRN", 2023, 0.0),
        ("kigali_party", "TUR", 2021, 1.0),
        ("paris_share", "PAK", 1994, 0.43),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("untc").facts[series, economy, year].value == value


def test_whoever_has_not_ratified_is_no_party(read) -> None:
    facts = read("untc").facts
    assert facts["kigali_party", "PAK", 2023].value == 0
    assert sum(v.value for (s, _, y), v in facts.items() if (s, y) == ("paris_party", 2023)) == 194


def test_the_union_is_set_apart(read) -> None:
    assert "European Union" in read("untc").groups

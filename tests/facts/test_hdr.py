"""Human Development Report against its table."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("hdi", "ETH", 2022, 0.492),
        ("mmr", "PAK", 2020, 154.1639358),
        ("gnipc", "LAO", 2022, 7744.837346),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("hdr").facts[series, economy, year].value == value


def test_a_year_without_a_figure_stays_empty(read) -> None:
    facts = read("hdr").facts
    assert ("hdi", "ETH", 1990) not in facts
    assert facts["hdi", "KEN", 1990].value == 0.48


def test_the_reports_own_groups_are_set_apart(read) -> None:
    assert {"Very high human development", "World"} <= read("hdr").groups


def test_names_in_latin_1_do_not_matter_to_the_codes(read) -> None:
    facts = read("hdr").facts
    assert ("hdi", "CIV", 2022) in facts
    assert ("hdi", "TUR", 2022) in facts

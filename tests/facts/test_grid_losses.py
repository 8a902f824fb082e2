"""Network losses against the workbook."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("losses", "KEN", 2015, 15.428288023340505),
        ("losses", "LAO", 2010, 28.81505433452902),
        ("losses", "PAK", 2020, 14.548948306860362),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("grid_losses").facts[series, economy, year].value == value


def test_models_and_projections_are_marked(read) -> None:
    facts = read("grid_losses").facts
    assert facts["losses", "KEN", 2015].flag == "modelled"
    assert facts["losses", "KEN", 2020].flag == "projection"
    assert max(year for _, _, year in facts) == 2050


def test_borrowed_figures_are_left_out(read) -> None:
    assert ("losses", "COM", 2015) not in read("grid_losses").facts

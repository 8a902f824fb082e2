"""IGES NDC Database against its targets."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("below_projection", "KEN", 2022, 32.0),
        ("below_projection", "LAO", 2022, 60.0),
        ("base_year", "RUS", 2022, 1990.0),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("iges_ndc").facts[series, economy, year].value == value


def test_a_reduction_has_one_kind_of_base(read) -> None:
    facts = read("iges_ndc").facts
    fixed = {economy for series, economy, _ in facts if series == "below_base_year"}
    projected = {economy for series, economy, _ in facts if series == "below_projection"}
    assert not fixed & projected

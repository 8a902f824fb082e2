"""Figures on climate, energy and policy read by hand: the store must hold them exactly."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from greensilk.facts.catalogue import indicator

pytestmark = pytest.mark.mirror

with (Path(__file__).parent / "spot_truth_climate.csv").open(encoding="utf-8") as handle:
    SPOTS = list(csv.DictReader(handle))


@pytest.mark.parametrize("spot", SPOTS, ids=lambda spot: f"{spot['indicator']}-{spot['economy']}")
def test_spot_truth(read, spot: dict[str, str]) -> None:
    one = indicator(spot["indicator"])
    figure = read(one.dataset).facts[one.series, spot["economy"], int(spot["year"])]
    converted = one.unit != one.from_unit
    expected = float(spot["value"])
    # A converted figure may differ in its last bit; one as published may not.
    assert figure.value == (pytest.approx(expected, rel=1e-14) if converted else expected)
    assert figure.unit == spot["unit"]

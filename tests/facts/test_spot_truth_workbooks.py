"""Figures read by hand from the publishers' files: the store must hold them exactly."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from greensilk.facts.catalogue import indicator

pytestmark = pytest.mark.mirror

with (Path(__file__).parent / "spot_truth_workbooks.csv").open(encoding="utf-8") as handle:
    SPOTS = list(csv.DictReader(handle))


@pytest.mark.parametrize("spot", SPOTS, ids=lambda spot: f"{spot['indicator']}-{spot['economy']}")
def test_spot_truth(read, spot: dict[str, str]) -> None:
    one = indicator(spot["indicator"])
    figure = read(one.dataset).facts[one.series, spot["economy"], int(spot["year"])]
    assert figure.value == float(spot["value"])
    assert figure.unit == spot["unit"]

"""Aqueduct 4.0 country rankings against the table, and the workbook as WRI publishes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from greensilk.facts.publishers import aqueduct


@pytest.mark.mirror
@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("rfr", "LAO", 2023, 4.0),
        ("drr", "KEN", 2023, 3.0),
        ("bws", "EGY", 2023, 4.0),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("aqueduct").facts[series, economy, year].value == value


@pytest.mark.mirror
def test_minus_9999_is_no_figure(read) -> None:
    assert ("drr", "EGY", 2023) not in read("aqueduct").facts


def test_the_publishers_workbook_reads_the_same(tmp_path: Path) -> None:
    rows = [
        ["gid_0", "name_0", "indicator_name", "weight", "score", "cat", "label"],
        ["KEN", "Kenya", "bws", "Ind", 2.2, 2, "Medium-high"],
        ["KEN", "Kenya", "bws", "Tot", 0.4, 0, "Low"],
        ["KEN", "Kenya", "bws", "One", 1.1, 1, "Low-medium"],
        ["KEN", "Kenya", "drr", "Tot", -9999, -9999, "No data"],
        ["KEN", "Kenya", "rfr", "Pop", 4.1, 4, "Extremely high"],
        ["KEN", "Kenya", "sev", "Tot", 1.0, 1, "Low-medium"],
        ["NER", "Niger", "bws", "Tot", 5.0, -1, "Arid and low water use"],
    ]
    book = Workbook()
    sheet = book.active
    sheet.title = "country_baseline"
    for row in rows:
        sheet.append(row)
    path = tmp_path / "rankings.xlsx"
    book.save(path)
    found = aqueduct.parse({"rankings": path}).select("series", "key", "year", "value").rows()
    assert sorted(found) == [
        ("bws", "KEN", 2023, 0.0),
        ("bws", "NER", 2023, -1.0),
        ("rfr", "KEN", 2023, 4.0),
    ]

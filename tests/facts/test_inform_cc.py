"""INFORM Climate Change against the workbook."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("risk_pessimistic", "KEN", 2050, 5.1),
        ("risk_optimistic", "COD", 2022, 7.6),
        ("flood_people_pessimistic", "PAK", 2050, 8716413.0284),
        ("conflict_hazard_change_pessimistic", "KEN", 2050, 1.0),
        ("conflict_hazard_change_optimistic", "KEN", 2050, 0.2),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("inform_cc").facts[series, economy, year].value == value


def test_only_the_baseline_is_no_projection(read) -> None:
    facts = read("inform_cc").facts
    assert {figure.flag for (_, _, year), figure in facts.items() if year == 2022} == {""}
    assert {figure.flag for (_, _, year), figure in facts.items() if year > 2022} == {"projection"}


def test_the_two_congos_are_told_apart(read) -> None:
    facts = read("inform_cc").facts
    assert facts["risk_pessimistic", "COG", 2022].value == 5.2
    assert facts["risk_pessimistic", "COD", 2022].value == 7.6


def test_a_moved_column_stops_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    from greensilk.core.errors import SourceError
    from greensilk.facts.publishers import inform_cc

    heads = [""] * 31
    monkeypatch.setattr(inform_cc, "sheet", lambda path, name: [[]] * 4 + [heads])
    with pytest.raises(SourceError, match="2: '' <> 'INFORM CC Risk Index'"):
        inform_cc.parse({inform_cc.WORKBOOK: Path("book.xlsx")})

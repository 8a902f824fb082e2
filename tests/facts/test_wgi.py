"""Worldwide Governance Indicators against the workbook."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("ge.estimate", "LAO", 2022, -0.5971295833587646),
        ("ge.rank", "LAO", 2022, 30.660377502441406),
        ("ge.error", "LAO", 2022, 0.2594930827617645),
        ("pv.estimate", "KAZ", 1996, -0.3674612045288086),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("wgi").facts[series, economy, year].value == value


def test_two_dots_are_no_figure(read) -> None:
    # American Samoa is in the workbook in 1996, with ".." in every column
    facts = read("wgi").facts
    assert ("cc.estimate", "ASM", 1996) not in facts
    assert ("cc.estimate", "AFG", 1996) in facts


def test_a_dissolved_state_is_set_apart(read) -> None:
    reading = read("wgi")
    assert "Netherlands Antilles (former)" in reading.groups
    assert not any(economy == "ANT" for _, economy, _ in reading.facts)

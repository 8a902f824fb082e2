"""World Bank Sovereign ESG data against the workbook."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("eg.elc.accs.zs", "KEN", 2015, 41.6),
        ("eg.use.comm.fo.zs", "EGY", 2010, 97.21176113497252),
        ("ag.lnd.frls.ha", "KHM", 2015, 132701.0),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("wb_esg").facts[series, economy, year].value == value


def test_blank_cells_are_no_figure(read) -> None:
    assert ("eg.use.comm.fo.zs", "EGY", 2015) not in read("wb_esg").facts


def test_regions_and_income_groups_are_set_apart(read) -> None:
    reading = read("wb_esg")
    assert {"Arab World", "World", "Low income"} <= reading.groups
    assert len({economy for _, economy, _ in reading.facts}) == 193

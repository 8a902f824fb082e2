"""Climate TRACE against its inventory."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("ghg_waste", "KEN", 2021, 9.272940847704),
        ("co2_power", "PAK", 2020, 78.232),
        ("ch4_agriculture", "ETH", 2018, 2684.938112145),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("climate_trace").facts[series, economy, year].value == pytest.approx(
        value, rel=1e-14
    )


def test_the_total_is_the_sum_of_the_sectors(read) -> None:
    facts = read("climate_trace").facts
    sectors = [
        figure.value
        for (series, economy, year), figure in facts.items()
        if series.startswith("ghg_") and series != "ghg_total" and (economy, year) == ("KEN", 2021)
    ]
    assert len(sectors) == 9
    assert facts["ghg_total", "KEN", 2021].value == pytest.approx(sum(sectors))

"""World Bank carbon prices."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("tax_highest", "ZAF", 2021, 9.1509),
        ("ets_price", "KAZ", 2022, 1.0808),
        ("tax_highest", "SGP", 2024, 18.4788),
        ("tax_coverage", "ZAF", 2024, 82.0),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("carbon_price").facts[series, economy, year].value == value


def test_several_rates_give_a_highest_and_a_lowest(read) -> None:
    facts = read("carbon_price").facts
    assert facts["tax_lowest", "ARG", 2019].value < facts["tax_highest", "ARG", 2019].value


def test_in_force_since_and_still(read) -> None:
    facts = read("carbon_price").facts
    assert facts["ets_in_force", "KAZ", 2013].value == facts["ets_in_force", "KAZ", 2024].value == 1
    assert facts["tax_planned", "KEN", 2024].value == 1


def test_an_abolished_system_and_provinces_do_not_count(read) -> None:
    facts = read("carbon_price").facts
    # Australia gave one system up in 2014 and began another in 2023.
    assert ("ets_in_force", "AUS", 2012) not in facts
    assert ("ets_price", "CHN", 2013) not in facts

"""INFORM Risk Index against the workbook."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("hazard", "PAK", 2025, 8.4),
        ("coping", "KEN", 2025, 5.7),
        ("is.rod.totl.km", "KEN", 2014, 60000.0),
        ("phis", "PAK", 2019, 10.84000015258789),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("inform").facts[series, economy, year].value == value


def test_a_cross_is_no_figure(read) -> None:
    # "x" stands where a component could not be computed: disaster risk reduction in 64 countries
    facts = read("inform").facts
    assert facts["risk", "ATG", 2025].value == 2.0
    assert sum(series == "coping_risk_reduction" for series, _, _ in facts) == 127


def test_every_figure_has_the_year_of_its_own_cell(read) -> None:
    # the sheet of dates says 2022 for physicians in Kenya and 2019 in Pakistan
    facts = read("inform").facts
    assert ("phis", "KEN", 2022) in facts
    assert ("phis", "PAK", 2022) not in facts


def test_what_was_filled_in_is_flagged(read) -> None:
    facts = read("inform").facts
    # the workbook gives Eritrea the value of Ethiopia, and says so
    assert facts["sn.itk.defc.zs", "ERI", 2024].flag == "imputed"
    assert facts["sn.itk.defc.zs", "KEN", 2024] == (34.5, "percent", "")


def test_columns_of_one_indicator_are_one_series(read) -> None:
    facts = read("inform").facts
    affected = [
        facts["natural_disasters_affected", "PAK", year].value for year in (2022, 2023, 2024)
    ]
    assert affected == [33016868.0, 120768.0, 580808.0]
    assert facts["oda", "PAK", 2023].value == 3784.639892578125


def test_zeros_of_a_register_of_disasters_are_flagged(read) -> None:
    facts = read("inform").facts
    zeros = [
        figure
        for (series, _, _), figure in facts.items()
        if series == "aff_dr" and not figure.value
    ]
    assert zeros
    assert {figure.flag for figure in zeros} == {"zero_filled"}

"""What a Waste 2.0 against its table."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("composition_plastic", "KEN", 2018, 18.7),
        ("treatment_recycling", "VNM", 2018, 23.0),
        ("policy_national_law", "PAK", 2018, 0.0),
        ("special_waste_e_waste", "PAK", 2018, 301000.0),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("what_a_waste").facts[series, economy, year].value == value


def test_a_question_without_an_answer_is_no_figure(read) -> None:
    # Laos answers "None" on the information system and "Yes" on the national agency
    facts = read("what_a_waste").facts
    assert ("policy_information_system", "LAO", 2018) not in facts
    assert facts["policy_national_agency", "LAO", 2018].value == 1.0


def test_shares_do_not_exceed_the_whole(read) -> None:
    facts = read("what_a_waste").facts
    sums: dict[str, float] = {}
    for (series, economy, _), figure in facts.items():
        if series.startswith("composition_"):
            sums[economy] = sums.get(economy, 0.0) + figure.value
    whole = [total for total in sums.values() if 95 <= total <= 105]
    assert len(whole) >= 0.95 * len(sums)


def test_the_group_of_islands_is_set_apart(read) -> None:
    assert read("what_a_waste").groups == {"Channel Islands"}

"""Treaty memberships: the year most registers name."""

from __future__ import annotations

import pytest

from greensilk.facts.readers.register import standing


@pytest.mark.mirror
@pytest.mark.parametrize(
    ("series", "economy", "year"),
    [
        ("stockholm", "ETH", 2004),
        ("minamata", "IDN", 2017),
        ("cites", "VNM", 1994),
        ("ramsar", "TUR", 1994),
        ("paris", "KEN", 2017),
    ],
)
def test_first_years_read_by_hand(read, series: str, economy: str, year: int) -> None:
    years = [y for s, e, y in read("treaties").facts if (s, e) == (series, economy)]
    assert min(years) == year
    assert read("treaties").facts[series, economy, year].value == 1


@pytest.mark.mirror
def test_registers_that_differ_leave_a_mark(read) -> None:
    facts = read("treaties").facts
    # Viet Nam, CITES: 1989 in one register, 1994 in two.
    assert facts["cites", "VNM", 1994].flag == "provisional"
    assert facts["stockholm", "ETH", 2004].flag == ""


@pytest.mark.mirror
def test_who_stands_in_no_register_is_no_party_provisionally(read) -> None:
    figure = read("treaties").facts["aarhus", "KEN", 2019]
    assert (figure.value, figure.flag) == (0, "provisional")


@pytest.mark.mirror
def test_twenty_three_treaties(read) -> None:
    assert len({series for series, _, _ in read("treaties").facts}) == 23


@pytest.mark.mirror
def test_dissolved_states_are_set_apart(read) -> None:
    assert {"Czechoslovakia", "Yugoslavia", "European Union"} <= read("treaties").groups


def test_a_register_says_since_when_and_that_it_still_holds() -> None:
    rows = standing("party", {"KEN": 2000, "LAO": 2021}, ["KEN", "LAO", "PAK"], 2019).rows()
    assert rows == [
        ("party", "KEN", 2000, 1.0, ""),
        ("party", "KEN", 2019, 1.0, ""),
        ("party", "LAO", 2021, 1.0, ""),
        ("party", "PAK", 2019, 0.0, ""),
    ]

"""What the checks find, and what they leave alone."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from greensilk.facts.catalogue import concepts
from greensilk.facts.checks import check_dataset, check_store, quality_table

from .conftest import made_indicator


def series(
    values: Sequence[float], years: Sequence[int] | None = None, **given: str
) -> pl.DataFrame:
    years = years or range(2000, 2000 + len(values))
    return pl.DataFrame(
        {
            "indicator": given.get("indicator", "a.x"),
            "economy": given.get("economy", "KEN"),
            "year": list(years),
            "value": list(values),
            "unit": "km**2",
            "source": "s",
            "flag": given.get("flag", ""),
        },
        schema_overrides={"year": pl.Int16, "value": pl.Float64},
    )


def found(facts: pl.DataFrame, **limits: float) -> dict[str, int]:
    one = made_indicator("a", "x", **limits)
    table = check_dataset(facts, "a", {"x": one})
    return dict(table.group_by("check").len().iter_rows())


def test_out_of_range() -> None:
    assert found(series([50, 101, -1]), minimum=0.0, maximum=100.0) == {"out_of_range": 2}
    assert found(series([50, 101]), minimum=0.0) == {}


def test_a_jump_and_back() -> None:
    steady = [10.0, 11, 10, 12, 11, 10, 11]
    assert found(series([*steady, 1100, *steady])) == {"jump": 1}
    assert found(series([*steady, *[1100 + x for x in steady]])) == {}  # a step is no jump
    zeros = [0.0, 5, 0, 90_000, 0, 3]
    assert found(series(zeros, flag="zero_filled")) == {}


def test_figures_carried_forward() -> None:
    assert found(series([1, 2, 3, 4, 5, 5, 5, 5, 5])) == {"constant_tail": 1}
    assert found(series([5] * 12)) == {}  # a constant of nature may stay constant


def test_gap_in_the_years() -> None:
    years = [2000, 2001, 2002, 2003, 2004, 2015]
    assert found(series([1, 2, 3, 4, 5, 6], years)) == {"year_gap": 1}
    every_fifth = list(range(1970, 2020, 5))
    assert found(series(list(range(1, 11)), every_fifth)) == {}


@given(st.lists(st.floats(1, 2), min_size=3, max_size=30))
def test_quiet_series_have_no_findings(values: list[float]) -> None:
    """Nothing within a factor of two of itself is ever out of range, a jump or a gap."""
    assert set(found(series(values), minimum=0.0, maximum=3.0)) <= {"constant_tail"}


def store_of(*rows: tuple[str, str, int, float]) -> pl.DataFrame:
    return pl.DataFrame(
        [(i, e, y, v, "km**2", "s", "") for i, e, y, v in rows],
        schema={
            "indicator": pl.String, "economy": pl.String, "year": pl.Int16, "value": pl.Float64,
            "unit": pl.String, "source": pl.String, "flag": pl.String,
        },
        orient="row",
    )  # fmt: skip


def two_publishers() -> dict[str, object]:
    return {code: made_indicator(code[0], "x", concept="forest_area") for code in ("a.x", "b.x")}


def test_publishers_who_disagree() -> None:
    facts = store_of(
        ("a.x", "KEN", 2019, 100), ("b.x", "KEN", 2019, 900),  # an old quarrel, since settled
        ("a.x", "KEN", 2020, 100), ("b.x", "KEN", 2020, 101),
        ("a.x", "LAO", 2020, 100), ("b.x", "LAO", 2020, 200),
    )  # fmt: skip
    table = check_store(facts, two_publishers(), concepts())  # type: ignore[arg-type]
    assert set(table.select("check", "economy").iter_rows()) == {("disagreement", "LAO")}
    assert table.height == 2  # one row a publisher


def test_a_slip_of_a_thousand() -> None:
    rows = [
        row
        for index, code in enumerate(
            ["KEN", "LAO", "PAK", "CHN", "FRA", "DEU", "IND", "IDN", "VNM", "THA", "EGY"]
        )
        for row in (("a.x", code, 2020, 10.0 + index), ("b.x", code, 2020, 1000 * (10.0 + index)))
    ]
    table = check_store(store_of(*rows), two_publishers(), concepts())  # type: ignore[arg-type]
    doubtful = table.filter(pl.col("check") == "unit_doubtful")
    assert set(doubtful["indicator"]) == {"a.x", "b.x"}


def test_nothing_to_compare_with() -> None:
    facts = store_of(("a.x", "KEN", 2020, 1))
    lone = {"a.x": made_indicator("a", "x")}
    assert check_store(facts, lone, concepts()).equals(quality_table())

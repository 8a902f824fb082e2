"""Which indicator stands for its concept: the stated rules, one by one."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from greensilk.facts.assemble import choose_primaries

from .conftest import made_indicator

OPEN, CLOSED = "fra", "emdat-gapminder"
Row = tuple[str, int, int, int, str, int]  # code, facts, economies, last year, source, preference


def chosen(*rows: Row) -> str:
    catalogue = {
        f"{name}.x": made_indicator(name, "x", concept="forest_area", source=source, prefer=prefer)
        for name, _, _, _, source, prefer in rows
    }
    coverage = pl.DataFrame(
        [(f"{name}.x", facts, economies, year) for name, facts, economies, year, _, _ in rows],
        schema=["indicator", "facts", "economies", "last_year"],
        orient="row",
    )
    return choose_primaries(catalogue, coverage)["forest_area"]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (("b", 1500, 150, 2010, CLOSED, -1), ("a", 1500, 150, 2020, OPEN, 0)),  # preference
        (("b", 1500, 150, 2010, OPEN, 0), ("a", 1500, 150, 2020, CLOSED, 0)),  # licence
        (("b", 1500, 150, 2010, OPEN, 0), ("a", 900, 90, 2020, OPEN, 0)),  # coverage
        (("b", 1500, 150, 2020, OPEN, 0), ("a", 2000, 180, 2015, OPEN, 0)),  # recency
        (("b", 1500, 150, 2019, OPEN, 0), ("a", 150, 150, 2022, OPEN, 0)),  # a history
        (("b", 150, 150, 2022, OPEN, 0), ("a", 1500, 150, 2012, OPEN, 0)),  # but not at any age
        (("b", 1600, 160, 2020, OPEN, 0), ("a", 1500, 150, 2020, OPEN, 0)),  # more economies
        (("a", 1500, 150, 2020, OPEN, 0), ("b", 1500, 150, 2020, OPEN, 0)),  # the code
    ],
)
def test_rules(better: Row, worse: Row) -> None:
    assert chosen(better, worse) == f"{better[0]}.x"
    assert chosen(worse, better) == f"{better[0]}.x"


@given(st.permutations(range(4)))
def test_order_of_the_catalogue_does_not_matter(order: list[int]) -> None:
    rows: list[Row] = [
        ("a", 900, 90, 2023, OPEN, 0),
        ("b", 1500, 150, 2019, OPEN, 0),
        ("c", 1500, 150, 2020, CLOSED, 0),
        ("d", 1400, 140, 2020, OPEN, 0),
    ]
    assert chosen(*(rows[index] for index in order)) == "d.x"

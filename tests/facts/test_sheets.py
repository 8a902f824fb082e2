"""Helpers of the parsers that need no publisher's file."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from greensilk.facts.readers.sheets import totals


@given(
    st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=30).flatmap(
        lambda values: st.tuples(st.just(values), st.permutations(values))
    )
)
def test_totals_do_not_depend_on_the_order_of_rows(lists: tuple[list[float], list[float]]) -> None:
    first, second = (
        totals(pl.DataFrame({"key": "KEN", "value": values}), ("key",), ("value",))
        for values in lists
    )
    assert first.equals(second)


def test_totals_group_sort_and_count_null_as_nothing() -> None:
    table = pl.DataFrame({"key": ["b", "a", "b"], "x": [1.0, 2.0, None], "y": [0.1, 0.2, 0.3]})
    assert totals(table, ("key",), ("x", "y")).rows() == [("a", 2.0, 0.2), ("b", 1.0, 0.4)]

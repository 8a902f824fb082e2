"""Projects that stand twice, and projects of several parts that share one identifier."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from greensilk.projects.book import Book
from greensilk.projects.seen import Seen

if TYPE_CHECKING:
    import polars as pl

__all__ = ["one_each"]


def one_each(frame: pl.DataFrame, book: Book, seen: Seen) -> pl.DataFrame:
    """Keep the first row of every project and component; the others are noted.

    ``frame`` has the columns ``project_id, component, technology, row, place``. Rows that share an
    identifier, name no component and have different technologies are the parts of a hybrid: each
    technology becomes a component. ``seen`` holds the projects of earlier parts of a long file.
    """
    import polars as pl

    twice = frame.filter(pl.struct("project_id", "component").is_duplicated())
    if twice.height:
        hybrid = twice.filter(
            (pl.col("component") == "").all().over("project_id")
            & (~pl.struct("project_id", "technology").is_duplicated()).all().over("project_id")
        )
        places = hybrid["place"].to_list()
        parts = dict(zip(places, hybrid["technology"].to_list(), strict=True))
        book.cells(
            "component_from_technology",
            "assumed",
            "component",
            places,
            lambda place: parts[place],
        )
        frame = frame.with_columns(
            component=pl.when(pl.col("place").is_in(places))
            .then(pl.col("technology"))
            .otherwise(pl.col("component"))
        )
        frame = _first_of_each(frame, book)
    joined = pl.concat_str("project_id", pl.lit("\x1f"), "component")
    hashes = frame.select(joined.hash(0)).to_series().to_numpy()
    known = seen.add(np.asarray(hashes, dtype=np.uint64))
    if known.any():
        again = frame.filter(pl.Series(known))["place"].to_list()
        book.cells("duplicate_id_earlier", "refused", "project_id", again, _id(book))
        frame = frame.filter(pl.Series(~known))
    return frame


def _first_of_each(frame: pl.DataFrame, book: Book) -> pl.DataFrame:
    import polars as pl

    names = ["project_id", "component"]
    again = frame.with_columns(
        first=pl.col("row").first().over(names).cast(pl.String),
        order=pl.int_range(pl.len()).over(names),
    ).filter(pl.col("order") > 0)
    _note(again, book)
    return frame.filter(pl.struct(names).is_first_distinct())


def _note(again: pl.DataFrame, book: Book) -> None:
    first = dict(again.select("place", "first").iter_rows())
    book.cells(
        "duplicate_id",
        "refused",
        "project_id",
        again["place"].to_list(),
        _id(book),
        params=lambda place: {"first": first[place]},
    )


def _id(book: Book) -> Callable[[int], object]:
    return lambda place: None if book.ids is None else book.ids[place]

"""Columns that hold one year each (``generation_gwh_2013`` and on): the latest of each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from greensilk.projects.columns import Numbers

if TYPE_CHECKING:
    import polars as pl

__all__ = ["latest"]


def latest(columns: Sequence[Numbers], years: Sequence[int | None]) -> tuple[Numbers, pl.Series]:
    """Return, for every row, the first value there is among ``columns``, and the year it is of.

    The columns are given with the latest year first; ``None`` is a column without a year.
    """
    import polars as pl

    chosen = pl.select(
        pl.coalesce(
            pl.when(column.value.is_not_null()).then(pl.lit(place, dtype=pl.Int32))
            for place, column in enumerate(columns)
        )
    ).to_series()

    def pick(name: str) -> pl.Series | None:
        found = [
            (place, series)
            for place, column in enumerate(columns)
            if (series := getattr(column, name)) is not None
        ]
        if not found:
            return None
        return pl.select(
            pl.coalesce(pl.when(chosen == place).then(series) for place, series in found)
        ).to_series()

    value = pick("value")
    of_year = chosen.replace_strict(
        {place: float(year) for place, year in enumerate(years) if year},
        default=None,
        return_dtype=pl.Float64,
    )
    return (
        Numbers(
            columns[0].value if value is None else value,
            low=pick("low"),
            high=pick("high"),
            half=pick("half"),
            text=pick("text"),
            qualifier=pick("qualifier"),
        ),
        of_year,
    )

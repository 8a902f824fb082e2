"""DDF files: one CSV a series, named after it, with the key columns in its name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from greensilk.facts.readers.sheets import require_columns

__all__ = ["TOTALS", "read_series", "read_simple"]

# Dimension members that mean "all of it"; they leave no trace in the series key.
TOTALS = {
    "allarea",
    "bothsex",
    "allage",
    "anys",
    "t",
    "total",
    "notspec",
}


def read_series(path: Path, series: str) -> pl.DataFrame:
    """Return the datapoints of one file as text, checking that it holds ``series``."""
    table = pl.read_csv(path, infer_schema_length=0)
    require_columns(path.name, table.columns, series)
    return table


def read_simple(paths: Iterable[tuple[str, Path]], key: str, year: str) -> pl.DataFrame:
    """Read files whose only key columns are an economy and a year.

    ``paths`` are pairs of series and file.
    """
    parts = [
        read_series(path, series).select(
            series=pl.lit(series),
            key=pl.col(key),
            year=pl.col(year).cast(pl.Int32),
            value=pl.col(series).cast(pl.Float64),
        )
        for series, path in paths
    ]
    return pl.concat(parts).filter(pl.col("value").is_not_null())

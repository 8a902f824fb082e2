"""The UNFCCC secretariat's registry of nationally determined contributions."""

from __future__ import annotations

import polars as pl

from greensilk.facts.model import Files

THIRD_ROUND = 2025  # the year from which contributions of the third round were due


def parse(files: Files) -> pl.DataFrame:
    """Count submissions by date and name the latest year.

    Translations, letters and entries without a date do not count. The registry's own latest year
    is the year the last two series speak of.
    """
    table = pl.read_csv(files["registry"], infer_schema_length=0)
    dates = (
        table.filter((pl.col("fileType") == "NDC") & (pl.col("submissionDate") != ""))
        .select(key="code", date="submissionDate")
        .unique()
        .sort("key", "date")
        .with_columns(year=pl.col("date").str.slice(0, 4).cast(pl.Int32))
    )
    now = dates["year"].max()
    counted = (
        dates.with_columns(value=pl.int_range(1, pl.len() + 1).over("key").cast(pl.Float64))
        .group_by("key", "year", maintain_order=True)
        .agg(pl.col("value").last())
        .select(series=pl.lit("submissions"), key="key", year="year", value="value")
    )
    latest = dates.group_by("key", maintain_order=True).agg(last=pl.col("year").max())
    state = {
        "latest_submission": pl.col("last").cast(pl.Float64),
        "third_round": (pl.col("last") >= THIRD_ROUND).cast(pl.Float64),
    }
    return pl.concat(
        [
            counted,
            *(
                latest.select(
                    series=pl.lit(series),
                    key="key",
                    year=pl.lit(now, dtype=pl.Int32),
                    value=value,
                )
                for series, value in state.items()
            ),
        ]
    )

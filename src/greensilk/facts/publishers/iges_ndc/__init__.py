"""IGES NDC Database: the unconditional targets of nationally determined contributions."""

from __future__ import annotations

import polars as pl

from greensilk.facts.model import Files

YEAR = 2022  # of the edition


def parse(files: Files) -> pl.DataFrame:
    """Read the targets; a base year equal to the target year marks a projection as the base."""
    kind = pl.col("target_type")
    percent = pl.col("target_unit") == "percent"
    absolute = kind == "Absolute emission reduction"
    wanted = {
        "below_base_year": (absolute & percent, "target_value"),
        "below_projection": ((kind == "Relative emission reduction") & percent, "target_value"),
        "base_year": (absolute & percent, "baseline_year"),
        "target_level": (pl.col("target_unit") == "tCO2e", "target_value"),
        "target_year": (pl.lit(value=True), "target_year"),
    }
    table = pl.read_csv(files["targets"])
    return pl.concat(
        [
            table.filter(rows).select(
                series=pl.lit(series),
                key=pl.col("actor_id"),
                year=pl.lit(YEAR, dtype=pl.Int32),
                value=pl.col(column).cast(pl.Float64),
            )
            for series, (rows, column) in wanted.items()
        ]
    ).filter(pl.col("value").is_not_null())

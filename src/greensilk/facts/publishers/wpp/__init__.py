"""UN World Population Prospects 2022: total population, estimates to 2021 and 2022 projected."""

from __future__ import annotations

import polars as pl

from greensilk.facts.model import Files

NAME = "Population.csv"


def parse(files: Files) -> pl.DataFrame:
    """Read the long table; economies are alpha-2 codes."""
    return (
        pl.read_csv(files[NAME], infer_schema_length=0)
        .select(
            series=pl.lit("population"),
            key=pl.col("actor_id"),
            year=pl.col("year").cast(pl.Int32),
            value=pl.col("population").cast(pl.Float64, strict=False),
        )
        .filter(pl.col("value").is_not_null())
    )

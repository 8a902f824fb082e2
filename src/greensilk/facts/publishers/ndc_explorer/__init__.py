"""NDC Explorer (IDOS and partners): what the updated contributions say, graded by subject."""

from __future__ import annotations

import polars as pl

from greensilk.facts.catalogue import dataset_indicators
from greensilk.facts.model import Files
from greensilk.facts.readers.sheets import require_columns

YEAR = 2022  # of edition 4.0


def parse(files: Files) -> pl.DataFrame:
    """Read the grades of the catalogued subjects, the lowest grade written as 0.

    The file's own lowest classes say that a contribution is not analysed yet (0, -1); they are
    left out.
    """
    table = pl.read_csv(files["classes"], infer_schema_length=0, comment_prefix="#")
    parts = []
    for series in sorted(dataset_indicators("ndc_explorer")):
        name = f"{series}_class"
        require_columns(files["classes"].name, table.columns, name)
        parts.append(
            table.select(
                series=pl.lit(series),
                key=pl.col("country_code"),
                year=pl.lit(YEAR, dtype=pl.Int32),
                value=pl.col(name).cast(pl.Float64, strict=False) - 1,
            )
        )
    return pl.concat(parts).filter(pl.col("value") >= 0)

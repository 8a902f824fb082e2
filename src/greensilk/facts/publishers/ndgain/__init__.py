"""Notre Dame Global Adaptation Initiative: vulnerability to climate change and readiness."""

from __future__ import annotations

import polars as pl

from greensilk.facts.model import Files
from greensilk.facts.readers.sheets import wide_csv

# A model's change up to mid-century: the files repeat the one figure of a country in every column.
PROJECTED = (
    "id_ecos_01",
    "id_food_01",
    "id_habi_01",
    "id_habi_02",
    "id_wate_01",
    "id_wate_02",
)


def parse(files: Files) -> pl.DataFrame:
    """Read the catalogued files: one row an economy, one column a year."""
    parts = []
    for series, path in files.items():
        table = wide_csv(path, series, key="ISO3").with_columns(flag=pl.lit(""))
        if series in PROJECTED:
            # One figure, not a series of twenty equal ones.
            table = table.filter(pl.col("year") == pl.col("year").max()).with_columns(
                flag=pl.lit("modelled")
            )
        parts.append(table)
    return pl.concat(parts)

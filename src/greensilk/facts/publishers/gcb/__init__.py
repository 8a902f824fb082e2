"""Global Carbon Project: fossil carbon dioxide emissions of every country by fuel since 1750."""

from __future__ import annotations

import polars as pl

from greensilk.facts.model import Files

NAME = "GCB2022v27_MtCO2_flat.csv"
CODE = "ISO 3166-1 alpha-3"
COLUMNS = {
    "Total": "total",
    "Coal": "coal",
    "Oil": "oil",
    "Gas": "gas",
    "Cement": "cement",
    "Flaring": "flaring",
    "Other": "other",
    "Per Capita": "per_capita",
}
CODES = {"KSV": "XKX"}
# It shares the code of one of its successors.
DISSOLVED = "St. Kitts-Nevis-Anguilla"


def parse(files: Files) -> pl.DataFrame:
    """Read the flat file; entries without a code go by their name."""
    table = pl.read_csv(files[NAME], infer_schema_length=0)
    return (
        table.with_columns(
            key=pl.when(pl.col("Country") == DISSOLVED)
            .then(pl.col("Country"))
            .otherwise(pl.col(CODE).replace(CODES).fill_null(pl.col("Country"))),
            year=pl.col("Year").cast(pl.Int32),
        )
        .unpivot(on=list(COLUMNS), index=["key", "year"], variable_name="series")
        .with_columns(
            pl.col("series").replace_strict(COLUMNS),
            pl.col("value").cast(pl.Float64),
        )
        .filter(pl.col("value").is_not_null())
    )

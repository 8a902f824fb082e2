"""World Bank World Development Indicators: GDP and population, in the datahub.io compilation.

The bank's own download is a zip whose member changes its name with every renewal; the compilation
holds the same figures under a stable address.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from greensilk.facts.model import Files
from greensilk.facts.readers.sheets import require_columns

SERIES = ("gdp", "population")
CODE, NAME = "Country Code", "Country Name"


def parse(files: Files) -> pl.DataFrame:
    """Read both long tables; the keys are the bank's codes."""
    return pl.concat(
        [
            _table(files, series).select(
                series=pl.lit(series),
                key=pl.col(CODE),
                year=pl.col("Year").cast(pl.Int32),
                value=pl.col("Value").cast(pl.Float64, strict=False),
            )
            for series in SERIES
        ]
    ).filter(pl.col("value").is_not_null())


def _table(files: Files, series: str) -> pl.DataFrame:
    table = pl.read_csv(files[series], infer_schema_length=0)
    require_columns(files[series].name, table.columns, CODE, NAME, "Year", "Value")
    return table


def groups(files: Files) -> Mapping[str, str]:
    """Return the names of all codes; those of economies are left aside by the caller."""
    names: dict[str, str] = {}
    for series in SERIES:
        names |= dict(_table(files, series).select(CODE, NAME).unique().iter_rows())
    return names

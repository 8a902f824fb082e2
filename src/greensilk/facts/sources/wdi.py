"""World Bank World Development Indicators: GDP and population, in the datahub.io compilation.

The bank's own download is a zip whose member changes its name with every renewal; the compilation
holds the same figures under a stable address.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from greensilk.core.errors import SourceError
from greensilk.facts.model import Dataset, Files
from greensilk.facts.sources._github import repository_file

if TYPE_CHECKING:
    import polars as pl

SERIES = ("gdp", "population")
CODE, NAME = "Country Code", "Country Name"


def parse(files: Files) -> pl.DataFrame:
    """Read both long tables; the keys are the bank's codes."""
    import polars as pl

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
    import polars as pl

    table = pl.read_csv(files[series], infer_schema_length=0)
    missing = {CODE, NAME, "Year", "Value"} - set(table.columns)
    if missing:
        raise SourceError(f"{files[series].name}: no column {sorted(missing)}")
    return table


def _names(files: Files) -> Mapping[str, str]:
    """Return the names of all codes; those of economies are left aside by the caller."""
    names: dict[str, str] = {}
    for series in SERIES:
        names |= dict(_table(files, series).select(CODE, NAME).unique().iter_rows())
    return names


DATASET = Dataset(
    id="wdi",
    en="World Development Indicators, GDP and population",
    zh="世界发展指标：国内生产总值与总人口",
    address="https://databank.worldbank.org/source/world-development-indicators",
    key_kind="worldbank",
    files=tuple(
        repository_file("wdi", f"datasets/{one}", f"data/{one}.csv", name=one, branch="main")
        for one in SERIES
    ),
    parse=parse,
    aggregates=_names,
)

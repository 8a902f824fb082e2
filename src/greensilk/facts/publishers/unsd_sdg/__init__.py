"""The UN Statistics Division's global SDG indicators database.

The division carries the series; the custodian agency of each is its producer. Economies are M49
numbers, groups stand among them. Extra key columns (location, sex, age, product, ...) become part
of the series key after a dot; members that mean "all" leave no trace in it. The database says of
each figure what it is (country data, adjusted, estimated, modelled) and which ones are imputed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from greensilk.facts.model import Files
from greensilk.facts.readers.ddf import TOTALS, read_series

# The database's "nature of the figure", best first: it decides where two stand for one year.
NATURES = {
    "c": "",
    "ca": "adjusted",
    "e": "estimated",
    "g": "monitored",
    "m": "modelled",
    "n": "",
    "notspec": "",
}


def parse(files: Files) -> pl.DataFrame:
    """Read every series of the catalogue."""
    return pl.concat([_read(files[name], name) for name in files if name != "areas"]).filter(
        pl.col("value").is_not_null()
    )


def _read(path: Path, name: str) -> pl.DataFrame:
    table = read_series(path, name)
    extra = [
        column
        for column in table.columns
        if column not in ("geo_area", "nature", "units", "year", "observation_status", name)
    ]
    # A sole member of a dimension says nothing beyond the title, except the one of a location.
    extra = [c for c in extra if c == "location" or table[c].n_unique() > 1]
    parts = [
        pl.when(pl.col(column).is_in(list(TOTALS)))
        .then(pl.lit(""))
        .otherwise(pl.lit(".") + pl.col(column))
        for column in extra
    ]
    order = {nature: rank for rank, nature in enumerate(NATURES)}
    flag = pl.col("nature").replace_strict(NATURES, default="")
    if "observation_status" in table.columns:
        flag = pl.when(pl.col("observation_status") == "i").then(pl.lit("imputed")).otherwise(flag)
    return (
        table.with_columns(rank=pl.col("nature").replace_strict(order, default=9))
        .sort("rank", maintain_order=True)
        .select(
            series=pl.concat_str([pl.lit(name), *parts]),
            key=pl.col("geo_area"),
            year=pl.col("year").cast(pl.Int32),
            value=pl.col(name).cast(pl.Float64, strict=False),
            flag=flag,
        )
    )


def groups(files: Files) -> Mapping[str, str]:
    """Return the names of all areas; those of economies are left aside by the caller."""
    table = pl.read_csv(files["areas"], infer_schema_length=0)
    return dict(table.select("geo_area", "name").iter_rows())

"""Paris Agreement and Kigali Amendment as the depositary registers them."""

from __future__ import annotations

import polars as pl

from greensilk.facts.model import Files
from greensilk.facts.readers.register import standing

KIGALI_IN_FORCE = 2019


def parse(files: Files) -> pl.DataFrame:
    """Read both registers; whoever stands in the first one and not in the second is no party."""
    paris = pl.read_csv(files["paris"], infer_schema_length=0)
    kigali = pl.read_csv(files["kigali"], infer_schema_length=0)
    states = paris["Code"].to_list()
    shares = paris.with_columns(pl.col("Year").cast(pl.Int32)).filter(pl.col("Year").is_not_null())
    figures = [
        shares.select(
            series=pl.lit(series),
            key="Code",
            year="Year",
            value=pl.col(column).cast(pl.Float64),
            flag=pl.lit(""),
        )
        for series, column in (("paris_emissions", "Emissions"), ("paris_share", "Percentage"))
    ]
    effect = paris.select("Code", "Date-Of-Effect").iter_rows()
    entered = {code: int(date[:4]) for code, date in effect if date}
    ratified = {code: int(date[:4]) for code, date in kigali.select("Code", "Date").iter_rows()}
    began = {code: max(year, KIGALI_IN_FORCE) for code, year in ratified.items()}
    return pl.concat(
        [
            *figures,
            standing("paris_party", entered, states, max(entered.values())),
            standing("kigali_party", began, states, max(began.values())),
        ]
    ).filter(pl.col("value").is_not_null())

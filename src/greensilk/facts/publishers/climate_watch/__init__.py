"""Climate Watch (formerly CAIT): totals with land use, and carbon dioxide of electricity."""

from __future__ import annotations

import polars as pl

from greensilk.facts.harmonise import resolve
from greensilk.facts.model import Files
from greensilk.facts.readers.sheets import wide_csv


def parse(files: Files) -> pl.DataFrame:
    """Read both tables; the first names economies by two letters, the second by three."""
    table = pl.read_csv(files["totals"])
    codes = resolve(table["actor_id"].unique().to_list(), "iso2")
    totals = table.select(
        series=pl.lit("ghg_total"),
        key=pl.col("actor_id").replace(codes),
        year=pl.col("year").cast(pl.Int32),
        value=pl.col("total_emissions").cast(pl.Float64),
    )
    power = wide_csv(files["power"], "co2_electricity_heat", key="iso")
    return pl.concat([totals, power])

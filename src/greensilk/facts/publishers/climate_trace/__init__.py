"""Climate TRACE: emissions of every country by sector and gas, largely from observation."""

from __future__ import annotations

import polars as pl

from greensilk.facts.model import Files
from greensilk.facts.readers.sheets import totals

# The file's columns; it writes nitrous oxide with a zero.
GASES = {"co2": "co2", "ch4": "ch4", "n20": "n2o", "co2e100": "ghg"}


def parse(files: Files) -> pl.DataFrame:
    """Read the inventory by sector and gas, and add the sum of the sectors."""
    table = pl.read_csv(files["inventory"]).rename({"sector/subsector": "sector", "region": "key"})
    total = totals(table, ("key", "year"), list(GASES)).with_columns(sector=pl.lit("total"))
    columns = ["sector", "key", "year", *GASES]
    tall = pl.concat([table.select(columns), total.select(columns)]).unpivot(
        on=list(GASES), index=["sector", "key", "year"], variable_name="gas"
    )
    sector = pl.col("sector").str.replace_all("-", "_", literal=True)
    # Sectors that never emit a gas stand in the file with zeros throughout.
    return tall.filter((pl.col("value") != 0).any().over("sector", "gas")).select(
        series=pl.col("gas").replace_strict(GASES) + "_" + sector,
        key="key",
        year="year",
        value="value",
    )

"""Climate TRACE: emissions of every country by sector and gas, largely from observation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.facts.model import Dataset, Files
from greensilk.facts.sources._github import declared
from greensilk.facts.sources._tables import totals

if TYPE_CHECKING:
    import polars as pl

PATH = (
    "Open-Earth-Foundation+OpenClimate/harmonize/data/raw/climateTrace/"
    "climate_trace_emissions_inventory_20221201.csv"
)
ADDRESS = (
    "https://api.next.climatetrace.org/v3/emissions/timeseries/sectors"
    "?since=2015&to=2021&download=csv&combined=false"
)
# The file's columns; it writes nitrous oxide with a zero.
GASES = {"co2": "co2", "ch4": "ch4", "n20": "n2o", "co2e100": "ghg"}


def parse(files: Files) -> pl.DataFrame:
    """Read the inventory by sector and gas, and add the sum of the sectors."""
    import polars as pl

    table = pl.read_csv(files["inventory"]).rename({"sector/subsector": "sector", "region": "key"})
    whole = totals(table, ("key", "year"), list(GASES)).with_columns(sector=pl.lit("total"))
    columns = ["sector", "key", "year", *GASES]
    tall = pl.concat([table.select(columns), whole.select(columns)]).unpivot(
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


DATASET = Dataset(
    id="climate_trace",
    en="Climate TRACE emissions inventory, release of 2022",
    zh="Climate TRACE 排放清单（2022年发布）",
    address="https://climatetrace.org/",
    key_kind="iso3",
    files=(declared("climate_trace", PATH, ADDRESS, name="inventory"),),
    parse=parse,
)

"""Climate Watch (formerly CAIT): totals with land use, and carbon dioxide of electricity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.facts.harmonise import resolve
from greensilk.facts.model import Dataset, Files
from greensilk.facts.sources._github import declared
from greensilk.facts.sources._tables import wide_csv

if TYPE_CHECKING:
    import polars as pl

ADDRESS = "https://www.climatewatchdata.org/ghg-emissions"


def parse(files: Files) -> pl.DataFrame:
    """Read both tables; the first names economies by two letters, the second by three."""
    import polars as pl

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


DATASET = Dataset(
    id="climate_watch",
    en="Climate Watch, historical emissions",
    zh="气候观察平台历史排放数据",
    address=ADDRESS,
    key_kind="iso3",
    files=(
        declared(
            "climate_watch",
            "Open-Earth-Foundation+OpenClimate/harmonize/data/processed/"
            "climate_watch_historical_GHG/EmissionsAgg.csv",
            ADDRESS,
            name="totals",
        ),
        declared(
            "climate_watch",
            "OSeMOSYS+osemosys_global/resources/data/validation/climatewatch.csv",
            ADDRESS,
            name="power",
        ),
    ),
    parse=parse,
    aggregates={"EUU": "European Union", "EUE": "European Union", "WORLD": "World"},
)

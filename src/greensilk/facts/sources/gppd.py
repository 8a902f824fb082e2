"""Global Power Plant Database of the World Resources Institute: plants added up by country."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.facts.model import Dataset, Files
from greensilk.facts.sources._github import declared

if TYPE_CHECKING:
    import polars as pl

YEAR = 2021  # of publication; the plants were last looked at between 2017 and 2020
SUMMARY = "global_power_plant_database_country_summary.csv"
CODES = {"KOS": "XKX"}
TOTALS = {
    "count": "plants",
    "total_capacity_gw": "capacity_total",
    "max_capacity_mw": "largest_plant",
}


def parse(files: Files) -> pl.DataFrame:
    """Read the summary of the database's own release: a count and a capacity for every fuel."""
    import polars as pl

    table = pl.read_csv(files[SUMMARY], infer_schema_length=0)
    names = dict(TOTALS)
    for column in table.columns:
        for stem, series in (("count_fuel_", "plants_"), ("capacity_gw_fuel_", "capacity_")):
            if column.startswith(stem):
                names[column] = series + column.removeprefix(stem)
    return (
        table.unpivot(on=list(names), index="iso_code", variable_name="series")
        .select(
            series=pl.col("series").replace_strict(names),
            key=pl.col("iso_code").replace(CODES),
            year=pl.lit(YEAR, dtype=pl.Int32),
            value=pl.col("value").cast(pl.Float64, strict=False),
        )
        .filter(pl.col("value").is_not_null())
    )


DATASET = Dataset(
    id="gppd",
    en="Global Power Plant Database 1.3.0",
    zh="全球电站数据库1.3.0",
    address="https://datasets.wri.org/datasets/global-power-plant-database",
    key_kind="iso3",
    files=(
        declared(
            "gppd",
            f"wri+global-power-plant-database/output_database/{SUMMARY}",
            "https://raw.githubusercontent.com/wri/global-power-plant-database/master/"
            f"output_database/{SUMMARY}",
        ),
    ),
    parse=parse,
)

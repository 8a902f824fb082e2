"""Global Power Plant Database of the World Resources Institute: plants added up by country."""

from __future__ import annotations

import polars as pl

from greensilk.facts.model import Files

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

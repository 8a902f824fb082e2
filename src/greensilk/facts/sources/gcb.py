"""Global Carbon Project: fossil carbon dioxide emissions of every country by fuel since 1750."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.facts.model import Dataset, Files
from greensilk.facts.sources._github import declared

if TYPE_CHECKING:
    import polars as pl

NAME = "GCB2022v27_MtCO2_flat.csv"
CODE = "ISO 3166-1 alpha-3"
COLUMNS = {
    "Total": "total",
    "Coal": "coal",
    "Oil": "oil",
    "Gas": "gas",
    "Cement": "cement",
    "Flaring": "flaring",
    "Other": "other",
    "Per Capita": "per_capita",
}
CODES = {"KSV": "XKX"}
# It shares the code of one of its successors.
DISSOLVED = "St. Kitts-Nevis-Anguilla"
# Sums, dissolved territories and emissions of no country.
APART = {
    "WLD": "World",
    "XIT": "International transport",
    "PCZ": "Panama Canal Zone",
    "French Equatorial Africa": "French Equatorial Africa",
    "French West Africa": "French West Africa",
    "Kuwaiti Oil Fires": "Kuwaiti oil fires",
    "Leeward Islands": "Leeward Islands",
    "Pacific Islands (Palau)": "Pacific Islands (Palau)",
    "Ryukyu Islands": "Ryukyu Islands",
    DISSOLVED: DISSOLVED,
}


def parse(files: Files) -> pl.DataFrame:
    """Read the flat file; entries without a code go by their name."""
    import polars as pl

    table = pl.read_csv(files[NAME], infer_schema_length=0)
    return (
        table.with_columns(
            key=pl.when(pl.col("Country") == DISSOLVED)
            .then(pl.col("Country"))
            .otherwise(pl.col(CODE).replace(CODES).fill_null(pl.col("Country"))),
            year=pl.col("Year").cast(pl.Int32),
        )
        .unpivot(on=list(COLUMNS), index=["key", "year"], variable_name="series")
        .with_columns(
            pl.col("series").replace_strict(COLUMNS),
            pl.col("value").cast(pl.Float64),
        )
        .filter(pl.col("value").is_not_null())
    )


DATASET = Dataset(
    id="gcb",
    en="Global Carbon Project, national fossil emissions 2022",
    zh="全球碳计划2022年各国化石排放",
    address="https://doi.org/10.5281/zenodo.7215364",
    key_kind="iso3",
    files=(
        declared(
            "gcb",
            f"AndrejHorvat1+Emissions-by-country/{NAME}",
            f"https://zenodo.org/records/7215364/files/{NAME}",
        ),
    ),
    parse=parse,
    aggregates=APART,
)

"""Notre Dame Global Adaptation Initiative: vulnerability to climate change and readiness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.facts.catalogue import dataset_indicators
from greensilk.facts.model import Dataset, Files, SourceFile
from greensilk.facts.sources._github import declared
from greensilk.facts.sources._tables import wide_csv

if TYPE_CHECKING:
    import polars as pl

ARCHIVE = "https://gain.nd.edu/assets/522870/nd_gain_countryindex_2023data.zip"


# A model's change up to mid-century: the files repeat the one figure of a country in every column.
PROJECTED = (
    "id_ecos_01",
    "id_food_01",
    "id_habi_01",
    "id_habi_02",
    "id_wate_01",
    "id_wate_02",
)


def _path(series: str) -> str:
    """Return the path in the publisher's archive: raw indicators have a folder each."""
    if series.startswith("id_"):
        return f"resources/indicators/{series}/raw.csv"
    folder, _, name = series.partition(".")
    return f"resources/{folder}/{name}.csv"


def _files() -> tuple[SourceFile, ...]:
    return tuple(
        declared(
            "ndgain",
            f"yair47+DS_112_Project/{_path(series)}",
            f"{ARCHIVE}#{_path(series)}",
            name=series,
        )
        for series in sorted(dataset_indicators("ndgain"))
    )


def parse(files: Files) -> pl.DataFrame:
    """Read the catalogued files: one row an economy, one column a year."""
    import polars as pl

    parts = []
    for series, path in files.items():
        table = wide_csv(path, series, key="ISO3").with_columns(flag=pl.lit(""))
        if series in PROJECTED:
            # One figure, not a series of twenty equal ones.
            table = table.filter(pl.col("year") == pl.col("year").max()).with_columns(
                flag=pl.lit("modelled")
            )
        parts.append(table)
    return pl.concat(parts)


DATASET = Dataset(
    id="ndgain",
    en="ND-GAIN Country Index",
    zh="圣母大学全球适应指数（ND-GAIN）",
    address="https://gain.nd.edu/our-work/country-index/",
    key_kind="iso3",
    files=_files(),
    parse=parse,
)

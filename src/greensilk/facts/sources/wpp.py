"""UN World Population Prospects 2022: total population, estimates to 2021 and 2022 projected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.facts.model import Dataset, Files
from greensilk.facts.sources._github import repository_file

if TYPE_CHECKING:
    import polars as pl

NAME = "Population.csv"


def parse(files: Files) -> pl.DataFrame:
    """Read the long table; economies are alpha-2 codes."""
    import polars as pl

    return (
        pl.read_csv(files[NAME], infer_schema_length=0)
        .select(
            series=pl.lit("population"),
            key=pl.col("actor_id"),
            year=pl.col("year").cast(pl.Int32),
            value=pl.col("population").cast(pl.Float64, strict=False),
        )
        .filter(pl.col("value").is_not_null())
    )


DATASET = Dataset(
    id="wpp",
    en="World Population Prospects 2022",
    zh="世界人口展望2022",
    address="https://population.un.org/wpp/",
    key_kind="iso2",
    files=(
        repository_file(
            "wpp",
            "Open-Earth-Foundation/OpenClimate",
            f"harmonize/data/processed/UN_WPP2022_country_population/{NAME}",
            name=NAME,
            branch="develop",
        ),
    ),
    parse=parse,
)

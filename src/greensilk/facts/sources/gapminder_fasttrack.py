"""Gapminder's Fast Track: series of many producers, added faster than to Systema Globalis.

The catalogue names the original producer of every series.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.facts.catalogue import dataset_indicators
from greensilk.facts.model import Dataset, Files, SourceFile
from greensilk.facts.sources._ddf import read_simple
from greensilk.facts.sources._github import repository_file

if TYPE_CHECKING:
    import polars as pl

REPOSITORY = "open-numbers/ddf--gapminder--fasttrack"


def _files() -> tuple[SourceFile, ...]:
    return tuple(
        repository_file(
            "gapminder_fasttrack",
            REPOSITORY,
            f"countries_etc_datapoints/ddf--datapoints--{series}--by--country--time.csv",
            name=series,
        )
        for series in sorted(dataset_indicators("gapminder_fasttrack"))
    )


def parse(files: Files) -> pl.DataFrame:
    """Read every series of the catalogue."""
    return read_simple(files.items(), key="country", year="time")


DATASET = Dataset(
    id="gapminder_fasttrack",
    en="Gapminder, Fast Track",
    zh="Gapminder 数据集（Fast Track）",
    address="https://www.gapminder.org/data/",
    key_kind="gapminder",
    files=_files(),
    parse=parse,
)

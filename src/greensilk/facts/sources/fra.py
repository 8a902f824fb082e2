"""FAO Global Forest Resources Assessment 2020: extent, stock, use, tenure and disturbance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.facts.catalogue import dataset_indicators
from greensilk.facts.model import Dataset, Files, SourceFile
from greensilk.facts.sources._ddf import read_simple
from greensilk.facts.sources._github import repository_file

if TYPE_CHECKING:
    import polars as pl

REPOSITORY = "open-numbers/ddf--unfao--fra"


def _files() -> tuple[SourceFile, ...]:
    return tuple(
        repository_file(
            "fra",
            REPOSITORY,
            f"datapoints/ddf--datapoints--{series}--by--geo--year.csv",
            name=series,
        )
        for series in sorted(dataset_indicators("fra"))
    )


def parse(files: Files) -> pl.DataFrame:
    """Read every series of the catalogue."""
    return read_simple(files.items(), key="geo", year="year")


DATASET = Dataset(
    id="fra",
    en="Global Forest Resources Assessment 2020",
    zh="2020年全球森林资源评估",
    address="https://fra-data.fao.org/",
    key_kind="iso3",
    files=_files(),
    parse=parse,
)

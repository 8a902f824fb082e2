"""FAO AQUASTAT: water resources, withdrawal, irrigation, dams and wastewater by country."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.facts.catalogue import dataset_indicators
from greensilk.facts.model import Dataset, Files, SourceFile
from greensilk.facts.sources._ddf import read_simple
from greensilk.facts.sources._github import repository_file

if TYPE_CHECKING:
    import polars as pl

REPOSITORY = "open-numbers/ddf--unfao--aquastat"


def _files() -> tuple[SourceFile, ...]:
    return tuple(
        repository_file(
            "aquastat",
            REPOSITORY,
            f"ddf--datapoints--{series}--by--area--year.csv",
            name=series,
        )
        for series in sorted(dataset_indicators("aquastat"))
    )


def parse(files: Files) -> pl.DataFrame:
    """Read every series of the catalogue; the key column of this carrier is ``area``."""
    return read_simple(files.items(), key="area", year="year")


DATASET = Dataset(
    id="aquastat",
    en="AQUASTAT, FAO's global information system on water and agriculture",
    zh="粮农组织全球水与农业信息系统（AQUASTAT）",
    address="https://www.fao.org/aquastat/",
    key_kind="iso3",
    files=_files(),
    parse=parse,
)

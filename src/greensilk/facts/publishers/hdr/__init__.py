"""UNDP Human Development Report 2023-24: composite indices and their components since 1990."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from greensilk.facts.catalogue import dataset_indicators
from greensilk.facts.model import Files
from greensilk.facts.readers.sheets import wide_csv

NAME = "HDR23-24_Composite_indices_complete_time_series.csv"


def parse(files: Files) -> pl.DataFrame:
    """Read the columns ``VARIABLE_YEAR`` of the catalogued variables (the file is in Latin-1)."""
    series = {name: name for name in dataset_indicators("hdr")}
    return wide_csv(files[NAME], series, key="iso3", encoding="iso-8859-1")


def groups(files: Files) -> Mapping[str, str]:
    """Return the report's own groups: their codes hold a point (``ZZK.WORLD``)."""
    table = pl.read_csv(files[NAME], infer_schema_length=0, encoding="iso-8859-1")
    groups = table.filter(pl.col("iso3").str.contains(".", literal=True))
    return dict(groups.select("iso3", "country").iter_rows())

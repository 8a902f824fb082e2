"""FAO AQUASTAT: water resources, withdrawal, irrigation, dams and wastewater by country."""

from __future__ import annotations

import polars as pl

from greensilk.facts.model import Files
from greensilk.facts.readers.ddf import read_simple


def parse(files: Files) -> pl.DataFrame:
    """Read every series of the catalogue; the key column of this carrier is ``area``."""
    return read_simple(files.items(), key="area", year="year")

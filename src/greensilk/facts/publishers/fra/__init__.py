"""FAO Global Forest Resources Assessment 2020: extent, stock, use, tenure and disturbance."""

from __future__ import annotations

import polars as pl

from greensilk.facts.model import Files
from greensilk.facts.readers.ddf import read_simple


def parse(files: Files) -> pl.DataFrame:
    """Read every series of the catalogue."""
    return read_simple(files.items(), key="geo", year="year")

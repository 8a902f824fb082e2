"""Gapminder's Fast Track: series of many producers, added faster than to Systema Globalis.

The catalogue names the original producer of every series.
"""

from __future__ import annotations

import polars as pl

from greensilk.facts.model import Files
from greensilk.facts.readers.ddf import read_simple


def parse(files: Files) -> pl.DataFrame:
    """Read every series of the catalogue."""
    return read_simple(files.items(), key="country", year="time")

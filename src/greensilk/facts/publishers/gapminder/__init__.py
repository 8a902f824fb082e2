"""Gapminder's Systema Globalis and Fast Track: series of many producers in one shape.

The catalogue names the original producer of every series. Gapminder's geographies are mostly
lower-case alpha-3 codes; dissolved and unrecognised states have keys of their own, set apart.
Series that Gapminder extends beyond the producer's last observation carry ``projected_from``.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from greensilk.facts.model import Files
from greensilk.facts.readers.ddf import read_simple


def parse(files: Files) -> pl.DataFrame:
    """Read every series of the catalogue."""
    series = [(name, path) for name, path in files.items() if name != "countries"]
    return read_simple(series, key="geo", year="time")


def groups(files: Files) -> Mapping[str, str]:
    """Return the names of all geographies; those of economies are left aside by the caller."""
    table = pl.read_csv(files["countries"], infer_schema_length=0)
    return dict(table.select("country", "name").iter_rows())

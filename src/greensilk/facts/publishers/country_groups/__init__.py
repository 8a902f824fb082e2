"""Groups of states that decide on terms and finance: least developed, landlocked, islands, ..."""

from __future__ import annotations

import polars as pl

from greensilk.facts.model import Files
from greensilk.facts.readers.register import standing

EDITION = 2024  # the year the lists were last looked through
# List, and the column that holds a first year, if there is one.
LISTS = {
    "ldc": ("ldc.csv", "Year-Of-Inclusion"),
    "lldc": ("lldc.csv", ""),
    "sids": ("sids.csv", ""),
    "g77": ("g77.csv", ""),
    "annex_one": ("annex-one.csv", ""),
    "opec": ("opec.csv", ""),
    "aosis": ("aosis.csv", ""),
    "oecd": ("oecd.csv", "Accession"),
    "european_union": ("european-union.csv", "Member-Since"),
    "imo": ("imo.csv", "Date"),
    "high_ambient": ("montreal_protocol_high_ambient_temp.csv", ""),
}


def parse(files: Files) -> pl.DataFrame:
    """Read every list; Parties to the climate convention that are not on it get a zero."""
    states = pl.read_csv(files["states"], infer_schema_length=0)["Code"].to_list()
    parts = []
    for series, (_, column) in LISTS.items():
        table = pl.read_csv(files[series], infer_schema_length=0)
        years = table[column] if column else [str(EDITION)] * table.height
        since = {
            code: int(year[:4]) for code, year in zip(table["Code"], years, strict=True) if year
        }
        parts.append(standing(series, since, states, EDITION))
    return pl.concat(parts)

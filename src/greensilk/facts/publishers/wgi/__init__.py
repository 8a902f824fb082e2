"""Worldwide Governance Indicators: estimates of six dimensions, their errors and ranks."""

from __future__ import annotations

import polars as pl

from greensilk.facts.model import Files
from greensilk.facts.readers.sheets import column, frame, number, sheet

WORKBOOK = "wgidataset.xlsx"
# Measure in the workbook: end of the series key.
MEASURES = {"estimate": "estimate", "stddev": "error", "pctrank": "rank"}


def parse(files: Files) -> pl.DataFrame:
    """Read the long table; series are ``cc.estimate``, ``cc.rank``, ``ge.estimate``, ..."""
    rows = sheet(files[WORKBOOK], "Sheet1")
    heads = rows[0]
    code, year, name = (column(heads, key, WORKBOOK) for key in ("code", "year", "indicator"))
    measures = [(column(heads, key, WORKBOOK), end) for key, end in MEASURES.items()]
    return frame(
        (f"{row[name]}.{end}", str(row[code]), int(float(str(row[year]))), number(row[index]), "")
        for row in rows[1:]
        for index, end in measures
    )

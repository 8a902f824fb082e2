"""World Bank Sovereign ESG data: series of many producers for the pillars of an ESG framework.

One sheet with a row for each economy and indicator and a column for each year.
"""

from __future__ import annotations

import polars as pl

from greensilk.facts.model import Files
from greensilk.facts.readers.sheets import column, frame, number, sheet

WORKBOOK = "ESGEXCEL.xlsx"


def parse(files: Files) -> pl.DataFrame:
    """Read the sheet ``Data``; series keys are the bank's indicator codes in lower case."""
    rows = sheet(files[WORKBOOK], "Data")
    heads = rows[0]
    code, series = (
        column(heads, "Country Code", WORKBOOK),
        column(heads, "Indicator Code", WORKBOOK),
    )
    years = [
        (index, int(value))
        for index, head in enumerate(heads)
        if (value := number(head)) is not None
    ]
    return frame(
        (str(row[series]).lower(), str(row[code]), year, number(row[index]), "")
        for row in rows[1:]
        for index, year in years
        if row[index] != ""
    )

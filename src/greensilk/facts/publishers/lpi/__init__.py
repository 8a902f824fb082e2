"""World Bank Logistics Performance Index, 2007 to 2023: six components and the whole.

Every edition has its own sheet; the columns changed names, and the 2023 edition names economies
without a code.
"""

from __future__ import annotations

import polars as pl

from greensilk.core.errors import SourceError
from greensilk.facts.model import Files
from greensilk.facts.readers.sheets import frame, number, sheet

WORKBOOK = "LPI score.xlsx"
EDITIONS = (2007, 2010, 2012, 2014, 2016, 2018, 2023)
# Letters the workbook lost.
MISSPELT = {"TC<rkiye": "Türkiye"}
# Beginning of a heading, in lower case: series key.
HEADINGS = {
    "overall lpi": "overall",
    "lpi score": "overall",
    "customs": "customs",
    "infrastructure": "infrastructure",
    "international ship": "shipments",
    "ease of shipment": "shipments",
    "logistics": "services",
    "quality logistics": "services",
    "timeliness": "timeliness",
    "tracking": "tracking",
    "ease of tracking": "tracking",
}


def parse(files: Files) -> pl.DataFrame:
    """Read all editions; the first column under a heading is its score."""
    return pl.concat([_edition(files, year) for year in EDITIONS])


def _edition(files: Files, year: int) -> pl.DataFrame:
    rows = sheet(files[WORKBOOK], str(year))
    heads = [str(cell).strip().lower() for cell in rows[0]]
    columns: dict[str, int] = {}
    for index, head in enumerate(heads):
        series = next((key for start, key in HEADINGS.items() if head.startswith(start)), "")
        if series and not head.endswith("rank") and "costs" not in head:
            columns.setdefault(series, index)
    if set(columns) != set(HEADINGS.values()):
        missing = ", ".join(sorted(set(HEADINGS.values()) - set(columns)))
        raise SourceError(
            "column_missing", file=f"{WORKBOOK} {year}", columns=missing, present=", ".join(heads)
        )
    # Older editions have two rows more of headings, and the economy's code in the second column.
    newest = year == EDITIONS[-1]
    return frame(
        (series, _key(row[0] if newest else row[1]), year, number(row[index]), "")
        for row in rows[1 if newest else 3 :]
        if str(row[0]).strip()
        for series, index in columns.items()
    )


def _key(cell: object) -> str:
    text = str(cell).strip()
    return MISSPELT.get(text, text)

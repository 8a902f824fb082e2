"""World Bank Sovereign ESG data: series of many producers for the pillars of an ESG framework.

One sheet with a row for each economy and indicator and a column for each year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.facts.model import Dataset, Files
from greensilk.facts.sources._github import declared
from greensilk.facts.sources._tables import column, frame, number, sheet
from greensilk.facts.sources._worldbank import GROUPS

if TYPE_CHECKING:
    import polars as pl

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


DATASET = Dataset(
    id="wb_esg",
    en="World Bank Sovereign ESG data",
    zh="世界银行主权 ESG 数据",
    address="https://esgdata.worldbank.org/",
    key_kind="worldbank",
    files=(
        declared(
            "wb_esg",
            f"gabriela-arlt+ESG/{WORKBOOK}",
            f"https://databank.worldbank.org/data/download/ESG_EXCEL.zip#{WORKBOOK}",
        ),
    ),
    parse=parse,
    aggregates=GROUPS,
)

"""Worldwide Governance Indicators: estimates of six dimensions, their errors and ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.facts.model import Dataset, Files
from greensilk.facts.sources._github import declared
from greensilk.facts.sources._tables import column, frame, number, sheet

if TYPE_CHECKING:
    import polars as pl

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
        (f"{row[name]}.{end}", str(row[code]), int(row[year]), number(row[index]), "")
        for row in rows[1:]
        for index, end in measures
    )


DATASET = Dataset(
    id="wgi",
    en="Worldwide Governance Indicators",
    zh="全球治理指标",
    address="https://www.worldbank.org/en/publication/worldwide-governance-indicators",
    key_kind="worldbank",
    files=(
        declared(
            "wgi",
            f"timothym4r+Politics-and-Corruption-on-FDI-GDP-relation/data/{WORKBOOK}",
            "https://www.worldbank.org/content/dam/sites/govindicators/doc/wgidataset.xlsx",
        ),
    ),
    parse=parse,
    aggregates={"ANT": "Netherlands Antilles (former)"},
)

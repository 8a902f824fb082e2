"""WRI Aqueduct 4.0 country rankings: water stress, drought and river flood categories.

WRI publishes a workbook in long form; the mirror holds a table of the categories taken from it.
Both are read here, told apart by their first bytes. A country has one row for each weighting; as in
the table, total demand comes first, then the unweighted figure, then population.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from greensilk.core.errors import SourceError
from greensilk.facts.model import Dataset, Files
from greensilk.facts.sources._github import declared
from greensilk.facts.sources._tables import column, frame, number, sheet

if TYPE_CHECKING:
    import polars as pl

NAME = "rankings"
RELEASE = 2023
SERIES = ("bws", "drr", "rfr")
WEIGHTS = ("Tot", "One", "Pop")
BOOK = "Aqueduct40_rankings_download_Y2023M07D05"
SHEET = "country_baseline"
# Written where a country has no category.
NOTHING = -9999.0


def parse(files: Files) -> pl.DataFrame:
    """Read the categories, 0 (low) to 4 (extremely high); -1 stands for arid with little use."""
    path = files[NAME]
    with path.open("rb") as handle:
        zipped = handle.read(2) == b"PK"
    rows = _workbook(path) if zipped else _table(path)
    return frame(
        (series, key, RELEASE, None if value == NOTHING else value, "")
        for series, key, value in rows
    )


def _table(path: Path) -> Iterator[tuple[str, str, float | None]]:
    import polars as pl

    table = pl.read_csv(path, infer_schema_length=0)
    missing = {"gid_0", *(f"{one}_cat_0_4" for one in SERIES)} - set(table.columns)
    if missing:
        raise SourceError(f"{path.name}: no column {sorted(missing)}")
    for series in SERIES:
        for key, text in table.select("gid_0", f"{series}_cat_0_4").iter_rows():
            yield series, key, number(text)


def _workbook(path: Path) -> Iterator[tuple[str, str, float | None]]:
    rows = sheet(path, SHEET)
    code, name, weight, category = (
        column(rows[0], head, SHEET) for head in ("gid_0", "indicator_name", "weight", "cat")
    )
    best: dict[tuple[str, str], tuple[int, float | None]] = {}
    for row in rows[1:]:
        place = (str(row[name]), str(row[code]))
        if place[0] in SERIES and row[weight] in WEIGHTS:
            rank = WEIGHTS.index(row[weight])
            if place not in best or rank < best[place][0]:
                best[place] = (rank, number(row[category]))
    for (series, key), (_, value) in best.items():
        yield series, key, value


DATASET = Dataset(
    id="aqueduct",
    en="Aqueduct 4.0 country rankings",
    zh="水道（Aqueduct）4.0国别排名",
    address="https://www.wri.org/data/aqueduct-40-country-rankings",
    key_kind="iso3",
    files=(
        declared(
            "aqueduct",
            "mnmarkovitz+glencore_enviro_risk_tool/data/processed/aqueduct_country_scores.csv",
            f"https://files.wri.org/aqueduct/aqueduct-4-0-country-rankings.zip#{BOOK}/{BOOK}.xlsx",
            name=NAME,
        ),
    ),
    parse=parse,
)

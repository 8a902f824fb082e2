"""WRI Aqueduct 4.0 country rankings: water stress, drought and river flood categories.

WRI publishes a workbook in long form; the mirror holds a table of the categories taken from it.
Both are read here, told apart by their first bytes. A country has one row for each weighting; as in
the table, total demand comes first, then the unweighted figure, then population.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from greensilk.facts.model import Files
from greensilk.facts.readers.sheets import column, frame, number, require_columns, sheet

NAME = "rankings"
RELEASE = 2023
SERIES = ("bws", "drr", "rfr")
WEIGHTS = ("Tot", "One", "Pop")
SHEET = "country_baseline"
# Written where a country has no category.
NO_CATEGORY = -9999.0


def parse(files: Files) -> pl.DataFrame:
    """Read the categories, 0 (low) to 4 (extremely high); -1 stands for arid with little use."""
    path = files[NAME]
    with path.open("rb") as handle:
        zipped = handle.read(2) == b"PK"
    rows = _workbook(path) if zipped else _table(path)
    return frame(
        (series, key, RELEASE, None if value == NO_CATEGORY else value, "")
        for series, key, value in rows
    )


def _table(path: Path) -> Iterator[tuple[str, str, float | None]]:
    table = pl.read_csv(path, infer_schema_length=0)
    require_columns(path.name, table.columns, "gid_0", *(f"{name}_cat_0_4" for name in SERIES))
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
        entry = (str(row[name]), str(row[code]))
        if entry[0] in SERIES and row[weight] in WEIGHTS:
            rank = WEIGHTS.index(str(row[weight]))
            if entry not in best or rank < best[entry][0]:
                best[entry] = (rank, number(row[category]))
    for (series, iso3), (_, value) in best.items():
        yield series, iso3, value

"""Tables as publishers lay them out: sheets of a workbook, years in columns, several encodings."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

from greensilk.core.errors import SourceError

__all__ = ["Row", "column", "frame", "number", "require_columns", "sheet", "totals", "wide_csv"]

# series, key, year, value, flag
Row = tuple[str, str, int, float | None, str]

# What publishers write where they have no figure.
BLANKS = {"", "..", "...", "-", "--", "x", "na", "n/a", "nan", "null", "no data", "none"}
LONGEST = 8  # names of columns that an error lists


def number(cell: object) -> float | None:
    """Return a cell as a number, or ``None`` if it holds none.

    >>> number("1,234.5"), number(".."), number(3)
    (1234.5, None, 3.0)
    """
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return float(cell)
    text = str(cell).strip().replace(",", "")
    if text.casefold() in BLANKS:
        return None
    try:
        return float(text)
    except ValueError:
        return None


def sheet(path: Path, name: str) -> list[list[object]]:
    """Return the rows of a sheet.

    Raises
    ------
    SourceError
        If the workbook cannot be read or has no such sheet.
    """
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        if name not in workbook.sheet_names:
            names = ", ".join(workbook.sheet_names)
            raise SourceError("sheet_missing", file=path.name, sheet=name, present=names)
        rows: list[list[object]] = workbook.get_sheet_by_name(name).to_python()
    except (CalamineError, OSError, ValueError) as error:
        raise SourceError("workbook_unreadable", file=path.name, reason=str(error)) from error
    return rows


def require_columns(file: str, columns: Sequence[object], *names: str) -> None:
    """Check that a table has the columns called ``names``.

    Raises
    ------
    SourceError
        If columns are missing; all of them are named.
    """
    present = [str(item).strip() for item in columns]
    missing = [name for name in names if name not in present]
    if missing:
        listed = ", ".join(present[:LONGEST]) + (", ..." if len(present) > LONGEST else "")
        raise SourceError("column_missing", file=file, columns=", ".join(missing), present=listed)


def column(heads: Sequence[object], name: str, file: str) -> int:
    """Return the index of the column called ``name``.

    Raises
    ------
    SourceError
        If there is none.
    """
    require_columns(file, heads, name)
    return [str(head).strip() for head in heads].index(name)


def frame(rows: Iterable[Row]) -> pl.DataFrame:
    """Return rows of (series, key, year, value, flag) as a parser's answer, without the empty."""
    return pl.DataFrame(
        [row for row in rows if row[3] is not None],
        schema={
            "series": pl.String,
            "key": pl.String,
            "year": pl.Int32,
            "value": pl.Float64,
            "flag": pl.String,
        },
        orient="row",
    )


def totals(table: pl.DataFrame, by: Sequence[str], columns: Sequence[str]) -> pl.DataFrame:
    """Add ``columns`` up over the rows that agree in ``by``, sorted by ``by``.

    The sums are rounded once, at the end, so that they are the same to the last digit in whatever
    order rows are added; the frame library's own sums over groups are not. Null counts as nothing.
    """
    groups: dict[tuple[object, ...], list[tuple[float | None, ...]]] = {}
    for row in table.select(*by, *columns).iter_rows():
        groups.setdefault(row[: len(by)], []).append(row[len(by) :])
    kinds = {name: table.schema[name] for name in by} | dict.fromkeys(columns, pl.Float64())
    return pl.DataFrame(
        [
            (
                *key,
                *(
                    math.fsum(cell for cell in cells if cell is not None)
                    for cells in zip(*rows, strict=True)
                ),
            )
            for key, rows in groups.items()
        ],
        schema=kinds,
        orient="row",
    ).sort(by)


def wide_csv(
    path: Path, series: Mapping[str, str] | str, key: str, encoding: str = "utf8"
) -> pl.DataFrame:
    """Read a CSV with one row an economy and years in columns.

    ``series`` is the one series of the file (columns named by the year), or maps the prefix of a
    column (``hdi`` in ``hdi_1990``) to its series.
    """
    table = pl.read_csv(path, infer_schema_length=0, encoding=encoding)
    require_columns(path.name, table.columns, key)
    parts = []
    for name in table.columns:
        stem, _, year = name.rpartition("_")
        code = series if isinstance(series, str) else series.get(stem, "")
        if not year.isdigit() or len(year) != 4 or not code or (stem and isinstance(series, str)):
            continue
        parts.append(
            table.select(
                series=pl.lit(code),
                key=pl.col(key),
                year=pl.lit(int(year), dtype=pl.Int32),
                value=pl.col(name).cast(pl.Float64, strict=False),
            )
        )
    if not parts:
        raise SourceError("no_year_columns", file=path.name)
    return pl.concat(parts).filter(pl.col("value").is_not_null())

"""Tables as publishers lay them out: sheets of a workbook, years in columns, several encodings."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greensilk.core.errors import SourceError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["column", "frame", "number", "sheet", "totals", "wide_csv"]

# What publishers write where they have no figure.
NOTHING = {"", "..", "...", "-", "--", "x", "na", "n/a", "nan", "null", "no data", "none"}


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
    if text.casefold() in NOTHING:
        return None
    try:
        return float(text)
    except ValueError:
        return None


def sheet(path: Path, name: str) -> list[list[Any]]:
    """Return the rows of a sheet.

    Raises
    ------
    SourceError
        If the workbook cannot be read or has no such sheet.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        if name not in book.sheet_names:
            raise SourceError(f"{path.name}: no sheet {name!r}, only {book.sheet_names}")
        rows: list[list[Any]] = book.get_sheet_by_name(name).to_python()
    except (CalamineError, OSError, ValueError) as error:
        raise SourceError(f"{path.name}: cannot be read as a workbook: {error}") from error
    return rows


def column(heads: Sequence[object], name: str, where: str) -> int:
    """Return the index of the column called ``name``.

    Raises
    ------
    SourceError
        If there is none.
    """
    for index, head in enumerate(heads):
        if str(head).strip() == name:
            return index
    raise SourceError(f"{where}: no column {name!r}, only {[str(head) for head in heads]}")


def frame(rows: Iterable[tuple[str, str, int, float | None, str]]) -> pl.DataFrame:
    """Return rows of (series, key, year, value, flag) as a parser's answer, without the empty."""
    import polars as pl

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
    import polars as pl

    groups: dict[tuple[object, ...], list[tuple[float | None, ...]]] = {}
    for row in table.select(*by, *columns).iter_rows():
        groups.setdefault(row[: len(by)], []).append(row[len(by) :])
    kinds = {name: table.schema[name] for name in by} | dict.fromkeys(columns, pl.Float64())
    return pl.DataFrame(
        [
            (
                *key,
                *(
                    math.fsum(one for one in cells if one is not None)
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
    import polars as pl

    table = pl.read_csv(path, infer_schema_length=0, encoding=encoding)
    if key not in table.columns:
        raise SourceError(f"{path.name}: no column {key!r}, only {table.columns[:8]}")
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
        raise SourceError(f"{path.name}: no column is named after a year")
    return pl.concat(parts).filter(pl.col("value").is_not_null())

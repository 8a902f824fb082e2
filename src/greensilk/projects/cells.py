"""Cells of delimited text: in bulk where every row has as many, one by one where they do not."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from greensilk.core.errors import Fault
from greensilk.projects.raw import HEADER_DEPTH, Raw, joined, refuse

if TYPE_CHECKING:
    import polars as pl

__all__ = ["body", "cells", "with_header"]


def cells(
    text: bytes, delimiter: str, file: str, first_row: int = 1, width: int | None = None
) -> tuple[pl.DataFrame, list[Fault]]:
    """Return all cells as text in columns c0, c1, ...; faulty rows are named and left empty.

    ``first_row`` is the number of the first row given; ``width`` that of the cells of a row, known
    from the header once that was read.
    """
    import polars as pl

    text, faults = _closed_quotes(text, file, first_row)
    if delimiter.isascii():
        try:
            frame = pl.read_csv(text, has_header=False, infer_schema=False, separator=delimiter)
        except pl.exceptions.NoDataError:
            return pl.DataFrame(), faults
        except pl.exceptions.ComputeError:
            pass  # rows of unequal length: read them one by one, to say which
        else:
            if width is None or frame.width <= width:
                return _numbered(frame), faults
    frame, more = _one_by_one(text.decode("utf-8"), delimiter, file, first_row, width)
    return frame, [*faults, *more]


def with_header(frame: pl.DataFrame, file: str) -> Raw:
    """Return the table below the header that stands in the first rows of ``frame``.

    Raises
    ------
    InputError
        If no row holds a name that we know.
    """
    import polars as pl

    from greensilk.projects.header_rows import header_rows

    top = frame.head(HEADER_DEPTH).rows()
    found = header_rows(top)
    if found is None:
        seen = ", ".join(cell for row in top[:1] for cell in row if cell)
        raise refuse("no_known_column", file, value=seen[:300])
    headers = list(found.names)
    numbers = pl.Series("row", range(1, frame.height + 1), dtype=pl.Int64)
    below = body(frame.with_columns(numbers).slice(found.last + 1), len(headers))
    while headers and not headers[-1] and below[f"c{len(headers) - 1}"].is_null().all():
        headers.pop()
    return Raw(
        file=file,
        sheet="",
        headers=headers,
        columns=[below[f"c{i}"] for i in range(len(headers))],
        rows=below["row"],
        faults=joined(found, file),
    )


def body(frame: pl.DataFrame, width: int) -> pl.DataFrame:
    """Return the rows with anything in them, with exactly ``width`` columns and the row numbers."""
    import polars as pl

    names = [f"c{i}" for i in range(width)]
    missing = [pl.lit(None, dtype=pl.String).alias(name) for name in names if name not in frame]
    filled = pl.any_horizontal(
        (pl.col(name).is_not_null() & (pl.col(name) != "")) for name in names
    )
    return frame.with_columns(missing).select([*names, "row"]).filter(filled)


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.rename({name: f"c{i}" for i, name in enumerate(frame.columns)})


def _closed_quotes(text: bytes, file: str, first_row: int) -> tuple[bytes, list[Fault]]:
    """Take the quotation marks out of lines that open one and do not close it.

    Only if the marks of the whole text do not pair: a cell of several lines has them in two lines.
    """
    if text.count(b'"') % 2 == 0:
        return text, []
    lines = text.split(b"\n")
    faults = []
    for number, line in enumerate(lines):
        if line.count(b'"') % 2:
            lines[number] = line.replace(b'"', b"")
            row = first_row + number
            faults.append(Fault(code="broken_quotes", severity="doubtful", file=file, row=row))
    return b"\n".join(lines), faults


def _one_by_one(
    text: str, delimiter: str, file: str, first_row: int, width: int | None
) -> tuple[pl.DataFrame, list[Fault]]:
    import polars as pl

    from greensilk.projects.headers import pick_header

    # the reader numbers the rows as the bulk reader does: a blank line is a row
    rows = [row or [""] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    for row in rows:
        while row and not row[-1].strip():
            row.pop()
    place = -1
    if width is None:
        found = pick_header(rows[:HEADER_DEPTH])
        place = found if found is not None else len(rows)
        width = len(rows[place]) if found is not None else max(map(len, rows), default=0)
    faults = []
    for number, row in enumerate(rows):
        if len(row) > width and number > place:
            faults.append(
                Fault(
                    code="too_many_cells",
                    file=file,
                    row=first_row + number,
                    value=str(len(row)),
                    expected=str(width),
                )
            )
            row.clear()
        del row[width:]
        row.extend([""] * (width - len(row)))
    columns = zip(*rows, strict=True) if width else ()
    return (
        pl.DataFrame(
            [pl.Series(f"c{i}", values, dtype=pl.String) for i, values in enumerate(columns)]
        ),
        faults,
    )

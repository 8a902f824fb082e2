"""Reading CSV and its kin, all at once or part by part.

Cells are read in bulk where every row has as many of them, and one by one where they do not, to say
which row is at fault.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import polars as pl

from greensilk.core.errors import Fault
from greensilk.projects.headers import find_header_row
from greensilk.projects.readers.encoding import (
    detect_stream_encoding,
    iter_blocks,
    sniff_delimiter,
    to_utf8,
)
from greensilk.projects.readers.table import (
    RawTable,
    find_headers,
    header_depth,
    note_joined_headers,
    refuse,
    refuse_unknown_headers,
    split_tables,
)

__all__ = ["read_delimited", "stream_delimited"]

_HEAD_BYTES = 65536


def read_delimited(path: Path) -> list[RawTable]:
    """Read a whole delimited file; tables that stand one below the other come apart.

    Raises
    ------
    InputError
        If the file is empty, in no encoding we can tell, or has no header that we know.
    """
    text, faults = to_utf8(path.read_bytes(), path.name)
    if not text.strip():
        raise refuse("empty_file", path.name)
    delimiter = sniff_delimiter(text[:_HEAD_BYTES].decode("utf-8", errors="ignore"))
    frame, cell_faults = _split_cells(text, delimiter, path.name)
    tables = []
    for start, stop in _split_frame(frame):
        part = frame.slice(start, stop - start)
        if start and find_headers(part.head(header_depth()).rows()) is None:
            continue
        raw = _split_header(part, path.name)
        raw.rows += start
        raw.header_row += start
        tables.append(raw)
    tables[0].faults = [*faults, *cell_faults, *tables[0].faults]
    return tables


def _split_frame(frame: pl.DataFrame) -> list[tuple[int, int]]:
    """Return where the tables of a file begin and end.

    Only where two rows or more hold names of the first header are all rows looked at.
    """
    top = frame.head(header_depth()).rows()
    main = find_header_row(top)
    if main is None:
        return [(0, frame.height)]
    names = [cell for cell in top[main] if cell]
    alike = frame.select(pl.sum_horizontal(pl.all().is_in(names).fill_null(False))).to_series()
    if (alike >= 2).sum() < 2:
        return [(0, frame.height)]
    return split_tables(frame.rows())


def stream_delimited(path: Path, rows_per_batch: int) -> Iterator[RawTable]:
    """Read a delimited file part by part, so that a file of any length fits into memory.

    The parts are cut at line ends outside quotes; each holds at most ``rows_per_batch`` rows. A
    file with a header and no rows yields one part without rows.

    Raises
    ------
    InputError
        As :func:`read_delimited`.
    """
    with path.open("rb") as handle:
        encoding, faults = detect_stream_encoding(handle, path.name)
        head = _read_head(handle, encoding)
        if not head.strip():
            raise refuse("empty_file", path.name)
        headers: list[str] | None = None
        waiting: pl.DataFrame | None = None
        delimiter = sniff_delimiter(head)
        yielded = False
        next_row, header_row = 1, 0
        for block in iter_blocks(handle, encoding):
            width = None if headers is None else len(headers)
            frame, cell_faults = _split_cells(block, delimiter, path.name, next_row, width)
            faults += cell_faults
            if headers is None:
                raw = _split_header(frame, path.name)
                faults += raw.faults
                headers, header_row = raw.headers, raw.header_row
                columns = dict(zip(_names(len(headers)), raw.columns, strict=True))
                part = pl.DataFrame(columns | {"row": raw.rows})
            else:
                rows = pl.Series("row", range(next_row, next_row + frame.height), dtype=pl.Int64)
                part = _select_body(frame.with_columns(rows), len(headers))
            next_row += frame.height
            waiting = part if waiting is None else pl.concat([waiting, part], rechunk=True)
            while waiting.height >= rows_per_batch:
                yield _part(path.name, headers, waiting.head(rows_per_batch), faults, header_row)
                yielded, faults = True, []
                waiting = waiting.slice(rows_per_batch)
        if headers is not None and waiting is not None and (waiting.height or not yielded):
            yield _part(path.name, headers, waiting, faults, header_row)


def _read_head(handle: BinaryIO, encoding: str) -> str:
    head = handle.read(_HEAD_BYTES)
    handle.seek(0)
    text = head.decode(encoding, errors="ignore")
    return text if "\n" in text else text.replace("\r", "\n")


def _part(
    file: str, headers: list[str], body: pl.DataFrame, faults: list[Fault], header_row: int
) -> RawTable:
    """Return the table whose cells stand in columns c0, c1, ... of ``body``."""
    return RawTable(
        file=file,
        sheet="",
        headers=headers,
        columns=[body[name] for name in _names(len(headers))],
        rows=body["row"],
        faults=faults,
        header_row=header_row,
    )


def _names(width: int) -> list[str]:
    return [f"c{i}" for i in range(width)]


def _split_header(frame: pl.DataFrame, file: str) -> RawTable:
    """Return the table below the header that stands in the first rows of ``frame``.

    Raises
    ------
    InputError
        If no row holds a name that we know.
    """
    top = frame.head(header_depth()).rows()
    headers = find_headers(top)
    if headers is None:
        raise refuse_unknown_headers(top, file)
    names = list(headers.names)
    numbers = pl.Series("row", range(1, frame.height + 1), dtype=pl.Int64)
    body = _select_body(frame.with_columns(numbers).slice(headers.last + 1), len(names))
    while names and not names[-1] and body[f"c{len(names) - 1}"].fill_null("").eq("").all():
        names.pop()
    return _part(file, names, body, note_joined_headers(headers, file), headers.last + 1)


def _select_body(frame: pl.DataFrame, width: int) -> pl.DataFrame:
    """Return the rows with anything in them, with exactly ``width`` columns and the row numbers."""
    names = _names(width)
    missing = [pl.lit(None, dtype=pl.String).alias(name) for name in names if name not in frame]
    filled = pl.any_horizontal(
        (pl.col(name).is_not_null() & (pl.col(name) != "")) for name in names
    )
    return frame.with_columns(missing).select([*names, "row"]).filter(filled)


def _split_cells(
    text: bytes, delimiter: str, file: str, first_row: int = 1, width: int | None = None
) -> tuple[pl.DataFrame, list[Fault]]:
    """Return all cells as text in columns c0, c1, ...; faulty rows are named and left empty.

    ``first_row`` is the number of the first row in the file; ``width`` the number of cells of a
    row, known from the header once that was read.
    """
    text, faults = _close_quotes(text, file, first_row)
    if delimiter.isascii():
        try:
            frame = pl.read_csv(text, has_header=False, infer_schema=False, separator=delimiter)
        except pl.exceptions.NoDataError:
            return pl.DataFrame(), faults
        except (pl.exceptions.ComputeError, OSError):
            # rows of unequal length, or text that looks compressed: read the rows one by one
            pass
        else:
            if width is None or frame.width <= width:
                names = dict(zip(frame.columns, _names(frame.width), strict=True))
                return frame.rename(names), faults
    frame, row_faults = _split_rows(text.decode("utf-8"), delimiter, file, first_row, width)
    return frame, [*faults, *row_faults]


def _close_quotes(text: bytes, file: str, first_row: int) -> tuple[bytes, list[Fault]]:
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


def _header_width(rows: list[list[str]]) -> int:
    """Return the number of cells of the widest header of the tables in ``rows``."""
    widths = []
    for start, stop in split_tables(rows):
        main = find_header_row(rows[start : min(stop, start + header_depth())])
        widths.append(0 if main is None else len(rows[start + main]))
    return max(widths)


def _split_rows(
    text: str, delimiter: str, file: str, first_row: int, width: int | None
) -> tuple[pl.DataFrame, list[Fault]]:
    # the reader numbers the rows as the bulk reader does: a blank line is a row
    rows = [row or [""] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    for row in rows:
        while row and not row[-1].strip():
            row.pop()
    header = -1
    if width is None:
        main = find_header_row(rows[: header_depth()])
        header = len(rows) if main is None else main
        width = max(map(len, rows), default=0) if main is None else _header_width(rows)
    faults = []
    for number, row in enumerate(rows):
        if len(row) > width and number > header:
            faults.append(
                Fault(
                    code="too_many_cells",
                    file=file,
                    row=first_row + number,
                    value=str(len(row)),
                    expected=width,
                )
            )
            row.clear()
        del row[width:]
        row.extend([""] * (width - len(row)))
    columns = zip(*rows, strict=True) if width else ()
    series = [pl.Series(f"c{i}", values, dtype=pl.String) for i, values in enumerate(columns)]
    return pl.DataFrame(series), faults

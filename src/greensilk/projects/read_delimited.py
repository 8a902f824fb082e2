"""Reading CSV and its kin, all at once or part by part."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from greensilk.core.errors import Fault
from greensilk.projects.cells import body, cells, with_header
from greensilk.projects.encoding import blocks, encoding_of, sniff_delimiter, to_utf8
from greensilk.projects.raw import Raw, refuse

if TYPE_CHECKING:
    import polars as pl

__all__ = ["read_delimited", "stream_delimited"]

_HEAD = 65536


def read_delimited(path: Path) -> Raw:
    """Read a whole delimited file.

    Raises
    ------
    InputError
        If the file is empty, in no encoding we can tell, or has no header that we know.
    """
    text, faults = to_utf8(path.read_bytes(), path.name)
    if not text.strip():
        raise refuse("empty_file", path.name)
    delimiter = sniff_delimiter(text[:_HEAD].decode("utf-8", errors="ignore"))
    frame, more = cells(text, delimiter, path.name)
    raw = with_header(frame, path.name)
    raw.faults = [*faults, *more, *raw.faults]
    return raw


def stream_delimited(path: Path, rows_per_batch: int) -> Iterator[Raw]:
    """Read a delimited file part by part, so that a file of any length fits into memory.

    The parts are cut at line ends outside quotes; each holds at most ``rows_per_batch`` rows. A
    file with a header and no rows yields one part without rows.

    Raises
    ------
    InputError
        As :func:`read_delimited`.
    """
    import polars as pl

    with path.open("rb") as handle:
        encoding, faults = encoding_of(handle, path.name)
        head = _head(handle, encoding)
        if not head.strip():
            raise refuse("empty_file", path.name)
        headers: list[str] | None = None
        waiting: pl.DataFrame | None = None
        delimiter = sniff_delimiter(head)
        yielded = False
        next_row = 1
        for block in blocks(handle, encoding):
            width = None if headers is None else len(headers)
            frame, more = cells(block, delimiter, path.name, next_row, width)
            faults += more
            if headers is None:
                raw = with_header(frame, path.name)
                faults += raw.faults
                headers = raw.headers
                names = [f"c{i}" for i in range(len(headers))]
                columns = dict(zip(names, raw.columns, strict=True))
                part = pl.DataFrame(columns | {"row": raw.rows})
            else:
                rows = pl.Series("row", range(next_row, next_row + frame.height), dtype=pl.Int64)
                part = body(frame.with_columns(rows), len(headers))
            next_row += frame.height
            waiting = part if waiting is None else pl.concat([waiting, part], rechunk=True)
            while waiting.height >= rows_per_batch:
                yield _part(path.name, headers, waiting.head(rows_per_batch), faults)
                yielded, faults = True, []
                waiting = waiting.slice(rows_per_batch)
        if headers is not None and waiting is not None and (waiting.height or not yielded):
            yield _part(path.name, headers, waiting, faults)


def _head(handle: BinaryIO, encoding: str) -> str:
    head = handle.read(_HEAD)
    handle.seek(0)
    text = head.decode(encoding, errors="ignore")
    return text if "\n" in text else text.replace("\r", "\n")


def _part(file: str, headers: list[str], rows: pl.DataFrame, faults: list[Fault]) -> Raw:
    return Raw(
        file=file,
        sheet="",
        headers=headers,
        columns=[rows[f"c{i}"] for i in range(len(headers))],
        rows=rows["row"],
        faults=faults,
    )

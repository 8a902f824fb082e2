"""Reading CSV and its kin: encoding and delimiter found out, ragged rows named, in bulk or in parts.

Chinese files in GB18030 simply work. A file in a Western code page would decode as GB18030 too, into
nonsense; it is told apart by its accented letters, which stand alone between ASCII letters, while
Chinese characters come in pairs of high bytes.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from greensilk.errors import Fault
from greensilk.projects.raw import HEADER_DEPTH, Raw, refuse

if TYPE_CHECKING:
    import polars as pl

__all__ = ["detect_encoding", "read_delimited", "sniff_delimiter", "stream_delimited"]

DELIMITERS = ",;\t|，；"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK = 16 << 20


def read_delimited(path: Path) -> Raw:
    """Read a whole delimited file.

    Raises
    ------
    InputError
        If the file is empty, in no encoding we can tell, or has no header that we know.
    """
    content = path.read_bytes()
    text, faults = _to_utf8(content, path.name)
    if not text.strip():
        raise refuse("empty_file", path.name)
    delimiter = sniff_delimiter(text[:65536].decode("utf-8", errors="ignore"))
    frame, more = _frame(text, delimiter, path.name)
    raw = _with_header(frame, path.name, delimiter)
    raw.faults = [*faults, *more]
    return raw


def stream_delimited(path: Path, rows_per_batch: int) -> Iterator[Raw]:
    """Read a delimited file part by part, so that a file of any length fits into memory.

    The parts are cut at line ends outside quotes; each holds at most ``rows_per_batch`` rows.
    """
    import polars as pl

    with path.open("rb") as handle:
        encoding, faults = _encoding_of(handle, path.name)
        head = _head(handle, encoding)
        if not head.strip():
            raise refuse("empty_file", path.name)
        delimiter = sniff_delimiter(head)
        first: Raw | None = None
        offset = 1
        waiting: pl.DataFrame | None = None
        for block in _blocks(handle, encoding):
            frame, more = _frame(block, delimiter, path.name, first_row=offset)
            offset += frame.height
            numbers = pl.Series("row", range(offset - frame.height, offset), dtype=pl.Int64)
            if first is None:
                raw = _with_header(frame, path.name, delimiter)
                first = raw
                part = pl.DataFrame(
                    [column.alias(f"c{i}") for i, column in enumerate(raw.columns)]
                ).with_columns(raw.rows.alias("row"))
            else:
                part = _widen(frame, len(first.headers)).with_columns(numbers)
                part = _drop_blank(part)
            faults += more
            waiting = part if waiting is None else pl.concat([waiting, part], rechunk=True)
            while waiting.height >= rows_per_batch:
                yield _batch(first, waiting.head(rows_per_batch), faults)
                faults = []
                waiting = waiting.slice(rows_per_batch)
        if first is not None and waiting is not None and (waiting.height or faults):
            yield _batch(first, waiting, faults)


def detect_encoding(content: bytes) -> str | None:
    """Return the encoding of ``content``; None if it is not text in any that we know.

    >>> detect_encoding("装机容量".encode("gb18030")), detect_encoding("Côte d'Ivoire".encode("cp1252"))
    ('gb18030', 'cp1252')
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    if _wide(content):
        return "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
    for name in ("utf-8", _eastern_or_western(content)):
        try:
            content.decode(name)
        except UnicodeDecodeError:
            continue
        return None if b"\0" in content else name
    return None


def sniff_delimiter(text: str) -> str:
    """Return the character that separates cells, judged by the first lines.

    >>> sniff_delimiter("a;b;c\\n1,5;2;3"), sniff_delimiter("name\\nx")
    (';', ',')
    """
    lines = [line for line in _unquoted(text[:65536]).splitlines() if line.strip()][:HEADER_DEPTH]
    best, score = ",", 0.0
    for candidate in DELIMITERS:
        counts = [line.count(candidate) for line in lines]
        usual = max(set(counts), key=lambda n: (n > 0, counts.count(n), n), default=0)
        # a separator stands equally often in every line; a comma inside numbers does not
        value = usual and counts.count(usual) / len(counts) * (1 + min(usual, 50) / 100)
        if value > score:
            best, score = candidate, value
    return best


def _unquoted(text: str) -> str:
    return "".join(part for number, part in enumerate(text.split('"')) if number % 2 == 0)


def _wide(content: bytes) -> bool:
    """Tell whether every other byte of the beginning is zero: UTF-16 without a mark."""
    head = content[:400]
    return len(head) > 3 and max(head[0::2].count(0), head[1::2].count(0)) > len(head) * 0.3


def _eastern_or_western(content: bytes) -> str:
    import numpy as np

    data = np.frombuffer(content[: 1 << 22], dtype=np.uint8)
    high = data >= 0x80
    alone = high & ~np.r_[high[1:], False] & ~np.r_[False, high[:-1]]
    # a lone high byte before an ASCII letter may also be the first half of a rare character
    return "cp1252" if alone.sum() * 2 > high.sum() else "gb18030"


def _to_utf8(content: bytes, file: str) -> tuple[bytes, list[Fault]]:
    encoding = detect_encoding(content)
    if encoding is None:
        raise refuse("wrong_encoding", file, value=_where(content))
    if encoding == "utf-8":
        return content, []
    if encoding == "utf-8-sig":
        return content[3:], []
    return content.decode(encoding).encode("utf-8"), _noted(encoding, file)


def _noted(encoding: str, file: str) -> list[Fault]:
    if encoding.startswith("utf"):
        return []
    code = "encoding_assumed" if encoding == "cp1252" else "encoding_read"
    severity: Any = "doubtful" if encoding == "cp1252" else "note"
    return [Fault(code=code, severity=severity, file=file, value=encoding)]


def _where(content: bytes) -> str:
    """Return the line of the first byte that UTF-8 does not know."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return str(content[: error.start].count(b"\n") + 1)
    return "1"


def _frame(
    text: bytes, delimiter: str, file: str, first_row: int = 1
) -> tuple[pl.DataFrame, list[Fault]]:
    """Return all cells as text; rows with too many cells are named and emptied."""
    import polars as pl

    if delimiter.isascii():
        try:
            return (
                pl.read_csv(text, has_header=False, infer_schema=False, separator=delimiter),
                [],
            )
        except pl.exceptions.ComputeError:
            pass  # rows of unequal length: read them one by one, to say which
    return _ragged(text.decode("utf-8"), delimiter, file, first_row)


def _ragged(
    text: str, delimiter: str, file: str, first_row: int
) -> tuple[pl.DataFrame, list[Fault]]:
    import polars as pl

    from greensilk.projects.headers import pick_header

    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise refuse("broken_quotes", file, value=str(error)) from error
    for row in rows:
        while row and not row[-1].strip():
            row.pop()
    place = pick_header(rows[:HEADER_DEPTH]) if first_row == 1 else None
    width = len(rows[place]) if place is not None else max(map(len, rows), default=0)
    faults = []
    for number, row in enumerate(rows):
        if len(row) > width and (place is None or number > place):
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
    cells = zip(*rows, strict=True) if width else ()
    return (
        pl.DataFrame(
            [
                pl.Series(f"column_{i + 1}", values, dtype=pl.String)
                for i, values in enumerate(cells)
            ]
        ),
        faults,
    )


def _with_header(frame: pl.DataFrame, file: str, delimiter: str) -> Raw:
    import polars as pl

    from greensilk.projects.headers import pick_header

    top = frame.head(HEADER_DEPTH).rows()
    place = pick_header(top)
    if place is None:
        seen = ", ".join(cell for row in top[:1] for cell in row if cell)
        raise refuse("no_known_column", file, value=seen[:300], delimiter=repr(delimiter))
    headers = [" ".join((cell or "").split()) for cell in top[place]]
    numbers = pl.Series("row", range(1, frame.height + 1), dtype=pl.Int64)
    body = _drop_blank(_widen(frame, len(headers)).with_columns(numbers).slice(place + 1))
    while headers and not headers[-1] and body[f"c{len(headers) - 1}"].is_null().all():
        headers.pop()
    return Raw(
        file=file,
        sheet="",
        headers=headers,
        columns=[body[f"c{i}"] for i in range(len(headers))],
        rows=body["row"],
    )


def _widen(frame: pl.DataFrame, width: int) -> pl.DataFrame:
    """Return the frame with columns named c0, c1, ... and exactly ``width`` of them."""
    import polars as pl

    named = frame.rename({name: f"c{i}" for i, name in enumerate(frame.columns)})
    missing = [
        pl.lit(None, dtype=pl.String).alias(f"c{i}") for i in range(len(named.columns), width)
    ]
    return named.with_columns(missing).select([f"c{i}" for i in range(width)])


def _drop_blank(body: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    names = [name for name in body.columns if name != "row"]
    filled = pl.any_horizontal(
        (pl.col(name).is_not_null() & (pl.col(name) != "")) for name in names
    )
    return body.filter(filled)


def _encoding_of(handle: BinaryIO, file: str) -> tuple[str, list[Fault]]:
    """Return the encoding of an open file, read block by block."""
    head = handle.read(_BLOCK)
    encoding = detect_encoding(head[: head.rfind(b"\n") + 1] or head)
    if encoding == "utf-8":
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            decoder.decode(head)
            while block := handle.read(_BLOCK):
                decoder.decode(block)
        except UnicodeDecodeError:
            encoding = "gb18030"
    handle.seek(0)
    if encoding is None:
        raise refuse("wrong_encoding", file, value=_where(head))
    return encoding, _noted(encoding, file)


def _head(handle: BinaryIO, encoding: str) -> str:
    head = handle.read(65536)
    handle.seek(0)
    return head.decode(encoding, errors="ignore")


def _blocks(handle: BinaryIO, encoding: str) -> Iterator[bytes]:
    """Yield UTF-8 text in blocks that end at a line end outside quotes."""
    decoder = codecs.getincrementaldecoder(encoding)()
    rest = b""
    while block := handle.read(_BLOCK):
        rest += decoder.decode(block).encode("utf-8")
        cut = rest.rfind(b"\n") + 1
        while cut > 0 and rest.count(b'"', 0, cut) % 2:
            cut = rest.rfind(b"\n", 0, cut - 1) + 1
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
    rest += decoder.decode(b"", final=True).encode("utf-8")
    if rest.strip():
        yield rest


def _batch(first: Raw, part: pl.DataFrame, faults: list[Fault]) -> Raw:
    return Raw(
        file=first.file,
        sheet="",
        headers=first.headers,
        columns=[part[f"c{i}"] for i in range(len(first.headers))],
        rows=part["row"],
        faults=faults,
    )

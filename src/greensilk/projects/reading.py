"""Reading projects from a file or a table in memory, all at once or batch by batch."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greensilk.core.errors import Fault, InputError
from greensilk.projects.assemble import Assembled, assemble
from greensilk.projects.raw import Raw, refuse
from greensilk.projects.seen import Seen

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["ROWS_PER_BATCH", "Projects", "iter_projects", "read_projects"]

ROWS_PER_BATCH = 131_072
_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_JSON = (".geojson", ".json")
_PARQUET = (".parquet", ".pq")
_OTHERS = (".pdf", ".doc", ".docx", ".ppt", ".pptx", ".zip", ".gz", ".rar", ".7z")


@dataclass(frozen=True)
class Projects:
    """A table of projects, understood.

    Parameters
    ----------
    table
        One row for each component: ``project_id``, ``component`` (empty if the project is one
        piece), ``row`` in the file, text attributes, and numbers in the unit of their field. Beside
        a number ``F`` may stand ``F__low`` and ``F__high`` (a range was given), ``F__half`` (half
        a unit of the last digit written), ``F__text`` (as written) and ``F__qualifier`` (approx,
        at_least, at_most).
    faults
        Everything refused, doubtful or assumed, in the order of the file.
    claims
        Every stated result, one row each: project_id, component, claim (the field), quantity
        (what it is compared with), value, low, high, half, unit, text, qualifier, source_note, row.
    source
        The name of the file, empty for a table in memory.
    rows_read
        Rows with anything in them; those missing from ``table`` are explained by ``faults``.
    """

    table: pa.Table
    faults: list[Fault] = field(repr=False)
    claims: pa.Table = field(repr=False)
    source: str = ""
    rows_read: int = 0

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def messages(self, lang: str = "en") -> list[str]:
        """Return every fault as a sentence in ``en`` or ``zh``."""
        return [fault.message(lang) for fault in self.faults]


def read_projects(source: Any, strict: bool = False) -> Projects:
    """Read projects from a file (CSV, XLSX, Parquet, GeoJSON) or a pandas, polars or Arrow table.

    Parameters
    ----------
    source
        A path, or a table in memory.
    strict
        Raise if anything was refused, with all faults at once; otherwise the good rows are
        returned and the faults with them.

    Raises
    ------
    InputError
        If the file cannot be read at all; if ``strict`` and anything was refused.

    >>> import polars as pl
    >>> projects = read_projects(pl.DataFrame({
    ...     "id": ["K"], "name": ["Karot"], "country": ["Pakistan"], "technology": ["hydro"],
    ...     "装机容量": ["72万千瓦"], "年发电量": ["32亿千瓦时"]}))
    >>> projects.table["capacity"].to_pylist(), projects.table["annual_generation"].to_pylist()
    ([720.0], [3200000.0])
    >>> projects.claims["half"].to_pylist()
    [50000.0]
    """
    tables, name = _open(source)
    seen = Seen()
    pieces = [assemble(raw, seen) for raw in tables]
    projects = _projects(pieces, name, whole=True)
    _stop_if(strict, projects.faults)
    return projects


def iter_projects(
    source: Any, rows_per_batch: int = ROWS_PER_BATCH, strict: bool = False
) -> Iterator[Projects]:
    """Read projects batch by batch, so that a CSV or Parquet file of any length fits into memory.

    The checks are those of :func:`read_projects`, duplicates across batches included; faults of
    columns come with the first batch. Rows of one hybrid must stand in one batch to be joined.

    Raises
    ------
    InputError
        As :func:`read_projects`, when the fault is reached.
    """
    seen = Seen()
    rows = 0
    name = _name(source)
    for number, raw in enumerate(_stream(source, rows_per_batch)):
        projects = _projects([assemble(raw, seen, first=number == 0)], name, whole=False)
        rows += projects.rows_read
        _stop_if(strict, projects.faults)
        yield projects
    if rows == 0:
        nothing = replace(projects, faults=[Fault(code="no_rows", file=name)])
        _stop_if(strict, nothing.faults)
        yield nothing


def _stream(source: Any, rows_per_batch: int) -> Iterator[Raw]:
    from greensilk.projects.read_delimited import stream_delimited
    from greensilk.projects.read_other import is_frame, stream_parquet

    if not is_frame(source):
        path = _path(source)
        kind = _kind(path)
        if kind == "parquet":
            yield from stream_parquet(path, rows_per_batch)
            return
        if kind == "delimited":
            yield from stream_delimited(path, rows_per_batch)
            return
    for raw in _open(source)[0]:
        for start in range(0, max(len(raw.rows), 1), rows_per_batch):
            part = slice(start, start + rows_per_batch)
            yield Raw(
                file=raw.file,
                sheet=raw.sheet,
                headers=raw.headers,
                columns=[column[part] for column in raw.columns],
                rows=raw.rows[part],
                faults=raw.faults if start == 0 else [],
            )


def _open(source: Any) -> tuple[list[Raw], str]:
    from greensilk.projects.read_other import is_frame, read_frame

    if is_frame(source):
        return [read_frame(source)], ""
    path = _path(source)
    return _READERS[_kind(path)](path), path.name


def _name(source: Any) -> str:
    from greensilk.projects.read_other import is_frame

    return "" if is_frame(source) else Path(source).name


def _path(source: Any) -> Path:
    if not isinstance(source, str | os.PathLike):
        raise refuse("not_a_table", "", value=type(source).__name__)
    path = Path(source)
    if path.is_dir():
        raise refuse("file_is_folder", str(path))
    if not path.exists():
        raise refuse("file_missing", str(path))
    return path


def _kind(path: Path) -> str:
    """Tell what a file is by how it begins, and only then by its name."""
    with path.open("rb") as handle:
        start = handle.read(512)
    suffix = path.suffix.lower()
    if start[:4] == b"PAR1" or suffix in _PARQUET:
        return "parquet"
    if start[:2] == b"\x1f\x8b" or start[:4] == b"%PDF" or suffix in _OTHERS:
        raise refuse("format_unknown", path.name, value=suffix or "?")
    if start[:2] == b"PK" or start[:4] == b"\xd0\xcf\x11\xe0" or suffix in _WORKBOOKS:
        return "workbook"
    if suffix in _JSON or start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return "geojson"
    return "delimited"


def _workbook(path: Path) -> list[Raw]:
    from greensilk.projects.read_workbook import read_workbook

    _not_empty(path)
    return read_workbook(path)


def _delimited(path: Path) -> list[Raw]:
    from greensilk.projects.read_delimited import read_delimited

    return [read_delimited(path)]


def _geojson(path: Path) -> list[Raw]:
    from greensilk.projects.read_other import read_geojson

    return [read_geojson(path)]


def _parquet(path: Path) -> list[Raw]:
    from greensilk.projects.read_other import read_parquet

    _not_empty(path)
    return [read_parquet(path)]


def _not_empty(path: Path) -> None:
    if path.stat().st_size == 0:
        raise refuse("empty_file", path.name)


_READERS = {
    "workbook": _workbook,
    "delimited": _delimited,
    "geojson": _geojson,
    "parquet": _parquet,
}


def _projects(pieces: list[Assembled], name: str, *, whole: bool) -> Projects:
    import polars as pl

    table = pl.concat([piece.table for piece in pieces], how="diagonal")
    claims = pl.concat([piece.claims for piece in pieces])
    faults = [fault for piece in pieces for fault in piece.faults]
    rows = sum(piece.rows_read for piece in pieces)
    if whole and rows == 0:
        faults.append(Fault(code="no_rows", file=name))
    return Projects(
        table=table.to_arrow(compat_level=pl.CompatLevel.oldest()),
        faults=faults,
        claims=claims.to_arrow(compat_level=pl.CompatLevel.oldest()),
        source=name,
        rows_read=rows,
    )


def _stop_if(strict: bool, faults: list[Fault]) -> None:
    refused = [fault for fault in faults if fault.severity == "refused"]
    if strict and refused:
        raise InputError(refused)

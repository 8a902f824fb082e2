"""Reading projects from a file or a table in memory, all at once or batch by batch."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib.resources import as_file
from pathlib import Path
from typing import Literal

import polars as pl
import pyarrow as pa

from greensilk.core.errors import Fault, InputError
from greensilk.core.findings import fault_finding, findings_table
from greensilk.core.tables import open_packaged
from greensilk.projects.assemble import Assembled, assemble
from greensilk.projects.identity import KnownProjects
from greensilk.projects.mapping import (
    ReadingMapping,
    apply_mapping,
    select_sheets,
    tell_mapping,
)
from greensilk.projects.model import Reading, SheetReading
from greensilk.projects.readers.delimited import read_delimited, stream_delimited
from greensilk.projects.readers.frames import (
    is_frame,
    read_frame,
    read_parquet,
    stream_parquet,
)
from greensilk.projects.readers.geojson import read_geojson
from greensilk.projects.readers.table import RawTable, refuse
from greensilk.projects.readers.workbook import read_workbook
from greensilk.projects.understanding import combine_readings

__all__ = ["ROWS_PER_BATCH", "Projects", "findings", "iter_projects", "read", "read_projects"]

ROWS_PER_BATCH = 131_072
_Form = Literal["workbook", "delimited", "geojson", "parquet"]
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
    reading
        How the file was understood: its sheets, columns, rows left out and why, totals.
    """

    table: pa.Table
    faults: list[Fault] = field(repr=False)
    claims: pa.Table = field(repr=False)
    source: str = ""
    rows_read: int = 0
    reading: Reading = field(default_factory=Reading, repr=False)

    def __len__(self) -> int:
        return int(self.table.num_rows)


def read_projects(
    source: object, strict: bool = False, mapping: ReadingMapping | None = None
) -> Projects:
    """Read projects from a file or from a table in memory.

    Parameters
    ----------
    source
        A path (CSV, XLSX, Parquet, GeoJSON); a table of pandas, polars or Arrow; a dict of one
        project or of columns; or a list of dicts, one a project.
    strict
        Raise if anything was refused, with all faults at once; otherwise the good rows are
        returned and the faults with them.
    mapping
        Which column is which field (see :mod:`greensilk.projects.mapping`); what it does not name
        is understood as always.

    Returns
    -------
    Projects
        The table of components, the claims and every fault, in the units of the schema.

    Raises
    ------
    InputError
        If the file cannot be read at all; if ``strict`` and anything was refused.

    Examples
    --------
    >>> projects = read_projects({
    ...     "id": "K", "name": "Karot", "country": "Pakistan", "technology": "hydro",
    ...     "装机容量": "72万千瓦", "年发电量": "32亿千瓦时"})
    >>> projects.table["capacity"].to_pylist(), projects.table["annual_generation"].to_pylist()
    ([720.0], [3200000.0])
    >>> projects.claims["half"].to_pylist()
    [50000.0]
    """
    tables, name = _open(source)
    known_ids = KnownProjects()
    passed_over = tables[0].passed_over
    if mapping is not None:
        tables = select_sheets(tables, mapping)
    pieces = [_assemble(raw, known_ids, mapping) for raw in tables]
    projects = _join(pieces, name, passed_over)
    if projects.rows_read == 0:
        projects.faults.append(Fault(code="no_rows", file=name))
    _raise_refused(strict, projects.faults)
    return projects


def _assemble(raw: RawTable, known_ids: KnownProjects, mapping: ReadingMapping | None) -> Assembled:
    if mapping is None:
        return assemble(raw, known_ids)
    headers = apply_mapping(raw, mapping)
    piece = assemble(raw, known_ids)
    return replace(piece, reading=tell_mapping(piece.reading, headers))


# its name at the front door: gs.projects.read
read = read_projects


def iter_projects(
    source: object, rows_per_batch: int = ROWS_PER_BATCH, strict: bool = False
) -> Iterator[Projects]:
    """Read projects batch by batch, so that a CSV or Parquet file of any length fits into memory.

    The checks are those of :func:`read_projects`, duplicates across batches included; faults of
    columns come with the first batch. Rows of one hybrid must stand in one batch to be joined.

    Parameters
    ----------
    source, strict
        As for :func:`read_projects`.
    rows_per_batch
        The most rows that a batch holds.

    Yields
    ------
    Projects
        One batch, at least one even of a file without rows.

    Raises
    ------
    InputError
        As :func:`read_projects`, when the fault is reached.

    Examples
    --------
    >>> rows = [{"id": name, "country": "Laos", "technology": "hydro"} for name in "abc"]
    >>> [len(batch) for batch in iter_projects(rows, rows_per_batch=2)]
    [2, 1]
    """
    known_ids = KnownProjects()
    rows = 0
    name = "" if is_frame(source) else _path(source).name
    for number, raw in enumerate(_stream(source, rows_per_batch)):
        projects = _join(
            [assemble(raw, known_ids, first=number == 0, whole=False)], name, raw.passed_over
        )
        rows += projects.rows_read
        _raise_refused(strict, projects.faults)
        yield projects
    if rows == 0:
        empty = replace(projects, faults=[Fault(code="no_rows", file=name)])
        _raise_refused(strict, empty.faults)
        yield empty


def findings(projects: Projects) -> pa.Table:
    """Return the faults of the input as findings, one row each.

    Parameters
    ----------
    projects
        What :func:`read_projects` or :func:`iter_projects` gave.

    Returns
    -------
    pyarrow.Table
        Of schema :data:`greensilk.core.findings.FINDINGS`. The outcome of a row is the severity of
        its fault: refused, doubtful, assumed or note.

    Examples
    --------
    >>> table = findings(read_projects({"id": "K", "country": "Pakistan", "technology": "hydro",
    ...                                 "capacity_mw": -720}))
    >>> table["reason_code"].to_pylist(), table["outcome"].to_pylist()
    (['fault.below_bound'], ['refused'])
    """
    return findings_table(fault_finding(fault) for fault in projects.faults)


def example() -> Projects:
    """Return the packaged projects, on which the views are tried."""
    with as_file(open_packaged("demo/projects.csv")) as path:
        return read_projects(path)


def _stream(source: object, rows_per_batch: int) -> Iterator[RawTable]:
    if not is_frame(source):
        path = _path(source)
        form = _detect_form(path)
        if form == "parquet":
            yield from stream_parquet(path, rows_per_batch)
            return
        if form == "delimited":
            yield from stream_delimited(path, rows_per_batch)
            return
    for raw in _open(source)[0]:
        for start in range(0, max(len(raw.rows), 1), rows_per_batch):
            part = slice(start, start + rows_per_batch)
            yield RawTable(
                file=raw.file,
                sheet=raw.sheet,
                headers=raw.headers,
                columns=[column[part] for column in raw.columns],
                rows=raw.rows[part],
                faults=raw.faults if start == 0 else [],
                header_row=raw.header_row,
                left_out=raw.left_out if start == 0 else [],
                checks=raw.checks if start == 0 else [],
                passed_over=raw.passed_over if start == 0 else [],
            )


def _open(source: object) -> tuple[list[RawTable], str]:
    if is_frame(source):
        return [read_frame(source)], ""
    path = _path(source)
    form = _detect_form(path)
    if form in ("workbook", "parquet") and path.stat().st_size == 0:
        raise refuse("empty_file", path.name)
    if form == "workbook":
        return read_workbook(path), path.name
    if form == "delimited":
        return read_delimited(path), path.name
    readers = {"geojson": read_geojson, "parquet": read_parquet}
    return [readers[form](path)], path.name


def _path(source: object) -> Path:
    if not isinstance(source, str | os.PathLike):
        raise refuse("not_a_table", "", value=type(source).__name__)
    path = Path(source)
    if path.is_dir():
        raise refuse("file_is_folder", str(path))
    if not path.exists():
        raise refuse("file_missing", str(path))
    return path


def _detect_form(path: Path) -> _Form:
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


def _join(pieces: list[Assembled], name: str, passed_over: list[SheetReading]) -> Projects:
    table = pl.concat([piece.table for piece in pieces], how="diagonal")
    claims = pl.concat([piece.claims for piece in pieces])
    return Projects(
        table=table.to_arrow(compat_level=pl.CompatLevel.oldest()),
        faults=[fault for piece in pieces for fault in piece.faults],
        claims=claims.to_arrow(compat_level=pl.CompatLevel.oldest()),
        source=name,
        rows_read=sum(piece.rows_read for piece in pieces),
        reading=combine_readings([piece.reading for piece in pieces], passed_over, table, name),
    )


def _raise_refused(strict: bool, faults: list[Fault]) -> None:
    refused = [fault for fault in faults if fault.severity == "refused"]
    if strict and refused:
        raise InputError(refused)

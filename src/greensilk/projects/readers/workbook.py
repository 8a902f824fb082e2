"""Reading Excel workbooks: every sheet that holds projects, and what a workbook can hide.

Cells are read with calamine, which is fast. Three things that it passes over in silence are looked
up beside it, because each loses data: merged cells, formulas that were never calculated, and a
password.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import python_calamine as calamine

from greensilk.core.errors import Fault, InputError
from greensilk.core.text import Label, catalogue
from greensilk.projects.model import SheetReading, group_rows
from greensilk.projects.readers.sheets import drop_other_sheets
from greensilk.projects.readers.table import (
    Headers,
    RawTable,
    Span,
    build_table,
    find_headers,
    refuse,
    split_tables,
)

__all__ = ["GUIDE_SHEET", "LIST_SHEET", "column_letters", "read_workbook"]

# Sheets of our own template that hold no projects: the explanations, and the words of drop-downs.
GUIDE_SHEET, LIST_SHEET = "template.sheet.guide", "template.sheet.lists"
# A fault names no more cells than so many.
_QUOTED_CELLS = 20
# name, rows of cells, merged blocks, whether it is shown
_Sheet = tuple[str, list[list[object]], list[Span], bool]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*?(?<!/)>(.*?)</c>', re.DOTALL)
_HAS_VALUE = re.compile(rb"<v[^>/]*>[^<]|<is>")
_SHEET = re.compile(rb"<sheet\b[^>]*?>")
_ROW = re.compile(rb"<row\b[^>]*>")
_NOT_SHOWN = re.compile(rb'\bhidden="(?:1|true)"')
_RELATION = re.compile(rb"<Relationship\b[^>]*?>")


def read_workbook(path: Path) -> list[RawTable]:
    """Read every sheet with projects; the sheets passed over are noted on the first.

    Raises
    ------
    InputError
        If the workbook is locked by a password, broken, or no sheet has a header that we know.
    """
    sheets = _open(path)
    tables: list[RawTable] = []
    passed_over: list[SheetReading] = []
    empty = True
    hidden = _inspect(path)
    own = {*catalogue()[GUIDE_SHEET].values(), *catalogue()[LIST_SHEET].values()}
    for name, rows, merged, visible in sheets:
        if name in own:
            continue
        empty = empty and not any(cell not in (None, "") for row in rows for cell in row)
        if not visible and rows:
            passed_over.append(SheetReading(name, rows=len(rows), outcome="hidden"))
            continue
        inspected = hidden.get(name, _Hidden())
        parts = _read_sheet(path.name, name, rows, merged, inspected)
        if not parts and rows:
            passed_over.append(SheetReading(name, outcome="no_known_column"))
        tables += parts
    if not tables:
        raise refuse("empty_file" if empty else "no_known_column", path.name)
    tables, others = drop_other_sheets(tables)
    skipped = [_pass_over(sheet, path.name) for sheet in (*passed_over, *others)]
    tables[0].faults = [*skipped, *tables[0].faults]
    tables[0].passed_over = [*passed_over, *others]
    return tables


def _pass_over(sheet: SheetReading, file: str) -> Fault:
    code = "sheet_skipped" if sheet.outcome == "no_known_column" else "sheet_passed_over"
    return Fault(
        code=code,
        severity="note",
        file=file,
        sheet=sheet.sheet,
        params={"reason": Label(f"sheet_outcome.{sheet.outcome}")},
    )


def _read_sheet(
    file: str, name: str, rows: list[list[object]], merged: list[Span], hidden: _Hidden
) -> list[RawTable]:
    """Return the tables of one sheet, without its hidden rows."""
    gone = [
        number
        for number in hidden.rows
        if number <= len(rows) and any(cell not in (None, "") for cell in rows[number - 1])
    ]
    tables = []
    for start, stop in split_tables(rows):
        part = rows[start:stop]
        spans = [
            ((top - start, left), (bottom - start, right))
            for (top, left), (bottom, right) in merged
            if start <= top and bottom < stop
        ]
        headers = find_headers(part, spans)
        if headers is None:
            continue
        below = [number for number in gone if start + headers.last + 1 < number <= stop]
        faults = _unmerge(part, spans, headers, file, name, start)
        for number in below:
            part[number - 1 - start] = []
        raw = build_table(part, headers, file, name)
        raw.rows += start
        raw.header_row += start
        raw.faults = [*faults, *raw.faults]
        if below:
            raw.left_out.append(group_rows("hidden_row", name, below))
            raw.faults.append(_hidden_rows(below, file, name))
        tables.append(raw)
    if tables:
        tables[0].faults += _formula_faults(hidden.formulas, file, name)
    return tables


def _hidden_rows(rows: list[int], file: str, sheet: str) -> Fault:
    shown = ", ".join(map(str, rows[:_QUOTED_CELLS])) + (" ..." * (len(rows) > _QUOTED_CELLS))
    return Fault(
        code="rows_left_out",
        severity="doubtful",
        file=file,
        sheet=sheet,
        value=shown,
        params={"count": len(rows), "reason": Label("left_out.hidden_row")},
    )


def _open(path: Path) -> Iterator[_Sheet]:
    with path.open("rb") as handle:
        start = handle.read(8)
        if start == _OLE and _ENCRYPTED in start + handle.read():
            raise refuse("password", path.name)
    if start[:2] != b"PK" and start != _OLE:
        raise refuse("not_a_workbook", path.name)
    try:
        workbook = calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError as error:
        raise refuse("password", path.name) from error
    except (calamine.CalamineError, OSError) as error:
        raise _broken(path, error) from error
    return _iter_sheets(workbook, path)


def _iter_sheets(workbook: calamine.CalamineWorkbook, path: Path) -> Iterator[_Sheet]:
    hidden = {
        item.name
        for item in workbook.sheets_metadata
        if item.visible != calamine.SheetVisibleEnum.Visible
    }
    for name in workbook.sheet_names:
        try:
            sheet = workbook.get_sheet_by_name(name)
            rows: list[list[object]] = [
                [None if cell == "" else cell for cell in row]
                for row in sheet.to_python(skip_empty_area=False)
            ]
            merged: list[Span] = list(sheet.merged_cell_ranges or [])
        except (calamine.CalamineError, OSError, ValueError) as error:
            raise _broken(path, error) from error
        yield name, rows, merged, name not in hidden


def _broken(path: Path, error: Exception) -> InputError:
    return refuse("broken_workbook", path.name, value=str(error))


def _unmerge(
    rows: list[list[object]],
    merged: list[Span],
    headers: Headers,
    file: str,
    sheet: str,
    start: int,
) -> list[Fault]:
    """Give every cell of a merged block of data its value; name merged headers, which mean nothing.

    A block in the data says the same of all its rows. A block in the header stands over several
    columns, and without names below it nobody can tell what each of them is.
    """
    faults = []
    for (top, left), (bottom, right) in merged:
        first, last = start + top + 1, start + bottom + 1
        cells = f"{column_letters(left)}{first}:{column_letters(right)}{last}"
        if ((top, left), (bottom, right)) in headers.unclear:
            faults.append(Fault(code="merged_header", file=file, sheet=sheet, value=cells))
        elif headers.last < top < len(rows):
            value = rows[top][left] if left < len(rows[top]) else None
            for row in rows[top : bottom + 1]:
                row[left : right + 1] = [value] + [None] * (min(right + 1, len(row)) - left - 1)
            faults.append(
                Fault(
                    code="merged_cells",
                    severity="assumed",
                    file=file,
                    sheet=sheet,
                    row=first,
                    value=cells,
                )
            )
    return faults


@dataclass(slots=True)
class _Hidden:
    """What a sheet hides: cells with a formula and no calculated value, and rows not shown."""

    formulas: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


def _inspect(path: Path) -> dict[str, _Hidden]:
    """Return, by sheet, what calamine passes over in silence."""
    if not zipfile.is_zipfile(path):
        return {}
    sheets: dict[str, _Hidden] = {}
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        for sheet, member in _members(archive, names).items():
            if member not in names:
                continue
            content = archive.read(member)
            sheets[sheet] = _Hidden(_uncached_formulas(content), _rows_not_shown(content))
    return sheets


def _rows_not_shown(content: bytes) -> list[int]:
    if b"hidden=" not in content:
        return []
    tags = (tag for tag in _ROW.findall(content) if _NOT_SHOWN.search(tag))
    return [int(number) for tag in tags if (number := _attribute(tag, "r")).isdigit()]


def _uncached_formulas(content: bytes) -> list[str]:
    if b"<f" not in content:
        return []
    return [
        (hit[1] + hit[2]).decode()
        for hit in _CELL.finditer(content)
        if b"<f" in hit[3] and not _HAS_VALUE.search(hit[3])
    ]


def _members(archive: zipfile.ZipFile, names: set[str]) -> dict[str, str]:
    """Return the archive member of every sheet of an .xlsx workbook."""
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return {}
    targets = {}
    for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        target = _attribute(tag, "Target").lstrip("/")
        targets[_attribute(tag, "Id")] = target if target.startswith("xl/") else f"xl/{target}"
    return {
        _attribute(tag, "name"): targets.get(_attribute(tag, "r:id"), "")
        for tag in _SHEET.findall(archive.read("xl/workbook.xml"))
    }


def _attribute(tag: bytes, name: str) -> str:
    hit = re.search(rf'\b{name}="([^"]*)"'.encode(), tag)
    return unescape(hit[1].decode("utf-8")) if hit else ""


def _formula_faults(cells: list[str], file: str, sheet: str) -> list[Fault]:
    if not cells:
        return []
    quoted = ", ".join(cells[:_QUOTED_CELLS]) + (" ..." if len(cells) > _QUOTED_CELLS else "")
    return [
        Fault(
            code="formula_without_value",
            file=file,
            sheet=sheet,
            value=quoted,
            params={"count": len(cells)},
        )
    ]


def column_letters(index: int) -> str:
    """Return the letters of a column.

    >>> column_letters(0), column_letters(26)
    ('A', 'AA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters

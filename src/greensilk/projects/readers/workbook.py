"""Reading Excel workbooks: every sheet that holds projects, and what a workbook can hide.

Cells are read with calamine, which is fast. Three things that it passes over in silence are looked
up beside it, because each loses data: merged cells, formulas that were never calculated, and a
password.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import python_calamine as calamine

from greensilk.core.errors import Fault, InputError
from greensilk.core.text import catalogue
from greensilk.projects.model import SheetReading
from greensilk.projects.readers.table import (
    Headers,
    RawTable,
    Span,
    build_table,
    find_headers,
    refuse,
)

__all__ = ["GUIDE_SHEET", "LIST_SHEET", "column_letters", "read_workbook"]

# Sheets of our own template that hold no projects: the explanations, and the words of drop-downs.
GUIDE_SHEET, LIST_SHEET = "template.sheet.guide", "template.sheet.lists"
# A fault names no more cells than so many.
_QUOTED_CELLS = 20
# name, rows of cells, merged blocks
_Sheet = tuple[str, list[list[object]], list[Span]]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*?(?<!/)>(.*?)</c>', re.DOTALL)
_HAS_VALUE = re.compile(rb"<v[^>/]*>[^<]|<is>")
_SHEET = re.compile(rb"<sheet\b[^>]*?>")
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
    skipped: list[Fault] = []
    passed: list[SheetReading] = []
    empty = True
    uncached = _uncached_formulas(path)
    passed_over = {*catalogue()[GUIDE_SHEET].values(), *catalogue()[LIST_SHEET].values()}
    for name, rows, merged in sheets:
        if name in passed_over:
            continue
        empty = empty and not any(cell not in (None, "") for row in rows for cell in row)
        headers = find_headers(rows, merged)
        if headers is None:
            if rows:
                skipped.append(
                    Fault(code="sheet_skipped", severity="note", file=path.name, sheet=name)
                )
                passed.append(SheetReading(name, rows=len(rows), outcome="no_known_column"))
            continue
        faults = _unmerge(rows, merged, headers, path.name, name)
        raw = build_table(rows, headers, path.name, name)
        raw.faults = [
            *faults,
            *raw.faults,
            *_formula_faults(uncached.get(name, []), path.name, name),
        ]
        tables.append(raw)
    if not tables:
        raise refuse("empty_file" if empty else "no_known_column", path.name)
    tables[0].passed_over = passed
    tables[0].faults = [*skipped, *tables[0].faults]
    return tables


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
        yield name, rows, merged


def _broken(path: Path, error: Exception) -> InputError:
    return refuse("broken_workbook", path.name, value=str(error))


def _unmerge(
    rows: list[list[object]], merged: list[Span], headers: Headers, file: str, sheet: str
) -> list[Fault]:
    """Give every cell of a merged block of data its value; name merged headers, which mean nothing.

    A block in the data says the same of all its rows. A block in the header stands over several
    columns, and without names below it nobody can tell what each of them is.
    """
    faults = []
    for (top, left), (bottom, right) in merged:
        cells = f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"
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
                    row=top + 1,
                    value=cells,
                )
            )
    return faults


def _uncached_formulas(path: Path) -> dict[str, list[str]]:
    """Return, by sheet, the cells that hold a formula and no calculated value."""
    if not zipfile.is_zipfile(path):
        return {}
    uncached: dict[str, list[str]] = {}
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        for sheet, member in _members(archive, names).items():
            if member not in names:
                continue
            content = archive.read(member)
            if b"<f" not in content:
                continue
            cells = [
                (hit[1] + hit[2]).decode()
                for hit in _CELL.finditer(content)
                if b"<f" in hit[3] and not _HAS_VALUE.search(hit[3])
            ]
            if cells:
                uncached[sheet] = cells
    return uncached


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

"""Writing long tables to a workbook, fast and in bounded memory.

The frame of the workbook (sheets, headers, widths, filters, formats) is made by XlsxWriter. The
rows of long tables are then written straight into the sheets of that frame as they come, a batch of
columns at a time, which is several times faster than one call per cell.

Text is always written as text: a cell that begins with ``=``, ``+``, ``-`` or ``@`` comes from
somebody's file and must never run as a formula.
"""

from __future__ import annotations

import math
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from greensilk.report import theme

__all__ = ["MOST_ROWS", "Batch", "Heading", "Value", "Workbook", "column_letters"]

# The rows a sheet can hold, and the letters a cell can hold.
MOST_ROWS = 1_048_576
MOST_LETTERS = 32_767
Value: TypeAlias = str | int | float | None
# One list of values per column, all of one length.
Batch: TypeAlias = Sequence[Sequence[Value]]

_SAMPLE = ("text", "whole", "large", "middle", "small")
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Heading:
    """The header of a column and the column's width in letters."""

    title: str
    width: int = 14


@dataclass(slots=True)
class _Part:
    """The rows of one sheet: how many, and the table that they are taken from."""

    index: int
    rows: int
    source: _Source
    columns: int


class Workbook:
    """A workbook under construction; :meth:`close` writes it to ``path``."""

    def __init__(self, path: Path, lang: str) -> None:
        self._path = path
        # everything is made beside the target, so that the last step is a move
        self._folder = TemporaryDirectory(dir=path.parent, prefix=f".{path.name}-")
        self._frame = Path(self._folder.name) / "frame.xlsx"
        self._book = xlsxwriter.Workbook(str(self._frame))
        self._parts: list[_Part] = []
        base = {"font_name": theme.OFFICE_FONTS[lang], "font_size": 10, "valign": "top"}
        bold = base | {"bold": True, "font_color": theme.DEEP}
        numbers = {"whole": "0", "large": "#,##0", "middle": "#,##0.00", "small": "0.0000"}
        self.formats = {
            "text": self._book.add_format(base),
            "wrap": self._book.add_format(base | {"text_wrap": True}),
            "title": self._book.add_format(bold | {"font_size": 14}),
            "section": self._book.add_format(bold | {"font_size": 11}),
            "header": self._book.add_format(
                base
                | {"bold": True, "bg_color": theme.DEEP, "font_color": "#ffffff"}
                | {"text_wrap": True}
            ),
            **{
                name: self._book.add_format(base | {"num_format": form})
                for name, form in numbers.items()
            },
        }

    def sheet(self, title: str) -> Worksheet:
        """Return a new sheet of XlsxWriter, to be written cell by cell with :meth:`cell`."""
        sheet = self._book.add_worksheet(self._title(title))
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def _title(self, title: str) -> str:
        """Return a name for a sheet that the program takes: short, without signs, only once."""
        base = re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")[:31] or "1"
        taken = {sheet.get_name().lower() for sheet in self._book.worksheets()}
        name, number = base, 1
        while name.lower() in taken:
            number += 1
            name = f"{base[: 30 - len(str(number))]} {number}"
        return name

    def cell(self, sheet: Worksheet, row: int, column: int, value: Value, form: str = "") -> None:
        """Write one value: a number as a number, anything else as text."""
        if value is None or value == "":
            return
        if isinstance(value, int | float) and not isinstance(value, bool):
            if math.isfinite(value):
                sheet.write_number(row, column, value, self.formats[form or number_form(value)])
        else:
            text = str(value)[:MOST_LETTERS]
            sheet.write_string(row, column, text, self.formats[form or "text"])

    def table(
        self, title: str, headings: Sequence[Heading], count: int, batches: Iterable[Batch]
    ) -> None:
        """Add ``count`` rows under a frozen, filtered header.

        Rows that one sheet cannot hold go on in the next, whose title gets a number. The batches
        are read when the book is closed.
        """
        source = _Source(iter(batches))
        while True:
            rows = min(count, MOST_ROWS - 1)
            sheet = self.sheet(title)
            for column, heading in enumerate(headings):
                sheet.set_column(column, column, heading.width)
                sheet.write_string(0, column, heading.title, self.formats["header"])
            sheet.freeze_panes(1, min(2, len(headings)))
            sheet.repeat_rows(0)
            sheet.autofilter(0, 0, max(rows, 1), len(headings) - 1)
            # a row with one cell of each format tells the number the file gives that format
            for column, name in enumerate(_SAMPLE):
                sheet.write_blank(1, column, None, self.formats[name])
            index = len(self._book.worksheets())
            self._parts.append(_Part(index, rows, source, len(headings)))
            count -= rows
            if count <= 0:
                return

    def close(self) -> None:
        """Write the workbook; raise :class:`OSError` if that is not possible."""
        self._book.close()
        done = Path(self._folder.name) / "done.xlsx"
        parts = {f"xl/worksheets/sheet{part.index}.xml": part for part in self._parts}
        with (
            zipfile.ZipFile(self._frame) as frame,
            zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as target,
        ):
            for name in frame.namelist():
                part = parts.get(name)
                content = frame.read(name)
                if part is None:
                    target.writestr(name, content)
                    continue
                head, styles, tail = _split(content.decode("utf-8"), part)
                with target.open(name, "w", force_zip64=True) as handle:
                    handle.write(head.encode("utf-8"))
                    for text in _rows(part, styles):
                        handle.write(text.encode("utf-8"))
                    handle.write(tail.encode("utf-8"))
        shutil.move(done, self._path)

    def discard(self) -> None:
        """Remove what was made on the way; harmless after :meth:`close`."""
        self._folder.cleanup()


class _Source:
    """Hands out the rows of batches in portions of any size."""

    def __init__(self, batches: Iterator[Batch]) -> None:
        self._batches = batches
        self._left: Batch = ()

    def take(self, rows: int) -> Iterator[Batch]:
        """Yield batches until ``rows`` rows are given or there are no more."""
        while rows > 0:
            batch = self._left or next(self._batches, ())
            if not batch:
                return
            size = len(batch[0])
            if size > rows:
                self._left = [column[rows:] for column in batch]
                batch = [column[:rows] for column in batch]
            else:
                self._left = ()
            rows -= min(size, rows)
            yield batch


def number_form(value: float) -> str:
    """Return the format of a number by its size."""
    size = abs(value)
    if isinstance(value, int) or size == 0:
        return "whole"
    if size >= 100:
        return "large"
    return "middle" if size >= 1 else "small"


@lru_cache(maxsize=256)
def column_letters(index: int) -> str:
    """Return the letters of a column.

    >>> column_letters(0), column_letters(25), column_letters(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _split(content: str, part: _Part) -> tuple[str, dict[str, str], str]:
    """Return what stands before and after the rows of a sheet, and the numbers of the formats."""
    start = content.index('<row r="2"')
    end = content.index("</sheetData>")
    numbers = re.findall(r'<c r="[A-Z]+2" s="(\d+)"', content[start:end])
    styles = dict(zip(_SAMPLE, numbers, strict=True))
    last = f"{column_letters(part.columns - 1)}{part.rows + 1}"
    head = re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="A1:{last}"', content[:start])
    return head, styles, content[end:]


def _rows(part: _Part, styles: Mapping[str, str]) -> Iterator[str]:
    """Yield the rows of a sheet as text, a batch at a time."""
    # a row is the number of the row, joined by the cells: '<row r="' 7 '"><c r="A' 7 '...'
    letters = [column_letters(index) for index in range(part.columns)]
    after = [f'<c r="{letter}' for letter in letters[1:]] + ["</row>"]
    begin = f'"><c r="{letters[0]}'
    cells = [_Cells(styles, follow) for follow in after]
    number = 2
    for batch in part.source.take(part.rows):
        columns = [cell.all(values) for cell, values in zip(cells, batch, strict=True)]
        lines = []
        for row in zip(*columns, strict=True):
            lines.append(str(number).join(('<row r="', begin, *row)))
            number += 1
        yield "".join(lines)


class _Cells:
    """Turns the values of one column into text; each differing text is made once."""

    def __init__(self, styles: Mapping[str, str], follow: str) -> None:
        self._follow = follow
        self._empty = '"/>' + follow
        self._open = {name: f'" s="{style}"><v>' for name, style in styles.items()}
        self._close = "</v></c>" + follow
        self._text = f'" t="inlineStr" s="{styles["text"]}"><is><t xml:space="preserve">'
        self._known: dict[str, str] = {}

    def all(self, values: Sequence[Value]) -> list[str]:
        """Return the cells of one column."""
        return [self._cell(value) for value in values]

    def _cell(self, value: Value) -> str:
        if value is None or value == "":
            return self._empty
        if isinstance(value, str):
            cell = self._known.get(value)
            if cell is None:
                if len(self._known) > 100_000:
                    self._known.clear()
                cell = f"{self._text}{_safe(value)}</t></is></c>{self._follow}"
                self._known[value] = cell
            return cell
        if not math.isfinite(value):
            return self._empty
        return f"{self._open[number_form(value)]}{value!r}{self._close}"


def _safe(text: str) -> str:
    """Return text that may stand in the XML of a sheet, signs that XML forbids written as codes."""
    text = _LOOKS_ESCAPED.sub("_x005F_", text[:MOST_LETTERS])
    return escape(_ILLEGAL.sub(lambda match: f"_x{ord(match[0]):04X}_", text))

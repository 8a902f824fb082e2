"""A document as a workbook: a summary, its tables and its raw data; numbers as numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
from xlsxwriter.exceptions import FileCreateError

from greensilk.core.document import (
    Block,
    Cell,
    Chart,
    Column,
    DataColumn,
    DataTable,
    Document,
    KeyFigures,
    Note,
    Notes,
    Section,
    Table,
    Terms,
    Tree,
)
from greensilk.core.errors import Fault
from greensilk.core.languages import check_language
from greensilk.core.text import (
    Amount,
    Count,
    Formula,
    Listing,
    Names,
    Parameter,
    Percent,
    Sentence,
    Times,
    catalogue,
    join_words,
    label,
    name_label,
    render,
    render_value,
    text,
)
from greensilk.core.text.numbers import finite, format_unit
from greensilk.core.text.parameters import decode
from greensilk.report.render.passages import cell_text
from greensilk.report.workbook import Batch, Heading, Value, Workbook

__all__ = ["write_xlsx"]

_BATCH = 20_000
_CACHED = 200_000
# the columns of a table of faults, in the order its messages are made from
_FAULT = ("code", "project_id", "file", "sheet", "field", "value", "reason_params", "row")
# a table of more rows has a sheet of its own, whatever it says
_MOST_SUMMARY_ROWS = 100
_SUMMARY_WIDTHS = (44, 24, 17, 17, 17, 17, 17, 17)


def write_xlsx(document: Document, path: Path, lang: str = "en") -> None:
    """Write a document as a workbook to ``path``.

    The first sheet holds its key figures, notes, terms and short tables. Tables that have a sheet
    of their own follow, then the raw data.

    Raises
    ------
    OSError
        If the file cannot be written; nothing is left at ``path`` then.
    """
    workbook = Workbook(path, check_language(lang))
    try:
        tables = _Summary(workbook, lang).write(document)
        for title, table in tables:
            headings, rows = expand_table(table, lang)
            columns: Batch = [list(column) for column in zip(*rows, strict=True)]
            workbook.table(title, headings, len(rows), [columns] if rows else [])
        for data in document.data.values():
            if isinstance(data, DataTable):
                headings = [
                    Heading(render_value(column.title, lang), column.width)
                    for column in data.columns
                ]
                batches = _Reader(data, lang).batches()
                workbook.table(
                    render_value(data.title, lang), headings, data.table.num_rows, batches
                )
            else:
                headings, rows = expand_table(data, lang)
                columns = [list(column) for column in zip(*rows, strict=True)]
                title = render_value(data.title, lang)
                workbook.table(title, headings, len(rows), [columns] if rows else [])
        workbook.close()
    except FileCreateError as error:
        raise OSError(str(error)) from error
    finally:
        workbook.discard()


def expand_table(table: Table, lang: str) -> tuple[list[Heading], list[list[Value]]]:
    """Return headings and rows of a table, an amount in columns for value, range and unit."""
    headings: list[Heading] = []
    columns: list[list[Value]] = []
    for index, column in enumerate(table.columns):
        cells = [row[index] for row in table.rows]
        for heading, values in _expand_column(column, cells, lang):
            headings.append(heading)
            columns.append(values)
    if table.below:
        headings.append(Heading(text("render.below", lang), 60))
        columns.append(
            [cell_text(table.below.get(row, ""), lang) for row in range(len(table.rows))]
        )
    if table.groups:
        group: Cell = ""
        names: list[Value] = []
        for index in range(len(table.rows)):
            group = table.groups.get(index, group)
            names.append(cell_text(group, lang))
        headings.insert(0, Heading(text("render.group", lang), 30))
        columns.insert(0, names)
    return headings, [list(row) for row in zip(*columns, strict=True)]


def _expand_column(
    column: Column, cells: Sequence[Cell], lang: str
) -> Iterator[tuple[Heading, list[Value]]]:
    title = render_value(column.title, lang)
    amounts = [cell for cell in cells if isinstance(cell, Amount)]
    if not amounts:
        yield Heading(title, column.width), [_value(cell, lang) for cell in cells]
        return
    units = {amount.unit for amount in amounts}
    unit = format_unit(next(iter(units)), lang) if len(units) == 1 else ""
    titled = f"{title} ({unit})" if unit and column.part != "unit" else title
    if column.part in ("", "value"):
        yield Heading(titled, column.width), [_value(cell, lang) for cell in cells]
    ranged = any(amount.low is not None for amount in amounts)
    if column.part == "range" or (column.part == "" and ranged):
        for end in ("low", "high"):
            values: list[Value] = [
                finite(getattr(cell, end)) if isinstance(cell, Amount) else None for cell in cells
            ]
            yield Heading(text(f"render.{end}", lang, title=title), column.width), values
    if column.part == "unit" or (column.part == "" and not unit and units - {"", "1"}):
        wording: list[Value] = [
            format_unit(cell.unit, lang) if isinstance(cell, Amount) else "" for cell in cells
        ]
        yield Heading(text("render.unit", lang, title=title), 14), wording


def _value(cell: Cell, lang: str) -> Value:
    """Return a cell of a table as a number where it is one, else as text."""
    match cell:
        case Amount():
            return finite(cell.value)
        case Count(count):
            return count
        case Percent(share):
            return finite(share)
        case Times(times):
            return finite(times)
        case bool():
            return text("report.yes" if cell else "report.no", lang)
        case int() | float():
            return cell
    return cell_text(cell, lang, line=" ")


class _Summary:
    """Writes the first sheet, row by row."""

    def __init__(self, workbook: Workbook, lang: str) -> None:
        self._book = workbook
        self._lang = lang
        self._sheet = workbook.sheet(text("render.summary", lang))
        for column, width in enumerate(_SUMMARY_WIDTHS):
            self._sheet.set_column(column, column, width)
        self._sheet.hide_gridlines(2)
        self._row = 0
        self._tables: list[tuple[str, Table]] = []

    def write(self, document: Document) -> list[tuple[str, Table]]:
        """Write the sheet; return the tables that get a sheet of their own."""
        self._sheet.set_row(0, 22)
        self._add(self._say(document.title), form="title")
        self._add(self._say(document.subtitle))
        for block in document.head:
            self._block(block, "")
        for section in document.sections:
            self._section(section, folded=False)
        self._add()
        self._add(cell_text(document.footer, self._lang))
        return self._tables

    def _say(self, value: Parameter) -> str:
        return render_value(value, self._lang)

    def _add(self, *values: Value, form: str = "") -> None:
        for column, value in enumerate(values):
            self._book.cell(self._sheet, self._row, column, value, form)
        self._row += 1

    def _section(self, section: Section, folded: bool) -> None:
        title = self._say(section.title)
        folded = folded or section.folded
        heading = [title]
        for block in section.blocks:
            separate = isinstance(block, Table) and (
                block.sheet or len(block.rows) > _MOST_SUMMARY_ROWS
            )
            if separate and isinstance(block, Table):
                if block.sheet or not folded:
                    self._tables.append((self._say(block.title) or title, block))
            elif not folded and not isinstance(block, Chart | Tree):
                if heading:
                    self._add()
                    self._add(heading.pop(), form="section")
                self._block(block, title)
        for part in section.sections:
            self._section(part, folded)

    def _block(self, block: Block, title: str) -> None:
        lang = self._lang
        match block:
            case KeyFigures(items):
                for card in items:
                    remark = cell_text(card.remark, lang, line=" ")
                    amount = card.value
                    if isinstance(amount, Amount):
                        ends = (finite(amount.low), finite(amount.high))
                        unit = format_unit(amount.unit, lang)
                        values: list[Value] = [finite(amount.value), unit, *ends, remark]
                    else:
                        unit = self._say(card.unit).strip()
                        values = [_value(amount, lang), unit, None, None, remark]
                    self._add(self._say(card.title), *values)
            case Note(passage):
                self._add(cell_text(passage, lang, line=" "))
            case Notes(lines, _, heading):
                if heading:
                    self._add(self._say(heading), form="section")
                for line in lines:
                    self._add(cell_text(line, lang, line=" "))
            case Terms(pairs):
                for term, meaning in pairs:
                    self._add(cell_text(term, lang), cell_text(meaning, lang, line=" "))
            case Table():
                if block.title and self._say(block.title) != title:
                    self._add(self._say(block.title), form="section")
                headings, rows = expand_table(block, lang)
                if any(heading.title for heading in headings):
                    self._add(*(heading.title for heading in headings), form="header")
                for row in rows:
                    self._add(*row)


class _Reader:
    """Reads a raw table as batches of columns, with words beside the codes."""

    def __init__(self, data: DataTable, lang: str) -> None:
        self._data = data
        self._lang = lang
        self._known: dict[tuple[str, str, str], str] = {}
        self._messages: dict[tuple[Value, ...], str] = {}
        self._makers = {
            "name": self._name,
            "label": self._label,
            "labels": self._labels,
            "sentences": self._sentences,
            "names": self._names,
            "formula": self._formula,
        }

    def batches(self) -> Iterator[Batch]:
        """Yield the columns that the sheet shows, so many rows at a time."""
        for batch in self._data.table.to_batches(max_chunksize=_BATCH):
            read: dict[str, list[Value]] = {}
            yield [self._column(column, batch, read) for column in self._data.columns]

    def _column(
        self, column: DataColumn, batch: pa.RecordBatch, read: dict[str, list[Value]]
    ) -> list[Value]:
        source = column.source or column.key
        if column.form == "localised":
            localised = f"{source}_{self._lang}"
            source = localised if localised in batch.schema.names else source
        values = _values(source, batch, read)
        if column.form in ("plain", "localised"):
            first = next((value for value in values if value is not None), None)
            if isinstance(first, bool):
                wording = {
                    True: text("report.yes", self._lang),
                    False: text("report.no", self._lang),
                }
                return [None if value is None else wording[bool(value)] for value in values]
            return values
        if column.form == "fault":
            return self._faults(batch, read)
        if column.form == "sentence":
            lines = _values(column.params, batch, read) if column.params else [""] * len(values)
            return self._words(column, values, lines, self._sentence)
        make = self._makers[column.form]
        return self._words(column, values, [""] * len(values), make)

    def _words(
        self,
        column: DataColumn,
        codes: Sequence[Value],
        params: Sequence[Value],
        make: Callable[[str, str, str], str],
    ) -> list[Value]:
        wording: list[Value] = []
        for code, line in zip(codes, params, strict=True):
            key = (column.key, str(code or ""), str(line or ""))
            known = self._known.get(key)
            if known is None:
                if len(self._known) > _CACHED:
                    self._known.clear()
                known = make(column.prefix, key[1], key[2]) if key[1] else ""
                self._known[key] = known
            wording.append(known)
        return wording

    def _name(self, prefix: str, code: str, params: str) -> str:
        return name_label(code, self._lang)

    def _label(self, prefix: str, code: str, params: str) -> str:
        return label(prefix + code, self._lang)

    def _labels(self, prefix: str, codes: str, params: str) -> str:
        return join_words([label(prefix + code, self._lang) for code in codes.split()], self._lang)

    def _names(self, prefix: str, names: str, params: str) -> str:
        return render_value(Names(tuple(names.split())), self._lang)

    def _formula(self, prefix: str, formula: str, params: str) -> str:
        return render_value(Formula(formula), self._lang)

    def _sentences(self, prefix: str, codes: str, params: str) -> str:
        parts = tuple(Sentence(prefix + code) for code in codes.split())
        return render_value(Listing(parts, "sentences"), self._lang)

    def _sentence(self, prefix: str, code: str, params: str) -> str:
        return render(prefix + code, self._lang, decode(params))

    def _faults(self, batch: pa.RecordBatch, read: dict[str, list[Value]]) -> list[Value]:
        """Return the messages of faults, each differing one made once."""
        columns = [_values(name, batch, read) for name in _FAULT]
        messages: list[Value] = []
        for code, project, *rest in zip(*columns, strict=True):
            # few sentences name the project, and all others are the same for many
            named = "{project_id}" in (catalogue().get(f"fault.{code}") or {"en": ""})["en"]
            key = (code, project if named else "", *rest)
            message = self._messages.get(key)
            if message is None:
                if len(self._messages) > _CACHED:
                    self._messages.clear()
                message = self._messages[key] = self._message(key)
            messages.append(message)
        return messages

    def _message(self, key: tuple[Value, ...]) -> str:
        code, project, file, sheet, field, value, params = (str(cell or "") for cell in key[:7])
        row = key[7] if isinstance(key[7], int) else None
        blanks = decode(params)
        expected = blanks.pop("expected", "")
        fault = Fault(code, "note", file, sheet, row, project, field, value, expected, blanks)
        return fault.message(self._lang)


def _values(name: str, batch: pa.RecordBatch, read: dict[str, list[Value]]) -> list[Value]:
    if name not in read:
        names: Sequence[str] = batch.schema.names
        read[name] = (
            batch.column(names.index(name)).to_pylist()
            if name in names
            else [None] * batch.num_rows
        )
    return read[name]

"""The report as a workbook: numbers as numbers, text as text, one sheet a table.

Text is always written as text: a cell that begins with ``=``, ``+``, ``-`` or ``@`` comes from
somebody's file and must never run as a formula. Rows are written one after another and not kept, so
that a large portfolio needs no memory; a table longer than a sheet goes on in the next one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from greensilk.i18n import check_language, label
from greensilk.report.data import Row, as_arrow, localised
from greensilk.report.portfolio import Portfolio, read_portfolio
from greensilk.report.words import Words

if TYPE_CHECKING:
    from greensilk.report.data import ReportData

__all__ = ["write_xlsx"]

# The rows a sheet can hold, and the letters a cell can hold.
MOST_ROWS = 1_048_576
_MOST_LETTERS = 32_767
_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: the field it shows, how wide, and whether it is translated."""

    field: str
    width: int = 14
    words: str = ""

    def header(self, lang: str) -> str:
        """Return the title of the column."""
        return label(f"report.sheet.column.{self.field}", lang)


_EVIDENCE = (
    Column("project_id", 16),
    Column("project", 30),
    Column("quantity_words", 30),
    Column("value", 16),
    Column("low", 16),
    Column("high", 16),
    Column("unit", 14),
    Column("grade", 8),
    Column("basis_words", 20),
    Column("quantity", 26),
    Column("method", 34),
)
_AUDIT = (
    Column("project_id", 16),
    Column("project", 30),
    Column("claim_words", 28),
    Column("claimed", 16),
    Column("claimed_text", 18),
    Column("unit", 14),
    Column("estimate", 16),
    Column("low", 16),
    Column("high", 16),
    Column("ratio", 10),
    Column("verdict_words", 14),
    Column("verdict", 14),
    Column("reason", 70),
    Column("claim", 28),
    Column("quantity", 26),
)
_CONSISTENCY = (
    Column("project_id", 16),
    Column("project", 30),
    Column("label", 34),
    Column("value", 14),
    Column("unit", 16),
    Column("low", 14),
    Column("high", 14),
    Column("verdict_words", 14),
    Column("verdict", 14),
    Column("reason", 70),
    Column("check", 24),
    Column("source", 40),
)
_BASELINES = (
    Column("project_id", 16),
    Column("project", 30),
    Column("rank", 8),
    Column("candidate", 40),
    Column("kind", 20),
    Column("year", 8),
    Column("implied_generation", 18),
    Column("stated_generation", 18),
    Column("residual", 12),
    Column("claims_used", 10),
    Column("fits", 8),
    Column("note", 70),
)
_ISSUES = (
    Column("severity_label", 12),
    Column("project_id", 16),
    Column("file", 20),
    Column("sheet", 14),
    Column("row", 8),
    Column("field_label", 22),
    Column("value", 20),
    Column("message", 80),
    Column("code", 24),
    Column("severity", 12),
)
_METHODS = (
    Column("name", 30),
    Column("formula", 60),
    Column("unit", 14),
    Column("source", 60),
    Column("verified", 12),
    Column("method", 34),
)
_SOURCES = (
    Column("source", 70),
    Column("clauses", 50),
    Column("what", 50),
    Column("years", 14),
    Column("projects", 10),
    Column("verified", 12),
    Column("address", 50),
)


def write_xlsx(data: ReportData, path: str | Path, lang: str = "en") -> Path:
    """Write the report as a workbook to ``path`` and return it.

    Sheets: summary, evidence, audit, consistency, baselines, issues, methods and sources, with
    their names in ``lang``. Values stand in the unit named beside them.

    Raises
    ------
    OutputError
        If the file cannot be written.
    UnknownNameError
        If ``lang`` is neither ``en`` nor ``zh``.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    from greensilk.errors import OutputError

    words = Words(check_language(lang), data.methods)
    target = Path(path)
    fresh = not target.exists()
    try:
        target.touch()
        # rows wait in files of their own until the workbook is put together
        with TemporaryDirectory(dir=target.parent, prefix=".xlsx-") as folder:
            options = {"constant_memory": True, "tmpdir": folder}
            book = xlsxwriter.Workbook(str(target), options)
            try:
                _fill(data, _Writer(book, words), words)
                book.close()
            finally:
                for sheet in book.worksheets():
                    if sheet.row_data_fh is not None:
                        sheet.row_data_fh.close()
    except (OSError, FileCreateError) as error:
        if fresh:
            target.unlink(missing_ok=True)
        raise OutputError(f"{target} cannot be written: {error}") from error
    return target


def _fill(data: ReportData, writer: _Writer, words: Words) -> None:
    from greensilk.report.appendix import method_lines, source_lines
    from greensilk.report.detail import trees

    portfolio = read_portfolio(data)
    _summary(data, portfolio, writer, words)
    tables: Sequence[tuple[str, tuple[Column, ...], Any]] = (
        ("evidence", _EVIDENCE, data.evidence),
        ("audit", _AUDIT, data.audit),
        ("consistency", _CONSISTENCY, data.consistency),
        ("baselines", _BASELINES, data.baselines),
    )
    translate = _Translator(portfolio, words)
    for name, columns, table in tables:
        writer.table(name, columns, map(translate, _stream(table)))
    writer.table("issues", _ISSUES, _issues(data, words))
    writer.table("methods", _METHODS, method_lines(data.methods, words))
    writer.table("sources", _SOURCES, source_lines(trees(data, portfolio), words))


def _stream(table: Any) -> Iterator[Row]:
    for batch in as_arrow(table).to_batches(max_chunksize=_BATCH):
        yield from batch.to_pylist()


def _issues(data: Any, words: Words) -> Iterator[Row]:
    whole = getattr(data, "issues_table", None)
    if whole is not None:
        yield from _stream(whole(words.lang))
        return
    for fault in data.issues:
        yield {
            **{name: getattr(fault, name) for name in ("project_id", "file", "sheet", "row")},
            **{name: getattr(fault, name) for name in ("value", "code", "severity")},
            "severity_label": label(f"severity.{fault.severity}", words.lang),
            "field_label": words.name(fault.field) if fault.field else "",
            "message": words.fault(fault),
        }


class _Translator:
    """Adds the project's name and the words for codes to a row; the codes stay."""

    def __init__(self, portfolio: Portfolio, words: Words) -> None:
        self._portfolio = portfolio
        self._words = words
        self._known: dict[tuple[str, str, str], str] = {}

    def __call__(self, row: Row) -> Row:
        project = self._portfolio.projects.get(str(row.get("project_id") or ""))
        row["project"] = project.name(self._words.lang) if project else ""
        quantity = str(row.get("quantity") or "")
        if quantity and row.get("method"):
            row["quantity_words"] = self._result(quantity, str(row["method"]))
        for kind in ("quantity", "claim", "basis", "verdict"):
            code = row.get(kind)
            if code and f"{kind}_words" not in row:
                row[f"{kind}_words"] = self._say(kind, str(code), quantity)
        for field in ("reason", "label", "candidate", "note"):
            found = localised(row, field, self._words.lang)
            if found:
                row[field] = found
        return row

    def _result(self, quantity: str, method: str) -> str:
        key = ("result", quantity, method)
        if key not in self._known:
            self._known[key] = self._words.result(quantity, method)
        return self._known[key]

    def _say(self, kind: str, code: str, quantity: str) -> str:
        key = (kind, code, quantity if kind == "claim" else "")
        found = self._known.get(key)
        if found is None:
            said = {
                "quantity": self._words.name,
                "claim": lambda claim: self._words.claim(claim, quantity),
                "basis": self._words.basis,
                "verdict": self._words.verdict,
            }
            found = self._known[key] = said[kind](code)
        return found


class _Writer:
    """Writes tables to the sheets of a workbook."""

    def __init__(self, book: Any, words: Words) -> None:
        self._book = book
        self._words = words
        font = {
            "font_name": "Microsoft YaHei" if words.lang == "zh" else "Calibri",
            "font_size": 10,
        }
        font["valign"] = "top"
        self.header = book.add_format(
            font | {"bold": True, "bg_color": "#14513a", "font_color": "#ffffff", "text_wrap": True}
        )
        self.text = book.add_format(font)
        self.wrapped = book.add_format(font | {"text_wrap": True})
        self.title = book.add_format(
            font | {"bold": True, "font_size": 14, "font_color": "#14513a"}
        )
        self.strong = book.add_format(font | {"bold": True})
        self._numbers = [
            (100.0, book.add_format(font | {"num_format": "#,##0"})),
            (1.0, book.add_format(font | {"num_format": "#,##0.00"})),
            (0.0, book.add_format(font | {"num_format": "0.0000"})),
        ]
        self._whole = book.add_format(font | {"num_format": "0"})

    def sheet(self, name: str, number: int = 0) -> Any:
        """Return a new sheet with the words for ``name``."""
        title = label(f"report.sheet.{name}", self._words.lang)
        sheet = self._book.add_worksheet(f"{title} {number}" if number else title)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def table(
        self, name: str, columns: tuple[Column, ...], rows: Iterable[Mapping[str, Any]]
    ) -> None:
        """Write rows under a frozen, filtered header; go on in another sheet when one is full."""
        number, place = 1, 0
        sheet = self._begin(name, 0, columns)
        for row in rows:
            if place + 1 >= MOST_ROWS:
                sheet.autofilter(0, 0, place, len(columns) - 1)
                number, place = number + 1, 0
                sheet = self._begin(name, number, columns)
            place += 1
            for index, column in enumerate(columns):
                value = row.get(column.field)
                if value is not None and value != "":
                    self.cell(sheet, place, index, value)
        sheet.autofilter(0, 0, max(place, 1), len(columns) - 1)

    def _begin(self, name: str, number: int, columns: tuple[Column, ...]) -> Any:
        sheet = self.sheet(name, number)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
        for index, column in enumerate(columns):
            sheet.write_string(0, index, column.header(self._words.lang), self.header)
        sheet.freeze_panes(1, min(2, len(columns)))
        sheet.repeat_rows(0)
        return sheet

    def cell(self, sheet: Any, row: int, column: int, value: Any, form: Any = None) -> None:
        """Write one value: a number as a number, anything else as text."""
        if isinstance(value, bool):
            sheet.write_string(row, column, self._words.say("yes" if value else "no"), self.text)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, form or self._whole)
        elif isinstance(value, float):
            if math.isfinite(value):
                sheet.write_number(row, column, value, form or self._format(value))
        else:
            sheet.write_string(row, column, str(value)[:_MOST_LETTERS], form or self.text)

    def _format(self, value: float) -> Any:
        size = abs(value)
        if size == 0:
            return self._whole
        return next(form for least, form in self._numbers if size >= least)


def _summary(data: ReportData, portfolio: Portfolio, writer: _Writer, words: Words) -> None:
    """Write the first sheet: what the portfolio is, its totals, its claims and its options."""
    from greensilk.report.appendix import option_lines
    from greensilk.report.data import rows

    sheet = writer.sheet("summary")
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 3, 17)
    sheet.set_column(4, 5, 16)
    line = _Lines(sheet, writer)
    line.add(words.say("title"), form=writer.title)
    line.add(
        words.say("what", projects=len(portfolio.projects), countries=len(portfolio.countries))
    )
    line.add("")
    line.add(
        words.say("sheet.totals"),
        *(words.say(f"column.{name}") for name in ("value",)),
        words.say("sheet.column.low"),
        words.say("sheet.column.high"),
        words.say("column.unit"),
        words.say("column.projects"),
        form=writer.header,
    )
    for row in rows(data.totals):
        if not row.get("family"):
            line.add(
                words.name(str(row["quantity"])),
                row["value"],
                row["low"],
                row["high"],
                row["unit"],
                row["projects"],
            )
    line.add(words.say("card.emitted.remark"))
    line.add("")
    line.add(words.say("sheet.claims"), words.say("sheet.count"), form=writer.header)
    counts: dict[str, int] = {}
    for project in portfolio.projects.values():
        for code, number in project.verdicts.items():
            counts[code] = counts.get(code, 0) + number
    for code in ("consistent", "high", "low", "implausible", "not_checkable"):
        if counts.get(code):
            line.add(words.verdict(code), counts[code])
    line.add("")
    line.add(words.say("terms.grades"), form=writer.header)
    for grade in range(1, 6):
        line.add(f"{grade}  {words.grade(grade)}", words.say(f"grade.{grade}.meaning"))
    line.add("")
    line.add(words.say("terms.options"), form=writer.header)
    for name, value, meaning in option_lines(data.options, words):
        line.add(name, value, meaning)
    line.add("")
    line.add(words.say("footer", version=data.options.get("version", "")))


class _Lines:
    """Writes one line after another."""

    def __init__(self, sheet: Any, writer: _Writer) -> None:
        self._sheet = sheet
        self._writer = writer
        self._row = 0

    def add(self, *values: Any, form: Any = None) -> None:
        """Write a line; empty values are left out."""
        for column, value in enumerate(values):
            if value is not None and value != "":
                self._writer.cell(self._sheet, self._row, column, value, form)
        self._row += 1

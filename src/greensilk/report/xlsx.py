"""The report as a workbook: numbers as numbers, text as text, one sheet a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greensilk.core.languages import check_language
from greensilk.core.text import label
from greensilk.report.columns import (
    AUDIT,
    BASELINES,
    CONSISTENCY,
    EVIDENCE,
    ISSUES,
    METHODS,
    PROJECTS,
    SOURCES,
    Column,
)
from greensilk.report.data import Row, as_arrow, with_words
from greensilk.report.portfolio import Portfolio, Project, read_portfolio
from greensilk.report.words import Words
from greensilk.report.workbook import Batch, Heading, Workbook

if TYPE_CHECKING:
    from greensilk.report.data import ReportData

__all__ = ["write_xlsx"]

_BATCH = 20_000


def write_xlsx(data: ReportData, path: str | Path, lang: str = "en") -> Path:
    """Write the report as a workbook to ``path`` and return it.

    Sheets: summary, projects, evidence, audit, consistency, baselines, issues, methods and sources,
    with their names in ``lang``. Values stand in the unit named beside them or in the header.

    Raises
    ------
    OutputError
        If the file cannot be written; nothing is left at ``path`` then.
    UnknownNameError
        If ``lang`` is neither ``en`` nor ``zh``.
    """
    from xlsxwriter.exceptions import FileCreateError

    from greensilk.core.errors import OutputError

    words = Words(check_language(lang), data.methods)
    target = Path(path)
    try:
        book = Workbook(target, lang)
        try:
            _fill(data, book, words)
            book.close()
        finally:
            book.discard()
    except (OSError, FileCreateError) as error:
        reason = getattr(error, "strerror", None) or error
        raise OutputError(f"{target} cannot be written: {reason}") from error
    return target


def _fill(data: ReportData, book: Workbook, words: Words) -> None:
    from greensilk.report.appendix import method_lines, source_lines
    from greensilk.report.detail import trees

    portfolio = read_portfolio(data)
    _summary(data, portfolio, book, words)
    projects = list(portfolio.projects.values())
    lines = _lines((_project(item, words) for item in projects), PROJECTS)
    book.table(*_head("projects", PROJECTS, words), len(projects), lines)
    tables: Sequence[tuple[str, tuple[Column, ...], Any]] = (
        ("evidence", EVIDENCE, data.evidence),
        ("audit", AUDIT, data.audit),
        ("consistency", CONSISTENCY, data.consistency),
        ("baselines", BASELINES, data.baselines),
    )
    reader = _Reader(portfolio, words)
    for name, columns, table in tables:
        table = with_words(as_arrow(table))
        book.table(*_head(name, columns, words), table.num_rows, reader.batches(table, columns))
    whole = getattr(data, "issues_table", None)
    if whole is not None:
        table = as_arrow(whole(words.lang))
        issues = reader.batches(table, ISSUES)
        book.table(*_head("issues", ISSUES, words), table.num_rows, issues)
    else:
        issues = _lines((_issue(fault, words) for fault in data.issues), ISSUES)
        book.table(*_head("issues", ISSUES, words), len(data.issues), issues)
    for name, columns, listed in (
        ("methods", METHODS, method_lines(data.methods, words)),
        ("sources", SOURCES, source_lines(trees(data, portfolio), words)),
    ):
        book.table(*_head(name, columns, words), len(listed), _lines(listed, columns, words))


def _head(name: str, columns: tuple[Column, ...], words: Words) -> tuple[str, list[Heading]]:
    headings = [
        Heading(label(f"report.sheet.column.{column.field}", words.lang), column.width)
        for column in columns
    ]
    return label(f"report.sheet.{name}", words.lang), headings


def _lines(
    lines: Iterable[Mapping[str, Any]], columns: tuple[Column, ...], words: Words | None = None
) -> Iterator[Batch]:
    """Yield lines as batches of columns."""
    held: list[list[Any]] = [[] for _ in columns]
    for line in lines:
        for column, values in zip(columns, held, strict=True):
            values.append(_plain(line.get(column.field), words))
        if len(held[0]) >= _BATCH:
            yield held
            held = [[] for _ in columns]
    if held[0]:
        yield held


def _plain(value: Any, words: Words | None) -> Any:
    if isinstance(value, bool):
        return words.say("yes" if value else "no") if words else str(value).lower()
    return value


def _project(item: Project, words: Words) -> Row:
    from greensilk.report.detail import remarks

    avoided, emitted = item.avoided or {}, item.emitted or {}
    return {
        "project_id": item.id,
        "project": item.name(words.lang),
        "countries": words.join(words.country(code) for code in item.countries),
        "technologies": words.technologies(item.technologies),
        "capacity": item.capacity,
        "commissioning_year": item.year,
        "avoided": avoided.get("value"),
        "avoided_low": avoided.get("low"),
        "avoided_high": avoided.get("high"),
        "grade": (avoided or emitted).get("grade"),
        "emitted": emitted.get("value"),
        **{f"claims_{code}": number for code, number in item.verdicts.items()},
        "remarks": words.sentences(remarks(item, words)),
    }


def _issue(fault: Any, words: Words) -> Row:
    return {
        **{name: getattr(fault, name) for name in ("project_id", "file", "sheet", "row")},
        **{name: getattr(fault, name) for name in ("value", "code", "severity")},
        "severity_label": label(f"severity.{fault.severity}", words.lang),
        "field_label": words.name(fault.field) if fault.field else "",
        "message": words.fault(fault),
    }


class _Reader:
    """Reads Arrow tables as batches of columns, with words beside the codes."""

    def __init__(self, portfolio: Portfolio, words: Words) -> None:
        self._projects = portfolio.projects
        self._words = words
        self._known: dict[tuple[str, ...], str] = {}

    def batches(self, table: Any, columns: tuple[Column, ...]) -> Iterator[Batch]:
        """Yield the columns of ``table`` that a sheet shows."""
        names = table.column_names
        for batch in table.to_batches(max_chunksize=_BATCH):
            read: dict[str, list[Any]] = {}

            def values(name: str, batch: Any = batch, read: dict[str, list[Any]] = read) -> Any:
                if name not in read:
                    held = names.index(name) if name in names else None
                    read[name] = (
                        [None] * batch.num_rows if held is None else batch.column(held).to_pylist()
                    )
                return read[name]

            yield [self._column(column.field, names, values) for column in columns]

    def _column(
        self, field: str, names: Sequence[str], values: Callable[[str], list[Any]]
    ) -> list[Any]:
        words = self._words
        if field == "project":
            return [self._named(key) for key in values("project_id")]
        if field == "quantity_words":
            return self._said("result", words.result, values("quantity"), values("method"))
        if field == "claim_words":
            return self._said("claim", words.claim, values("claim"), values("quantity"))
        if field == "basis_words":
            return self._said("basis", words.basis, values("basis"))
        if field == "verdict_words":
            return self._said("verdict", words.verdict, values("verdict"))
        own = f"{field}_{words.lang}"
        held = values(own if own in names else field)
        first = next((value for value in held if value is not None), None)
        if isinstance(first, bool):
            return [None if value is None else _plain(value, words) for value in held]
        return held

    def _said(self, kind: str, say: Callable[..., str], *columns: list[Any]) -> list[str]:
        said = []
        for codes in zip(*columns, strict=True):
            key = (kind, *(code or "" for code in codes))
            found = self._known.get(key)
            if found is None:
                found = self._known[key] = say(*key[1:]) if key[1] else ""
            said.append(found)
        return said

    def _named(self, key: str | None) -> str:
        project = self._projects.get(key or "")
        return project.name(self._words.lang) if project else ""


def _summary(data: ReportData, portfolio: Portfolio, book: Workbook, words: Words) -> None:
    """Write the first sheet: what the portfolio is, its totals, its claims and its options."""
    from greensilk.report.appendix import option_lines
    from greensilk.report.data import rows
    from greensilk.report.overview import caveats

    sheet = book.sheet(label("report.sheet.summary", words.lang))
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 5, 17)
    place = 0

    def add(*values: Any, form: str = "") -> None:
        nonlocal place
        for column, value in enumerate(values):
            book.cell(sheet, place, column, value, form)
        place += 1

    sheet.set_row(0, 22)
    add(words.say("title"), form="title")
    counted = {"projects": len(portfolio.projects), "countries": len(portfolio.countries)}
    add(words.say("what", **counted))
    add()
    heads = [words.say(f"sheet.column.{name}") for name in ("value", "low", "high", "unit")]
    add(words.say("sheet.totals"), *heads, words.say("column.projects"), form="header")
    for row in rows(data.totals):
        if not row.get("family"):
            numbers = [row[name] for name in ("value", "low", "high", "unit", "projects")]
            add(words.name(str(row["quantity"])), *numbers)
    add(words.say("card.emitted.remark"))
    for line in caveats(portfolio, words):
        add(line)
    add()
    counts: dict[str, int] = {}
    for project in portfolio.projects.values():
        for code, number in project.verdicts.items():
            counts[code] = counts.get(code, 0) + number
    if counts:
        add(words.say("sheet.claims"), words.say("sheet.count"), form="header")
        for code, number in counts.items():
            add(words.verdict(code), number)
        add()
    add(words.say("terms.grades"), form="header")
    for grade in range(1, 6):
        add(f"{grade}  {words.grade(grade)}", words.say(f"grade.{grade}.meaning"))
    add()
    add(words.say("terms.options"), form="header")
    for name, value, meaning in option_lines(data.options, words):
        add(name, value, meaning)
    add()
    add(words.say("footer", version=data.options.get("version", "")))

"""How a file was understood, as a document: sheets, columns, rows left out, check sums, totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from greensilk.core.document import (
    Badge,
    Block,
    Cell,
    Code,
    Column,
    Document,
    Joined,
    KeyFigure,
    KeyFigures,
    Note,
    Notes,
    Section,
    Table,
    Tone,
)
from greensilk.core.errors import Fault
from greensilk.core.fault_groups import group_faults, group_sentence
from greensilk.core.text import (
    Amount,
    Count,
    Label,
    Listing,
    Name,
    Parameter,
    Sentence,
    Unit,
    catalogue,
)
from greensilk.projects.model import CheckSum, ColumnReading, Reading, RowGroup
from greensilk.projects.reading import Projects

__all__ = [
    "left_out_reasons",
    "reading_lines",
    "reading_section",
    "reading_sections",
    "reading_view",
]

_TONES: dict[str, Tone] = {"sure": "good", "likely": "info", "unsure": "warning", "unused": "muted"}
# faults of one kind are one line; a file has rarely more kinds than so many
_MOST_LINES = 30


def reading_view(projects: Projects) -> Document:
    """Return how a file of projects was understood."""
    reading = projects.reading
    return Document(
        id="reading",
        title=Sentence("reading.title", {"file": projects.source or Label("reading.memory")}),
        subtitle=Listing(tuple(reading_lines(reading)), "sentences"),
        sections=(*reading_sections(reading), *_fault_section(projects.faults)),
        footer=Label("reading.footer"),
    )


def reading_lines(reading: Reading) -> Iterator[Parameter]:
    """Yield what has to be known first: rows read and left out, projects that do not count."""
    parts = reading.components > reading.projects
    yield Sentence(
        "reading.rows_parts" if parts else "reading.rows",
        {
            "rows": Count(reading.rows),
            "projects": Count(reading.projects),
            "parts": Count(reading.components),
            "left": Count(reading.rows_left_out),
        },
    )
    if reading.left_out:
        yield Sentence("reading.left", {"reasons": left_out_reasons(reading)})
    apart = [stage for stage in reading.stages if not stage.counted]
    if apart:
        stages = tuple(
            Sentence("reading.counted", {"name": _stage(s.stage), "count": Count(s.projects)})
            for s in apart
        )
        yield Sentence(
            "reading.apart",
            {"counted": Count(reading.counted), "stages": Listing(stages, "list")},
        )
    unlike = [check for check in reading.checks if not check.agrees]
    if unlike:
        yield Sentence("reading.unlike", {"count": Count(len(unlike))})


def left_out_reasons(reading: Reading) -> Listing:
    """Return why rows were left out, each reason with its number, the most frequent first."""
    return Listing(tuple(_counted_reasons(reading)), "list")


def _counted_reasons(reading: Reading) -> Iterator[Parameter]:
    counts: dict[str, int] = {}
    for group in reading.left_out:
        counts[group.reason] = counts.get(group.reason, 0) + group.count
    for reason, count in sorted(counts.items(), key=lambda item: -item[1]):
        yield Sentence("reading.counted", {"name": _reason(reason), "count": Count(count)})


def reading_sections(reading: Reading) -> Iterator[Section]:
    """Yield the parts of the document: totals, columns, sheets, rows left out, stages, checks."""
    yield Section("reading-totals", Label("reading.totals"), (_totals(reading),))
    used = [column for column in reading.columns if column.field]
    unused = [column for column in reading.columns if not column.field]
    blocks: list[Block] = [_columns(used)]
    if unused:
        blocks.append(_unused(unused))
    yield Section("reading-columns", Label("reading.columns"), tuple(blocks))
    if len(reading.sheets) > 1 or any(sheet.sheet for sheet in reading.sheets):
        yield Section("reading-sheets", Label("reading.sheets"), (_sheets(reading),))
    if reading.left_out:
        yield Section("reading-left", Label("reading.left_title"), (_left_out(reading.left_out),))
    if reading.stages:
        yield Section("reading-stages", Label("reading.stages"), (_stages(reading),))
    if reading.checks:
        yield Section("reading-checks", Label("reading.checks"), (_checks(reading.checks),))


def reading_section(reading: Reading) -> Section | None:
    """Return how the file was understood as one section of a report; none where no file was."""
    if not reading.rows:
        return None
    return Section(
        "reading",
        Label("reading.report"),
        tuple(Note(line) for line in reading_lines(reading)),
        tuple(replace(section, folded=True, menu=False) for section in reading_sections(reading)),
        short=Label("reading.nav"),
    )


def _totals(reading: Reading) -> KeyFigures:
    figures = [
        KeyFigure(Label("reading.card.rows"), Count(reading.rows)),
        KeyFigure(Label("reading.card.projects"), Count(reading.projects)),
        KeyFigure(Label("reading.card.counted"), Count(reading.counted)),
        KeyFigure(Label("reading.card.capacity"), Amount(reading.capacity_mw, "MW")),
        KeyFigure(
            Label("reading.card.counted_capacity"), Amount(reading.counted_capacity_mw, "MW")
        ),
    ]
    if reading.generation_mwh:
        generation = Amount(reading.generation_mwh, "MWh/yr")
        figures.append(KeyFigure(Label("reading.card.generation"), generation))
    return KeyFigures(tuple(figures))


def _column(key: str, numeric: bool = False, width: int = 14) -> Column:
    return Column(key, Label(f"reading.column.{key}"), numeric, width)


def _columns(columns: Iterable[ColumnReading]) -> Table:
    rows: list[Sequence[Cell]] = [
        (
            Code(column.header),
            Name(column.field),
            Unit(column.unit) if column.unit else "",
            Badge(Label(f"confidence.{column.confidence}"), _TONES[column.confidence]),
            Label(f"column_reason.{column.reason}"),
            _examples(column),
        )
        for column in columns
    ]
    heads = (
        _column("header", width=24),
        _column("field", width=20),
        _column("unit"),
        _column("confidence", width=10),
        _column("reason", width=30),
        _column("examples", width=36),
    )
    return Table(heads, rows)


def _unused(columns: Iterable[ColumnReading]) -> Table:
    rows: list[Sequence[Cell]] = [
        (
            Code(column.header),
            Label(f"column_reason.{column.reason}"),
            _examples(column),
        )
        for column in columns
    ]
    heads = (
        _column("header", width=24),
        _column("reason", width=30),
        _column("examples", width=36),
    )
    return Table(heads, rows, title=Label("reading.unused"), first=20)


def _examples(column: ColumnReading) -> Cell:
    return Joined(tuple(Code(example) for example in column.examples), "list")


def _sheets(reading: Reading) -> Table:
    rows: list[Sequence[Cell]] = [
        (
            sheet.sheet,
            sheet.header_row or "",
            Count(sheet.rows),
            Label(f"sheet_outcome.{sheet.outcome}"),
        )
        for sheet in reading.sheets
    ]
    heads = (
        _column("sheet", width=24),
        _column("header_row", numeric=True),
        _column("rows", numeric=True),
        _column("outcome", width=30),
    )
    return Table(heads, rows)


def _left_out(groups: Sequence[RowGroup]) -> Table:
    rows: list[Sequence[Cell]] = [
        (
            _reason(group.reason),
            Count(group.count),
            group.sheet,
            Listing((*group.rows, "…") if group.count > len(group.rows) else group.rows),
        )
        for group in sorted(groups, key=lambda group: -group.count)
    ]
    heads = (
        _column("left_reason", width=40),
        _column("rows", numeric=True),
        _column("sheet", width=24),
        _column("first_rows", width=20),
    )
    return Table(heads, rows)


def _stages(reading: Reading) -> Table:
    rows: list[Sequence[Cell]] = [
        (
            _stage(stage.stage),
            Count(stage.projects),
            Amount(stage.capacity_mw, "MW"),
            Label("reading.in_totals" if stage.counted else "reading.not_in_totals"),
        )
        for stage in reading.stages
    ]
    heads = (
        _column("stage", width=20),
        _column("projects", numeric=True),
        _column("capacity", numeric=True),
        _column("counted", width=24),
    )
    return Table(heads, rows)


def _checks(checks: Iterable[CheckSum]) -> Table:
    rows: list[Sequence[Cell]] = [
        (
            check.text,
            check.sheet,
            check.row or "",
            Name(check.field),
            Amount(check.stated, check.unit),
            Amount(check.computed, check.unit, beside=check.stated),
            Badge(
                Label("reading.agrees" if check.agrees else "reading.differs"),
                "good" if check.agrees else "bad",
            ),
        )
        for check in checks
    ]
    heads = (
        _column("text", width=20),
        _column("sheet"),
        _column("row", numeric=True),
        _column("field", width=18),
        _column("stated", numeric=True),
        _column("computed", numeric=True),
        _column("agrees"),
    )
    return Table(heads, rows)


def _fault_section(faults: Sequence[Fault]) -> Iterator[Section]:
    """Yield the faults of the input, equal ones together; notes are told by the parts above."""
    groups = group_faults(fault for fault in faults if fault.severity != "note")
    if not groups:
        return
    lines = tuple(group_sentence(group) for group in groups[:_MOST_LINES])
    blocks: list[Block] = [Notes(lines)]
    if len(groups) > _MOST_LINES:
        blocks.append(Note(Sentence("fault.more", {"count": len(groups) - _MOST_LINES}), "muted"))
    yield Section("reading-faults", Label("reading.faults"), tuple(blocks))


def _reason(code: str) -> Parameter:
    """Return the words for why rows were left out: a kind of row, or what a fault is called."""
    key = f"left_out.{code}"
    return Label(key if key in catalogue() else f"issue.{code}")


def _stage(code: str) -> Parameter:
    return Label(f"choice.status.{code}") if code else Label("reading.no_stage")

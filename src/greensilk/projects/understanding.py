"""From one table as it was read, and what was noted on the way, to the record of its reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from greensilk.projects.fields import fields, word_list
from greensilk.projects.headers import MappedColumn
from greensilk.projects.issue_log import IssueLog, quote_value
from greensilk.projects.model import (
    ColumnReading,
    Reading,
    RowGroup,
    SheetReading,
    StageTotal,
    TableReading,
    group_rows,
)
from greensilk.projects.readers.table import RawTable

__all__ = ["combine_readings", "describe_columns", "describe_table", "is_counted"]

_EXAMPLES = 3
# rows looked at for examples before the column is searched to its end
_FIRST_ROWS = 1000
# a row is lost because of its identity; other refusals concern one cell of it
_DECISIVE = ("project_id", "component", "technology")


def describe_table(
    raw: RawTable, mapped: Sequence[MappedColumn], kept: pl.Series, log: IssueLog
) -> TableReading:
    """Return how a table was understood; ``kept`` are the indexes of rows that became projects."""
    outside = (*raw.left_out, *_refused_by_reader(raw))
    rows = len(raw.rows) + sum(group.count for group in outside)
    return TableReading(
        sheet=SheetReading(raw.sheet, raw.header_row, rows),
        columns=describe_columns(raw, mapped, log),
        left_out=(*outside, *_refused(raw, kept, log)),
        checks=tuple(raw.checks),
    )


def describe_columns(
    raw: RawTable, mapped: Sequence[MappedColumn], log: IssueLog
) -> tuple[ColumnReading, ...]:
    """Return what each column of a table was taken for, in their order; blank ones left out."""
    items: dict[int, MappedColumn] = {}
    fillers: set[int] = set()
    for item in mapped:
        items[item.index] = item
        for other in item.others:
            items[other.index] = other
            fillers.add(other.index)
    misfits = {fault.value for fault in log.faults if fault.code == "column_unit"}
    columns = []
    for index, header in enumerate(raw.headers):
        examples = _examples(raw.columns[index])
        if not header and not examples:
            continue
        entry = ColumnReading(raw.sheet, header, examples=examples)
        if index in items:
            entry = _used(items[index], entry, index in fillers)
        elif not header:
            entry = ColumnReading(raw.sheet, header, reason="no_name", examples=examples)
        elif header.strip() in misfits:
            entry = ColumnReading(raw.sheet, header, reason="unit_misfit", examples=examples)
        columns.append(entry)
    return tuple(columns)


def _used(item: MappedColumn, entry: ColumnReading, fills: bool) -> ColumnReading:
    field = fields()[item.field]
    if field.role == "unused":
        return ColumnReading(
            entry.sheet, entry.header, reason="ignored_field", examples=entry.examples
        )
    unit = (item.unit or field.unit) if field.numeric and not field.is_year else ""
    return ColumnReading(
        entry.sheet,
        entry.header,
        field=item.field,
        unit=unit,
        confidence="likely" if item.bare and item.confidence == "sure" else item.confidence,
        reason="fills_gaps" if fills else _reason(item),
        examples=entry.examples,
    )


def _reason(item: MappedColumn) -> str:
    """Return why a column was taken for its field, more exactly than that its header is known."""
    if item.reason != "alias":
        return item.reason
    cases = (
        (item.bare, "unit_only"),
        (item.year is not None, "year_series"),
        (item.bound, "range"),
        (item.exact, "name"),
        (item.unit, "unit_in_header"),
    )
    return next((reason for holds, reason in cases if holds), item.reason)


def _examples(cells: pl.Series) -> tuple[str, ...]:
    values = cells.head(_FIRST_ROWS).drop_nulls()
    if not len(values):
        values = cells.drop_nulls().head(_FIRST_ROWS)
    distinct: dict[str, None] = {}
    for value in values:
        if text := quote_value(value).strip():
            distinct[text] = None
        if len(distinct) == _EXAMPLES:
            break
    return tuple(distinct)


def _refused(raw: RawTable, kept: pl.Series, log: IssueLog) -> Iterable[RowGroup]:
    """Group the rows that became no project by what was said of them."""
    lost = set(range(len(raw.rows))) - set(kept.to_list())
    reasons: dict[int, str] = {}
    for decisive in (True, False):
        # what was said last is nearest to why the row was lost
        for code, field, indexes in reversed(log.refusals):
            if (field in _DECISIVE) == decisive:
                for index in indexes:
                    if index in lost:
                        # whether a known word is near is no other reason
                        reasons.setdefault(index, code.removesuffix("_far"))
    groups: dict[str, list[int]] = {}
    for index in sorted(lost):
        groups.setdefault(reasons.get(index, "unsaid"), []).append(int(raw.rows[index]))
    return [group_rows(reason, raw.sheet, rows) for reason, rows in groups.items()]


def _refused_by_reader(raw: RawTable) -> Iterable[RowGroup]:
    """Group the rows that the reader of the file took out: too many cells, and the like."""
    groups: dict[str, list[int]] = {}
    for fault in raw.faults:
        if fault.row is not None and fault.severity == "refused":
            groups.setdefault(fault.code, []).append(fault.row)
    present = set(raw.rows.to_list()) if groups else set()
    return [
        group_rows(reason, raw.sheet, out)
        for reason, rows in groups.items()
        if (out := [row for row in rows if row not in present])
    ]


def combine_readings(
    parts: Sequence[TableReading],
    passed_over: Sequence[SheetReading],
    table: pl.DataFrame,
    source: str,
) -> Reading:
    """Return how a file was understood from how its tables were, and the totals of what was read.

    Parts of one long table are taken together.
    """
    sheets: dict[tuple[str, int], int] = Counter()
    columns: dict[tuple[str, str, str], ColumnReading] = {}
    groups: dict[tuple[str, str], RowGroup] = {}
    for part in parts:
        sheets[part.sheet.sheet, part.sheet.header_row] += part.sheet.rows
        for column in part.columns:
            columns.setdefault((column.sheet, column.header, column.field), column)
        for group in part.left_out:
            before = groups.get((group.reason, group.sheet))
            groups[group.reason, group.sheet] = group if before is None else _add(before, group)
    stages, counted = _stages(table)
    return Reading(
        source=source,
        sheets=(
            *(SheetReading(sheet, header, rows) for (sheet, header), rows in sheets.items()),
            *passed_over,
        ),
        columns=tuple(columns.values()),
        rows=sum(sheets.values()),
        projects=table["project_id"].n_unique(),
        components=table.height,
        counted=counted["project_id"].n_unique(),
        left_out=tuple(groups.values()),
        stages=stages,
        checks=tuple(check for part in parts for check in part.checks),
        capacity_mw=_total(table, "capacity"),
        counted_capacity_mw=_total(counted, "capacity"),
        generation_mwh=_total(counted, "annual_generation"),
    )


def is_counted(table: pl.DataFrame) -> pl.Expr:
    """Return which rows of projects are part of yearly totals; one without a stage is."""
    if "counted" in table:
        return pl.col("counted").fill_null(True)
    if "status" not in table:
        return pl.lit(True)
    return pl.col("status").is_null() | pl.col("status").is_in(list(word_list("counted_stages")))


def _add(first: RowGroup, second: RowGroup) -> RowGroup:
    named = group_rows(first.reason, first.sheet, (*first.rows, *second.rows)).rows
    return RowGroup(first.reason, first.count + second.count, named, first.sheet)


def _stages(table: pl.DataFrame) -> tuple[tuple[StageTotal, ...], pl.DataFrame]:
    """Return the totals of each stage that projects are in, and the projects that count."""
    if "status" not in table:
        return (), table.filter(is_counted(table))
    by_stage: Mapping[tuple[object, ...], pl.DataFrame] = table.partition_by(
        "status", as_dict=True, maintain_order=True
    )
    stages = tuple(
        StageTotal(
            stage="" if key[0] is None else str(key[0]),
            projects=rows["project_id"].n_unique(),
            capacity_mw=_total(rows, "capacity"),
            counted=bool(rows.select(is_counted(rows).all()).item()),
        )
        for key, rows in by_stage.items()
    )
    return stages, table.filter(is_counted(table))


def _total(table: pl.DataFrame, field: str) -> float:
    return float(table[field].sum()) if field in table else 0.0

"""Sheets of a workbook that hold no projects of their own: explanations, sums, the list again."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from greensilk.projects.fields import normalise_name, word_list
from greensilk.projects.headers import interpret_header
from greensilk.projects.model import SheetReading
from greensilk.projects.readers.table import RawTable

__all__ = ["drop_other_sheets"]

_NAMES = frozenset({"name", "name_zh", "project_id"})
_LISTED = frozenset({"technology", "country", "country_name", "capacity"})


def drop_other_sheets(
    tables: Sequence[RawTable],
) -> tuple[list[RawTable], list[SheetReading]]:
    """Take out the sheets that explain or repeat the others; return what was taken out as well.

    A sheet without names and numbers beside one that has them sums its projects up; one whose
    columns of figures are those of another, row by row, is the same list in another language.
    """
    kept: list[RawTable] = []
    others: list[SheetReading] = []
    meanings = [_meanings(table) for table in tables]
    named = [bool(fields & _NAMES) and bool(fields & _LISTED) for fields in meanings]
    for table, fields, has_names in zip(tables, meanings, named, strict=True):
        outcome = ""
        if any(named):
            if _is_dictionary(table, fields):
                outcome = "dictionary"
            elif not fields & _NAMES and fields & _LISTED:
                outcome = "summary"
        if not outcome and has_names and any(_repeats(table, other) for other in kept):
            outcome = "same_list"
        if outcome:
            others.append(SheetReading(table.sheet, table.header_row, len(table.rows), outcome))
        else:
            kept.append(table)
    return (kept, others) if kept else (list(tables), [])


def _meanings(table: RawTable) -> frozenset[str]:
    meanings = (interpret_header(header) for header in table.headers if header)
    return frozenset(meaning.field for meaning in meanings if meaning is not None)


def _is_dictionary(table: RawTable, fields: frozenset[str]) -> bool:
    name = normalise_name(table.sheet)
    words = {normalise_name(word) for word in word_list("dictionary_sheets")}
    return name in words and not {"technology", "capacity"} <= fields


def _repeats(table: RawTable, other: RawTable) -> bool:
    if table.sheet == other.sheet or len(table.rows) != len(other.rows) or len(table.rows) < 2:
        return False
    figures, known = _figures(table), _figures(other)
    return bool(figures) and bool(known) and (figures <= known or known <= figures)


def _figures(table: RawTable) -> frozenset[tuple[float | None, ...]]:
    """Return the columns of figures that tell rows apart and are no running numbers."""
    columns = set()
    for cells in table.columns:
        values = cells.cast(pl.Float64, strict=False)
        if values.null_count() > cells.null_count() or values.n_unique() < 2:
            continue
        steps = values.diff().drop_nulls()
        if (steps == 1).all():
            continue
        columns.add(tuple(values.to_list()))
    return frozenset(columns)

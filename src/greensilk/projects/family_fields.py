"""Figures under a header that means one thing for one kind of project and another for the next.

``日处理能力（吨/日）`` of a waste plant is waste, of a treatment works water; ``数量`` of a fleet
counts its vehicles. Which is meant follows from the technology of the row:
``data/family_fields.csv``.
"""

from __future__ import annotations

import msgspec
import polars as pl

from greensilk.core.tables import load_records
from greensilk.core.text import Name
from greensilk.projects.columns import NumberColumn, fill_from
from greensilk.projects.fields import fields, technologies
from greensilk.projects.issue_log import IssueLog

__all__ = ["move_by_family"]


class _FamilyFieldRow(msgspec.Struct, frozen=True, kw_only=True):
    """A field, a family of projects that does not have it, and the field that is meant there."""

    field: str
    family: str
    meant: str
    reason: str


def move_by_family(numbers: dict[str, NumberColumn], technology: pl.Series, log: IssueLog) -> None:
    """Give the figures of a field that a family does not have to the field meant there.

    Where the field meant has a figure of its own, that one stays.
    """
    families = {row.code: row.family for row in technologies()}
    for row in load_records("projects/data/family_fields.csv", _FamilyFieldRow):
        column = numbers.get(row.field)
        if column is None or fields()[row.field].serves(row.family):
            continue
        codes = [code for code, family in families.items() if family == row.family]
        rows = technology.is_in(codes).fill_null(False) & column.value.is_not_null()
        if not rows.any():
            continue
        log.add_rows("field_of_family", "assumed", row.field, rows, column.quote, Name(row.meant))
        moved = NumberColumn(
            column.value.set(~rows, None),
            **{name: series.set(~rows, None) for name, series in column.extras()},
        )
        own = numbers.get(row.meant)
        numbers[row.meant] = moved if own is None else fill_from([own, moved], [None, None])[0]
        column.drop(rows)

"""How a file was understood, as records without language: sheets, columns, rows, check sums.

>>> groups = [group_rows("subtotal", "Sheet1", [9, 4, 7, 12])]
>>> groups[0].count, groups[0].rows
(4, (4, 7, 9))
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

__all__ = [
    "CheckSum",
    "ColumnReading",
    "Confidence",
    "Reading",
    "RowGroup",
    "SheetReading",
    "StageTotal",
    "TableReading",
    "group_rows",
]

# sure: the header is a name of the field; likely: name and cells together say so; unsure: look at
# it; unused: what the column holds is shown nowhere else
Confidence = Literal["sure", "likely", "unsure", "unused"]

# a group of rows names as many of them
_ROWS_NAMED = 3


@dataclass(frozen=True, slots=True)
class SheetReading:
    """One table of a file, or a sheet that was passed over.

    Parameters
    ----------
    sheet
        Name of the sheet, empty for files without sheets.
    header_row
        Row of the headers (the last of them), as counted in the file; 0 where there is none.
    rows
        Rows below the headers with anything in them.
    outcome
        ``read``, or why the sheet was passed over, as a code (``sheet_outcome.<code>``).
    """

    sheet: str
    header_row: int = 0
    rows: int = 0
    outcome: str = "read"


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """What one column was taken for.

    Parameters
    ----------
    field
        Field of the schema, empty for a column that is not used.
    unit
        Unit in which plain numbers of the column are read.
    reason
        Why it was taken so, as a code (``column_reason.<code>``).
    examples
        The first three different values.
    """

    sheet: str
    header: str
    field: str = ""
    unit: str = ""
    confidence: Confidence = "unused"
    reason: str = "unknown_header"
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows left out for one reason (``left_out.<reason>``); ``rows`` are the first three."""

    reason: str
    count: int
    rows: tuple[int, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class CheckSum:
    """A total or subtotal that the file states, beside the sum of the rows it is about.

    ``text`` is what stands before the figure ("小计"); ``stated`` and ``computed`` are in
    ``unit``, the unit of ``field``.
    """

    field: str
    unit: str
    stated: float
    computed: float
    agrees: bool
    text: str = ""
    row: int = 0
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class StageTotal:
    """Projects of one stage (``choice.status.<stage>``), with their capacity [MW].

    ``counted`` says whether they are part of yearly totals.
    """

    stage: str
    projects: int
    capacity_mw: float
    counted: bool


@dataclass(frozen=True, slots=True)
class TableReading:
    """How one table, or one part of a long one, was understood."""

    sheet: SheetReading
    columns: tuple[ColumnReading, ...] = ()
    left_out: tuple[RowGroup, ...] = ()
    checks: tuple[CheckSum, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file was understood.

    Parameters
    ----------
    rows
        Rows with anything in them, below the headers of all tables read.
    projects
        Different projects read; ``components`` are their parts.
    counted
        Projects that are part of yearly totals (``stages`` tells of which stage the others are).
    capacity_mw, counted_capacity_mw
        Capacity of all projects read, and of those counted [MW].
    generation_mwh
        Stated generation of a year of the projects counted [MWh].
    """

    source: str = ""
    sheets: tuple[SheetReading, ...] = ()
    columns: tuple[ColumnReading, ...] = ()
    rows: int = 0
    projects: int = 0
    components: int = 0
    counted: int = 0
    left_out: tuple[RowGroup, ...] = ()
    stages: tuple[StageTotal, ...] = ()
    checks: tuple[CheckSum, ...] = ()
    capacity_mw: float = 0.0
    counted_capacity_mw: float = 0.0
    generation_mwh: float = 0.0

    @property
    def rows_left_out(self) -> int:
        """Rows of which nothing was read as a project."""
        return sum(group.count for group in self.left_out)

    def as_dict(self) -> dict[str, object]:
        """Return what a program wants to know, as plain data of codes and numbers.

        >>> sorted(Reading().as_dict())
        ['checks', 'columns', 'counted', 'left_out', 'projects', 'rows', 'totals']
        """
        return {
            "rows": self.rows,
            "projects": self.projects,
            "counted": self.counted,
            "left_out": [asdict(group) for group in self.left_out],
            "columns": [asdict(column) for column in self.columns],
            "checks": [asdict(check) for check in self.checks],
            "totals": {
                "capacity_mw": self.capacity_mw,
                "counted_capacity_mw": self.counted_capacity_mw,
                "generation_mwh": self.generation_mwh,
            },
        }


def group_rows(reason: str, sheet: str, rows: Iterable[int]) -> RowGroup:
    """Return rows left out for one reason as a group that names the first three."""
    numbers = sorted(rows)
    return RowGroup(reason, len(numbers), tuple(numbers[:_ROWS_NAMED]), sheet)

"""Portfolio sums, over all projects and by family, country, technology and grade.

Projects are added draw by draw, so that a grid factor many of them share widens the range of a sum
as it should. Sums are kept in fixed point, as whole units and 2**-20ths of a unit: adding integers
gives the same bits for every order and every split of the projects.

Best estimates and all draws are kept for every quantity and family. Below that, a *cell* is one
country and one technology of a family; its range rests on the first :data:`CELL_DRAWS` draws, so
memory is bounded by cells, not by projects: cells x quantities x draws x 16 bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from greensilk.core.errors import UnknownNameError
from greensilk.engine.draws import Floats, low_high
from greensilk.engine.graph import Graph

__all__ = [
    "AGGREGATES",
    "CELL_DRAWS",
    "DIMENSIONS",
    "FIXED_POINT",
    "SEVERAL_COUNTRIES",
    "Piece",
    "Sums",
    "aggregate_table",
    "block_sum",
    "totals_table",
]

Integers = npt.NDArray[np.int64]
Cell = tuple[str, str]
# what a group is of, its sum (the best estimate, then the draws), and its projects
Group = tuple[dict[str, str | int], Floats, int]

FIXED_POINT = 2.0**20
# sums of a block below this fit one integer; larger ones are added in two parts from the start
_ONE_INTEGER = 2.0**62
# draws behind the range of a cell: enough for a 5th percentile, and a bound for memory
CELL_DRAWS = 2000

DIMENSIONS = ("family", "country", "technology", "grade")
# the groupings of the table of aggregates; the empty one is the sum over all projects
AGGREGATES: tuple[tuple[str, ...], ...] = (
    (),
    ("family",),
    ("country",),
    ("technology",),
    ("country", "technology"),
    ("grade",),
)
# the country of a project whose components stand in several
SEVERAL_COUNTRIES = "several"

AGGREGATE_SCHEMA = pa.schema(
    [
        ("quantity", pa.string()),
        ("family", pa.string()),
        ("country", pa.string()),
        ("technology", pa.string()),
        ("grade", pa.int8()),
        ("value", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("unit", pa.string()),
        ("projects", pa.int64()),
    ]
)
TOTALS_COLUMNS = ("quantity", "family", "value", "low", "high", "unit", "projects")


@dataclass(frozen=True, slots=True)
class Piece:
    """The sum of one quantity over a block of projects of one family, by runs of equal cells.

    ``parts`` has shape (2, runs, 1 + draws): whole units, and 2**-20ths of a unit; the best
    estimate stands before the draws.
    """

    quantity: str
    family: str
    cells: npt.NDArray[np.intp]
    grades: npt.NDArray[np.int8]
    projects: Integers
    parts: Integers


def block_sum(
    quantity: str,
    family: str,
    cells: npt.NDArray[np.intp],
    grades: npt.NDArray[np.int8],
    best: Floats,
    drawn: Floats | None,
    draws: int,
) -> Piece | None:
    """Return the sum of one block of projects; ``None`` where no project has a value.

    Parameters
    ----------
    cells, grades
        The cell and the data-quality grade of every project, shape (n,). Equal cells must stand
        next to one another.
    best
        Best estimates, shape (n,), NaN where there is none.
    drawn
        Draws, shape (n, draws), or (n, 1) if certain; ``None`` without ranges.
    """
    usable = ~np.isnan(best)
    if not usable.all():
        if not usable.any():
            return None
        best, cells, grades = best[usable], cells[usable], grades[usable]
        drawn = None if drawn is None else drawn[usable]
    starts = _run_starts((cells[1:] != cells[:-1]) | (grades[1:] != grades[:-1]))
    parts = np.empty((2, len(starts), draws + 1), np.int64)
    parts[:, :, :1] = _fixed_sums(best[:, None], starts)
    if drawn is not None:
        parts[:, :, 1:] = _fixed_sums(drawn, starts)
    projects = np.diff(np.append(starts, len(best)))
    return Piece(quantity, family, cells[starts], grades[starts], projects, parts)


def _run_starts(changes: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """Return where runs of equal rows begin; ``changes`` compares each row with the next."""
    return np.concatenate((np.zeros(1, np.intp), np.flatnonzero(changes) + 1))


def _fixed_sums(values: Floats, starts: npt.NDArray[np.intp]) -> Integers:
    """Return sums over runs of rows in whole units and 2**-20ths, shape (2, runs, columns)."""
    scaled = values * FIXED_POINT
    np.rint(scaled, out=scaled)
    largest = max(float(scaled.max()), -float(scaled.min()))
    if largest * len(values) < _ONE_INTEGER:
        total = _run_sums(scaled.astype(np.int64), starts)
        return np.stack([total >> 20, total & ((1 << 20) - 1)])
    units = np.floor(scaled / FIXED_POINT)
    rest = scaled - units * FIXED_POINT
    return np.stack([_run_sums(part.astype(np.int64), starts) for part in (units, rest)])


def _run_sums(values: Integers, starts: npt.NDArray[np.intp]) -> Integers:
    if len(starts) == 1:
        return np.asarray(values.sum(axis=0)[None, :])
    return np.asarray(np.add.reduceat(values, starts, axis=0))


@dataclass(slots=True)
class Sums:
    """Sums over projects, which come in pieces in any order.

    ``parts`` and ``projects`` are by quantity and family, with all draws; ``cell_parts`` and
    ``cell_projects`` by the family's cells besides; ``grade_parts`` and ``grade_projects`` by
    quantity and grade.
    """

    parts: dict[tuple[str, str], Integers] = field(default_factory=dict)
    projects: dict[tuple[str, str], int] = field(default_factory=dict)
    cells: dict[str, dict[Cell, int]] = field(default_factory=dict)
    cell_parts: dict[tuple[str, str], Integers] = field(default_factory=dict)
    cell_projects: dict[tuple[str, str], Integers] = field(default_factory=dict)
    grade_parts: dict[tuple[str, int], Integers] = field(default_factory=dict)
    grade_projects: dict[tuple[str, int], int] = field(default_factory=dict)

    def number_cells(self, family: str, cells: Iterable[Cell]) -> npt.NDArray[np.intp]:
        """Return the number of every cell (country, technology) of ``family``; new ones follow."""
        numbers = self.cells.setdefault(family, {})
        return np.array([numbers.setdefault(cell, len(numbers)) for cell in cells], np.intp)

    def add(self, piece: Piece | None) -> None:
        """Add the sum of a block, whose cells :meth:`number_cells` numbered."""
        if piece is None:
            return
        key = (piece.quantity, piece.family)
        total = piece.parts.sum(axis=1)
        self._add_total(key, total, int(piece.projects.sum()))
        short = piece.parts[:, :, : CELL_DRAWS + 1]
        self._add_cells(key, piece.cells, short, piece.projects)
        grades = np.unique(piece.grades).tolist()
        for grade in grades:
            runs = piece.grades == grade
            part = total[:, : CELL_DRAWS + 1] if len(grades) == 1 else short[:, runs].sum(axis=1)
            self._add_grade((piece.quantity, grade), part, int(piece.projects[runs].sum()))

    def merge(self, other: Sums) -> None:
        """Add the sums of another part of the portfolio."""
        for key, total in other.parts.items():
            self._add_total(key, total, other.projects[key])
        numbers = {
            family: self.number_cells(family, cells) for family, cells in other.cells.items()
        }
        for key, parts in other.cell_parts.items():
            cells = numbers[key[1]][: parts.shape[1]]
            self._add_cells(key, cells, parts, other.cell_projects[key])
        for grade_key, part in other.grade_parts.items():
            self._add_grade(grade_key, part, other.grade_projects[grade_key])

    def _add_total(self, key: tuple[str, str], total: Integers, projects: int) -> None:
        known = self.parts.get(key)
        self.parts[key] = total.copy() if known is None else known + total
        self.projects[key] = self.projects.get(key, 0) + projects

    def _add_grade(self, key: tuple[str, int], part: Integers, projects: int) -> None:
        known = self.grade_parts.get(key)
        self.grade_parts[key] = part.copy() if known is None else known + part
        self.grade_projects[key] = self.grade_projects.get(key, 0) + projects

    def _add_cells(
        self, key: tuple[str, str], cells: npt.NDArray[np.intp], parts: Integers, projects: Integers
    ) -> None:
        size = len(self.cells[key[1]])
        known = self.cell_parts.get(key)
        if known is None:
            known = np.zeros((2, size, parts.shape[2]), np.int64)
            self.cell_projects[key] = np.zeros(size, np.int64)
        elif known.shape[1] < size:
            grow = size - known.shape[1]
            known = np.pad(known, ((0, 0), (0, grow), (0, 0)))
            self.cell_projects[key] = np.pad(self.cell_projects[key], (0, grow))
        self.cell_parts[key] = known
        starts = _run_starts(cells[1:] != cells[:-1])
        if len(starts) < len(cells):
            # runs of one cell that differ in grade
            parts = np.add.reduceat(parts, starts, axis=1)
            projects = np.add.reduceat(projects, starts)
            cells = cells[starts]
        known[:, cells] += parts
        self.cell_projects[key][cells] += projects

    def quantities(self) -> set[str]:
        """Return the names of the quantities that have sums."""
        return {quantity for quantity, _ in self.parts}

    def families(self, quantity: str) -> list[str]:
        """Return the families that have ``quantity``."""
        return sorted(family for name, family in self.parts if name == quantity)

    def total(self, quantity: str, families: Sequence[str]) -> tuple[Floats, int]:
        """Return the sum over ``families`` (the best estimate, then all draws) and the projects."""
        keys = [(quantity, family) for family in families]
        parts = np.sum([self.parts[key] for key in keys], axis=0)
        return _values(parts), sum(self.projects[key] for key in keys)

    def groups(self, quantity: str, by: Sequence[str]) -> Iterator[Group]:
        """Yield every group of ``quantity`` by some of family, country, technology; or by grade."""
        if "grade" in by:
            for name, grade in sorted(self.grade_parts):
                if name == quantity:
                    key = (name, grade)
                    yield {"grade": grade}, _values(self.grade_parts[key]), self.grade_projects[key]
            return
        sums: dict[tuple[str, ...], tuple[Integers, int]] = {}
        for family in self.families(quantity):
            key_of_cell = list(self.cells[family])
            parts = self.cell_parts[quantity, family]
            counts = self.cell_projects[quantity, family]
            for cell in np.flatnonzero(counts).tolist():
                country, technology = key_of_cell[cell]
                members = {"family": family, "country": country, "technology": technology}
                group = tuple(members[dimension] for dimension in by)
                known = sums.get(group)
                part, count = parts[:, cell], int(counts[cell])
                sums[group] = (
                    (part, count) if known is None else (known[0] + part, known[1] + count)
                )
        for group, (part, count) in sorted(sums.items(), key=lambda item: item[0]):
            yield dict(zip(by, group, strict=True)), _values(part), count


def _values(parts: Integers) -> Floats:
    """Return a sum as numbers: the best estimate, then the draws."""
    # carry first, so that equal sums have equal parts however they came together
    units = parts[0] + (parts[1] >> 20)
    rest = parts[1] & ((1 << 20) - 1)
    return np.asarray(units.astype(np.float64) + rest.astype(np.float64) / FIXED_POINT)


def _range(values: Floats) -> tuple[float, float | None, float | None]:
    """Return the best estimate and its range; the range holds the best estimate."""
    best = float(values[0])
    if len(values) == 1:
        return best, None, None
    low, high = low_high(values[None, 1:])
    return best, min(float(low[0]), best), max(float(high[0]), best)


def aggregate_table(
    graph: Graph, sums: Sums, groupings: Iterable[Sequence[str]] = AGGREGATES
) -> pa.Table:
    """Return sums of the additive headline quantities by group.

    Parameters
    ----------
    groupings
        Each names some of ``family``, ``country`` and ``technology``, or ``grade`` alone; the empty
        one is the sum over all projects.

    Returns
    -------
    pyarrow.Table
        ``quantity, family, country, technology, grade, value, low, high, unit, projects``; a blank
        family, country or technology and an absent grade mean all. A country ``several`` and a
        technology ``hybrid`` hold the projects whose components differ.

    Raises
    ------
    UnknownNameError
        If a grouping names something else.
    """
    rows: list[dict[str, object]] = []
    for by in groupings:
        for dimension in by:
            if dimension not in DIMENSIONS or (dimension == "grade" and len(by) > 1):
                raise UnknownNameError("grouping", " x ".join(by), DIMENSIONS)
        for name in graph.order:
            if name not in sums.quantities():
                continue
            if not by:
                values, projects = sums.total(name, sums.families(name))
                groups: Iterable[tuple[dict[str, str | int], Floats, int]] = [
                    ({}, values, projects)
                ]
            elif tuple(by) == ("family",):
                groups = [
                    ({"family": family}, *sums.total(name, [family]))
                    for family in sums.families(name)
                ]
            else:
                groups = sums.groups(name, by)
            for group, values, projects in groups:
                value, low, high = _range(values)
                rows.append(
                    {
                        "quantity": name,
                        "family": group.get("family", ""),
                        "country": group.get("country", ""),
                        "technology": group.get("technology", ""),
                        "grade": group.get("grade"),
                        "value": value,
                        "low": low,
                        "high": high,
                        "unit": graph.records[name].unit,
                        "projects": projects,
                    }
                )
    return pa.Table.from_pylist(rows, schema=AGGREGATE_SCHEMA)


def totals_table(graph: Graph, sums: Sums) -> pa.Table:
    """Return portfolio totals of additive headline quantities, by family and over all.

    The family is blank in the rows over all.
    """
    table = aggregate_table(graph, sums, [("family",), ()]).select(list(TOTALS_COLUMNS))
    order = {name: index for index, name in enumerate(graph.order)}
    rank = [
        (order[quantity], not family, family)
        for quantity, family in zip(
            table.column("quantity").to_pylist(), table.column("family").to_pylist(), strict=True
        )
    ]
    return table.take(sorted(range(len(rank)), key=rank.__getitem__))

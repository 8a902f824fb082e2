"""Evaluating one batch of projects on this machine, on as many threads as asked for.

NumPy lets go of the interpreter while it computes, so threads share the blocks of rows without
copying anything. Blocks write to rows of their own and their sums are integers: the order in which
they finish cannot change a result.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from greensilk.core.quantity import Quantity
from greensilk.engine.aggregate import SEVERAL_COUNTRIES, Cell, Piece, Sums, block_sum
from greensilk.engine.batch import Batch
from greensilk.engine.components import HYBRID, combine_project
from greensilk.engine.draws import Floats, low_high
from greensilk.engine.evaluate import BLOCK, Evaluator, Results
from greensilk.engine.graph import FieldProvider, Graph, Group, Provider
from greensilk.engine.remarks import Remark, group_remarks
from greensilk.engine.stages import counted_rows

__all__ = ["BatchResult", "evaluate_batch"]

Rows = npt.NDArray[np.intp]


@dataclass(slots=True)
class BatchResult:
    """Results by project (in the order of the table), portfolio sums, and remarks."""

    results: Results
    sums: Sums
    remarks: list[Remark]
    methods: tuple[str, ...]


def evaluate_batch(
    graph: Graph,
    batch: Batch,
    project_of_row: Rows,
    draws: int,
    seed: int,
    threads: int | None = None,
) -> BatchResult:
    """Evaluate every project of ``batch``.

    ``project_of_row`` numbers the project of each row from 0; rows of one project are its
    components.
    """
    count = int(project_of_row.max()) + 1 if batch.size else 0
    results = Results.empty(graph.order, count, ranges=draws > 0)
    formulas = dict.fromkeys(quantity.method for quantity in graph.formulas)
    methods = (*formulas, "field", "fact")
    result = BatchResult(results, Sums(), [], methods)
    components = np.bincount(project_of_row, minlength=count)
    single = components[project_of_row] == 1
    family = batch.attribute("family")
    codes, cells = _cells(batch)
    workers = threads or min(8, os.cpu_count() or 1)
    with ThreadPoolExecutor(workers) as pool:
        for code, name in enumerate(family.categories):
            rows = np.flatnonzero(single & (family.codes == code))
            if len(rows) and name:
                # rows of one cell stand next to one another, so that sums have few runs
                rows = rows[np.argsort(codes[rows], kind="stable")]
                numbers = _number_cells(result.sums, name, codes[rows], cells)
                part = _Family(
                    graph, batch.take(rows), project_of_row[rows], numbers, name, draws, seed
                )
                part.run(result, pool)
    rows = np.flatnonzero(~single)
    _evaluate_hybrids(graph, batch, project_of_row, rows, result, draws, seed)
    return result


def _cells(batch: Batch) -> tuple[npt.NDArray[np.int32], list[Cell]]:
    """Return a code for the country and technology of every row, and what the codes mean."""
    country, technology = batch.attribute("country"), batch.attribute("technology")
    width = len(technology.categories)
    codes = country.codes * np.int32(width) + technology.codes
    cells = [(first, second) for first in country.categories for second in technology.categories]
    # few countries and technologies sort faster as short integers
    return codes.astype(np.int16) if len(cells) < 2**15 else codes, cells


def _number_cells(
    sums: Sums, family: str, codes: npt.NDArray[np.int32], cells: list[Cell]
) -> npt.NDArray[np.intp]:
    """Return the cell of every row, whose codes are sorted."""
    starts = np.concatenate((np.zeros(1, np.intp), np.flatnonzero(np.diff(codes)) + 1))
    numbers = sums.number_cells(family, [cells[code] for code in codes[starts].tolist()])
    return np.repeat(numbers, np.diff(np.append(starts, len(codes))))


def method_of(provider: Provider) -> str:
    """Return what the evidence calls a provider: a formula by name, else ``field`` or ``fact``."""
    if isinstance(provider, Quantity):
        return provider.method
    return "field" if isinstance(provider, FieldProvider) else "fact"


class _Family:
    """The single-component projects of one family in a batch; ``cells`` numbers their cells."""

    def __init__(
        self,
        graph: Graph,
        batch: Batch,
        projects: Rows,
        cells: Rows,
        family: str,
        draws: int,
        seed: int,
    ) -> None:
        self.graph, self.batch, self.projects, self.family = graph, batch, projects, family
        self.cells = cells
        self.draws = draws
        self.counted = counted_rows(batch)
        self.evaluator = Evaluator(graph, batch, draws, seed)
        self.columns = {name: index for index, name in enumerate(graph.order)}

    def run(self, result: BatchResult, pool: ThreadPoolExecutor) -> None:
        """Evaluate all groups into ``result``."""
        methods = {name: index for index, name in enumerate(result.methods)}
        tasks: list[_Task] = []
        size = max(1, BLOCK // max(self.draws, 1))
        for group in self.graph.groups(self.batch, self.family):
            best = self.evaluator.best(group)
            quality = self.evaluator.quality(group)
            projects = self.projects[group.rows]
            for step in group.steps:
                column = self.columns.get(step.name)
                if column is not None and step.name in group.targets:
                    result.results.value[column, projects] = best[step.name]
                    result.results.quality[column, projects] = quality[step.name]
                    result.results.method[column, projects] = methods[method_of(step.provider)]
            remarks = group_remarks(self.graph, self.batch, self.family, group, projects)
            result.remarks.extend(remarks)
            rows = len(group.rows)
            step_size = size if self.draws else rows
            tasks.extend(
                _Task(group, best, quality, slice(start, start + step_size))
                for start in range(0, rows, step_size)
            )
        for pieces in pool.map(lambda task: self._block(result.results, task), tasks):
            for piece in pieces:
                result.sums.add(piece)

    def _block(self, results: Results, task: _Task) -> list[Piece | None]:
        group, part = task.group, task.part
        if not self.draws:
            return self._pieces(task, {})
        drawn = self.evaluator.block(group, group.rows[part])
        projects = self.projects[group.rows[part]]
        for name in group.targets:
            values = drawn[name]
            column = self.columns[name]
            if values.shape[1] == 1:
                low = high = values[:, 0]
            else:
                low, high = low_high(values)
            centre = task.best[name][part]
            # the best estimate of a skewed fact may lie outside its own percentiles
            results.low[column, projects] = np.minimum(low, centre)
            results.high[column, projects] = np.maximum(high, centre)
        return self._pieces(task, drawn)

    def _pieces(self, task: _Task, drawn: dict[str, Floats]) -> list[Piece | None]:
        """Return the sums of a block: of what may be added and stands in the headlines."""
        rows = task.group.rows[task.part]
        cells, counted = self.cells[rows], self.counted[rows]
        uncounted = None if counted.all() else ~counted
        return [
            block_sum(
                name,
                self.family,
                cells,
                task.quality[name][task.part] // 8,
                _leave_out(task.best[name][task.part], uncounted),
                drawn.get(name),
                self.draws,
            )
            for name in task.group.targets
            if self.graph.records[name].additive and name in self.graph.headlines
        ]


def _leave_out(best: Floats, uncounted: npt.NDArray[np.bool_] | None) -> Floats:
    """Return best estimates without those of projects that are no part of totals."""
    return best if uncounted is None else np.where(uncounted, np.nan, best)


@dataclass(frozen=True, slots=True)
class _Task:
    """A block of the rows of a group, with what is known of the whole group."""

    group: Group
    best: dict[str, Floats]
    quality: dict[str, npt.NDArray[np.int8]]
    part: slice


def _evaluate_hybrids(
    graph: Graph,
    batch: Batch,
    project_of_row: Rows,
    rows: Rows,
    result: BatchResult,
    draws: int,
    seed: int,
) -> None:
    """Evaluate the projects of several components, one at a time: they are few."""
    family = batch.attribute("family")
    columns = {name: index for index, name in enumerate(graph.order)}
    methods = {name: index for index, name in enumerate(result.methods)}
    for part in project_rows(project_of_row, rows):
        project = int(project_of_row[part[0]])
        parts = [
            (family.categories[family.codes[row]], batch.take(np.array([row]))) for row in part
        ]
        parts = [(name, component) for name, component in parts if name]
        if not parts:
            continue
        combined, groups = combine_project(graph, parts, draws, seed)
        for item in combined:
            column = columns[item.name]
            result.results.value[column, project] = item.best
            result.results.quality[column, project] = item.quality
            result.results.method[column, project] = methods[method_of(item.provider)]
            if draws:
                result.results.low[column, project] = min(item.low, item.best)
                result.results.high[column, project] = max(item.high, item.best)
        running = [part for part in parts if counted_rows(part[1]).all()]
        if len(running) < len(parts):
            # only the components that run are part of totals
            combined = combine_project(graph, running, draws, seed)[0] if running else []
        cell = _common_cell(graph, running or parts)
        for item in combined:
            record = graph.records[item.name]
            if record.additive and item.name in graph.headlines:
                cells = result.sums.number_cells(item.family, [cell])
                grades = np.array([item.quality // 8], np.int8)
                best = np.array([item.best])
                result.sums.add(
                    block_sum(item.name, item.family, cells, grades, best, item.drawn, draws)
                )
        for (name, component), group in zip(parts, groups, strict=True):
            remarks = group_remarks(graph, component, name, group, np.array([project]))
            result.remarks.extend(remarks)


def project_rows(project_of_row: Rows, rows: Rows) -> Iterator[Rows]:
    """Yield ``rows`` project by project."""
    order = rows[np.argsort(project_of_row[rows], kind="stable")]
    bounds = np.flatnonzero(np.diff(project_of_row[order], prepend=-1))
    yield from np.split(order, bounds[1:]) if len(order) else ()


def _common_cell(graph: Graph, parts: list[tuple[str, Batch]]) -> Cell:
    """Return the country and technology of a project of several components.

    A component that only states claims says nothing of the technology.
    """
    active = [part for part in parts if graph.has_formulas(part[0])] or parts
    values: dict[str, set[str]] = {"country": set(), "technology": set()}
    for attribute, known in values.items():
        for _, component in active:
            column = component.attribute(attribute)
            known.add(column.categories[column.codes[0]])
    country, technology = values["country"], values["technology"]
    return (
        country.pop() if len(country) == 1 else SEVERAL_COUNTRIES,
        technology.pop() if len(technology) == 1 else HYBRID,
    )

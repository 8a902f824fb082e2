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
from typing import Any

import numpy as np
import numpy.typing as npt

from greensilk.core.errors import Fault
from greensilk.core.quantity import Quantity
from greensilk.core.text import Names
from greensilk.engine.batch import Batch
from greensilk.engine.components import combine_project
from greensilk.engine.evaluate import BLOCK, Evaluator, Results, Sums, low_high
from greensilk.engine.graph import FieldProvider, Graph, Group, Provider
from greensilk.engine.lookup import FactLookup

__all__ = ["BatchResult", "Remark", "evaluate_batch"]

# a default of this grade or worse is named among the assumptions
ASSUMPTION_GRADE = 4


@dataclass(frozen=True, slots=True)
class Remark:
    """Something true of several projects: a default that stood in, or a result that is missing."""

    code: str
    name: str
    detail: str
    projects: npt.NDArray[np.intp]

    def as_fault(self, project_id: str = "") -> Fault:
        """Return the remark as an entry of the issues; ``project_id`` if it concerns one only."""
        return Fault(
            code=self.code,
            severity="assumed" if self.code == "assumed_default" else "note",
            project_id=project_id,
            field=self.name,
            expected=Names(tuple(self.detail.split(", ")))
            if self.code in ("not_computed", "no_figure")
            else self.detail.partition("; ")[0].removesuffix(" 1"),
            params={"count": str(len(self.projects))},
        )


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
    project_of_row: npt.NDArray[np.intp],
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
    workers = threads or min(8, os.cpu_count() or 1)
    with ThreadPoolExecutor(workers) as pool:
        for code, name in enumerate(family.categories):
            rows = np.flatnonzero(single & (family.codes == code))
            if len(rows) and name:
                part = _Family(graph, batch.take(rows), project_of_row[rows], name, draws, seed)
                part.run(result, pool)
    _several(graph, batch, project_of_row, np.flatnonzero(~single), result, draws, seed)
    return result


def method_of(provider: Provider) -> str:
    """Return what the evidence calls a provider: a formula by name, else ``field`` or ``fact``."""
    if isinstance(provider, Quantity):
        return provider.method
    return "field" if isinstance(provider, FieldProvider) else "fact"


class _Family:
    """The single-component projects of one family in a batch."""

    def __init__(
        self,
        graph: Graph,
        batch: Batch,
        projects: npt.NDArray[np.intp],
        family: str,
        draws: int,
        seed: int,
    ) -> None:
        self.graph, self.batch, self.projects, self.family = graph, batch, projects, family
        self.draws = draws
        self.evaluator = Evaluator(graph, batch, draws, seed)
        self.place = {name: index for index, name in enumerate(graph.order)}

    def run(self, result: BatchResult, pool: ThreadPoolExecutor) -> None:
        """Evaluate all groups into ``result``."""
        methods = {name: index for index, name in enumerate(result.methods)}
        pending: list[tuple[Group, dict[str, Any], slice]] = []
        size = max(1, BLOCK // max(self.draws, 1))
        for group in self.graph.groups(self.batch, self.family):
            best = self.evaluator.best(group)
            quality = self.evaluator.quality(group)
            where = self.projects[group.rows]
            for step in group.steps:
                column = self.place.get(step.name)
                if column is not None and step.name in group.targets:
                    result.results.value[column, where] = best[step.name]
                    result.results.quality[column, where] = quality[step.name]
                    result.results.method[column, where] = methods[method_of(step.provider)]
            remarks = group_remarks(self.graph, self.batch, self.family, group, where)
            result.remarks.extend(remarks)
            if self.draws:
                pending.extend(
                    (group, best, slice(start, start + size))
                    for start in range(0, len(group.rows), size)
                )
            else:
                self._sum(result.sums, group, best, None, slice(None))
        for sums in pool.map(lambda task: self._block(result.results, *task), pending):
            result.sums.merge(sums)

    def _block(self, results: Results, group: Group, best: dict[str, Any], part: slice) -> Sums:
        drawn = self.evaluator.block(group, group.rows[part])
        where = self.projects[group.rows[part]]
        for name in group.targets:
            values = drawn[name]
            column = self.place[name]
            if values.shape[1] == 1:
                low = high = values[:, 0]
            else:
                low, high = low_high(values)
            centre = best[name][part]
            # the best estimate of a skewed fact may lie outside its own percentiles
            results.low[column, where] = np.minimum(low, centre)
            results.high[column, where] = np.maximum(high, centre)
        sums = Sums()
        self._sum(sums, group, best, drawn, part)
        return sums

    def _sum(
        self,
        sums: Sums,
        group: Group,
        best: dict[str, Any],
        drawn: dict[str, Any] | None,
        part: slice,
    ) -> None:
        for name in group.targets:
            record = self.graph.records[name]
            if record.additive and name in self.graph.headlines:
                values = None if drawn is None else drawn[name]
                sums.add(name, self.family, best[name][part], values, self.draws)


def group_remarks(
    graph: Graph, batch: Batch, family: str, group: Group, projects: npt.NDArray[np.intp]
) -> Iterator[Remark]:
    """Yield what was assumed for a group, and which awaited results it lacks and why."""
    for step in group.steps:
        if not isinstance(step.provider, FactLookup):
            continue
        lookup = step.provider
        index = lookup.find(batch)[group.rows]
        for place in np.unique(index):
            if lookup.quality[place] // 8 >= ASSUMPTION_GRADE:
                fact = lookup.facts[place]
                row = fact.row
                detail = f"{row.value:g} ({row.low:g} - {row.high:g}) {row.unit}; {row.citation()}"
                yield Remark("assumed_default", step.name, detail, projects[index == place])
    have = set(group.targets)
    pick: dict[str, int] | None = None
    for name in graph.targets(family):
        if name in have or name not in graph.awaited:
            continue
        if pick is None:
            one = batch.take(group.rows[:1])
            pick = {key: int(value[0]) for key, value in graph.choices(one, family).items()}
        lacks = graph.missing(name, family, pick)
        if not lacks:
            continue  # no formula is meant for this kind of project: nothing to ask for
        code = "not_computed" if graph.can_be_given(lacks) else "no_figure"
        if code == "not_computed" or graph.records[name].level == "headline":
            unknown = [one for one in lacks if code == "not_computed" or one not in graph.fields]
            yield Remark(code, name, ", ".join(unknown), projects)


def _several(
    graph: Graph,
    batch: Batch,
    project_of_row: npt.NDArray[np.intp],
    rows: npt.NDArray[np.intp],
    result: BatchResult,
    draws: int,
    seed: int,
) -> None:
    """Evaluate the projects of several components, one at a time: they are few."""
    family = batch.attribute("family")
    place = {name: index for index, name in enumerate(graph.order)}
    methods = {name: index for index, name in enumerate(result.methods)}
    order = rows[np.argsort(project_of_row[rows], kind="stable")]
    bounds = np.flatnonzero(np.diff(project_of_row[order], prepend=-1))
    for part in np.split(order, bounds[1:]) if len(order) else ():
        project = int(project_of_row[part[0]])
        parts = [
            (family.categories[family.codes[row]], batch.take(np.array([row]))) for row in part
        ]
        parts = [(name, single) for name, single in parts if name]
        if not parts:
            continue
        combined, groups = combine_project(graph, parts, draws, seed)
        for item in combined:
            column = place[item.name]
            result.results.value[column, project] = item.best
            result.results.quality[column, project] = item.quality
            result.results.method[column, project] = methods[method_of(item.provider)]
            if draws:
                result.results.low[column, project] = min(item.low, item.best)
                result.results.high[column, project] = max(item.high, item.best)
            record = graph.records[item.name]
            if record.additive and item.name in graph.headlines:
                result.sums.add(item.name, item.family, np.array([item.best]), item.drawn, draws)
        for (name, single), group in zip(parts, groups, strict=True):
            result.remarks.extend(group_remarks(graph, single, name, group, np.array([project])))

"""Running a whole table: partitions, progress, and putting the parts together again.

A partition is a slice of the table that splits no project. Every engine runs the same function on
partitions and joins the answers in the order of the table, so that the evidence is the same to the
last bit whichever engine ran and however the table was split.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from greensilk.core.errors import UnknownNameError
from greensilk.engine.batch import Batch, batch_from_arrow
from greensilk.engine.evaluate import Sums
from greensilk.engine.evidence import evidence_table, totals_table
from greensilk.engine.explain import Node, explain_project
from greensilk.engine.graph import Graph, build_graph
from greensilk.engine.local import Remark, evaluate_batch
from greensilk.engine.options import Options
from greensilk.facts.appraisal import PACKAGED, appraisal_table

__all__ = [
    "Output",
    "Progress",
    "default_graph",
    "describe_projects",
    "explain_rows",
    "join",
    "partitions",
    "run_local",
    "run_partition",
    "together",
]

# called with the number of projects done since the last call
Progress = Callable[[int], None]
# rows of one partition without ranges; with ranges about as many numbers per partition
PARTITION_ROWS = 131_072
PARTITION_DRAWS = 16_000_000


@dataclass(slots=True)
class Output:
    """The answer for one partition, or for all of them joined.

    ``projects``: ids in order; ``remarks`` refer to them by position.
    """

    projects: Any
    evidence: Any
    sums: Sums
    remarks: list[Remark]


@lru_cache(maxsize=4)
def default_graph(facts: str = PACKAGED) -> Graph:
    """Return the graph of all formulas, tables, fields and country facts, built once a process."""
    from greensilk.projects import schema

    return build_graph(schema(), [appraisal_table(facts)])


@lru_cache(maxsize=1)
def technology_attributes() -> dict[str, dict[str, str]]:
    """Return what every technology brings along as attributes: family, firmness, fuel, ..."""
    from greensilk.projects import technologies

    words = ("technology", "en", "zh", "aliases", "description_en", "description_zh")
    return {
        row["technology"]: {key: value for key, value in row.items() if key not in words}
        for row in technologies()
    }


@lru_cache(maxsize=1)
def country_attributes() -> dict[str, dict[str, str]]:
    """Return what every country brings along as attributes: its climate."""
    from greensilk.reference import read_rows

    rows = read_rows("greensilk.reference", "data", "country_attributes.csv")
    return {row.pop("country"): row for row in rows}


def project_numbers(table: Any) -> tuple[npt.NDArray[np.intp], Any]:
    """Return the number of each row's project, by first appearance, and the ids in that order."""
    import pyarrow as pa

    column = table.column("project_id").cast(pa.string()).combine_chunks()
    if isinstance(column, pa.ChunkedArray):
        column = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], "string")
    encoded = column.dictionary_encode()
    numbers = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.intp)
    return numbers, encoded.dictionary


def together(table: Any) -> Any:
    """Return the table with the rows of every project next to one another."""
    numbers, _ = project_numbers(table)
    if (np.diff(numbers) >= 0).all():
        return table
    return table.take(np.argsort(numbers, kind="stable"))


def partitions(table: Any, rows: int) -> Iterator[Any]:
    """Yield slices of about ``rows`` rows that split no project (the table is ``together``)."""
    numbers, _ = project_numbers(table)
    start = 0
    while start < len(numbers):
        stop = min(start + rows, len(numbers))
        while stop < len(numbers) and numbers[stop] == numbers[stop - 1]:
            stop += 1
        yield table.slice(start, stop - start)
        start = stop


def partition_rows(options: Options) -> int:
    """Return how many rows a partition should have."""
    if options.draws == 0:
        return PARTITION_ROWS
    return max(1024, PARTITION_DRAWS // options.draws)


def make_batch(table: Any, options: Options) -> Batch:
    """Return the batch of a table of components."""
    return batch_from_arrow(
        table, technology_attributes(), options.attributes(), country_attributes()
    )


def run_partition(table: Any, options: Options, threads: int | None = None) -> Output:
    """Evaluate one partition; the function every engine calls."""
    graph = default_graph(options.facts)
    numbers, projects = project_numbers(table)
    result = evaluate_batch(
        graph, make_batch(table, options), numbers, options.draws, options.seed, threads
    )
    return Output(projects, evidence_table(graph, result, projects), result.sums, result.remarks)


def join(outputs: Iterable[Output]) -> Output:
    """Join the answers of partitions, which come in the order of the table."""
    import pyarrow as pa

    projects: list[Any] = []
    evidence: list[Any] = []
    sums = Sums()
    remarks: dict[tuple[str, str, str], list[npt.NDArray[np.intp]]] = {}
    done = 0
    for output in outputs:
        projects.append(output.projects)
        evidence.append(output.evidence)
        sums.merge(output.sums)
        for remark in output.remarks:
            key = (remark.code, remark.name, remark.detail)
            remarks.setdefault(key, []).append(remark.projects + done)
        done += len(output.projects)
    return Output(
        projects=pa.concat_arrays(projects) if projects else pa.array([], pa.string()),
        evidence=pa.concat_tables(evidence),
        sums=sums,
        remarks=[
            Remark(*key, projects=np.unique(np.concatenate(parts)))
            for key, parts in sorted(remarks.items())
        ],
    )


def run_local(
    table: Any, options: Options, progress: Progress | None = None, rows: int | None = None
) -> Output:
    """Evaluate a table on this machine, a partition at a time."""
    table = together(table)

    def parts() -> Iterator[Output]:
        for part in partitions(table, rows or partition_rows(options)):
            yield run_partition(part, options)
            if progress:
                progress(part.num_rows)

    if table.num_rows == 0:
        return join([run_partition(table, options)])
    return join(parts())


def totals(output: Output) -> Any:
    """Return the portfolio totals of an output (see :func:`evidence.totals_table`)."""
    return totals_table(default_graph(), output.sums)


def describe_projects(components: Any) -> Any:
    """Return one row per project of a table of components (see ``Appraisal.projects``)."""
    import pyarrow as pa
    import pyarrow.compute as pc

    table = together(components)
    numbers, _ = project_numbers(table)
    first = np.flatnonzero(np.diff(numbers, prepend=-1))
    counts = np.diff(np.append(first, len(numbers)))
    chosen = first.copy()
    unnamed = np.flatnonzero(
        pc.equal(pc.fill_null(table.column("component"), ""), "").to_numpy(zero_copy_only=False)
    )
    chosen[numbers[unnamed]] = unnamed
    brought = technology_attributes()
    codes = table.column("technology").to_pylist()
    families = [brought.get(code or "", {}).get("family", "") for code in codes]
    graph = default_graph()
    active = [bool(family) and graph.has_formulas(family) for family in families]
    technology = [codes[row] for row in chosen]
    family = [families[row] for row in chosen]
    for project in np.flatnonzero(counts > 1):
        rows = range(first[project], first[project] + counts[project])
        kinds = {codes[row] for row in rows if active[row]}
        groups = {families[row] for row in rows if active[row]}
        if kinds:
            technology[project] = kinds.pop() if len(kinds) == 1 else "hybrid"
            family[project] = groups.pop() if len(groups) == 1 else "hybrid"
    result = table.take(chosen)
    columns = {name: result.column(name) for name in result.column_names}
    columns["technology"] = pa.array(technology, pa.string())
    columns["family"] = pa.array(family, pa.string())
    columns["components"] = pa.array(counts)
    if "capacity" in columns and len(first):
        own = columns["capacity"].to_numpy()
        summed = np.add.reduceat(np.nan_to_num(table.column("capacity").to_numpy()), first)
        whole = np.where((counts > 1) & (summed > 0), summed, own)
        columns["capacity"] = pa.array(whole, pa.float64(), from_pandas=True)
    return pa.table(columns)


def explain_rows(table: Any, project_id: str, quantity: str, options: Options) -> Node:
    """Return the tree behind ``quantity`` of ``project_id``.

    Raises
    ------
    UnknownNameError
        If there is no such project or it has no such quantity.
    """
    import pyarrow.compute as pc

    rows = table.filter(pc.equal(table.column("project_id"), project_id))
    if rows.num_rows == 0:
        ids = pc.unique(table.column("project_id")).to_pylist()
        raise UnknownNameError("project", project_id, [str(item) for item in ids])
    batch = make_batch(rows, options)
    family = batch.attribute("family")
    components = rows.column("component").to_pylist()
    parts = [
        (component or "", family.categories[family.codes[index]], batch.take(np.array([index])))
        for index, component in enumerate(components)
        if family.categories[family.codes[index]]
    ]
    return explain_project(
        default_graph(options.facts), parts, quantity, options.draws, options.seed
    )

"""Running a whole table: partitions, progress, and joining the parts again.

A partition is a slice of the table that splits no project. Every engine runs the same function on
partitions and joins the answers in the order of the table, so that the evidence is the same to the
last bit whichever engine ran and however the table was split.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa

from greensilk.engine.aggregate import Sums
from greensilk.engine.evidence import evidence_table
from greensilk.engine.local import evaluate_batch
from greensilk.engine.options import Options
from greensilk.engine.packaged import default_graph, make_batch
from greensilk.engine.partitions import group_by_project, partitions, project_numbers
from greensilk.engine.remarks import Remark, join_remarks
from greensilk.engine.summary import Counts, count_partition

__all__ = [
    "Output",
    "Progress",
    "join",
    "partition_rows",
    "run_local",
    "run_partition",
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

    projects: pa.Array
    evidence: pa.Table
    sums: Sums
    counts: Counts
    remarks: list[Remark]


def partition_rows(options: Options) -> int:
    """Return how many rows a partition should have."""
    if options.draws == 0:
        return PARTITION_ROWS
    return max(1024, PARTITION_DRAWS // options.draws)


def run_partition(table: pa.Table, options: Options, threads: int | None = None) -> Output:
    """Evaluate one partition; the function every engine calls."""
    graph = default_graph(options.facts)
    numbers, projects = project_numbers(table)
    batch = make_batch(table, options)
    result = evaluate_batch(graph, batch, numbers, options.draws, options.seed, threads)
    return Output(
        projects,
        evidence_table(graph, result, projects),
        result.sums,
        count_partition(batch, numbers, result.results),
        result.remarks,
    )


def join(outputs: Iterable[Output]) -> Output:
    """Join the answers of partitions, which come in the order of the table."""
    projects: list[pa.Array] = []
    evidence: list[pa.Table] = []
    sums, counts = Sums(), Counts()
    remarks: list[tuple[int, list[Remark]]] = []
    before = 0
    for output in outputs:
        projects.append(output.projects)
        evidence.append(output.evidence)
        sums.merge(output.sums)
        counts.merge(output.counts)
        remarks.append((before, output.remarks))
        before += len(output.projects)
    return Output(
        projects=pa.concat_arrays(projects) if projects else pa.array([], pa.string()),
        evidence=pa.concat_tables(evidence),
        sums=sums,
        counts=counts,
        remarks=join_remarks(remarks),
    )


def run_local(
    table: pa.Table, options: Options, progress: Progress | None = None, rows: int | None = None
) -> Output:
    """Evaluate a table on this machine, a partition at a time."""
    table = group_by_project(table)

    def parts() -> Iterator[Output]:
        for part in partitions(table, rows or partition_rows(options)):
            yield run_partition(part, options)
            if progress:
                progress(part.num_rows)

    if table.num_rows == 0:
        return join([run_partition(table, options)])
    return join(parts())

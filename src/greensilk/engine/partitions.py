"""Slices of a table of components that split no project."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

__all__ = ["group_by_project", "partitions", "project_numbers"]


def project_numbers(table: pa.Table) -> tuple[npt.NDArray[np.intp], pa.Array]:
    """Return the number of each row's project, by first appearance, and the ids in that order."""
    column = table.column("project_id").cast(pa.string()).combine_chunks()
    if isinstance(column, pa.ChunkedArray):
        column = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], "string")
    encoded = column.dictionary_encode()
    numbers = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.intp)
    return numbers, encoded.dictionary


def group_by_project(table: pa.Table) -> pa.Table:
    """Return the table with the rows of every project next to one another."""
    numbers, _ = project_numbers(table)
    if (np.diff(numbers) >= 0).all():
        return table
    return table.take(np.argsort(numbers, kind="stable"))


def partitions(table: pa.Table, rows: int) -> Iterator[pa.Table]:
    """Yield slices of about ``rows`` rows that split no project (see :func:`group_by_project`)."""
    numbers, _ = project_numbers(table)
    start = 0
    while start < len(numbers):
        stop = min(start + rows, len(numbers))
        while stop < len(numbers) and numbers[stop] == numbers[stop - 1]:
            stop += 1
        yield table.slice(start, stop - start)
        start = stop

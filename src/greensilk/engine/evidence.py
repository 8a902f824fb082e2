"""The evidence table: one row per project and quantity.

This is the contract between the engine and everything after it: ``project_id, quantity, value,
low, high, unit, method, grade, basis``, in Arrow types, in the order of the projects and, within
a project, in the fixed order of the quantities.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from greensilk.engine.graph import Graph
from greensilk.engine.local import BatchResult
from greensilk.engine.lookup import BASES

__all__ = ["evidence_schema", "evidence_table", "with_names"]


def evidence_schema() -> pa.Schema:
    """Return the Arrow schema of the evidence."""
    coded = pa.dictionary(pa.int16(), pa.string())
    return pa.schema(
        [
            ("project_id", pa.string()),
            ("quantity", coded),
            ("value", pa.float64()),
            ("low", pa.float64()),
            ("high", pa.float64()),
            ("unit", coded),
            ("method", coded),
            ("grade", pa.int8()),
            ("basis", coded),
        ]
    )


def evidence_table(
    graph: Graph, result: BatchResult, project_ids: pa.Array | Sequence[str]
) -> pa.Table:
    """Return the evidence of one batch; ``project_ids`` names its projects in order."""
    results = result.results
    projects, columns = results.cells()
    value = results.value[columns, projects]
    ranged = results.low.shape[1] > 0
    worst = results.quality[columns, projects]

    def coded(codes: npt.NDArray[np.integer], names: list[str]) -> pa.DictionaryArray:
        return pa.DictionaryArray.from_arrays(
            pa.array(codes.astype(np.int16)), pa.array(names, pa.string())
        )

    blank = pa.nulls(len(value), pa.float64())
    names = list(results.names)
    units = [graph.records[name].unit for name in names]
    distinct_units = list(dict.fromkeys(units))
    unit_of = np.array([distinct_units.index(unit) for unit in units], np.int16)
    return pa.Table.from_arrays(
        [
            pa.array(project_ids, pa.string()).take(pa.array(projects)),
            coded(columns, names),
            pa.array(value),
            pa.array(results.low[columns, projects]) if ranged else blank,
            pa.array(results.high[columns, projects]) if ranged else blank,
            coded(unit_of[columns], distinct_units),
            coded(results.method[columns, projects], list(result.methods)),
            pa.array((worst // 8).astype(np.int8)),
            coded(worst % 8, list(BASES)),
        ],
        schema=evidence_schema(),
    )


def with_names(evidence: pa.Table, projects: pa.Table) -> pa.Table:
    """Return the evidence with each project's ``name``, ``name_zh`` and ``country`` beside its id.

    ``projects`` has one row per project.
    """
    position = pc.index_in(
        evidence.column("project_id"),
        value_set=projects.column("project_id").combine_chunks().cast(pa.string()),
    )
    columns = [name for name in ("name", "name_zh", "country") if name in projects.column_names]
    for index, name in enumerate(columns, start=1):
        values = projects.column(name).cast(pa.string()).take(position)
        evidence = evidence.add_column(index, name, values)
    return evidence

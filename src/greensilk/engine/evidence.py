"""The evidence table: one row per project and quantity.

This is the contract between the engine and everything after it: ``project_id, quantity, value,
low, high, unit, method, grade, basis``, in Arrow types, in the order of the projects and, within
a project, in the fixed order of the quantities.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from greensilk.engine.evaluate import Sums, low_high
from greensilk.engine.graph import Graph
from greensilk.engine.local import BatchResult
from greensilk.engine.lookup import BASES

__all__ = ["evidence_schema", "evidence_table", "totals_table"]


def evidence_schema() -> Any:
    """Return the Arrow schema of the evidence."""
    import pyarrow as pa

    words = pa.dictionary(pa.int16(), pa.string())
    return pa.schema(
        [
            ("project_id", pa.string()),
            ("quantity", words),
            ("value", pa.float64()),
            ("low", pa.float64()),
            ("high", pa.float64()),
            ("unit", words),
            ("method", words),
            ("grade", pa.int8()),
            ("basis", words),
        ]
    )


def evidence_table(graph: Graph, result: BatchResult, project_ids: Any) -> Any:
    """Return the evidence of one batch; ``project_ids`` names its projects in order."""
    import pyarrow as pa

    results = result.results
    projects, columns = np.nonzero(~np.isnan(results.value.T))
    value = results.value[columns, projects]
    ranged = results.low.shape[1] > 0
    worst = results.quality[columns, projects]

    def words(codes: Any, names: list[str]) -> Any:
        return pa.DictionaryArray.from_arrays(
            pa.array(codes.astype(np.int16)), pa.array(names, pa.string())
        )

    nothing = pa.nulls(len(value), pa.float64())
    names = list(results.names)
    units = [graph.records[name].unit for name in names]
    distinct_units = list(dict.fromkeys(units))
    unit_of = np.array([distinct_units.index(unit) for unit in units], np.int16)
    return pa.Table.from_arrays(
        [
            pa.array(project_ids, pa.string()).take(pa.array(projects)),
            words(columns, names),
            pa.array(value),
            pa.array(results.low[columns, projects]) if ranged else nothing,
            pa.array(results.high[columns, projects]) if ranged else nothing,
            words(unit_of[columns], distinct_units),
            words(results.method[columns, projects], list(result.methods)),
            pa.array((worst // 8).astype(np.int8)),
            words(worst % 8, list(BASES)),
        ],
        schema=evidence_schema(),
    )


def totals_table(graph: Graph, sums: Sums) -> Any:
    """Return portfolio totals of additive headline quantities, by family and over all.

    Totals add the projects draw by draw, so a grid factor that many projects share widens the
    range of the total as it should. The family is blank in the rows over all.
    """
    import pyarrow as pa

    rows: dict[str, list[Any]] = {
        name: [] for name in ("quantity", "family", "value", "low", "high", "unit", "projects")
    }
    for name in graph.order:
        keys = sorted(key for key in sums.parts if key[0] == name)
        if not keys:
            continue
        for family, chosen in [*((key[1], [key]) for key in keys), ("", keys)]:
            values = sums.values(chosen)
            low = high = None
            if len(values) > 1:
                low_value, high_value = low_high(values[None, 1:])
                low = min(float(low_value[0]), float(values[0]))
                high = max(float(high_value[0]), float(values[0]))
            projects = sum(sums.projects[key] for key in chosen)
            entries = (name, family, float(values[0]), low, high, graph.records[name].unit)
            for key, entry in zip(rows, (*entries, projects), strict=True):
                rows[key].append(entry)
    types = [pa.string(), pa.string(), *[pa.float64()] * 3, pa.string(), pa.int64()]
    return pa.table(
        [pa.array(column, kind) for column, kind in zip(rows.values(), types, strict=True)],
        names=list(rows),
    )

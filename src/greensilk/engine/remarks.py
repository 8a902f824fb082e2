"""What the engine has to say beside the numbers: defaults that stood in, and results that lack.

A remark is true of several projects at once. It holds codes and parameters; its sentences are
``fault.assumed_default``, ``fault.not_computed`` and ``fault.no_figure`` of the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from greensilk.core.errors import Fault
from greensilk.core.findings import FINDINGS
from greensilk.core.text import Amount, Name, Names, Parameter
from greensilk.core.text.parameters import encode
from greensilk.engine.batch import Batch
from greensilk.engine.graph import Graph, Group
from greensilk.engine.lookup import BASES, FactLookup

__all__ = [
    "ISSUES",
    "ISSUE_ROWS",
    "Remark",
    "group_remarks",
    "issue_row",
    "issues_table",
    "join_remarks",
    "missing_inputs",
    "remark_findings",
]

# a default of this grade or worse is named among the assumptions
ASSUMPTION_GRADE = 4
# beyond so many rows a remark is listed once with the number of projects it concerns
ISSUE_ROWS = 100_000

ISSUES = pa.schema(
    [
        ("severity", pa.string()),
        ("code", pa.string()),
        ("project_id", pa.string()),
        ("file", pa.string()),
        ("sheet", pa.string()),
        ("row", pa.int64()),
        ("field", pa.string()),
        ("value", pa.string()),
        ("reason_params", pa.string()),
        ("projects", pa.int64()),
    ]
)


# code, name, what was expected, source, year, grade and basis of a remark
Key: TypeAlias = tuple[str, str, Amount | Names, str, str, int, str]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something true of several projects.

    Parameters
    ----------
    code
        ``assumed_default``: a default of poor quality stood in for ``name``; ``not_computed``: a
        result lacks inputs that a project file can give; ``no_figure``: it lacks a figure that only
        tables could hold.
    name
        The input or the quantity.
    expected
        The default with its range, or the names of the inputs that lack.
    source, year, grade, basis
        What is behind the default.
    projects
        Positions of the projects.
    """

    code: str
    name: str
    expected: Amount | Names
    projects: npt.NDArray[np.intp]
    source: str = ""
    year: str = ""
    grade: int = 0
    basis: str = ""

    @property
    def key(self) -> Key:
        """Return everything but the projects, to join equal remarks."""
        return (
            self.code, self.name, self.expected, self.source, self.year, self.grade, self.basis,
        )  # fmt: skip

    @property
    def severity(self) -> str:
        """Return the severity of the issue: ``assumed`` or ``note``."""
        return "assumed" if self.code == "assumed_default" else "note"

    def as_fault(self, project_id: str = "") -> Fault:
        """Return the remark as an entry of the issues; ``project_id`` if it concerns one only."""
        return Fault(
            code=self.code,
            severity="assumed" if self.code == "assumed_default" else "note",
            project_id=project_id,
            field=self.name,
            expected=self.expected,
            params={
                "count": str(len(self.projects)),
                **({"source": self.source} if self.source else {}),
            },
        )


def join_remarks(parts: Iterable[tuple[int, Iterable[Remark]]]) -> list[Remark]:
    """Join the remarks of partitions; each comes with the number of projects before it."""
    known: dict[Key, tuple[Remark, list[npt.NDArray[np.intp]]]] = {}
    for before, remarks in parts:
        for remark in remarks:
            known.setdefault(remark.key, (remark, []))[1].append(remark.projects + before)
    order = sorted(known, key=lambda key: (*key[:2], encode({"": key[2]}), *key[3:]))
    return [replace(known[key][0], projects=_distinct(known[key][1])) for key in order]


def _distinct(parts: list[npt.NDArray[np.intp]]) -> npt.NDArray[np.intp]:
    """Return distinct numbers in order: a project may come once for each of its components."""
    numbers = np.sort(np.concatenate(parts))
    first = np.concatenate((np.ones(1, bool), numbers[1:] != numbers[:-1]))
    return np.asarray(numbers[first])


def group_remarks(
    graph: Graph, batch: Batch, family: str, group: Group, projects: npt.NDArray[np.intp]
) -> Iterator[Remark]:
    """Yield what was assumed for a group, and which awaited results it lacks and why."""
    for step in group.steps:
        if not isinstance(step.provider, FactLookup):
            continue
        lookup = step.provider
        index = lookup.find(batch)[group.rows]
        for fact in np.flatnonzero(np.bincount(index)):
            grade, basis = divmod(int(lookup.quality[fact]), 8)
            if grade >= ASSUMPTION_GRADE:
                row = lookup.facts[fact].row
                expected = Amount(row.value, row.unit, row.low, row.high, step.name)
                yield Remark(
                    "assumed_default",
                    step.name,
                    expected,
                    projects[index == fact],
                    source=row.citation(),
                    year=row.year,
                    grade=grade,
                    basis=BASES[basis],
                )
    available = set(group.targets)
    pick: dict[str, int] | None = None
    for name in graph.targets(family):
        if name in available or name not in graph.awaited:
            continue
        if pick is None:
            first = batch.take(group.rows[:1])
            pick = {key: int(value[0]) for key, value in graph.choices(first, family).items()}
        lacks = graph.missing(name, family, pick)
        if not lacks:
            continue  # no formula is meant for this kind of project: there is no input to ask for
        code = "not_computed" if graph.can_be_given(lacks) else "no_figure"
        if code == "not_computed" or graph.records[name].level == "headline":
            unknown = [item for item in lacks if code == "not_computed" or item not in graph.fields]
            yield Remark(code, name, Names(tuple(unknown)), projects)


def missing_inputs(
    remarks: Iterable[Remark], project_ids: pa.Array
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the inputs that missing results lack, by (project, quantity)."""
    ids = project_ids.to_pylist()
    return {
        (ids[project], remark.name): remark.expected.names
        for remark in remarks
        if remark.code == "not_computed" and isinstance(remark.expected, Names)
        for project in remark.projects
    }


def issue_row(fault: Fault, projects: int = 1) -> dict[str, object]:
    """Return a fault as a row of the issues; ``expected`` is one of its parameters."""
    params = {"expected": fault.expected, **fault.params}
    return {
        **{name: getattr(fault, name) for name in ISSUES.names[:8]},
        "reason_params": encode({key: item for key, item in params.items() if item != ""}),
        "projects": projects,
    }


def issues_table(
    faults: Iterable[Fault], remarks: Sequence[Remark], project_ids: pa.Array
) -> pa.Table:
    """Return everything assumed, doubtful, refused or missing, as codes and parameters.

    One row per project and matter, with ``projects`` = 1; in a large portfolio a remark has one row
    without a project id, and ``projects`` counts whom it concerns (the evidence shows for every
    project the grade and basis it led to).
    """
    rows = [issue_row(fault) for fault in faults]
    counted = sum(len(remark.projects) for remark in remarks) > ISSUE_ROWS
    if counted:
        rows += [issue_row(remark.as_fault(), len(remark.projects)) for remark in remarks]
        return pa.Table.from_pylist(rows, schema=ISSUES)
    parts = [pa.Table.from_pylist(rows, schema=ISSUES)]
    for remark in remarks:
        subjects = project_ids.take(pa.array(remark.projects))
        row = issue_row(remark.as_fault())
        parts.append(_repeat(row, ISSUES, {"project_id": subjects}))
    return pa.concat_tables(parts)


def remark_findings(remarks: Iterable[Remark], project_ids: pa.Array) -> pa.Table:
    """Return remarks as findings, one row per project: room ``engine``, rule the remark's code."""
    parts = [FINDINGS.empty_table()]
    for remark in remarks:
        amount = remark.expected if isinstance(remark.expected, Amount) else Amount(None, "")
        params: dict[str, Parameter] = {"field": Name(remark.name), "expected": remark.expected}
        row: dict[str, object] = {
            "room": "engine",
            "rule": remark.code,
            "item": remark.name,
            "value": amount.value,
            "low": amount.low,
            "high": amount.high,
            "unit": amount.unit,
            "outcome": remark.severity,
            "grade": remark.grade,
            "basis": remark.basis,
            "reason_code": f"fault.{remark.code}",
            "reason_params": encode(params),
            "source": remark.source,
            "year": remark.year,
        }
        subjects = project_ids.take(pa.array(remark.projects))
        parts.append(_repeat(row, FINDINGS, {"subject": subjects}))
    return pa.concat_tables(parts)


def _repeat(row: dict[str, object], schema: pa.Schema, columns: dict[str, pa.Array]) -> pa.Table:
    """Return ``row`` as often as ``columns``, which differ from row to row, are long."""
    size = len(next(iter(columns.values())))
    return pa.table(
        [
            columns[field.name].cast(field.type)
            if field.name in columns
            else pa.repeat(pa.scalar(row.get(field.name), field.type), size)
            for field in schema
        ],
        schema=schema,
    )

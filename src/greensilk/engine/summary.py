"""What a portfolio is: projects, countries, capacity, results, and what its totals hide.

Counts are taken while a table is evaluated, partition by partition, so that a file too large to
hold has them as well. Amounts are kept in fixed point, as the sums of projects are.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec
import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from greensilk.core.findings import FINDINGS
from greensilk.core.tables import load_records
from greensilk.engine.aggregate import FIXED_POINT, Sums, aggregate_table
from greensilk.engine.batch import Batch
from greensilk.engine.components import HYBRID
from greensilk.engine.draws import Floats
from greensilk.engine.evaluate import Results
from greensilk.engine.graph import Graph
from greensilk.engine.packaged import default_graph, technology_attributes
from greensilk.engine.partitions import group_by_project, project_numbers
from greensilk.engine.stages import counted_rows, stages_apart

__all__ = [
    "Counts",
    "caution_findings",
    "count_partition",
    "describe_projects",
    "grades_table",
    "summary_table",
]

SUMMARY = pa.schema(
    [
        ("quantity", pa.string()),
        ("value", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("unit", pa.string()),
        ("projects", pa.int64()),
    ]
)
GRADES = pa.schema([("quantity", pa.string()), ("grade", pa.int8()), ("results", pa.int64())])
CAPACITY, CAPACITY_UNIT = "capacity", "MW"
# what is shown apart of the totals, and the beginning of its codes: ``apart_planned``
AVOIDED, APART = "emission_reductions", "apart_"


class Context(msgspec.Struct, frozen=True):
    """A quantity that is no result of a project's own."""

    quantity: str
    reason: str


class Caution(msgspec.Struct, frozen=True):
    """A value of a quantity that makes a project's ``amount`` mean less than it seems."""

    caution: str
    quantity: str
    equals: float
    amount: str
    reason: str


def context_quantities() -> tuple[str, ...]:
    """Return the quantities that are facts of the place, not results of the project."""
    rows = load_records("engine/data/context.csv", Context, key="quantity")
    return tuple(row.quantity for row in rows)


def cautions() -> tuple[Caution, ...]:
    """Return what makes results mean less than they seem.

    >>> [row.caution for row in cautions()]
    ['shallow_reservoirs', 'near_zero_grids']
    """
    return load_records("engine/data/cautions.csv", Caution, key="caution")


def caution_findings(evidence: pa.Table) -> pa.Table:
    """Return as findings which projects' results mean less than they seem, a row for each.

    Rule ``caution``; ``item`` is the quantity concerned, with the project's own estimate, and
    ``outcome`` the caution.
    """
    rows = pl.DataFrame(pl.from_arrow(evidence)).with_columns(
        pl.col("project_id", "quantity", "unit", "basis").cast(pl.String)
    )
    parts = [pl.DataFrame(pl.from_arrow(FINDINGS.empty_table()))]
    for row in cautions():
        doubtful = rows.filter(
            (pl.col("quantity") == row.quantity) & (pl.col("value") == row.equals)
        )
        amounts = rows.filter(pl.col("quantity") == row.amount)
        joined = doubtful.select("project_id").join(
            amounts, on="project_id", how="left", maintain_order="left"
        )
        blank = pl.lit("")
        parts.append(
            joined.select(
                subject="project_id",
                room=pl.lit("engine"),
                rule=pl.lit("caution"),
                item=pl.lit(row.amount),
                value="value",
                low="low",
                high="high",
                unit=pl.col("unit").fill_null(""),
                outcome=pl.lit(row.caution),
                grade=pl.col("grade").cast(pl.Int8).fill_null(0),
                basis=pl.col("basis").fill_null(""),
                reason_code=pl.lit(f"caution.{row.caution}"),
                reason_params=blank,
                source=blank,
                year=blank,
            )
        )
    return pl.concat(parts).to_arrow().cast(FINDINGS)


@dataclass(slots=True)
class Counts:
    """Counts of a portfolio, or of a part of it.

    ``counts`` and ``amounts`` (in 2**-20ths) are by code: ``projects``, ``capacity``,
    ``projects_with_results`` and the cautions.
    """

    countries: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    amounts: dict[str, int] = field(default_factory=dict)

    def add(self, code: str, projects: int, values: Floats | None = None) -> None:
        """Add projects and the sum of ``values`` (NaN counts for nothing) under ``code``."""
        self.counts[code] = self.counts.get(code, 0) + projects
        if values is not None:
            scaled = np.rint(np.nan_to_num(values) * FIXED_POINT)
            self.amounts[code] = self.amounts.get(code, 0) + _integer_sum(scaled)

    def merge(self, other: Counts) -> None:
        """Add the counts of another part of the portfolio."""
        self.countries |= other.countries
        for code, count in other.counts.items():
            self.counts[code] = self.counts.get(code, 0) + count
        for code, amount in other.amounts.items():
            self.amounts[code] = self.amounts.get(code, 0) + amount


def _integer_sum(scaled: Floats) -> int:
    if float(np.abs(scaled).sum()) < 2.0**62:
        return int(scaled.astype(np.int64).sum())
    return sum(int(value) for value in scaled)


def count_partition(batch: Batch, project_of_row: npt.NDArray[np.intp], results: Results) -> Counts:
    """Return the counts of one partition."""
    counts = Counts()
    size = results.value.shape[1]
    counts.add("projects", size)
    country = batch.attribute("country")
    present = np.flatnonzero(np.bincount(country.codes, minlength=len(country.categories)))
    counts.countries = {country.categories[code] for code in present.tolist()} - {""}
    capacity = batch.numbers.get(CAPACITY)
    if capacity is not None:
        rated = np.zeros(size, bool)
        rated[project_of_row[~np.isnan(capacity)]] = True
        counts.add(CAPACITY, int(rated.sum()), capacity)
    names = {name: column for column, name in enumerate(results.names)}
    projects, columns = results.cells()
    context = np.zeros(len(names), bool)
    context[[names[name] for name in context_quantities() if name in names]] = True
    computed = np.zeros(size, bool)
    computed[projects[~context[columns]]] = True
    counts.add("projects_with_results", int(computed.sum()))
    counted = _counted_projects(batch, project_of_row, size)
    for row in cautions():
        if row.quantity in names and row.amount in names:
            doubtful = computed & counted & (results.value[names[row.quantity]] == row.equals)
            counts.add(row.caution, int(doubtful.sum()), results.value[names[row.amount], doubtful])
    _count_stages(counts, batch, project_of_row, counted, results)
    return counts


def _counted_projects(
    batch: Batch, project_of_row: npt.NDArray[np.intp], size: int
) -> npt.NDArray[np.bool_]:
    """Return which projects have a component that is part of yearly totals."""
    counted = np.zeros(size, bool)
    counted[project_of_row[counted_rows(batch)]] = True
    return counted


def _count_stages(
    counts: Counts,
    batch: Batch,
    project_of_row: npt.NDArray[np.intp],
    counted: npt.NDArray[np.bool_],
    results: Results,
) -> None:
    """Add the projects that are no part of totals, by stage, with their emission reductions."""
    stage = batch.attribute("status")
    amounts = results.value[results.names.index(AVOIDED)] if AVOIDED in results.names else None
    for code in stages_apart():
        apart = np.zeros(len(counted), bool)
        apart[project_of_row[stage.is_in((code,))]] = True
        apart &= ~counted
        # a project whose parts are of several stages is told by the first of them
        counted = counted | apart
        if apart.any():
            values = np.zeros(0) if amounts is None else amounts[apart]
            counts.add(f"{APART}{code}", int(apart.sum()), values)


def summary_table(graph: Graph, counts: Counts, sums: Sums) -> pa.Table:
    """Return what a portfolio is: counts and capacity, then the totals over all projects.

    Returns
    -------
    pyarrow.Table
        ``quantity, value, low, high, unit, projects``. ``projects``, ``countries``,
        ``projects_with_results`` and ``projects_without_results`` are counts; ``capacity`` is in MW
        over the ``projects`` that state one; a caution (``shallow_reservoirs``,
        ``near_zero_grids``) holds the emission reductions of the ``projects`` it concerns, and
        ``apart_planned`` and its like those of projects that do not run, which no total holds; then
        every additive headline quantity with its range.
    """
    size = counts.counts.get("projects", 0)
    answered = counts.counts.get("projects_with_results", 0)
    rows: list[dict[str, object]] = [
        _row("projects", size, "project", size),
        _row("countries", len(counts.countries), "economy", size),
        _row("projects_with_results", answered, "project", answered),
        _row("projects_without_results", size - answered, "project", size - answered),
    ]
    rated = counts.counts.get(CAPACITY, 0)
    if rated:
        amount = counts.amounts[CAPACITY] / FIXED_POINT
        rows.append(_row(CAPACITY, amount, CAPACITY_UNIT, rated))
    for row in cautions():
        projects = counts.counts.get(row.caution, 0)
        if projects:
            amount = counts.amounts[row.caution] / FIXED_POINT
            rows.append(_row(row.caution, amount, graph.records[row.amount].unit, projects))
    for code in stages_apart():
        projects = counts.counts.get(f"{APART}{code}", 0)
        if projects:
            amount = counts.amounts.get(f"{APART}{code}", 0) / FIXED_POINT
            rows.append(_row(f"{APART}{code}", amount, graph.records[AVOIDED].unit, projects))
    totals = aggregate_table(graph, sums, [()]).select(SUMMARY.names)
    return pa.concat_tables([pa.Table.from_pylist(rows, schema=SUMMARY), totals])


def _row(quantity: str, value: float, unit: str, projects: int) -> dict[str, object]:
    return {"quantity": quantity, "value": float(value), "unit": unit, "projects": projects}


def describe_projects(components: pa.Table) -> pa.Table:
    """Return one row per project of a table of components.

    With its ``family`` and the number of its ``components``. A project of several components is
    described by its row without a component name where there is one, else by the first; its
    capacity is the sum and its technology ``hybrid`` if the components differ.
    """
    table = group_by_project(components)
    numbers, _ = project_numbers(table)
    first = np.flatnonzero(np.diff(numbers, prepend=-1))
    counts = np.diff(np.append(first, len(numbers)))
    described = first.copy()
    unnamed = np.flatnonzero(
        pc.equal(pc.fill_null(table.column("component"), ""), "").to_numpy(zero_copy_only=False)
    )
    described[numbers[unnamed]] = unnamed
    attributes = technology_attributes()
    graph = default_graph()
    codes = table.column("technology").to_pylist()
    family_of = {code: attributes.get(code or "", {}).get("family", "") for code in set(codes)}
    active = {code: bool(name) and graph.has_formulas(name) for code, name in family_of.items()}
    technology = [codes[row] for row in described]
    family = [family_of[code] for code in technology]
    for project in np.flatnonzero(counts > 1):
        rows = range(first[project], first[project] + counts[project])
        kinds = {codes[row] for row in rows if active[codes[row]]}
        families = {family_of[code] for code in kinds}
        if kinds:
            technology[project] = kinds.pop() if len(kinds) == 1 else HYBRID
            family[project] = families.pop() if len(families) == 1 else HYBRID
    result = table.take(described)
    columns = {name: result.column(name) for name in result.column_names}
    columns["technology"] = pa.array(technology, pa.string())
    columns["family"] = pa.array(family, pa.string())
    columns["components"] = pa.array(counts)
    if CAPACITY in columns and len(first):
        described_capacity = columns[CAPACITY].to_numpy()
        summed = np.add.reduceat(np.nan_to_num(table.column(CAPACITY).to_numpy()), first)
        capacity = np.where((counts > 1) & (summed > 0), summed, described_capacity)
        columns[CAPACITY] = pa.array(capacity, pa.float64(), from_pandas=True)
    return pa.table(columns)


def grades_table(evidence: pa.Table) -> pa.Table:
    """Return how many results have each data-quality grade, by quantity and (blank) over all."""
    if evidence.num_rows == 0:
        return GRADES.empty_table()
    table = pa.table(
        {
            "quantity": evidence.column("quantity").cast(pa.string()),
            "grade": evidence.column("grade"),
        }
    )
    by_quantity = table.group_by(["quantity", "grade"]).aggregate([([], "count_all")])
    overall = table.group_by(["grade"]).aggregate([([], "count_all")])
    overall = overall.add_column(0, "quantity", pa.repeat(pa.scalar(""), overall.num_rows))
    return pa.concat_tables(
        [
            part.rename_columns({"count_all": "results"}).select(GRADES.names).cast(GRADES)
            for part in (overall, by_quantity)
        ]
    ).sort_by([("quantity", "ascending"), ("grade", "ascending")])

"""How much each uncertain fact moves a result: the numbers behind a tornado chart.

Method. Every fact is set to the 5th and then to the 95th percentile of its own distribution, in all
projects that use it at once, while everything else stays at its best estimate; the formulas are
the engine's own. The difference of the two results is the fact's *swing*.

The *share* is the part of the squared width of the range that the fact explains alone. A fact that
projects share (a grid factor) moves them together: the swings of single projects are added, then
squared. A fact that every project draws for itself (a plant's capacity factor) averages out: the
squares are added, so a wide swing may have a small share. Shares are divided by their sum.

Limits. Facts are moved one at a time: where two of them multiply, what their product adds to the
range is left out, and a result that is not monotonic in a fact shows too small a swing. Shares are
those of the variance where results are near to linear in facts near to normal; elsewhere they are
approximate. The ranges of the evidence, which come from draws, have none of these limits. Only
quantities that may be added have a sensitivity over the portfolio; a single project has one of any
quantity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from greensilk.core.errors import GreenSilkError
from greensilk.core.text import Name
from greensilk.engine.batch import Batch
from greensilk.engine.components import combine_project
from greensilk.engine.draws import Floats, sample
from greensilk.engine.evaluate import Evaluator, call_step
from greensilk.engine.graph import FieldProvider, Graph, Group, Step
from greensilk.engine.lookup import BASES, FactLookup
from greensilk.engine.options import Options
from greensilk.engine.packaged import default_graph, make_batch
from greensilk.engine.partitions import group_by_project, partitions, project_numbers
from greensilk.engine.stages import counted_components

__all__ = [
    "SENSITIVITY",
    "By",
    "Part",
    "portfolio_sensitivity",
    "project_sensitivity",
    "sensitivity_table",
]

By = Literal["fact", "name"]
# rows examined at once
PARTITION_ROWS = 131_072

SENSITIVITY = pa.schema(
    [
        ("quantity", pa.string()),
        ("subject", pa.string()),
        ("fact", pa.string()),
        ("keys", pa.string()),
        ("scope", pa.string()),
        ("facts", pa.int64()),
        ("value", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("swing", pa.float64()),
        ("share", pa.float64()),
        ("unit", pa.string()),
        ("projects", pa.int64()),
        ("fact_value", pa.float64()),
        ("fact_low", pa.float64()),
        ("fact_high", pa.float64()),
        ("fact_unit", pa.string()),
        ("source", pa.string()),
        ("year", pa.string()),
        ("grade", pa.int8()),
        ("basis", pa.string()),
        ("verified", pa.bool_()),
    ]
)

# the ends a fact is set to, as percentiles of its own distribution: those of every range
LOW, HIGH = 0.05, 0.95


@dataclass(frozen=True, slots=True)
class _Fact:
    """An uncertain figure, whichever provider it has: a row of a table or a field of the file."""

    name: str
    keys: str
    shared: bool
    value: float | None
    low: float | None
    high: float | None
    unit: str
    source: str
    year: str
    grade: int
    basis: str
    verified: bool | None


@dataclass(slots=True)
class _Effect:
    """What one fact does to the sum: with it at either end, and the squared width."""

    fact: _Fact
    low: float = 0.0
    high: float = 0.0
    shared: float = 0.0
    independent: float = 0.0
    projects: set[int] = field(default_factory=set)

    @property
    def square(self) -> float:
        """Return the squared width of the range that the fact alone brings about."""
        return self.shared**2 + self.independent


@dataclass(frozen=True, slots=True)
class Part:
    """Components to examine: a batch of one family, and the project of each row."""

    family: str
    batch: Batch
    projects: npt.NDArray[np.intp]


def portfolio_sensitivity(
    graph: Graph, parts: Iterable[Part], quantity: str, total: float, by: By = "fact"
) -> pa.Table:
    """Return how much each fact moves the sum of ``quantity`` over ``parts``.

    Parameters
    ----------
    parts
        The components that the sum is over.
    total
        The sum of best estimates, which ``low`` and ``high`` start from.
    by
        ``fact``: a row for each figure (the grid factor of Kenya); ``name``: for all figures of one
        name (every grid factor), moved together.

    Returns
    -------
    pyarrow.Table
        Widest swing first. ``low`` and ``high`` are the sum with the fact at its 5th and 95th
        percentile (``low`` is the larger where the fact works against the quantity); ``keys`` are
        those of the fact (``country=KEN``), ``scope`` is ``keys`` if projects share it and
        ``project`` if each draws its own, ``facts`` how many figures the row stands for;
        ``fact_value``, ``fact_low`` and ``fact_high`` are the figure itself in ``fact_unit``. A row
        of several figures has the source of the widest and the worst grade.
    """
    effects: dict[tuple[str, str], _Effect] = {}
    for part in parts:
        for group in graph.groups(part.batch, part.family):
            if quantity in group.targets:
                _add_group(graph, part, group, quantity, effects)
    unit = graph.records[quantity].unit
    return _table(quantity, "", total, unit, effects.values(), by)


def project_sensitivity(
    graph: Graph,
    subject: str,
    parts: list[tuple[str, Batch]],
    quantity: str,
    by: By = "fact",
) -> pa.Table:
    """Return how much each fact moves ``quantity`` of one project (see the table above).

    ``parts`` are its components: family, and a batch of one row.

    Raises
    ------
    GreenSilkError
        If the project has no such result.
    """
    active = [part for part in parts if graph.has_formulas(part[0])] or parts
    total = _result(graph, active, quantity)
    if np.isnan(total):
        raise GreenSilkError("no_result", quantity=Name(quantity), project=subject)
    effects: dict[tuple[str, str], _Effect] = {}
    if len(active) == 1 or graph.records[quantity].additive:
        for family, batch in active:
            part = Part(family, batch, np.zeros(1, np.intp))
            for group in graph.groups(batch, family):
                if quantity in group.targets:
                    _add_group(graph, part, group, quantity, effects)
    else:
        _add_hybrid(graph, active, quantity, total, effects)
    unit = graph.records[quantity].unit
    return _table(quantity, subject, total, unit, effects.values(), by)


def _result(graph: Graph, parts: list[tuple[str, Batch]], quantity: str) -> float:
    if len(parts) > 1:
        combined, _ = combine_project(graph, parts, 0, 0)
        return next((item.best for item in combined if item.name == quantity), float("nan"))
    family, batch = parts[0]
    group = graph.groups(batch, family)[0]
    if quantity not in group.targets:
        return float("nan")
    return float(Evaluator(graph, batch, 0, 0).best(group)[quantity][0])


def _add_group(
    graph: Graph, part: Part, group: Group, quantity: str, effects: dict[tuple[str, str], _Effect]
) -> None:
    """Add the effects of all facts behind ``quantity`` in the rows of one group."""
    best = Evaluator(graph, part.batch, 0, 0).best(group)
    steps = _steps_to(group.steps, quantity)
    centre = best[quantity]
    usable = ~np.isnan(centre)
    for step in steps:
        column = _uncertain(step, part.batch, group.rows)
        if column is None:
            continue
        later = _steps_from(steps, step.name)
        low, high = (
            _recompute(later, best, step.name, ends, quantity) for ends in (column.low, column.high)
        )
        moved = usable & column.ranged & ~np.isnan(low) & ~np.isnan(high)
        for index in np.unique(column.index[moved]).tolist():
            rows = np.flatnonzero(moved & (column.index == index))
            effect = _effect(effects, column.fact(index))
            effect.low += float((low - centre)[rows].sum())
            effect.high += float((high - centre)[rows].sum())
            moves = (high - low)[rows]
            if effect.fact.shared:
                effect.shared += float(moves.sum())
            else:
                effect.independent += float((moves**2).sum())
            effect.projects.update(part.projects[group.rows[rows]].tolist())


def _effect(effects: dict[tuple[str, str], _Effect], fact: _Fact) -> _Effect:
    return effects.setdefault((fact.name, fact.keys), _Effect(fact))


@dataclass(frozen=True, slots=True)
class _Column:
    """An uncertain input of some rows: its ends, and which fact each row uses."""

    low: Floats
    high: Floats
    ranged: npt.NDArray[np.bool_]
    index: npt.NDArray[np.int32]
    fact: Callable[[int], _Fact]


def _uncertain(step: Step, batch: Batch, rows: npt.NDArray[np.intp]) -> _Column | None:
    """Return the ends of a step's value, or ``None`` if it is certain or computed."""
    provider = step.provider
    if isinstance(provider, FieldProvider):
        return _uncertain_field(step.name, provider, batch, rows)
    if isinstance(provider, FactLookup):
        return _uncertain_fact(provider, batch, rows)
    return None


def _uncertain_field(
    name: str, provider: FieldProvider, batch: Batch, rows: npt.NDArray[np.intp]
) -> _Column | None:
    lower = batch.numbers.get(f"{provider.field}__low")
    upper = batch.numbers.get(f"{provider.field}__high")
    if lower is None or upper is None:
        return None
    low, high = lower[rows] * provider.scale, upper[rows] * provider.scale
    ranged = ~(np.isnan(low) | np.isnan(high)) & (high > low)
    if not ranged.any():
        return None
    value = batch.numbers[provider.field][rows] * provider.scale
    width = high - low
    fact = _Fact(
        name, "", False, None, None, None, provider.unit, "", "", provider.grade, provider.basis,
        None,
    )  # fmt: skip
    return _Column(
        low=np.where(ranged, low + LOW * width, value),
        high=np.where(ranged, low + HIGH * width, value),
        ranged=ranged,
        index=np.zeros(len(rows), np.int32),
        fact=lambda index: fact,
    )


def _uncertain_fact(lookup: FactLookup, batch: Batch, rows: npt.NDArray[np.intp]) -> _Column | None:
    index = lookup.find(batch)[rows]
    if bool(lookup.fixed[index].all()):
        return None
    low, high = np.empty(len(rows)), np.empty(len(rows))
    for position in np.unique(index).tolist():
        rows_of_fact = index == position
        kind = str(lookup.distribution[position])
        figures = (lookup.value[position], lookup.low[position], lookup.high[position])
        low[rows_of_fact], high[rows_of_fact] = _quantiles(kind, *figures, (LOW, HIGH))

    def describe(position: int) -> _Fact:
        fact = lookup.facts[position]
        code = int(lookup.quality[position])
        return _Fact(
            name=lookup.parameter,
            keys=", ".join(f"{key}={cell}" for key, cell in fact.keys),
            shared=bool(lookup.shared[position]),
            value=float(lookup.value[position]),
            low=float(lookup.low[position]),
            high=float(lookup.high[position]),
            unit=lookup.unit,
            source=fact.row.citation(),
            year=fact.row.year,
            grade=code // 8,
            basis=BASES[code % 8],
            verified=fact.row.verified,
        )

    return _Column(
        low=low,
        high=high,
        ranged=~lookup.fixed[index],
        index=index,
        fact=describe,
    )


def _quantiles(
    kind: str, value: float, low: float, high: float, at: tuple[float, ...]
) -> tuple[float, ...]:
    drawn = sample(kind, np.array([at]), *(np.full((1, 1), item) for item in (value, low, high)))
    return tuple(float(item) for item in drawn[0])


def _steps_to(steps: tuple[Step, ...], quantity: str) -> tuple[Step, ...]:
    """Return the steps that ``quantity`` rests on, inputs before what uses them."""
    needed = {quantity}
    result: list[Step] = []
    for step in reversed(steps):
        if step.name in needed:
            result.append(step)
            if not isinstance(step.provider, FieldProvider | FactLookup):
                needed.update(step.provider.inputs)
    return tuple(reversed(result))


def _steps_from(steps: tuple[Step, ...], name: str) -> tuple[Step, ...]:
    """Return the formulas that change with ``name``."""
    changed = {name}
    result: list[Step] = []
    for step in steps:
        provider = step.provider
        if isinstance(provider, FieldProvider | FactLookup) or changed.isdisjoint(provider.inputs):
            continue
        changed.add(step.name)
        result.append(step)
    return tuple(result)


def _recompute(
    later: tuple[Step, ...], best: dict[str, Floats], name: str, values: Floats, quantity: str
) -> Floats:
    moved = {**best, name: values}
    for step in later:
        moved[step.name] = call_step(step, moved, values.shape)
    return moved[quantity]


def _add_hybrid(
    graph: Graph,
    parts: list[tuple[str, Batch]],
    quantity: str,
    total: float,
    effects: dict[tuple[str, str], _Effect],
) -> None:
    """Add the effects on a quantity that is formed again from sums over components."""
    for fact, ends in _hybrid_facts(graph, parts):
        low, high = (
            _result_with(graph, parts, quantity, {key: end[side] for key, end in ends.items()})
            for side in (0, 1)
        )
        if np.isnan(low) or np.isnan(high):
            continue
        effect = _effect(effects, fact)
        effect.low += low - total
        effect.high += high - total
        if fact.shared:
            effect.shared += high - low
        else:
            effect.independent += (high - low) ** 2
        effect.projects.add(0)


def _hybrid_facts(
    graph: Graph, parts: list[tuple[str, Batch]]
) -> Iterator[tuple[_Fact, dict[tuple[int, str], tuple[float, float]]]]:
    """Yield every fact with its ends, by (component, step); one of each component if not shared."""
    known: dict[tuple[str, str, int], tuple[_Fact, dict[tuple[int, str], tuple[float, float]]]] = {}
    for component, (family, batch) in enumerate(parts):
        group = graph.groups(batch, family)[0]
        for step in group.steps:
            column = _uncertain(step, batch, group.rows)
            if column is None or not column.ranged[0]:
                continue
            index = int(column.index[0])
            fact = column.fact(index)
            key = (fact.name, fact.keys, -1 if fact.shared else component)
            entry = known.setdefault(key, (fact, {}))
            entry[1][component, step.name] = (float(column.low[0]), float(column.high[0]))
    yield from known.values()


def _result_with(
    graph: Graph,
    parts: list[tuple[str, Batch]],
    quantity: str,
    values: dict[tuple[int, str], float],
) -> float:
    fixed = [
        {name: value for (owner, name), value in values.items() if owner == component}
        for component in range(len(parts))
    ]
    combined, _ = combine_project(graph, parts, 0, 0, fixed)
    return next((item.best for item in combined if item.name == quantity), float("nan"))


def _table(
    quantity: str, subject: str, total: float, unit: str, effects: Iterable[_Effect], by: By
) -> pa.Table:
    moving = sorted(
        (effect for effect in effects if effect.low != 0 or effect.high != 0),
        key=lambda item: -abs(item.high - item.low),
    )
    groups: dict[tuple[str, str], list[_Effect]] = {}
    for effect in moving:
        key = (effect.fact.name, effect.fact.keys if by == "fact" else "")
        groups.setdefault(key, []).append(effect)
    squares = sum(effect.square for effect in moving)
    rows = []
    for (name, keys), members in groups.items():
        low = sum(effect.low for effect in members)
        high = sum(effect.high for effect in members)
        # the widest comes first; a row of several figures has none of its own
        fact = members[0].fact
        single = len(members) == 1
        verified = [effect.fact.verified for effect in members]
        rows.append(
            {
                "quantity": quantity,
                "subject": subject,
                "fact": name,
                "keys": keys,
                "scope": "keys" if fact.shared else "project",
                "facts": len(members),
                "value": total,
                "low": total + low,
                "high": total + high,
                "swing": abs(high - low),
                "share": sum(item.square for item in members) / squares if squares else 0.0,
                "unit": unit,
                "projects": len(set().union(*(effect.projects for effect in members))),
                "fact_value": fact.value if single else None,
                "fact_low": fact.low if single else None,
                "fact_high": fact.high if single else None,
                "fact_unit": fact.unit,
                "source": fact.source,
                "year": fact.year,
                "grade": max(effect.fact.grade for effect in members),
                "basis": fact.basis,
                "verified": None if None in verified else all(verified),
            }
        )
    rows.sort(key=lambda row: -abs(float(row["high"]) - float(row["low"])))  # type: ignore[arg-type]
    return pa.Table.from_pylist(rows, schema=SENSITIVITY)


def sensitivity_table(
    components: pa.Table,
    evidence: pa.Table,
    totals: pa.Table,
    quantity: str,
    options: Options,
    by: By = "fact",
) -> pa.Table:
    """Return how much each fact moves the portfolio total of ``quantity``.

    Parameters
    ----------
    components, evidence, totals
        The projects as read, their results, and the totals of these: of the projects that have the
        quantity, those that run are summed.
    quantity
        Code of a quantity that may be added.

    Raises
    ------
    GreenSilkError
        If the quantity may not be added over projects, or no project has it.
    """
    graph = default_graph(options.facts)
    rows = evidence.filter(pc.equal(evidence.column("quantity").cast(pa.string()), quantity))
    if quantity not in graph.records or rows.num_rows == 0:
        raise GreenSilkError("no_total", quantity=Name(quantity))
    if not graph.records[quantity].additive:
        raise GreenSilkError("not_additive", quantity=Name(quantity))
    ids = components.column("project_id").cast(pa.string())
    running = counted_components(components.filter(pc.is_in(ids, value_set=_ids(rows))))
    table = group_by_project(running)
    over_all = pc.and_(
        pc.equal(totals.column("quantity").cast(pa.string()), quantity),
        pc.equal(totals.column("family").cast(pa.string()), ""),
    )
    total = float(np.sum(totals.filter(over_all).column("value").to_numpy()))
    if table.num_rows == 0:
        raise GreenSilkError("no_total", quantity=Name(quantity))
    return portfolio_sensitivity(graph, _parts(graph, table, options), quantity, total, by)


def _ids(evidence: pa.Table) -> pa.Array:
    return evidence.column("project_id").unique()


def _parts(graph: Graph, table: pa.Table, options: Options) -> Iterator[Part]:
    before = 0
    for slice_ in partitions(table, PARTITION_ROWS):
        batch = make_batch(slice_, options)
        numbers, _ = project_numbers(slice_)
        family = batch.attribute("family")
        for code, name in enumerate(family.categories):
            # a component that only states claims has no part in the sum
            rows = np.flatnonzero(family.codes == code)
            if name and len(rows) and graph.has_formulas(name):
                yield Part(name, batch.take(rows), numbers[rows] + before)
        before += int(numbers.max(initial=-1)) + 1

"""The tree behind one number: every input down to the leaves, each with its source.

The tree is made by evaluating the same formulas on one row. :meth:`Node.recompute` goes back from
the leaves to the top with nothing but the tree, which is how a test shows that it is complete.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from greensilk.core.quantity import Quantity
from greensilk.engine.batch import Batch
from greensilk.engine.components import combine_project
from greensilk.engine.draws import low_high
from greensilk.engine.evaluate import Evaluator
from greensilk.engine.graph import FieldProvider, Graph, Group
from greensilk.engine.lookup import BASES, FactLookup
from greensilk.engine.matching import match_name, quantity_labels
from greensilk.engine.options import Options
from greensilk.engine.packaged import default_graph, make_batch

__all__ = ["Node", "explain_project", "explain_rows", "find_project", "project_parts"]


@dataclass(slots=True)
class Node:
    """One value of an explanation.

    ``kind``: ``formula``, ``field``, ``fact`` or ``sum`` (over components). ``formula`` is the
    expression read from the code; ``source`` cites where the formula or figure stands.
    """

    name: str
    kind: str
    value: float
    unit: str
    low: float | None = None
    high: float | None = None
    formula: str = ""
    method: str = ""
    source: str = ""
    address: str = ""
    year: str = ""
    grade: int = 0
    basis: str = ""
    verified: bool | None = None
    note: str = ""
    component: str = ""
    children: list[Node] = field(default_factory=list)
    quantity: Quantity | None = None
    scales: tuple[float, ...] = ()

    def recompute(self) -> float:
        """Return the value computed again from the leaves below."""
        if self.kind == "sum":
            return float(sum(child.recompute() for child in self.children))
        if self.quantity is None:
            return self.value
        arguments = [
            np.asarray(child.recompute() * scale)
            for child, scale in zip(self.children, self.scales, strict=True)
        ]
        return float(self.quantity.function(*arguments))

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Node]]:
        """Yield every node with its depth, parents first."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)

    def as_dict(self) -> dict[str, object]:
        """Return the tree as plain data, for JSON."""
        plain: dict[str, object] = {
            key: getattr(self, key)
            for key in (
                "name", "kind", "value", "unit", "low", "high", "formula", "method", "source",
                "address", "year", "grade", "basis", "verified", "note", "component",
            )
        }  # fmt: skip
        plain["inputs"] = [child.as_dict() for child in self.children]
        return plain


def explain_project(
    graph: Graph,
    parts: list[tuple[str, str, Batch]],
    name: str,
    draws: int,
    seed: int,
) -> Node:
    """Return the tree of quantity ``name`` of one project.

    ``parts`` are its components: name of the component, family, and a batch of one row. ``name``
    is the code of the quantity or its label in any language.

    Raises
    ------
    UnknownNameError
        If the project has no such quantity; the message lists those it has.
    """
    active = [part for part in parts if graph.has_formulas(part[1])]
    parts = active or parts
    groups = [graph.groups(batch, family)[0] for _, family, batch in parts]
    known = {step.name for group in groups for step in group.steps}
    name = match_name("project_quantity", name, quantity_labels(sorted(known)))
    trees = []
    for (component, _, batch), group in zip(parts, groups, strict=True):
        if any(step.name == name for step in group.steps):
            evaluator = Evaluator(graph, batch, draws, seed)
            tree = _tree(graph, evaluator, group, name)
            tree.component = component
            trees.append(tree)
    if len(parts) == 1:
        return trees[0]
    combined, _ = combine_project(graph, [(fam, batch) for _, fam, batch in parts], draws, seed)
    total = next((item for item in combined if item.name == name), None)
    if total is None:
        same = all(tree.value == trees[0].value for tree in trees)
        return trees[0] if same else _undefined(trees)
    record = graph.records[name]
    node = Node(
        name=name,
        kind="sum",
        value=total.best,
        unit=record.unit,
        low=min(total.low, total.best) if draws else None,
        high=max(total.high, total.best) if draws else None,
        grade=total.quality // 8,
        basis=BASES[total.quality % 8],
        children=trees,
    )
    if not record.additive and isinstance(total.provider, Quantity):
        formula = total.provider
        node.kind = "formula"
        node.formula, node.method, node.source = formula.expression, formula.method, formula.source
        node.verified = formula.verified
        node.quantity = formula
        node.scales = graph.scales(formula)
        node.children = [
            explain_project(graph, parts, parameter, draws, seed) for parameter in formula.inputs
        ]
    return node


def find_project(components: pa.Table, project: str) -> pa.Table:
    """Return the rows of one project, named by its id or by its name in any language.

    Raises
    ------
    UnknownNameError
        If there is none or several; the message lists the nearest.
    """
    ids = components.column("project_id").cast(pa.string())
    rows = components.filter(pc.equal(ids, project))
    if rows.num_rows:
        return rows
    names: dict[str, list[str]] = {}
    columns = [name for name in ("name", "name_zh") if name in components.column_names]
    for row in components.select(["project_id", *columns]).to_pylist():
        names.setdefault(str(row["project_id"]), []).extend(row[name] or "" for name in columns)
    return components.filter(pc.equal(ids, match_name("project", project, names)))


def project_parts(rows: pa.Table, options: Options) -> list[tuple[str, str, Batch]]:
    """Return the components of one project: name, family, and a batch of one row."""
    batch = make_batch(rows, options)
    family = batch.attribute("family")
    return [
        (component or "", family.categories[family.codes[index]], batch.take(np.array([index])))
        for index, component in enumerate(rows.column("component").to_pylist())
        if family.categories[family.codes[index]]
    ]


def explain_rows(components: pa.Table, project: str, quantity: str, options: Options) -> Node:
    """Return the tree behind ``quantity`` of ``project``, both by code or by name.

    Raises
    ------
    UnknownNameError
        If there is no such project or it has no such quantity.
    """
    parts = project_parts(find_project(components, project), options)
    graph = default_graph(options.facts)
    return explain_project(graph, parts, quantity, options.draws, options.seed)


def _undefined(trees: list[Node]) -> Node:
    return Node(name=trees[0].name, kind="parts", value=float("nan"), unit=trees[0].unit,
                children=trees)  # fmt: skip


def _tree(graph: Graph, evaluator: Evaluator, group: Group, top: str) -> Node:
    best = evaluator.best(group)
    quality = evaluator.quality(group)
    drawn = evaluator.block(group, group.rows) if evaluator.draws else {}
    steps = {step.name: step for step in group.steps}

    def node(name: str) -> Node:
        step = steps[name]
        provider = step.provider
        worst = int(quality[name][0])
        made = Node(
            name=name,
            kind="formula",
            value=float(best[name][0]),
            unit=graph.units.get(name, ""),
            grade=worst // 8,
            basis=BASES[worst % 8],
        )
        if drawn:
            if drawn[name].shape[1] == 1:
                made.low = made.high = made.value
            else:
                low, high = low_high(drawn[name])
                made.low = min(float(low[0]), made.value)
                made.high = max(float(high[0]), made.value)
        if isinstance(provider, FieldProvider):
            made.kind = "field"
            made.method = provider.field
        elif isinstance(provider, FactLookup):
            fact = provider.facts[int(provider.find(evaluator.batch)[group.rows][0])]
            made.kind = "fact"
            made.unit = provider.unit
            made.method = fact.table
            made.source = fact.row.citation()
            made.address = fact.row.source.address
            made.year = fact.row.year or str(fact.row.source.year)
            made.verified = fact.row.verified
            made.note = fact.row.note
        else:
            made.unit = provider.unit
            made.formula = provider.expression
            made.method = provider.method
            made.source = provider.source
            made.verified = provider.verified
            made.quantity = provider
            made.scales = step.scales
            made.children = [node(parameter) for parameter in provider.inputs]
        return made

    return node(top)

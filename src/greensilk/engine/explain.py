"""The tree behind one number: every input down to the leaves, each with its source.

The tree is made by evaluating the same formulas on one row. :meth:`Node.recompute` goes back from
the leaves to the top with nothing but the tree, which is how a test shows that it is complete.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from greensilk.core.errors import UnknownNameError
from greensilk.core.quantity import Quantity
from greensilk.engine.batch import Batch
from greensilk.engine.components import combine_project
from greensilk.engine.evaluate import Evaluator, low_high
from greensilk.engine.graph import FieldProvider, Graph, Group
from greensilk.engine.lookup import BASES, FactLookup

__all__ = ["Node", "explain_project"]


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

    def as_dict(self) -> dict[str, Any]:
        """Return the tree as plain data, for JSON."""
        plain = {
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

    ``parts`` are its components: name of the component, family, and a batch of one row.

    Raises
    ------
    UnknownNameError
        If the project has no such quantity; the message lists those it has.
    """
    trees = []
    known: set[str] = set()
    active = [part for part in parts if graph.has_formulas(part[1])]
    parts = active or parts
    for component, family, batch in parts:
        group = graph.groups(batch, family)[0]
        evaluator = Evaluator(graph, batch, draws, seed)
        steps = {step.name for step in group.steps}
        known |= steps
        if name in steps:
            tree = _tree(graph, evaluator, group, name)
            tree.component = component
            trees.append(tree)
    if not trees:
        raise UnknownNameError("quantity of this project", name, known)
    if len(parts) == 1:
        return trees[0]
    combined, _ = combine_project(graph, [(fam, batch) for _, fam, batch in parts], draws, seed)
    whole = next((item for item in combined if item.name == name), None)
    if whole is None:
        same = all(tree.value == trees[0].value for tree in trees)
        return trees[0] if same else _undefined(trees)
    record = graph.records[name]
    node = Node(
        name=name,
        kind="sum",
        value=whole.best,
        unit=record.unit,
        low=min(whole.low, whole.best) if draws else None,
        high=max(whole.high, whole.best) if draws else None,
        grade=whole.quality // 8,
        basis=BASES[whole.quality % 8],
        children=trees,
    )
    if not record.additive and isinstance(whole.provider, Quantity):
        formula = whole.provider
        node.kind = "formula"
        node.formula, node.method, node.source = formula.expression, formula.method, formula.source
        node.verified = formula.verified
        node.quantity = formula
        node.scales = graph.scales(formula)
        node.children = [
            explain_project(graph, parts, parameter, draws, seed) for parameter in formula.inputs
        ]
    return node


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

"""Projects of several components: hybrids of technologies, corridors of legs.

Additive quantities of the components are summed draw by draw, so that shared facts keep their
correlation. A quantity that cannot be summed (an intensity, a percentage) is its own formula
applied to the sums, where all inputs are sums or equal in every component; otherwise the project
has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from greensilk.core.quantity import Quantity
from greensilk.engine.batch import Batch
from greensilk.engine.draws import Floats, low_high
from greensilk.engine.evaluate import Evaluator, call_step
from greensilk.engine.graph import Graph, Group, Provider, Step

__all__ = ["HYBRID", "Combined", "combine_project"]

# family or technology of a project whose components differ
HYBRID = "hybrid"


@dataclass(slots=True)
class Combined:
    """One quantity of one project of several components."""

    name: str
    family: str
    best: float
    drawn: Floats | None
    quality: int
    provider: Provider
    low: float
    high: float


@dataclass(slots=True)
class _Part:
    family: str
    batch: Batch
    group: Group
    best: dict[str, Floats]
    drawn: dict[str, Floats]
    quality: dict[str, npt.NDArray[np.int8]]


def combine_project(
    graph: Graph,
    parts: list[tuple[str, Batch]],
    draws: int,
    seed: int,
    fixed: Sequence[Mapping[str, float]] = (),
) -> tuple[list[Combined], list[Group]]:
    """Return the quantities of one project whose components are ``parts`` (family, one-row batch).

    ``fixed`` may give values of steps of every component, in place of their best estimates.

    The second value is the group of every component, for the notes on what was assumed or missing.
    """
    evaluated = [
        _evaluate(graph, family, batch, draws, seed, values)
        for (family, batch), values in zip(parts, fixed or [{}] * len(parts), strict=True)
    ]
    groups = [part.group for part in evaluated]
    # a component that only states claims (the whole plant, a programme) has nothing to add
    active = [part for part in evaluated if graph.has_formulas(part.family)]
    evaluated = active or evaluated
    names = [name for name in graph.order if any(name in part.group.targets for part in evaluated)]
    sums: dict[str, tuple[Floats, Floats | None, int]] = {}
    combined: list[Combined] = []
    for additive_turn in (True, False):
        for name in names:
            if graph.records[name].additive is not additive_turn:
                continue
            result = (
                _sum(graph, evaluated, name, draws)
                if additive_turn
                else _reapply(graph, evaluated, name, sums, draws)
            )
            if result is None:
                continue
            best, drawn, worst, provider = result
            sums[name] = (best, drawn, worst)
            low, high = (
                (float("nan"), float("nan"))
                if drawn is None
                else tuple(float(bound[0]) for bound in low_high(drawn))
            )
            combined.append(
                Combined(
                    name, evaluated[0].family, float(best[0]), drawn, worst, provider, low, high
                )
            )
    order = {name: index for index, name in enumerate(graph.order)}
    combined.sort(key=lambda item: order[item.name])
    return combined, groups


def _evaluate(
    graph: Graph, family: str, batch: Batch, draws: int, seed: int, fixed: Mapping[str, float]
) -> _Part:
    group = graph.groups(batch, family)[0]
    evaluator = Evaluator(graph, batch, draws, seed)
    drawn = evaluator.block(group, group.rows) if draws else {}
    return _Part(
        family, batch, group, evaluator.best(group, fixed), drawn, evaluator.quality(group)
    )


def _provider(parts: list[_Part], name: str) -> Provider:
    """Return who provides ``name`` in the first component that has it, formulas first."""
    steps = [step for part in parts for step in part.group.steps if step.name == name]
    steps.sort(key=lambda step: not isinstance(step.provider, Quantity))
    return steps[0].provider


def _sum(
    graph: Graph, parts: list[_Part], name: str, draws: int
) -> tuple[Floats, Floats | None, int, Provider] | None:
    best, drawn, worst = np.zeros(1), np.zeros((1, max(draws, 1))), 0
    for part in parts:
        if name not in part.group.targets:
            if name in graph.targets(part.family):
                return None  # a component that should have it lacks it: a part is not the whole
            continue
        best = best + part.best[name]
        if draws:
            drawn = drawn + part.drawn[name]
        worst = max(worst, int(part.quality[name][0]))
    if np.isnan(best[0]):
        return None
    return best, drawn if draws else None, worst, _provider(parts, name)


def _reapply(
    graph: Graph,
    parts: list[_Part],
    name: str,
    sums: dict[str, tuple[Floats, Floats | None, int]],
    draws: int,
) -> tuple[Floats, Floats | None, int, Provider] | None:
    for provider in graph.providers(name, parts[0].family):
        if not isinstance(provider, Quantity) or not all(
            part.batch.attribute(attribute).is_in(values).all()
            for part in parts
            for attribute, values in provider.where.items()
        ):
            continue
        best: dict[str, Floats] = {}
        drawn: dict[str, Floats] = {}
        worst = 0
        for parameter in provider.inputs:
            if parameter in sums:
                total, total_drawn, quality = sums[parameter]
                best[parameter] = total
                if total_drawn is not None:
                    drawn[parameter] = total_drawn
            else:
                values = [part.best.get(parameter, np.full(1, np.nan)) for part in parts]
                if any(value[0] != values[0][0] for value in values):
                    break
                best[parameter] = values[0]
                if draws:
                    drawn[parameter] = parts[0].drawn[parameter]
                quality = max(int(part.quality[parameter][0]) for part in parts)
            worst = max(worst, quality)
        else:
            step = Step(name, provider, graph.scales(provider))
            value = call_step(step, best, (1,))
            if np.isnan(value[0]):
                return None
            return value, call_step(step, drawn, (1, 1)) if draws else None, worst, provider
    return None

"""Evaluating a group of projects: best estimates, draws and grades.

The rows of a group share one list of steps. Best estimates run over all rows at once. Ranges run
the same formulas over blocks of rows by draws, small enough to stay in the processor's cache. A
value that no uncertain fact touches stays one column wide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from greensilk.engine.batch import Batch
from greensilk.engine.draws import Floats, fact_key, mix, sample, uniform
from greensilk.engine.graph import FieldProvider, Graph, Group, Step
from greensilk.engine.lookup import FactLookup, quality

__all__ = ["BLOCK", "Evaluator", "Results", "call_step"]

# numbers in one array of a block (rows times draws): half a megabyte, so that the few arrays a
# formula touches stay in the second-level cache; larger and smaller blocks both measured slower
BLOCK = 65_536


@dataclass(slots=True)
class Results:
    """Results of all rows of a batch: one column per quantity, NaN where there is none."""

    names: tuple[str, ...]
    value: Floats
    low: Floats
    high: Floats
    quality: npt.NDArray[np.int8]
    method: npt.NDArray[np.int16]
    _cells: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]] | None = None

    def cells(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Return project and column of every result, project by project; all must be in."""
        if self._cells is None:
            projects, columns = np.nonzero(~np.isnan(self.value.T))
            self._cells = projects, columns
        return self._cells

    @classmethod
    def empty(cls, names: tuple[str, ...], rows: int, ranges: bool) -> Results:
        """Return results with nothing in them yet."""
        shape = (len(names), rows)

        def blank() -> Floats:
            return np.full(shape, np.nan)

        return cls(
            names=names,
            value=blank(),
            low=blank() if ranges else np.empty((len(names), 0)),
            high=blank() if ranges else np.empty((len(names), 0)),
            quality=np.zeros(shape, np.int8),
            method=np.full(shape, -1, np.int16),
        )


class Evaluator:
    """Evaluates the groups of one batch."""

    def __init__(self, graph: Graph, batch: Batch, draws: int, seed: int) -> None:
        self.graph = graph
        self.batch = batch
        self.draws = draws
        self.seed = seed
        self._keys: dict[tuple[str, int], npt.NDArray[np.uint64]] = {}

    def best(self, group: Group, fixed: Mapping[str, float] | None = None) -> dict[str, Floats]:
        """Return the best estimate of every step, shape (n,); ``fixed`` gives some in its place."""
        values: dict[str, Floats] = {}
        for step in group.steps:
            provider = step.provider
            if fixed and step.name in fixed:
                values[step.name] = np.full(len(group.rows), fixed[step.name])
            elif isinstance(provider, FieldProvider):
                column = self.batch.numbers[provider.field][group.rows]
                values[step.name] = column if provider.scale == 1.0 else column * provider.scale
            elif isinstance(provider, FactLookup):
                values[step.name] = provider.value[provider.find(self.batch)[group.rows]]
            else:
                values[step.name] = call_step(step, values, group.rows.shape)
        return values

    def quality(self, group: Group) -> dict[str, npt.NDArray[np.int8]]:
        """Return the worst grade and basis behind every step (see :func:`lookup.quality`)."""
        codes: dict[str, npt.NDArray[np.int8]] = {}
        for step in group.steps:
            provider = step.provider
            if isinstance(provider, FieldProvider):
                code = quality(provider.grade, provider.basis)
                codes[step.name] = np.full(len(group.rows), code, np.int8)
            elif isinstance(provider, FactLookup):
                codes[step.name] = provider.quality[provider.find(self.batch)[group.rows]]
            else:
                parts = [codes[name] for name in provider.inputs]
                worst = parts[0]
                for part in parts[1:]:
                    worst = np.maximum(worst, part)
                codes[step.name] = worst
        return codes

    def block(self, group: Group, rows: npt.NDArray[np.intp]) -> dict[str, Floats]:
        """Return the draws of every step for ``rows``: shape (n, draws), or (n, 1) if certain."""
        values: dict[str, Floats] = {}
        for step in group.steps:
            provider = step.provider
            if isinstance(provider, FieldProvider):
                values[step.name] = self._draw_field(provider, rows)
            elif isinstance(provider, FactLookup):
                values[step.name] = self._draw_fact(provider, rows)
            else:
                values[step.name] = call_step(step, values, (len(rows), 1))
        return values

    def _draw_field(self, provider: FieldProvider, rows: npt.NDArray[np.intp]) -> Floats:
        value = self.batch.numbers[provider.field][rows][:, None] * provider.scale
        low = self.batch.numbers.get(f"{provider.field}__low")
        high = self.batch.numbers.get(f"{provider.field}__high")
        if low is None or high is None:
            return value
        lower = low[rows][:, None] * provider.scale
        upper = high[rows][:, None] * provider.scale
        ranged = ~(np.isnan(lower) | np.isnan(upper))
        if not ranged.any():
            return value
        key = fact_key("field", provider.field, seed=self.seed)
        drawn = uniform(mix(self.batch.keys[rows] ^ key), self.draws)
        lower, upper = np.where(ranged, lower, value), np.where(ranged, upper, value)
        return sample("uniform", drawn, value, lower, upper)

    def _draw_fact(self, lookup: FactLookup, rows: npt.NDArray[np.intp]) -> Floats:
        index = lookup.find(self.batch)[rows]
        if bool(lookup.fixed[index].all()):
            return lookup.value[index][:, None]
        keys = self._fact_keys(lookup)
        first = index[0]
        if bool((index == first).all()):
            # one fact for the whole block, the usual case: no scatter
            value, low, high = (
                np.full((1, 1), column[first]) for column in (lookup.value, lookup.low, lookup.high)
            )
            kind = str(lookup.distribution[first])
            if lookup.shared[first]:
                drawn = sample(kind, uniform(keys[first : first + 1], self.draws), value, low, high)
                return np.broadcast_to(drawn, (len(rows), self.draws))
            return sample(
                kind,
                uniform(mix(self.batch.keys[rows] ^ keys[first]), self.draws),
                value,
                low,
                high,
            )
        result = np.empty((len(rows), self.draws))
        for fact in np.flatnonzero(np.bincount(index)):
            matches = np.flatnonzero(index == fact)
            value, low, high = (
                np.full((1, 1), column[fact]) for column in (lookup.value, lookup.low, lookup.high)
            )
            kind = str(lookup.distribution[fact])
            if lookup.shared[fact]:
                result[matches] = sample(
                    kind, uniform(keys[fact : fact + 1], self.draws), value, low, high
                )
            else:
                project_keys = mix(self.batch.keys[rows[matches]] ^ keys[fact])
                result[matches] = sample(kind, uniform(project_keys, self.draws), value, low, high)
        return result

    def _fact_keys(self, lookup: FactLookup) -> npt.NDArray[np.uint64]:
        memo = (lookup.parameter, lookup.rank)
        if memo not in self._keys:
            self._keys[memo] = np.array(
                [fact_key(*fact.identity, seed=self.seed) for fact in lookup.facts], np.uint64
            )
        return self._keys[memo]


def call_step(step: Step, values: dict[str, Floats], shape: tuple[int, ...]) -> Floats:
    """Return the formula of ``step`` applied to ``values``, without infinities."""
    quantity = step.provider
    assert not isinstance(quantity, FieldProvider | FactLookup)  # noqa: S101 - narrows the type
    arguments = [
        values[name] if scale == 1.0 else values[name] * scale
        for name, scale in zip(quantity.inputs, step.scales, strict=True)
    ]
    with np.errstate(divide="ignore", invalid="ignore"):
        result = np.asarray(quantity.function(*arguments), dtype=np.float64)
    # division by nothing is no number; it must not travel on as infinity
    if not np.isfinite(result).all():
        result = np.where(np.isfinite(result), result, np.nan)
    return result if result.ndim == len(shape) else np.broadcast_to(result, shape)

"""Evaluating a group of projects: best estimates, ranges, grades, and portfolio sums.

The rows of a group share one list of steps. Best estimates run over all rows at once. Ranges run
the same formulas over blocks of rows by draws, small enough to stay in the processor's cache. A
value that no uncertain fact touches stays one column wide.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from greensilk.engine.batch import Batch
from greensilk.engine.draws import fact_key, mix, sample, uniform
from greensilk.engine.graph import FieldProvider, Graph, Group, Step
from greensilk.engine.lookup import FactLookup, quality

__all__ = ["BLOCK", "Evaluator", "Results", "Sums", "call_step", "low_high"]

Floats = npt.NDArray[np.float64]

# numbers in one array of a block (rows times draws): half a megabyte, so that the few arrays a
# formula touches stay in the second-level cache; larger and smaller blocks both measured slower
BLOCK = 65_536
# portfolio sums are kept in fixed point: integers add up the same in any order
FIXED_POINT = 2.0**20
# sums of a block below this fit one integer; larger ones are added in two parts from the start
_ONE_INTEGER = 2.0**62 / FIXED_POINT


@dataclass(slots=True)
class Results:
    """Results of all rows of a batch: one column per quantity, NaN where there is none."""

    names: tuple[str, ...]
    value: Floats
    low: Floats
    high: Floats
    quality: npt.NDArray[np.int8]
    method: npt.NDArray[np.int16]

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


@dataclass(slots=True)
class Sums:
    """Sums over projects, draw by draw, in fixed point.

    ``parts`` has shape (2, 1 + draws): whole units, and 2**-20ths of a unit; the best estimate
    stands before the draws. Integer addition makes the sum the same for every order and every
    split of the projects.
    """

    parts: dict[tuple[str, str], npt.NDArray[np.int64]] = field(default_factory=dict)
    projects: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, name: str, family: str, best: Floats, drawn: Floats | None, width: int) -> None:
        """Add the projects of one block: ``best`` of shape (n,), ``drawn`` (n, draws) or (n, 1)."""
        usable = ~np.isnan(best)
        if not usable.any():
            return
        key = (name, family)
        total = self.parts.setdefault(key, np.zeros((2, width + 1), np.int64))
        total[:, 0] += _fixed_sum(best[usable][:, None])[:, 0]
        if drawn is not None:
            total[:, 1:] += _fixed_sum(drawn if usable.all() else drawn[usable])
        self.projects[key] = self.projects.get(key, 0) + int(usable.sum())

    def merge(self, other: Sums) -> None:
        """Add the sums of another part of the portfolio."""
        for key, total in other.parts.items():
            if key in self.parts:
                self.parts[key] = self.parts[key] + total
                self.projects[key] += other.projects[key]
            else:
                self.parts[key] = total.copy()
                self.projects[key] = other.projects[key]

    def values(self, keys: list[tuple[str, str]]) -> Floats:
        """Return the sum over ``keys`` as numbers: the best estimate, then the draws."""
        total = self.parts[keys[0]].copy()
        for key in keys[1:]:
            total += self.parts[key]
        # carry first, so that equal sums have equal parts however they came together
        whole = total[0] + (total[1] >> 20)
        rest = total[1] & ((1 << 20) - 1)
        return np.asarray(whole.astype(np.float64) + rest.astype(np.float64) / FIXED_POINT)


def _fixed_sum(values: Floats) -> npt.NDArray[np.int64]:
    """Return the sum over rows in whole units and 2**-20ths, shape (2, columns)."""
    scaled = np.rint(values * FIXED_POINT)
    if float(np.abs(scaled).sum(axis=0).max()) < _ONE_INTEGER * FIXED_POINT:
        total = scaled.astype(np.int64).sum(axis=0)
        return np.stack([total >> 20, total & ((1 << 20) - 1)])
    whole = np.floor(scaled / FIXED_POINT)
    rest = scaled - whole * FIXED_POINT
    return np.stack([whole.astype(np.int64).sum(axis=0), rest.astype(np.int64).sum(axis=0)])


def low_high(drawn: Floats) -> tuple[Floats, Floats]:
    """Return the 5th and 95th percentile of draws along the last axis, as order statistics.

    >>> low, high = low_high(np.arange(1.0, 101.0)[None, :])
    >>> float(low[0]), float(high[0])
    (5.0, 95.0)
    """
    count = drawn.shape[-1]
    first = max(int(np.ceil(0.05 * count)) - 1, 0)
    last = min(int(np.ceil(0.95 * count)) - 1, count - 1)
    ordered = np.partition(drawn, (first, last), axis=-1)
    return ordered[..., first], ordered[..., last]


class Evaluator:
    """Evaluates the groups of one batch."""

    def __init__(self, graph: Graph, batch: Batch, draws: int, seed: int) -> None:
        self.graph = graph
        self.batch = batch
        self.draws = draws
        self.seed = seed
        self._keys: dict[tuple[str, int], npt.NDArray[np.uint64]] = {}

    def best(self, group: Group) -> dict[str, Floats]:
        """Return the best estimate of every step, shape (n,)."""
        values: dict[str, Floats] = {}
        for step in group.steps:
            provider = step.provider
            if isinstance(provider, FieldProvider):
                column = self.batch.numbers[provider.field][group.rows]
                values[step.name] = column if provider.scale == 1.0 else column * provider.scale
            elif isinstance(provider, FactLookup):
                values[step.name] = provider.value[provider.find(self.batch)[group.rows]]
            else:
                values[step.name] = call_step(step, values, group.rows.shape)
        return values

    def quality(self, group: Group) -> dict[str, npt.NDArray[np.int8]]:
        """Return the worst grade and basis behind every step (see :func:`lookup.quality`)."""
        found: dict[str, npt.NDArray[np.int8]] = {}
        for step in group.steps:
            provider = step.provider
            if isinstance(provider, FieldProvider):
                code = quality(provider.grade, provider.basis)
                found[step.name] = np.full(len(group.rows), code, np.int8)
            elif isinstance(provider, FactLookup):
                found[step.name] = provider.quality[provider.find(self.batch)[group.rows]]
            else:
                parts = [found[name] for name in provider.inputs]
                worst = parts[0]
                for part in parts[1:]:
                    worst = np.maximum(worst, part)
                found[step.name] = worst
        return found

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
        for place in np.unique(index):
            here = np.flatnonzero(index == place)
            value, low, high = (
                np.full((1, 1), column[place]) for column in (lookup.value, lookup.low, lookup.high)
            )
            kind = str(lookup.distribution[place])
            if lookup.shared[place]:
                result[here] = sample(
                    kind, uniform(keys[place : place + 1], self.draws), value, low, high
                )
            else:
                own = mix(self.batch.keys[rows[here]] ^ keys[place])
                result[here] = sample(kind, uniform(own, self.draws), value, low, high)
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

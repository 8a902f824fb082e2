"""Who can provide a name, and which provider each project uses.

A name is provided by a field of the project, by a formula, or by a reference fact. For every row
the provider of smallest rank that is available is chosen; a formula is available if all of its
inputs are. Rows that make the same choices everywhere form one group and share one straight list
of steps, so that no formula ever meets a missing value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from greensilk.core.errors import MethodError
from greensilk.core.quantity import Quantity, quantities
from greensilk.core.units import factor
from greensilk.engine.batch import Batch
from greensilk.engine.lookup import FactLookup, fact_lookups
from greensilk.reference import Table

__all__ = ["FieldProvider", "Graph", "Group", "Provider", "Step", "build_graph"]


@dataclass(frozen=True, slots=True)
class FieldProvider:
    """A column of the project table."""

    field: str
    name: str
    unit: str
    basis: str
    grade: int
    scale: float
    rank: int = 0


Provider = FieldProvider | Quantity | FactLookup


@dataclass(frozen=True, slots=True)
class Step:
    """One name with the provider a group of rows uses for it."""

    name: str
    provider: Provider
    scales: tuple[float, ...] = ()


@dataclass(slots=True)
class Group:
    """Rows that make the same choices, and their steps in the order of evaluation."""

    rows: npt.NDArray[np.intp]
    steps: tuple[Step, ...]
    targets: tuple[str, ...]


class Graph:
    """The providers of every name, by family."""

    def __init__(
        self,
        fields: Iterable[FieldProvider],
        formulas: Iterable[Quantity],
        lookups: dict[str, list[FactLookup]] | None = None,
        audited: Iterable[str] = (),
        tables: Iterable[Table] = (),
    ) -> None:
        self.formulas = tuple(formulas)
        self.fields: dict[str, list[FieldProvider]] = {}
        for field in fields:
            self.fields.setdefault(field.name, []).append(field)
        self.units = self._canonical_units()
        self.lookups = fact_lookups(self.units, tables) if lookups is None else lookups
        self.order = tuple(dict.fromkeys(q.name for q in self.formulas if q.level != "internal"))
        self.records = {q.name: q for q in reversed(self.formulas)}
        # one name may be a headline of one family and a detail of another
        self.headlines = frozenset(q.name for q in self.formulas if q.level == "headline")
        # results whose absence is told: headlines, and what a claim would be compared with
        self.awaited = self.headlines | set(audited)
        self._providers: dict[tuple[str, str], tuple[Provider, ...]] = {}

    def _canonical_units(self) -> dict[str, str]:
        units: dict[str, str] = {}
        for formula in self.formulas:
            units.setdefault(formula.name, formula.unit)
        for name, providers in self.fields.items():
            units.setdefault(name, providers[0].unit)
        for formula in self.formulas:
            for name, unit in formula.inputs.items():
                units.setdefault(name, unit)
        return units

    def providers(self, name: str, family: str) -> tuple[Provider, ...]:
        """Return who can provide ``name`` for projects of ``family``, smallest rank first."""
        key = (name, family)
        if key not in self._providers:
            candidates: list[Provider] = [
                *self.fields.get(name, ()),
                *(q for q in self.formulas if q.name == name and q.serves(family)),
                *self.lookups.get(name, ()),
            ]
            self._providers[key] = tuple(sorted(candidates, key=lambda item: item.rank))
        return self._providers[key]

    def targets(self, family: str) -> tuple[str, ...]:
        """Return the names that stand in the evidence for ``family``, in their fixed order."""
        served = {q.name for q in self.formulas if q.level != "internal" and q.serves(family)}
        return tuple(name for name in self.order if name in served)

    def has_formulas(self, family: str) -> bool:
        """Tell whether any formula is made for ``family``; a programme only states claims."""
        return any(family in formula.families for formula in self.formulas)

    def choices(self, batch: Batch, family: str) -> dict[str, npt.NDArray[np.int8]]:
        """Return for every reachable name the chosen provider of each row, -1 where none is."""
        found: dict[str, npt.NDArray[np.int8]] = {}
        open_names: list[str] = []
        # names resolved while a formula leading back to an open name was barred: asked again later
        barred: dict[str, None] = {}

        def available(provider: Provider) -> npt.NDArray[np.bool_]:
            if isinstance(provider, FieldProvider):
                column = batch.numbers.get(provider.field)
                return np.zeros(batch.size, bool) if column is None else ~np.isnan(column)
            if isinstance(provider, FactLookup):
                return provider.find(batch) >= 0
            usable = np.ones(batch.size, bool)
            for attribute, values in provider.where.items():
                usable &= batch.attribute(attribute).is_in(values)
            for name in provider.inputs:
                # a formula that leads back to a name being resolved cannot provide it
                if name in open_names:
                    barred.update(dict.fromkeys(open_names[open_names.index(name) + 1 :]))
                    usable[:] = False
                else:
                    usable &= choose(name) >= 0
            return usable

        def choose(name: str) -> npt.NDArray[np.int8]:
            if name in found:
                return found[name]
            open_names.append(name)
            chosen = np.full(batch.size, -1, np.int8)
            for index, provider in enumerate(self.providers(name, family)):
                waiting = chosen < 0
                if not waiting.any():
                    break
                chosen[waiting & available(provider)] = index
            open_names.pop()
            if name not in barred or not open_names:
                found[name] = chosen
            return chosen

        for target in self.targets(family):
            choose(target)
        for name in barred:
            choose(name)
        return found

    def groups(self, batch: Batch, family: str) -> list[Group]:
        """Return the rows of ``batch`` (all of one family) in groups of equal choices."""
        choices = self.choices(batch, family)
        code = np.zeros(batch.size, np.uint64)
        for chosen in choices.values():
            if (chosen != chosen[0]).any():
                code = code * np.uint64(1_000_003) + (chosen + 1).astype(np.uint64)
        _, first, inverse = np.unique(code, return_index=True, return_inverse=True)
        order = np.argsort(inverse, kind="stable")
        bounds = np.searchsorted(inverse[order], np.arange(len(first) + 1))
        groups = []
        for index, row in enumerate(first):
            rows = order[bounds[index] : bounds[index + 1]]
            pick = {name: int(chosen[row]) for name, chosen in choices.items()}
            targets = tuple(name for name in self.targets(family) if pick[name] >= 0)
            groups.append(Group(rows, self.steps(pick, targets, family), targets))
        return groups

    def steps(
        self, pick: Mapping[str, int], targets: Sequence[str], family: str
    ) -> tuple[Step, ...]:
        """Return the steps that yield ``targets``, inputs before what uses them."""
        done: dict[str, Step] = {}

        def visit(name: str) -> None:
            if name in done:
                return
            provider = self.providers(name, family)[pick[name]]
            scales: tuple[float, ...] = ()
            if isinstance(provider, Quantity):
                for parameter in provider.inputs:
                    visit(parameter)
                scales = self.scales(provider)
            done[name] = Step(name, provider, scales)

        for target in targets:
            visit(target)
        return tuple(done.values())

    def scales(self, formula: Quantity) -> tuple[float, ...]:
        """Return what turns the canonical unit of every input into the unit ``formula`` takes."""
        return tuple(factor(self.units[name], unit) for name, unit in formula.inputs.items())

    def missing(
        self, name: str, family: str, pick: Mapping[str, int], path: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """Return the inputs that would have to be given for ``name`` to be computed.

        Of several formulas the one that lacks least is described; ``path`` holds the names on the
        way, which cannot be asked for to compute themselves.
        """
        best: tuple[str, ...] | None = None
        for provider in self.providers(name, family):
            if not isinstance(provider, Quantity) or path.count(name):
                continue
            lacks: dict[str, None] = {}
            for parameter in provider.inputs:
                if pick.get(parameter, -1) < 0:
                    deeper = self.missing(parameter, family, pick, (*path, name))
                    lacks.update(dict.fromkeys(deeper or (parameter,)))
            # what project files have a field for comes first: it can be asked of their author
            cost = (not self.can_be_given(lacks), len(lacks))
            if best is None or cost < (not self.can_be_given(best), len(best)):
                best = tuple(lacks)
        return best or ()

    def can_be_given(self, names: Iterable[str]) -> bool:
        """Tell whether project files have a field for every one of ``names``."""
        return all(name in self.fields for name in names)


def build_graph(schema: Iterable[Mapping[str, str]], tables: Iterable[Table] = ()) -> Graph:
    """Return the graph of all registered formulas, packaged facts and the fields of ``schema``.

    Raises
    ------
    MethodError
        If a field's unit does not fit the name it provides.
    """
    formulas = tuple(quantities())
    units: dict[str, str] = {}
    for formula in formulas:
        units.setdefault(formula.name, formula.unit)
    for formula in formulas:
        for name, unit in formula.inputs.items():
            units.setdefault(name, unit)
    fields = []
    audited: set[str] = set()
    for row in schema:
        audited.update(filter(None, [row.get("audits", "")]))
        name = row.get("provides", "")
        if not name or row["kind"] not in ("number", "claim"):
            continue
        unit = units.get(name, row["unit"])
        try:
            scale = factor(row["unit"], unit)
        except Exception as error:
            raise MethodError(f"field {row['field']} cannot provide {name}: {error}") from error
        fields.append(
            FieldProvider(
                field=row["field"],
                name=name,
                unit=unit,
                basis=row["basis"] or "claimed",
                grade=int(row["grade"] or 2),
                scale=scale,
                rank=int(row.get("rank") or 0),
            )
        )
    return Graph(fields, formulas, audited=audited, tables=tables)

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
from greensilk.core.names import NameRecord, glossary
from greensilk.core.quantity import Quantity
from greensilk.core.units import factor
from greensilk.engine.batch import Batch
from greensilk.engine.lookup import FactLookup, fact_lookups
from greensilk.methods.registry import quantities
from greensilk.projects.fields import FieldRow
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
        self.units = canonical_units(self.formulas, self.fields)
        self.lookups = fact_lookups(self.units, tables) if lookups is None else lookups
        self.formulas_of: dict[str, list[Quantity]] = {}
        for formula in self.formulas:
            self.formulas_of.setdefault(formula.name, []).append(formula)
        # what holds of a name whatever the family of project
        self.records: dict[str, NameRecord] = {
            name: glossary().get(name) or next(iter(formulas[0].entries.values()))
            for name, formulas in self.formulas_of.items()
        }
        # one name may be a headline of one family, a detail of another and internal to a third
        levels = {
            name: {entry.level for formula in formulas for entry in formula.entries.values()}
            for name, formulas in self.formulas_of.items()
        }
        self.order = tuple(name for name in levels if levels[name] != {"internal"})
        self.headlines = frozenset(name for name in levels if "headline" in levels[name])
        # results whose absence is told: headlines, and what a claim would be compared with
        self.awaited = self.headlines | set(audited)
        self._providers: dict[tuple[str, str], tuple[Provider, ...]] = {}
        self._targets: dict[str, tuple[str, ...]] = {}

    def providers(self, name: str, family: str) -> tuple[Provider, ...]:
        """Return who can provide ``name`` for projects of ``family``, smallest rank first."""
        key = (name, family)
        if key not in self._providers:
            candidates: list[Provider] = [
                *self.fields.get(name, ()),
                # of a formula that serves several families only what holds for this one
                *(
                    formula.narrowed((family,))
                    for formula in self.formulas_of.get(name, ())
                    if formula.serves(family)
                ),
                *self.lookups.get(name, ()),
            ]
            self._providers[key] = tuple(sorted(candidates, key=lambda item: item.rank))
        return self._providers[key]

    def targets(self, family: str) -> tuple[str, ...]:
        """Return the names that stand in the evidence for ``family``, in their fixed order."""
        if family not in self._targets:
            self._targets[family] = tuple(
                name
                for name in self.order
                if any(
                    formula.serves(family) and formula.level_of(family) != "internal"
                    for formula in self.formulas_of[name]
                )
            )
        return self._targets[family]

    def has_formulas(self, family: str) -> bool:
        """Tell whether any formula is made for ``family``; a programme only states claims."""
        return any(family in formula.families for formula in self.formulas)

    def choices(self, batch: Batch, family: str) -> dict[str, npt.NDArray[np.int8]]:
        """Return for every reachable name the index of each row's provider, -1 where none is."""
        resolved: dict[str, npt.NDArray[np.int8]] = {}
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
            if name in resolved:
                return resolved[name]
            open_names.append(name)
            index = np.full(batch.size, -1, np.int8)
            for position, provider in enumerate(self.providers(name, family)):
                waiting = index < 0
                if not waiting.any():
                    break
                index[waiting & available(provider)] = position
            open_names.pop()
            if name not in barred or not open_names:
                resolved[name] = index
            return index

        for target in self.targets(family):
            choose(target)
        for name in barred:
            choose(name)
        return resolved

    def groups(self, batch: Batch, family: str) -> list[Group]:
        """Return the rows of ``batch`` (all of one family) in groups of equal choices."""
        choices = self.choices(batch, family)
        code = np.zeros(batch.size, np.uint64)
        for indices in choices.values():
            if (indices != indices[0]).any():
                code = code * np.uint64(1_000_003) + (indices + 1).astype(np.uint64)
        _, first, inverse = np.unique(code, return_index=True, return_inverse=True)
        order = np.argsort(inverse, kind="stable")
        bounds = np.searchsorted(inverse[order], np.arange(len(first) + 1))
        groups = []
        for index, row in enumerate(first):
            rows = order[bounds[index] : bounds[index + 1]]
            pick = {name: int(indices[row]) for name, indices in choices.items()}
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


def canonical_units(
    formulas: Iterable[Quantity], fields: Mapping[str, Sequence[FieldProvider]] | None = None
) -> dict[str, str]:
    """Return the unit in which every name that formulas use is kept and shown.

    That of the formulas that yield it or the field that gives it; of what only comes in, that of
    the glossary, because some formulas take it in another.
    """
    units: dict[str, str] = {}
    names = glossary()
    for formula in formulas:
        units.setdefault(formula.name, formula.unit)
    for name, providers in (fields or {}).items():
        units.setdefault(name, providers[0].unit)
    for formula in formulas:
        for name, unit in formula.inputs.items():
            units.setdefault(name, names[name].unit if name in names else unit)
    return units


def build_graph(schema: Iterable[FieldRow], tables: Iterable[Table] = ()) -> Graph:
    """Return the graph of all registered formulas, packaged facts and the fields of ``schema``.

    Raises
    ------
    MethodError
        If a field's unit does not fit the name it provides.
    """
    formulas = quantities()
    units = canonical_units(formulas)
    fields = []
    audited: set[str] = set()
    for row in schema:
        audited.update(filter(None, [row.audits]))
        name = row.provides
        if not name or not row.numeric:
            continue
        unit = units.get(name, row.unit)
        try:
            scale = factor(row.unit, unit)
        except Exception as error:
            raise MethodError(
                "field_unit", field=row.name, unit=row.unit, name=name, expected=unit
            ) from error
        fields.append(
            FieldProvider(
                field=row.name,
                name=name,
                unit=unit,
                basis=row.basis or "claimed",
                grade=row.grade or 2,
                scale=scale,
            )
        )
    return Graph(fields, formulas, audited=audited, tables=tables)

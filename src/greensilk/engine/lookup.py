"""Finding the reference fact of a parameter for every row at once.

All tables of one rank that give a parameter form one lookup. A row of a table matches a project if
each of its filled key cells equals the project's attribute; the row with most filled cells wins.
Projects are reduced to their distinct attribute combinations first, so the work grows with the
number of countries and technologies, not with the number of projects.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from greensilk import reference
from greensilk.core.units import factor
from greensilk.engine.batch import Batch
from greensilk.reference import Row, Table

__all__ = ["BASES", "Fact", "FactLookup", "fact_lookups", "quality"]

# the worse basis last: of inputs with equal grade the later one is reported
BASES = ("measured", "claimed", "country_fact", "default")


def quality(grade: int, basis: str) -> int:
    """Return grade and basis as one number, so that the worst of several inputs is a maximum.

    >>> quality(3, "country_fact") // 8, BASES[quality(3, "country_fact") % 8]
    (3, 'country_fact')
    """
    return grade * 8 + BASES.index(basis)


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a table as a value the engine can draw."""

    table: str
    keys: tuple[tuple[str, str], ...]
    row: Row

    @property
    def identity(self) -> tuple[str, ...]:
        """Return the words that key its draws: parameter and filled key cells, not the table.

        Two tables that state one parameter for one key are editions of one uncertain fact.
        """
        return (self.row.parameter, *(f"{key}={cell}" for key, cell in self.keys))

    @property
    def basis(self) -> str:
        """Return ``country_fact`` if the row is about one country, ``default`` otherwise."""
        return "country_fact" if any(key == "country" for key, _ in self.keys) else "default"


class FactLookup:
    """All facts of one parameter and rank, with columns of their figures in one unit."""

    def __init__(self, parameter: str, rank: int, facts: Iterable[Fact], unit: str) -> None:
        self.parameter = parameter
        self.rank = rank
        self.unit = unit
        self.facts = tuple(facts)
        scale = [factor(fact.row.unit, unit) for fact in self.facts]
        rows = [fact.row for fact in self.facts]
        self.value = np.array([r.value * s for r, s in zip(rows, scale, strict=True)])
        self.low = np.array([r.low * s for r, s in zip(rows, scale, strict=True)])
        self.high = np.array([r.high * s for r, s in zip(rows, scale, strict=True)])
        self.quality = np.array(
            [quality(fact.row.grade, fact.basis) for fact in self.facts], np.int8
        )
        self.distribution = np.array([r.distribution for r in rows])
        self.fixed = self.distribution == "fixed"
        self.shared = np.array([r.scope == "keys" for r in rows])

    @cached_property
    def patterns(self) -> dict[tuple[str, ...], dict[tuple[str, ...], int]]:
        """Return the rows by the names of their filled key cells, most cells first."""
        patterns: dict[tuple[str, ...], dict[tuple[str, ...], int]] = {}
        for index, fact in enumerate(self.facts):
            names = tuple(name for name, _ in fact.keys)
            cells = tuple(cell for _, cell in fact.keys)
            patterns.setdefault(names, {}).setdefault(cells, index)
        return dict(sorted(patterns.items(), key=lambda item: -len(item[0])))

    def find(self, batch: Batch) -> npt.NDArray[np.int32]:
        """Return for every row of ``batch`` the index of its fact, -1 where none matches."""
        memo_key = ("find", self.parameter, self.rank)
        known = batch.memo.get(memo_key)
        if known is not None:
            return known
        names = sorted({name for pattern in self.patterns for name in pattern})
        columns = [batch.attribute(name) for name in names]
        code = np.zeros(batch.size, np.int64)
        for column in columns:
            code = code * len(column.categories) + column.codes
        distinct, first, inverse = _unique(code)
        answers = np.full(len(distinct), -1, np.int32)
        for position, row in enumerate(first):
            cells = {
                name: column.categories[column.codes[row]]
                for name, column in zip(names, columns, strict=True)
            }
            for pattern, rows in self.patterns.items():
                hit = rows.get(tuple(cells[name] for name in pattern))
                if hit is not None:
                    answers[position] = hit
                    break
        result = answers[inverse]
        batch.memo[memo_key] = result
        return result


def fact_lookups(units: dict[str, str], extra: Iterable[Table] = ()) -> dict[str, list[FactLookup]]:
    """Return the lookups of every parameter in the engine's tables, smallest rank first.

    ``units`` gives the canonical unit of names that formulas or fields declare; ``extra`` are
    tables beside the packaged ones, such as the country facts.
    """
    gathered: dict[tuple[str, int], list[Fact]] = {}
    for table in (*(reference.load(name) for name in reference.names()), *extra):
        if not table.engine:
            continue
        for row in table.rows:
            gathered.setdefault((row.parameter, table.rank), []).append(_fact(table, row))
    lookups: dict[str, list[FactLookup]] = {}
    for (parameter, rank), facts in sorted(gathered.items()):
        unit = units.get(parameter, facts[0].row.unit)
        lookups.setdefault(parameter, []).append(FactLookup(parameter, rank, facts, unit))
    return lookups


def _fact(table: Table, row: Row) -> Fact:
    filled = tuple((key, cell) for key, cell in zip(table.keys, row.keys, strict=True) if cell)
    return Fact(table.name, tuple(sorted(filled)), row)


def _unique(
    code: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return distinct codes, a row that has each, and each row's position among them.

    A table of flags beats sorting while the codes are few, as they are for keys.
    """
    size = int(code.max()) + 1 if code.size else 0
    if size > 4 * code.size + 1024:
        distinct, first, inverse = np.unique(code, return_index=True, return_inverse=True)
        return distinct, first, inverse
    first_row = np.full(size, -1, np.intp)
    first_row[code[::-1]] = np.arange(code.size - 1, -1, -1)
    distinct = np.flatnonzero(first_row >= 0)
    position = np.zeros(size, np.intp)
    position[distinct] = np.arange(len(distinct))
    return distinct, first_row[distinct], position[code]

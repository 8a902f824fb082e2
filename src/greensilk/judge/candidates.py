"""Candidate baselines: the factor sets a claim's author may have used, built from the tables.

A candidate is a vector of factors per unit of electricity, one for every kind of claim it can
explain (CO2, standard coal, SO2, NOx, dust). This module says what a
candidate is; :mod:`greensilk.judge.collect` builds them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from greensilk.core.text import catalogue, text
from greensilk.core.units import factor
from greensilk.reference import Row, Table

__all__ = [
    "Candidate",
    "CandidateSet",
    "Dimension",
    "Entries",
    "in_unit",
    "rows_by_key",
    "vector",
]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Dimension:
    """One kind of claim that is generation times a factor."""

    claim: str
    claim_unit: str
    factor_unit: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One factor set.

    ``choices`` counts the free decisions behind it (a year; a year and a carbon content; ...): of
    two sets that explain the same claims, the one with fewer choices is the better explanation.
    ``factors`` is NaN where the set has no factor for a claim, and empty for sets that depend on
    the host country, whose factors are in :attr:`CandidateSet.host`. A set that joins two sources
    says nothing of its own unless ``needs`` claims, CO2 among them, are there to be explained.
    """

    id: str
    kind: str
    year: int
    choices: int
    params: Mapping[str, str] = field(default_factory=dict)
    verified: bool = False
    needs: int = 0

    def label(self, lang: str) -> str:
        """Return the candidate's name in words."""
        params = {name: _word(value, lang) for name, value in self.params.items()}
        return text(f"candidate.{self.kind}", lang, year=self.year or "", **params)


@dataclass(frozen=True, slots=True)
class CandidateSet:
    """All candidates and their factors.

    Parameters
    ----------
    factors
        Shape (candidates, dimensions); rows of host-dependent sets are NaN.
    host_index
        Places of the host-dependent sets among the candidates.
    host
        Shape (countries + 1, host-dependent sets, dimensions); the last row, all NaN, is for
        countries without factors.
    """

    dimensions: tuple[Dimension, ...]
    candidates: tuple[Candidate, ...]
    factors: Floats
    countries: Mapping[str, int]
    host_index: npt.NDArray[np.intp]
    host: Floats
    tolerance: float
    families: tuple[str, ...]
    generation: str
    generation_unit: str

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds in the order of the candidates."""
        return tuple(dict.fromkeys(candidate.kind for candidate in self.candidates))

    def units(self) -> dict[str, str]:
        """Return the claims and the generation with the units the factors are in."""
        return {d.claim: d.claim_unit for d in self.dimensions} | {
            self.generation: self.generation_unit
        }

    def country_rows(self, countries: list[str]) -> npt.NDArray[np.intp]:
        """Return the rows of :attr:`host` for ``countries``."""
        missing = self.host.shape[0] - 1
        return np.array([self.countries.get(name, missing) for name in countries], np.intp)


def _word(value: str, lang: str) -> str:
    stem, _, year = value.rpartition("_")
    if stem == "published":
        return text("candidate.word.published", lang, year=year)
    entry = catalogue().get(f"candidate.word.{value}")
    return entry[lang] if entry else value


# candidates with their factors
Entries = Iterator[tuple[Candidate, Floats]]


def vector(dimensions: tuple[Dimension, ...], values: Mapping[str, float]) -> Floats:
    """Return factors by claim as a vector over the dimensions, NaN where there is none."""
    return np.array([values.get(dimension.claim, np.nan) for dimension in dimensions])


def in_unit(row: Row, unit: str) -> float:
    """Return the figure of a table's row in ``unit``."""
    return row.value * factor(row.unit, unit)


def rows_by_key(table: Table) -> dict[tuple[str, ...], dict[str, Row]]:
    """Return the rows of a table by their keys, then by parameter."""
    groups: dict[tuple[str, ...], dict[str, Row]] = {}
    for row in table.rows:
        groups.setdefault(row.keys, {})[row.parameter] = row
    return groups

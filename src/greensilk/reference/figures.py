"""Cited figures: the packaged fact tables and their loader.

A table is two files in ``tables/``: ``NAME.csv`` with the rows and ``NAME.toml`` with what is true
of the whole table. Every row is one parameter with its range and its source:

====================  ==========================================================================
column                meaning
====================  ==========================================================================
key columns           as listed in ``keys``; a blank cell matches anything
``parameter``         the name formulas use (``operating_margin``)
``value,low,high``    best estimate and range; ``distribution`` says how to read the range
``distribution``      ``fixed`` (low = high = value), ``uniform`` and ``triangular`` (low and high
                      are bounds), ``normal`` and ``lognormal`` (low and high are the 5th and the
                      95th percentile)
``unit``              as in :mod:`greensilk.core.units`
``year``              the year the figure describes
``source, clause``    an entry of ``[sources]`` in the TOML, and the table, page or clause in it
``verified``          ``true`` only if checked against the document itself
``note``              what a reader must know
====================  ==========================================================================

Optional columns: ``valid_from``, ``valid_to`` (ISO dates; blank where the document sets none),
``scope``, ``grade``; where they are blank, what the TOML says of the whole table holds.

>>> table = load("gwp")
>>> table.title["en"]
'Global warming potentials over 100 years'
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

import msgspec

from greensilk.core.errors import UnknownNameError
from greensilk.core.provenance import Source, SourceEntry
from greensilk.core.tables import Flaw, list_tables, load_records, load_toml

__all__ = ["DISTRIBUTIONS", "Distribution", "Row", "Scope", "Table", "load", "names"]

Distribution = Literal["fixed", "uniform", "triangular", "normal", "lognormal"]
Scope = Literal["keys", "project"]
DISTRIBUTIONS: tuple[str, ...] = get_args(Distribution)
_FOLDER = "reference/tables"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One parameter of a table, with its range and where it came from."""

    keys: tuple[str, ...]
    parameter: str
    value: float
    low: float
    high: float
    distribution: Distribution
    unit: str
    year: str = ""
    source: Source
    clause: str = ""
    verified: bool
    note: str = ""
    scope: Scope
    grade: int
    valid_from: str = ""
    valid_to: str = ""

    def citation(self) -> str:
        """Return the source with the clause in it."""
        return f"{self.source.citation()}{', ' + self.clause if self.clause else ''}"


@dataclass(frozen=True, slots=True)
class Table:
    """A packaged table.

    ``scope``: ``keys`` if all projects with equal keys share one draw of a figure (a grid factor),
    ``project`` if every project draws its own (a capacity factor of one plant).
    ``rank``: its place among the providers of a name (see
    :class:`greensilk.core.quantity.Quantity`).
    """

    name: str
    title: Mapping[str, str]
    keys: tuple[str, ...]
    scope: Scope
    rank: int
    grade: int
    description: str
    sources: Mapping[str, Source]
    rows: tuple[Row, ...]
    engine: bool

    def parameters(self) -> tuple[str, ...]:
        """Return the names of the parameters, in the order of the file."""
        return tuple(dict.fromkeys(row.parameter for row in self.rows))

    def get(self, parameter: str, **keys: str) -> Row:
        """Return the most specific row of ``parameter`` that matches ``keys``.

        Raises
        ------
        UnknownNameError
            If no row matches.
        """
        matching = [
            row
            for row in self.rows
            if row.parameter == parameter
            and all(
                cell in ("", keys.get(key, ""))
                for key, cell in zip(self.keys, row.keys, strict=True)
            )
        ]
        if not matching:
            wanted = ", ".join([parameter, *(f"{key}={cell}" for key, cell in keys.items())])
            raise UnknownNameError("table_row", f"{self.name}: {wanted}", self.parameters())
        return max(matching, key=lambda row: sum(cell != "" for cell in row.keys))


@cache
def names() -> tuple[str, ...]:
    """Return the names of all packaged tables."""
    return tuple(
        path.rpartition("/")[2].removesuffix(".toml") for path in list_tables(_FOLDER, ".toml")
    )


class _Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a TOML says of the whole table."""

    title: dict[Literal["en", "zh"], str]
    description: str = ""
    keys: tuple[str, ...]
    scope: Scope
    grade: int
    rank: int = 20
    engine: bool = True
    valid_from: str = ""
    valid_to: str = ""
    sources: dict[str, SourceEntry]


@cache
def load(name: str) -> Table:
    """Return the packaged table ``name``.

    Raises
    ------
    UnknownNameError
        If there is no such table.
    ReferenceTableError
        If the table breaks its contract; every broken row is named.
    """
    if name not in names():
        raise UnknownNameError("reference_table", name, names())
    head = load_toml(f"{_FOLDER}/{name}.toml", _Head)
    sources = {key: entry.source(key) for key, entry in head.sources.items()}
    rows = load_records(
        f"{_FOLDER}/{name}.csv",
        Row,
        key=("parameter", *head.keys, "valid_from"),
        references={"source": sources},
        gather={"keys": head.keys},
        defaults={
            "scope": head.scope,
            "grade": head.grade,
            "valid_from": head.valid_from,
            "valid_to": head.valid_to,
        },
        check=_check_range,
    )
    return Table(
        name=name,
        title={str(lang): title for lang, title in head.title.items()},
        keys=head.keys,
        scope=head.scope,
        rank=head.rank,
        grade=head.grade,
        description=head.description,
        sources=sources,
        rows=rows,
        engine=head.engine,
    )


def _check_range(row: Row) -> Iterator[Flaw]:
    if not row.low <= row.value <= row.high:
        yield Flaw("range_disordered", "value")
    elif row.distribution == "lognormal" and row.low <= 0 < row.high:
        yield Flaw("range_not_positive", "low")
    elif row.distribution == "fixed" and row.low != row.high:
        yield Flaw("range_of_fixed", "distribution")

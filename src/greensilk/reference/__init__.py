"""Packaged fact tables and their loader.

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

Optional columns: ``valid_from``, ``valid_to`` (ISO dates; blank where the document sets none; also
for a whole table in its TOML), ``scope``, ``grade``.

>>> table = load("gwp")
>>> table.title["en"]
'Global warming potentials over 100 years'
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from greensilk.core.errors import ReferenceTableError, UnknownNameError

__all__ = ["DISTRIBUTIONS", "Row", "Source", "Table", "load", "names", "read_rows"]

DISTRIBUTIONS = ("fixed", "uniform", "triangular", "normal", "lognormal")


@dataclass(frozen=True, slots=True)
class Source:
    """A document that figures come from."""

    id: str
    publisher: str
    document: str
    year: int
    licence: str
    address: str
    edition: str = ""

    def citation(self) -> str:
        """Return publisher, document, edition and year in one line."""
        edition = f", {self.edition}" if self.edition else ""
        return f"{self.publisher}: {self.document}{edition} ({self.year})"


@dataclass(frozen=True, slots=True)
class Row:
    """One parameter of a table, with its range and where it came from."""

    keys: tuple[str, ...]
    parameter: str
    value: float
    low: float
    high: float
    distribution: str
    unit: str
    year: str
    source: Source
    clause: str
    verified: bool
    note: str
    scope: str
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
    scope: str
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
            wanted = f"{parameter} {keys}"
            raise UnknownNameError(f"row of table {self.name}", wanted, self.parameters())
        return max(matching, key=lambda row: sum(cell != "" for cell in row.keys))


def names() -> tuple[str, ...]:
    """Return the names of all packaged tables."""
    folder = files("greensilk.reference") / "tables"
    return tuple(sorted(p.name[:-5] for p in folder.iterdir() if p.name.endswith(".toml")))


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
        raise UnknownNameError("reference table", name, names())
    folder = files("greensilk.reference") / "tables"
    meta = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
    sources = {
        key: Source(
            id=key,
            publisher=entry["publisher"],
            document=entry["document"],
            year=int(entry["year"]),
            licence=entry["licence"],
            address=entry["address"],
            edition=entry.get("edition", ""),
        )
        for key, entry in meta["sources"].items()
    }
    keys = tuple(meta["keys"])
    faults: list[str] = []
    rows: list[Row] = []
    with (folder / f"{name}.csv").open("r", encoding="utf-8") as handle:
        for number, raw in enumerate(csv.DictReader(handle), start=2):
            try:
                rows.append(_row(raw, keys, sources, meta))
            except (KeyError, ValueError) as error:
                faults.append(f"{name}.csv row {number}: {error!r}")
    if faults:
        raise ReferenceTableError("\n".join(faults))
    return Table(
        name=name,
        title=meta["title"],
        keys=keys,
        scope=meta["scope"],
        rank=int(meta.get("rank", 20)),
        grade=int(meta["grade"]),
        description=meta.get("description", ""),
        sources=sources,
        rows=tuple(rows),
        engine=bool(meta.get("engine", True)),
    )


def read_rows(package: str, *path: str) -> list[dict[str, str]]:
    """Return the rows of a packaged CSV that is not a fact table (a schema, a register)."""
    place = files(package)
    for part in path:
        place = place / part
    with place.open("r", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def _row(
    raw: Mapping[str, str], keys: tuple[str, ...], sources: Mapping[str, Source], meta: Any
) -> Row:
    value, low, high = float(raw["value"]), float(raw["low"]), float(raw["high"])
    if raw["distribution"] not in DISTRIBUTIONS:
        raise ValueError(f"distribution {raw['distribution']!r} is not one of {DISTRIBUTIONS}")
    if not low <= value <= high:
        raise ValueError(f"low {low} <= value {value} <= high {high} does not hold")
    if raw["distribution"] == "lognormal" and low <= 0 < high:
        raise ValueError("a lognormal range must be above zero")
    if raw["distribution"] == "fixed" and not low == value == high:
        raise ValueError("a fixed figure has no range")
    if raw["verified"] not in ("true", "false"):
        raise ValueError(f"verified is {raw['verified']!r}, not true or false")
    return Row(
        keys=tuple(raw[key].strip() for key in keys),
        parameter=raw["parameter"],
        value=value,
        low=low,
        high=high,
        distribution=raw["distribution"],
        unit=raw["unit"],
        year=raw["year"],
        source=sources[raw["source"]],
        clause=raw["clause"],
        verified=raw["verified"] == "true",
        note=raw.get("note", ""),
        scope=raw.get("scope") or meta["scope"],
        grade=int(raw.get("grade") or meta["grade"]),
        valid_from=raw.get("valid_from") or str(meta.get("valid_from", "")),
        valid_to=raw.get("valid_to") or str(meta.get("valid_to", "")),
    )

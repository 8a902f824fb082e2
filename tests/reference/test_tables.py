"""Every packaged table: sources, ranges, units that fit the formulas, no orphans."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import greensilk
from greensilk import reference
from greensilk.core.units import registry, same_dimension
from greensilk.methods import quantities
from greensilk.reference import Row, Table

NAMES = reference.names()
TABLES = {name: reference.load(name) for name in NAMES}
USES: dict[str, dict[str, str]] = {}
for formula in quantities():
    for parameter, unit_used in formula.inputs.items():
        USES.setdefault(parameter, {})[formula.method] = unit_used
# what the claims audit searches is data of its own and names the parameters it reads
AUDIT = " ".join(
    path.read_text(encoding="utf-8")
    for path in (Path(greensilk.__file__).parent / "judge").rglob("*.toml")
)
# shares: figures of these units lie between 0 and 1 unless a table says otherwise
SHARE_WORDS = ("share", "_weight", "capacity_factor", "efficiency", "_rate_of_")


def where(table: Table, row: Row) -> str:
    keys = ", ".join(f"{k}={v or 'any'}" for k, v in zip(table.keys, row.keys, strict=True))
    return f"{table.name}.csv: {row.parameter} ({keys})"


def dimensionless(unit: str) -> str:
    return "dimensionless" if unit == "1" else unit


@pytest.mark.parametrize("name", NAMES)
def test_the_table_says_what_it_is(name: str) -> None:
    table = TABLES[name]
    for language in ("en", "zh"):
        assert table.title.get(language), f"{name}.toml: no title.{language}"
    assert table.scope in ("keys", "project"), f"{name}.toml: scope {table.scope!r}"
    assert 1 <= table.grade <= 5, f"{name}.toml: grade {table.grade}"
    assert table.rows, f"{name}.csv has no rows"


@pytest.mark.parametrize("name", NAMES)
def test_every_source_is_named(name: str) -> None:
    table = TABLES[name]
    used = {row.source.id for row in table.rows}
    for key, source in table.sources.items():
        assert source.producer.en, f"{name}.toml [sources.{key}]: no publisher"
        assert source.en, f"{name}.toml [sources.{key}]: no document"
        assert source.licence.name, f"{name}.toml [sources.{key}]: no licence"
        assert 1900 <= source.year <= date.today().year, f"{name}.toml [sources.{key}]: year"
        if source.producer.en not in ("GreenSilk", "Various"):
            assert re.match(r"https?://", source.address), (
                f"{name}.toml [sources.{key}]: no address of the document"
            )
        assert key in used, f"{name}.toml [sources.{key}] is used by no row"


@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_a_plausible_range(name: str) -> None:
    table = TABLES[name]
    for row in table.rows:
        place = where(table, row)
        assert row.low <= row.value <= row.high, f"{place}: low, value, high out of order"
        if row.distribution == "fixed":
            assert row.low == row.high, f"{place}: a fixed figure has no range"
        else:
            assert row.low < row.high, f"{place}: {row.distribution} without a range"
            assert row.note or row.clause, f"{place}: a range without a reason"
        if row.low > 0 and row.distribution != "fixed":
            # the widest honest ranges (a lake's methane, an uncontrolled stack) span a few hundred
            assert row.high / row.low <= 1000, f"{place}: {row.low} to {row.high} says nothing"
        if row.unit == "1" and any(word in row.parameter for word in SHARE_WORDS):
            assert 0 <= row.low <= row.high <= 1, f"{place}: a share outside 0 to 1"
        assert 1 <= row.grade <= 5, f"{place}: grade {row.grade}"
        assert row.scope in ("keys", "project"), f"{place}: scope {row.scope!r}"


@pytest.mark.parametrize("name", NAMES)
def test_every_unit_can_be_read(name: str) -> None:
    table = TABLES[name]
    for unit in {row.unit for row in table.rows}:
        assert same_dimension(unit, unit), f"{name}.csv: unit {unit!r}"
        registry().Unit(dimensionless(unit))


@pytest.mark.parametrize("name", NAMES)
def test_units_fit_the_formulas_that_use_them(name: str) -> None:
    table = TABLES[name]
    for row in table.rows:
        for method, unit in USES.get(row.parameter, {}).items():
            assert same_dimension(row.unit, unit), (
                f"{where(table, row)} is in {row.unit}, but {method} takes {unit}"
            )


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_is_used(name: str) -> None:
    table = TABLES[name]
    if not table.engine:
        return
    orphans = [
        parameter
        for parameter in table.parameters()
        if parameter not in USES and f'"{parameter}"' not in AUDIT
    ]
    assert not orphans, (
        f"{name}: no formula and no audit rule takes {', '.join(orphans)}; "
        "set engine = false or remove them"
    )


@pytest.mark.parametrize("name", NAMES)
def test_one_row_for_one_key(name: str) -> None:
    table = TABLES[name]
    seen = Counter((row.parameter, row.keys, row.valid_from) for row in table.rows)
    twice = [key for key, count in seen.items() if count > 1]
    assert not twice, f"{name}.csv: rows that stand twice: {twice[:5]}"


def test_no_two_tables_give_one_fact() -> None:
    """A parameter with equal filled keys and rank in two tables would be decided by file name."""
    seen: dict[tuple[object, ...], str] = {}
    for name, table in TABLES.items():
        if not table.engine:
            continue
        for row in table.rows:
            filled = tuple(sorted((k, v) for k, v in zip(table.keys, row.keys, strict=True) if v))
            key = (row.parameter, filled, table.rank)
            other = seen.setdefault(key, name)
            assert other == name, f"{where(table, row)} also stands in {other}.csv"


@pytest.mark.parametrize("name", NAMES)
def test_verified_figures_say_where(name: str) -> None:
    table = TABLES[name]
    for row in table.rows:
        if row.verified:
            assert row.clause or row.note, f"{where(table, row)}: verified, but where?"

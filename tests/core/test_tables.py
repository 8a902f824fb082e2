"""One loader for packaged tables: types, blanks, registers, and every fault at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from greensilk.core.errors import ReferenceTableError
from greensilk.core.provenance import Source, document_source, load_sources
from greensilk.core.tables import Flaw, list_tables, load_records, load_toml

SOURCES = {"a": document_source("a", "Body", "Document", "2020")}


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    low: float
    high: float
    grade: Literal["strong", "fair"] = "fair"
    year: int | None = None
    claims: tuple[str, ...] = ()
    verified: bool
    source: Source
    note: str = ""


def _ordered(limit: Limit) -> Iterator[Flaw]:
    if limit.low > limit.high:
        yield Flaw("cell_invalid", "low", limit.high)


def _write(folder: Path, *lines: str) -> Path:
    path = folder / "limits.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _load(path: Path) -> tuple[Limit, ...]:
    return load_records(path, Limit, key="name", references={"source": SOURCES}, check=_ordered)


def _faults(path: Path) -> list[tuple[str, int | None, str, str]]:
    with pytest.raises(ReferenceTableError) as caught:
        _load(path)
    return [(f.code, f.row, f.field, f.value) for f in caught.value.faults]


def test_cells_become_what_the_record_says(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        "name,low,high,grade,year,claims,verified,source,note",
        "x,1,2.5,strong,2020,a| b |,true,a,",
        '"y, z",0,0,,,,false,a,"line\nbreak"',
    )
    first, second = _load(path)
    assert first == Limit(
        name="x",
        low=1.0,
        high=2.5,
        grade="strong",
        year=2020,
        claims=("a", "b"),
        verified=True,
        source=SOURCES["a"],
    )
    assert first.source is SOURCES["a"]
    assert (second.name, second.grade, second.year, second.claims) == ("y, z", "fair", None, ())
    assert second.note == "line\nbreak"


def test_a_column_with_a_default_may_be_left_out(tmp_path: Path) -> None:
    (item,) = _load(_write(tmp_path, "name,low,high,verified,source", "x,1,2,true,a"))
    assert item.note == ""


def test_all_faults_of_a_file_come_at_once(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        "name,low,high,grade,year,claims,verified,source,note",
        ",one,2,weak,20x,,yes,a,",
        "x,1,2,fair,2020,,true,b,",
    )
    assert _faults(path) == [
        ("cell_blank", 2, "name", ""),
        ("cell_invalid", 2, "low", "one"),
        ("cell_invalid", 2, "grade", "weak"),
        ("cell_invalid", 2, "year", "20x"),
        ("cell_invalid", 2, "verified", "yes"),
        ("reference_unknown", 3, "source", "b"),
    ]


@pytest.mark.parametrize("word", ["1", "True", "TRUE", "0", "no"])
def test_a_truth_is_true_or_false_and_nothing_else(tmp_path: Path, word: str) -> None:
    path = _write(tmp_path, "name,low,high,verified,source", f"x,1,2,{word},a")
    assert _faults(path) == [("cell_invalid", 2, "verified", word)]


def test_the_header_is_held_to_the_record(tmp_path: Path) -> None:
    path = _write(tmp_path, "name,low,low,verified,source,colour", "x,1,1,true,a,red")
    assert _faults(path) == [
        ("column_missing", 1, "high", ""),
        ("column_unknown", 1, "colour", ""),
        ("column_twice", 1, "low", ""),
    ]


def test_a_key_stands_once_and_rules_of_a_row_are_checked(tmp_path: Path) -> None:
    path = _write(tmp_path, "name,low,high,verified,source", "x,1,2,true,a", "x,3,2,true,a")
    assert _faults(path) == [("key_twice", 3, "name", "x"), ("cell_invalid", 3, "low", "3")]


def test_a_short_row_and_a_missing_file_are_named(tmp_path: Path) -> None:
    path = _write(tmp_path, "name,low,high,verified,source", "x,1")
    assert _faults(path) == [("row_width", 2, "", "2")]
    assert _faults(tmp_path / "none.csv") == [("table_missing", None, "", "")]


def test_faults_read_well_in_both_languages(tmp_path: Path) -> None:
    path = _write(tmp_path, "name,low,high,grade,verified,source", "x,one,2,weak,true,a")
    with pytest.raises(ReferenceTableError) as caught:
        _load(path)
    assert caught.value.message("en").splitlines()[1:] == [
        "limits.csv, row 2, field low: “one” is not what belongs here: a number.",
        "limits.csv, row 2, field grade: “weak” is not what belongs here: strong | fair.",
    ]
    assert "应为 数值" in caught.value.message("zh")


def test_key_columns_that_differ_from_file_to_file_are_gathered(tmp_path: Path) -> None:
    class Row(msgspec.Struct, frozen=True):
        keys: tuple[str, ...]
        value: float

    path = tmp_path / "t.csv"
    path.write_text("country,value,fuel\nKEN,1,\n", encoding="utf-8")
    gather = {"keys": ("country", "fuel")}
    assert load_records(path, Row, gather=gather) == (Row(("KEN", ""), 1.0),)
    with pytest.raises(ReferenceTableError) as caught:
        load_records(path, Row, gather={"keys": ("country", "fuel", "year")})
    assert [fault.field for fault in caught.value.faults] == ["year"]


def test_a_packaged_table_is_read_once() -> None:
    class Label(msgspec.Struct, frozen=True):
        key: str
        en: str
        zh: str

    path = "core/text/data/tables.csv"
    assert load_records(path, Label, key="key") is load_records(path, Label, key="key")
    assert path in list_tables("core/text/data")


def test_toml_becomes_a_record_and_every_broken_entry_is_named(tmp_path: Path) -> None:
    class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        low: float
        reason: str = ""

    path = tmp_path / "rules.toml"
    path.write_text("[rules.a]\nlow = 1\n[rules.b]\nlow = 2.5\nreason = 'r'\n", encoding="utf-8")
    rules = load_toml(path, dict[str, Rule], at="rules")
    assert rules == {"a": Rule(1.0), "b": Rule(2.5, "r")}
    path.write_text("[rules.a]\nlow = 'x'\n[rules.b]\ncolour = 1\n", encoding="utf-8")
    with pytest.raises(ReferenceTableError) as caught:
        load_toml(path, dict[str, Rule], at="rules")
    assert [fault.field for fault in caught.value.faults] == ["a", "b"]
    with pytest.raises(ReferenceTableError, match="missing"):
        load_toml(path, dict[str, Rule], at="limits")


def test_sources_are_cited_in_one_line() -> None:
    sources = load_sources("reference/data/laws.toml")
    assert all(source.citation() and source.year for source in sources.values())
    source = document_source("x", "IPCC", "Guidelines", "2006-04", edition="Vol. 2")
    assert (source.citation(), source.year) == ("IPCC: Guidelines, Vol. 2 (2006-04)", 2006)
    quoted = msgspec.structs.replace(source, cited_as="IPCC (2006)")
    assert quoted.citation() == "IPCC (2006)"

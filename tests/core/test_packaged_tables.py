"""Every table in the package: read through the one loader, cited, plausible, cleanly written."""

from __future__ import annotations

import ast
import csv
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import greensilk

PACKAGE = Path(greensilk.__file__).parent
TABLES = sorted(str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.csv"))
# words, which the catalogue reads, and project files as users write them
NOT_RECORDS = re.compile(r"(^core/text/data/|/labels\.csv$|^demo/projects\.csv$)")
TRUTHS = ("verified", "year_verified", "income_verified", "open", "packaged")
ADDRESSES = ("address", "portal")


def rows(path: str) -> list[dict[str, str]]:
    with (PACKAGE / path).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@cache
def texts_in_code() -> frozenset[str]:
    """Return every text of the code: paths of tables and of their folders are among them."""
    return frozenset(
        node.value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@cache
def registered(folder: Path) -> frozenset[str]:
    """Return the ids of the sources that a folder, or its room, registers."""
    ids: set[str] = set()
    for place in {folder, folder.parent}:
        for path in place.glob("*.toml"):
            ids |= set(tomllib.loads(path.read_text(encoding="utf-8")).get("sources", {}))
    room = PACKAGE / folder.relative_to(PACKAGE).parts[0]
    for path in room.rglob("sources*.csv"):
        with path.open(encoding="utf-8") as handle:
            ids |= {row["id"] for row in csv.DictReader(handle) if "id" in row}
    return frozenset(ids)


def number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


@pytest.mark.parametrize("path", [path for path in TABLES if not NOT_RECORDS.search(path)])
def test_a_table_is_read_through_the_loader(path: str) -> None:
    # by its own path, or with all tables of a folder
    parts = path.split("/")
    folders = {"/".join(parts[:size]) for size in range(2, len(parts))}
    # (the text before the first blank of f"{folder}/{name}.csv" ends with a slash)
    texts = {path, *folders, *(f"{folder}/" for folder in folders)}
    assert texts_in_code() & texts, f"no code loads {path}"


@pytest.mark.parametrize("path", TABLES)
def test_cells_are_cleanly_written(path: str) -> None:
    with (PACKAGE / path).open(encoding="utf-8", newline="") as handle:
        header, *lines = list(csv.reader(handle))
    assert len(set(header)) == len(header), "a column stands twice"
    assert all(header), "a column without a name"
    for line_number, line in enumerate(lines, start=2):
        assert len(line) == len(header), f"row {line_number} has {len(line)} cells"
        for column, cell in zip(header, line, strict=True):
            place = f"row {line_number}, {column}: {cell!r}"
            if not NOT_RECORDS.search(path):
                assert cell == cell.strip(), f"{place} has blanks around it"
            assert cell.lower() not in ("nan", "null", "n/a", "inf"), place
    twice = [line for line, count in Counter(map(tuple, lines)).items() if count > 1]
    assert not twice, f"rows that stand twice: {twice[:3]}"


@pytest.mark.parametrize("path", TABLES)
def test_truths_ranges_and_addresses_hold(path: str) -> None:
    for line_number, row in enumerate(rows(path), start=2):
        place = f"{path} row {line_number}"
        for column in TRUTHS:
            if row.get(column):
                assert row[column] in ("true", "false"), f"{place}: {column} {row[column]!r}"
        for column in ADDRESSES:
            if row.get(column):
                assert re.match(r"https?://\S+$", row[column]), f"{place}: {row[column]!r}"
        ends = [number(row.get(column) or "") for column in ("low", "value", "high")]
        ordered = [end for end in ends if end is not None]
        assert ordered == sorted(ordered), f"{place}: low, value, high {ordered}"


@pytest.mark.parametrize("path", [path for path in TABLES if "source" in (rows(path) or [{}])[0]])
def test_a_row_cites_a_source_that_exists(path: str) -> None:
    known = registered((PACKAGE / path).parent)
    for line_number, row in enumerate(rows(path), start=2):
        source, verified = row["source"], row.get("verified", "")
        if not source:
            assert verified != "true", f"{path} row {line_number}: verified, but against what?"
        elif known and " " not in source:
            assert source in known, f"{path} row {line_number}: {source!r} is not registered"

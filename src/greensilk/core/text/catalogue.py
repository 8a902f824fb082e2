"""Labels and sentences in Chinese and English, from one catalogue.

The catalogue is data: the CSV files with the columns ``key, en, zh`` in ``data/``, one a subject,
and ``data/labels.csv`` of every room that has one. Tables that bring labels of their own (fields of
project files, technologies, economies, the glossary of names) are read where they stand, see
:data:`LABEL_TABLES`. Codes stay English whatever the language; :func:`label` gives the words beside
them, :func:`text` a sentence with its blanks filled.

>>> label("verdict.consistent", "zh")
'一致'
>>> text("fault.where.row", "en", row=7)
'row 7'
>>> label("economy.KEN", "zh")
'肯尼亚'
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, get_args

from greensilk.rooms import ROOMS

Language = Literal["en", "zh"]
LANGUAGES: tuple[str, ...] = get_args(Language)

__all__ = [
    "LABEL_TABLES",
    "LANGUAGES",
    "CatalogueError",
    "LabelTable",
    "Language",
    "catalogue",
    "label",
    "text",
]


class CatalogueError(LookupError):
    """A key that stands twice, lacks a language or does not exist: a fault of this library."""


class LabelTable(NamedTuple):
    """A table that carries labels beside its data: where it is, and what the keys are called.

    ``key`` is a column, or several joined by points (``field.code``).
    A row that names ``variants`` in one of these columns has a key for each: ``name.x.fossil``.
    """

    path: str
    prefix: str
    key: str
    en: str = "en"
    zh: str = "zh"
    variants: tuple[str, ...] = ()


LABEL_TABLES = (
    LabelTable("core/names.csv", "name.", "name", variants=("families", "method")),
    LabelTable("core/names.csv", "meaning.", "name", "description", "description_zh"),
    LabelTable("projects/data/schema.csv", "field.", "field"),
    LabelTable(
        "projects/data/schema.csv", "description.", "field", "description_en", "description_zh"
    ),
    LabelTable("projects/data/technologies.csv", "technology.", "technology"),
    LabelTable("projects/data/choices.csv", "choice.", "field.code"),
    LabelTable("projects/data/limits.csv", "limit.", "field.technology"),
    LabelTable("reference/data/economies.csv", "economy.", "iso3", "name_en", "name_zh"),
)


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return every entry as ``{key: {"en": ..., "zh": ...}}``.

    Raises
    ------
    CatalogueError
        If a key stands twice or lacks a language: the catalogue is data, and a hole in it is a bug.
    """
    entries: dict[str, dict[str, str]] = {}
    for name, number, key, en, zh in _entries():
        if key in entries:
            raise CatalogueError(f"{name} row {number}: key {key!r} stands twice")
        if not en or not zh:
            raise CatalogueError(f"{name} row {number}: {key!r} lacks a language")
        entries[key] = {"en": en, "zh": zh}
    for table in LABEL_TABLES:
        for row in _rows(table.path):
            if row[table.en]:
                key = table.prefix + ".".join(row[column] for column in table.key.split("."))
                cells = (row[column].split("|") for column in table.variants if row[column])
                for variant in [f".{item}" for cell in cells for item in cell] or [""]:
                    entries.setdefault(key + variant, {"en": row[table.en], "zh": row[table.zh]})
    return entries


def _entries() -> Iterator[tuple[str, int, str, str, str]]:
    package = files("greensilk")
    folder = package / "core" / "text" / "data"
    paths = [path for path in folder.iterdir() if path.name.endswith(".csv")]
    paths += [package / room / "data" / "labels.csv" for room in ROOMS]
    for path in sorted(paths, key=str):
        if not path.is_file():
            continue
        with path.open("r", encoding="utf-8") as handle:
            for number, row in enumerate(csv.DictReader(handle), start=2):
                yield path.name, number, row["key"], row["en"], row["zh"]


def _rows(path: str) -> Iterator[dict[str, str]]:
    place = files("greensilk")
    for part in path.split("/"):
        place = place / part
    with place.open("r", encoding="utf-8") as handle:
        yield from csv.DictReader(handle)


def label(key: str, lang: str = "en") -> str:
    """Return the words for ``key``; the last part of the key itself where none are listed."""
    entry = catalogue().get(key)
    if entry is None:
        return key.rpartition(".")[2]
    return entry[lang]


def text(key: str, lang: str = "en", **params: object) -> str:
    """Return the sentence ``key`` with ``{blanks}`` filled from ``params``.

    Raises
    ------
    CatalogueError
        If there is no such sentence.
    """
    entry = catalogue().get(key)
    if entry is None:
        raise CatalogueError(f"no message is called {key!r}")
    return entry[lang].format_map(_Blanks(params))


class _Blanks(dict[str, object]):
    """Leave an unfilled blank visible instead of failing while an error is being reported."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"

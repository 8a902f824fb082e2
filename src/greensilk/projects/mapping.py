"""The mapping file: which column is which field, written once and used for the next file.

A small TOML file: the sheets to read, each header with its field (empty: not used) and unit, and
the words of this file for technologies and countries.

>>> mapping = parse_mapping('''
... [[columns]]
... header = "Puissance"
... field = "capacity"
... unit = "kW"
... [technologies]
... "éolienne" = "wind_onshore"
... ''')
>>> mapping.columns[0].field, mapping.technologies
('capacity', {'éolienne': 'wind_onshore'})
>>> parse_mapping(write_mapping(mapping)) == mapping
True
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import replace

import msgspec
import polars as pl

from greensilk.core.errors import OptionError, UnknownNameError
from greensilk.projects.fields import fields
from greensilk.projects.headers import interpret_header
from greensilk.projects.model import Reading, TableReading
from greensilk.projects.readers.table import RawTable

__all__ = [
    "ColumnMapping",
    "ReadingMapping",
    "apply_mapping",
    "mapping_of",
    "parse_mapping",
    "select_sheets",
    "tell_mapping",
    "write_mapping",
]


class ColumnMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One header, the field it is (empty: not used), and the unit of its plain numbers."""

    header: str
    field: str = ""
    unit: str = ""


class ReadingMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a file is to be read; what it does not name is understood as always.

    ``sheets``: those to read, all if empty. ``technologies`` and ``countries`` give words of the
    file the code or name that they mean.
    """

    sheets: tuple[str, ...] = ()
    columns: tuple[ColumnMapping, ...] = ()
    technologies: Mapping[str, str] = {}
    countries: Mapping[str, str] = {}


def parse_mapping(content: str) -> ReadingMapping:
    """Return the mapping that a TOML text holds.

    Raises
    ------
    OptionError
        If it is no such text.
    UnknownNameError
        If it names a field that does not exist.
    """
    try:
        mapping = msgspec.convert(tomllib.loads(content), ReadingMapping)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise OptionError("mapping_broken", reason=str(error)) from error
    for column in mapping.columns:
        if column.field and column.field not in fields():
            raise UnknownNameError("field", column.field, fields())
    return mapping


def write_mapping(mapping: ReadingMapping) -> str:
    """Return a mapping as the text of a TOML file."""
    lines = [f"sheets = [{', '.join(map(_quote, mapping.sheets))}]"]
    for column in mapping.columns:
        lines += ["", "[[columns]]", f"header = {_quote(column.header)}"]
        lines += [f"field = {_quote(column.field)}", f"unit = {_quote(column.unit)}"]
    for name, words in (("technologies", mapping.technologies), ("countries", mapping.countries)):
        lines += ["", f"[{name}]"]
        lines += [f"{_quote(word)} = {_quote(meaning)}" for word, meaning in words.items()]
    return "\n".join(lines) + "\n"


def _quote(text: str) -> str:
    # a string of JSON is one of TOML
    return json.dumps(text, ensure_ascii=False)


def mapping_of(reading: Reading) -> ReadingMapping:
    """Return the mapping that reads a file as it was read."""
    columns = {
        column.header: ColumnMapping(column.header, column.field, column.unit)
        for column in reading.columns
        if column.header
    }
    sheets = tuple(item.sheet for item in reading.sheets if item.outcome == "read" and item.sheet)
    return ReadingMapping(tuple(dict.fromkeys(sheets)), tuple(columns.values()))


def select_sheets(tables: list[RawTable], mapping: ReadingMapping) -> list[RawTable]:
    """Return the tables of the sheets that a mapping names.

    Raises
    ------
    UnknownNameError
        If a sheet it names is not among those read.
    """
    if not mapping.sheets:
        return tables
    names = [raw.sheet for raw in tables]
    for sheet in mapping.sheets:
        if sheet not in names:
            raise UnknownNameError("sheet", sheet, names)
    return [raw for raw in tables if raw.sheet in mapping.sheets]


def apply_mapping(raw: RawTable, mapping: ReadingMapping) -> dict[str, str]:
    """Give the columns of a table the headers that its mapping means, and its words their codes.

    Returns the headers as they were, by the new ones.
    """
    named = {column.header.strip(): column for column in mapping.columns}
    before: dict[str, str] = {}
    kept = [i for i, header in enumerate(raw.headers) if _is_used(named.get(header.strip()))]
    headers, columns = [], []
    for index in kept:
        header, cells = raw.headers[index], raw.columns[index]
        column = named.get(header.strip())
        if column is not None and not _reads_as(header, column):
            name = f"{column.field} ({column.unit})" if column.unit else column.field
            before[name] = header
            header = name
        headers.append(header)
        columns.append(_replace_words(header, cells, mapping))
    raw.headers, raw.columns = headers, columns
    return before


def _is_used(column: ColumnMapping | None) -> bool:
    return column is None or bool(column.field)


def _reads_as(header: str, column: ColumnMapping) -> bool:
    """Tell whether a header means by itself what a mapping says."""
    meaning = interpret_header(header)
    if meaning is None or meaning.field != column.field:
        return False
    unit = meaning.unit.removeprefix("(") or fields()[column.field].unit
    return not column.unit or unit == column.unit


def _replace_words(header: str, cells: pl.Series, mapping: ReadingMapping) -> pl.Series:
    meaning = interpret_header(header)
    field = "" if meaning is None else meaning.field
    words = {"technology": mapping.technologies, "country": mapping.countries}.get(field, {})
    if not words or cells.dtype != pl.String:
        return cells
    return cells.str.strip_chars().replace(dict(words))


def tell_mapping(reading: TableReading, before: Mapping[str, str]) -> TableReading:
    """Return the record of a table with the headers as the file has them."""
    columns = tuple(
        replace(column, header=before[column.header], confidence="sure", reason="mapping")
        if column.header in before
        else column
        for column in reading.columns
    )
    return replace(reading, columns=columns)

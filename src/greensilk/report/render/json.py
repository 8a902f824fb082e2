"""A document, or the result behind it, as JSON: every text in both languages, numbers as they are.

Codes stay codes; beside them stand the words.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import TypeAlias

import pyarrow as pa

from greensilk.core.document import (
    Badge,
    Cell,
    Chart,
    Code,
    DataTable,
    Document,
    Joined,
    Link,
    Section,
    Spark,
    Table,
)
from greensilk.core.text import LANGUAGES, Amount, Parameter, render_value
from greensilk.core.text.numbers import finite
from greensilk.core.text.parameters import is_parameter
from greensilk.report.render.passages import cell_text

__all__ = ["render_json"]

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"


def render_json(document: Document, lang: str = "en") -> str:
    """Return a document as JSON; it holds both languages, whatever ``lang`` is."""
    body = _document(document) if document.record is None else _plain(document.record)
    return json.dumps(body, ensure_ascii=False, indent=1, allow_nan=False)


def _document(document: Document) -> Value:
    return {
        "id": document.id,
        "title": _words(document.title),
        "subtitle": _words(document.subtitle),
        "head": [_plain(block) for block in document.head],
        "sections": [_section(section) for section in document.sections],
        "footer": _plain(document.footer),
    }


def _section(section: Section) -> Value:
    body: dict[str, Value] = {"id": section.id, "title": _words(section.title)}
    for name in ("result", "facts", "marks", "blocks"):
        if value := getattr(section, name):
            body[name] = _plain(value)
    if section.sections:
        body["sections"] = [_section(part) for part in section.sections]
    return body


def _words(value: Parameter) -> Value:
    """Return text in every language; once where they agree."""
    texts = {lang: render_value(value, lang) for lang in LANGUAGES}
    if len(set(texts.values())) == 1:
        return texts[LANGUAGES[0]]
    return {**texts}


def _plain(value: object) -> Value:
    """Return anything a document or a result is made of as JSON knows it."""
    match value:
        case None | bool() | str() | int():
            return value
        case float():
            return finite(value)
        case Amount():
            return _amount(value)
        case Table():
            return _table(value)
        case DataTable():
            return [dict(row) for row in value.table.to_pylist()]
        case Chart():
            return _chart(value)
        case Badge() | Code() | Joined() | Link():
            return _cell(value)
        case Spark(years, values, _, text):
            return {"years": [*years], "values": [finite(item) for item in values],
                    "text": _words(text)}  # fmt: skip
        case pa.Table():
            return [_plain(row) for row in value.to_pylist()]
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case tuple() | list() | set() | frozenset():
            return [_plain(item) for item in value]
    if is_parameter(value):
        return _words(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {item.name: getattr(value, item.name) for item in dataclasses.fields(value)}
        if not _is_block(value):
            return {name: _plain(item) for name, item in fields.items()}
        body: dict[str, Value] = {"kind": type(value).__name__}
        return body | {name: _plain(item) for name, item in fields.items() if item != ""}
    names = getattr(value, "__struct_fields__", None)
    if names is not None:
        return {name: _plain(getattr(value, name)) for name in names}
    return str(value)


def _is_block(value: object) -> bool:
    return type(value).__module__ == "greensilk.core.document"


def _amount(amount: Amount) -> Value:
    body: dict[str, Value] = {"value": finite(amount.value), "unit": amount.unit}
    if amount.low is not None:
        body |= {"low": finite(amount.low), "high": finite(amount.high)}
    return body


def _cell(cell: Cell) -> Value:
    texts = {lang: cell_text(cell, lang) for lang in LANGUAGES}
    body: dict[str, Value] = {**texts}
    if isinstance(cell, Badge) and cell.code:
        return {"code": cell.code, **body}
    if isinstance(cell, Link):
        return {"target": cell.target, **body}
    return texts["en"] if len(set(texts.values())) == 1 else body


def _table(table: Table) -> Value:
    """Return the rows as objects, their keys those of the columns."""
    rows: list[Value] = []
    for index, row in enumerate(table.rows):
        body = {column.key: _plain(cell) for column, cell in zip(table.columns, row, strict=True)}
        if index in table.below:
            body["below"] = _plain(table.below[index])
        rows.append(body)
    columns: dict[str, Value] = {column.key: _words(column.title) for column in table.columns}
    return {"kind": "Table", "title": _words(table.title), "columns": columns, "rows": rows}


def _chart(chart: Chart) -> Value:
    return {
        "kind": "Chart",
        "chart": chart.kind,
        "title": _words(chart.title),
        "text": _words(chart.text),
        "unit": chart.x.unit or chart.y.unit,
        "categories": {code: _words(wording) for code, wording in chart.categories.items()},
        "rows": [_plain(row) for row in chart.rows],
    }

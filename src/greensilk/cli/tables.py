"""Tables on a screen, in a pipe or in a file."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Any

__all__ = ["Form", "plain", "show", "width"]


class Form(StrEnum):
    """Form of a table on the screen or in a pipe."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


def show(
    table: Any, form: Form, columns: tuple[str, ...], lang: str, out: Path | None = None
) -> None:
    """Show a table: chosen columns on a screen, all of them in a machine's form."""
    if form is Form.parquet or (out is not None and out.suffix == ".parquet"):
        _parquet(table, out)
        return
    if form is Form.json:
        content = json.dumps(table.to_pylist(), ensure_ascii=False, indent=1) + "\n"
    elif form is Form.csv:
        content = _csv(table)
    else:
        content = plain(table.select(list(columns)), lang)
    if out is None:
        sys.stdout.write(content)
    else:
        out.write_text(content, encoding="utf-8")


def _parquet(table: Any, out: Path | None) -> None:
    import pyarrow.parquet as pq

    from greensilk.core.errors import OutputError

    if out is None:
        raise OutputError("Parquet is written to a file: add --out NAME.parquet")
    pq.write_table(table, out, compression="zstd")


def _csv(table: Any) -> str:
    import io

    import pyarrow as pa
    import pyarrow.csv as pacsv

    keep = [index for index, field in enumerate(table.schema) if not pa.types.is_list(field.type)]
    flat = table.select(keep)
    for index, field in enumerate(flat.schema):
        if pa.types.is_dictionary(field.type):
            flat = flat.set_column(index, field.name, flat.column(index).cast(pa.string()))
    buffer = io.BytesIO()
    pacsv.write_csv(flat, buffer)
    return buffer.getvalue().decode("utf-8")


def plain(table: Any, lang: str) -> str:
    """Return a table as lines of text, its columns in line, numbers to the right."""
    from greensilk.core.text import label, text

    rows = table.to_pylist()
    if not rows:
        return text("facts.none", lang) + "\n"
    names = table.column_names
    cells = [[_cell(name, row[name], lang) for name in names] for row in rows]
    heads = [label(f"facts.column.{name}", lang) for name in names]
    right = [isinstance(rows[0][name], int | float) for name in names]
    widths = [max(width(line[index]) for line in [heads, *cells]) for index in range(len(heads))]
    lines = [
        "  ".join(
            _pad(cell, room, at_right)
            for cell, room, at_right in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in [heads, *cells]
    ]
    return "\n".join(lines) + "\n"


def _cell(name: str, value: object, lang: str) -> str:
    from greensilk.core.text import label

    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.6g}"
    if name in ("theme", "flag", "check") and value:
        return label(f"facts.{name}.{value}", lang)
    if name == "findings" and isinstance(value, str):
        return ", ".join(label(f"facts.check.{code}", lang) for code in value.split())
    return str(value)


def width(text: str) -> int:
    """Return the columns a text takes on a screen: Chinese characters take two.

    >>> width("森林 km")
    7
    """
    import unicodedata

    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _pad(text: str, room: int, right: bool) -> str:
    space = " " * (room - width(text))
    return space + text if right else text + space

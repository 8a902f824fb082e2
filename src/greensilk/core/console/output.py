"""Tables on a screen, in a pipe or in a file, and lines of text."""

from __future__ import annotations

import io
import json
import sys
import unicodedata
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from greensilk.core.console.options import Form
from greensilk.core.errors import OutputError
from greensilk.core.text import label, text

__all__ = ["display_width", "format_table", "print_line", "print_table"]


def print_line(line: str) -> None:
    """Write one line to the standard output."""
    sys.stdout.write(line + "\n")


def print_table(
    table: pa.Table, form: Form, columns: tuple[str, ...], lang: str, out: Path | None = None
) -> None:
    """Show a table: the columns named on a screen, all of them in a machine's form.

    Raises
    ------
    OutputError
        If Parquet is asked for without a file to write.
    """
    if form is Form.parquet or (out is not None and out.suffix == ".parquet"):
        if out is None:
            raise OutputError("parquet_needs_file")
        pq.write_table(table, out, compression="zstd")
        return
    if form is Form.json:
        content = json.dumps(table.to_pylist(), ensure_ascii=False, indent=1) + "\n"
    elif form is Form.csv:
        content = _csv(table)
    else:
        content = format_table(table.select(list(columns)), lang)
    if out is None:
        sys.stdout.write(content)
    else:
        out.write_text(content, encoding="utf-8")


def _csv(table: pa.Table) -> str:
    plain = [index for index, field in enumerate(table.schema) if not pa.types.is_list(field.type)]
    flat = table.select(plain)
    for index, field in enumerate(flat.schema):
        if pa.types.is_dictionary(field.type):
            flat = flat.set_column(index, field.name, flat.column(index).cast(pa.string()))
    buffer = io.BytesIO()
    pacsv.write_csv(flat, buffer)
    return buffer.getvalue().decode("utf-8")


def format_table(table: pa.Table, lang: str) -> str:
    """Return a table as lines of text, its columns in line, numbers to the right."""
    rows = table.to_pylist()
    if not rows:
        return text("facts.none", lang) + "\n"
    names = table.column_names
    cells = [[_cell(name, row[name], lang) for name in names] for row in rows]
    heads = [label(f"facts.column.{name}", lang) for name in names]
    numeric = [isinstance(rows[0][name], int | float) for name in names]
    widths = [
        max(display_width(line[index]) for line in [heads, *cells]) for index in range(len(heads))
    ]
    lines = [
        "  ".join(
            _pad(cell, width, to_right)
            for cell, width, to_right in zip(line, widths, numeric, strict=True)
        ).rstrip()
        for line in [heads, *cells]
    ]
    return "\n".join(lines) + "\n"


def _cell(name: str, value: object, lang: str) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.6g}"
    if name in ("theme", "flag", "check") and value:
        return label(f"facts.{name}.{value}", lang)
    if name == "findings" and isinstance(value, str):
        return ", ".join(label(f"facts.check.{code}", lang) for code in value.split())
    return str(value)


def display_width(line: str) -> int:
    """Return the columns a text takes on a screen: Chinese characters take two.

    >>> display_width("森林 km")
    7
    """
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def _pad(cell: str, width: int, to_right: bool) -> str:
    space = " " * (width - display_width(cell))
    return space + cell if to_right else cell + space

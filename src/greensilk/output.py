"""Words beside the codes of a result's tables, for files and notebooks.

Tables of a result hold codes and parameters. What a person opens has the words beside them, in the
language asked for; the codes stay, so that a file reads the same to a program in either language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from greensilk.core.errors import Fault
from greensilk.core.files import staged
from greensilk.core.text import catalogue, label, name_label, render_value, text
from greensilk.core.text.numbers import format_number, format_quantity
from greensilk.core.text.parameters import decode

__all__ = ["FILES", "add_labels", "label_issues", "notebook_page", "write_files"]

FILES = (
    "evidence.parquet",
    "evidence.csv",
    "audit.csv",
    "issues.csv",
    "report.html",
    "report.xlsx",
)
# columns of the issues that make their words
_ISSUE_KEYS = ("severity", "code", "file", "sheet", "row", "field", "value", "reason_params")
ISSUE_COLUMNS = (
    "severity", "severity_label", "code", "project_id", "file", "sheet", "row", "field",
    "field_label", "value", "expected", "projects", "message",
)  # fmt: skip


def write_files(
    out: Path,
    writers: Mapping[str, Callable[[Path], object]],
    force: bool,
    progress: Callable[[int], None] | None = None,
) -> list[Path]:
    """Write every file into the folder ``out``, or none; call ``progress`` with 1 after each.

    Raises
    ------
    OutputError
        If ``out`` holds such files and ``force`` is false, or cannot be written.
    """
    with staged(out, tuple(writers), force) as folder:
        for name, write in writers.items():
            write(folder / name)
            if progress:
                progress(1)
    return [out / name for name in writers]


def add_labels(table: pa.Table, lang: str, columns: tuple[str, ...]) -> pa.Table:
    """Return the table with a ``<column>_label`` beside each of ``columns``; codes stay."""
    for name in columns:
        if name not in table.column_names:
            continue
        column = table.column(name)
        if pa.types.is_dictionary(column.type):
            column = column.cast(pa.string())
        codes = pc.unique(column)
        labels = [_code_label(name, code, lang) for code in codes.to_pylist()]
        values = pa.array(labels, pa.string()).take(pc.index_in(column, value_set=codes))
        table = table.add_column(table.column_names.index(name) + 1, f"{name}_label", values)
    return table


def _code_label(column: str, code: str | None, lang: str) -> str:
    if not code:
        return ""
    if column in ("quantity", "claim", "field"):
        return name_label(code, lang)
    return label(f"{column}.{code}", lang)


def label_issues(issues: pa.Table, lang: str) -> pa.Table:
    """Return the table of issues with labels, what was expected, and the message.

    Issues that differ only in their project are put into words once.
    """
    frame = pl.DataFrame(pl.from_arrow(issues))
    named = [code for code in frame["code"].unique() if _names_project(code)]
    subject = pl.when(pl.col("code").is_in(named)).then("project_id").otherwise(pl.lit(""))
    frame = frame.with_columns(subject.alias("subject"))
    keys = [*_ISSUE_KEYS, "subject"]
    distinct = frame.select(keys).unique(maintain_order=True)
    labels = [_issue_labels(row, lang) for row in distinct.iter_rows(named=True)]
    columns = ("severity_label", "field_label", "expected", "message")
    distinct = distinct.with_columns(
        pl.Series(name, [row[name] for row in labels], dtype=pl.String) for name in columns
    )
    frame = frame.join(distinct, on=keys, how="left", nulls_equal=True, maintain_order="left")
    table = frame.select(ISSUE_COLUMNS).to_arrow(compat_level=pl.CompatLevel.oldest())
    numbers = ("row", "projects")
    return table.cast(
        pa.schema([(n, pa.int64() if n in numbers else pa.string()) for n in ISSUE_COLUMNS])
    )


def _names_project(code: str) -> bool:
    entry = catalogue().get(f"fault.{code}")
    return entry is not None and "{project_id}" in entry["en"]


def _issue_labels(row: Mapping[str, object], lang: str) -> dict[str, str]:
    params = decode(str(row["reason_params"] or ""))
    expected = params.pop("expected", "")
    number = row["row"]
    fault = Fault(
        code=str(row["code"]),
        file=str(row["file"]),
        sheet=str(row["sheet"]),
        row=number if isinstance(number, int) else None,
        project_id=str(row["subject"]),
        field=str(row["field"]),
        value=str(row["value"]),
        expected=expected,
        params=params,
    )
    return {
        "severity_label": label(f"severity.{row['severity']}", lang),
        "field_label": name_label(fault.field, lang) if fault.field else "",
        "expected": render_value(expected, lang),
        "message": fault.message(lang),
    }


def notebook_page(summary: pa.Table, verdicts: Mapping[str, int], lang: str) -> str:
    """Return a summary and counts of verdicts as a small HTML table for notebooks."""
    rows = []
    for row in summary.to_pylist():
        amount = format_quantity(row["value"], row["unit"], lang, row["low"], row["high"])
        count = row["unit"] in ("project", "economy")
        value = format_number(row["value"]) if count else amount.text
        projects = "" if count else format_number(row["projects"])
        rows.append((name_label(row["quantity"], lang), value, projects))
    rows += [(label(f"verdict.{code}", lang), format_number(n), "") for code, n in verdicts.items()]
    heads = ("", "", text("notebook.projects", lang))
    head = "".join(f"<th>{escape(item)}</th>" for item in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>" for cells in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

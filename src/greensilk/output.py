"""Writing an appraisal to a folder: evidence, audit, issues and reports, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greensilk.core.errors import Fault
from greensilk.core.files import staged, write_csv
from greensilk.core.text import label, name_label, render_value

if TYPE_CHECKING:
    from greensilk.appraisal import Appraisal

__all__ = ["FILES", "issues_table", "save", "with_labels"]

FILES = (
    "evidence.parquet",
    "evidence.csv",
    "audit.csv",
    "issues.csv",
    "report.html",
    "report.xlsx",
)


def save(
    result: Appraisal,
    out: Path,
    lang: str = "en",
    force: bool = False,
    progress: Callable[[int], None] | None = None,
) -> list[Path]:
    """Write everything of ``result`` to ``out`` (see :meth:`Appraisal.save`).

    ``progress`` is called with 1 after each file.
    """
    import pyarrow.parquet as pq

    writers: dict[str, Callable[[Path], Any]] = {
        "evidence.parquet": lambda path: pq.write_table(result.evidence, path, compression="zstd"),
        "evidence.csv": lambda path: write_csv(
            with_labels(result.evidence, lang, ("quantity", "basis")), path
        ),
        "audit.csv": lambda path: write_csv(
            with_labels(result.audit, lang, ("claim", "quantity", "verdict")), path
        ),
        "issues.csv": lambda path: write_csv(issues_table(result, lang), path),
        "report.html": lambda path: result.to_html(path, lang),
        "report.xlsx": lambda path: result.to_xlsx(path, lang),
    }
    with staged(out, tuple(writers), force) as folder:
        for name, write in writers.items():
            write(folder / name)
            if progress:
                progress(1)
    return [out / name for name in writers]


def with_labels(table: Any, lang: str, columns: tuple[str, ...]) -> Any:
    """Return the table with a ``<column>_label`` beside each of ``columns``; codes stay."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for name in columns:
        if name not in table.column_names:
            continue
        column = table.column(name)
        if pa.types.is_dictionary(column.type):
            column = column.cast(pa.string())
        codes = pc.unique(column)
        words = [_words(name, code, lang) for code in codes.to_pylist()]
        labels = pa.array(words, pa.string()).take(pc.index_in(column, value_set=codes))
        place = table.column_names.index(name) + 1
        table = table.add_column(place, f"{name}_label", labels)
    return table


def _words(kind: str, code: str | None, lang: str) -> str:
    if not code:
        return ""
    if kind in ("quantity", "claim", "field"):
        return name_label(code, lang)
    return label(f"{kind}.{code}", lang)


# beyond so many rows an assumption is listed once with the number of projects it concerns
ISSUE_ROWS = 100_000


def issues_table(result: Appraisal, lang: str = "en") -> Any:
    """Return everything assumed, doubtful, refused or missing.

    One row per project and matter, with ``projects`` = 1; in a large portfolio assumptions and
    missing results have one row each, without a project id, and ``projects`` counts whom they
    concern (the evidence shows for every project the grade and basis they led to).
    """
    import numpy as np
    import pyarrow as pa

    names = (
        "severity", "severity_label", "code", "project_id", "file", "sheet", "row", "field",
        "field_label", "value", "expected", "projects", "message",
    )  # fmt: skip
    schema = pa.schema(
        [(name, pa.int64() if name in ("row", "projects") else pa.string()) for name in names]
    )
    remarks = result.output.remarks
    counted = sum(len(remark.projects) for remark in remarks) > ISSUE_ROWS
    given = [_fault_row(fault, lang, 1) for fault in result.faults]
    if counted:
        given += [_fault_row(remark.as_fault(), lang, len(remark.projects)) for remark in remarks]
    parts = [pa.Table.from_pylist(given, schema=schema)]
    for remark in () if counted else remarks:
        row = _fault_row(remark.as_fault(), lang, 1)
        count = len(remark.projects)
        columns = []
        for name in names:
            if name == "project_id":
                columns.append(result.output.projects.take(pa.array(remark.projects)))
            elif name == "row":
                columns.append(pa.nulls(count, pa.int64()))
            elif name == "projects":
                columns.append(pa.array(np.ones(count, np.int64)))
            else:
                columns.append(pa.array(np.full(count, row[name] or "", dtype=object), pa.string()))
        parts.append(pa.table(columns, schema=schema))
    return pa.concat_tables(parts)


def _fault_row(fault: Fault, lang: str, projects: int) -> dict[str, Any]:
    return {
        "severity": fault.severity,
        "severity_label": label(f"severity.{fault.severity}", lang),
        "code": fault.code,
        "project_id": fault.project_id,
        "file": fault.file,
        "sheet": fault.sheet,
        "row": fault.row,
        "field": fault.field,
        "field_label": name_label(fault.field, lang) if fault.field else "",
        "value": fault.value,
        "expected": render_value(fault.expected, lang),
        "projects": projects,
        "message": fault.message(lang),
    }

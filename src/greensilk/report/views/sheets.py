"""The raw tables of an appraisal as sheets of a workbook, with words beside the codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from greensilk.core.document import DataColumn, DataTable
from greensilk.core.quantity import Quantity
from greensilk.core.text import LANGUAGES, Label, Name, Parameter, render_value
from greensilk.report.views.appendix import Cited
from greensilk.report.views.claims import claim_name
from greensilk.report.views.portfolio import VERDICTS, Portfolio, Project, ReportData
from greensilk.report.views.projects import record_name

__all__ = ["data_tables"]

_SEPARATOR = "\x1f"


def data_tables(
    data: ReportData, portfolio: Portfolio, documents: Sequence[Cited]
) -> dict[str, DataTable]:
    """Return the sheets of the workbook behind the summary, by code."""
    named = _Names(portfolio)
    evidence = _with_words(named.add(data.evidence), ("quantity", "method"), "quantity_words",
                           _result_words(data.methods))  # fmt: skip
    audit = _with_words(named.add(data.audit), ("claim", "quantity"), "claim_words", _claim_words)
    baselines = data.baselines.append_column(
        "candidate_name", pa.repeat(pa.scalar("candidate"), data.baselines.num_rows)
    )
    return {
        "projects": _sheet("projects", _PROJECTS, _projects_table(portfolio)),
        "evidence": _sheet("evidence", _EVIDENCE, evidence),
        "audit": _sheet("audit", _AUDIT, audit),
        "consistency": _sheet("consistency", _CONSISTENCY, named.add(data.consistency)),
        "baselines": _sheet("baselines", _BASELINES, named.add(baselines)),
        "issues": _sheet("issues", _ISSUES, data.issues_table()),
        "methods": _sheet("methods", _METHODS, _methods_table(data.methods)),
        "sources": _sheet("sources", _SOURCES, _sources_table(documents)),
    }


def _sheet(code: str, columns: tuple[DataColumn, ...], table: pa.Table) -> DataTable:
    return DataTable(Label(f"report.sheet.{code}"), columns, table)


def _column(key: str, width: int = 14, form: str = "plain", **source: str) -> DataColumn:
    title = Label(f"report.sheet.column.{key}")
    return DataColumn(key, title, width, form, **source)  # type: ignore[arg-type]


class _Names:
    """Puts the names of projects beside their codes."""

    def __init__(self, portfolio: Portfolio) -> None:
        projects = portfolio.projects.values()
        self._ids = pa.array([project.id for project in projects], pa.string())
        self._names = {
            lang: pa.array([render_value(item.name, lang) for item in projects], pa.string())
            for lang in LANGUAGES
        }

    def add(self, table: pa.Table) -> pa.Table:
        """Return a table with the columns ``project_en`` and ``project_zh``."""
        if "project_id" not in table.column_names:
            return table
        ids = table.column("project_id").cast(pa.string())
        index = pc.index_in(ids, value_set=self._ids).combine_chunks()
        for lang, names in self._names.items():
            column = pa.DictionaryArray.from_arrays(index.cast(pa.int32()), names)
            table = table.append_column(f"project_{lang}", column)
        return table


def _with_words(
    table: pa.Table, keys: tuple[str, str], name: str, wording: Callable[[str, str], Parameter]
) -> pa.Table:
    """Return a table with words for pairs of codes, each differing pair worded once."""
    if not table.num_rows:
        return table
    columns = [pc.fill_null(table.column(key).cast(pa.string()), "") for key in keys]
    pairs = pc.binary_join_element_wise(*columns, _SEPARATOR).combine_chunks().dictionary_encode()
    if isinstance(pairs, pa.ChunkedArray):
        pairs = pairs.combine_chunks()
    said = [wording(*pair.split(_SEPARATOR)) for pair in pairs.dictionary.to_pylist()]
    for lang in LANGUAGES:
        texts = pa.array([render_value(item, lang) for item in said], pa.string())
        column = pa.DictionaryArray.from_arrays(pairs.indices, texts)
        table = table.append_column(f"{name}_{lang}", column)
    return table


def _result_words(methods: Sequence[Quantity]) -> Callable[[str, str], Parameter]:
    records = {record.method: record for record in methods}

    def wording(quantity: str, method: str) -> Parameter:
        return record_name(records[method]) if method in records else Name(quantity)

    return wording


def _claim_words(claim: str, quantity: str) -> Parameter:
    return claim_name({"claim": claim, "quantity": quantity})


def _projects_table(portfolio: Portfolio) -> pa.Table:
    rows = [_project_row(project) for project in portfolio.projects.values()]
    names = [column.source or column.key for column in _PROJECTS]
    names[1:2] = ["project_en", "project_zh"]
    numbers = {"capacity", "avoided", "avoided_low", "avoided_high", "emitted"}
    integers = {"commissioning_year", "grade", *(f"claims_{code}" for code in VERDICTS)}
    schema = pa.schema(
        [
            (name, pa.float64() if name in numbers else
             pa.int64() if name in integers else pa.string())
            for name in names
        ]
    )  # fmt: skip
    return pa.Table.from_pylist(rows, schema=schema)


def _project_row(project: Project) -> Mapping[str, object]:
    avoided, emitted = project.avoided, project.emitted
    first = avoided or emitted
    return {
        "project_id": project.id,
        "project_en": render_value(project.name, "en"),
        "project_zh": render_value(project.name, "zh"),
        "countries": " ".join(project.countries),
        "technologies": " ".join(project.technologies),
        "capacity": project.capacity,
        "commissioning_year": project.year,
        "avoided": avoided.value if avoided else None,
        "avoided_low": avoided.low if avoided else None,
        "avoided_high": avoided.high if avoided else None,
        "grade": first.grade if first else None,
        "emitted": emitted.value if emitted else None,
        **{f"claims_{code}": count for code, count in project.verdicts.items()},
        "remarks": " ".join(project.cautions),
    }


def _methods_table(methods: Sequence[Quantity]) -> pa.Table:
    rows = [
        {
            **{f"name_{lang}": render_value(record_name(record), lang) for lang in LANGUAGES},
            "formula": record.expression,
            "unit": record.unit,
            "source": record.source,
            "verified": record.verified,
            "method": record.method,
        }
        for record in sorted(methods, key=lambda item: (item.level != "headline", item.method))
    ]
    return pa.Table.from_pylist(rows) if rows else pa.table({})


def _sources_table(documents: Sequence[Cited]) -> pa.Table:
    rows = [
        {
            "source": item.source,
            "clauses": "; ".join(item.clauses),
            "what": " ".join(item.names),
            "years": ", ".join(sorted(item.years)),
            "projects": len(item.projects),
            "verified": item.verified,
            "address": item.address,
        }
        for item in documents
    ]
    return pa.Table.from_pylist(rows) if rows else pa.table({})


_PROJECT = _column("project", 30, "localised")
_PROJECTS = (
    _column("project_id", 16),
    _column("project", 34, "localised"),
    _column("countries", 20, "labels", prefix="economy."),
    _column("technologies", 28, "labels", prefix="technology."),
    _column("capacity"),
    _column("commissioning_year", 12),
    _column("avoided", 16),
    _column("avoided_low", 16),
    _column("avoided_high", 16),
    _column("grade", 8),
    _column("emitted", 16),
    _column("claims_high", 10),
    _column("claims_low", 10),
    _column("claims_implausible", 10),
    _column("claims_consistent", 10),
    _column("claims_not_checkable", 10),
    _column("remarks", 60, "sentences", prefix="caution."),
)
_EVIDENCE = (
    _column("project_id", 16),
    _PROJECT,
    _column("quantity_words", 30, "localised"),
    _column("value", 16),
    _column("low", 16),
    _column("high", 16),
    _column("unit"),
    _column("grade", 8),
    _column("basis_words", 20, "label", source="basis", prefix="basis."),
    _column("quantity", 26),
    _column("method", 34),
)
_AUDIT = (
    _column("project_id", 16),
    _PROJECT,
    _column("claim_words", 28, "localised"),
    _column("claimed", 16),
    _column("claimed_text", 18),
    _column("unit"),
    _column("estimate", 16),
    _column("low", 16),
    _column("high", 16),
    _column("ratio", 10),
    _column("verdict_words", 14, "label", source="verdict", prefix="verdict."),
    _column("verdict"),
    _column("reason", 70, "sentence", source="reason_code", prefix="reason.",
            params="reason_params"),
    _column("claim", 28),
    _column("quantity", 26),
)  # fmt: skip
_CONSISTENCY = (
    _column("project_id", 16),
    _PROJECT,
    _column("label", 34, "label", source="check", prefix="check."),
    _column("value"),
    _column("unit", 16),
    _column("low"),
    _column("high"),
    _column("verdict_words", 14, "label", source="verdict", prefix="verdict."),
    _column("verdict"),
    _column("reason", 70, "sentence", source="reason_code", prefix="reason.",
            params="reason_params"),
    _column("check", 24),
    _column("source", 40),
)  # fmt: skip
_BASELINES = (
    _column("project_id", 16),
    _PROJECT,
    _column("rank", 8),
    _column("candidate", 40, "sentence", source="candidate_name", prefix="judge.",
            params="reason_params"),
    _column("kind", 20),
    _column("year", 8),
    _column("implied_generation", 18),
    _column("stated_generation", 18),
    _column("residual", 12),
    _column("claims_used", 10),
    _column("fits", 8),
    _column("note", 70, "sentence", source="reason_code", prefix="reason.",
            params="reason_params"),
)  # fmt: skip
_ISSUES = (
    _column("severity_label", 12, "label", source="severity", prefix="severity."),
    _column("project_id", 16),
    _column("file", 20),
    _column("sheet"),
    _column("row", 8),
    _column("field_label", 22, "name", source="field"),
    _column("value", 20),
    _column("message", 80, "fault", source="code"),
    _column("code", 24),
    _column("severity", 12),
)
_METHODS = (
    _column("name", 30, "localised"),
    _column("formula", 60, "formula"),
    _column("unit"),
    _column("source", 60),
    _column("verified", 12),
    _column("method", 34),
)
_SOURCES = (
    _column("source", 70),
    _column("clauses", 50),
    _column("what", 50, "names"),
    _column("years"),
    _column("projects", 10),
    _column("verified", 12),
    _column("address", 50),
)

"""What a report is made from, and small helpers to read its tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import pyarrow as pa

from greensilk.core.text import LANGUAGES, label
from greensilk.core.text.columns import add_sentences, render_column

if TYPE_CHECKING:
    from greensilk.core.errors import Fault
    from greensilk.core.quantity import Quantity

__all__ = [
    "Node",
    "ReportData",
    "Row",
    "as_arrow",
    "finite",
    "group_rows",
    "localised",
    "rows",
    "where",
    "with_words",
]

Row = dict[str, Any]


class Node(Protocol):
    """One step of an explanation: a value, how it came about, and what it rests on.

    ``formula`` is empty for a leaf, whose ``source`` then cites the document of the figure.
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> float: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def formula(self) -> str: ...  # noqa: D102
    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def year(self) -> str: ...  # noqa: D102
    @property
    def grade(self) -> int: ...  # noqa: D102
    @property
    def basis(self) -> str: ...  # noqa: D102
    @property
    def low(self) -> float: ...  # noqa: D102
    @property
    def high(self) -> float: ...  # noqa: D102
    @property
    def children(self) -> Sequence[Node]: ...  # noqa: D102


class ReportData(Protocol):
    """What a report is made from.

    ``evidence``, ``projects``, ``baselines`` and ``totals`` are Arrow tables; ``audit`` and
    ``consistency`` are Arrow tables or Polars frames. ``totals`` holds the portfolio's sums of
    additive quantities (quantity, value, low, high, unit, projects), with their ranges taken from
    sums of draws. ``options`` are printed as they are.
    """

    @property
    def evidence(self) -> Any: ...  # noqa: D102
    @property
    def audit(self) -> Any: ...  # noqa: D102
    @property
    def consistency(self) -> Any: ...  # noqa: D102
    @property
    def baselines(self) -> Any: ...  # noqa: D102
    @property
    def issues(self) -> Sequence[Fault]: ...  # noqa: D102
    @property
    def projects(self) -> Any: ...  # noqa: D102
    @property
    def totals(self) -> Any: ...  # noqa: D102
    @property
    def options(self) -> Mapping[str, Any]: ...  # noqa: D102
    @property
    def methods(self) -> Sequence[Quantity]: ...  # noqa: D102
    def explain(self, project_id: str, quantity: str) -> Node: ...  # noqa: D102


def as_arrow(table: Any) -> Any:
    """Return a table as Arrow, whether it came as Arrow, as Polars or not at all."""
    if table is None:
        return pa.table({})
    return table if isinstance(table, pa.Table) else table.to_arrow()


def rows(table: Any) -> list[Row]:
    """Return the rows of a table as dictionaries, with words for the codes of the audit."""
    return list(with_words(as_arrow(table)).to_pylist())


def with_words(table: pa.Table) -> pa.Table:
    """Return a table of the audit with its sentences and labels in both languages."""
    names = table.column_names
    if "reason_params" not in names:
        return table
    params = table.column("reason_params").to_pylist()
    for lang in LANGUAGES:
        if "check" in names:
            words = [label(f"check.{code}", lang) for code in table.column("check").to_pylist()]
            table = table.append_column(f"label_{lang}", pa.array(words, pa.string()))
        if "candidate" in names:
            codes = table.column("reason_code").to_pylist()
            for column, keys, prefix in (
                ("candidate", ["candidate"] * len(params), "judge."),
                ("note", codes, "reason."),
            ):
                words = render_column(keys, params, lang, prefix)
                table = table.append_column(f"{column}_{lang}", pa.array(words, pa.string()))
    return add_sentences(table)


def where(table: Any, column: str, values: Iterable[str | int]) -> Any:
    """Return the rows of an Arrow table whose ``column`` is one of ``values``."""
    import pyarrow.compute as pc

    table = as_arrow(table)
    if column not in table.column_names:
        return table
    held = table.column(column)
    if not pa.types.is_integer(held.type):
        held = held.cast(pa.string())
    return table.filter(pc.is_in(held, value_set=pa.array(list(values), held.type)))


def group_rows(table: Any, column: str = "project_id") -> dict[str, list[Row]]:
    """Return rows by the text in ``column``, in the order of the table."""
    groups: dict[str, list[Row]] = {}
    for row in rows(table):
        groups.setdefault(str(row.get(column) or ""), []).append(row)
    return groups


def localised(row: Mapping[str, Any], column: str, lang: str) -> str:
    """Return ``column`` in ``lang`` where the table has it in both, else the column itself."""
    for name in (f"{column}_{lang}", column, f"{column}_en"):
        value = row.get(name)
        if value not in (None, ""):
            return str(value)
    return ""


def finite(value: Any) -> float | None:
    """Return ``value`` as a number, or ``None`` where it is missing or not finite."""
    if value is None or isinstance(value, str):
        return None
    number = float(value)
    return number if math.isfinite(number) else None

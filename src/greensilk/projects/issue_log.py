"""The issue log: everything wrong, assumed or doubtful that is noted while one table is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import polars as pl

from greensilk.core.errors import Fault, Severity
from greensilk.core.text import Parameter, Parameters
from greensilk.projects.fields import threshold

__all__ = ["IssueLog", "quote_value"]

# A fault quotes a cell no further than this many letters.
QUOTED_LETTERS = 80


class IssueLog:
    """Collects faults of one table, with file and sheet filled in.

    ``rows`` and ``ids`` are set by the reader once they are known, so that the fault of a cell can
    say where it stands and whose it is.
    """

    def __init__(self, file: str = "", sheet: str = "") -> None:
        self.file = file
        self.sheet = sheet
        self.faults: list[Fault] = []
        self.rows: pl.Series | None = None
        self.ids: pl.Series | None = None
        # every refusal of rows, uncut: code, field, indexes
        self.refusals: list[tuple[str, str, list[int]]] = []
        self._counts: Counter[tuple[str, str, Severity]] = Counter()

    def add(
        self,
        code: str,
        severity: Severity = "refused",
        *,
        field: str = "",
        value: str = "",
        expected: Parameter = "",
        **params: Parameter,
    ) -> None:
        """Note one fault of the file or of a column."""
        self.faults.append(self._fault(code, severity, field, value, expected, params))

    def add_rows(
        self,
        code: str,
        severity: Severity,
        field: str,
        rows: pl.Series | list[int],
        value: Callable[[int], object] | None = None,
        expected: Callable[[int], Parameter] | Parameter = "",
        params: Callable[[int], Parameters] | None = None,
    ) -> None:
        """Note the same fault in many rows.

        ``rows`` is a mask over the rows or their indexes; the other arguments give, for an index,
        what stood there and what goes into the sentence.
        """
        indexes = rows if isinstance(rows, list) else rows.fill_null(False).arg_true().to_list()
        if severity == "refused" and indexes:
            self.refusals.append((code, field, indexes))
        most = int(threshold("alike_faults"))
        before = self._counts[code, field, severity]
        self._counts[code, field, severity] += len(indexes)
        for index in indexes[: max(most - before, 0)]:
            fault = self._fault(
                code,
                severity,
                field,
                "" if value is None else quote_value(value(index)),
                expected(index) if callable(expected) else expected,
                {} if params is None else params(index),
            )
            row = None if self.rows is None else int(self.rows[index])
            project_id = "" if self.ids is None else self.ids[index] or ""
            self.faults.append(replace(fault, row=row, project_id=project_id))

    def close(self) -> list[Fault]:
        """Return all faults in the order of rows, those of the file and its columns first."""
        most = int(threshold("alike_faults"))
        counted = [
            self._fault("more_alike", severity, field, code, "", {"count": count - most})
            for (code, field, severity), count in self._counts.items()
            if count > most
        ]
        of_file = [fault for fault in self.faults if fault.row is None]
        of_rows = [fault for fault in self.faults if fault.row is not None]
        return [*of_file, *sorted(of_rows, key=lambda fault: fault.row or 0), *counted]

    def _fault(
        self,
        code: str,
        severity: Severity,
        field: str,
        value: str,
        expected: Parameter,
        params: Parameters,
    ) -> Fault:
        return Fault(
            code=code,
            severity=severity,
            file=self.file,
            sheet=self.sheet,
            field=field,
            value=value,
            expected=expected,
            params=params,
        )


def quote_value(value: object) -> str:
    """Return a value as a fault quotes it: short, numbers without a tail of zeros.

    >>> quote_value(720000.0), quote_value(None)
    ('720000', '')
    """
    if value is None:
        return ""
    text = f"{value:.10g}" if isinstance(value, float) else str(value)
    return text if len(text) <= QUOTED_LETTERS else text[: QUOTED_LETTERS - 3] + "..."

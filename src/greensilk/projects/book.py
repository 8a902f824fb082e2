"""The book of faults: everything found wrong, assumed or doubtful while one table is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from greensilk.errors import Fault, Severity

__all__ = ["MOST_ALIKE", "Book"]

# A million rows with one mistake are one mistake: past this number they are only counted.
MOST_ALIKE = 1000


class Book:
    """Collects faults of one table, with file and sheet filled in."""

    def __init__(self, file: str = "", sheet: str = "") -> None:
        self.file = file
        self.sheet = sheet
        self.faults: list[Fault] = []
        self.rows: Sequence[int] = ()
        self.ids: Sequence[str | None] = ()
        self._more: dict[tuple[str, str, Severity], int] = {}

    def add(
        self,
        code: str,
        severity: Severity = "refused",
        *,
        field: str = "",
        value: str = "",
        expected: str = "",
        **params: object,
    ) -> None:
        """Note one fault of the file or of a column."""
        self.faults.append(
            Fault(
                code=code,
                severity=severity,
                file=self.file,
                sheet=self.sheet,
                field=field,
                value=value,
                expected=expected,
                params={name: str(item) for name, item in params.items()},
            )
        )

    def cells(
        self,
        code: str,
        severity: Severity,
        field: str,
        places: Iterable[int],
        values: Sequence[Any] | None = None,
        expected: str | Sequence[str] = "",
        params: Sequence[dict[str, str]] | dict[str, str] | None = None,
    ) -> None:
        """Note the same fault in the rows at ``places``; values and the rest go along with them."""
        for number, place in enumerate(places):
            if number >= MOST_ALIKE:
                kind = (code, field, severity)
                self._more[kind] = self._more.get(kind, 0) + 1
                continue
            blanks = params[number] if isinstance(params, Sequence) else (params or {})
            self.faults.append(
                Fault(
                    code=code,
                    severity=severity,
                    file=self.file,
                    sheet=self.sheet,
                    row=int(self.rows[place]),
                    project_id=(self.ids[place] if len(self.ids) else "") or "",
                    field=field,
                    value="" if values is None else shown(values[number]),
                    expected=expected if isinstance(expected, str) else expected[number],
                    params=blanks,
                )
            )

    def close(self) -> list[Fault]:
        """Return all faults in the order of rows, file and column faults first."""
        for (code, field, severity), count in self._more.items():
            self.add("more_alike", severity, field=field, value=code, count=count)
        self._more.clear()
        return sorted(self.faults, key=lambda fault: fault.row if fault.row is not None else -1)


def shown(value: object) -> str:
    """Return a value as a message shows it: short, numbers without a tail of zeros."""
    if value is None:
        return ""
    text = f"{value:.10g}" if isinstance(value, float) else str(value)
    return text if len(text) <= 80 else text[:77] + "..."

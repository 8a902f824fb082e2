"""The book of faults: everything found wrong, assumed or doubtful while one table is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from greensilk.core.errors import Fault, Severity

if TYPE_CHECKING:
    import polars as pl

__all__ = ["MOST_ALIKE", "Book", "shown"]

# A million rows with one mistake are one mistake: past this number they are only counted.
MOST_ALIKE = 1000


class Book:
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
        self._count: dict[tuple[str, str, Severity], int] = {}

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
        where: pl.Series | Sequence[int],
        value: Callable[[int], object] | None = None,
        expected: Callable[[int], str] | str = "",
        params: Callable[[int], Mapping[str, str]] | None = None,
    ) -> None:
        """Note the same fault in many rows.

        ``where`` is a mask over the rows or their places; the other arguments give, for a place,
        what stood there and what goes into the sentence.
        """
        places: Sequence[int] = where if isinstance(where, list) else _places(where)
        kind = (code, field, severity)
        before = self._count.get(kind, 0)
        self._count[kind] = before + len(places)
        for place in places[: max(MOST_ALIKE - before, 0)]:
            self.faults.append(
                Fault(
                    code=code,
                    severity=severity,
                    file=self.file,
                    sheet=self.sheet,
                    row=None if self.rows is None else int(self.rows[place]),
                    project_id="" if self.ids is None else self.ids[place] or "",
                    field=field,
                    value="" if value is None else shown(value(place)),
                    expected=expected if isinstance(expected, str) else expected(place),
                    params={} if params is None else dict(params(place)),
                )
            )

    def close(self) -> list[Fault]:
        """Return all faults in the order of rows, those of the file and its columns first."""
        more = [
            Fault(
                code="more_alike",
                severity=severity,
                file=self.file,
                sheet=self.sheet,
                field=field,
                value=code,
                params={"count": str(count - MOST_ALIKE)},
            )
            for (code, field, severity), count in self._count.items()
            if count > MOST_ALIKE
        ]
        of_rows = sorted(
            (fault for fault in self.faults if fault.row is not None),
            key=lambda fault: fault.row or 0,
        )
        return [*(fault for fault in self.faults if fault.row is None), *of_rows, *more]


def shown(value: object) -> str:
    """Return a value as a message shows it: short, numbers without a tail of zeros.

    >>> shown(720000.0), shown(None)
    ('720000', '')
    """
    if value is None:
        return ""
    text = f"{value:.10g}" if isinstance(value, float) else str(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _places(where: pl.Series | Sequence[int]) -> list[int]:
    import polars as pl

    if isinstance(where, pl.Series) and where.dtype == pl.Boolean:
        return where.fill_null(False).arg_true().to_list()
    return list(where)

"""A table as read, before anything is understood: headers, columns, and where each row stood."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from greensilk.core.errors import Fault, InputError

if TYPE_CHECKING:
    import polars as pl

    from greensilk.projects.header_rows import Headers

__all__ = ["Raw", "column", "joined", "refuse", "shape"]

# How far down the headers may stand, under titles and remarks.
HEADER_DEPTH = 20


@dataclass(slots=True)
class Raw:
    """One table of a file.

    ``columns`` hold text as written, or numbers and dates where the source had types. ``rows`` is
    the number of each row in the file, as a person counts them there.
    """

    file: str
    sheet: str
    headers: list[str]
    columns: list[pl.Series]
    rows: pl.Series
    faults: list[Fault] = field(default_factory=list)


def refuse(code: str, file: str, **params: object) -> InputError:
    """Return the error for a file that cannot be read at all."""
    value, expected = params.pop("value", ""), params.pop("expected", "")
    blanks = {name: str(item) for name, item in params.items()}
    return InputError(
        Fault(code=code, file=file, value=str(value), expected=str(expected), params=blanks)
    )


def shape(
    rows: Sequence[Sequence[Any]], found: Headers, file: str, sheet: str, first_row: int = 1
) -> Raw:
    """Return the table that rows of cells hold below the headers that were found.

    Rows with nothing in them are left out; ``first_row`` is the number of the first one given.
    """
    headers, place = list(found.names), found.last
    body = [
        (number, row)
        for number, row in enumerate(rows[place + 1 :], start=first_row + place + 1)
        if any(cell not in (None, "") for cell in row)
    ]
    width = max([len(headers), *(len(row) for _, row in body)])
    headers += [""] * (width - len(headers))
    cells = [[row[i] if i < len(row) else None for _, row in body] for i in range(width)]
    while headers and not headers[-1] and not any(cell not in (None, "") for cell in cells[-1]):
        headers.pop()
        cells.pop()
    import polars as pl

    return Raw(
        file=file,
        sheet=sheet,
        headers=headers,
        columns=[column(values) for values in cells],
        rows=pl.Series([number for number, _ in body], dtype=pl.Int64),
        faults=joined(found, file, sheet),
    )


def joined(found: Headers, file: str, sheet: str = "") -> list[Fault]:
    """Return the note that headers were put together from several rows, if they were."""
    if not found.joined:
        return []
    names = "; ".join(name for name in found.names if name)
    return [Fault(code="header_rows", severity="note", file=file, sheet=sheet, value=names[:300])]


def column(values: Sequence[Any]) -> pl.Series:
    """Return cells of any types as one column of text, numbers as they are shown (33, not 33.0)."""
    import polars as pl

    kinds = set(map(type, values))
    if kinds <= {str, type(None)}:
        return pl.Series(values, dtype=pl.String)
    if kinds <= {float, type(None)}:
        numbers = pl.Series(values, dtype=pl.Float64)
        return numbers.cast(pl.String).str.strip_suffix(".0")
    return pl.Series([_text(value) for value in values], dtype=pl.String)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return None if value != value else f"{value:.15g}"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value)

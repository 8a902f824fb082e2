"""Stated results in long form: one row for each claim, as the audit reads them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from greensilk.projects.columns import Numbers
from greensilk.projects.fields import fields
from greensilk.projects.headers import Mapped

if TYPE_CHECKING:
    import polars as pl

__all__ = ["claims_frame", "claims_schema"]


@cache
def claims_schema() -> Mapping[Any, Any]:
    """Return the columns of the table of claims and their types."""
    import polars as pl

    words, figures = pl.String, pl.Float64
    return {
        "project_id": words,
        "component": words,
        "claim": words,
        "quantity": words,
        "value": figures,
        "low": figures,
        "high": figures,
        "half": figures,
        "unit": words,
        "text": words,
        "qualifier": words,
        "source_note": words,
        "row": pl.Int64,
    }


def claims_frame(
    numbers: Mapping[str, Numbers],
    headers: Mapping[str, Mapped],
    identity: pl.DataFrame,
    section: pl.Series | None,
) -> pl.DataFrame:
    """Return every stated result, in the order of the file and then of the schema.

    ``identity`` holds project_id, component and row. A figure without a unit of its own is shown
    with that of its header.
    """
    import polars as pl

    names = claims_schema()
    pieces = [pl.DataFrame(schema=names)]
    for field in fields().values():
        column = numbers.get(field.name)
        if column is None or not field.audits or column.value.null_count() == len(column.value):
            continue
        found = identity.with_columns(
            claim=pl.lit(field.name),
            quantity=pl.lit(field.audits),
            value=column.value,
            low=_or_null(column.low, pl.Float64),
            high=_or_null(column.high, pl.Float64),
            half=_or_null(column.half, pl.Float64),
            unit=pl.lit(field.unit),
            text=_or_null(column.text, pl.String),
            qualifier=_or_null(column.qualifier, pl.String),
            source_note=_or_null(section, pl.String),
        ).filter(pl.col("value").is_not_null())
        unit = headers[field.name].unit
        if unit:
            plain = pl.col("text").str.contains(r"^[\s\d.,+-]*$")
            whole = pl.concat_str(pl.col("text"), pl.lit(f" {unit}"))
            found = found.with_columns(text=pl.when(plain).then(whole).otherwise(pl.col("text")))
        pieces.append(found.select(list(names)).cast(names))
    return pl.concat(pieces).sort("row", maintain_order=True)


def _or_null(series: pl.Series | None, kind: Any) -> Any:
    import polars as pl

    return pl.lit(None, dtype=kind) if series is None else series

"""One concept from several publishers, side by side and in one unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import exp, log
from statistics import median
from typing import Any

from greensilk.core.units import factor
from greensilk.facts.catalogue import concepts

__all__ = ["compare"]


def compare(
    concept: str, indicators: Sequence[Mapping[str, Any]], facts: Any, year: int | None
) -> Any:
    """Return one row a publisher (see :meth:`greensilk.facts.query.Facts.compare`).

    ``indicators`` are rows of the catalogue, the primary first; ``facts`` their facts in one
    economy.
    """
    import pyarrow as pa

    unit = concepts()[concept].unit
    series: dict[str, dict[int, tuple[float, str]]] = {}
    for row in facts.to_pylist():
        if row["flag"] != "projection":
            series.setdefault(row["indicator"], {})[row["year"]] = (row["value"], row["flag"])
    chosen = year if year is not None else _common_year(series)
    rows: list[dict[str, object]] = []
    for one in indicators:
        figures = series.get(one["indicator"], {})
        scale = factor(one["unit"], unit)
        value, flag = figures.get(chosen, (None, "")) if chosen is not None else (None, "")
        latest = max(figures, default=None)
        rows.append(
            {
                "concept": concept,
                "indicator": one["indicator"],
                "producer": one["producer"],
                "en": one["en"],
                "zh": one["zh"],
                "is_primary": one["is_primary"],
                "year": chosen,
                "value": None if value is None else value * scale,
                "unit": unit,
                "flag": flag,
                "latest_year": latest,
                "latest_value": None if latest is None else figures[latest][0] * scale,
                "source": one["source"],
                "licence": one["licence"],
            }
        )
    middle = _middle([float(str(row["value"])) for row in rows if row["value"] is not None])
    for row in rows:
        row["ratio"] = (
            float(str(row["value"])) / middle if row["value"] is not None and middle else None
        )
    return pa.Table.from_pylist(rows, schema=_schema())


def _middle(values: Sequence[float]) -> float:
    """Return the middle of the values, of ratios where they have the same sign."""
    if values and min(values) > 0:
        return exp(median(log(value) for value in values))
    return median(values) if values else 0.0


def _common_year(series: Mapping[str, Mapping[int, object]]) -> int | None:
    """Return the year most publishers have a figure for, the latest of several."""
    count = Counter(year for figures in series.values() for year in figures)
    return max(count, key=lambda year: (count[year], year)) if count else None


def _schema() -> Any:
    import pyarrow as pa

    text, number = pa.string(), pa.float64()
    return pa.schema(
        [
            ("concept", text),
            ("indicator", text),
            ("producer", text),
            ("en", text),
            ("zh", text),
            ("is_primary", pa.bool_()),
            ("year", pa.int16()),
            ("value", number),
            ("unit", text),
            ("flag", text),
            ("ratio", number),
            ("latest_year", pa.int16()),
            ("latest_value", number),
            ("source", text),
            ("licence", text),
        ]
    )

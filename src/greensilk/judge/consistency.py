"""Whether the claims of one project are consistent with one another.

Every ratio of two figures in ``data/limits.csv`` is formed for every project that states both
(tonnes per MWh, grams of coal per kWh, kilograms per tree, ...) and held against its plausible
band.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import polars as pl

from greensilk.core.text import LANGUAGES, label
from greensilk.judge.intervals import Gathered
from greensilk.judge.limits import Limit, Ratio, limits, ratio
from greensilk.judge.words import figure, fill

__all__ = ["consistency_table", "ratios"]

Mask = npt.NDArray[np.bool_]
VERDICTS = ("consistent", "high", "low", "implausible")


def ratios(figures: Gathered, serves: Mapping[str, Mask]) -> list[tuple[Limit, Ratio]]:
    """Return every relative limit with its ratio for all projects.

    ``serves`` tells for each family which projects have a component of it; projects of unknown
    family are held against every limit.
    """
    known = np.zeros(len(figures.projects), bool)
    for mask in serves.values():
        known |= mask
    found = []
    for limit in limits():
        if not limit.relative:
            continue
        meant = ~known
        for family in limit.families or tuple(serves):
            if family in serves:
                meant = meant | serves[family]
        found.append((limit, ratio(limit, figures, meant)))
    return found


def consistency_table(found: list[tuple[Limit, Ratio]], projects: tuple[str, ...]) -> pl.DataFrame:
    """Return one row per project and ratio.

    Columns: project_id, check (a code), label_en, label_zh, value with value_low and value_high
    (the claims' rounding), unit, low and high (the plausible band), verdict (consistent, high, low,
    implausible), reason_code, reason_en, reason_zh, source.
    """
    ids = pl.Series(projects, dtype=pl.String)
    parts = [_part(place, limit, value, ids) for place, (limit, value) in enumerate(found)]
    frame = pl.concat(parts) if parts else pl.DataFrame(schema=_SCHEMA)
    frame = frame.sort("project_id", "place").drop("place")
    return frame.with_columns(
        *(_reason(frame, lang).alias(f"reason_{lang}") for lang in LANGUAGES)
    ).select(
        *("project_id", "check", "label_en", "label_zh", "value", "value_low", "value_high"),
        *("unit", "low", "high", "verdict", "reason_code", "reason_en", "reason_zh", "source"),
    )


_SCHEMA = {
    "project_id": pl.String,
    "place": pl.Int32,
    "check": pl.String,
    "label_en": pl.String,
    "label_zh": pl.String,
    "value": pl.Float64,
    "value_low": pl.Float64,
    "value_high": pl.Float64,
    "unit": pl.String,
    "low": pl.Float64,
    "high": pl.Float64,
    "bound": pl.Float64,
    "verdict": pl.String,
    "reason_code": pl.String,
    "source": pl.String,
}


def _part(place: int, limit: Limit, value: Ratio, ids: pl.Series) -> pl.DataFrame:
    rows = np.flatnonzero(~np.isnan(value.value))
    impossible_low, impossible_high = value.below(limit.minimum), value.above(limit.maximum)
    conditions = [impossible_low, impossible_high, value.below(limit.low), value.above(limit.high)]
    verdict = np.select(conditions, ["implausible", "implausible", "low", "high"], "consistent")
    reason = np.select(
        conditions,
        [limit.reason_low, limit.reason_high, limit.band[0], limit.band[2]],
        limit.band[1],
    )
    bound = np.where(impossible_low, limit.minimum, limit.maximum)
    return pl.DataFrame(
        {
            "project_id": ids.gather(rows),
            "place": np.full(len(rows), place, np.int32),
            "value": value.value[rows],
            "value_low": value.low[rows],
            "value_high": value.high[rows],
            "bound": bound[rows],
            "verdict": verdict[rows],
            "reason_code": reason[rows],
        }
    ).select(
        "project_id",
        "place",
        pl.lit(limit.name).alias("check"),
        pl.lit(label(f"check.{limit.name}", "en")).alias("label_en"),
        pl.lit(label(f"check.{limit.name}", "zh")).alias("label_zh"),
        "value",
        "value_low",
        "value_high",
        pl.lit(limit.unit).alias("unit"),
        pl.lit(limit.low).alias("low"),
        pl.lit(limit.high).alias("high"),
        "bound",
        pl.col("verdict").cast(pl.String),
        pl.col("reason_code").cast(pl.String),
        pl.lit(f"{limit.source} ({limit.year})" if limit.year else limit.source).alias("source"),
    )


def _reason(frame: pl.DataFrame, lang: str) -> pl.Series:
    gap = "" if lang == "zh" else " "
    units = {name: label(f"judge.unit.{name}", lang) for name in frame["unit"].unique().to_list()}
    unit = pl.col("unit").replace_strict(units, default=pl.col("unit"), return_dtype=pl.String)

    def exact(column: str) -> pl.Expr:
        # the hours of a year are known to the last figure
        value = pl.col(column)
        return (
            pl.when(pl.col("unit") == "h/yr")
            .then(figure(value, lang, digits=4))
            .otherwise(figure(value, lang))
        )

    return fill(
        frame,
        "reason_code",
        "reason",
        lang,
        {
            "inverse": figure(1.0 / pl.col("value"), lang),
            "what": pl.col(f"label_{lang}"),
            "number": exact("value") + gap + unit,
            "low": figure(pl.col("low"), lang),
            "high": figure(pl.col("high"), lang) + gap + unit,
            "bound": exact("bound") + gap + unit,
        },
    )

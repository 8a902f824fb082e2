"""Stated figures as intervals: what a rounded, ranged or open statement leaves possible.

"About 90 000 t" says no more than 85 000 to 95 000 t; "over 100 000 trees" has no upper end. A
claim is judged by its interval, never by its midpoint, and the components of a project add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from greensilk.core.errors import UnitError
from greensilk.core.units import factor

__all__ = ["AT_LEAST", "AT_MOST", "Floats", "Gathered", "bounds_of", "gather", "unit_factors"]

Floats = npt.NDArray[np.float64]

# words and signs by which a claim is open towards more, or towards less
AT_LEAST = (
    *("at_least", "more_than", "over", "above", "minimum", ">", ">=", "≥"),
    *("超", "超过", "逾", "多", "以上", "余", "不少于", "不低于", "至少", "高于", "大于"),
)
AT_MOST = (
    *("at_most", "less_than", "under", "below", "up_to", "maximum", "<", "<=", "≤"),
    *("不到", "不足", "以下", "不超过", "至多", "最多", "低于", "小于", "近"),
)


def bounds_of(
    value: Floats, low: Floats, high: Floats, half: Floats, qualifier: npt.NDArray[np.str_]
) -> tuple[Floats, Floats]:
    """Return the lower and upper end of what each statement leaves possible.

    Parameters
    ----------
    value, low, high, half
        The figure, its stated range if it has one (else NaN) and half a unit of its last digit as
        written (else NaN), all of shape (n,) in one unit.
    qualifier
        The word that stands beside it, "" if none.

    Examples
    --------
    >>> import numpy as np
    >>> nothing = np.array([np.nan])
    >>> low, high = bounds_of(np.array([9.0]), nothing, nothing, np.array([0.5]), np.array(["约"]))
    >>> float(low[0]), float(high[0])
    (8.5, 9.5)
    """
    half = np.nan_to_num(half, nan=0.0)
    low = np.where(np.isnan(low), value, low) - half
    high = np.where(np.isnan(high), value, high) + half
    words = np.char.strip(qualifier.astype(np.str_))
    at_least, at_most = np.isin(words, AT_LEAST), np.isin(words, AT_MOST)
    low = np.where(at_least, value, np.where(at_most, -np.inf, low))
    high = np.where(at_least, np.inf, np.where(at_most, value, high))
    return low, high


def unit_factors(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """Return the conversion factor of every pair of units, NaN where they do not fit."""
    found = {}
    for source, target in set(pairs):
        try:
            found[source, target] = factor(source, target) if source and target else np.nan
        except UnitError:
            found[source, target] = np.nan
    return found


@dataclass(frozen=True, slots=True)
class Gathered:
    """Figures of all projects by name: value and interval, each of shape (projects, names).

    NaN where a project does not state the name. The intervals are finite: an open statement
    reaches as far beyond its figure as one unit of its last digit, because people who write "over
    20" seldom mean 40.
    """

    projects: tuple[str, ...]
    names: tuple[str, ...]
    value: Floats
    low: Floats
    high: Floats

    def column(self, name: str) -> tuple[Floats, Floats, Floats]:
        """Return value, low and high of ``name``; all NaN if nobody states it."""
        if name not in self.names:
            empty = np.full(len(self.projects), np.nan)
            return empty, empty, empty
        index = self.names.index(name)
        return self.value[:, index], self.low[:, index], self.high[:, index]


def gather(claims: pl.DataFrame, projects: pl.DataFrame, units: Mapping[str, str]) -> Gathered:
    """Return the figures named in ``units``, one row a project.

    A name is looked for among the claims first, then among the numeric columns of the project
    table. A statement about the whole project (component "") wins over statements about its
    components, which are added up.

    Parameters
    ----------
    claims
        Columns project_id, component, claim, value, low, high, half, unit, qualifier.
    projects
        One row a component, with numeric columns named as fields, in their canonical units.
    units
        Name to the unit wanted. Columns of the project table are taken to be in it already.
    """
    ids = tuple(
        pl.concat([projects["project_id"].cast(pl.String), claims["project_id"].cast(pl.String)])
        .unique()
        .sort()
        .to_list()
    )
    names = tuple(units)
    stated = _claimed(claims, units)
    from_projects = [_column(projects, name) for name in names if name in projects.columns]
    found = pl.concat([stated, *from_projects]) if from_projects else stated
    # claims come first, whole projects before components
    found = (
        found.group_by("project_id", "name", "source", "part", maintain_order=True)
        .agg(pl.col("value", "low", "high").sum())
        .sort("project_id", "name", "source", "part")
        .unique(subset=["project_id", "name"], keep="first", maintain_order=True)
    )
    shape = (len(ids), len(names))
    value, low, high = (np.full(shape, np.nan) for _ in range(3))
    if found.height:
        row = np.searchsorted(np.array(ids), found["project_id"].to_numpy().astype(np.str_))
        places = {name: index for index, name in enumerate(names)}
        column = found["name"].replace_strict(places, return_dtype=pl.Int64).to_numpy()
        value[row, column] = found["value"].to_numpy()
        low[row, column] = found["low"].to_numpy()
        high[row, column] = found["high"].to_numpy()
    return Gathered(ids, names, value, low, high)


_SCHEMA: dict[str, Any] = {
    "project_id": pl.String,
    "name": pl.String,
    "source": pl.Int8,
    "part": pl.Int8,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
}


def _claimed(claims: pl.DataFrame, units: Mapping[str, str]) -> pl.DataFrame:
    chosen = claims.filter(pl.col("claim").is_in(list(units)) & pl.col("value").is_not_null())
    pairs = chosen.select("claim", "unit").unique().rows()
    scales = unit_factors((unit or "", units[claim]) for claim, unit in pairs)
    scale = pl.DataFrame(
        {
            "claim": [claim for claim, _ in pairs],
            "unit": [unit for _, unit in pairs],
            "scale": [scales[unit or "", units[claim]] for claim, unit in pairs],
        },
        schema={"claim": pl.String, "unit": pl.String, "scale": pl.Float64},
    )
    chosen = chosen.join(scale, on=["claim", "unit"], how="left", nulls_equal=True).filter(
        pl.col("scale").is_not_nan()
    )
    value, low, high, half = (
        chosen[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
        for name in ("value", "low", "high", "half")
    )
    words = chosen["qualifier"].cast(pl.String).fill_null("").to_numpy().astype(np.str_)
    low, high = bounds_of(value, low, high, half, words)
    step = 2.0 * np.nan_to_num(half, nan=0.0)
    low = np.where(np.isinf(low), value - step, low)
    high = np.where(np.isinf(high), value + step, high)
    scale_of = chosen["scale"].to_numpy()
    return pl.DataFrame(
        {
            "project_id": chosen["project_id"].cast(pl.String),
            "name": chosen["claim"],
            "source": np.zeros(chosen.height, np.int8),
            "part": (chosen["component"].fill_null("") != "").cast(pl.Int8),
            "value": value * scale_of,
            "low": low * scale_of,
            "high": high * scale_of,
        },
        schema=_SCHEMA,
    )


def _column(projects: pl.DataFrame, name: str) -> pl.DataFrame:
    value = pl.col(name).cast(pl.Float64)
    low, high = value, value
    if f"{name}__low" in projects.columns:
        low = pl.coalesce(pl.col(f"{name}__low").cast(pl.Float64), low)
    if f"{name}__high" in projects.columns:
        high = pl.coalesce(pl.col(f"{name}__high").cast(pl.Float64), high)
    if f"{name}__half" in projects.columns:
        half = pl.col(f"{name}__half").cast(pl.Float64).fill_null(0.0)
        low, high = low - half, high + half
    return projects.filter(value.is_not_null() & value.is_not_nan()).select(
        pl.col("project_id").cast(pl.String),
        pl.lit(name).alias("name"),
        pl.lit(1, pl.Int8).alias("source"),
        pl.lit(1, pl.Int8).alias("part"),
        value.alias("value"),
        low.alias("low"),
        high.alias("high"),
    )

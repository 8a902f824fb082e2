"""Stated figures as intervals, and our estimates beside them.

"About 90 000 t" says no more than 85 000 to 95 000 t; "over 100 000 trees" has no upper end. A
claim is judged by what its statement leaves possible, never by its midpoint alone, and the
components of a project add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import msgspec
import numpy as np
import numpy.typing as npt
import polars as pl

from greensilk.core.errors import UnitError
from greensilk.core.tables import load_records
from greensilk.core.units import factor

__all__ = [
    "Bounds",
    "Floats",
    "Mask",
    "StatedFigures",
    "add_components",
    "bound_statements",
    "convert_units",
    "gather_figures",
    "join_estimates",
]

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
# value, low and high of one figure, one entry a subject
Bounds = tuple[Floats, Floats, Floats]

_TEXT = ("project_id", "component", "claim", "quantity", "unit", "text", "qualifier")
_NUMBERS = ("value", "low", "high", "half")
_SCHEMA = {
    "project_id": pl.String(),
    "name": pl.String(),
    "source": pl.Int8(),
    "part": pl.Int8(),
    "value": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
}


class Qualifier(msgspec.Struct, frozen=True):
    """A word or sign by which a statement is open towards more, or towards less."""

    qualifier: str
    opens: Literal["upwards", "downwards"]


@cache
def open_qualifiers(opens: str) -> tuple[str, ...]:
    """Return the words that open a statement ``upwards`` or ``downwards``."""
    rows = load_records("judge/data/qualifiers.csv", Qualifier, key="qualifier")
    return tuple(row.qualifier for row in rows if row.opens == opens)


def bound_statements(
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
    >>> none = np.array([np.nan])
    >>> low, high = bound_statements(
    ...     np.array([9.0]), none, none, np.array([0.5]), np.array(["约"])
    ... )
    >>> float(low[0]), float(high[0])
    (8.5, 9.5)
    """
    half = np.nan_to_num(half, nan=0.0)
    low = np.where(np.isnan(low), value, low) - half
    high = np.where(np.isnan(high), value, high) + half
    qualifier = np.char.strip(qualifier.astype(np.str_))
    upwards = np.isin(qualifier, open_qualifiers("upwards"))
    downwards = np.isin(qualifier, open_qualifiers("downwards"))
    low = np.where(upwards, value, np.where(downwards, -np.inf, low))
    high = np.where(upwards, np.inf, np.where(downwards, value, high))
    return low, high


def convert_units(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """Return the conversion factor of every pair of units, NaN where they do not fit.

    >>> convert_units([("GWh/yr", "MWh/yr"), ("kg", "MWh")])[("GWh/yr", "MWh/yr")]
    1000.0
    """
    factors = {}
    for source, target in set(pairs):
        try:
            factors[source, target] = factor(source, target) if source and target else np.nan
        except UnitError:
            factors[source, target] = np.nan
    return factors


@dataclass(frozen=True, slots=True)
class StatedFigures:
    """Figures that projects state, by name: value and interval, each of shape (projects, names).

    NaN where a project does not state the name. The intervals are finite: an open statement
    reaches as far beyond its figure as one unit of its last digit, because people who write "over
    20" seldom mean 40.
    """

    projects: tuple[str, ...]
    names: tuple[str, ...]
    value: Floats
    low: Floats
    high: Floats

    def column(self, name: str) -> Bounds:
        """Return value, low and high of ``name``; all NaN if nobody states it."""
        if name not in self.names:
            empty = np.full(len(self.projects), np.nan)
            return empty, empty, empty
        index = self.names.index(name)
        return self.value[:, index], self.low[:, index], self.high[:, index]


def gather_figures(
    claims: pl.DataFrame, projects: pl.DataFrame, units: Mapping[str, str]
) -> StatedFigures:
    """Return the figures named in ``units``, one row a project.

    A name is looked for among the claims first, then among the numeric columns of the project
    table. A statement about the project (component "") wins over statements about its components,
    which are added up.

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
    columns = [_project_column(projects, name) for name in names if name in projects.columns]
    # claims come first, projects before components
    rows = (
        pl.concat([_claimed_figures(claims, units), *columns])
        .group_by("project_id", "name", "source", "part", maintain_order=True)
        .agg(pl.col("value", "low", "high").sum())
        .sort("project_id", "name", "source", "part")
        .unique(subset=["project_id", "name"], keep="first", maintain_order=True)
    )
    shape = (len(ids), len(names))
    value, low, high = (np.full(shape, np.nan) for _ in range(3))
    if rows.height:
        row = np.searchsorted(np.array(ids), rows["project_id"].to_numpy().astype(np.str_))
        indexes = {name: index for index, name in enumerate(names)}
        column = rows["name"].replace_strict(indexes, return_dtype=pl.Int64).to_numpy()
        value[row, column] = rows["value"].to_numpy()
        low[row, column] = rows["low"].to_numpy()
        high[row, column] = rows["high"].to_numpy()
    return StatedFigures(ids, names, value, low, high)


def _claimed_figures(claims: pl.DataFrame, units: Mapping[str, str]) -> pl.DataFrame:
    rows = claims.filter(pl.col("claim").is_in(list(units)) & pl.col("value").is_not_null())
    pairs = rows.select("claim", "unit").unique().rows()
    factors = convert_units((unit or "", units[claim]) for claim, unit in pairs)
    scale = pl.DataFrame(
        {
            "claim": [claim for claim, _ in pairs],
            "unit": [unit for _, unit in pairs],
            "scale": [factors[unit or "", units[claim]] for claim, unit in pairs],
        },
        schema={"claim": pl.String, "unit": pl.String, "scale": pl.Float64},
    )
    rows = rows.join(scale, on=["claim", "unit"], how="left", nulls_equal=True).filter(
        pl.col("scale").is_not_nan()
    )
    value, low, high, half = (
        rows[name].cast(pl.Float64).fill_null(np.nan).to_numpy() for name in _NUMBERS
    )
    qualifier = rows["qualifier"].cast(pl.String).fill_null("").to_numpy().astype(np.str_)
    low, high = bound_statements(value, low, high, half, qualifier)
    step = 2.0 * np.nan_to_num(half, nan=0.0)
    low = np.where(np.isinf(low), value - step, low)
    high = np.where(np.isinf(high), value + step, high)
    scales = rows["scale"].to_numpy()
    return pl.DataFrame(
        {
            "project_id": rows["project_id"].cast(pl.String),
            "name": rows["claim"],
            "source": np.zeros(rows.height, np.int8),
            "part": (rows["component"].fill_null("") != "").cast(pl.Int8),
            "value": value * scales,
            "low": low * scales,
            "high": high * scales,
        },
        schema=_SCHEMA,
    )


def _project_column(projects: pl.DataFrame, name: str) -> pl.DataFrame:
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


def add_components(claims: pl.DataFrame) -> pl.DataFrame:
    """Return the claims with those of a project's components added up.

    Our estimates are of projects, so amounts stated for each of several components are added
    before they are compared; a statement about the project stays as it is, and so do percentages
    and ratios.
    """
    missing = [
        pl.lit(None, pl.String if name in _TEXT else pl.Float64).alias(name)
        for name in (*_TEXT, *_NUMBERS)
        if name not in claims.columns
    ]
    claims = claims.with_columns(missing).select(
        *(pl.col(name).cast(pl.String).fill_null("") for name in _TEXT),
        *(pl.col(name).cast(pl.Float64).fill_nan(None) for name in _NUMBERS),
    )
    parts = (
        (pl.len().over("project_id", "claim", "unit") > 1)
        & (pl.col("component") != "").all().over("project_id", "claim")
        & (pl.col("unit") != "1")
        & pl.col("value").is_not_null()
    )
    several = claims.filter(parts)
    if several.height == 0:
        return claims
    ends = {name: pl.col(name).fill_null(pl.col("value")) for name in ("low", "high")}
    added = several.group_by("project_id", "claim", "unit", maintain_order=True).agg(
        pl.lit("").alias("component"),
        pl.col("quantity").first(),
        pl.col("text").str.join(" + "),
        pl.col("qualifier").first(),
        pl.col("value").sum(),
        *(expression.sum().alias(name) for name, expression in ends.items()),
        pl.col("half").fill_null(0.0).sum(),
    )
    return pl.concat([claims.filter(~parts), added.select(claims.columns)])


def join_estimates(claims: pl.DataFrame, evidence: pl.DataFrame) -> pl.DataFrame:
    """Return the claims with our estimate and its range, in the claim's unit.

    Adds estimate, est_low, est_high (null where there is none), ``our_unit`` and ``unfit`` where
    our unit and the claim's measure different things.
    """
    wanted = claims["quantity"].unique().to_list()
    ours = evidence.filter(pl.col("quantity").cast(pl.String).is_in(wanted)).select(
        pl.col("project_id").cast(pl.String),
        pl.col("quantity").cast(pl.String),
        pl.col("value").alias("estimate"),
        pl.col("low").alias("est_low"),
        pl.col("high").alias("est_high"),
        pl.col("unit").cast(pl.String).alias("our_unit"),
    )
    joined = claims.join(
        ours.unique(subset=["project_id", "quantity"], keep="first"),
        on=["project_id", "quantity"],
        how="left",
        maintain_order="left",
    )
    pairs = joined.select("our_unit", "unit").unique().drop_nulls().rows()
    factors = convert_units(pairs)
    scale = pl.DataFrame(
        [(our_unit, unit, factors[our_unit, unit]) for our_unit, unit in pairs],
        schema={"our_unit": pl.String, "unit": pl.String, "factor": pl.Float64},
        orient="row",
    )
    joined = joined.join(scale, on=["our_unit", "unit"], how="left", maintain_order="left")
    usable = pl.col("factor").is_not_nan() & pl.col("estimate").is_not_nan()
    return joined.with_columns(
        (pl.col("factor").is_nan()).fill_null(False).alias("unfit"),
        *(
            pl.when(usable).then(pl.col(name).fill_nan(None) * pl.col("factor")).alias(name)
            for name in ("estimate", "est_low", "est_high")
        ),
    ).drop("factor")

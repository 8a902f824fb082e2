"""Coordinates that lie outside the country named: exchanged, or with a sign that was lost.

The register knows one point in the middle of each country, no border. That is enough for the two
slips: as written the place lies far from the country, and near it once the slip is undone.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from greensilk.core.text import Label
from greensilk.projects.columns import NumberColumn
from greensilk.projects.fields import threshold
from greensilk.projects.issue_log import IssueLog
from greensilk.reference.economies import economies

__all__ = ["check_country_coordinates"]

_EARTH_RADIUS = 6371.0  # [km], mean
_SLIPS = (
    ("coordinates_exchanged", "longitude", "latitude", 1.0, 1.0),
    ("longitude_sign", "latitude", "longitude", 1.0, -1.0),
    ("latitude_sign", "latitude", "longitude", -1.0, 1.0),
)


def check_country_coordinates(
    numbers: Mapping[str, NumberColumn], country: pl.Series, log: IssueLog
) -> None:
    """Note coordinates that lie far from their country, but in it once a slip is undone."""
    if "latitude" not in numbers or "longitude" not in numbers:
        return
    middle = {item.iso3: (item.latitude, item.longitude) for item in economies()}
    frame = pl.DataFrame(
        {
            "latitude": numbers["latitude"].value,
            "longitude": numbers["longitude"].value,
            "north": _of_country(country, {code: point[0] for code, point in middle.items()}),
            "east": _of_country(country, {code: point[1] for code, point in middle.items()}),
        }
    )
    far = _distance("latitude", "longitude") > threshold("foreign_distance")
    if not frame.select(far.any()).item():
        return
    noted = pl.lit(value=False)
    for code, north, east, north_sign, east_sign in _SLIPS:
        near = _distance(north, east, north_sign, east_sign) < threshold("swapped_distance")
        rows = far & near & ~noted
        log.add_rows(
            code,
            "doubtful",
            "latitude",
            frame.select(rows.fill_null(value=False)).to_series(),
            lambda row: f"{frame['latitude'][row]:g}, {frame['longitude'][row]:g}",
            lambda row: Label(f"economy.{country[row]}"),
        )
        noted = noted | rows


def _of_country(country: pl.Series, values: Mapping[str, float | None]) -> pl.Series:
    return country.replace_strict(values, default=None, return_dtype=pl.Float64)


def _distance(north: str, east: str, north_sign: float = 1.0, east_sign: float = 1.0) -> pl.Expr:
    """Return the great-circle distance to the middle of the country [km]."""
    latitude = (pl.col(north) * north_sign).radians()
    middle = pl.col("north").radians()
    apart = (pl.col(east) * east_sign - pl.col("east")).radians()
    cosine = latitude.sin() * middle.sin() + latitude.cos() * middle.cos() * apart.cos()
    return cosine.clip(-1.0, 1.0).arccos() * _EARTH_RADIUS

"""Physical limits and plausible bands of what claims say, and of what they say together.

Limits are data (``data/limits.csv``): a numerator over a denominator (or a claim by itself), with
the band that is plausible and the bounds nothing real can pass, each with a reason and a source.
Outside the band a claim is odd; outside the bounds it is impossible.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from greensilk.core.units import factor
from greensilk.judge.intervals import Floats, Gathered
from greensilk.reference import read_rows

__all__ = ["Limit", "Ratio", "field_units", "limits", "ratio", "thresholds"]


@dataclass(frozen=True, slots=True)
class Limit:
    """One row of the limits.

    ``blames`` are the claims that are implausible when a bound is passed. Numbers are in ``unit``;
    ``scale`` turns a ratio in ``base_unit`` into it. NaN means no limit on that side.
    """

    name: str
    blames: tuple[str, ...]
    exempt: tuple[str, ...]
    numerator: str
    denominator: str
    families: tuple[str, ...]
    base_unit: str
    scale: float
    unit: str
    minimum: float
    low: float
    high: float
    maximum: float
    reason_low: str
    reason_high: str
    source: str
    year: str
    verified: bool
    note: str
    # reasons for a ratio below, within and above the band
    band: tuple[str, str, str] = ("band_below", "band_within", "band_above")

    @property
    def relative(self) -> bool:
        """Tell whether the limit is on a ratio of two figures."""
        return self.denominator != ""

    def blames_claim(self, claim: str) -> bool:
        """Tell whether the limit speaks about ``claim``."""
        return ("*" in self.blames or claim in self.blames) and claim not in self.exempt


@lru_cache(maxsize=1)
def limits() -> tuple[Limit, ...]:
    """Return all limits in the order of the file."""
    return tuple(_limit(row) for row in read_rows("greensilk.judge", "data", "limits.csv"))


@lru_cache(maxsize=1)
def thresholds() -> Mapping[str, Any]:
    """Return the thresholds of the audit (``data/audit.toml``)."""
    place = files("greensilk.judge") / "data" / "audit.toml"
    return tomllib.loads(place.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def field_units() -> dict[str, str]:
    """Return the canonical unit of every numeric field of the project schema."""
    rows = read_rows("greensilk.projects", "data", "schema.csv")
    return {row["field"]: row["unit"] for row in rows if row["unit"]}


@dataclass(frozen=True, slots=True)
class Ratio:
    """A numerator over a denominator for all projects, in the limit's unit; (projects,) each."""

    value: Floats
    low: Floats
    high: Floats

    def below(self, bound: float) -> npt.NDArray[np.bool_]:
        """Tell where all that the statements leave possible lies below ``bound``."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self.high < bound)

    def above(self, bound: float) -> npt.NDArray[np.bool_]:
        """Tell where all that the statements leave possible lies above ``bound``."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self.low > bound)


def ratio(limit: Limit, figures: Gathered, serves: npt.NDArray[np.bool_]) -> Ratio:
    """Return a limit's ratio for every project it is meant for; NaN for all others."""
    value, low, high = figures.column(limit.numerator)
    under, under_low, under_high = figures.column(limit.denominator)
    units = field_units()
    unit = f"({units[limit.numerator]})/({units[limit.denominator]})"
    scale = factor(unit, limit.base_unit) * limit.scale
    usable = serves & (under > 0.0)
    # a denominator rounded to one digit may reach down to nothing
    floor = np.maximum(under_low, 1e-3 * under)
    with np.errstate(divide="ignore", invalid="ignore"):
        return Ratio(
            np.where(usable, scale * value / under, np.nan),
            np.where(usable, scale * np.where(low < 0, low / floor, low / under_high), np.nan),
            np.where(usable, scale * np.where(high < 0, high / under_high, high / floor), np.nan),
        )


def _limit(row: Mapping[str, str]) -> Limit:
    def number(name: str) -> float:
        return float(row[name]) if row[name] else float("nan")

    def words(name: str) -> tuple[str, ...]:
        return tuple(word for word in row[name].split("|") if word)

    return Limit(
        name=row["limit"],
        blames=words("blames"),
        exempt=words("exempt"),
        numerator=row["numerator"],
        denominator=row["denominator"],
        families=words("families"),
        base_unit=row["base_unit"],
        scale=float(row["scale"]),
        unit=row["unit"],
        minimum=number("minimum"),
        low=number("low"),
        high=number("high"),
        maximum=number("maximum"),
        reason_low=row["reason_low"],
        reason_high=row["reason_high"],
        source=row["source"],
        year=row["year"],
        verified=row["verified"] == "true",
        note=row["note"],
    )

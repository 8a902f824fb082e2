"""Whether the claims of one project are consistent with one another, and with what is possible.

``data/limits.csv`` holds what claims may say and what they may say of one another: a figure alone,
or a numerator over a denominator (tonnes per MWh, grams of coal per kWh, kilograms per tree, ...),
with the band that is plausible and the bounds nothing real can pass, each with a reason and a
source. Every ratio is formed for every project that states both figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import msgspec
import numpy as np
import numpy.typing as npt
import polars as pl

from greensilk.core.rules import Rule, Ruleset, Subjects
from greensilk.core.tables import load_records
from greensilk.core.units import factor
from greensilk.judge.figures import Bounds, Floats, Mask, StatedFigures
from greensilk.judge.ladders import fill_codes, ladder, ladder_params, threshold
from greensilk.judge.reasons import amount, build_params
from greensilk.projects import schema

__all__ = [
    "Limit",
    "Ratio",
    "compare_plantings",
    "consistency_table",
    "field_units",
    "find_passed_bounds",
    "form_ratios",
    "limits",
]

NAN = float("nan")


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the limits.

    ``blames`` are the claims that are implausible when a bound is passed, ``*`` all but the
    ``exempt``. Numbers are in ``unit``; ``scale`` turns a ratio in ``base_unit`` into it; NaN means
    no limit on that side. ``compares`` tells whether the two figures are claims or our estimates.
    """

    name: str = msgspec.field(name="limit")
    blames: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    numerator: str = ""
    denominator: str = ""
    families: tuple[str, ...] = ()
    base_unit: str = ""
    scale: float
    unit: str = ""
    minimum: float = NAN
    low: float = NAN
    high: float = NAN
    maximum: float = NAN
    compares: Literal["claims", "estimates"]
    reason_low: str = ""
    reason_high: str = ""
    band_low: str = "band_below"
    band_within: str = "band_within"
    band_high: str = "band_above"
    source: str
    year: str = ""
    verified: bool
    note: str = ""

    @property
    def relative(self) -> bool:
        """Tell whether the limit is on a ratio of two figures."""
        return self.denominator != ""

    @property
    def citation(self) -> str:
        """Return the source with its year."""
        return f"{self.source} ({self.year})" if self.year else self.source

    def blames_claim(self, claim: str) -> bool:
        """Tell whether the limit speaks about ``claim``."""
        return ("*" in self.blames or claim in self.blames) and claim not in self.exempt


@cache
def limits() -> tuple[Limit, ...]:
    """Return all limits in the order of the file."""
    return load_records("judge/data/limits.csv", Limit, key="limit")


@cache
def field_units() -> dict[str, str]:
    """Return the canonical unit of every numeric field of the project schema."""
    return {field.name: field.unit for field in schema() if field.unit}


@dataclass(frozen=True, slots=True)
class Ratio:
    """A numerator over a denominator for all projects, in the limit's unit; (projects,) each."""

    value: Floats
    low: Floats
    high: Floats


def form_ratios(figures: StatedFigures, families: Mapping[str, Mask]) -> list[tuple[Limit, Ratio]]:
    """Return every limit on a ratio of claims with its ratio for all projects.

    ``families`` tells for each family which projects have a component of it; projects of unknown
    family are held against every limit.
    """
    known = np.zeros(len(figures.projects), bool)
    for mask in families.values():
        known |= mask
    ratios = []
    for limit in limits():
        if not limit.relative or limit.compares != "claims":
            continue
        applies = ~known
        for family in limit.families or tuple(families):
            if family in families:
                applies = applies | families[family]
        ratios.append((limit, _divide(limit, figures, applies)))
    return ratios


def _divide(limit: Limit, figures: StatedFigures, applies: Mask) -> Ratio:
    """Return a limit's ratio for every project it applies to; NaN for all others."""
    value, low, high = figures.column(limit.numerator)
    under, under_low, under_high = figures.column(limit.denominator)
    units = field_units()
    unit = f"({units[limit.numerator]})/({units[limit.denominator]})"
    scale = factor(unit, limit.base_unit) * limit.scale
    usable = applies & (under > 0.0)
    # a denominator rounded to one digit may reach down to nothing
    floor = np.maximum(under_low, threshold("least_share") * under)
    with np.errstate(divide="ignore", invalid="ignore"):
        return Ratio(
            np.where(usable, scale * value / under, np.nan),
            np.where(usable, scale * np.where(low < 0, low / floor, low / under_high), np.nan),
            np.where(usable, scale * np.where(high < 0, high / under_high, high / floor), np.nan),
        )


def compare_plantings(area: Floats, trees: Floats, greening: Mask) -> tuple[Limit, Ratio]:
    """Return what the trees of a planting would take up over what its area would, with the limit.

    Parameters
    ----------
    area, trees
        The carbon taken up by either reckoning, in one unit; NaN where not stated.
    greening
        Projects where the area is grass and shrubs and the trees stand beside it: not compared.
    """
    usable = ~greening & (area > 0.0) & (trees > 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(usable, trees / area, np.nan)
    limit = next(limit for limit in limits() if limit.compares == "estimates")
    return limit, Ratio(value, value, value)


@dataclass(frozen=True, slots=True)
class PassedBounds:
    """The first bound that each claim passes; (claims,) each.

    ``code`` is the reason, "" where no bound is passed; ``number`` and ``bound`` are in ``unit``.
    """

    code: npt.NDArray[np.object_]
    number: Floats
    bound: Floats
    unit: npt.NDArray[np.object_]


@cache
def _bound_rules() -> tuple[Ruleset, tuple[tuple[Limit, float], ...]]:
    """Return the bounds as a ladder of rules, and the limit and number behind each rule."""
    rules: list[Rule] = []
    bounds = []
    ordered = sorted(limits(), key=lambda limit: limit.relative)
    for limit in ordered:
        for end, sign, bound, reason in (
            ("high", "<", limit.minimum, limit.reason_low),
            ("low", ">", limit.maximum, limit.reason_high),
        ):
            if np.isnan(bound):
                continue
            rules.append(
                Rule(
                    rule=f"{limit.name}_{reason}_{end}",
                    order=len(rules),
                    conditions=f"about_{limit.name} & {limit.name}_{end} {sign} threshold",
                    outcome="implausible",
                    reason_code=reason,
                    threshold=bound,
                    unit=limit.unit,
                )
            )
            bounds.append((limit, bound))
    measures = {f"{limit.name}_{end}": limit.unit for limit in ordered for end in ("low", "high")}
    conditions = [f"about_{limit.name}" for limit in ordered]
    ruleset = Ruleset("judge/data/limits.csv", rules, conditions=conditions, measures=measures)
    return ruleset, tuple(bounds)


def find_passed_bounds(
    claims: npt.NDArray[np.str_],
    project: npt.NDArray[np.intp],
    bounds: Bounds,
    ratios: Sequence[tuple[Limit, Ratio]],
) -> PassedBounds:
    """Return the first bound of ``data/limits.csv`` that each claim passes.

    Parameters
    ----------
    claims, project
        The field of each claim, and the row of its project among the ratios.
    bounds
        Value, low and high of each claim in its own unit.
    ratios
        What :func:`form_ratios` returns.
    """
    rules, edges = _bound_rules()
    distinct, codes = np.unique(claims, return_inverse=True)
    size = len(claims)
    conditions: dict[str, Mask] = {}
    measures: dict[str, Floats] = {}
    numbers: dict[str, Floats] = {}
    by_name = {limit.name: ratio for limit, ratio in ratios}
    unknown = np.full(size, np.nan)
    for limit in {limit.name: limit for limit, _ in edges}.values():
        about = np.array([limit.blames_claim(str(name)) for name in distinct], bool)
        conditions[f"about_{limit.name}"] = about[codes] if size else np.zeros(0, bool)
        ratio = by_name.get(limit.name)
        if not about.any() or (limit.relative and ratio is None):
            ends = (unknown, unknown, unknown)
        elif ratio is not None:
            ends = (ratio.value[project], ratio.low[project], ratio.high[project])
        else:
            value, low, high = (array * limit.scale for array in bounds)
            ends = (value, low, high)
        numbers[limit.name], measures[f"{limit.name}_low"], measures[f"{limit.name}_high"] = ends
    rows = rules.first_match(Subjects(size, conditions, measures))
    number, bound = np.full(size, np.nan), np.full(size, np.nan)
    unit = np.full(size, "", dtype=object)
    for index in np.unique(rows[rows >= 0]):
        limit, edge = edges[index]
        mask = rows == index
        number[mask] = numbers[limit.name][mask]
        bound[mask] = edge
        unit[mask] = limit.unit
    return PassedBounds(rules.reason_codes(rows).astype(object), number, bound, unit)


def consistency_table(
    ratios: Sequence[tuple[Limit, Ratio]], projects: tuple[str, ...]
) -> pl.DataFrame:
    """Return one row per project and ratio.

    Columns: project_id, check (a code; ``check.<code>`` is its label), value with value_low and
    value_high (the claims' rounding), unit, low and high (the plausible band), verdict (consistent,
    high, low, implausible), reason_code, reason_params, source.
    """
    rows = [np.flatnonzero(~np.isnan(ratio.value)) for _, ratio in ratios]
    index = np.repeat(np.arange(len(ratios)), [len(part) for part in rows])
    project = np.concatenate([np.zeros(0, np.intp), *rows])

    def of_limit(values: list[float]) -> Floats:
        return np.array(values, float)[index] if len(ratios) else np.zeros(0)

    def of_ratio(name: str) -> Floats:
        parts = [getattr(ratio, name)[part] for (_, ratio), part in zip(ratios, rows, strict=True)]
        return np.concatenate([np.zeros(0), *parts])

    minimum = of_limit([limit.minimum for limit, _ in ratios])
    maximum = of_limit([limit.maximum for limit, _ in ratios])
    band_low = of_limit([limit.low for limit, _ in ratios])
    band_high = of_limit([limit.high for limit, _ in ratios])
    value, low, high = (of_ratio(name) for name in ("value", "low", "high"))
    conditions = {
        "below_minimum": high < minimum,
        "above_maximum": low > maximum,
        "below_band": high < band_low,
        "above_band": low > band_high,
    }
    rules = ladder("consistency")
    rule = rules.first_match(Subjects(len(index), conditions))

    def code_of(names: list[str]) -> npt.NDArray[np.object_]:
        return np.array(names, object)[index] if len(ratios) else np.zeros(0, object)

    codes = {
        name: code_of([getattr(limit, name) for limit, _ in ratios])
        for name in ("reason_low", "reason_high", "band_low", "band_within", "band_high")
    }
    frame = pl.DataFrame(
        {
            "project_id": pl.Series(projects, dtype=pl.String).gather(project),
            "check": pl.Series(code_of([limit.name for limit, _ in ratios]), dtype=pl.String),
            "value": value,
            "value_low": low,
            "value_high": high,
            "unit": pl.Series(code_of([limit.unit for limit, _ in ratios]), dtype=pl.String),
            "low": band_low,
            "high": band_high,
            "verdict": pl.Series(rules.outcomes(rule).astype(object), dtype=pl.String),
            "reason_code": pl.Series(fill_codes(rules, rule, codes), dtype=pl.String),
            "source": pl.Series(code_of([limit.citation for limit, _ in ratios]), dtype=pl.String),
            "bound": np.where(conditions["below_minimum"], minimum, maximum),
            "rule": rule,
            "index": index,
        }
    ).sort("project_id", "index")
    unit, none = pl.col("unit"), pl.lit(None, pl.Float64)
    blanks = {
        "number": amount(pl.col("value"), unit),
        "bound": amount(pl.col("bound"), unit),
        "band": amount(none, unit, pl.col("low"), pl.col("high")),
        "inverse": amount(1.0 / pl.col("value"), pl.lit("1")),
        "apart": amount(pl.col("high"), unit),
    }
    params = build_params(frame, "rule", ladder_params(rules), blanks)
    return frame.with_columns(params).select(
        *("project_id", "check", "value", "value_low", "value_high", "unit", "low", "high"),
        *("verdict", "reason_code", "reason_params", "source"),
    )

"""The verdict on each claim.

A claim is consistent if what its rounding leaves possible overlaps our 5-95 % range, high or low if
it lies outside, implausible if it is past a physical bound whatever our estimate, and not checkable
if there is nothing to hold it against. What would explain a high or low claim is found in
:mod:`greensilk.judge.explanations`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import polars as pl

from greensilk.judge.baselines import Found
from greensilk.judge.estimates import NUMBERS
from greensilk.judge.explanations import Energy, explanations
from greensilk.judge.fossil import Fossil, fossil_verdicts
from greensilk.judge.intervals import Floats, Gathered, bounds_of
from greensilk.judge.limits import Limit, Ratio, limits, thresholds

__all__ = ["judge_claims"]

Mask = npt.NDArray[np.bool_]
# figures that the sentence of a reason may need
_NOTES = (
    *("number", "bound", "implied", "ours", "stated", "net", "each"),
    *("emitted", "of_grid", "gain"),
)
# what may come out below zero because the project itself emits
_EMISSIONS = (
    *("emission_reductions", "lifetime_emission_reductions", "percent_below_road"),
    *("sulphur_dioxide_avoided", "nitrogen_oxides_avoided", "particulates_avoided"),
)


def judge_claims(
    claims: pl.DataFrame,
    figures: Gathered,
    found: list[tuple[Limit, Ratio]],
    baselines: Found,
    countries: list[str],
    missing: Mapping[tuple[str, str], str],
    energy: Energy,
    fossil: Fossil,
    computable: frozenset[str],
) -> pl.DataFrame:
    """Return the claims with verdict, reason code and what the reason's sentence needs.

    Parameters
    ----------
    claims
        As :func:`with_estimates` returns them.
    found
        The relative limits with their ratios (see :func:`greensilk.judge.consistency.ratios`).
    countries
        ISO code of each project's country.
    missing
        Inputs that each missing result lacks, by (project, quantity).
    energy
        The electricity of each project.
    fossil
        What the fossil plants among the projects emit.
    computable
        Names of all quantities that can be estimated at all.
    """
    size = claims.height
    columns = {
        name: claims[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
        for name in (*NUMBERS, "estimate", "est_low", "est_high")
    }
    value, estimate = columns["value"], columns["estimate"]
    words = claims["qualifier"].to_numpy().astype(np.str_)
    low, high = bounds_of(value, columns["low"], columns["high"], columns["half"], words)
    point = np.isnan(columns["est_low"]) | np.isnan(columns["est_high"])
    slack = np.abs(estimate) * thresholds()["point_tolerance"]
    est_low = np.where(point, estimate - slack, columns["est_low"])
    est_high = np.where(point, estimate + slack, columns["est_high"])
    project = np.searchsorted(
        np.array(figures.projects), claims["project_id"].to_numpy().astype(np.str_)
    )
    verdict = np.full(size, "", dtype="U16")
    reason = np.full(size, "", dtype="U48")
    notes: dict[str, Floats] = {name: np.full(size, np.nan) for name in _NOTES}
    judged = _Judged(verdict, reason)
    names = claims["claim"].to_numpy().astype(np.str_)

    judged.settle(np.isnan(value), "not_checkable", "value_missing")
    units = _bounds(judged, names, project, (value, low, high), found, notes)
    lacks = _missing(claims, missing)
    nothing = np.isnan(estimate)
    unknown = ~claims["quantity"].is_in(list(computable)).to_numpy()
    judged.settle(claims["unfit"].to_numpy(), "not_checkable", "unit_mismatch")
    # what a fossil plant emits is known even where nothing it avoids can be estimated
    for where, word, code in fossil_verdicts(names, project, (value, low), fossil, notes):
        judged.settle(where & nothing, word, code)
    judged.settle(nothing & unknown, "not_checkable", "no_method")
    judged.settle(nothing & (lacks != "").to_numpy(), "not_checkable", "missing_inputs")
    judged.settle(nothing, "not_checkable", "no_estimate")
    electric = np.isin(names, [d.claim for d in baselines.candidates.dimensions])
    notes["stated"][:], notes["net"][:] = energy.stated[project], energy.net[project]
    with np.errstate(invalid="ignore", divide="ignore"):
        overlap = (low <= est_high) & (high >= est_low)
        judged.settle(overlap & point, "consistent", "within_point")
        judged.settle(overlap & np.isinf(high), "consistent", "within_open")
        judged.settle(overlap, "consistent", "within_range")
        material = thresholds()["material"]
        wide_low = est_low - material * np.abs(est_low)
        wide_high = est_high + material * np.abs(est_high)
        judged.settle((low <= wide_high) & (high >= wide_low), "consistent", "near_range")
        # the claim may be about the generation stated, our estimate about the one measured
        share = np.where(electric, notes["stated"] / notes["net"], np.nan)
        same = (low <= wide_high * share) & (high >= wide_low * share)
        judged.settle(same & (np.abs(share - 1.0) > 0.01), "consistent", "within_stated_generation")
        side = np.where(value > estimate, "high", "low")
        # a saving held against a loss: how many times the one is the other says nothing
        opposed = ((estimate < 0.0) & (value > 0.0)) | ((estimate > 0.0) & (value < 0.0))
    emits = claims["quantity"].is_in(_EMISSIONS).to_numpy()
    judged.settle(opposed & (value > 0.0) & emits, "high", "estimate_negative")
    judged.settle(opposed & (value > 0.0), "high", "estimate_negative_other")
    judged.settle(opposed, "low", "claim_negative")
    open_ = judged.open
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where((estimate == 0.0) | opposed, np.nan, value / estimate)
    explained = explanations(
        names, project, (low, high), (est_low, est_high), (value, estimate), baselines,
        countries, energy, notes,
    )  # fmt: skip
    for where, code in explained:
        judged.settle(where & open_ & (side == "high"), "high", code.replace("*", "high"))
        judged.settle(where & open_ & (side == "low"), "low", code.replace("*", "low"))
    judged.settle(side == "high", "high", "above_range")
    judged.settle(side == "low", "low", "below_range")
    at_project = np.searchsorted(baselines.project, project)
    at_project = np.where(
        np.isin(project, baselines.project), np.minimum(at_project, len(baselines.project) - 1), -1
    )
    return claims.with_columns(
        pl.Series("verdict", verdict.astype(object), dtype=pl.String),
        pl.Series("reason_code", reason.astype(object), dtype=pl.String),
        pl.Series("ratio", ratio),
        pl.Series("limit_unit", units, dtype=pl.String),
        pl.Series("lacks", lacks),
        pl.Series("baseline", at_project),
        pl.Series("place", project),
        *(pl.Series(f"note_{name}", array) for name, array in notes.items()),
    )


class _Judged:
    """Verdicts and reasons; the first that applies to a claim stays."""

    def __init__(self, verdict: npt.NDArray[np.str_], reason: npt.NDArray[np.str_]) -> None:
        self.verdict, self.reason = verdict, reason

    @property
    def open(self) -> Mask:
        """Return which claims have no verdict yet."""
        return np.asarray(self.verdict == "")

    def settle(self, where: Mask, verdict: str, reason: str) -> Mask:
        """Give the claims of ``where`` that are open their verdict; return which they were."""
        chosen = where & self.open
        self.verdict[chosen] = verdict
        self.reason[chosen] = reason
        return chosen


def _bounds(
    judged: _Judged,
    names: npt.NDArray[np.str_],
    project: npt.NDArray[np.intp],
    claim: tuple[Floats, Floats, Floats],
    found: list[tuple[Limit, Ratio]],
    notes: dict[str, Floats],
) -> npt.NDArray[np.object_]:
    """Settle claims past a physical bound; return the unit their number stands in."""
    units = np.full(len(names), "", dtype=object)
    distinct, codes = np.unique(names, return_inverse=True)

    def settle(where: Mask, reason: str, limit: Limit, number: Floats, bound: float) -> None:
        chosen = judged.settle(where, "implausible", reason)
        notes["number"][chosen] = number[chosen]
        notes["bound"][chosen] = bound
        units[chosen] = limit.unit

    def about(limit: Limit) -> Mask:
        hit = np.array([limit.blames_claim(str(name)) for name in distinct], bool)
        return hit[codes] if len(distinct) else np.zeros(0, bool)

    value, low, high = claim
    for limit in limits():
        if not limit.relative:
            where = about(limit)
            with np.errstate(invalid="ignore"):
                settle(
                    where & (high * limit.scale < limit.minimum),
                    limit.reason_low, limit, value * limit.scale, limit.minimum,
                )  # fmt: skip
                settle(
                    where & (low * limit.scale > limit.maximum),
                    limit.reason_high, limit, value * limit.scale, limit.maximum,
                )  # fmt: skip
    for limit, ratio in found:
        where = about(limit)
        if not where.any():
            continue
        number = ratio.value[project]
        settle(
            where & ratio.below(limit.minimum)[project],
            limit.reason_low, limit, number, limit.minimum,
        )  # fmt: skip
        settle(
            where & ratio.above(limit.maximum)[project],
            limit.reason_high, limit, number, limit.maximum,
        )  # fmt: skip
    return units


def _missing(claims: pl.DataFrame, missing: Mapping[tuple[str, str], str]) -> pl.Series:
    if not missing:
        return pl.Series("lacks", [""] * claims.height, dtype=pl.String)
    table = pl.DataFrame(
        {
            "project_id": [key[0] for key in missing],
            "quantity": [key[1] for key in missing],
            "lacks": list(missing.values()),
        },
        schema={"project_id": pl.String, "quantity": pl.String, "lacks": pl.String},
    )
    joined = claims.select("project_id", "quantity").join(
        table, on=["project_id", "quantity"], how="left", maintain_order="left"
    )
    return joined["lacks"].fill_null("")

"""The verdict on each claim, and what would explain it.

A claim is consistent if what its rounding leaves possible overlaps our 5-95 % range, high or low if
it lies outside, implausible if it is past a physical bound whatever our estimate, and not checkable
if there is nothing to hold it against. For high and low claims the likely explanations are tried in
turn: another baseline that reproduces the claim, a slip of known size, a grid that emits nothing, a
factor outside anything known.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import polars as pl

from greensilk.judge.baselines import Found
from greensilk.judge.candidates import CandidateSet
from greensilk.judge.intervals import Floats, Gathered, bounds_of, unit_factors
from greensilk.judge.limits import Limit, Ratio, limits
from greensilk.reference import read_rows

__all__ = ["POINT_TOLERANCE", "combine_components", "judge_claims", "with_estimates"]

Mask = npt.NDArray[np.bool_]
# without draws an estimate has no range; a claim this close to it counts as consistent
POINT_TOLERANCE = 0.10
# an estimate whose range spans more than this factor is too wide to recognise a slip of known size
_NARROW = 6.0
_TEXT = ("project_id", "component", "claim", "quantity", "unit", "text", "qualifier")
_NUMBERS = ("value", "low", "high", "half")


def combine_components(claims: pl.DataFrame) -> pl.DataFrame:
    """Return the claims with the parts of a project added up.

    Our estimates are of whole projects, so amounts stated for each of several components are added
    before they are compared; a statement about the whole project stays as it is, and so do
    percentages and ratios.
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
    known = {name: pl.col(name).fill_null(pl.col("value")) for name in ("low", "high")}
    added = several.group_by("project_id", "claim", "unit", maintain_order=True).agg(
        pl.lit("").alias("component"),
        pl.col("quantity").first(),
        pl.col("text").str.join(" + "),
        pl.col("qualifier").first(),
        pl.col("value").sum(),
        *(expression.sum().alias(name) for name, expression in known.items()),
        pl.col("half").fill_null(0.0).sum(),
    )
    return pl.concat([claims.filter(~parts), added.select(claims.columns)])


def with_estimates(claims: pl.DataFrame, evidence: pl.DataFrame) -> pl.DataFrame:
    """Return the claims with our estimate, its range and our unit's factor, in the claim's unit.

    Adds estimate, est_low, est_high (null where there is none) and ``unfit`` where our unit and the
    claim's measure different things.
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
    factors = unit_factors(pairs)
    scale = pl.DataFrame(
        [(ours, theirs, factors[ours, theirs]) for ours, theirs in pairs],
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


def judge_claims(
    claims: pl.DataFrame,
    figures: Gathered,
    found: list[tuple[Limit, Ratio]],
    baselines: Found,
    countries: list[str],
    missing: Mapping[tuple[str, str], str],
    generated: tuple[Floats, ...],
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
    generated
        Electricity each project delivers a year in MWh, with low and high: as stated, or else as
        expected; NaN if unknown.
    """
    size = claims.height
    columns = {
        name: claims[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
        for name in (*_NUMBERS, "estimate", "est_low", "est_high")
    }
    value, estimate = columns["value"], columns["estimate"]
    words = claims["qualifier"].to_numpy().astype(np.str_)
    low, high = bounds_of(value, columns["low"], columns["high"], columns["half"], words)
    point = np.isnan(columns["est_low"]) | np.isnan(columns["est_high"])
    slack = np.abs(estimate) * POINT_TOLERANCE
    est_low = np.where(point, estimate - slack, columns["est_low"])
    est_high = np.where(point, estimate + slack, columns["est_high"])
    project = np.searchsorted(
        np.array(figures.projects), claims["project_id"].to_numpy().astype(np.str_)
    )
    verdict = np.full(size, "", dtype="U16")
    reason = np.full(size, "", dtype="U48")
    notes: dict[str, Floats] = {
        name: np.full(size, np.nan) for name in ("number", "bound", "implied", "ours")
    }
    judged = _Judged(verdict, reason)
    names = claims["claim"].to_numpy().astype(np.str_)

    judged.settle(np.isnan(value), "not_checkable", "value_missing")
    units = _bounds(judged, names, project, (value, low, high), found, notes)
    lacks = _missing(claims, missing)
    nothing = np.isnan(estimate)
    judged.settle(claims["unfit"].to_numpy(), "not_checkable", "unit_mismatch")
    judged.settle(nothing & (claims["quantity"] == "").to_numpy(), "not_checkable", "no_method")
    judged.settle(nothing & (lacks != "").to_numpy(), "not_checkable", "missing_inputs")
    judged.settle(nothing, "not_checkable", "no_estimate")
    with np.errstate(invalid="ignore"):
        overlap = (low <= est_high) & (high >= est_low)
        judged.settle(overlap & point, "consistent", "within_point")
        judged.settle(overlap & np.isinf(high), "consistent", "within_open")
        judged.settle(overlap, "consistent", "within_range")
        side = np.where(value > estimate, "high", "low")
    open_ = judged.open
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(estimate == 0.0, np.nan, value / estimate)
    explained = _explanations(
        names, project, (low, high), (est_low, est_high), (value, estimate), baselines,
        countries, generated, notes,
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


def _explanations(
    names: npt.NDArray[np.str_],
    project: npt.NDArray[np.intp],
    claim: tuple[Floats, Floats],
    ours: tuple[Floats, Floats],
    figures: tuple[Floats, Floats],
    baselines: Found,
    countries: list[str],
    generated: tuple[Floats, ...],
    notes: dict[str, Floats],
) -> list[tuple[Mask, str]]:
    """Return what may explain a high or low claim, the likeliest first, as (where, code).

    A ``*`` in a code stands for ``high`` or ``low``.
    """
    value, estimate = figures
    candidates = baselines.candidates
    co2 = names == candidates.dimensions[0].claim
    electric = np.isin(names, [d.claim for d in candidates.dimensions])
    with np.errstate(divide="ignore", invalid="ignore"):
        energy, least, most = (array[project] for array in generated)
        notes["implied"][:] = np.where(electric, value / energy, np.nan)
        notes["ours"][:] = np.where(electric, estimate / energy, np.nan)
    nothing = co2 & (estimate == 0.0) & (value > 0.0)
    found: list[tuple[Mask, str]] = [(nothing, "zero_emission_grid")]
    found += _by_baseline(names, project, baselines, co2, electric)
    found += _by_slip(names, claim, ours)
    lowest, highest = _extremes(candidates, countries)
    with np.errstate(divide="ignore", invalid="ignore"):
        below, above = value / least < lowest[project], value / most > highest[project]
    notes["bound"][:] = np.where(
        co2 & below, lowest[project], np.where(co2 & above, highest[project], notes["bound"])
    )
    found.append((co2 & below, "below_any_factor"))
    found.append((co2 & above, "above_any_factor"))
    found.append((co2 & ~np.isnan(energy) & (least == most), "no_factor_*"))
    found.append((names == candidates.generation, "generation_*"))
    return found


def _by_baseline(
    names: npt.NDArray[np.str_],
    project: npt.NDArray[np.intp],
    baselines: Found,
    co2: Mask,
    electric: Mask,
) -> list[tuple[Mask, str]]:
    """Return the claims that another baseline reproduces, by the kind of baseline."""
    detection, candidates = baselines.detection, baselines.candidates
    if not len(baselines.project):
        return []
    place = np.full(int(max(project.max(initial=0), baselines.project.max())) + 1, -1)
    place[baselines.project] = np.arange(len(baselines.project))
    at = place[project]
    best = np.where(at >= 0, detection.candidate[np.maximum(at, 0), 0], -1)
    ties = np.where(at >= 0, detection.ties[np.maximum(at, 0)], 0)
    # a baseline that has no factor for this claim does not explain it
    has = ~np.isnan(candidates.factors)
    has[candidates.host_index] = ~np.isnan(candidates.host).all(axis=0)
    column = np.zeros(len(names), np.intp)
    for index, dimension in enumerate(candidates.dimensions):
        column[names == dimension.claim] = index
    explains = electric & (best >= 0) & (ties > 0) & has[np.maximum(best, 0), column]
    kinds = np.array([candidates.kinds.index(c.kind) for c in candidates.candidates])
    kind = np.where(best >= 0, kinds[np.maximum(best, 0)], -1)
    kinds_tied = (detection.kind_ties > 0).sum(axis=1)
    several = np.where(at >= 0, kinds_tied[np.maximum(at, 0)], 0) > 1
    return [
        (explains & where & mask, f"baseline_{name}{suffix}")
        for name, where in (
            ("ambiguous", several),
            *((name, kind == index) for index, name in enumerate(candidates.kinds)),
        )
        for mask, suffix in ((co2, ""), (~co2, "_other"))
    ]


def _by_slip(
    names: npt.NDArray[np.str_], claim: tuple[Floats, Floats], ours: tuple[Floats, Floats]
) -> list[tuple[Mask, str]]:
    """Return the claims that a slip of known size would bring into our range."""
    low, high = claim
    est_low, est_high = ours
    with np.errstate(invalid="ignore", divide="ignore"):
        narrow = (est_low > 0.0) & (est_high / est_low < _NARROW)
    found = []
    for row in read_rows("greensilk.judge", "data", "slips.csv"):
        claims = row["claims"].split("|")
        meant = np.ones(len(names), bool) if claims == ["*"] else np.isin(names, claims)
        with np.errstate(invalid="ignore"):
            fits = (low * float(row["low"]) <= est_high) & (high * float(row["high"]) >= est_low)
        found.append((meant & narrow & fits & np.isfinite(high), f"slip_{row['slip']}"))
    return found


def _extremes(candidates: CandidateSet, countries: list[str]) -> tuple[Floats, Floats]:
    """Return the lowest and the highest CO2 factor above zero of any candidate, per project."""
    distinct = {name: place for place, name in enumerate(dict.fromkeys(countries))}
    rows = candidates.country_rows(list(distinct))
    fixed = np.delete(candidates.factors[:, 0], candidates.host_index)
    both = np.concatenate(
        [np.repeat(fixed[None, :], len(rows), axis=0), candidates.host[rows, :, 0]], axis=1
    )
    both = np.where(both > 0.0, both, np.nan)
    place = np.array([distinct[name] for name in countries], np.intp)
    if not len(place):
        return np.zeros(0), np.zeros(0)
    return np.nanmin(both, axis=1)[place], np.nanmax(both, axis=1)[place]

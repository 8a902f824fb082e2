"""The verdict on each claim.

A claim is consistent if what its rounding leaves possible overlaps our 5-95 % range, high or low if
it lies outside, implausible if it is past a physical bound whatever our estimate, and not checkable
if there is no estimate beside it. Of what may explain a high or low claim the likeliest is named: a
grid that emits nothing, another baseline that reproduces the claim, a slip of known size, a factor
outside anything known, a different generation.

The order and the outcomes stand in ``data/verdicts.csv``, ladder ``claim``; this module computes
the conditions and measures they speak of, and the figures that the sentences need.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import msgspec
import numpy as np
import numpy.typing as npt
import polars as pl

from greensilk.core.rules import Subjects
from greensilk.core.tables import load_records
from greensilk.core.text.parameters import Percent, encode
from greensilk.judge.baselines import BaselineSearch
from greensilk.judge.candidates import CandidateSet
from greensilk.judge.consistency import Limit, PassedBounds, Ratio, find_passed_bounds
from greensilk.judge.figures import Bounds, Floats, Mask, StatedFigures, bound_statements
from greensilk.judge.ladders import fill_codes, ladder, ladder_params, threshold
from greensilk.judge.reasons import amount, build_params, constant, label, name, ratio, text

__all__ = ["AUDIT_COLUMNS", "Energy", "FossilPlants", "ProjectFigures", "judge_claims"]

AUDIT_COLUMNS = (
    *("project_id", "component", "claim", "quantity", "claimed", "claimed_text", "unit"),
    *("estimate", "low", "high", "ratio", "verdict", "reason_code", "reason_params"),
)
YEARLY_REDUCTION = "claimed_emission_reductions"
REDUCTIONS = (YEARLY_REDUCTION, "claimed_lifetime_emission_reductions")
# claims of how many are served: what is left for each of them is worth knowing
SERVED = ("claimed_people", "claimed_households")
# what may come out below zero because the project itself emits
EMISSIONS = (
    *("emission_reductions", "lifetime_emission_reductions", "percent_below_road"),
    *("sulphur_dioxide_avoided", "nitrogen_oxides_avoided", "particulates_avoided"),
)


class Slip(msgspec.Struct, frozen=True):
    """A slip of known size: the claim times ``low`` to ``high`` would be right."""

    slip: str
    claims: tuple[str, ...]
    low: float
    high: float
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Energy:
    """Electricity of every project in MWh a year, NaN where unknown; (projects,) each.

    ``stated`` by the project; ``net`` behind our estimates (measured, stated or expected), with
    ``low`` and ``high``.
    """

    stated: Floats
    net: Floats
    low: Floats
    high: Floats

    @property
    def best(self) -> Bounds:
        """Return the electricity a claim is about: as stated, else ours with its range."""
        known = ~np.isnan(self.stated)
        value, low, high = (
            np.where(known, self.stated, ours) for ours in (self.net, self.low, self.high)
        )
        return value, low, high


@dataclass(frozen=True, slots=True)
class FossilPlants:
    """What fossil plants emit, for every project; NaN where it is none or unknown.

    No methodology credits such a plant for being there, so there is no estimate of its reductions;
    but what it emits is known, and so is how that compares with the grid it feeds. ``emitted`` in
    tCO2e a year; ``of_grid`` is emissions per MWh over the host grid's. Each is value, low, high.
    """

    emitted: Bounds
    of_grid: Bounds

    @property
    def gain(self) -> Floats:
        """Return the most such a plant can spare a grid dirtier than itself, tCO2e a year.

        All its electricity is taken to displace the grid's average, at the ends of our ranges that
        favour the claim. Zero where the plant is the dirtier of the two, or the grid unknown.
        """
        with np.errstate(invalid="ignore", divide="ignore"):
            spared = self.emitted[2] * (1.0 / self.of_grid[1] - 1.0)
        return np.asarray(np.where(spared > 0.0, spared, 0.0))


@dataclass(frozen=True, slots=True)
class ProjectFigures:
    """What is known of the projects whose claims are judged, one entry a project.

    ``countries`` are ISO codes; ``missing`` names the inputs that a result lacks, by project and
    quantity; ``computable`` are the quantities that can be estimated at all.
    """

    figures: StatedFigures
    ratios: Sequence[tuple[Limit, Ratio]]
    baselines: BaselineSearch
    countries: Sequence[str]
    energy: Energy
    fossil: FossilPlants
    missing: Mapping[tuple[str, str], tuple[str, ...]]
    computable: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Claims:
    """The claims as arrays: what each leaves possible, beside our estimate; (claims,) each."""

    field: npt.NDArray[np.str_]
    project: npt.NDArray[np.intp]
    value: Floats
    low: Floats
    high: Floats
    estimate: Floats
    est_low: Floats
    est_high: Floats
    point: Mask


def judge_claims(claims: pl.DataFrame, projects: ProjectFigures) -> pl.DataFrame:
    """Return one row a claim, with verdict and reason: the columns :data:`AUDIT_COLUMNS`.

    ``claims`` are as :func:`greensilk.judge.figures.join_estimates` returns them.
    """
    arrays = _as_arrays(claims, projects.figures.projects)
    passed = find_passed_bounds(
        arrays.field, arrays.project, (arrays.value, arrays.low, arrays.high), projects.ratios
    )
    lacks = _missing_inputs(claims, projects.missing)
    factors = _compare_factors(arrays, projects)
    slip = _find_slips(arrays)
    baseline, at_search = _match_baselines(arrays, projects.baselines)
    subjects = _conditions(claims, arrays, projects, factors)
    subjects.conditions.update(
        past_bound=passed.code != "",
        inputs_named=(lacks != "").to_numpy(),
        baseline_fits=baseline != "",
        slip_fits=slip != "",
    )
    rules = ladder("claim")
    rule = rules.first_match(Subjects(claims.height, subjects.conditions, subjects.measures))
    codes = {"bound": passed.code, "baseline": baseline, "slip": slip}
    opposed = subjects.conditions["opposed"]
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient = np.where(
            (arrays.estimate == 0.0) | opposed, np.nan, arrays.value / arrays.estimate
        )
    judged = claims.with_columns(
        pl.Series("verdict", rules.outcomes(rule).astype(object), dtype=pl.String),
        pl.Series("reason_code", fill_codes(rules, rule, codes), dtype=pl.String),
        pl.Series("ratio", quotient).fill_nan(None),
        pl.Series("rule", rule),
        lacks,
        pl.col("text").alias("claimed_text"),
        pl.col("value").alias("claimed"),
    )
    wide = judged.with_columns(**_figures_of_reasons(arrays, projects, passed, factors)).hstack(
        _summary_rows(projects.baselines, at_search)
    )
    params = build_params(wide, "rule", ladder_params(rules), _blanks())
    return (
        judged.with_columns(params)
        .drop("low", "high")
        .rename({"est_low": "low", "est_high": "high"})
        .select(AUDIT_COLUMNS)
    )


def _as_arrays(claims: pl.DataFrame, projects: tuple[str, ...]) -> _Claims:
    value, low, high, half, estimate, est_low, est_high = (
        claims[column].cast(pl.Float64).fill_null(np.nan).to_numpy()
        for column in ("value", "low", "high", "half", "estimate", "est_low", "est_high")
    )
    low, high = bound_statements(
        value, low, high, half, claims["qualifier"].to_numpy().astype(np.str_)
    )
    point = np.isnan(est_low) | np.isnan(est_high)
    slack = np.abs(estimate) * threshold("point_tolerance")
    return _Claims(
        field=claims["claim"].to_numpy().astype(np.str_),
        project=np.searchsorted(
            np.array(projects), claims["project_id"].to_numpy().astype(np.str_)
        ),
        value=value,
        low=low,
        high=high,
        estimate=estimate,
        est_low=np.where(point, estimate - slack, est_low),
        est_high=np.where(point, estimate + slack, est_high),
        point=point,
    )


@dataclass(slots=True)
class _Computed:
    """Conditions and measures of the claims, by name."""

    conditions: dict[str, Mask]
    measures: dict[str, Floats]


@dataclass(frozen=True, slots=True)
class _Factors:
    """Claims per unit of electricity, beside ours and the ends of all candidates; (claims,) each.

    ``implied`` and ``ours`` in the claim's amount per MWh, ``each`` in kWh per head or household,
    ``edge`` the extreme candidate that a CO2 claim passes.
    """

    electric: Mask
    implied: Floats
    ours: Floats
    each: Floats
    below: Mask
    above: Mask
    edge: Floats


def _compare_factors(claims: _Claims, projects: ProjectFigures) -> _Factors:
    candidates = projects.baselines.candidates
    electric = np.isin(claims.field, candidates.claims)
    lowest, highest = (
        array[claims.project] for array in _extreme_factors(candidates, projects.countries)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        best, least, most = (array[claims.project] for array in projects.energy.best)
        below, above = claims.value / least < lowest, claims.value / most > highest
        return _Factors(
            electric=electric,
            implied=np.where(electric, claims.value / best, np.nan),
            ours=np.where(electric, claims.estimate / projects.energy.net[claims.project], np.nan),
            each=1000.0 * best / claims.value,
            below=below,
            above=above,
            edge=np.where(below, lowest, np.where(above, highest, np.nan)),
        )


def _conditions(
    frame: pl.DataFrame, claims: _Claims, projects: ProjectFigures, factors: _Factors
) -> _Computed:
    """Return the conditions and measures that depend on the claim and its estimate alone."""
    value, low, high = claims.value, claims.low, claims.high
    estimate, est_low, est_high = claims.estimate, claims.est_low, claims.est_high
    candidates, energy, fossil = projects.baselines.candidates, projects.energy, projects.fossil
    generation, net = energy.stated[claims.project], energy.net[claims.project]
    emitted, of_grid = fossil.emitted[0][claims.project], fossil.of_grid[0][claims.project]
    gain = fossil.gain[claims.project]
    material = threshold("material")
    with np.errstate(invalid="ignore", divide="ignore"):
        wide_low = est_low - material * np.abs(est_low)
        wide_high = est_high + material * np.abs(est_high)
        # the claim may be about the generation stated, our estimate about the one measured
        share = np.where(factors.electric, generation / net, np.nan)
        conditions = {
            "value_missing": np.isnan(value),
            "unit_mismatch": frame["unfit"].to_numpy(),
            "no_estimate": np.isnan(estimate),
            "method_known": frame["quantity"].is_in(list(projects.computable)).to_numpy(),
            "fossil_reduction": np.isin(claims.field, REDUCTIONS) & (emitted > 0.0) & (value > 0.0),
            "spares_grid": gain != 0.0,
            "grid_known": ~np.isnan(of_grid),
            "yearly_reduction": claims.field == YEARLY_REDUCTION,
            "above_gain": low > gain,
            "overlaps": (low <= est_high) & (high >= est_low),
            "point_estimate": claims.point,
            "open_above": np.isinf(high),
            "near_range": (low <= wide_high) & (high >= wide_low),
            "fits_stated_generation": (low <= wide_high * share) & (high >= wide_low * share),
            "opposed": ((estimate < 0.0) & (value > 0.0)) | ((estimate > 0.0) & (value < 0.0)),
            "claim_positive": value > 0.0,
            "of_emissions": frame["quantity"].is_in(EMISSIONS).to_numpy(),
            "zero_estimate": estimate == 0.0,
            "co2": claims.field == candidates.claims[0],
            "below_any_factor": factors.below,
            "above_any_factor": factors.above,
            "generation_stated": ~np.isnan(generation),
            "generation_known": ~np.isnan(energy.best[0][claims.project]),
            "of_served": np.isin(claims.field, SERVED),
            "of_generation": claims.field == candidates.generation,
            "above_estimate": value > estimate,
        }
        measures = {
            "generation_gap": np.abs(share - 1.0),
            "range_width": np.where(est_low > 0.0, est_high / est_low, np.nan),
        }
    return _Computed(conditions, measures)


def _missing_inputs(
    claims: pl.DataFrame, missing: Mapping[tuple[str, str], tuple[str, ...]]
) -> pl.Series:
    """Return what each claim's estimate lacks, as JSON of a parameter; "" if that is unknown."""
    if not missing:
        return pl.Series("lacks", [""] * claims.height, dtype=pl.String)
    lines = {
        names: msgspec.json.encode({"names": names}).decode() if any(names) else ""
        for names in set(missing.values())
    }
    table = pl.DataFrame(
        {
            "project_id": [project for project, _ in missing],
            "quantity": [quantity for _, quantity in missing],
            "lacks": [lines[names] for names in missing.values()],
        },
        schema={"project_id": pl.String, "quantity": pl.String, "lacks": pl.String},
    )
    joined = claims.select("project_id", "quantity").join(
        table, on=["project_id", "quantity"], how="left", maintain_order="left"
    )
    return joined["lacks"].fill_null("")


@cache
def _slips() -> tuple[Slip, ...]:
    return load_records("judge/data/slips.csv", Slip, key="slip")


def _find_slips(claims: _Claims) -> npt.NDArray[np.object_]:
    """Return the first slip that would bring each claim into our range, "" if there is none."""
    slips = np.full(len(claims.field), "", dtype=object)
    for slip in reversed(_slips()):
        with np.errstate(invalid="ignore"):
            fits = (claims.low * slip.low <= claims.est_high) & (
                claims.high * slip.high >= claims.est_low
            )
        if slip.claims != ("*",):
            fits &= np.isin(claims.field, slip.claims)
        slips[fits & np.isfinite(claims.high)] = slip.slip
    return slips


def _match_baselines(
    claims: _Claims, search: BaselineSearch
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.intp]]:
    """Return the kind of baseline that reproduces each claim, and its project's row in the search.

    The kind is ``ambiguous`` where those that are equally good are of several kinds, "" where none
    reproduces the claim; the row is -1 where the project was not searched.
    """
    codes = np.full(len(claims.field), "", dtype=object)
    if not len(search.project):
        return codes, np.full(len(claims.field), -1, np.intp)
    detection, candidates = search.detection, search.candidates
    rows = np.full(int(max(claims.project.max(initial=0), search.project.max())) + 1, -1, np.intp)
    rows[search.project] = np.arange(len(search.project))
    at = rows[claims.project]
    known = np.maximum(at, 0)
    best = np.where(at >= 0, detection.candidate[known, 0], -1)
    ties = np.where(at >= 0, detection.ties[known], 0)
    # a baseline that has no factor for this claim does not explain it
    has_factor = ~np.isnan(candidates.factors)
    has_factor[candidates.host_index] = ~np.isnan(candidates.host).all(axis=0)
    column = np.full(len(claims.field), -1, np.intp)
    for index, claim in enumerate(candidates.claims):
        column[claims.field == claim] = index
    explains = (column >= 0) & (best >= 0) & (ties > 0) & has_factor[np.maximum(best, 0), column]
    kinds = np.array([item.kind for item in candidates.candidates], dtype=object)
    codes[explains] = kinds[best[explains]]
    kinds_tied = (detection.kind_ties > 0).sum(axis=1)
    codes[explains & (kinds_tied[known] > 1)] = "ambiguous"
    return codes, at


def _extreme_factors(candidates: CandidateSet, countries: Sequence[str]) -> tuple[Floats, Floats]:
    """Return the lowest and the highest CO2 factor above zero of any candidate, per project."""
    distinct = {name: index for index, name in enumerate(dict.fromkeys(countries))}
    if not distinct:
        return np.zeros(0), np.zeros(0)
    rows = candidates.country_rows(list(distinct))
    fixed = np.delete(candidates.factors[:, 0], candidates.host_index)
    both = np.concatenate(
        [np.repeat(fixed[None, :], len(rows), axis=0), candidates.host[rows, :, 0]], axis=1
    )
    both = np.where(both > 0.0, both, np.nan)
    index = np.array([distinct[country] for country in countries], np.intp)
    return np.nanmin(both, axis=1)[index], np.nanmax(both, axis=1)[index]


def _figures_of_reasons(
    claims: _Claims, projects: ProjectFigures, passed: PassedBounds, factors: _Factors
) -> dict[str, pl.Series]:
    """Return the figures that sentences need, one column each."""
    energy, fossil, row = projects.energy, projects.fossil, claims.project
    with np.errstate(divide="ignore", invalid="ignore"):
        hours = energy.best[0] / projects.figures.column("capacity")[0]
    arrays = {
        "number": passed.number,
        "bound": passed.bound,
        "implied_factor": factors.implied,
        "our_factor": factors.ours,
        "edge_factor": factors.edge,
        "each": factors.each,
        "stated": energy.stated[row],
        "net": energy.net[row],
        "emitted": fossil.emitted[0][row],
        "of_grid": fossil.of_grid[0][row],
        "gain": fossil.gain[row],
        "hours": hours[row],
    }
    columns = {f"note_{key}": pl.Series(array) for key, array in arrays.items()}
    return columns | {"limit_unit": pl.Series(passed.unit, dtype=pl.String)}


def _summary_rows(search: BaselineSearch, rows: npt.NDArray[np.intp]) -> pl.DataFrame:
    """Return for each claim what the search says of its project; null where it was not searched."""
    summary = search.summary.select("implied", "strength", "candidate", "tied")
    index = pl.Series(rows).replace(-1, None).cast(pl.UInt32)
    return summary.select(pl.all().gather(index)).rename(lambda column: f"base_{column}")


def _blanks() -> dict[str, pl.Expr]:
    """Return what may stand in the sentence of a reason, as JSON of parameters."""
    unit, limit_unit, claim = pl.col("unit"), pl.col("limit_unit"), pl.col("claim")
    ends = (pl.col("est_low"), pl.col("est_high"))
    generation, emissions, pure = pl.lit("MWh/yr"), pl.lit("tCO2e/yr"), pl.lit("1")
    per_mwh = pl.concat_str(unit.str.strip_suffix("/yr"), pl.lit("/MWh"))
    tolerances = {
        key: constant(encode({"": Percent(threshold(code))})[4:-1])
        for key, code in (("material", "material"), ("tolerance", "point_tolerance"))
    }
    return tolerances | {
        "claim": name(claim),
        "quantity": name(pl.col("quantity")),
        "claimed": amount(pl.col("value"), unit, name=claim),
        "estimate": amount(pl.col("estimate"), unit, *ends, name=claim),
        "range": amount(pl.lit(None, pl.Float64), unit, *ends, name=claim),
        "times": ratio(pl.col("ratio")),
        "inverse": amount(1.0 / pl.col("ratio"), pure),
        "number": amount(pl.col("note_number"), limit_unit),
        "bound": amount(pl.col("note_bound"), limit_unit),
        "emitted": amount(pl.col("note_emitted"), emissions),
        "gain": amount(pl.col("note_gain"), emissions),
        "of_grid": ratio(pl.col("note_of_grid")),
        "implied_factor": amount(pl.col("note_implied_factor"), per_mwh),
        "our_factor": amount(pl.col("note_our_factor"), per_mwh),
        "edge_factor": amount(pl.col("note_edge_factor"), per_mwh),
        "lacks": pl.col("lacks"),
        "unit": text(unit),
        "our_unit": text(pl.col("our_unit")),
        "candidate": pl.col("base_candidate"),
        "tied": pl.col("base_tied"),
        "implied": amount(pl.col("base_implied"), generation),
        "strength": label("judge.strength.", pl.col("base_strength")),
        "stated": amount(pl.col("note_stated"), generation),
        "net": amount(pl.col("note_net"), generation),
        "each": amount(pl.col("note_each"), pl.lit("kWh/yr")),
        "hours": amount(pl.col("note_hours"), pl.lit("h/yr")),
    }

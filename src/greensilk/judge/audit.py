"""The audit: verdicts on claims, whether they fit one another, and the baselines behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from greensilk.core.errors import Fault
from greensilk.core.text import Names
from greensilk.judge.baselines import baselines_table, find_baselines
from greensilk.judge.claims import judge_claims
from greensilk.judge.collect import candidate_set
from greensilk.judge.consistency import Mask, consistency_table, ratios
from greensilk.judge.estimates import combine_components, with_estimates
from greensilk.judge.explanations import Energy
from greensilk.judge.fossil import fossil_plants
from greensilk.judge.intervals import Floats, gather
from greensilk.judge.limits import field_units, limits
from greensilk.judge.planting import planting_ratio
from greensilk.judge.reasons import audit_table
from greensilk.methods import quantities
from greensilk.reference import read_rows

__all__ = ["AuditResult", "audit"]

Missing = Mapping[tuple[str, str], str] | Iterable[Fault]


@dataclass(frozen=True, slots=True)
class AuditResult:
    """Three Arrow tables.

    ``audit``: one row per claim, with our estimate, its 5-95 % range in the claim's unit, their
    ratio, verdict and reason. ``consistency``: one row per project and ratio of two of its figures
    (see :func:`greensilk.judge.consistency.consistency_table`). ``baselines``: one row per project
    and candidate factor set (see :func:`greensilk.judge.baselines.baselines_table`).
    """

    audit: Any
    consistency: Any
    baselines: Any


def audit(claims: Any, evidence: Any, projects: Any, missing: Missing = ()) -> AuditResult:
    """Hold every claim against the evidence.

    Parameters
    ----------
    claims
        Arrow table of claims in long form: project_id, component, claim (a field of the schema),
        quantity (what it is held against, "" if nothing), value, low, high, half, unit, text and
        qualifier.
    evidence
        Arrow table: project_id, quantity, value, low, high, unit.
    projects
        Arrow table of the project components: project_id, technology or family, country, and the
        numeric fields in their canonical units.
    missing
        The inputs that missing results lack: ``{(project_id, quantity): "input, input"}``, or the
        faults of code ``not_computed`` that say the same.
    """
    claim_rows = combine_components(_frame(claims))
    components = _frame(projects)
    evidence_rows = _frame(evidence)
    candidates = candidate_set()
    figures = gather(claim_rows, components, _wanted_units(candidates.units()))
    countries = _first_text(components, "country", figures.projects)
    serves = _families(components, figures.projects)
    expected = _estimates(evidence_rows, "expected_generation", figures.projects)
    electric = ~np.any(list(serves.values()), axis=0) if serves else np.ones(len(countries), bool)
    for family in candidates.families:
        if family in serves:
            electric |= serves[family]
    baselines = find_baselines(candidates, figures, countries, electric, (expected[1], expected[2]))
    found = ratios(figures, serves)
    forests = planting_ratio(
        _estimates(evidence_rows, "carbon_uptake_of_area", figures.projects)[0],
        _estimates(evidence_rows, "carbon_uptake_of_trees", figures.projects)[0],
        _has(components, "technology", "greening", figures.projects),
    )
    stated = figures.column(candidates.generation)[0]
    net = _estimates(evidence_rows, "net_generation", figures.projects)
    known = ~np.isnan(net[0])
    energy = Energy(
        stated, *(np.where(known, ours, guess) for ours, guess in zip(net, expected, strict=True))
    )
    judged = judge_claims(
        with_estimates(claim_rows, evidence_rows),
        figures,
        found,
        baselines,
        countries,
        _missing(missing),
        energy,
        fossil_plants(
            serves,
            _estimates(evidence_rows, "project_emissions", figures.projects),
            _estimates(evidence_rows, "intensity_relative_to_grid", figures.projects),
        ),
        frozenset(record.name for record in quantities()),
    )
    return AuditResult(
        audit=audit_table(judged, figures, baselines, energy.best[0]).to_arrow(),
        consistency=consistency_table([*found, forests], figures.projects).to_arrow(),
        baselines=baselines_table(baselines, figures.projects).to_arrow(),
    )


def _frame(table: Any) -> pl.DataFrame:
    frame = pl.from_arrow(table) if not isinstance(table, pl.DataFrame) else table
    if not isinstance(frame, pl.DataFrame):
        raise TypeError(f"expected a table, not {type(table).__name__}")
    return frame


def _wanted_units(detector: Mapping[str, str]) -> dict[str, str]:
    units = field_units()
    names = {name for limit in limits() if limit.relative for name in _parts(limit)}
    return {name: units[name] for name in sorted(names)} | dict(detector)


def _parts(limit: Any) -> tuple[str, str]:
    return limit.numerator, limit.denominator


def _first_text(components: pl.DataFrame, column: str, ids: tuple[str, ...]) -> list[str]:
    """Return a text of each project: that of its first component that has one."""
    if column not in components.columns:
        return [""] * len(ids)
    found = (
        components.select(pl.col("project_id").cast(pl.String), pl.col(column).cast(pl.String))
        .drop_nulls()
        .unique(subset="project_id", keep="first", maintain_order=True)
    )
    frame = pl.DataFrame({"project_id": pl.Series(ids, dtype=pl.String)})
    joined = frame.join(found, on="project_id", how="left", maintain_order="left")
    return joined[column].fill_null("").to_list()


def _has(components: pl.DataFrame, column: str, word: str, ids: tuple[str, ...]) -> Mask:
    """Tell which projects have a component with ``word`` in a column."""
    if column not in components.columns:
        return np.zeros(len(ids), bool)
    held = components.filter(pl.col(column).cast(pl.String) == word)["project_id"].cast(pl.String)
    return np.isin(np.array(ids), held.unique().to_numpy().astype(np.str_))


def _families(components: pl.DataFrame, ids: tuple[str, ...]) -> dict[str, Mask]:
    """Return for each family which projects have a component of it."""
    rows = read_rows("greensilk.projects", "data", "technologies.csv")
    brought = {row["technology"]: row["family"] for row in rows}
    columns = []
    if "family" in components.columns:
        columns.append(pl.col("family").cast(pl.String).replace("", None))
    if "technology" in components.columns:
        technology = pl.col("technology").cast(pl.String)
        columns.append(technology.replace_strict(brought, default=None, return_dtype=pl.String))
    if not columns:
        return {}
    pairs = (
        components.select(
            pl.col("project_id").cast(pl.String), pl.coalesce(columns).alias("family")
        )
        .drop_nulls()
        .unique()
    )
    place = np.searchsorted(np.array(ids), pairs["project_id"].to_numpy().astype(np.str_))
    names = pairs["family"].to_numpy().astype(np.str_)
    masks = {}
    for family in np.unique(names):
        mask = np.zeros(len(ids), bool)
        mask[place[names == family]] = True
        masks[str(family)] = mask
    return masks


def _estimates(
    evidence: pl.DataFrame, quantity: str, ids: tuple[str, ...]
) -> tuple[Floats, Floats, Floats]:
    """Return value, low and high of a quantity for every project, NaN where there is none."""
    chosen = evidence.filter(pl.col("quantity").cast(pl.String) == quantity).select(
        pl.col("project_id").cast(pl.String),
        *(pl.col(name).cast(pl.Float64).fill_null(np.nan) for name in ("value", "low", "high")),
    )
    frame = pl.DataFrame({"project_id": pl.Series(ids, dtype=pl.String)}).join(
        chosen.unique(subset="project_id", keep="first"),
        on="project_id",
        how="left",
        maintain_order="left",
    )
    value, low, high = (
        frame[name].fill_null(np.nan).to_numpy() for name in ("value", "low", "high")
    )
    return value, np.where(np.isnan(low), value, low), np.where(np.isnan(high), value, high)


def _missing(missing: Missing) -> Mapping[tuple[str, str], str]:
    if isinstance(missing, Mapping):
        return missing
    return {
        (fault.project_id, fault.field): ", ".join(fault.expected.names)
        for fault in missing
        if fault.code == "not_computed" and fault.project_id and isinstance(fault.expected, Names)
    }

"""The audit: verdicts on claims, whether they fit one another, and the baselines behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa

from greensilk.core.errors import Fault
from greensilk.core.findings import FINDINGS
from greensilk.core.text import Names
from greensilk.judge.baselines import baselines_table, search_baselines
from greensilk.judge.candidates import candidate_set
from greensilk.judge.consistency import (
    compare_plantings,
    consistency_table,
    field_units,
    form_ratios,
    limits,
)
from greensilk.judge.figures import (
    Bounds,
    Mask,
    add_components,
    gather_figures,
    join_estimates,
)
from greensilk.judge.verdicts import Energy, FossilPlants, ProjectFigures, judge_claims
from greensilk.methods import quantities
from greensilk.projects import technologies

__all__ = ["AuditResult", "audit", "findings"]

Missing = Mapping[tuple[str, str], tuple[str, ...]] | Iterable[Fault]
FOSSIL = "fossil"
# components that make no electricity do not change what the plant is
BESIDE_FOSSIL = ("programme",)


@dataclass(frozen=True, slots=True)
class AuditResult:
    """Three Arrow tables, each with ``reason_code`` and ``reason_params``.

    ``audit``: one row per claim, with our estimate, its 5-95 % range in the claim's unit, their
    ratio and the verdict. ``consistency``: one row per project and ratio of two of its figures (see
    :func:`greensilk.judge.consistency.consistency_table`). ``baselines``: one row per project and
    candidate factor set (see :func:`greensilk.judge.baselines.baselines_table`). Words are added by
    :func:`greensilk.core.text.columns.add_sentences`.
    """

    audit: pa.Table
    consistency: pa.Table
    baselines: pa.Table

    @property
    def findings(self) -> pa.Table:
        """Return the three as one table of findings, see :func:`findings`."""
        return findings(self)


def audit(
    claims: pa.Table | pl.DataFrame,
    evidence: pa.Table | pl.DataFrame,
    projects: pa.Table | pl.DataFrame,
    missing: Missing = (),
) -> AuditResult:
    """Hold every claim against the evidence.

    Parameters
    ----------
    claims
        Claims in long form: project_id, component, claim (a field of the schema), quantity (what it
        is held against, "" if nothing), value, low, high, half, unit, text and qualifier.
    evidence
        project_id, quantity, value, low, high, unit.
    projects
        The project components: project_id, technology or family, country, and the numeric fields in
        their canonical units.
    missing
        The inputs that missing results lack: ``{(project_id, quantity): (input, ...)}``, or the
        faults of code ``not_computed`` that say the same.
    """
    claim_rows = add_components(_as_frame(claims))
    components = _as_frame(projects)
    evidence_rows = _as_frame(evidence)
    candidates = candidate_set()
    figures = gather_figures(claim_rows, components, _wanted_units() | candidates.units())
    ids = figures.projects
    countries = _first_text(components, "country", ids)
    families = _find_families(components, ids)

    def estimate(quantity: str) -> Bounds:
        return _estimates(evidence_rows, quantity, ids)

    expected, net = estimate("expected_generation"), estimate("net_generation")
    searchable = ~np.any(list(families.values()), axis=0) if families else np.ones(len(ids), bool)
    for family in candidates.families:
        if family in families:
            searchable |= families[family]
    baselines = search_baselines(
        candidates, figures, countries, searchable, (expected[1], expected[2])
    )
    ratios = form_ratios(figures, families)
    plantings = compare_plantings(
        estimate("carbon_uptake_of_area")[0],
        estimate("carbon_uptake_of_trees")[0],
        _has_component(components, "technology", "greening", ids),
    )
    known = ~np.isnan(net[0])
    judged = judge_claims(
        join_estimates(claim_rows, evidence_rows),
        ProjectFigures(
            figures=figures,
            ratios=ratios,
            baselines=baselines,
            countries=countries,
            energy=Energy(
                figures.column(candidates.generation)[0],
                *(np.where(known, ours, guess) for ours, guess in zip(net, expected, strict=True)),
            ),
            fossil=_fossil_plants(
                families, estimate("project_emissions"), estimate("intensity_relative_to_grid")
            ),
            missing=_missing_inputs(missing),
            computable=frozenset(record.name for record in quantities()),
        ),
    )
    return AuditResult(
        audit=judged.to_arrow(),
        consistency=consistency_table([*ratios, plantings], ids).to_arrow(),
        baselines=baselines_table(baselines, ids).to_arrow(),
    )


def findings(result: AuditResult) -> pa.Table:
    """Return an audit as findings (:data:`greensilk.core.findings.FINDINGS`).

    Rule ``claim``: a claim, with our estimate and the verdict. Rule ``consistency``: a ratio of two
    claims, with the plausible band. Rule ``baseline``: the best candidate of a project, with the
    generation it implies.
    """
    audited, consistency, baselines = (
        _as_frame(table) for table in (result.audit, result.consistency, result.baselines)
    )
    table = pl.concat(
        [
            _as_findings(audited, "claim", item="claim", value="estimate"),
            _as_findings(consistency, "consistency", item="check", source="source"),
            _as_findings(
                baselines.filter(pl.col("rank") == 1).with_columns(unit=pl.lit("MWh/yr")),
                "baseline",
                item="candidate",
                value="implied_generation",
                low="implied_low",
                high="implied_high",
                outcome="status",
            ),
        ]
    )
    return table.select(FINDINGS.names).to_arrow().cast(FINDINGS)


def _as_findings(
    frame: pl.DataFrame,
    rule: str,
    item: str,
    value: str = "value",
    low: str = "low",
    high: str = "high",
    outcome: str = "verdict",
    source: str = "",
) -> pl.DataFrame:
    """Return rows of one table as findings; the arguments name its columns."""
    blank = pl.lit("")
    return frame.select(
        subject="project_id",
        room=pl.lit("judge"),
        rule=pl.lit(rule),
        item=item,
        value=value,
        low=low,
        high=high,
        unit="unit",
        outcome=outcome,
        grade=pl.lit(0, pl.Int8),
        basis=blank,
        reason_code=pl.concat_str(pl.lit("reason."), pl.col("reason_code")),
        reason_params="reason_params",
        source=pl.col(source) if source else blank,
        year=blank,
    )


def _as_frame(table: pa.Table | pl.DataFrame) -> pl.DataFrame:
    frame = pl.from_arrow(table) if not isinstance(table, pl.DataFrame) else table
    if not isinstance(frame, pl.DataFrame):
        raise TypeError(f"expected a table, not {type(table).__name__}")
    return frame


def _wanted_units() -> dict[str, str]:
    """Return the fields that limits compare, with their canonical units."""
    units = field_units()
    names = {
        name
        for limit in limits()
        if limit.relative and limit.compares == "claims"
        for name in (limit.numerator, limit.denominator)
    }
    return {name: units[name] for name in sorted(names)}


def _first_text(components: pl.DataFrame, column: str, ids: tuple[str, ...]) -> list[str]:
    """Return a text of each project: that of its first component that has one."""
    if column not in components.columns:
        return [""] * len(ids)
    first = (
        components.select(pl.col("project_id").cast(pl.String), pl.col(column).cast(pl.String))
        .drop_nulls()
        .unique(subset="project_id", keep="first", maintain_order=True)
    )
    frame = pl.DataFrame({"project_id": pl.Series(ids, dtype=pl.String)})
    joined = frame.join(first, on="project_id", how="left", maintain_order="left")
    return joined[column].fill_null("").to_list()


def _has_component(components: pl.DataFrame, column: str, value: str, ids: tuple[str, ...]) -> Mask:
    """Tell which projects have a component with ``value`` in a column."""
    if column not in components.columns:
        return np.zeros(len(ids), bool)
    rows = components.filter(pl.col(column).cast(pl.String) == value)
    projects = rows["project_id"].cast(pl.String).unique()
    return np.isin(np.array(ids), projects.to_numpy().astype(np.str_))


def _find_families(components: pl.DataFrame, ids: tuple[str, ...]) -> dict[str, Mask]:
    """Return for each family which projects have a component of it."""
    family_of = {technology.code: technology.family for technology in technologies()}
    columns = []
    if "family" in components.columns:
        columns.append(pl.col("family").cast(pl.String).replace("", None))
    if "technology" in components.columns:
        technology = pl.col("technology").cast(pl.String)
        columns.append(technology.replace_strict(family_of, default=None, return_dtype=pl.String))
    if not columns:
        return {}
    pairs = (
        components.select(
            pl.col("project_id").cast(pl.String), pl.coalesce(columns).alias("family")
        )
        .drop_nulls()
        .unique()
    )
    index = np.searchsorted(np.array(ids), pairs["project_id"].to_numpy().astype(np.str_))
    names = pairs["family"].to_numpy().astype(np.str_)
    masks = {}
    for family in np.unique(names):
        mask = np.zeros(len(ids), bool)
        mask[index[names == family]] = True
        masks[str(family)] = mask
    return masks


def _fossil_plants(families: Mapping[str, Mask], emitted: Bounds, of_grid: Bounds) -> FossilPlants:
    """Return the figures of the projects that are fossil plants and nothing else."""
    only = families.get(FOSSIL, np.zeros(len(emitted[0]), bool)).copy()
    for family, mask in families.items():
        if family not in (FOSSIL, *BESIDE_FOSSIL):
            only &= ~mask

    def keep(bounds: Bounds) -> Bounds:
        value, low, high = (np.where(only, array, np.nan) for array in bounds)
        return value, low, high

    return FossilPlants(keep(emitted), keep(of_grid))


def _estimates(evidence: pl.DataFrame, quantity: str, ids: tuple[str, ...]) -> Bounds:
    """Return value, low and high of a quantity for every project, NaN where there is none."""
    rows = evidence.filter(pl.col("quantity").cast(pl.String) == quantity).select(
        pl.col("project_id").cast(pl.String),
        *(pl.col(name).cast(pl.Float64).fill_null(np.nan) for name in ("value", "low", "high")),
    )
    frame = pl.DataFrame({"project_id": pl.Series(ids, dtype=pl.String)}).join(
        rows.unique(subset="project_id", keep="first"),
        on="project_id",
        how="left",
        maintain_order="left",
    )
    value, low, high = (
        frame[name].fill_null(np.nan).to_numpy() for name in ("value", "low", "high")
    )
    return value, np.where(np.isnan(low), value, low), np.where(np.isnan(high), value, high)


def _missing_inputs(missing: Missing) -> Mapping[tuple[str, str], tuple[str, ...]]:
    if isinstance(missing, Mapping):
        return missing
    return {
        (fault.project_id, fault.field): fault.expected.names
        for fault in missing
        if fault.code == "not_computed" and fault.project_id and isinstance(fault.expected, Names)
    }

"""The search of baselines over all projects, and its result as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from greensilk.core.rules import Subjects
from greensilk.core.text.parameters import encode
from greensilk.judge.candidates import CandidateSet
from greensilk.judge.detector import Detection, detect
from greensilk.judge.figures import Floats, Mask, StatedFigures
from greensilk.judge.ladders import fill_codes, ladder, ladder_params
from greensilk.judge.reasons import amount, build_params, constant, join, label, percent, plain

__all__ = ["BaselineSearch", "baselines_table", "search_baselines"]


@dataclass(frozen=True, slots=True)
class BaselineSearch:
    """What the detector says of the searched projects; ``project`` are their rows.

    ``summary`` has a row for each: strength of the evidence, generation that the best candidate
    implies, and, as JSON of parameters, its name and the candidates that are equally good.
    """

    candidates: CandidateSet
    project: npt.NDArray[np.intp]
    detection: Detection
    stated_generation: Floats
    summary: pl.DataFrame


def search_baselines(
    candidates: CandidateSet,
    figures: StatedFigures,
    countries: Sequence[str],
    searchable: Mask,
    expected: tuple[Floats, Floats],
) -> BaselineSearch:
    """Search the baselines of all projects that make a claim which is generation times a factor.

    Parameters
    ----------
    countries
        ISO code of each project's country, "" if unknown, in the order of ``figures.projects``.
    searchable
        Which projects are of a family whose claims can be read that way; (projects,).
    expected
        Range of generation each project can be expected to reach in MWh a year, NaN where unknown.
    """
    columns = [figures.column(name) for name in (*candidates.claims, candidates.generation)]
    value, low, high = (np.stack([c[i] for c in columns], axis=1) for i in range(3))
    with np.errstate(invalid="ignore"):
        claiming = (value[:, :-1] > 0.0).any(axis=1)
    project = np.flatnonzero(searchable & claiming)
    detection = detect(
        candidates,
        value[project],
        low[project],
        high[project],
        candidates.country_rows(countries)[project],
        expected=(expected[0][project], expected[1][project]),
    )
    summary = _summarise(candidates, detection)
    return BaselineSearch(candidates, project, detection, value[project, -1], summary)


def _summarise(candidates: CandidateSet, detection: Detection) -> pl.DataFrame:
    size = len(detection.status)
    first = detection.candidate[:, 0] if size else np.zeros(0, np.int64)
    choices = np.array([item.choices for item in candidates.candidates], np.int64)
    spare = (detection.degrees - (choices[first] - 1)).astype(float)
    rules = ladder("evidence")
    strength = rules.outcomes(rules.first_match(Subjects(size, {}, {"spare_figures": spare})))
    return pl.DataFrame(
        {
            "strength": pl.Series(strength.astype(object), dtype=pl.String),
            "ties": detection.ties,
            "implied": detection.implied[:, 0],
            "eligible": detection.eligible,
            "expected": detection.expected,
            "candidate": _candidate_params(candidates).gather(np.maximum(first, 0)),
            "tied": _tied_params(candidates, detection),
        }
    )


def _candidate_params(candidates: CandidateSet) -> pl.Series:
    """Return the name of every candidate as JSON of a parameter."""
    lines = [encode({"": item.label}) for item in candidates.candidates]
    # '{"":{...}}' without its frame
    return pl.Series([line[4:-1] for line in lines], dtype=pl.String)


def _tied_params(candidates: CandidateSet, detection: Detection) -> pl.Series:
    """Return the tied candidates of each project by kind: China's thermal fleet 2015-2023 (9)."""
    row, kind = np.nonzero(detection.kind_ties)
    count, first, last = pl.col("count"), pl.col("first"), pl.col("last")
    form = (
        pl.when(last == 0)
        .then(pl.when(count == 1).then(pl.lit("one")).otherwise(pl.lit("several")))
        .when((first == last) & (count == 1))
        .then(pl.lit("year"))
        .when(first == last)
        .then(pl.lit("year_several"))
        .otherwise(pl.lit("years"))
    )
    ties = pl.DataFrame(
        {
            "row": row,
            "kind": pl.Series(candidates.kinds, dtype=pl.String).gather(kind),
            "count": detection.kind_ties[row, kind],
            "first": detection.kind_first[row, kind],
            "last": detection.kind_last[row, kind],
        }
    )
    line = join(
        '{"sentence":"judge.tied.', form, '","params":{"kind":{"label":"judge.kind.',
        pl.col("kind"), '"},"count":', count, ',"first":', first, ',"last":', last, "}}",
    )  # fmt: skip
    lists = ties.group_by("row", maintain_order=True).agg(line.str.join(",").alias("tied"))
    size = len(detection.status)
    return (
        pl.DataFrame({"row": np.arange(size)})
        .join(lists, on="row", how="left", maintain_order="left")
        .select(
            join('{"items":[', pl.col("tied").fill_null(""), '],"joint":"clauses"}').alias("tied")
        )["tied"]
    )


def baselines_table(search: BaselineSearch, projects: tuple[str, ...]) -> pl.DataFrame:
    """Return one row per project and candidate, best first.

    Columns: project_id, rank, candidate (stable id), kind, year, implied_generation with
    implied_low and implied_high, stated_generation (MWh a year), generation_gap (a fraction),
    residual (with the stated generation), residual_free (without it), rms, claims_used,
    claims_stated, fits, tied, ties (of the project), plausible (implied generation against the
    expected range), status (of the project), reason_code, reason_params. The parameters always
    hold ``candidate``, its name.
    """
    detection, candidates = search.detection, search.candidates
    ids = np.array(projects, dtype=object)[search.project]
    row, column = np.nonzero(detection.candidate >= 0)
    indexes = detection.candidate[row, column]
    generation_stated = search.stated_generation[row]
    implied = detection.implied[row, column]
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = implied / generation_stated - 1.0
    rules = ladder("baseline")
    status = rules.outcomes(detection.status)[row].astype(object)
    fits = detection.fits[row, column]
    notes = ladder("candidate")
    underdetermined = np.asarray(status == "underdetermined", bool)
    conditions = {"best": column == 0, "fits": fits, "underdetermined": underdetermined}
    note = notes.first_match(Subjects(len(row), conditions))
    best = notes.reason_codes(note) == "{status}"
    text = pl.String
    frame = pl.DataFrame(
        {
            "project_id": pl.Series(ids[row], dtype=text),
            "rank": (column + 1).astype(np.int32),
            "candidate": pl.Series([c.id for c in candidates.candidates], dtype=text).gather(
                indexes
            ),
            "kind": pl.Series([c.kind for c in candidates.candidates], dtype=text).gather(indexes),
            "year": pl.Series(
                [str(c.year) if c.year else "" for c in candidates.candidates], dtype=text
            ).gather(indexes),
            "implied_generation": implied,
            "implied_low": detection.implied_low[row, column],
            "implied_high": detection.implied_high[row, column],
            "stated_generation": pl.Series(generation_stated).fill_nan(None),
            "generation_gap": pl.Series(gap).fill_nan(None),
            "residual": detection.residual[row, column],
            "residual_free": detection.residual_free[row, column],
            "rms": detection.rms[row, column],
            "claims_used": detection.used[row, column].astype(np.int32),
            "claims_stated": detection.claims[row].astype(np.int32),
            "fits": fits,
            "tied": detection.tied[row, column],
            "ties": detection.ties[row].astype(np.int32),
            "plausible": detection.plausible[row, column],
            "status": pl.Series(status, dtype=text),
            "reason_code": pl.Series(fill_codes(notes, note, {"status": status}), dtype=text),
        }
    )
    # the rules of both ladders, numbered through
    rule = np.where(best, detection.status[row], note + len(rules.rules))
    wide = frame.with_columns(
        pl.Series("rule", rule),
        pl.Series("name", _candidate_params(candidates).gather(indexes)),
    ).hstack(search.summary[row].select("strength", pl.col("tied").alias("ties_named"), "eligible",
                                        "expected"))  # fmt: skip
    generation = pl.lit("MWh/yr")
    blanks = {
        "candidate": pl.col("name"),
        "tied": pl.col("ties_named"),
        "ties": plain(pl.col("ties")),
        "used": plain(pl.col("claims_used")),
        "claims": plain(pl.col("claims_stated")),
        "implied": amount(pl.col("implied_generation"), generation),
        "stated": pl.when(pl.col("stated_generation").is_null())
        .then(constant('{"label":"judge.not_stated"}'))
        .otherwise(amount(pl.col("stated_generation"), generation)),
        "gap": percent(pl.col("generation_gap")),
        "residual": percent(pl.col("residual")),
        "strength": label("judge.strength.", pl.col("strength")),
        "expected": plain(pl.col("expected")),
        "eligible": plain(pl.col("eligible")),
    }
    params = build_params(wide, "rule", (*ladder_params(rules), *ladder_params(notes)), blanks)
    return frame.with_columns(params)

"""The detector's findings as a table, and in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from greensilk.core.text import LANGUAGES, label
from greensilk.judge.candidates import CandidateSet
from greensilk.judge.detector import STATUSES, Detection, detect
from greensilk.judge.intervals import Floats, Gathered
from greensilk.judge.limits import thresholds
from greensilk.judge.words import figure, fill, percent

__all__ = ["Found", "baselines_table", "find_baselines"]

STRENGTHS = ("weak", "fair", "strong")


@dataclass(frozen=True, slots=True)
class Found:
    """What the detector found: ``project`` holds the places of the searched projects."""

    candidates: CandidateSet
    project: npt.NDArray[np.intp]
    detection: Detection
    stated_generation: Floats
    summary: pl.DataFrame


def find_baselines(
    candidates: CandidateSet,
    figures: Gathered,
    countries: list[str],
    serves: npt.NDArray[np.bool_],
    expected: tuple[Floats, Floats],
) -> Found:
    """Search the baselines of all projects that make a claim which is generation times a factor.

    Parameters
    ----------
    countries
        ISO code of each project's country, "" if unknown, in the order of ``figures.projects``.
    serves
        Which projects are of a family whose claims can be read that way; (projects,).
    expected
        Range of generation each project can be expected to reach, NaN where unknown.
    """
    names = [dimension.claim for dimension in candidates.dimensions]
    columns = [figures.column(name) for name in (*names, candidates.generation)]
    value, low, high = (np.stack([c[i] for c in columns], axis=1) for i in range(3))
    with np.errstate(invalid="ignore"):
        claims = (value[:, :-1] > 0.0).any(axis=1)
    project = np.flatnonzero(serves & claims)
    place = {name: row for row, name in enumerate(dict.fromkeys(countries))}
    rows = candidates.country_rows(list(place))
    country = rows[np.array([place[name] for name in countries], np.intp)[project]]
    detection = detect(
        candidates,
        value[project],
        low[project],
        high[project],
        country,
        expected=(expected[0][project], expected[1][project]),
    )
    stated = value[project, -1]
    return Found(candidates, project, detection, stated, _summary(candidates, detection, stated))


def _summary(candidates: CandidateSet, found: Detection, stated: Floats) -> pl.DataFrame:
    """Return one row a searched project: status, strength, the tied candidates in words."""
    size = len(found.status)
    first = found.candidate[:, 0] if size else np.zeros(0, np.int64)
    choices = np.array([item.choices for item in candidates.candidates], np.int64)
    spare = found.degrees - (choices[first] - 1)
    strength = np.digitize(spare, thresholds()["strength"])
    implied = found.implied[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = implied / stated - 1.0
    frame = pl.DataFrame(
        {
            "status": np.array(STATUSES)[found.status],
            "strength": np.array(STRENGTHS)[strength],
            "ties": found.ties,
            "used": found.used[:, 0].astype(np.int64),
            "claims": found.stated.astype(np.int64),
            "first": first,
            "implied": implied,
            "gap": gap,
            "residual": found.residual[:, 0],
            "eligible": found.eligible,
            "expected": found.expected,
        }
    )
    words = [_tied_words(candidates, found, lang) for lang in LANGUAGES]
    labels = [_labels(candidates, first, lang) for lang in LANGUAGES]
    return frame.with_columns(
        *(column.alias(f"tied_{lang}") for column, lang in zip(words, LANGUAGES, strict=True)),
        *(column.alias(f"label_{lang}") for column, lang in zip(labels, LANGUAGES, strict=True)),
    )


def _labels(candidates: CandidateSet, places: npt.NDArray[np.int64], lang: str) -> pl.Series:
    names = pl.Series([item.label(lang) for item in candidates.candidates], dtype=pl.String)
    return names.gather(np.maximum(places, 0))


def _tied_words(candidates: CandidateSet, found: Detection, lang: str) -> pl.Series:
    """Return the tied candidates by kind: ``China's thermal fleet 2015-2023 (9)``."""
    joiner = "；" if lang == "zh" else "; "
    columns = []
    for place, kind in enumerate(candidates.kinds):
        count = found.kind_ties[:, place]
        if not count.any():
            continue
        frame = pl.DataFrame(
            {
                "count": count,
                "first": found.kind_first[:, place],
                "last": found.kind_last[:, place],
            }
        )
        one_year = pl.col("first") == pl.col("last")
        form = (
            pl.when(pl.col("count") == 0)
            .then(pl.lit(""))
            .when(pl.col("last") == 0)
            .then(pl.when(pl.col("count") == 1).then(pl.lit("one")).otherwise(pl.lit("several")))
            .when(one_year & (pl.col("count") == 1))
            .then(pl.lit("year"))
            .when(one_year)
            .then(pl.lit("year_several"))
            .otherwise(pl.lit("years"))
        )
        blanks = {
            "kind": pl.lit(label(f"judge.kind.{kind}", lang)),
            **{name: pl.col(name) for name in ("count", "first", "last")},
        }
        words = fill(frame.with_columns(form.alias("form")), "form", "judge.tied", lang, blanks)
        columns.append(words.replace("", None).alias(kind))
    if not columns:
        return pl.Series([""] * len(found.status), dtype=pl.String)
    return pl.DataFrame(columns).select(
        pl.concat_str(pl.all(), separator=joiner, ignore_nulls=True).alias("tied")
    )["tied"]


def baselines_table(found: Found, projects: tuple[str, ...]) -> pl.DataFrame:
    """Return one row per project and candidate, best first.

    Columns: project_id, rank, candidate (stable id), candidate_en, candidate_zh, kind, year,
    implied_generation with implied_low and implied_high, stated_generation, generation_gap (a
    fraction), residual (with the stated generation), residual_free (without it), rms, claims_used,
    claims_stated, fits, tied, ties (of the project), plausible (implied generation against the
    expected range), status (of the project), note (a code), note_en, note_zh.
    """
    detection = found.detection
    ids = np.array(projects, dtype=object)[found.project]
    row, column = np.nonzero(detection.candidate >= 0)
    places = detection.candidate[row, column]
    stated = found.stated_generation[row]
    implied = detection.implied[row, column]
    kinds = pl.Series([item.kind for item in found.candidates.candidates], dtype=pl.String)
    codes = pl.Series([item.id for item in found.candidates.candidates], dtype=pl.String)
    years = pl.Series(
        [str(item.year) if item.year else "" for item in found.candidates.candidates],
        dtype=pl.String,
    )
    status = np.array(STATUSES)[detection.status]
    fits = detection.fits[row, column]
    frame = pl.DataFrame(
        {
            "project_id": pl.Series(ids[row], dtype=pl.String),
            "rank": (column + 1).astype(np.int32),
            "candidate": codes.gather(places),
            "candidate_en": _labels(found.candidates, places, "en"),
            "candidate_zh": _labels(found.candidates, places, "zh"),
            "kind": kinds.gather(places),
            "year": years.gather(places),
            "implied_generation": implied,
            "implied_low": detection.implied_low[row, column],
            "implied_high": detection.implied_high[row, column],
            "stated_generation": stated,
            "generation_gap": implied / stated - 1.0,
            "residual": detection.residual[row, column],
            "residual_free": detection.residual_free[row, column],
            "rms": detection.rms[row, column],
            "claims_used": detection.used[row, column].astype(np.int32),
            "claims_stated": detection.stated[row].astype(np.int32),
            "fits": fits,
            "tied": detection.tied[row, column],
            "ties": detection.ties[row].astype(np.int32),
            "plausible": detection.plausible[row, column],
            "status": status[row],
        }
    )
    frame = frame.with_columns(
        pl.col("stated_generation", "generation_gap").fill_nan(None),
        pl.when(pl.col("rank") == 1)
        .then("status")
        .when("fits")
        .then(pl.lit("candidate_fits"))
        .when(pl.col("status") == "underdetermined")
        .then(pl.lit("candidate_open"))
        .otherwise(pl.lit("candidate_misses"))
        .alias("note"),
    )
    summary = found.summary[row].select(*("strength", "tied_en", "tied_zh", "expected", "eligible"))
    wide = frame.hstack(summary)
    return frame.with_columns(_notes(wide, lang).alias(f"note_{lang}") for lang in LANGUAGES)


def _notes(wide: pl.DataFrame, lang: str) -> pl.Series:
    energy = label("judge.unit.MWh/yr", lang)
    gap = "" if lang == "zh" else " "
    strengths = {name: label(f"judge.strength.{name}", lang) for name in STRENGTHS}

    def generation(column: str) -> pl.Expr:
        words = figure(pl.col(column), lang) + gap + energy
        return words.fill_null(label("judge.not_stated", lang))

    return fill(
        wide,
        "note",
        "detector",
        lang,
        {
            "candidate": pl.col(f"candidate_{lang}"),
            "tied": pl.col(f"tied_{lang}"),
            "ties": pl.col("ties"),
            "used": pl.col("claims_used"),
            "claims": pl.col("claims_stated"),
            "implied": generation("implied_generation"),
            "stated": generation("stated_generation"),
            "gap": percent(pl.col("generation_gap")),
            "residual": percent(pl.col("residual")),
            "free": percent(pl.col("residual_free")),
            "strength": pl.col("strength").replace_strict(strengths, return_dtype=pl.String),
            "expected": pl.col("expected"),
            "eligible": pl.col("eligible"),
        },
    )

"""The audit as a table: verdicts with their reasons in words."""

from __future__ import annotations

import numpy as np
import polars as pl

from greensilk.core.text import LANGUAGES, label
from greensilk.judge.baselines import STRENGTHS, Found
from greensilk.judge.intervals import Floats, Gathered
from greensilk.judge.words import amount, compose, figure, fill, name_words, percent

__all__ = ["AUDIT_COLUMNS", "audit_table", "reason_blanks"]

AUDIT_COLUMNS = (
    *("project_id", "component", "claim", "quantity", "claimed", "claimed_text", "unit"),
    *("estimate", "low", "high", "ratio", "verdict", "reason_code", "reason_en", "reason_zh"),
)


def audit_table(
    judged: pl.DataFrame, figures: Gathered, baselines: Found, generated: Floats
) -> pl.DataFrame:
    """Return one row a claim, with a reason in each language.

    ``judged`` is what :func:`greensilk.judge.claims.judge_claims` returns, ``generated`` each
    project's electricity in MWh a year.
    """
    summary = baselines.summary
    place = judged["baseline"].to_numpy()
    borrowed = summary.select(
        "implied", "ties", "tied_en", "tied_zh", "label_en", "label_zh", "strength"
    )
    if summary.height:
        taken = borrowed[np.maximum(place, 0)]
    else:
        taken = pl.DataFrame(
            {name: pl.Series([None] * judged.height, dtype=kind) for name, kind in
             borrowed.schema.items()}
        )  # fmt: skip
    capacity = figures.column("capacity")[0]
    rows = judged["place"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        hours = generated / capacity
    wide = judged.hstack(taken.rename({name: f"base_{name}" for name in taken.columns}))
    wide = wide.with_columns(
        pl.Series("hours", hours[rows] if len(rows) else np.zeros(0)),
        pl.Series("mw", capacity[rows] if len(rows) else np.zeros(0)),
        pl.col("text").alias("claimed_text"),
        pl.col("value").alias("claimed"),
    )
    wide = wide.with_columns(_reasons(wide, lang).alias(f"reason_{lang}") for lang in LANGUAGES)
    return (
        wide.drop("low", "high")
        .rename({"est_low": "low", "est_high": "high"})
        .with_columns(pl.col("ratio").fill_nan(None))
        .select(AUDIT_COLUMNS)
    )


def _per_energy(unit: pl.Expr, units: list[str], lang: str) -> pl.Expr:
    """Return the words for a yearly amount's unit per MWh."""
    known = {
        name: label(f"judge.unit.{name.removesuffix('/yr')}/MWh", lang) for name in units if name
    }
    return unit.replace_strict(known, default="", return_dtype=pl.String)


def _reasons(wide: pl.DataFrame, lang: str) -> pl.Series:
    return fill(wide, "reason_code", "reason", lang, reason_blanks(wide, lang))


def reason_blanks(wide: pl.DataFrame, lang: str) -> dict[str, pl.Expr]:
    """Return what may stand in the sentence of a reason."""
    units = [*wide["unit"].unique().to_list(), *wide["limit_unit"].unique().to_list()]
    gap = "" if lang == "zh" else " "
    claims = name_words(wide["claim"].unique().to_list(), lang)
    quantities = name_words(wide["quantity"].unique().to_list(), lang)
    joiner = "、" if lang == "zh" else ", "
    lacks = {
        detail: joiner.join(
            name_words([name], lang).get(name, name) for name in detail.split(", ") if name
        )
        for detail in wide["lacks"].unique().to_list()
    }
    unit = pl.col("unit")
    energy = label("judge.unit.MWh/yr", lang)
    per_unit = _per_energy(unit, units, lang)
    ratio = pl.col("ratio")

    def money(column: str) -> pl.Expr:
        return amount(pl.col(column), unit, lang, units)

    def plain(column: str) -> pl.Expr:
        return (
            pl.when(unit == "1")
            .then(percent(pl.col(column)))
            .otherwise(figure(pl.col(column), lang))
        )

    def limit(column: str) -> pl.Expr:
        kind = pl.col("limit_unit")
        return (
            # the hours of a year are known to the last figure
            pl.when(kind == "h/yr")
            .then(amount(pl.col(column), kind, lang, units, digits=4))
            .otherwise(amount(pl.col(column), kind, lang, units))
        )

    strengths = {name: label(f"judge.strength.{name}", lang) for name in STRENGTHS}
    return {
        "claim": pl.col("claim").replace_strict(claims, default=None, return_dtype=pl.String),
        "quantity": pl.col("quantity").replace_strict(
            quantities, default=None, return_dtype=pl.String
        ),
        "claimed": money("value"),
        "text": pl.when(pl.col("text") == "").then(money("value")).otherwise("text"),
        "estimate": money("estimate"),
        "low": plain("est_low"),
        "high": plain("est_high"),
        "high_unit": money("est_high"),
        "times": pl.when(ratio.abs() >= 0.95)
        .then(compose("judge.times", lang, {"number": figure(ratio, lang)}))
        .otherwise(compose("judge.share", lang, {"number": percent(ratio)})),
        "inverse": figure(1.0 / ratio, lang),
        "percent": percent(ratio - 1.0),
        "number": limit("note_number"),
        "bound": limit("note_bound"),
        "emitted": amount(pl.col("note_emitted"), pl.lit("tCO2e/yr"), lang, ["tCO2e/yr"]),
        "gain": amount(pl.col("note_gain"), pl.lit("tCO2e/yr"), lang, ["tCO2e/yr"]),
        "of_grid": pl.when(pl.col("note_of_grid") >= 0.95)
        .then(compose("judge.times", lang, {"number": figure(pl.col("note_of_grid"), lang)}))
        .otherwise(compose("judge.share", lang, {"number": percent(pl.col("note_of_grid"))})),
        "implied_factor": figure(pl.col("note_implied"), lang) + gap + per_unit,
        "our_factor": figure(pl.col("note_ours"), lang) + gap + per_unit,
        "edge_factor": figure(pl.col("note_bound"), lang) + gap + per_unit,
        "lacks": pl.col("lacks").replace_strict(lacks, default="", return_dtype=pl.String),
        "unit": unit,
        "our_unit": pl.col("our_unit"),
        "candidate": pl.col(f"base_label_{lang}"),
        "tied": pl.col(f"base_tied_{lang}"),
        "implied": figure(pl.col("base_implied"), lang) + gap + energy,
        "strength": pl.col("base_strength").replace_strict(
            strengths, default=None, return_dtype=pl.String
        ),
        "stated": figure(pl.col("note_stated"), lang) + gap + energy,
        "net": figure(pl.col("note_net"), lang) + gap + energy,
        "each": figure(pl.col("note_each"), lang),
        "hours": figure(pl.col("hours"), lang),
    }

"""World Resources Institute (CAIT): what the first contributions hold, sector by sector."""

from __future__ import annotations

import polars as pl

from greensilk.facts.model import Files

YEAR = 2018  # of the last assessment
NOT_SUBMITTED = "No Document Submitted"
NAMED = "Sectoral action specified"
# Renewable energy may also be one of several targets; the text then names it.
RENEWABLE = "(?i)renewable"


def parse(files: Files) -> pl.DataFrame:
    """Read the assessment as yes and no; countries without a document are left out."""
    table = pl.read_csv(files["content"], infer_schema_length=0).filter(
        pl.col("submission_label") != NOT_SUBMITTED
    )
    sectors = [
        name for name in table.columns if name.startswith(("a_", "m_")) and name.endswith("_label")
    ]
    kind = pl.col("mitigation_contribution_type_label")
    other = pl.col("non_ghg_target_type_label")
    answers = {
        name.removesuffix("_label").replace("-", "_"): pl.col(name) == NAMED for name in sectors
    } | {
        "ghg_target": kind.str.starts_with("GHG target"),
        "renewable_target": (other == "Renewable energy target")
        | (
            (other == "Multiple non-GHG targets")
            & pl.col("non_ghg_target").fill_null("").str.contains(RENEWABLE)
        ),
        "long_term_target": pl.col("time_long_term_target_label") != "No long-term target",
    }
    return pl.concat(
        [
            table.select(
                series=pl.lit(series),
                key=pl.col("ISO"),
                year=pl.lit(YEAR, dtype=pl.Int32),
                value=answer.cast(pl.Float64),
            )
            for series, answer in answers.items()
        ]
    )

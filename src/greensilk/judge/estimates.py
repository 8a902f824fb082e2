"""Our estimates beside the claims: parts added up, units made equal."""

from __future__ import annotations

import polars as pl

from greensilk.judge.intervals import unit_factors

__all__ = ["NUMBERS", "combine_components", "with_estimates"]

_TEXT = ("project_id", "component", "claim", "quantity", "unit", "text", "qualifier")
NUMBERS = ("value", "low", "high", "half")


def combine_components(claims: pl.DataFrame) -> pl.DataFrame:
    """Return the claims with the parts of a project added up.

    Our estimates are of whole projects, so amounts stated for each of several components are added
    before they are compared; a statement about the whole project stays as it is, and so do
    percentages and ratios.
    """
    missing = [
        pl.lit(None, pl.String if name in _TEXT else pl.Float64).alias(name)
        for name in (*_TEXT, *NUMBERS)
        if name not in claims.columns
    ]
    claims = claims.with_columns(missing).select(
        *(pl.col(name).cast(pl.String).fill_null("") for name in _TEXT),
        *(pl.col(name).cast(pl.Float64).fill_nan(None) for name in NUMBERS),
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

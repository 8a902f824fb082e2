"""Checks across datasets: publishers of one concept, and this build against the last one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from greensilk.facts.checks import QUALITY, empty, finding

if TYPE_CHECKING:
    import polars as pl

    from greensilk.facts.catalogue import Concept
    from greensilk.facts.model import Indicator

__all__ = ["check_against", "check_store"]

UNIT_RATIO = 300.0  # a slip of a factor of a thousand, allowing for real differences


def check_store(
    facts: pl.DataFrame, catalogue: Mapping[str, Indicator], concepts: Mapping[str, Concept]
) -> pl.DataFrame:
    """Return the findings across datasets: publishers of one concept that disagree."""
    return _of_datasets(_disagreements(facts, catalogue, concepts), catalogue)


def check_against(
    facts: pl.DataFrame, catalogue: Mapping[str, Indicator], before: pl.DataFrame | None
) -> pl.DataFrame:
    """Return what the last build had and this one lost.

    ``before`` is the coverage of the last build (``indicator, facts, economies``), if there is one.
    """
    if before is None:
        return empty()
    return _of_datasets(_coverage_lost(facts, before), catalogue)


def _of_datasets(found: pl.DataFrame, catalogue: Mapping[str, Indicator]) -> pl.DataFrame:
    """Fill in the dataset of each finding, and sort."""
    import polars as pl

    names = pl.DataFrame(
        {
            "indicator": [one.code for one in catalogue.values()],
            "dataset": [one.dataset for one in catalogue.values()],
        }
    )
    return (
        found.drop("dataset")
        .join(names, on="indicator", how="left")
        .select(QUALITY)
        .sort("check", "indicator", "economy", "year")
    )


def _coverage_lost(facts: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    now = (
        facts.group_by("indicator")
        .agg(now_facts=pl.len(), now_economies=pl.col("economy").n_unique())
        .with_columns(pl.col("indicator").cast(pl.String))
    )
    lost = (
        before.join(now, on="indicator", how="left")
        .with_columns(pl.col("now_facts", "now_economies").fill_null(0))
        .filter(
            (pl.col("now_economies") < pl.col("economies"))
            | (pl.col("now_facts") < pl.col("facts"))
        )
        .with_columns(
            economy=pl.lit(None, dtype=pl.String),
            year=pl.lit(None, dtype=pl.Int16),
            value=pl.col("now_facts").cast(pl.Float64),
        )
    )
    note = pl.format(
        "{} economies and {} facts; the last build had {} and {}",
        "now_economies",
        "now_facts",
        "economies",
        "facts",
    )
    return finding(lost, "coverage_lost", note)


def _disagreements(
    facts: pl.DataFrame, catalogue: Mapping[str, Indicator], concepts: Mapping[str, Concept]
) -> pl.DataFrame:
    """Compare every publisher with the median of its concept in the same economy and year."""
    import polars as pl

    from greensilk.core.units import factor

    rows = [
        {
            "indicator": one.code,
            "concept": one.concept,
            "to_concept": factor(one.unit, concepts[one.concept].unit),
            "tolerance": concepts[one.concept].tolerance,
        }
        for one in catalogue.values()
        if one.concept in concepts
    ]
    if not rows:
        return empty()
    compared = [str(row["indicator"]) for row in rows]
    known = facts.schema["indicator"]
    if isinstance(known, pl.Enum):  # an enum takes no words that it does not know
        held = set(known.categories.to_list())
        compared = [code for code in compared if code in held]
    comparable = (
        facts.filter(
            pl.col("indicator").is_in(compared)
            & ~pl.col("flag").cast(pl.String).is_in(["projection", "zero_filled"])
        )
        .select("indicator", "economy", "year", "value")
        .join(
            pl.DataFrame(rows).with_columns(
                pl.col("indicator").cast(facts.schema["indicator"], strict=False)
            ),
            on="indicator",
        )
        .with_columns(common=pl.col("value") * pl.col("to_concept"))
        .filter(pl.col("common") > 0)
    )
    place = ["concept", "economy", "year"]
    judged = (
        comparable.with_columns(
            middle=pl.col("common").log().median().exp().over(place), n=pl.len().over(place)
        )
        .filter(pl.col("n") > 1)
        .with_columns(ratio=pl.col("common") / pl.col("middle"))
    )
    # The middle of ratios: of two publishers it lies between them, so that the tolerance, which is
    # about their full distance, is taken by half on each side.
    far = pl.max_horizontal(pl.col("ratio"), 1 / pl.col("ratio")) > pl.col("tolerance").sqrt()
    # Old quarrels are history: the last year both have a figure for is the one that counts.
    latest = (
        judged.sort("year", descending=True, maintain_order=True)
        .unique(subset=["indicator", "economy"], keep="first", maintain_order=True)
        .filter(far)
    )
    unit_slip = (
        judged.group_by("indicator", maintain_order=True)
        .agg(pl.col("ratio").median(), pl.col("economy").n_unique().alias("economies"))
        .filter(
            (pl.col("economies") >= 10)
            & (pl.max_horizontal(pl.col("ratio"), 1 / pl.col("ratio")) > UNIT_RATIO**0.5)
        )
        .with_columns(
            economy=pl.lit(None, dtype=pl.String),
            year=pl.lit(None, dtype=pl.Int16),
            value=pl.col("ratio"),
        )
    )
    return pl.concat(
        [
            finding(
                latest,
                "disagreement",
                pl.format("{} times the middle of the concept", pl.col("ratio").round(3)),
            ),
            finding(
                unit_slip,
                "unit_doubtful",
                pl.format("typically {} times its siblings", pl.col("ratio").round(4)),
            ),
        ]
    )

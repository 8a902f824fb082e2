"""The tables beside the facts: what there is, from whom, and the last figure of every series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from greensilk.facts import catalogue as registers

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "coverage_table",
    "datasets_table",
    "indicators_table",
    "latest_table",
    "sources_table",
    "words",
]

# A country page draws this many of the last years of a series.
SPARK_YEARS = 30


def words(facts: pl.DataFrame, column: str) -> list[str]:
    """Return every word of an enum column, in order."""
    import polars as pl

    kind = facts.schema[column]
    return kind.categories.to_list() if isinstance(kind, pl.Enum) else []


def coverage_table(facts: pl.DataFrame) -> pl.DataFrame:
    """Return facts, economies, first and last observed year of every indicator."""
    import polars as pl

    observed = pl.col("flag") != "projection"
    return (
        facts.group_by("indicator")
        .agg(
            facts=pl.len(),
            economies=pl.col("economy").n_unique(),
            first_year=pl.col("year").min(),
            last_year=pl.col("year").filter(observed).max(),
        )
        .with_columns(pl.col("indicator").cast(pl.String))
        .sort("indicator")
    )


def indicators_table(
    catalogue: Mapping[str, Any], coverage: pl.DataFrame, primaries: Mapping[str, str]
) -> pl.DataFrame:
    """Describe every indicator that has facts."""
    import polars as pl

    from greensilk.facts.definitions import definition

    sources = registers.sources()
    rows = [
        {
            "indicator": one.code,
            "en": one.en,
            "zh": one.zh,
            "unit": one.unit,
            "theme": one.theme,
            "direction": one.direction,
            "concept": one.concept,
            "is_primary": primaries.get(one.concept) == one.code,
            "source": one.source,
            "producer": sources[one.source].producer.id,
            "dataset": one.dataset,
            "licence": sources[one.source].licence.id,
            "open": sources[one.source].licence.open,
            "packaged": sources[one.source].licence.packaged,
            "definition_en": definition(one, "en"),
            "definition_zh": definition(one, "zh"),
            "aliases": _aliases(one.concept),
            "note": one.note,
        }
        for one in catalogue.values()
    ]
    return pl.DataFrame(rows).join(coverage, on="indicator", how="inner").sort("indicator")


def _aliases(concept: str) -> str:
    entry = registers.concepts().get(concept)
    return " | ".join((entry.en, entry.zh, *entry.aliases)) if entry else ""


def sources_table(facts: pl.DataFrame) -> pl.DataFrame:
    """Return every registered source with its producer, licence and what it gave."""
    import polars as pl

    used = (
        facts.group_by("source")
        .agg(
            facts=pl.len(),
            economies=pl.col("economy").n_unique(),
            indicators=pl.col("indicator").n_unique(),
            last_year=pl.col("year").max(),
        )
        .with_columns(pl.col("source").cast(pl.String))
    )
    rows = [
        {
            "source": one.id,
            "producer": one.producer.id,
            "producer_en": one.producer.en,
            "producer_zh": one.producer.zh,
            "producer_address": one.producer.address,
            "en": one.en,
            "zh": one.zh,
            "carrier": one.carrier,
            "address": one.address,
            "licence": one.licence.id,
            "open": one.licence.open,
            "packaged": one.licence.packaged,
            "licence_note": one.note or one.licence.note,
            "vintage": one.vintage,
            "citation": one.citation,
        }
        for one in registers.sources().values()
    ]
    return (
        pl.DataFrame(rows)
        .join(used, on="source", how="left")
        .with_columns(pl.col("facts", "economies", "indicators").fill_null(0))
        .sort("source")
    )


def datasets_table(
    datasets: Sequence[Mapping[str, object]],
    catalogue: Mapping[str, Any],
    facts: pl.DataFrame,
    quality: pl.DataFrame,
) -> pl.DataFrame:
    """Return one row a dataset: what was read, what it gave, what was found."""
    import polars as pl

    where = pl.DataFrame(
        {
            "indicator": list(catalogue),
            "dataset": [one.dataset for one in catalogue.values()],
        }
    )
    rows = (
        facts.select(pl.col("indicator").cast(pl.String), "economy", "year")
        .join(where, on="indicator")
        .group_by("dataset")
        .agg(
            facts=pl.len(),
            indicators=pl.col("indicator").n_unique(),
            economies=pl.col("economy").n_unique(),
            first_year=pl.col("year").min(),
            last_year=pl.col("year").max(),
        )
    )
    findings = quality.group_by("dataset").agg(findings=pl.len())
    return (
        pl.DataFrame(datasets)
        .join(rows, on="dataset", how="left")
        .join(findings, on="dataset", how="left")
        .with_columns(pl.col("facts", "indicators", "economies", "findings").fill_null(0))
        .sort("dataset")
    )


def latest_table(
    facts: pl.DataFrame, catalogue: Mapping[str, Any], quality: pl.DataFrame
) -> pl.DataFrame:
    """Return the last observed figure of every series, its rank, and its last thirty years.

    Rank 1 is the best where the indicator has a better end, else the highest; ties share a rank.
    A figure more than ten years older than the indicator's newest is not ranked: it is stale.
    """
    import polars as pl

    from greensilk.reference.economies import partners

    codes = words(facts, "indicator")
    about = pl.DataFrame(
        {
            "indicator": codes,
            "theme": [catalogue[code].theme for code in codes],
            "falling": [catalogue[code].direction == "lower_better" for code in codes],
        }
    ).with_columns(pl.col("indicator").cast(facts["indicator"].dtype))
    series = ["indicator", "economy"]
    last = (
        facts.filter(pl.col("flag") != "projection")
        .group_by(series, maintain_order=True)
        .agg(
            pl.col("year").last(),
            pl.col("value").last(),
            pl.col("unit").last(),
            pl.col("source").last(),
            pl.col("flag").last(),
            first_year=pl.col("year").first(),
            figures=pl.len().cast(pl.Int32),
            years=pl.col("year").tail(SPARK_YEARS),
            values=pl.col("value").tail(SPARK_YEARS),
        )
        .join(about, on="indicator")
    )
    partner = [one.iso3 for one in partners()]
    doubtful = (
        quality.filter(pl.col("check").is_in(["disagreement", "out_of_range", "jump"]))
        .filter(pl.col("economy").is_not_null())
        .group_by("indicator", "economy")
        .agg(findings=pl.col("check").unique().sort().str.join(" "))
        .with_columns(
            pl.col("indicator").cast(facts["indicator"].dtype),
            pl.col("economy").cast(facts["economy"].dtype),
        )
    )
    fresh = pl.col("year") >= pl.col("year").max().over("indicator") - 10
    signed = pl.when("falling").then(pl.col("value")).otherwise(-pl.col("value"))
    last = last.with_columns(
        stale=~fresh,
        partner=pl.col("economy").cast(pl.String).is_in(partner),
        measure=pl.when(fresh).then(signed),
    ).with_columns(partner_measure=pl.when("partner").then("measure"))
    ranks: list[pl.Expr] = []
    for prefix, measure in (("", "measure"), ("partner_", "partner_measure")):
        ranks.append(
            pl.col(measure).rank("min").over("indicator").cast(pl.Int16).alias(f"{prefix}rank")
        )
        ranks.append(pl.col(measure).count().over("indicator").cast(pl.Int16).alias(f"{prefix}of"))
    return (
        last.with_columns(ranks)
        .drop("measure", "partner_measure", "falling")
        .join(doubtful, on=series, how="left")
        .with_columns(pl.col("findings").fill_null(""))
        .sort("economy", "theme", "indicator")
    )

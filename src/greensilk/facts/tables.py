"""The tables beside the facts: what there is, from whom, and the last figure of every series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from greensilk.facts import catalogue as registers
from greensilk.facts.model import Indicator
from greensilk.facts.reports import DatasetReport
from greensilk.facts.thresholds import threshold
from greensilk.reference.economies import partners

__all__ = [
    "choose_primaries",
    "coverage_table",
    "datasets_table",
    "enum_values",
    "indicators_table",
    "latest_table",
    "sources_table",
]


def enum_values(facts: pl.DataFrame, column: str) -> list[str]:
    """Return every text of an enum column, in order."""
    kind = facts.schema[column]
    return kind.categories.to_list() if isinstance(kind, pl.Enum) else []


def coverage_table(facts: pl.DataFrame) -> pl.DataFrame:
    """Return facts, economies, first and last observed year of every indicator."""
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


def choose_primaries(catalogue: Mapping[str, Indicator], coverage: pl.DataFrame) -> dict[str, str]:
    """Return ``{concept: code of its primary indicator}`` for every concept that has facts.

    Decided by the data, in this order: an explicit preference of the catalogue (its reason in
    ``note``); an open licence; wide coverage; the most recent figures, where a single year counts
    as older than it is, because it has no history; more economies; the code, so that the choice
    never depends on chance. ``coverage`` is :func:`coverage_table`.
    """
    rows = {}
    for row in coverage.iter_rows(named=True):
        single = row["facts"] < 2 * row["economies"]
        age = int(threshold("primary.single_year")) if single else 0
        rows[row["indicator"]] = (int(row["economies"]), int(row["last_year"] or 0) - age)
    members: dict[str, list[str]] = {}
    for code in sorted(rows):
        members.setdefault(catalogue[code].concept, []).append(code)
    primaries: dict[str, str] = {}
    for concept, codes in members.items():
        widest = max(rows[code][0] for code in codes)
        wide = max(threshold("primary.economies"), threshold("primary.share") * widest)

        def order(code: str, wide: float = wide) -> tuple[object, ...]:
            indicator = catalogue[code]
            economies, last_year = rows[code]
            licence = registers.sources()[indicator.source].licence
            narrow = economies < wide
            return (indicator.prefer, not licence.open, narrow, -last_year, -economies, code)

        primaries[concept] = min(codes, key=order)
    return primaries


def indicators_table(
    catalogue: Mapping[str, Indicator], coverage: pl.DataFrame, primaries: Mapping[str, str]
) -> pl.DataFrame:
    """Describe every indicator that has facts."""
    sources = registers.sources()
    rows = []
    for row in catalogue.values():
        source = sources[row.source]
        definition_en, definition_zh = registers.definitions(row)
        rows.append(
            {
                "indicator": row.code,
                "en": row.en,
                "zh": row.zh,
                "unit": row.unit,
                "theme": row.theme,
                "direction": row.direction,
                "concept": row.concept,
                "is_primary": primaries.get(row.concept) == row.code,
                "source": row.source,
                "producer": source.producer.id,
                "dataset": row.dataset,
                "licence": source.licence.id,
                "open": source.licence.open,
                "packaged": source.licence.packaged,
                "definition_en": definition_en,
                "definition_zh": definition_zh,
                "aliases": _aliases(row.concept),
                "note": row.note,
            }
        )
    return pl.DataFrame(rows).join(coverage, on="indicator", how="inner").sort("indicator")


def _aliases(concept: str) -> str:
    entry = registers.concepts().get(concept)
    return " | ".join((entry.en, entry.zh, *entry.aliases)) if entry else ""


def sources_table(facts: pl.DataFrame) -> pl.DataFrame:
    """Return every registered source with its producer, licence and what it gave."""
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
            "source": source.id,
            "producer": source.producer.id,
            "producer_en": source.producer.en,
            "producer_zh": source.producer.zh,
            "producer_address": source.producer.address,
            "en": source.en,
            "zh": source.zh,
            "carrier": source.carrier,
            "address": source.address,
            "licence": source.licence.id,
            "open": source.licence.open,
            "packaged": source.licence.packaged,
            "licence_note": source.note or source.licence.note,
            "vintage": source.vintage,
            "citation": source.citation(),
        }
        for source in registers.sources().values()
    ]
    return (
        pl.DataFrame(rows)
        .join(used, on="source", how="left")
        .with_columns(pl.col("facts", "economies", "indicators").fill_null(0))
        .sort("source")
    )


def datasets_table(
    reports: Sequence[DatasetReport],
    catalogue: Mapping[str, Indicator],
    facts: pl.DataFrame,
    quality: pl.DataFrame,
) -> pl.DataFrame:
    """Return one row a dataset: what was read, what it gave, what the checks say."""
    owners = pl.DataFrame(
        {
            "indicator": list(catalogue),
            "dataset": [row.dataset for row in catalogue.values()],
        }
    )
    counts = (
        facts.select(pl.col("indicator").cast(pl.String), "economy", "year")
        .join(owners, on="indicator")
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
        pl.DataFrame([_dataset_row(report) for report in reports])
        .join(counts, on="dataset", how="left")
        .join(findings, on="dataset", how="left")
        .with_columns(pl.col("facts", "indicators", "economies", "findings").fill_null(0))
        .sort("dataset")
    )


def _dataset_row(report: DatasetReport) -> dict[str, object]:
    dataset = registers.dataset(report.dataset)
    sources = [row for row in registers.sources().values() if row.carrier == dataset.id]
    return {
        "dataset": dataset.id,
        "en": dataset.en,
        "zh": dataset.zh,
        "address": dataset.address,
        "vintage": max((source.vintage for source in sources), default=""),
        "producers": len({source.producer.id for source in sources}),
        "licences": " ".join(sorted({source.licence.id for source in sources})),
        "files": len(dataset.files),
        "changed_files": len(report.changed_files),
    }


def latest_table(
    facts: pl.DataFrame, catalogue: Mapping[str, Indicator], quality: pl.DataFrame
) -> pl.DataFrame:
    """Return the last observed figure of every series, its rank, and its last thirty years.

    Rank 1 is the best where the indicator has a better end, else the highest; ties share a rank.
    A figure more than ten years older than the indicator's newest is not ranked: it is stale.
    """
    codes = enum_values(facts, "indicator")
    about = pl.DataFrame(
        {
            "indicator": codes,
            "theme": [catalogue[code].theme for code in codes],
            "falling": [catalogue[code].direction == "lower_better" for code in codes],
        }
    ).with_columns(pl.col("indicator").cast(facts["indicator"].dtype))
    series = ["indicator", "economy"]
    years = int(threshold("latest.years"))
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
            years=pl.col("year").tail(years),
            values=pl.col("value").tail(years),
        )
        .join(about, on="indicator")
    )
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
    stale = int(threshold("latest.stale"))
    fresh = pl.col("year") >= pl.col("year").max().over("indicator") - stale
    signed = pl.when("falling").then(pl.col("value")).otherwise(-pl.col("value"))
    partner_codes = [partner.iso3 for partner in partners()]
    last = last.with_columns(
        stale=~fresh,
        partner=pl.col("economy").cast(pl.String).is_in(partner_codes),
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

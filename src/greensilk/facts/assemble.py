"""From the parts of all datasets to one build: tables sorted, ranked, checked and written.

Everything here is a pure function of the parts and the catalogue, with no clock and no chance, so
that identical input gives Parquet files that are equal byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import polars as pl

from greensilk.core.errors import OutputError
from greensilk.core.text.parameters import encode
from greensilk.facts import catalogue as registers
from greensilk.facts.checks import QUALITY, check_against, check_store, quality_table
from greensilk.facts.model import Indicator
from greensilk.facts.parquet import FACTS, to_arrow, write_parquet
from greensilk.facts.reports import DatasetReport
from greensilk.facts.thresholds import threshold
from greensilk.reference.economies import partners

__all__ = ["assemble", "choose_primaries"]

ENUMS = ("indicator", "economy", "unit", "source", "flag")
# Columns of the facts in the DuckDB file; texts get a type of their own.
FACT_COLUMNS = {
    "indicator": "",
    "economy": "",
    "year": "SMALLINT",
    "value": "DOUBLE",
    "unit": "",
    "source": "",
    "flag": "",
}
BATCH = 2**19  # rows


def assemble(
    parts: Mapping[str, Path],
    reports: Sequence[DatasetReport],
    target: Path,
    last_build: Path | None = None,
) -> dict[str, int]:
    """Write a complete build into the empty folder ``target``; return its counts.

    Parameters
    ----------
    parts
        The folder of each dataset's part.
    reports
        What became of each dataset; the last good data of one that failed are in ``parts``.
    target
        Where to write.
    last_build
        Folder of the build before, for the check on losses.

    Raises
    ------
    OutputError
        If the database cannot be written.
    """
    catalogue = registers.indicators()
    facts = _facts(parts)
    groups = pl.concat(
        [pl.read_parquet(folder / "groups.parquet") for _, folder in sorted(parts.items())]
    ).sort("indicator", "group", "year")
    coverage = _coverage_table(facts)
    quality = pl.concat(
        [
            *(pl.read_parquet(folder / "quality.parquet") for _, folder in sorted(parts.items())),
            check_store(facts, catalogue, registers.concepts()),
            quality_table(_failure(report) for report in reports if report.error),
        ]
    ).sort(*QUALITY)
    # What was lost since the last build depends on history: it stands in the DuckDB file only, so
    # that the Parquet files follow from the input alone.
    lost = check_against(facts, catalogue, _coverage_before(last_build))
    tables = {
        "groups": groups,
        "indicators": _indicators_table(catalogue, coverage, choose_primaries(catalogue, coverage)),
        "sources": _sources_table(facts),
        "datasets": _datasets_table(reports, catalogue, facts, quality),
        "quality": quality,
        "latest": _latest_table(facts, catalogue, quality),
    }
    _write_facts(facts, catalogue, target)
    try:
        _write_tables(facts, tables, lost, target)
    except duckdb.Error as error:
        raise OutputError(
            "store_unwritten", folder=str(target.parents[1]), reason=str(error)
        ) from error
    used = tables["sources"].filter(pl.col("facts") > 0)
    wide = coverage.filter(pl.col("economies") >= threshold("primary.economies"))
    counts = {
        "facts": facts.height,
        "indicators": coverage.height,
        "indicators_100": wide.height,
        "economies": facts["economy"].n_unique(),
        "producers": used["producer"].n_unique(),
        "sources": used.height,
        "groups": groups.height,
        "findings": quality.height + lost.height,
    }
    (target / "build.json").write_text(json.dumps(counts, indent=1, sort_keys=True), "utf-8")
    return counts


def _failure(report: DatasetReport) -> dict[str, object]:
    assert report.error is not None  # noqa: S101 - only failed ones come here
    return {
        "check": "failed",
        "dataset": report.dataset,
        "reason_code": f"error.{report.error.code}",
        "reason_params": encode(report.error.params),
    }


def _coverage_before(build: Path | None) -> pl.DataFrame | None:
    if build is None:
        return None
    columns = ["indicator", "facts", "economies"]
    return pl.read_parquet(build / "indicators.parquet", columns=columns)


def _facts(parts: Mapping[str, Path]) -> pl.DataFrame:
    """Read all parts as one frame sorted by indicator, economy and year, its texts as enums."""
    frames = [pl.read_parquet(folder / "facts.parquet") for _, folder in sorted(parts.items())]
    enums = {
        name: pl.Enum(sorted(set().union(*(frame[name].unique().to_list() for frame in frames))))
        for name in ENUMS
    }
    return pl.concat(
        [
            frame.with_columns(pl.col(name).cast(kind) for name, kind in enums.items())
            for frame in frames
        ]
    ).sort("indicator", "economy", "year")


def _write_facts(facts: pl.DataFrame, catalogue: Mapping[str, Indicator], target: Path) -> None:
    """Write the facts as Parquet, one file a theme."""
    members: dict[str, list[str]] = {}
    for code in _enum_values(facts, "indicator"):
        members.setdefault(catalogue[code].theme, []).append(code)
    for theme, codes in sorted(members.items()):
        rows = to_arrow(facts.filter(pl.col("indicator").is_in(codes))).cast(FACTS)
        write_parquet(rows, target / "facts" / f"theme={theme}" / "part-0.parquet")
        del rows


def _write_tables(
    facts: pl.DataFrame, tables: Mapping[str, pl.DataFrame], lost: pl.DataFrame, target: Path
) -> None:
    """Write the tables as Parquet, and everything into one DuckDB file."""
    with duckdb.connect(str(target / "facts.duckdb")) as connection:
        for name in ENUMS:
            values = ", ".join(
                "'" + text.replace("'", "''") + "'" for text in _enum_values(facts, name)
            )
            connection.execute(f"CREATE TYPE {name}_word AS ENUM ({values})")
        columns = ", ".join(
            f"{name} {name}_word" if name in ENUMS else f"{name} {kind}"
            for name, kind in FACT_COLUMNS.items()
        )
        connection.execute(f"CREATE TABLE facts ({columns})")
        # Some at a time, in their order: enums take far more room as text than as numbers.
        for start in range(0, facts.height, BATCH):
            connection.register("rows", to_arrow(facts.slice(start, BATCH)))
            connection.execute("INSERT INTO facts SELECT * FROM rows")
            connection.unregister("rows")
        for name, table in tables.items():
            rows = to_arrow(table)
            write_parquet(rows, target / f"{name}.parquet")
            connection.register("rows", rows)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM rows")  # noqa: S608
            connection.unregister("rows")
        connection.register("rows", to_arrow(lost))
        connection.execute("INSERT INTO quality SELECT * FROM rows")


def _enum_values(facts: pl.DataFrame, column: str) -> list[str]:
    """Return every text of an enum column, in order."""
    kind = facts.schema[column]
    return kind.categories.to_list() if isinstance(kind, pl.Enum) else []


def _coverage_table(facts: pl.DataFrame) -> pl.DataFrame:
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
    never depends on chance. ``coverage``: ``indicator, facts, economies, last_year``.
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


def _indicators_table(
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


def _sources_table(facts: pl.DataFrame) -> pl.DataFrame:
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


def _datasets_table(
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


def _latest_table(
    facts: pl.DataFrame, catalogue: Mapping[str, Indicator], quality: pl.DataFrame
) -> pl.DataFrame:
    """Return the last observed figure of every series, its rank, and its last thirty years.

    Rank 1 is the best where the indicator has a better end, else the highest; ties share a rank.
    A figure more than ten years older than the indicator's newest is not ranked: it is stale.
    """
    codes = _enum_values(facts, "indicator")
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

"""From the parts of all datasets to one build: tables sorted, ranked, checked and written.

Everything here is a pure function of the parts and the catalogue, with no clock and no chance, so
that identical input gives Parquet files that are equal byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greensilk.facts import catalogue as registers
from greensilk.facts.checks import QUALITY, check_against, check_store, frame
from greensilk.facts.model import fact_schema
from greensilk.facts.primary import choose

if TYPE_CHECKING:
    import polars as pl

__all__ = ["TABLES", "assemble", "write_parquet"]

# Tables beside the facts, each a Parquet file and a table of the DuckDB file.
TABLES: tuple[str, ...] = ("groups", "indicators", "sources", "datasets", "quality", "latest")
# A country page draws this many of the last years of a series.
SPARK_YEARS = 30
WORDS = ("indicator", "economy", "unit", "source", "flag")
# Columns of the facts in the DuckDB file; words get a type of their own.
FACT_COLUMNS = {
    "indicator": "",
    "economy": "",
    "year": "SMALLINT",
    "value": "DOUBLE",
    "unit": "",
    "source": "",
    "flag": "",
}
ROWS_AT_ONCE = 2**19


def assemble(
    parts: Mapping[str, Path],
    datasets: Sequence[Mapping[str, object]],
    target: Path,
    before: pl.DataFrame | None,
    failures: Mapping[str, str] | None = None,
) -> dict[str, int]:
    """Write a complete build into the empty folder ``target``; return its counts.

    Parameters
    ----------
    parts
        The folder of each dataset's part.
    datasets
        One row a dataset for the table ``datasets`` (status, vintage, files, message).
    before
        Coverage of the last build (``indicator, facts, economies``), for the check on losses.
    failures
        Why a dataset could not be read this time, by its id; its last good data are in ``parts``.
    """
    import polars as pl

    catalogue = registers.indicators()
    facts = _facts(parts)
    groups = pl.concat(
        [pl.read_parquet(folder / "groups.parquet") for _, folder in sorted(parts.items())]
    ).sort("indicator", "group", "year")
    coverage = _coverage(facts)
    primaries = choose(catalogue, coverage)
    across = check_store(facts, catalogue, registers.concepts())
    quality = pl.concat(
        [
            *(pl.read_parquet(folder / "quality.parquet") for _, folder in sorted(parts.items())),
            across,
            frame(
                [
                    {"check": "failed", "dataset": name, "note": note}
                    for name, note in sorted((failures or {}).items())
                ]
            ),
        ]
    ).sort(QUALITY)
    # What was lost since the last build depends on history: it stands in the DuckDB file only, so
    # that the Parquet files follow from the input alone.
    lost = check_against(facts, catalogue, before)
    latest = _latest(facts, catalogue, quality)
    tables = {
        "groups": groups,
        "indicators": _indicators(catalogue, coverage, primaries),
        "sources": _sources(catalogue, facts),
        "datasets": _datasets(datasets, catalogue, facts, quality),
        "quality": quality,
        "latest": latest,
    }
    _write(facts, tables, lost, catalogue, target)
    counts = {
        "facts": facts.height,
        "indicators": coverage.height,
        "indicators_100": coverage.filter(pl.col("economies") >= 100).height,
        "economies": facts["economy"].n_unique(),
        "producers": tables["sources"].filter(pl.col("facts") > 0)["producer"].n_unique(),
        "sources": tables["sources"].filter(pl.col("facts") > 0).height,
        "groups": groups.height,
        "findings": quality.height + lost.height,
    }
    (target / "build.json").write_text(json.dumps(counts, indent=1, sort_keys=True), "utf-8")
    return counts


def _facts(parts: Mapping[str, Path]) -> pl.DataFrame:
    """Read all parts as one frame sorted by indicator, economy and year, its words as enums."""
    import polars as pl

    frames = [pl.read_parquet(folder / "facts.parquet") for _, folder in sorted(parts.items())]
    words = {
        name: pl.Enum(sorted(set().union(*(frame[name].unique().to_list() for frame in frames))))
        for name in WORDS
    }
    return pl.concat(
        [
            frame.with_columns(pl.col(name).cast(kind) for name, kind in words.items())
            for frame in frames
        ]
    ).sort("indicator", "economy", "year")


def _words(facts: pl.DataFrame, column: str) -> list[str]:
    """Return every word of an enum column, in order."""
    import polars as pl

    kind = facts.schema[column]
    return kind.categories.to_list() if isinstance(kind, pl.Enum) else []


def _coverage(facts: pl.DataFrame) -> pl.DataFrame:
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


def _indicators(
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


def _sources(catalogue: Mapping[str, Any], facts: pl.DataFrame) -> pl.DataFrame:
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


def _datasets(
    datasets: Sequence[Mapping[str, object]],
    catalogue: Mapping[str, Any],
    facts: pl.DataFrame,
    quality: pl.DataFrame,
) -> pl.DataFrame:
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


def _latest(
    facts: pl.DataFrame, catalogue: Mapping[str, Any], quality: pl.DataFrame
) -> pl.DataFrame:
    """Return the last observed figure of every series, its rank, and its last thirty years.

    Rank 1 is the best where the indicator has a better end, else the highest; ties share a rank.
    A figure more than ten years older than the indicator's newest is not ranked: it is stale.
    """
    import polars as pl

    from greensilk.reference.economies import partners

    codes = _words(facts, "indicator")
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


def write_parquet(table: Any, path: Path, *, small: bool = False) -> None:
    """Write an Arrow table so that the same table always gives the same bytes.

    ``small`` takes more time for fewer bytes: one group of rows, no dictionary of numbers.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    words = [field.name for field in table.schema if not pa.types.is_floating(field.type)]
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(
        table.replace_schema_metadata(None),
        path,
        compression="zstd",
        compression_level=19 if small else 3,
        use_dictionary=words if small else True,
        row_group_size=2**22 if small else 2**17,
        write_statistics=True,
        version="2.6",
    )


def _write(
    facts: pl.DataFrame,
    tables: Mapping[str, pl.DataFrame],
    lost: pl.DataFrame,
    catalogue: Mapping[str, Any],
    target: Path,
) -> None:
    import duckdb
    import polars as pl

    members: dict[str, list[str]] = {}
    for code in _words(facts, "indicator"):
        members.setdefault(catalogue[code].theme, []).append(code)
    for theme, codes in sorted(members.items()):
        chosen = _plain(facts.filter(pl.col("indicator").is_in(codes)))
        write_parquet(
            chosen.cast(fact_schema()), target / "facts" / f"theme={theme}" / "part-0.parquet"
        )
        del chosen
    connection = duckdb.connect(str(target / "facts.duckdb"))
    try:
        for name in WORDS:
            values = ", ".join(
                "'" + str(word).replace("'", "''") + "'" for word in _words(facts, name)
            )
            connection.execute(f"CREATE TYPE {name}_word AS ENUM ({values})")
        columns = ", ".join(
            f"{name} {name}_word" if name in WORDS else f"{name} {kind}"
            for name, kind in FACT_COLUMNS.items()
        )
        connection.execute(f"CREATE TABLE facts ({columns})")
        # Some at a time, in their order: words take far more room as text than as numbers.
        for start in range(0, facts.height, ROWS_AT_ONCE):
            connection.register("rows", _plain(facts.slice(start, ROWS_AT_ONCE)))
            connection.execute("INSERT INTO facts SELECT * FROM rows")
            connection.unregister("rows")
        for name, table in tables.items():
            plain = _plain(table)
            write_parquet(plain, target / f"{name}.parquet")
            connection.register("rows", plain)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM rows")  # noqa: S608
            connection.unregister("rows")
        connection.register("rows", _plain(lost))
        connection.execute("INSERT INTO quality SELECT * FROM rows")
    finally:
        connection.close()


def _plain(table: pl.DataFrame) -> Any:
    """Return a frame as an Arrow table, its enums as text."""
    import polars as pl

    return table.with_columns(
        pl.col(column).cast(pl.String)
        for column, kind in table.schema.items()
        if isinstance(kind, pl.Enum)
    ).to_arrow()

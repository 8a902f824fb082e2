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
from greensilk.facts.checks import QUALITY, frame
from greensilk.facts.cross_checks import check_against, check_store
from greensilk.facts.model import fact_schema
from greensilk.facts.parquet import plain, write_parquet
from greensilk.facts.primary import choose
from greensilk.facts.tables import (
    coverage_table,
    datasets_table,
    indicators_table,
    latest_table,
    sources_table,
    words,
)

if TYPE_CHECKING:
    import polars as pl

__all__ = ["TABLES", "assemble"]

# Tables beside the facts, each a Parquet file and a table of the DuckDB file.
TABLES: tuple[str, ...] = ("groups", "indicators", "sources", "datasets", "quality", "latest")
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
    coverage = coverage_table(facts)
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
    latest = latest_table(facts, catalogue, quality)
    tables = {
        "groups": groups,
        "indicators": indicators_table(catalogue, coverage, primaries),
        "sources": sources_table(facts),
        "datasets": datasets_table(datasets, catalogue, facts, quality),
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
    for code in words(facts, "indicator"):
        members.setdefault(catalogue[code].theme, []).append(code)
    for theme, codes in sorted(members.items()):
        chosen = plain(facts.filter(pl.col("indicator").is_in(codes)))
        write_parquet(
            chosen.cast(fact_schema()), target / "facts" / f"theme={theme}" / "part-0.parquet"
        )
        del chosen
    connection = duckdb.connect(str(target / "facts.duckdb"))
    try:
        for name in WORDS:
            values = ", ".join(
                "'" + str(word).replace("'", "''") + "'" for word in words(facts, name)
            )
            connection.execute(f"CREATE TYPE {name}_word AS ENUM ({values})")
        columns = ", ".join(
            f"{name} {name}_word" if name in WORDS else f"{name} {kind}"
            for name, kind in FACT_COLUMNS.items()
        )
        connection.execute(f"CREATE TABLE facts ({columns})")
        # Some at a time, in their order: words take far more room as text than as numbers.
        for start in range(0, facts.height, ROWS_AT_ONCE):
            connection.register("rows", plain(facts.slice(start, ROWS_AT_ONCE)))
            connection.execute("INSERT INTO facts SELECT * FROM rows")
            connection.unregister("rows")
        for name, table in tables.items():
            rows = plain(table)
            write_parquet(rows, target / f"{name}.parquet")
            connection.register("rows", rows)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM rows")  # noqa: S608
            connection.unregister("rows")
        connection.register("rows", plain(lost))
        connection.execute("INSERT INTO quality SELECT * FROM rows")
    finally:
        connection.close()

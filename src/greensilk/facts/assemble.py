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
from greensilk.facts.tables import (
    choose_primaries,
    coverage_table,
    datasets_table,
    enum_values,
    indicators_table,
    latest_table,
    sources_table,
)
from greensilk.facts.thresholds import threshold

__all__ = ["assemble"]

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
    coverage = coverage_table(facts)
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
        "indicators": indicators_table(catalogue, coverage, choose_primaries(catalogue, coverage)),
        "sources": sources_table(facts),
        "datasets": datasets_table(reports, catalogue, facts, quality),
        "quality": quality,
        "latest": latest_table(facts, catalogue, quality),
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
    for code in enum_values(facts, "indicator"):
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
                "'" + text.replace("'", "''") + "'" for text in enum_values(facts, name)
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

"""Country facts as figures the appraisal can use: what plants yield, and what feeds the grid.

``data/appraisal.csv`` lists which indicators become which parameter of the formulas, and by which
of two rules. ``years``: the latest observed year, from the lowest to the highest of the last five.
``plants``: the median of the last three years, with the relative spread that the technology's
default has, for a plant of unknown site. A yield is left out where publishers disagree about the
capacity or the generation behind it, or where no plant in the world comes near it.

Figures come from the snapshot in the package, so that an appraisal gives the same answer on every
machine, or from a built store where the user names one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import Literal

import msgspec
import polars as pl

from greensilk.core.provenance import Source, document_source
from greensilk.core.tables import load_records
from greensilk.core.units import factor
from greensilk.facts.thresholds import threshold
from greensilk.reference.figures import Distribution, Row, Table, load

__all__ = ["PACKAGED", "FactLine", "appraisal_table", "fact_lines"]

PACKAGED = "packaged"
NAME = "country_facts"
# the rank of the packaged tables, which win where both know the same country and technology
RANK = 20
GRADE = 3
COLUMNS = {"indicator": str, "economy": str, "year": int, "value": float, "unit": str,
           "source": str}  # fmt: skip


class FactLine(msgspec.Struct, frozen=True):
    """Which indicator becomes which parameter of the formulas, and by which rule.

    ``divisor``: the indicator it is divided by, where the parameter is a share. ``maximum``: a
    figure above it is a fault of the publisher's.
    """

    indicator: str
    parameter: str
    unit: str
    scope: Literal["keys", "project"]
    spread: Literal["years", "plants"]
    divisor: str = ""
    technology: str = ""
    maximum: float | None = None


def fact_lines() -> tuple[FactLine, ...]:
    """Return the rows of ``data/appraisal.csv``.

    >>> fact_lines()[0].parameter
    'capacity_factor'
    """
    return load_records("facts/data/appraisal.csv", FactLine)


@cache
def appraisal_table(facts: str = PACKAGED) -> Table:
    """Return the figures of a facts store as a reference table keyed by country and technology.

    ``facts`` is ``packaged`` for the snapshot in the package, else the folder of a built store.
    Indicators the store does not hold are left out.

    Raises
    ------
    StoreError
        If ``facts`` names a folder without a built store.

    >>> row = appraisal_table().get("grid_renewable_share", country="KEN")
    >>> 0 < row.low <= row.value <= row.high <= 1
    True
    """
    wanted = sorted(
        {code for line in fact_lines() for code in (line.indicator, line.divisor) if code}
    )
    disputed: Collection[tuple[str, str]] = ()
    if facts == PACKAGED:
        figures, sources = _packaged(wanted)
    else:
        figures, sources, disputed = _store(facts, wanted)
    rows = [row for line in fact_lines() for row in _rows(line, figures, sources, disputed)]
    return Table(
        name=NAME,
        title={"en": "Country facts", "zh": "国别数据"},
        keys=("country", "technology"),
        scope="keys",
        rank=RANK,
        grade=GRADE,
        description="Latest observed year of each country, from the facts store.",
        sources={row.source.id: row.source for row in rows},
        rows=tuple(rows),
        engine=True,
    )


def _packaged(wanted: Sequence[str]) -> tuple[pl.DataFrame, Mapping[str, Source]]:
    folder = files("greensilk.facts") / "snapshot_data"
    with as_file(folder) as path:
        if not (path / "facts.parquet").is_file():
            return pl.DataFrame(schema=COLUMNS), {}
        figures = (
            pl.scan_parquet(path / "facts.parquet")
            .filter(pl.col("indicator").cast(pl.String).is_in(wanted))
            .select(*COLUMNS)
            .collect()
        )
        sources = pl.read_parquet(path / "sources.parquet")
    return _plain(figures), _sources(sources)


def _store(
    root: str, wanted: Sequence[str]
) -> tuple[pl.DataFrame, Mapping[str, Source], set[tuple[str, str]]]:
    # the database is needed only where the user names a store
    from greensilk.facts.query import Facts

    limit = threshold("disagreement.appraisal")
    with Facts.open(root) as store:
        known = set(store.indicators().column("indicator").to_pylist())
        codes = [code for code in wanted if code in known]
        marks = ", ".join("?" for _ in codes)
        if not codes:
            return pl.DataFrame(schema=COLUMNS), {}, set()
        figures = store.sql(
            f"SELECT {', '.join(COLUMNS)} FROM facts "  # noqa: S608 - our own column names
            f"WHERE indicator IN ({marks}) AND flag NOT IN ('projection', 'imputed')",
            codes,
        )
        sources = store.sources()
        disputes = store.sql(
            "SELECT indicator, economy FROM quality WHERE \"check\" = 'disagreement' "
            "AND NOT (ratio BETWEEN ? AND ?)",
            [1 / limit, limit],
        ).to_pylist()
    return (
        _plain(pl.DataFrame(figures)),
        _sources(pl.DataFrame(sources)),
        {(row["indicator"], row["economy"]) for row in disputes},
    )


def _behind(indicator: str) -> list[str]:
    """Return the series a capacity factor was made from, and the wider ones compared instead."""
    dataset, _, series = indicator.partition(".")
    technology = series.removeprefix("capacity_factor_")
    names = {technology, technology.partition("_")[0]}
    return [f"{dataset}.{kind}_{name}" for kind in ("capacity", "generation") for name in names]


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(
        pl.col("indicator", "economy", "unit", "source").cast(pl.String),
        pl.col("year").cast(pl.Int64),
        pl.col("value").cast(pl.Float64),
    )


def _sources(frame: pl.DataFrame) -> Mapping[str, Source]:
    return {
        row["source"]: document_source(
            row["source"],
            row["producer_en"],
            row["en"],
            (row["vintage"] or "")[:4],
            licence=row["licence"],
            address=row["address"],
        )
        for row in frame.iter_rows(named=True)
    }


def _rows(
    line: FactLine,
    figures: pl.DataFrame,
    sources: Mapping[str, Source],
    disputed: Collection[tuple[str, str]],
) -> list[Row]:
    series = figures.filter(pl.col("indicator") == line.indicator)
    if line.divisor:
        divisors = figures.filter(pl.col("indicator") == line.divisor).select(
            "economy", "year", divisor="value"
        )
        series = (
            series.join(divisors, on=["economy", "year"])
            .filter(pl.col("divisor") > 0)
            .with_columns(value=pl.col("value") / pl.col("divisor"))
        )
    if series.is_empty():
        return []
    by_plants = line.spread == "plants"
    value, years = pl.col("value"), int(threshold("appraisal.years"))
    recent = (
        series.sort("economy", "year")
        .group_by("economy", maintain_order=True)
        .agg(
            pl.col("year").last(),
            pl.col("source").last(),
            value.tail(int(threshold("appraisal.median"))).median() if by_plants else value.last(),
            value.tail(years).min().alias("least"),
            value.tail(years).max().alias("most"),
        )
    )
    rows = []
    for row in recent.iter_rows(named=True):
        source = sources.get(row["source"])
        spread = _spread(line, row["value"], row["least"], row["most"], years)
        if source is None or spread is None:
            continue
        if by_plants and any(
            (name, row["economy"]) in disputed for name in _behind(line.indicator)
        ):
            continue
        if line.maximum is not None and row["value"] > line.maximum:
            continue  # a fault of the figures: no country loses more than that on its lines
        low, high, kind, note = spread
        clause = f"{line.indicator} / {line.divisor}" if line.divisor else line.indicator
        rows.append(
            Row(
                keys=(row["economy"], line.technology),
                parameter=line.parameter,
                value=row["value"],
                low=low,
                high=high,
                distribution=kind,
                unit=line.unit,
                year=str(row["year"]),
                source=source,
                clause=clause,
                verified=True,
                note=note,
                scope=line.scope,
                grade=GRADE,
            )
        )
    return rows


def _spread(
    line: FactLine, value: float, least: float, most: float, years: int
) -> tuple[float, float, Distribution, str] | None:
    """Return low, high, distribution and the reason for the range; None for a faulty figure."""
    if line.spread == "years":
        if least == most:
            return least, most, "fixed", "one year only: no range known"
        return least, most, "triangular", f"range: lowest and highest of the last {years} years"
    default = load("capacity_factors").get("capacity_factor", technology=line.technology)
    scale = factor(default.unit, line.unit)
    # a fleet's mean beyond what single plants reach the world over is a fault of the figures
    if not default.low * scale <= value <= default.high * scale:
        return None
    low = value * default.low / default.value
    # no plant of the country beyond the best of the world
    high = min(value * default.high / default.value, default.high * scale)
    note = "mean of the country's fleet; range: judgement, the relative spread of the default"
    return min(low, value), max(high, value), "triangular", note

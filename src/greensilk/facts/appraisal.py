"""Country facts as figures the appraisal can use: what plants yield, and what feeds the grid.

``appraisal.csv`` lists which indicators become which parameter of the formulas, and by which of
two rules. ``years``: the latest observed year, from the lowest to the highest of the last five.
``plants``: the median of the last three years, with the relative spread that the technology's
default has, for a plant of unknown site. A yield is left out where publishers disagree about the
capacity or the generation behind it, or where no plant in the world comes near it.

Figures come from the snapshot in the package, so that an appraisal gives the same answer on every
machine, or from a built store where the user names one.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from greensilk import reference
from greensilk.core.provenance import Source, document_source
from greensilk.core.units import factor
from greensilk.reference import Row, Table, read_rows
from greensilk.reference.figures import Distribution

if TYPE_CHECKING:
    import polars as pl

__all__ = ["PACKAGED", "appraisal_table"]

PACKAGED = "packaged"
NAME = "country_facts"
# beyond this ratio to the middle of all publishers a figure is disputed
DISPUTE = 1.25
YEARS = 5
# the rank of the packaged tables, which win where both know the same country and technology
RANK = 20
GRADE = 3


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
    plan = read_rows("greensilk.facts", "appraisal.csv")
    wanted = sorted({part for row in plan for part in row["indicator"].split(" / ")})
    disputed: set[tuple[str, str]] = set()
    if facts == PACKAGED:
        figures, sources = _packaged(wanted)
    else:
        figures, sources, disputed = _store(facts, wanted)
    rows: list[Row] = []
    used: dict[str, Source] = {}
    for line in plan:
        for row in _rows(line, figures, sources, disputed):
            rows.append(row)
            used[row.source.id] = row.source
    return Table(
        name=NAME,
        title={"en": "Country facts", "zh": "国别数据"},
        keys=("country", "technology"),
        scope="keys",
        rank=RANK,
        grade=GRADE,
        description="Latest observed year of each country, from the facts store.",
        sources=used,
        rows=tuple(rows),
        engine=True,
    )


def _packaged(wanted: list[str]) -> tuple[pl.DataFrame, dict[str, Source]]:
    import polars as pl

    folder = files("greensilk.facts") / "starter_data"
    with as_file(folder) as place:
        if not (place / "facts.parquet").is_file():
            return pl.DataFrame(schema=_SCHEMA), {}
        figures = (
            pl.scan_parquet(place / "facts.parquet")
            .filter(pl.col("indicator").cast(pl.String).is_in(wanted))
            .select(*_SCHEMA)
            .collect()
        )
        sources = pl.read_parquet(place / "sources.parquet")
    return _plain(figures), _sources(sources)


def _store(
    root: str, wanted: list[str]
) -> tuple[pl.DataFrame, dict[str, Source], set[tuple[str, str]]]:
    import polars as pl

    from greensilk.facts.query import Facts

    with Facts.open(root) as store:
        known = set(store.indicators().column("indicator").to_pylist())
        codes = [code for code in wanted if code in known]
        marks = ", ".join("?" for _ in codes)
        query = (
            f"SELECT {', '.join(_SCHEMA)} FROM facts "  # noqa: S608 - our own column names
            f"WHERE indicator IN ({marks}) AND flag NOT IN ('projection', 'imputed')"
        )
        figures = store.sql(query, codes) if codes else None
        sources = pl.from_arrow(store.sources())
        findings = store.sql(
            "SELECT indicator, economy, note FROM quality WHERE \"check\" = 'disagreement'"
        ).to_pylist()
    if figures is None:
        return pl.DataFrame(schema=_SCHEMA), {}, set()
    frame = pl.from_arrow(figures)
    assert isinstance(frame, pl.DataFrame)  # noqa: S101 - a table, not a column
    assert isinstance(sources, pl.DataFrame)  # noqa: S101
    disputed = {
        (finding["indicator"], finding["economy"])
        for finding in findings
        if not 1 / DISPUTE <= float(finding["note"].split(" ")[0]) <= DISPUTE
    }
    return _plain(frame), _sources(sources), disputed


def _behind(indicator: str) -> list[str]:
    """Return the series a capacity factor was made from, and the wider ones compared instead."""
    dataset, _, series = indicator.partition(".")
    technology = series.removeprefix("capacity_factor_")
    names = {technology, technology.partition("_")[0]}
    return [f"{dataset}.{kind}_{name}" for kind in ("capacity", "generation") for name in names]


_SCHEMA = {"indicator": str, "economy": str, "year": int, "value": float, "unit": str,
           "source": str}  # fmt: skip


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    return frame.with_columns(
        pl.col("indicator", "economy", "unit", "source").cast(pl.String),
        pl.col("year").cast(pl.Int64),
        pl.col("value").cast(pl.Float64),
    )


def _sources(frame: pl.DataFrame) -> dict[str, Source]:
    made = {}
    for row in frame.iter_rows(named=True):
        vintage = str(row.get("vintage") or "")
        year = int(vintage[:4]) if vintage[:4].isdigit() else 0
        key = str(row["source"] if "source" in row else row["id"])
        made[key] = document_source(
            key,
            str(row.get("producer_en") or row.get("producer") or ""),
            str(row.get("en") or ""),
            str(year),
            licence=str(row.get("licence") or ""),
            address=str(row.get("address") or ""),
        )
    return made


def _rows(
    line: dict[str, str],
    figures: pl.DataFrame,
    sources: dict[str, Source],
    disputed: set[tuple[str, str]],
) -> list[Row]:
    import polars as pl

    first, _, second = line["indicator"].partition(" / ")
    series = figures.filter(pl.col("indicator") == first)
    if second:
        other = figures.filter(pl.col("indicator") == second).select(
            "economy", "year", whole="value"
        )
        series = (
            series.join(other, on=["economy", "year"])
            .filter(pl.col("whole") > 0)
            .with_columns(value=pl.col("value") / pl.col("whole"))
        )
    if series.is_empty():
        return []
    recent = (
        series.sort("economy", "year")
        .group_by("economy", maintain_order=True)
        .agg(
            pl.col("year").last(),
            pl.col("source").last(),
            (
                pl.col("value").tail(3).median()
                if line["spread"] == "plants"
                else pl.col("value").last()
            ),
            pl.col("value").tail(YEARS).min().alias("least"),
            pl.col("value").tail(YEARS).max().alias("most"),
        )
    )
    made = []
    for row in recent.iter_rows(named=True):
        source = sources.get(row["source"])
        spread = _spread(line, row["value"], row["least"], row["most"])
        if source is None or spread is None:
            continue
        if line["spread"] == "plants" and any(
            (name, row["economy"]) in disputed for name in _behind(line["indicator"])
        ):
            continue
        if line["maximum"] and row["value"] > float(line["maximum"]):
            continue  # a fault of the figures: no country loses more than that on its lines
        low, high, kind, note = spread
        made.append(
            Row(
                keys=(row["economy"], line["technology"]),
                parameter=line["parameter"],
                value=row["value"],
                low=low,
                high=high,
                distribution=kind,
                unit=line["unit"],
                year=str(row["year"]),
                source=source,
                clause=line["indicator"],
                verified=True,
                note=note,
                scope="project" if line["scope"] == "project" else "keys",
                grade=GRADE,
            )
        )
    return made


def _spread(
    line: dict[str, str], value: float, least: float, most: float
) -> tuple[float, float, Distribution, str] | None:
    """Return low, high, distribution and the reason for the range; None for a faulty figure."""
    if line["spread"] == "years":
        kind: Distribution = "fixed" if least == most else "triangular"
        note = f"range: lowest and highest of the last {YEARS} years"
        return least, most, kind, note if least < most else "one year held: no range known"
    default = reference.load("capacity_factors").get(
        "capacity_factor", technology=line["technology"]
    )
    scale = factor(default.unit, line["unit"])
    # a fleet's mean beyond what single plants reach the world over is a fault of the figures
    if not default.low * scale <= value <= default.high * scale:
        return None
    low = value * default.low / default.value
    # no plant of the country beyond the best of the world
    high = min(value * default.high / default.value, default.high * scale)
    note = "mean of the country's fleet; range: judgement, the relative spread of the default"
    return min(low, value), max(high, value), "triangular", note

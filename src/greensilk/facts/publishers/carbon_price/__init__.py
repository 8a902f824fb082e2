"""World Bank Carbon Pricing Dashboard: national carbon taxes and emissions trading systems."""

from __future__ import annotations

import re

import polars as pl

from greensilk.facts.model import Files
from greensilk.facts.readers.register import standing

EDITION = 2024  # data of 1 April
KINDS = {"Carbon tax": "tax", "ETS": "ets"}
BEGAN = re.compile(r"(Implemented in|Under (?:consideration|development) since) (\d{4})")
ENDED = re.compile(r"Abolished in (\d{4})")


def parse(files: Files) -> pl.DataFrame:
    """Read instruments and prices, leaving those of provinces, states and cities out."""
    instruments = (
        pl.read_csv(files["instruments"], infer_schema_length=0)
        .filter(pl.col("type").str.contains("^(National|Regional)"))
        .with_columns(pl.col("name", "jurisdiction").str.strip_chars())
    )
    prices = (
        pl.read_csv(files["prices"], infer_schema_length=0)
        .with_columns(pl.col("initiative").str.strip_chars())
        .filter(pl.col("initiative").is_in(instruments["name"].to_list()))
        .select(
            kind=pl.col("type").replace_strict(KINDS),
            key=pl.col("jurisdiction").str.strip_chars(),
            year=pl.col("year").cast(pl.Int32),
            value=pl.col("price_usd_per_tco2e").cast(pl.Float64),
            flag=pl.lit(""),
        )
    )
    parts = [
        prices.filter(pl.col("kind") == kind)
        .group_by("key", "year", maintain_order=True)
        .agg(value)
        .select(series=pl.lit(series), key="key", year="year", value="value", flag=pl.lit(""))
        for series, kind, value in (
            ("tax_highest", "tax", pl.col("value").max()),
            ("tax_lowest", "tax", pl.col("value").min()),
            ("ets_price", "ets", pl.col("value").max()),
        )
    ]
    for word, kind in KINDS.items():
        instruments_of_kind = instruments.filter(pl.col("type").str.ends_with(word))
        covered = pl.col("share_jurisdiction_pct").cast(pl.Float64, strict=False)
        parts.append(
            instruments_of_kind.with_columns(covered=covered)
            .filter(pl.col("covered").is_not_null())
            .sort("covered", descending=True, maintain_order=True)
            .unique(subset="jurisdiction", keep="first", maintain_order=True)
            .select(
                series=pl.lit(f"{kind}_coverage"),
                key="jurisdiction",
                year=pl.lit(EDITION, dtype=pl.Int32),
                value="covered",
                flag=pl.lit(""),
            )
        )
        parts += _states(instruments_of_kind, kind)
    return pl.concat(parts)


def _states(instruments: pl.DataFrame, kind: str) -> list[pl.DataFrame]:
    """Return since when an instrument is in force, and which ones are being prepared."""
    running: dict[str, int] = {}
    planned: dict[str, int] = {}
    for jurisdiction, status in instruments.select("jurisdiction", "status").iter_rows():
        began = BEGAN.search(status)
        if began is None or ENDED.search(status):
            continue
        group = running if began[1] == "Implemented in" else planned
        group[jurisdiction] = min(int(began[2]), group.get(jurisdiction, 9999))
    return [
        standing(f"{kind}_in_force", running, (), EDITION),
        standing(f"{kind}_planned", planned, (), EDITION),
    ]

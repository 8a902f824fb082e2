"""Carbon markets that several countries share: their price belongs to each of the members.

The publisher keeps the figures of such a system under the name of the group, so that the profile
of a member shows none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import msgspec

from greensilk.core.provenance import Source, load_sources
from greensilk.core.text import Label
from greensilk.country.model import Figure
from greensilk.country.profile import (
    CatalogueRow,
    ProfileRow,
    SourceRow,
    read_figure,
    read_rows,
)
from greensilk.country.selection import market_of, markets, threshold
from greensilk.facts.query import Facts

__all__ = ["membership_source", "read_shared_figures"]


class _Row(msgspec.Struct):
    indicator: str
    year: int
    value: float
    unit: str
    source: str
    flag: str


def membership_source(system: str) -> Source:
    """Return the document that says who is part of a shared market."""
    return load_sources("country/data/carbon_market.toml")[system]


def read_shared_figures(
    facts: Facts,
    iso3: str,
    entries: Mapping[str, CatalogueRow],
    sources: Mapping[str, SourceRow],
    now: int,
    licence: str,
) -> list[Figure]:
    """Return the figures of the market an economy shares, each named as those of the market.

    They have no rank: they are not the country's own.
    """
    system = market_of(iso3)
    if not system:
        return []
    market = markets()[system]
    marks = ", ".join("?" * len(market.indicators))
    table = facts.sql(
        "SELECT indicator, year, value, unit, source, flag FROM groups "  # noqa: S608
        f'WHERE "group" = ? AND indicator IN ({marks}) '
        "AND flag <> 'projection' ORDER BY indicator, year",
        [market.group, *market.indicators],
    )
    series: dict[str, list[_Row]] = {}
    for row in read_rows(table, _Row):
        series.setdefault(row.indicator, []).append(row)
    return [
        _read_figure(entries[code], series[code], sources, now, system)
        for code in market.indicators
        if code in series and code in entries and entries[code].allows(licence)
    ]


def _read_figure(
    entry: CatalogueRow,
    rows: list[_Row],
    sources: Mapping[str, SourceRow],
    now: int,
    system: str,
) -> Figure:
    first, last = rows[0], rows[-1]
    recent = rows[-round(threshold("series_length")) :]
    row = ProfileRow(
        indicator=entry.indicator,
        concept=entry.concept,
        theme=entry.theme,
        en="",
        zh="",
        direction="neither",
        value=last.value,
        unit=last.unit,
        year=last.year,
        flag=last.flag,
        rank=None,
        of=None,
        partner_rank=None,
        partner_of=None,
        stale=False,
        findings="",
        source=last.source,
        producer=entry.producer,
        licence=entry.licence,
        first_year=first.year,
        years=tuple(part.year for part in recent),
        values=tuple(part.value for part in recent),
    )
    name = entry.indicator.rpartition(".")[2]
    return replace(
        read_figure(row, entry, sources, now),
        theme=entry.theme,
        label=Label(f"country.shared.{system}.{name}"),
        open=entry.open,
        course="",
        turn="",
        through=system,
    )

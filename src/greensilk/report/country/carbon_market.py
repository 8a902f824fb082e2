"""Carbon markets that several countries share: their price belongs to each of the members.

The publisher keeps the figures of such a system under the name of the group, so that the profile
of a member shows none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from greensilk.core.provenance import Source as Document
from greensilk.core.provenance import document_source
from greensilk.core.text import text
from greensilk.report.country.figures import OLD, headline, rows_of, value_kind
from greensilk.report.country.model import Figure

if TYPE_CHECKING:
    from greensilk.facts import Facts

__all__ = ["MEMBERSHIP", "market_of", "shared_figures"]

MEMBERSHIP: Mapping[str, Document] = {
    "eu_ets": document_source(
        "eu_ets_scope",
        "European Commission",
        "Scope of the EU emissions trading system (web page)",
        "2024",
        licence="CC-BY-4.0",
        address="https://climate.ec.europa.eu/eu-action/eu-emissions-trading-system-eu-ets/"
        "scope-eu-ets_en",
    )
}
_SHOWN = ("ets_in_force", "ets_price", "ets_coverage")


def market_of(iso3: str) -> str:
    """Return the shared carbon market that an economy is part of, empty if none.

    >>> market_of("POL"), market_of("NOR"), market_of("GBR")
    ('eu_ets', 'eu_ets', '')
    """
    return next((row["system"] for row in rows_of("carbon_market") if row["iso3"] == iso3), "")


def shared_figures(
    facts: Facts, iso3: str, sources: Mapping[str, Mapping[str, Any]], year: int, licence: str
) -> list[Figure]:
    """Return the figures of the market an economy shares, each named as those of the market.

    They have no rank: they are not the country's own.
    """
    system = market_of(iso3)
    if not system:
        return []
    group = next(row["group"] for row in rows_of("carbon_market") if row["system"] == system)
    series: dict[str, list[dict[str, Any]]] = {}
    for row in facts.sql(
        "SELECT indicator, year, value, unit, source, flag FROM groups "
        "WHERE \"group\" = ? AND starts_with(indicator, 'carbon_price.ets_') "
        "AND flag <> 'projection' ORDER BY indicator, year",
        [group],
    ).to_pylist():
        series.setdefault(row["indicator"], []).append(row)
    about = {
        row["indicator"]: row
        for row in facts.sql(
            "SELECT * FROM indicators WHERE starts_with(indicator, 'carbon_price.ets_')"
        ).to_pylist()
    }
    found = []
    for name in _SHOWN:
        code = f"carbon_price.{name}"
        rows, held = series.get(code), about.get(code)
        if not rows or held is None or (licence != "any" and not held[licence]):
            continue
        found.append(_figure(code, rows, held, sources.get(rows[-1]["source"], {}), year, system))
    return found


def _figure(
    code: str,
    rows: list[dict[str, Any]],
    about: Mapping[str, Any],
    source: Mapping[str, Any],
    year: int,
    system: str,
) -> Figure:
    last = rows[-1]
    note = about["note"] or ""
    name = code.rpartition(".")[2]
    return Figure(
        indicator=code,
        concept=about["concept"],
        theme=about["theme"],
        en=text(f"country.shared.{system}.{name}", "en"),
        zh=text(f"country.shared.{system}.{name}", "zh"),
        direction="neither",
        kind="answer" if name == "ets_in_force" else value_kind(note),
        value=float(last["value"]),
        unit=last["unit"],
        year=int(last["year"]),
        flag=last["flag"] or "",
        phrase="",
        note=note,
        rank=None,
        of=None,
        partner_rank=None,
        partner_of=None,
        old=year - int(last["year"]) > OLD,
        stale=False,
        findings=(),
        source=last["source"],
        producer=about["producer"],
        producer_en=source.get("producer_en") or about["producer"],
        producer_zh=source.get("producer_zh") or about["producer"],
        carrier=source.get("carrier") or about["dataset"] or "",
        licence=about["licence"],
        open=bool(about["open"]),
        course="",
        turn="",
        first_year=int(rows[0]["year"]),
        years=tuple(int(row["year"]) for row in rows[-30:]),
        values=tuple(float(row["value"]) for row in rows[-30:]),
        is_key=code in headline() or about["concept"] in headline(),
        through=system,
    )

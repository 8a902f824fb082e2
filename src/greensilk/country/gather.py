"""Gathering a country guide: facts and reference tables in, one record out.

>>> from greensilk.facts.query import Facts
>>> with Facts.open() as facts:
...     kenya = gather(facts, "肯尼亚", year=2026)
>>> kenya.economy.iso3, kenya.economy.partner.status
('KEN', 'yes')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import msgspec

from greensilk.core.document import Document
from greensilk.core.errors import UnknownNameError
from greensilk.core.rendering import Printable
from greensilk.core.text import Label, Text
from greensilk.core.version import __version__
from greensilk.country.carbon_market import membership_source, read_shared_figures
from greensilk.country.electricity import read_electricity
from greensilk.country.findings import find_cautions, find_disputes, judge_figures, judge_fleet
from greensilk.country.hazards import lead_hazards, read_hazards
from greensilk.country.model import Figure, Guide, SourceLine, Theme, Treaty
from greensilk.country.profile import (
    CatalogueRow,
    ProfileRow,
    SourceRow,
    label_carrier,
    order_by_headline,
    rank_by_size,
    read_figure,
    read_rows,
)
from greensilk.country.regulation import read_laws, read_limits
from greensilk.country.selection import market_of, markets
from greensilk.country.summary import find_extremes, pick_cards
from greensilk.country.view import country_view
from greensilk.facts.catalogue import THEMES, licences
from greensilk.facts.query import Facts
from greensilk.reference.economies import economies, economy, match, nearest
from greensilk.reference.economies import sources as partner_sources

__all__ = ["CountryGuide", "gather", "guide"]

_TREATIES = "treaties"
# sums over kinds of plant, wrong where a kind is left out
_SUMS = ("irena.capacity_total", "irena.renewable_share", "irena.renewable_capacity_share")


@dataclass(frozen=True, slots=True)
class CountryGuide(Guide, Printable):
    """The guide of a country: records of :class:`greensilk.country.model.Guide`, ready to print.

    ``save`` writes it as HTML, PDF, XLSX, DOCX or JSON; ``document`` is what all of them print.
    """

    @property
    def document(self) -> Document:
        """The guide as a document, free of language and layout."""
        return country_view(self)


class _Dataset(msgspec.Struct):
    dataset: str
    en: str
    zh: str


def guide(
    country: str,
    *,
    store: str | Path | None = None,
    year: int | None = None,
    licence: str = "any",
) -> CountryGuide:
    """Return the guide of one economy.

    Parameters
    ----------
    country
        A code or a name in Chinese or English.
    store
        Folder of a built store; the user's own, or else the snapshot of the package, if left out.
    year
        The year from which the age of figures counts; this year if left out.
    licence
        ``any``, ``open`` or ``packaged``: leave out figures under narrower terms.

    Raises
    ------
    UnknownNameError
        If no economy has that code or name.
    StoreError
        If ``store`` holds no build.

    Examples
    --------
    >>> kenya = guide("KEN", year=2026)
    >>> [(row.firmness, row.value) for row in kenya.electricity.factors[:2]]
    [('intermittent', 461.6), ('firm', 274.3)]
    """
    with Facts.open(store) as facts:
        return gather(facts, country, year=year, licence=licence)


def example() -> CountryGuide:
    """Return the guide of Kenya from the packaged snapshot, on which the views are tried."""
    return guide("KEN")


def gather(
    facts: Facts, country: str, *, year: int | None = None, licence: str = "any"
) -> CountryGuide:
    """Return the guide of one economy from an open store (see :func:`guide`)."""
    iso3 = _find_code(country)
    now = year if year is not None else date.today().year
    day = date(now, 1, 1) if year else date.today()
    host = economy(iso3)
    sources = {row.source: row for row in read_rows(facts.sql("SELECT * FROM sources"), SourceRow)}
    entries = {
        row.indicator: row for row in read_rows(facts.sql("SELECT * FROM indicators"), CatalogueRow)
    }
    electricity = read_electricity(facts, iso3)
    rows = read_rows(facts.profile(iso3, licence=licence), ProfileRow)
    rank_by_size(facts, iso3, rows)
    figures = [read_figure(row, entries[row.indicator], sources, now) for row in rows]
    figures += read_shared_figures(facts, iso3, entries, sources, now, licence)
    if electricity.capacity_missing:
        figures = [_doubt(figure) for figure in figures]
    themes, policies, treaties = _arrange(figures, entries)
    laws = read_laws(iso3)
    limits, guidelines = read_limits(iso3, day)
    hazards = read_hazards(figures, entries, facts.is_snapshot, licence)
    disputes = tuple(find_disputes(facts, iso3, figures, sources))
    best, worst = find_extremes(themes, now)
    mixes = [mix.source for mix in (electricity.generation, electricity.capacity) if mix]
    used = [figure.source for figure in figures] + mixes
    if electricity.fleet_source and not electricity.capacity:
        used.append(electricity.fleet_source)
    market = market_of(iso3)
    partner_source = partner_sources().get(host.partner.source)
    documents = [line.law.source for line in laws]
    documents += [line.limit.source for line in (*limits, *guidelines)]
    documents += [row.source for row in electricity.factors]
    documents += [partner_source] if partner_source else []
    documents += [membership_source(market)] if market else []
    return CountryGuide(
        economy=host,
        partner_source=partner_source,
        year=now,
        build=Path(facts.location).name,
        is_snapshot=facts.is_snapshot,
        version=__version__,
        cards=pick_cards(_in_order(themes, policies, treaties), electricity),
        best=best,
        worst=worst,
        themes=themes,
        policies=policies,
        treaties=treaties,
        electricity=electricity,
        laws=laws,
        limits=limits,
        guidelines=guidelines,
        hazards=hazards,
        hazard_lead=lead_hazards(hazards),
        disputes=disputes,
        findings=(
            *find_cautions(
                host, facts.is_snapshot, themes, figures, disputes, laws, limits, electricity
            ),
            *judge_figures(iso3, figures, disputes, now),
            *judge_fleet(iso3, electricity),
        ),
        sources=tuple(_number_sources(used, sources, facts)),
        documents=tuple({(row.id, row.en): row for row in documents}.values()),
        carbon_market=market,
        carbon_price=_find_price(policies, market),
    )


def _find_code(country: str) -> str:
    result = match(country)
    if result.kind == "economy":
        return result.iso3
    if result.candidates:
        known = [f"{code} ({economy(code).name_en})" for code in result.candidates]
        raise UnknownNameError("single_economy", country, known)
    near = [f"{economy(code).iso3} ({economy(code).name_en})" for code in nearest(country)]
    raise UnknownNameError("economy", country, near or [entry.iso3 for entry in economies()])


def _doubt(figure: Figure) -> Figure:
    """Mark a sum over kinds of plant of which some have no figure."""
    if figure.indicator not in _SUMS:
        return figure
    return replace(figure, findings=(*figure.findings, "incomplete"))


def _arrange(
    figures: Iterable[Figure], entries: Mapping[str, CatalogueRow]
) -> tuple[tuple[Theme, ...], tuple[Figure, ...], tuple[Treaty, ...]]:
    """Return the themes, the policies (those of the guide's list first) and the treaties."""
    groups: dict[str, list[Figure]] = {code: [] for code in THEMES}
    treaties: list[Treaty] = []
    for figure in figures:
        if entries[figure.indicator].dataset == _TREATIES:
            treaties.append(_read_treaty(figure))
        else:
            groups[figure.theme].append(figure)
    themes = tuple(
        Theme(
            code,
            Label(f"facts.theme.{code}"),
            (
                *order_by_headline(figure for figure in rows if figure.is_key),
                *(figure for figure in rows if not figure.is_key),
            ),
        )
        for code, rows in groups.items()
        if code != "policy" and rows
    )
    # the country's own before those of a market it shares
    policies = sorted(groups["policy"], key=lambda figure: figure.through)
    treaties.sort(key=lambda treaty: (not treaty.party, treaty.indicator))
    return themes, tuple(order_by_headline(policies)), tuple(treaties)


def _read_treaty(figure: Figure) -> Treaty:
    party = figure.value == 1.0
    in_force = [year for year, value in zip(figure.years, figure.values, strict=True) if value == 1]
    return Treaty(
        indicator=figure.indicator,
        label=Label(f"country.treaty.{figure.indicator.partition('.')[2]}"),
        party=party,
        since=min(in_force) if party and in_force else None,
        as_of=figure.year,
        provisional=figure.flag == "provisional",
        source=figure.source,
        figure=figure,
    )


def _in_order(
    themes: Iterable[Theme], policies: Iterable[Figure], treaties: Iterable[Treaty]
) -> list[Figure]:
    figures = [figure for theme in themes for figure in theme.figures]
    return [*figures, *policies, *(treaty.figure for treaty in treaties)]


def _find_price(policies: Iterable[Figure], market: str) -> Figure | None:
    if not market:
        return None
    price = markets()[market].price
    return next((row for row in policies if row.through and row.indicator == price), None)


def _number_sources(
    used: Iterable[str], sources: Mapping[str, SourceRow], facts: Facts
) -> Iterable[SourceLine]:
    """Yield the sources of the guide by producer and title, numbered."""
    counts: dict[str, int] = {}
    for name in used:
        if name in sources:
            counts[name] = counts.get(name, 0) + 1
    datasets = {
        row.dataset: row for row in read_rows(facts.sql("SELECT * FROM datasets"), _Dataset)
    }
    ordered = sorted(counts, key=lambda name: (sources[name].producer_en, sources[name].en))
    for number, name in enumerate(ordered, start=1):
        row = sources[name]
        carrier = datasets.get(row.carrier)
        licence = licences().get(row.licence)
        yield SourceLine(
            number=number,
            id=name,
            producer=row.producer,
            producer_name=Text(row.producer_en, row.producer_zh),
            title=Text(row.en, row.zh),
            carrier=row.carrier,
            carrier_title=Text(carrier.en, carrier.zh) if carrier else Text(row.carrier),
            carrier_label=label_carrier(row.carrier, row.producer),
            address=row.address,
            licence=row.licence,
            licence_name=licence.name if licence else row.licence,
            open=row.open,
            vintage=row.vintage,
            citation=row.citation,
            figures=counts[name],
        )

"""Gathering a country guide: facts and reference tables in, one record out.

>>> from greensilk.facts import Facts
>>> with Facts.open() as facts:
...     guide = gather(facts, "肯尼亚", year=2026)
>>> guide.economy.iso3, guide.economy.partner.status
('KEN', 'yes')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from greensilk.core.errors import NotComparableError, UnknownNameError
from greensilk.core.provenance import Source as Document
from greensilk.facts.catalogue import THEMES
from greensilk.reference.economies import economies, economy, match, nearest
from greensilk.reference.economies import sources as partner_sources
from greensilk.reference.laws import ambient_limits, laws
from greensilk.report.country.carbon_market import MEMBERSHIP, market_of, shared_figures
from greensilk.report.country.electricity import read_electricity
from greensilk.report.country.figures import OLD, headline, read_figure
from greensilk.report.country.hazards import read_hazards
from greensilk.report.country.model import (
    Caution,
    Compared,
    CountryGuide,
    Dispute,
    Figure,
    LimitLine,
    SourceLine,
    Theme,
    Treaty,
)
from greensilk.report.country.totals import rank_by_size

if TYPE_CHECKING:
    from greensilk.facts import Facts
    from greensilk.reference.laws import Limit

__all__ = ["OLD", "gather"]

_TREATIES = "treaties"
# sums over kinds of plant, wrong where a kind is left out
_SUMS = ("irena.capacity_total", "irena.renewable_share", "irena.renewable_capacity_share")


def gather(
    facts: Facts, country: str, *, year: int | None = None, licence: str = "any"
) -> CountryGuide:
    """Return the guide of one economy.

    Parameters
    ----------
    facts
        A built store or the snapshot of the package.
    country
        A code or a name in Chinese or English.
    year
        The year from which the age of figures counts; this year if left out.
    licence
        ``any``, ``open`` or ``packaged``: leave out figures under narrower terms.

    Raises
    ------
    UnknownNameError
        If no economy has that code or name.
    """
    iso3 = _code(country)
    now = year if year is not None else date.today().year
    place = economy(iso3)
    sources = {row["source"]: row for row in facts.sql("SELECT * FROM sources").to_pylist()}
    about = {
        row["indicator"]: row
        for row in facts.sql(
            "SELECT indicator, dataset, note, definition_en, open, packaged FROM indicators"
        ).to_pylist()
    }
    rows = rank_by_size(facts, iso3, facts.profile(iso3, licence=licence).to_pylist())
    figures = [
        read_figure(row, about[row["indicator"]], sources.get(row["source"], {}), now)
        for row in rows
    ]
    figures += shared_figures(facts, iso3, sources, now, licence)
    market = market_of(iso3)
    electricity = read_electricity(facts, iso3)
    if electricity.capacity_missing:
        figures = [_doubt(figure) for figure in figures]
    themes, policies, treaties = _arrange(figures, about)
    limits, guidelines = _limits(iso3, date(now, 1, 1) if year else date.today())
    registered = tuple(laws(iso3))
    disputes = tuple(_disputes(facts, iso3, figures, sources))
    used = [figure.source for figure in figures]
    used += [electricity.generation_source, electricity.capacity_source]
    partner_source = _partner_source(place.partner.source)
    documents = [law.source for law in registered]
    documents += [line.limit.source for line in limits] + [one.source for one in guidelines]
    documents += [row.source for row, _ in electricity.factors]
    documents += [partner_source] if partner_source else []
    documents += [MEMBERSHIP[market]] if market else []
    return CountryGuide(
        economy=place,
        partner_source=partner_source,
        year=now,
        place=facts.location,
        is_starter=facts.is_snapshot,
        version=_version(),
        themes=themes,
        policies=policies,
        treaties=treaties,
        electricity=electricity,
        laws=registered,
        limits=limits,
        guidelines=guidelines,
        hazards=read_hazards(figures, about, facts.is_snapshot, licence),
        disputes=disputes,
        cautions=(
            *_cautions(facts.is_snapshot, place, themes, figures, disputes, registered, limits),
            *([Caution("capacity_incomplete")] if electricity.capacity_missing else []),
        ),
        sources=tuple(_sources(used, sources, facts)),
        documents=tuple({(one.id, one.en): one for one in documents}.values()),
        carbon_market=market,
    )


def _code(country: str) -> str:
    found = match(country)
    if found.kind == "economy":
        return found.iso3
    if found.candidates:
        known = [f"{code} ({economy(code).name_en})" for code in found.candidates]
        raise UnknownNameError("single economy", country, known)
    near = [f"{economy(code).iso3} ({economy(code).name_en})" for code in nearest(country)]
    raise UnknownNameError("economy", country, near or [one.iso3 for one in economies()])


def _doubt(figure: Figure) -> Figure:
    """Mark a sum over kinds of plant of which some have no figure."""
    if figure.indicator not in _SUMS:
        return figure
    return replace(figure, findings=(*figure.findings, "incomplete"))


def _version() -> str:
    from greensilk.core.version import __version__

    return __version__


def _arrange(
    figures: Iterable[Figure], about: Mapping[str, Mapping[str, Any]]
) -> tuple[tuple[Theme, ...], tuple[Figure, ...], tuple[Treaty, ...]]:
    """Return the themes, the policies (those of the guide's list first) and the treaties."""
    order = headline()

    def place(figure: Figure) -> int:
        listed = order.get(figure.indicator) or order.get(figure.concept)
        return listed[1] if listed else len(order)

    groups: dict[str, list[Figure]] = {code: [] for code in THEMES}
    treaties: list[Treaty] = []
    for figure in figures:
        if about[figure.indicator]["dataset"] == _TREATIES:
            treaties.append(_treaty(figure))
        else:
            groups[figure.theme].append(figure)
    themes = tuple(
        Theme(
            code,
            tuple(sorted((one for one in held if one.is_key), key=place)),
            tuple(one for one in held if not one.is_key),
        )
        for code, held in groups.items()
        if code != "policy" and held
    )
    policies = tuple(sorted(groups["policy"], key=lambda one: (place(one), one.through, one.en)))
    treaties.sort(key=lambda one: (not one.party, one.figure.indicator))
    return themes, policies, tuple(treaties)


def _treaty(figure: Figure) -> Treaty:
    party = figure.value == 1.0
    in_force = [year for year, value in zip(figure.years, figure.values, strict=True) if value == 1]
    return Treaty(
        figure=figure,
        party=party,
        since=min(in_force) if party and in_force else None,
        provisional=figure.flag == "provisional",
    )


def _limits(iso3: str, day: date) -> tuple[tuple[LimitLine, ...], tuple[Limit, ...]]:
    """Return the limits in force on a day, each beside its WHO guideline, and the guidelines."""
    from greensilk.core.units import factor

    guidelines = [one for one in ambient_limits("WHO", on=day) if one.level == "guideline"]
    beside = {(one.pollutant, one.averaging): one for one in guidelines}
    lines = []
    for limit in ambient_limits(iso3, on=day):
        guideline = beside.get((limit.pollutant, limit.averaging))
        ratio = None
        if guideline is not None:
            ratio = limit.value * factor(limit.unit, guideline.unit) / guideline.value
        lines.append(LimitLine(limit, guideline, ratio))
    return tuple(lines), tuple(guidelines)


def _disputes(
    facts: Facts, iso3: str, figures: Iterable[Figure], sources: Mapping[str, Mapping[str, Any]]
) -> Iterable[Dispute]:
    """Yield the figures on which publishers disagree, with what each of them says."""
    for figure in figures:
        if "disagreement" not in figure.findings:
            continue
        try:
            rows = facts.compare(figure.concept, economy=iso3).to_pylist()
        except NotComparableError:  # the snapshot holds one publisher a concept
            rows = []
        rows = [row for row in rows if row["value"] is not None]
        compared = tuple(
            Compared(
                indicator=row["indicator"],
                producer=row["producer"],
                producer_en=sources[row["source"]]["producer_en"],
                producer_zh=sources[row["source"]]["producer_zh"],
                carrier=sources[row["source"]]["carrier"],
                value=float(row["value"]),
                ratio=row["ratio"],
                is_primary=bool(row["is_primary"]),
            )
            for row in sorted(rows, key=lambda row: (not row["is_primary"], row["indicator"]))
        )
        values = [one.value for one in compared]
        spread = max(values) / min(values) if values and min(values) > 0 else None
        yield Dispute(
            figure=figure,
            year=rows[0]["year"] if rows else None,
            unit=rows[0]["unit"] if rows else figure.unit,
            rows=compared,
            spread=spread,
        )


def _cautions(
    is_starter: bool,
    place: Any,
    themes: Iterable[Theme],
    figures: list[Figure],
    disputes: tuple[Dispute, ...],
    registered: tuple[Any, ...],
    limits: tuple[LimitLine, ...],
) -> Iterable[Caution]:
    """Yield what a reader must know before relying on the guide, the weightiest first."""
    if is_starter:
        yield Caution("starter")
    if place.partner.status == "doubtful":
        yield Caution("partner_doubtful")
    elif place.partner.status in ("yes", "withdrawn") and not place.partner.verified:
        yield Caution("partner_unverified")
    if not registered:
        yield Caution("laws_none")
    elif unverified := sum(not law.verified for law in registered):
        yield Caution("laws_unverified", unverified, len(registered))
    if unverified := sum(not line.limit.verified for line in limits):
        yield Caution("limits_unverified", unverified, len(limits))
    key = [figure for theme in themes for figure in theme.key]
    if old := sum(figure.old for figure in key):
        yield Caution("old_key", old, len(key))
    if old := sum(figure.old for figure in figures):
        yield Caution("old_all", old, len(figures))
    if disputes:
        yield Caution("disputed", len(disputes), len(figures))
    odd = sum(any(code != "disagreement" for code in figure.findings) for figure in figures)
    if odd:
        yield Caution("odd", odd, len(figures))
    if closed := sum(not figure.open for figure in figures):
        yield Caution("restricted", closed, len(figures))


def _sources(
    used: Iterable[str], sources: Mapping[str, Mapping[str, Any]], facts: Facts
) -> Iterable[SourceLine]:
    """Yield the sources of the guide by producer and title, numbered."""
    from greensilk.facts.catalogue import licences

    counts: dict[str, int] = {}
    for name in used:
        if name in sources:
            counts[name] = counts.get(name, 0) + 1
    datasets = {
        row["dataset"]: row for row in facts.sql("SELECT dataset, en, zh FROM datasets").to_pylist()
    }
    ordered = sorted(counts, key=lambda name: (sources[name]["producer_en"], sources[name]["en"]))
    for number, name in enumerate(ordered, start=1):
        row = sources[name]
        carrier = datasets.get(row["carrier"], {})
        held = licences().get(row["licence"])
        yield SourceLine(
            number=number,
            id=name,
            producer=row["producer"],
            producer_en=row["producer_en"],
            producer_zh=row["producer_zh"],
            en=row["en"],
            zh=row["zh"],
            carrier=row["carrier"],
            carrier_en=carrier.get("en", row["carrier"]),
            carrier_zh=carrier.get("zh", row["carrier"]),
            address=row["address"],
            licence=row["licence"],
            licence_name=held.name if held else row["licence"],
            open=bool(row["open"]),
            vintage=row["vintage"],
            citation=row["citation"],
            figures=counts[name],
        )


def _partner_source(name: str) -> Document | None:
    return partner_sources().get(name)

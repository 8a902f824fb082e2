"""What stands out: the cards at the head of a guide, and where a country stands best and worst."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from greensilk.core.text import numbers
from greensilk.reference.laws import KINDS, Law
from greensilk.report.country.model import CountryGuide, Figure
from greensilk.report.country.words import GuideWords

__all__ = [
    "Card",
    "cards",
    "extremes",
    "hazard_lead",
    "head_facts",
    "law_number",
    "laws_by_kind",
    "partner_line",
    "successor",
]

_CARDS = (
    "population",
    "gdp_per_capita_ppp",
    "electricity_access",
    "pm25",
    "water_stress",
    "forest_share",
    "inform.risk",
)
# what takes the place of a card without a figure, in this order
_SPARE = (
    "renewable_share_electricity",
    "life_expectancy",
    "urban_share",
    "co2_per_capita",
    "renewable_water_per_capita",
    "agricultural_land_share",
)
# a rank says little where few countries have a figure
_ENOUGH = 60
_MOST = 4
_RANK_AGE = 10


@dataclass(frozen=True, slots=True)
class Card:
    """A figure in large letters with its name and what to know of it."""

    title: str
    figure: str
    unit: str
    remark: str


def cards(guide: CountryGuide, words: GuideWords) -> list[Card]:
    """Return the figures a reader looks for first, others where one of them is not held."""
    found: list[Card] = []
    for name in (*_CARDS, *_SPARE):
        figure = guide.figure(name)
        if figure is None or len(found) == len(_CARDS):
            continue
        value, unit = words.value(figure)
        rank = words.rank(figure)
        year = words.say("card.year", year=figure.year) + words.marks(figure)
        remark = words.clauses([year, words.say("card.rank", rank=rank) if rank else ""])
        found.append(Card(words.name(figure), value, unit, remark))
    for row, firmness in guide.electricity.factors:
        if row.parameter == "combined_margin" and firmness == "intermittent":
            shown = numbers.format_number(row.value)
            year = words.say("card.factor.year", year=row.year)
            found.insert(3, Card(words.say("card.factor"), shown, words.unit(row.unit), year))
    return found


def extremes(guide: CountryGuide) -> tuple[list[Figure], list[Figure]]:
    """Return the key figures on which a country stands best and worst among its peers."""
    ranked: list[tuple[float, Figure]] = []
    for theme in guide.themes:
        for figure in theme.key:
            judged = figure.direction in ("higher_better", "lower_better")
            # a zero is more often nothing reported than the best of all
            fresh = guide.year - figure.year <= _RANK_AGE and figure.value != 0
            if (
                judged
                and fresh
                and not figure.findings
                and figure.partner_rank
                and (figure.partner_of or 0) >= _ENOUGH
            ):
                ranked.append(((figure.partner_rank - 1) / (figure.partner_of or 1), figure))
    ranked.sort(key=lambda item: (item[0], item[1].indicator))
    best = [figure for share, figure in ranked if share < 1 / 3]
    worst = [figure for share, figure in reversed(ranked) if share > 2 / 3]
    return best[:_MOST], worst[:_MOST]


def hazard_lead(guide: CountryGuide, words: GuideWords) -> str:
    """Return what to know of the table of hazards: what its figures are, or why it has none."""
    if any(one.level is not None for one in guide.hazards):
        return words.say("hazards.lead")
    codes = [one.no_level for one in guide.hazards if one.no_level]
    reason = words.say(f"lack.{max(codes, key=codes.count, default='not_assessed')}")
    scored = any(one.score is not None for one in guide.hazards)
    return words.say(f"hazards.lead.{'scores' if scored else 'nothing'}", reason=reason)


def _market_line(guide: CountryGuide, words: GuideWords) -> str:
    """Return the carbon market that the economy shares, and its price."""
    parts = [words.say(f"market.{guide.carbon_market}")]
    prices = [one for one in guide.policies if one.through and one.indicator.endswith("_price")]
    parts += [words.say("market.price", price=words.whole(one), year=one.year) for one in prices]
    if not prices:
        reason = "lack.not_packaged" if guide.is_starter else "market.absent"
        parts.append(words.say("market.no_price", reason=words.say(reason)))
    return words.clauses(parts)


def partner_line(guide: CountryGuide, words: GuideWords) -> str:
    """Return the state of the Belt and Road cooperation in one line."""
    partner = guide.economy.partner
    parts = [words.say(f"partner.{partner.status}", until=partner.until or "")]
    if partner.year is not None:
        parts.append(words.say("partner.year", year=partner.year))
    if partner.status != "no":
        parts.append(words.say("partner.verified" if partner.verified else "partner.unverified"))
        if partner.year is not None and partner.verified and not partner.year_verified:
            parts.append(words.say("partner.year_unverified"))
    return words.clauses(parts)


def head_facts(guide: CountryGuide, words: GuideWords) -> Iterable[tuple[str, str]]:
    """Yield name and value of what is said of the economy itself."""
    from greensilk.core.text import label

    place = guide.economy
    codes = words.say("codes", iso3=place.iso3, iso2=place.iso2)
    if place.m49 is not None:
        codes += " · " + words.say("codes.m49", m49=place.m49)
    yield words.say("fact.codes"), codes
    regions = [
        label(f"country.region.{name}", words.lang) if words.lang == "zh" else name
        for name in (place.region, place.subregion)
        if name
    ]
    if regions:
        yield words.say("fact.region"), words.listing(regions)
    if place.income_group:
        income = words.say(f"income.{place.income_group}")
        if place.income_year:
            income = words.clauses([income, words.say("income.year", year=place.income_year)])
        yield words.say("fact.income"), income
    groups = [
        words.say(f"group.{code}")
        for code, there in (
            ("least_developed", place.least_developed),
            ("landlocked", place.landlocked_developing),
            ("island", place.small_island_developing),
        )
        if there
    ]
    if groups:
        yield words.say("fact.groups"), words.listing(groups)
    yield words.say("fact.partner"), partner_line(guide, words)
    if guide.carbon_market:
        yield words.say("fact.market"), _market_line(guide, words)


def laws_by_kind(guide: CountryGuide) -> list[tuple[str, list[Law]]]:
    """Return the laws of each kind that has any; those that no longer hold come last."""
    groups = []
    for kind in KINDS:
        held = [law for law in guide.laws if law.kind == kind]
        if held:
            groups.append((kind, sorted(held, key=lambda law: law.status == "repealed")))
    return groups


def law_number(law: Law) -> str:
    """Return number and year of a law; the year once, where the number has it already."""
    year = str(law.year or "")
    return law.number if year in law.number else f"{law.number} ({year})" if law.number else year


def successor(guide: CountryGuide, law: Law, words: GuideWords) -> str:
    """Return the title of the law that replaced another one."""
    for other in guide.laws:
        if other.title_en == law.superseded_by:
            return other.title(words.lang)
    return law.superseded_by

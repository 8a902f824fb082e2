"""The guide as a document: which records stand where, in which words; nothing is computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields

from greensilk.core.document import (
    Axis,
    Badge,
    Block,
    Cell,
    Chart,
    Document,
    Joined,
    KeyFigure,
    KeyFigures,
    Note,
    Notes,
    Section,
    Small,
    Strong,
    Table,
    Terms,
    Tone,
)
from greensilk.core.text import (
    Amount,
    Labels,
    Listing,
    Parameter,
    Percent,
    Sentence,
    Text,
    Times,
)
from greensilk.country.cells import (
    MARKS,
    NONE,
    link,
    make_note,
    make_part,
    make_section,
    make_table,
    mark,
    refer,
    say,
    say_below,
    show_checked,
    show_marks,
    show_origin,
    show_rank,
    show_trend,
    show_value,
)
from greensilk.country.model import (
    Dispute,
    Figure,
    FleetFactor,
    GridFactor,
    Guide,
    Hazard,
    LawLine,
    LimitLine,
    Mix,
    SourceLine,
    Treaty,
)
from greensilk.country.sheets import guide_sheets

__all__ = ["FORMAT", "brief_view", "country_view"]

# raised when a key of the JSON form changes its meaning or goes
FORMAT = 2
_LEVELS: tuple[Tone, ...] = ("good", "info", "warning", "bad")
# levels of a limit that say no more than that it is one
_PLAIN_LEVELS = ("standard", "limit")
_GROUPS = (
    ("least_developed", "least_developed"),
    ("landlocked", "landlocked_developing"),
    ("island", "small_island_developing"),
)


def country_view(guide: Guide) -> Document:
    """Return the whole guide as a document."""
    return _document(
        guide,
        _view_key(guide),
        _view_laws(guide),
        _view_power(guide),
        _view_climate(guide),
        _view_hazards(guide),
        _view_profile(guide),
        _view_sources(guide),
        _view_terms(guide),
    )


def brief_view(guide: Guide, theme: str = "") -> Document:
    """Return the guide in short, for a screen; with a theme, all figures of that theme only."""
    if theme:
        sections = [
            Section(f"theme-{row.code}", row.label, (_table_figures(guide, row.figures),))
            for row in guide.themes
            if row.code == theme
        ]
        if theme == "policy":
            sections = [_view_climate(guide)]
        return Document("country", _name(guide), tuple(sections), brand=say("name"))
    disputes = [_view_disputes(guide)] if guide.disputes else []
    key = make_section("key", *_cautions(guide), parts=disputes)
    return _document(
        guide,
        key,
        _view_power(guide),
        _view_laws(guide),
        _view_hazards(guide),
        _view_climate(guide),
        _view_profile(guide),
        _view_terms(guide),
    )


def _document(guide: Guide, *sections: Section) -> Document:
    return Document(
        id="country",
        title=_name(guide),
        subtitle=say("what"),
        brand=say("name"),
        head=(Terms(tuple(_head(guide))),),
        sections=sections,
        footer=say("footer", version=guide.version),
        data=guide_sheets(guide),
        record=_record(guide),
    )


def _record(guide: Guide) -> dict[str, object]:
    """Return what the JSON form holds: the records of the guide, cautions with their sentences."""
    return {
        "format": FORMAT,
        "generator": f"GreenSilk {guide.version}",
        "cautions": [
            {"code": row.item, **row.params, "label": Sentence(row.reason_code, row.params)}
            for row in guide.cautions
        ],
        **{field.name: getattr(guide, field.name) for field in fields(guide)},
        "cards": [card.figure.indicator for card in guide.cards if card.figure],
        "best": [figure.indicator for figure in guide.best],
        "worst": [figure.indicator for figure in guide.worst],
    }


def _name(guide: Guide) -> Text:
    return Text(guide.economy.name_en, guide.economy.name_zh)


def _head(guide: Guide) -> Iterator[tuple[Cell, Cell]]:
    """Yield name and value of what is said of the economy itself."""
    host = guide.economy
    yield say("fact.other_name"), Text(host.name_zh, host.name_en)
    codes: Parameter = say("codes", iso3=host.iso3, iso2=host.iso2)
    if host.m49 is not None:
        codes = Listing((codes, say("codes.m49", m49=f"{host.m49:03d}")), "facts")
    yield say("fact.codes"), codes
    regions = [name for name in (host.region, host.subregion) if name]
    if regions:
        keys = tuple(f"country.region.{name}" for name in regions)
        yield say("fact.region"), Labels(keys)
    if host.income_group:
        income: list[Cell] = [say(f"income.{host.income_group}")]
        if host.income_year:
            income.append(say("income.year", year=host.income_year))
        yield say("fact.income"), Joined(tuple(income), "comma")
    groups = tuple(f"country.group.{code}" for code, field in _GROUPS if getattr(host, field))
    if groups:
        yield say("fact.groups"), Labels(groups)
    yield say("fact.partner"), _partner(guide)
    if guide.carbon_market:
        yield say("fact.market"), _market(guide)


def _partner(guide: Guide) -> Cell:
    """Return the state of the Belt and Road cooperation in one line."""
    partner = guide.economy.partner
    parts: list[Cell] = [say(f"partner.{partner.status}", until=partner.until or "")]
    if partner.year is not None:
        parts.append(say("partner.year", year=partner.year))
    if partner.status != "no":
        checked = "verified" if partner.verified else "unverified"
        parts.append(say(f"partner.{checked}"))
        if partner.year is not None and partner.verified and not partner.year_verified:
            parts.append(say("partner.year_unverified"))
    return Joined(tuple(parts), "comma")


def _market(guide: Guide) -> Cell:
    """Return the carbon market that the economy shares, and its price."""
    price = guide.carbon_price
    reason = say("lack.not_packaged" if guide.is_snapshot else "market.absent")
    said = say("market.no_price", reason=reason)
    if price is not None:
        said = say("market.price", price=price.value_label, year=price.year)
    return Joined((say(f"market.{guide.carbon_market}"), said), "comma")


def _view_key(guide: Guide) -> Section:
    blocks: list[Block] = [] if guide.cards else [make_note("key.nothing")]
    blocks.append(KeyFigures(tuple(_cards(guide))))
    if guide.best or guide.worst:
        blocks += [_table_extremes(guide), make_note("key.note")]
    blocks += _cautions(guide)
    return make_section("key", *blocks, parts=[_view_disputes(guide)] if guide.disputes else [])


def _cards(guide: Guide) -> Iterator[KeyFigure]:
    for card in guide.cards:
        remark: Cell = card.year
        if card.figure is not None:
            rank = show_rank(card.figure)
            dated = Joined((card.year, *show_marks(card.figure)), "tight")
            remark = Joined((dated, say("card.rank", rank=rank) if rank else ""), "comma")
        yield KeyFigure(card.label, card.value, remark)


def _table_extremes(guide: Guide) -> Table:
    groups: dict[int, Cell] = {len(guide.best): say("key.worst")} if guide.worst else {}
    if guide.best:
        groups[0] = say("key.best")
    rows = (
        (row.label, show_value(row), say("key.rank", rank=row.partner_rank, of=row.partner_of))
        for row in (*guide.best, *guide.worst)
    )
    return make_table("extremes", rows, groups=groups)


def _cautions(guide: Guide) -> tuple[Block, ...]:
    rows = tuple(Sentence(row.reason_code, row.params) for row in guide.cautions)
    return (Notes(rows, "warning", say("cautions.title")),) if rows else ()


def _view_disputes(guide: Guide) -> Section:
    rows = (
        (
            row.figure.label,
            row.year,
            _disputed_values(row),
            Times(row.spread) if row.spread else NONE,
        )
        for row in guide.disputes
    )
    blocks: list[Block] = [make_note("disputes.note"), make_table("disputes", rows)]
    if guide.is_snapshot:
        blocks.append(make_note("disputes.none"))
    return make_part("disputes", say("disputes.title"), *blocks)


def _dispute_row(row: Dispute) -> tuple[Cell, ...]:
    spread = Times(row.spread) if row.spread else NONE
    return row.figure.label, row.year, _disputed_values(row), spread


def _disputed_values(dispute: Dispute) -> Cell:
    if not dispute.rows:
        return Joined((dispute.figure.origin, Strong(dispute.figure.value_label)))
    lines = []
    for row in dispute.rows:
        here = Small(say("disputes.here")) if row.is_primary else ""
        lines.append(Joined((row.origin, Strong(Amount(row.value, dispute.unit)), here)))
    return Joined(tuple(lines), "lines")


def _view_laws(guide: Guide) -> Section:
    groups: dict[int, Cell] = {}
    for index, line in enumerate(guide.laws):
        if index == 0 or guide.laws[index - 1].kind != line.kind:
            groups[index] = line.kind
    blocks: tuple[Block, ...] = (make_note("laws.none", "plain"),)
    if guide.laws:
        table = make_table("laws", map(_law_row, guide.laws), groups=groups)
        blocks = (make_note("laws.lead", "plain"), table)
    return make_section("laws", *blocks, parts=[_view_limits(guide)])


def _law_row(line: LawLine) -> tuple[Cell, ...]:
    law = line.law
    gone = law.status == "repealed"
    replaced: Cell = ""
    if line.replaced_by:
        key = "laws.replaced" if gone else "laws.perhaps_replaced"
        replaced = say_below(key, title=line.replaced_by)
    since = say_below("laws.from", day=law.in_force_from) if law.in_force_from else ""
    status: Cell = Badge(line.status, "muted", "repealed") if gone else line.status
    return (
        Joined((link(line.title, line.address), Small(line.original, line=True), replaced)),
        line.number,
        Joined((status, since)),
        show_checked(law.verified),
    )


def _view_limits(guide: Guide) -> Section:
    title = say("limits.title")
    if guide.limits:
        table = make_table("limits", map(_limit_row, guide.limits))
        return make_part("limits", title, make_note("limits.lead"), table)
    rows = (
        (line.pollutant, line.averaging, Amount(line.limit.value, line.limit.unit))
        for line in guide.guidelines
    )
    table = make_table("guidelines", rows)
    return make_part("limits", title, make_note("limits.none"), table)


def _limit_row(line: LimitLine) -> tuple[Cell, ...]:
    limit, guideline = line.limit, line.guideline
    level = "" if limit.level in _PLAIN_LEVELS else Small(line.level, line=True)
    since = say_below("laws.from", day=limit.valid_from) if limit.valid_from else ""
    return (
        Joined((line.pollutant, level)),
        line.averaging,
        Amount(limit.value, limit.unit),
        Amount(guideline.value, guideline.unit) if guideline else NONE,
        Times(line.ratio) if line.ratio else NONE,
        Joined((limit.standard, since)),
        show_checked(limit.verified),
    )


def _view_power(guide: Guide) -> Section:
    power = guide.electricity
    blocks: list[Block] = []
    if not (power.generation or power.capacity or power.factors):
        blocks.append(make_note("power.nothing", "plain"))
    blocks += [_chart_mix(guide, mix) for mix in (power.generation, power.capacity) if mix]
    if power.capacity_missing:
        kinds = Labels(tuple(f"country.kind.{kind}" for kind in power.capacity_missing))
        blocks.append(make_note("power.missing", "warning", kinds=kinds))
    if power.factors:
        title, caption = say("power.factors"), say("power.factors.note")
        rows = map(_factor_row, power.factors)
        blocks.append(make_table("factors", rows, title=title, caption=caption))
    if power.capacity_factors:
        note = Joined((say("power.fleet.note"), refer(guide, power.fleet_source)))
        rows = map(_fleet_row, power.capacity_factors)
        blocks.append(make_table("fleet", rows, title=say("power.fleet"), caption=note))
    return make_section("power", *blocks)


def _chart_mix(guide: Guide, mix: Mix) -> Chart:
    return Chart(
        "shares",
        [{"kind": part.kind, "share": part.share} for part in mix.parts],
        Axis("share", unit="1"),
        Axis(""),
        title=say(f"power.{mix.measure}", year=mix.year, total=mix.total),
        caption=refer(guide, mix.source),
        colour="kind",
        categories={part.kind: part.label for part in mix.parts},
        text=say("power.alt"),
    )


def _factor_row(row: GridFactor) -> tuple[Cell, ...]:
    share = row.unit == "1"
    extent = Amount(None, row.unit, row.low, row.high, "share" if share else "")
    return (
        Joined((row.label, Small(row.firmness_label, line=True))),
        Strong(Percent(row.value) if share else Amount(row.value, row.unit)),
        extent if row.high > row.low else NONE,
        row.year,
        link(row.source.en, row.source.address),
        show_checked(row.verified),
    )


def _fleet_row(row: FleetFactor) -> tuple[Cell, ...]:
    doubt = mark("doubtful") if row.doubtful else ""
    return (
        row.label,
        Joined((Percent(row.reported, 1), doubt), "tight"),
        row.year,
        NONE if row.implied is None else Percent(row.implied, 1),
        row.implied_year or NONE,
    )


def _view_climate(guide: Guide) -> Section:
    key = [figure for figure in guide.policies if figure.is_key]
    others = [figure for figure in guide.policies if not figure.is_key]
    blocks: tuple[Block, ...] = (make_note("climate.none"),)
    if key:
        blocks = (make_note("climate.lead"), _table_policies(guide, key))
    parts = [make_part("targets", say("climate.targets"), *blocks)]
    if others:
        title, table = say("climate.others", count=len(others)), _table_policies(guide, others)
        parts.append(make_part("contributions", title, table, folded=True))
    return make_section("climate", parts=[*parts, _view_treaties(guide)])


def _table_policies(guide: Guide, figures: Iterable[Figure]) -> Table:
    rows = ((row.label, show_value(row), row.year, show_origin(guide, row)) for row in figures)
    return make_table("policies", rows)


def _view_treaties(guide: Guide) -> Section:
    title = say("treaties.title")
    if not guide.treaties:
        return make_part("treaties", title, make_note("treaties.none"))
    count = sum(treaty.party for treaty in guide.treaties)
    lead = say("treaties.lead", count=count, total=len(guide.treaties))
    note = Note(Joined((lead, refer(guide, guide.treaties[0].source))), "muted")
    table = make_table("treaties", ((row.label, _membership(row)) for row in guide.treaties))
    return make_part("treaties", title, note, table)


def _membership(treaty: Treaty) -> Cell:
    if not treaty.party:
        return Small(say("treaties.not", year=treaty.as_of))
    doubt = Small(say("treaties.doubtful"), "warning") if treaty.provisional else ""
    return Joined((Badge("✓", "good", "party"), treaty.since or "", doubt))


def _view_hazards(guide: Guide) -> Section:
    if not guide.hazards:
        return make_section("hazards", make_note("hazards.none", "plain"))
    table = make_table("hazards", map(_hazard_row, guide.hazards))
    return make_section("hazards", Note(guide.hazard_lead), table)


def _hazard_row(hazard: Hazard) -> tuple[Cell, ...]:
    level: Cell = Small(hazard.level_label)
    if hazard.level is not None:
        level = Badge(hazard.level_label, _LEVELS[hazard.level], f"level{hazard.level}")
    score: Cell = Small(say(f"lack.{hazard.no_score or 'not_scored'}"))
    if hazard.score is not None:
        score = Amount(hazard.score, "1", beside=hazard.score)
    return hazard.label, level, score, hazard.year or ""


def _view_profile(guide: Guide) -> Section:
    parts = []
    for theme in guide.themes:
        name = f"theme-{theme.code}"
        key: Block = make_note("profile.missing")
        if theme.key:
            key = _table_figures(guide, theme.key)
        inner = []
        if theme.others:
            title = say("profile.more", count=len(theme.others))
            table = _table_figures(guide, theme.others)
            inner.append(make_part(f"{name}-more", title, table, folded=True))
        parts.append(make_part(name, theme.label, key, parts=inner))
    return make_section("profile", make_note("profile.lead", "plain"), parts=parts)


def _table_figures(guide: Guide, figures: Iterable[Figure]) -> Table:
    rows = (
        (
            row.label,
            show_value(row),
            row.year,
            show_rank(row) or NONE,
            show_trend(row),
            show_origin(guide, row),
        )
        for row in figures
    )
    return make_table("figures", rows)


def _view_sources(guide: Guide) -> Section:
    producers = len({line.producer for line in guide.sources})
    carriers = len({line.carrier for line in guide.sources})
    anchors = {index: f"source-{line.number}" for index, line in enumerate(guide.sources)}
    blocks: list[Block] = [
        make_note("sources.lead", "plain", producers=producers, carriers=carriers),
        make_table("sources", map(_source_row, guide.sources), anchors=anchors),
    ]
    if guide.documents:
        documents = tuple(
            Joined((link(row.citation(), row.address), Small(row.licence.name)))
            for row in guide.documents
        )
        blocks.append(Notes(documents, title=say("sources.documents")))
    return make_section("sources", *blocks)


def _source_row(line: SourceLine) -> tuple[Cell, ...]:
    carrier: Cell = ""
    if line.carrier_label:
        carrier = say_below("sources.carrier", carrier=line.carrier_title)
    return (
        line.number,
        line.producer_name,
        Joined((link(line.title, line.address), Small(line.vintage), carrier)),
        Joined((line.licence, "" if line.open else mark("restricted")), "tight"),
        line.figures,
    )


def _view_terms(guide: Guide) -> Section:
    store: Parameter = say("terms.store.starter")
    if not guide.is_snapshot:
        store = say("terms.store.built", place=guide.build)
    age = say("terms.age", year=guide.year)
    items: tuple[tuple[Cell, Cell], ...] = (
        *((mark(code), say(f"terms.{code}")) for code in MARKS),
        (say("terms.rank"), say("terms.rank.meaning")),
        (say("terms.unranked"), say("terms.unranked.meaning")),
        (say("terms.store"), Joined((store, age), "lines")),
    )
    return make_section("terms", Terms(items))

"""The guide as a document: which records stand where, in which words; nothing is computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields

from greensilk.core.document import (
    Axis,
    Badge,
    Block,
    Cell,
    Chart,
    Column,
    Document,
    Joined,
    KeyFigure,
    KeyFigures,
    Link,
    Note,
    Notes,
    Section,
    Small,
    Spark,
    Strong,
    Table,
    Terms,
    Tone,
)
from greensilk.core.text import (
    Amount,
    Label,
    Labels,
    Listing,
    Parameter,
    Percent,
    Sentence,
    Text,
    Times,
)
from greensilk.country.model import Dispute, Figure, Guide, LawLine, LimitLine, Mix
from greensilk.country.sheets import guide_sheets

__all__ = ["FORMAT", "brief_view", "country_view"]

# raised when a key of the JSON form changes its meaning or goes
FORMAT = 2
# what a mark beside a figure says; explained at the end of the guide
MARKS = {"old": "†", "doubtful": "≠", "restricted": "‡"}
_NONE = "–"
_ARROWS = {"up": "▲", "down": "▼", "flat": "▬"}
_TURNS: dict[str, Tone] = {"better": "good", "worse": "bad"}
_LEVELS: tuple[Tone, ...] = ("good", "info", "warning", "bad")
# flags a reader must see beside the value; the others stand in the workbook
_FLAGS = ("zero_filled", "projection", "imputed")
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
        return Document("country", _name(guide), tuple(sections), brand=Label("country.name"))
    key = Section("key", Label("country.key.title"), _cautions(guide))
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
        subtitle=Label("country.what"),
        brand=Label("country.name"),
        head=(Terms(tuple(_head(guide))),),
        sections=sections,
        footer=Sentence("country.footer", {"version": guide.version}),
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
    place = guide.economy
    yield Label("country.fact.other_name"), Text(place.name_zh, place.name_en)
    codes: Parameter = Sentence("country.codes", {"iso3": place.iso3, "iso2": place.iso2})
    if place.m49 is not None:
        m49 = Sentence("country.codes.m49", {"m49": f"{place.m49:03d}"})
        codes = Listing((codes, m49), "facts")
    yield Label("country.fact.codes"), codes
    regions = [name for name in (place.region, place.subregion) if name]
    if regions:
        keys = tuple(f"country.region.{name}" for name in regions)
        yield Label("country.fact.region"), Labels(keys)
    if place.income_group:
        income: list[Cell] = [Label(f"country.income.{place.income_group}")]
        if place.income_year:
            income.append(Sentence("country.income.year", {"year": place.income_year}))
        yield Label("country.fact.income"), Joined(tuple(income), "comma")
    groups = tuple(f"country.group.{code}" for code, field in _GROUPS if getattr(place, field))
    if groups:
        yield Label("country.fact.groups"), Labels(groups)
    yield Label("country.fact.partner"), _partner(guide)
    if guide.carbon_market:
        yield Label("country.fact.market"), _market(guide)


def _partner(guide: Guide) -> Cell:
    """Return the state of the Belt and Road cooperation in one line."""
    partner = guide.economy.partner
    until = {"until": partner.until or ""}
    parts: list[Cell] = [Sentence(f"country.partner.{partner.status}", until)]
    if partner.year is not None:
        parts.append(Sentence("country.partner.year", {"year": partner.year}))
    if partner.status != "no":
        checked = "verified" if partner.verified else "unverified"
        parts.append(Label(f"country.partner.{checked}"))
        if partner.year is not None and partner.verified and not partner.year_verified:
            parts.append(Label("country.partner.year_unverified"))
    return Joined(tuple(parts), "comma")


def _market(guide: Guide) -> Cell:
    """Return the carbon market that the economy shares, and its price."""
    price = guide.carbon_price
    if price is not None:
        params = {"price": price.value_label, "year": price.year}
        said = Sentence("country.market.price", params)
    else:
        reason = "country.lack.not_packaged" if guide.is_snapshot else "country.market.absent"
        said = Sentence("country.market.no_price", {"reason": Label(reason)})
    return Joined((Label(f"country.market.{guide.carbon_market}"), said), "comma")


# Cells that several tables have


def _mark(code: str) -> Badge:
    return Badge(MARKS[code], "warning", f"mark_{code}", Label(f"country.terms.{code}"))


def _marks(figure: Figure) -> tuple[Badge, ...]:
    """Return the marks of a figure: doubtful, old, restricted."""
    marks = []
    if figure.findings:
        marks.append(Badge(MARKS["doubtful"], "warning", "mark_doubtful", figure.remarks))
    if figure.old:
        marks.append(_mark("old"))
    if not figure.open:
        marks.append(_mark("restricted"))
    return tuple(marks)


def _value(figure: Figure) -> Cell:
    value = Joined((figure.value_label, *_marks(figure)), "tight")
    if figure.flag in _FLAGS:
        return Joined((value, Small(Label(f"facts.flag.{figure.flag}"), line=True)))
    return value


def _rank(figure: Figure) -> Parameter:
    """Return the place among partner countries, as ``29/148``; only a number has one."""
    if not figure.is_number or figure.partner_rank is None or not figure.partner_of:
        return ""
    params = {"rank": figure.partner_rank, "of": figure.partner_of}
    return Sentence("country.rank.short", params)


def _trend(figure: Figure) -> Cell:
    if not figure.is_number or len(figure.values) < 2:
        return _NONE
    tone = _TURNS.get(figure.turn, "plain")
    span = f"{figure.first_year}–{figure.year}"
    line = Spark(figure.years, figure.values, tone, span)
    if not figure.course:
        return line
    meaning = Label(f"country.course.{figure.turn or figure.course}")
    return Joined((line, Badge(_ARROWS[figure.course], tone, f"course_{figure.course}", meaning)))


def _reference(guide: Guide, source: str) -> Cell:
    number = guide.source_numbers.get(source)
    return Link(f"[{number}]", f"#source-{number}") if number else ""


def _origin(guide: Guide, figure: Figure) -> Cell:
    return Joined((figure.origin, _reference(guide, figure.source)))


def _checked(verified: bool) -> Badge:
    if verified:
        return Badge(Label("country.laws.checked"), "good", "checked")
    return Badge(Label("country.laws.unchecked"), "muted", "unchecked")


def _linked(text: Parameter, address: str) -> Cell:
    return Link(text, address) if address else text


def _columns(*names: str, **widths: int) -> tuple[Column, ...]:
    """Return columns by name; ``indicator=40`` gives one its width, a ``!`` keeps it on a line."""
    return tuple(
        Column(
            name.rstrip("!"),
            Label(f"country.column.{name.rstrip('!')}"),
            numeric=name.endswith("!"),
            width=widths.get(name.rstrip("!"), 14),
        )
        for name in names
    )


# Sections


def _view_key(guide: Guide) -> Section:
    blocks: list[Block] = []
    if not guide.cards:
        blocks.append(Note(Label("country.key.nothing"), "muted"))
    blocks.append(KeyFigures(tuple(_cards(guide))))
    if guide.best or guide.worst:
        blocks += [_table_extremes(guide), Note(Label("country.key.note"), "muted")]
    blocks += _cautions(guide)
    sections = (_view_disputes(guide),) if guide.disputes else ()
    title = Label("country.key.title")
    return Section("key", title, tuple(blocks), sections, short=Label("country.nav.key"))


def _table_extremes(guide: Guide) -> Table:
    rows = [
        (
            figure.label,
            _value(figure),
            Sentence("country.key.rank", {"rank": figure.partner_rank, "of": figure.partner_of}),
        )
        for figure in (*guide.best, *guide.worst)
    ]
    groups: dict[int, Cell] = {len(guide.best): Label("country.key.worst")} if guide.worst else {}
    if guide.best:
        groups[0] = Label("country.key.best")
    columns = _columns("indicator", "value!", "rank!", indicator=40, value=24)
    return Table(columns, rows, groups=groups)


def _cards(guide: Guide) -> Iterator[KeyFigure]:
    for card in guide.cards:
        remark: Cell = card.year
        if card.figure is not None:
            rank = _rank(card.figure)
            said = Sentence("country.card.rank", {"rank": rank}) if rank else ""
            dated = Joined((card.year, *_marks(card.figure)), "tight")
            remark = Joined((dated, said), "comma")
        yield KeyFigure(card.label, card.value, remark)


def _cautions(guide: Guide) -> tuple[Block, ...]:
    rows = tuple(Sentence(row.reason_code, row.params) for row in guide.cautions)
    return (Notes(rows, "warning", Label("country.cautions.title")),) if rows else ()


def _view_disputes(guide: Guide) -> Section:
    rows = [
        (
            dispute.figure.label,
            dispute.year,
            _disputed_values(dispute),
            Times(dispute.spread) if dispute.spread else _NONE,
        )
        for dispute in guide.disputes
    ]
    columns = _columns("indicator", "year!", "value", "spread!", indicator=34, value=50, year=8)
    blocks: list[Block] = [Note(Label("country.disputes.note"), "muted"), Table(columns, rows)]
    if guide.is_snapshot:
        blocks.append(Note(Label("country.disputes.none"), "muted"))
    return Section("disputes", Label("country.disputes.title"), tuple(blocks), menu=False)


def _disputed_values(dispute: Dispute) -> Cell:
    lines = [
        Joined(
            (
                row.origin,
                Strong(Amount(row.value, dispute.unit)),
                Small(Label("country.disputes.here")) if row.is_primary else "",
            )
        )
        for row in dispute.rows
    ]
    if lines:
        return Joined(tuple(lines), "lines")
    return Joined((dispute.figure.origin, Strong(dispute.figure.value_label)))


def _view_laws(guide: Guide) -> Section:
    blocks: list[Block] = []
    if guide.laws:
        blocks.append(Note(Label("country.laws.lead")))
        groups: dict[int, Cell] = {}
        for index, line in enumerate(guide.laws):
            if index == 0 or guide.laws[index - 1].kind != line.kind:
                groups[index] = line.kind
        columns = _columns("law", "law_number", "status", "checked", law=50, law_number=22)
        rows = [_law_row(line) for line in guide.laws]
        blocks.append(Table(columns, rows, groups=groups))
    else:
        blocks.append(Note(Label("country.laws.none")))
    return Section(
        "laws",
        Label("country.laws.title"),
        tuple(blocks),
        (_view_limits(guide),),
        short=Label("country.nav.laws"),
    )


def _law_row(line: LawLine) -> tuple[Cell, ...]:
    gone = line.law.status == "repealed"
    replaced: Cell = ""
    if line.replaced_by:
        key = "country.laws.replaced" if gone else "country.laws.perhaps_replaced"
        replaced = Small(Sentence(key, {"title": line.replaced_by}), line=True)
    since: Cell = ""
    if line.law.in_force_from:
        since = Small(Sentence("country.laws.from", {"day": line.law.in_force_from}), line=True)
    title = _linked(line.title, line.address)
    status: Cell = Badge(line.status, "muted", "repealed") if gone else line.status
    return (
        Joined((title, Small(line.original, line=True), replaced)),
        line.number,
        Joined((status, since)),
        _checked(line.law.verified),
    )


def _view_limits(guide: Guide) -> Section:
    if guide.limits:
        blocks: tuple[Block, ...] = (
            Note(Label("country.limits.lead"), "muted"),
            Table(
                _columns(
                    "pollutant", "averaging", "limit!", "guideline!", "ratio!", "standard",
                    "checked", standard=26,
                ),
                [_limit_row(line) for line in guide.limits],
            ),
        )  # fmt: skip
    else:
        blocks = (
            Note(Label("country.limits.none"), "muted"),
            Table(
                _columns("pollutant", "averaging", "guideline!"),
                [
                    (line.pollutant, line.averaging, Amount(line.limit.value, line.limit.unit))
                    for line in guide.guidelines
                ],
            ),
        )
    return Section("limits", Label("country.limits.title"), blocks, menu=False)


def _limit_row(line: LimitLine) -> tuple[Cell, ...]:
    limit, guideline = line.limit, line.guideline
    plain = limit.level in _PLAIN_LEVELS
    since: Cell = ""
    if limit.valid_from:
        since = Small(Sentence("country.laws.from", {"day": limit.valid_from}), line=True)
    return (
        line.pollutant if plain else Joined((line.pollutant, Small(line.level, line=True))),
        line.averaging,
        Amount(limit.value, limit.unit),
        Amount(guideline.value, guideline.unit) if guideline else _NONE,
        Times(line.ratio) if line.ratio else _NONE,
        Joined((limit.standard, since)),
        _checked(limit.verified),
    )


def _view_power(guide: Guide) -> Section:
    power = guide.electricity
    blocks: list[Block] = []
    if not (power.generation or power.capacity or power.factors):
        blocks.append(Note(Label("country.power.nothing")))
    blocks += [_chart_mix(guide, mix) for mix in (power.generation, power.capacity) if mix]
    if power.capacity_missing:
        kinds = Labels(tuple(f"country.kind.{kind}" for kind in power.capacity_missing))
        blocks.append(Note(Sentence("country.power.missing", {"kinds": kinds}), "warning"))
    if power.factors:
        blocks.append(
            Table(
                _columns(
                    "factor", "value!", "range!", "year!", "source", "checked", factor=28, source=34
                ),
                list(_factor_rows(guide)),
                title=Label("country.power.factors"),
                caption=Label("country.power.factors.note"),
            )
        )
    if power.capacity_factors:
        columns = _columns("kind", "reported!", "year!", "implied!")
        last = Column("implied_year", Label("country.column.year"), numeric=True)
        rows = [
            (
                factor.label,
                Joined(
                    (
                        Percent(factor.reported, 1),
                        _mark("doubtful") if factor.doubtful else "",
                    ),
                    "tight",
                ),
                factor.year,
                _NONE if factor.implied is None else Percent(factor.implied, 1),
                factor.implied_year or _NONE,
            )
            for factor in power.capacity_factors
        ]
        note = Label("country.power.fleet.note")
        blocks.append(
            Table(
                (*columns, last),
                rows,
                title=Label("country.power.fleet"),
                caption=Joined((note, _reference(guide, power.fleet_source))),
            )
        )
    return Section(
        "power", Label("country.power.title"), tuple(blocks), short=Label("country.nav.power")
    )


def _chart_mix(guide: Guide, mix: Mix) -> Chart:
    return Chart(
        "shares",
        [{"kind": part.kind, "share": part.share} for part in mix.parts],
        Axis("share", unit="1"),
        Axis(""),
        title=Sentence(f"country.power.{mix.measure}", {"year": mix.year, "total": mix.total}),
        caption=_reference(guide, mix.source),
        colour="kind",
        categories={part.kind: part.label for part in mix.parts},
        text=Label("country.power.alt"),
    )


def _factor_rows(guide: Guide) -> Iterator[tuple[Cell, ...]]:
    for row in guide.electricity.factors:
        share = row.unit == "1"
        name = "share" if share else ""
        extent = Amount(None, row.unit, row.low, row.high, name)
        yield (
            Joined((row.label, Small(row.firmness_label, line=True))),
            Strong(Percent(row.value) if share else Amount(row.value, row.unit)),
            extent if row.high > row.low else _NONE,
            row.year,
            _linked(row.source.en, row.source.address),
            _checked(row.verified),
        )


def _view_climate(guide: Guide) -> Section:
    key = [figure for figure in guide.policies if figure.is_key]
    others = [figure for figure in guide.policies if not figure.is_key]
    blocks: tuple[Block, ...] = (Note(Label("country.climate.none"), "muted"),)
    if key:
        blocks = (Note(Label("country.climate.lead"), "muted"), _table_policies(guide, key))
    sections = [
        Section("targets", Label("country.climate.targets"), blocks, menu=False),
        Section(
            "contributions",
            Sentence("country.climate.others", {"count": len(others)}),
            (_table_policies(guide, others),),
            folded=True,
            menu=False,
        ),
        _view_treaties(guide),
    ]
    return Section(
        "climate",
        Label("country.climate.title"),
        sections=tuple(section for section in sections if others or section.id != "contributions"),
        short=Label("country.nav.climate"),
    )


def _table_policies(guide: Guide, figures: Iterable[Figure]) -> Table:
    return Table(
        _columns("subject", "value", "year!", "source", subject=44, value=24, year=8, source=26),
        [(row.label, _value(row), row.year, _origin(guide, row)) for row in figures],
    )


def _view_treaties(guide: Guide) -> Section:
    title = Label("country.treaties.title")
    if not guide.treaties:
        note = Note(Label("country.treaties.none"), "muted")
        return Section("treaties", title, (note,), menu=False)
    rows: list[tuple[Cell, ...]] = []
    for treaty in guide.treaties:
        if treaty.party:
            doubt = Small(Label("country.treaties.doubtful"), "warning")
            rows.append(
                (
                    treaty.label,
                    Joined(
                        (
                            Badge("✓", "good", "party"),
                            treaty.since or "",
                            doubt if treaty.provisional else "",
                        )
                    ),
                )
            )
        else:
            absent = Sentence("country.treaties.not", {"year": treaty.as_of})
            rows.append((treaty.label, Small(absent)))
    count = sum(treaty.party for treaty in guide.treaties)
    lead = Sentence("country.treaties.lead", {"count": count, "total": len(guide.treaties)})
    reference = _reference(guide, guide.treaties[0].source)
    columns = (
        Column("treaty", Label("country.column.treaty"), width=50),
        Column("party", Label("country.treaties.party"), width=30),
    )
    blocks = (Note(Joined((lead, reference)), "muted"), Table(columns, rows))
    return Section("treaties", title, blocks, menu=False)


def _view_hazards(guide: Guide) -> Section:
    title, short = Label("country.hazards.title"), Label("country.nav.hazards")
    if not guide.hazards:
        return Section("hazards", title, (Note(Label("country.hazards.none")),), short=short)
    rows: list[tuple[Cell, ...]] = []
    for hazard in guide.hazards:
        level: Cell = Small(hazard.level_label)
        if hazard.level is not None:
            tone = _LEVELS[min(hazard.level, len(_LEVELS) - 1)]
            level = Badge(hazard.level_label, tone, f"level{hazard.level}")
        score: Cell = Small(Label(f"country.lack.{hazard.no_score or 'not_scored'}"))
        if hazard.score is not None:
            score = Amount(hazard.score, "1", beside=hazard.score)
        rows.append((hazard.label, level, score, hazard.year or ""))
    table = Table(_columns("hazard", "level", "score!", "year!", hazard=26, level=24), rows)
    return Section("hazards", title, (Note(guide.hazard_lead), table), short=short)


def _view_profile(guide: Guide) -> Section:
    sections = []
    for theme in guide.themes:
        missing = Note(Label("country.profile.missing"), "muted")
        key = _table_figures(guide, theme.key) if theme.key else missing
        more = Section(
            f"theme-{theme.code}-more",
            Sentence("country.profile.more", {"count": len(theme.others)}),
            (_table_figures(guide, theme.others),),
            folded=True,
            menu=False,
        )
        inner = (more,) if theme.others else ()
        sections.append(Section(f"theme-{theme.code}", theme.label, (key,), inner, menu=False))
    return Section(
        "profile",
        Label("country.profile.title"),
        (Note(Label("country.profile.lead")),),
        tuple(sections),
        short=Label("country.nav.profile"),
    )


def _table_figures(guide: Guide, figures: Sequence[Figure]) -> Table:
    return Table(
        _columns(
            "indicator", "value", "year!", "rank_short!", "trend", "source",
            indicator=34, value=20, year=8, rank_short=10, trend=16, source=24,
        ),
        [
            (
                figure.label, _value(figure), figure.year, _rank(figure) or _NONE, _trend(figure),
                _origin(guide, figure),
            )
            for figure in figures
        ],
    )  # fmt: skip


def _view_sources(guide: Guide) -> Section:
    producers = {line.producer for line in guide.sources}
    carriers = {line.carrier for line in guide.sources}
    counts = {"producers": len(producers), "carriers": len(carriers)}
    rows: list[tuple[Cell, ...]] = []
    for line in guide.sources:
        title = _linked(line.title, line.address)
        carrier: Cell = ""
        if line.carrier_label:
            params = {"carrier": line.carrier_title}
            carrier = Small(Sentence("country.sources.carrier", params), line=True)
        licence = (line.licence, "" if line.open else _mark("restricted"))
        rows.append(
            (
                line.number,
                line.producer_name,
                Joined((title, Small(line.vintage), carrier)),
                Joined(licence, "tight"),
                line.figures,
            )
        )
    table = Table(
        _columns(
            "number!", "producer", "source", "licence", "figures!",
            number=6, producer=30, source=46, licence=18, figures=8,
        ),
        rows,
        anchors={index: f"source-{line.number}" for index, line in enumerate(guide.sources)},
    )  # fmt: skip
    blocks: list[Block] = [Note(Sentence("country.sources.lead", counts)), table]
    if guide.documents:
        documents = tuple(
            Joined((_linked(row.citation(), row.address), Small(row.licence.name)))
            for row in guide.documents
        )
        blocks.append(Notes(documents, title=Label("country.sources.documents")))
    return Section(
        "sources", Label("country.sources.title"), tuple(blocks), short=Label("country.nav.sources")
    )


def _view_terms(guide: Guide) -> Section:
    store: Parameter = Label("country.terms.store.starter")
    if not guide.is_snapshot:
        store = Sentence("country.terms.store.built", {"place": guide.build})
    age = Sentence("country.terms.age", {"year": guide.year})
    items: tuple[tuple[Cell, Cell], ...] = (
        *((_mark(code), Label(f"country.terms.{code}")) for code in MARKS),
        (Label("country.terms.rank"), Label("country.terms.rank.meaning")),
        (Label("country.terms.unranked"), Label("country.terms.unranked.meaning")),
        (Label("country.terms.store"), Joined((store, age), "lines")),
    )
    return Section(
        "terms", Label("country.terms.title"), (Terms(items),), short=Label("country.nav.terms")
    )

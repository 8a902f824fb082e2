"""The tables of a guide as rows of plain values, in one language, for the workbook.

Every table is (name, columns, rows); a column is the key ``country.column.<name>`` of its header.
Numbers stay numbers, in the publisher's unit, so that a spreadsheet can compute with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from greensilk.core.text import label
from greensilk.report.country import summary
from greensilk.report.country.model import CountryGuide, Figure
from greensilk.report.country.words import GuideWords

__all__ = ["Column", "Sheet", "sheets"]

Column = tuple[str, int]
Sheet = tuple[str, tuple[Column, ...], list[Sequence[Any]]]

_PROFILE: tuple[Column, ...] = (
    ("theme", 16),
    ("indicator", 44),
    ("value", 16),
    ("unit", 16),
    ("year", 8),
    ("rank", 10),
    ("of_partners", 10),
    ("rank_all", 10),
    ("of_all", 10),
    ("trend", 10),
    ("direction", 14),
    ("key", 8),
    ("remarks", 28),
    ("old", 10),
    ("producer", 34),
    ("carrier", 26),
    ("licence", 20),
    ("open", 10),
    ("number", 8),
    ("code", 38),
    ("years", 24),
    ("values", 24),
)
_POLICY: tuple[Column, ...] = (
    ("subject", 52),
    ("value", 22),
    ("year", 8),
    ("producer", 34),
    ("licence", 20),
    ("number", 8),
    ("code", 38),
)
_TREATIES: tuple[Column, ...] = (
    ("treaty", 52),
    ("party", 12),
    ("since", 12),
    ("year", 10),
    ("remarks", 20),
    ("code", 24),
)
_LAWS: tuple[Column, ...] = (
    ("kind", 26),
    ("law", 56),
    ("original", 56),
    ("law_number", 26),
    ("year", 8),
    ("in_force", 14),
    ("status", 22),
    ("superseded", 40),
    ("checked", 12),
    ("document", 60),
    ("address", 50),
    ("remarks", 40),
)
_LIMITS: tuple[Column, ...] = (
    ("pollutant", 20),
    ("averaging", 22),
    ("level", 14),
    ("limit", 12),
    ("unit", 12),
    ("guideline", 14),
    ("guideline_unit", 12),
    ("ratio", 12),
    ("standard", 40),
    ("in_force", 14),
    ("checked", 12),
    ("remarks", 40),
)
_POWER: tuple[Column, ...] = (
    ("measure", 34),
    ("kind", 32),
    ("amount", 16),
    ("unit", 14),
    ("share", 10),
    ("range", 20),
    ("year", 8),
    ("checked", 12),
    ("document", 60),
)
_HAZARDS: tuple[Column, ...] = (("hazard", 26), ("level", 22), ("score", 22), ("year", 8))
_DISPUTES: tuple[Column, ...] = (
    ("indicator", 44),
    ("producer", 44),
    ("value", 16),
    ("unit", 14),
    ("year", 8),
    ("spread", 10),
    ("remarks", 16),
    ("code", 38),
)
_SOURCES: tuple[Column, ...] = (
    ("number", 6),
    ("producer", 44),
    ("source", 56),
    ("carrier", 44),
    ("vintage", 12),
    ("licence", 44),
    ("open", 10),
    ("figures", 10),
    ("address", 56),
    ("citation", 80),
)


def sheets(guide: CountryGuide, words: GuideWords) -> Iterator[Sheet]:
    """Yield the tables of a guide; those without a row are left out."""
    profile = [figure for theme in guide.themes for figure in (*theme.key, *theme.others)]
    numbers = {line.id: line.number for line in guide.sources}
    for name, columns, rows in (
        ("profile", _PROFILE, (_figure(one, words, numbers) for one in profile)),
        ("laws", _LAWS, _laws(guide, words)),
        ("limits", _LIMITS, _limits(guide, words)),
        ("power", _POWER, _power(guide, words)),
        ("policy", _POLICY, (_policy(one, words, numbers) for one in guide.policies)),
        ("treaties", _TREATIES, _treaties(guide, words)),
        ("hazards", _HAZARDS, _hazards(guide, words)),
        ("disputes", _DISPUTES, _disputes(guide, words)),
        ("sources", _SOURCES, _sources(guide, words)),
    ):
        held = list(rows)
        if held:
            yield name, columns, held


def _answer(there: bool, words: GuideWords) -> str:
    return words.say("yes" if there else "no")


def _checked(verified: bool, words: GuideWords) -> str:
    return words.say("laws.checked" if verified else "laws.unchecked")


def _figure(one: Figure, words: GuideWords, numbers: dict[str, int]) -> Sequence[Any]:
    return (
        words.theme(one.theme),
        words.name(one),
        one.value if one.kind in ("number", "calendar") else words.value(one)[0],
        words.unit(one.unit) if one.kind == "number" else "",
        one.year,
        one.partner_rank,
        one.partner_of if one.partner_rank is not None else None,
        one.rank,
        one.of if one.rank is not None else None,
        words.course(one),
        label(f"facts.direction.{one.direction}", words.lang),
        _answer(one.is_key, words),
        words.remarks(one),
        _answer(one.old, words),
        words.pick(one.producer_en, one.producer_zh),
        words.carrier(one.carrier, one.producer),
        one.licence,
        _answer(one.open, words),
        numbers.get(one.source),
        one.indicator,
        " ".join(str(year) for year in one.years),
        " ".join(f"{value:.6g}" for value in one.values),
    )


def _policy(one: Figure, words: GuideWords, numbers: dict[str, int]) -> Sequence[Any]:
    return (
        words.name(one),
        words.whole(one),
        one.year,
        words.pick(one.producer_en, one.producer_zh),
        one.licence,
        numbers.get(one.source),
        one.indicator,
    )


def _treaties(guide: CountryGuide, words: GuideWords) -> Iterator[Sequence[Any]]:
    for one in guide.treaties:
        yield (
            words.treaty(one.figure),
            _answer(one.party, words),
            one.since,
            one.figure.year,
            words.say("treaties.doubtful") if one.provisional and one.party else "",
            one.figure.indicator,
        )


def _laws(guide: CountryGuide, words: GuideWords) -> Iterator[Sequence[Any]]:
    for kind, held in summary.laws_by_kind(guide):
        for law in held:
            yield (
                label(f"laws.kind.{kind}", words.lang),
                law.title(words.lang),
                law.title_original or law.title_en,
                law.number,
                law.year,
                law.in_force_from,
                label(f"laws.status.{law.status}", words.lang),
                summary.successor(guide, law, words) if law.superseded_by else "",
                _checked(law.verified, words),
                law.source.citation(),
                law.link(),
                law.note,
            )


def _limits(guide: CountryGuide, words: GuideWords) -> Iterator[Sequence[Any]]:
    for line in guide.limits:
        one, beside = line.limit, line.guideline
        yield (
            label(f"laws.pollutant.{one.pollutant}", words.lang),
            label(f"laws.averaging.{one.averaging}", words.lang),
            label(f"laws.level.{one.level}", words.lang),
            one.value,
            words.unit(one.unit),
            beside.value if beside else None,
            words.unit(beside.unit) if beside else "",
            line.ratio,
            one.standard,
            one.valid_from,
            _checked(one.verified, words),
            one.note,
        )


def _power(guide: CountryGuide, words: GuideWords) -> Iterator[Sequence[Any]]:
    power = guide.electricity
    origin = {line.id: words.pick(line.producer_en, line.producer_zh) for line in guide.sources}
    for measure, parts, unit, year, source in (
        ("generation", power.generation, "GWh", power.generation_year, power.generation_source),
        ("capacity", power.capacity, "MW", power.capacity_year, power.capacity_source),
    ):
        for part in parts:
            kind = words.say(f"kind.{part.kind}")
            name = words.say(f"measure.{measure}")
            unit_words = words.unit(unit)
            yield (
                name, kind, part.amount, unit_words, part.share, "", year, "",
                origin.get(source, ""),
            )  # fmt: skip
    for row, firmness in power.factors:
        kind = words.say(f"firmness.{firmness}") if firmness else ""
        spread = f"{row.low:g}–{row.high:g}" if row.high > row.low else ""
        name = words.say(f"factor.{row.parameter}")
        yield (
            name, kind, row.value, words.unit(row.unit), None, spread, row.year,
            _checked(row.verified, words), row.citation(),
        )  # fmt: skip
    for one in power.capacity_factors:
        name = words.say("measure.capacity_factor")
        note = words.say("terms.doubtful") if one.doubtful else ""
        kind = words.say(f"kind.{one.kind}")
        source = origin.get(power.capacity_source, "")
        yield name, kind, one.reported, "", None, "", one.year, note, source


def _hazards(guide: CountryGuide, words: GuideWords) -> Iterator[Sequence[Any]]:
    for one in guide.hazards:
        name = words.pick(one.en, one.zh)
        score = words.hazard_score(one) if one.score is None and one.no_score else one.score
        yield name, words.hazard_level(one), score, one.level_year or one.score_year


def _disputes(guide: CountryGuide, words: GuideWords) -> Iterator[Sequence[Any]]:
    for dispute in guide.disputes:
        for row in dispute.rows:
            yield (
                words.name(dispute.figure),
                words.origin(row),
                row.value,
                words.unit(dispute.unit),
                dispute.year,
                dispute.spread,
                words.say("disputes.here") if row.is_primary else "",
                row.indicator,
            )


def _sources(guide: CountryGuide, words: GuideWords) -> Iterator[Sequence[Any]]:
    for line in guide.sources:
        yield (
            line.number,
            words.pick(line.producer_en, line.producer_zh),
            words.source_title(line),
            words.pick(line.carrier_en, line.carrier_zh),
            line.vintage,
            f"{line.licence_name} ({line.licence})",
            words.say("sources.open" if line.open else "sources.restricted"),
            line.figures,
            line.address,
            line.citation,
        )
    for document in guide.documents:
        yield (
            None, document.producer.en, document.en, "", str(document.year), document.licence.name,
            "", None, document.address, document.citation(),
        )  # fmt: skip

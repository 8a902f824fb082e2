"""The guide as a PDF, set by typst.

What publishers and registers wrote reaches the template as data, never as markup, so that no sign
in it can change the document.
"""

from __future__ import annotations

import json
import unicodedata
from importlib.resources import files
from pathlib import Path
from typing import Any

from greensilk.core.errors import OutputError
from greensilk.core.text import label, numbers
from greensilk.report.country import pictures, summary
from greensilk.report.country.fonts import FontChoice, find_fonts
from greensilk.report.country.model import CountryGuide, Figure, Part
from greensilk.report.country.words import MARKS, GuideWords

__all__ = ["content", "render_pdf", "write_pdf"]

_LINE = (54.0, 11.0)
# scripts that the fonts looked for have; a title in another one is left to the official address
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "CJK", "IDEOGRAPHIC", "FULLWIDTH", "DIGIT")


def render_pdf(guide: CountryGuide, lang: str = "en") -> bytes:
    """Return the guide as a PDF.

    Raises
    ------
    OutputError
        If the guide is Chinese and no font with Chinese glyphs is found.
    """
    import typst

    words = GuideWords(lang)
    fonts = find_fonts(lang)
    template = (files("greensilk.report.country") / "templates" / "guide.typ").read_bytes()
    data = json.dumps(content(guide, words, fonts), ensure_ascii=False, allow_nan=False)
    setter: Any = typst.compile
    made: bytes = setter(
        template,
        font_paths=list(fonts.folders),
        ignore_system_fonts=True,
        sys_inputs={"guide": data},
    )
    return made


def write_pdf(guide: CountryGuide, path: str | Path, lang: str = "en") -> Path:
    """Write the guide as a PDF to ``path`` and return it.

    Raises
    ------
    OutputError
        If no font is found (see :func:`render_pdf`) or the file cannot be written.
    """
    made = render_pdf(guide, lang)
    target = Path(path)
    try:
        target.write_bytes(made)
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror or error}") from error
    return target


def content(guide: CountryGuide, words: GuideWords, fonts: FontChoice) -> dict[str, Any]:
    """Return everything the template prints, as plain text, numbers and lists."""
    place = guide.economy
    other = place.name_en if words.lang == "zh" else place.name_zh if fonts.chinese else ""
    best, worst = summary.extremes(guide)
    numbers_of = {line.id: line.number for line in guide.sources}
    say = words.say
    return {
        "lang": words.lang,
        "families": [*fonts.families, "Libertinus Serif"],
        "t": {key: say(key) for key in _TEXTS},
        "marks": [[sign, say(f"terms.{code}")] for code, sign in MARKS.items()],
        "name": words.pick(place.name_en, place.name_zh),
        "other": other,
        "title": say("title", name=words.pick(place.name_en, place.name_zh)),
        "facts": [list(pair) for pair in summary.head_facts(guide, words)],
        "cards": [
            [card.title, card.figure, card.unit, card.remark]
            for card in summary.cards(guide, words)
        ],
        "extremes": [
            [say(key), [[words.name(one), words.whole(one) + words.marks(one),
                         say("key.rank", rank=one.partner_rank, of=one.partner_of)]
                        for one in held]]
            for key, held in (("key.best", best), ("key.worst", worst)) if held
        ],
        "cautions": [words.caution(one) for one in guide.cautions],
        "disputes": [
            [
                words.name(one.figure),
                str(one.year or one.figure.year),
                [
                    [words.origin(row), words.join_unit(*words.amount(row.value, one.unit)),
                     say("disputes.here") if row.is_primary else ""]
                    for row in one.rows
                ]
                or [[words.origin(one.figure), words.whole(one.figure), say("disputes.here")]],
                say("limits.times", ratio=numbers.format_number(one.spread, 1))
                if one.spread
                else "–",
            ]
            for one in guide.disputes
        ],
        "laws": _laws(guide, words),
        "limits": _limits(guide, words),
        "guidelines": [
            [label(f"laws.pollutant.{one.pollutant}", words.lang),
             label(f"laws.averaging.{one.averaging}", words.lang),
             words.join_unit(numbers.format_number(one.value), words.unit(one.unit))]
            for one in guide.guidelines
        ],
        "power": _power(guide, words, numbers_of),
        "policies": [_figure(one, words, numbers_of) for one in guide.policies if one.is_key],
        "treaties_lead": say(
            "treaties.lead",
            count=sum(one.party for one in guide.treaties),
            total=len(guide.treaties),
        ),
        "treaties": [
            [
                words.treaty(one.figure),
                one.party,
                str(one.since or "") if one.party else say("treaties.not", year=one.figure.year),
                say("treaties.doubtful") if one.provisional and one.party else "",
            ]
            for one in guide.treaties
        ],
        "hazards_lead": summary.hazard_lead(guide, words),
        "hazards": [
            [
                words.pick(one.en, one.zh),
                -1 if one.level is None else one.level,
                words.hazard_level(one),
                words.hazard_score(one),
                str(one.level_year or one.score_year or ""),
            ]
            for one in guide.hazards
        ],
        "themes": [
            [
                words.theme(theme.code),
                [_figure(one, words, numbers_of) for one in theme.key],
                [_figure(one, words, numbers_of) for one in theme.others],
            ]
            for theme in guide.themes
        ],
        "sources": [
            [
                str(line.number),
                words.pick(line.producer_en, line.producer_zh),
                words.source_title(line),
                words.clauses([line.vintage, _through(line.carrier, line.producer, words)]),
                line.licence + ("" if line.open else MARKS["restricted"]),
                line.address,
            ]
            for line in guide.sources
        ],
        "documents": [[one.citation(), one.address, one.licence.name] for one in guide.documents],
        "store": say("terms.store.starter")
        if guide.is_starter
        else say("terms.store.built", place=Path(guide.place).name),
        "age": say("terms.age", year=guide.year),
        "footer": say("footer", version=guide.version),
    }  # fmt: skip


_TEXTS = (
    "name", "what", "key.title", "key.note", "key.nothing", "cautions.title", "disputes.title",
    "disputes.note", "disputes.none", "laws.title", "laws.lead", "laws.none", "limits.title",
    "limits.lead", "limits.none", "power.title", "power.nothing", "power.factors",
    "power.factors.note", "power.fleet", "power.fleet.note", "climate.title", "climate.targets",
    "climate.lead", "climate.none", "treaties.title", "treaties.none", "hazards.title",
    "hazards.none", "profile.title", "profile.lead", "profile.missing", "annex.title",
    "annex.lead", "sources.title", "sources.documents", "terms.title", "terms.rank",
    "terms.rank.meaning", "terms.unranked", "terms.unranked.meaning", "terms.store",
    "column.indicator", "column.value", "column.year", "column.rank_short", "column.trend",
    "column.source", "column.spread", "column.law", "column.law_number", "column.status",
    "column.checked", "column.pollutant", "column.averaging", "column.limit",
    "column.guideline", "column.ratio", "column.standard", "column.factor", "column.range",
    "column.kind", "column.reported", "column.implied", "column.subject", "column.hazard",
    "column.level", "column.score", "column.number", "column.producer", "column.licence",
)  # fmt: skip


def _through(carrier: str, producer: str, words: GuideWords) -> str:
    name = words.carrier(carrier, producer)
    return f"{words.say('column.carrier')}{words.say('colon')}{name}" if name else ""


def _figure(one: Figure, words: GuideWords, numbers_of: dict[str, int]) -> dict[str, Any]:
    value, unit = words.value(one)
    gap = " " if unit and words.lang == "en" and unit not in ("%", "‰") else ""
    drawn = one.kind == "number"
    return {
        "name": words.name(one),
        "value": value,
        "unit": gap + unit,
        "marks": words.marks(one),
        "year": str(one.year),
        "rank": words.rank(one) or "–",
        "line": [list(point) for point in pictures.points(one.years, one.values, *_LINE)]
        if drawn
        else [],
        "course": one.course,
        "turn": one.turn,
        "origin": words.origin(one),
        "number": str(numbers_of.get(one.source, "")),
    }


def _printable(title: str) -> str:
    """Return a title if it is in a script the fonts have, else nothing."""
    for letter in title:
        if letter.isalpha() and not unicodedata.name(letter, "").startswith(_SCRIPTS):
            return ""
    return title


def _laws(guide: CountryGuide, words: GuideWords) -> list[Any]:
    groups = []
    for kind, held in summary.laws_by_kind(guide):
        rows = []
        for law in held:
            title = law.title(words.lang)
            original = _printable(law.title_original)
            if words.lang == "zh":
                original = original or law.title_en
            replaced = "laws.replaced" if law.status == "repealed" else "laws.perhaps_replaced"
            rows.append(
                {
                    "title": title,
                    "original": original if original != title else "",
                    "replaced": words.say(replaced, title=summary.successor(guide, law, words))
                    if law.superseded_by
                    else "",
                    "number": summary.law_number(law),
                    "status": label(f"laws.status.{law.status}", words.lang),
                    "since": words.say("laws.from", day=law.in_force_from)
                    if law.in_force_from
                    else "",
                    "verified": law.verified,
                    "checked": words.say("laws.checked" if law.verified else "laws.unchecked"),
                    "address": law.link(),
                    "gone": law.status == "repealed",
                }
            )
        groups.append([label(f"laws.kind.{kind}", words.lang), rows])
    return groups


def _limits(guide: CountryGuide, words: GuideWords) -> list[Any]:
    rows = []
    for line in guide.limits:
        one, beside = line.limit, line.guideline
        level = "" if one.level in ("standard", "limit") else f"laws.level.{one.level}"
        rows.append(
            [
                words.clauses(
                    [label(f"laws.pollutant.{one.pollutant}", words.lang),
                     label(level, words.lang) if level else ""]
                ),
                label(f"laws.averaging.{one.averaging}", words.lang),
                words.join_unit(numbers.format_number(one.value), words.unit(one.unit)),
                words.join_unit(numbers.format_number(beside.value), words.unit(beside.unit))
                if beside
                else "–",
                words.say("limits.times", ratio=numbers.format_number(line.ratio, 1))
                if line.ratio
                else "–",
                one.standard,
                one.verified,
                words.say("laws.checked" if one.verified else "laws.unchecked"),
            ]
        )  # fmt: skip
    return rows


def _mix(parts: tuple[Part, ...], words: GuideWords) -> list[Any]:
    return [
        [words.say(f"kind.{part.kind}"), part.share, numbers.format_percent(part.share), colour]
        for part, colour in pictures.shares(parts)
    ]


def _power(guide: CountryGuide, words: GuideWords, numbers_of: dict[str, int]) -> dict[str, Any]:
    power = guide.electricity
    mixes = []
    for key, parts, total, unit, year, source in (
        ("generation", power.generation, power.generation_total, "GWh", power.generation_year,
         power.generation_source),
        ("capacity", power.capacity, power.capacity_total, "MW", power.capacity_year,
         power.capacity_source),
    ):  # fmt: skip
        if parts and total is not None:
            shown = words.join_unit(*words.amount(total, unit))
            title = words.say(f"power.{key}", year=year, total=shown)
            mixes.append([title, str(numbers_of.get(source, "")), _mix(parts, words)])
    factors = []
    for row, firmness in power.factors:
        share = row.unit == "1"
        places = 0 if row.value > 100 else 2
        low, high = (
            (numbers.format_percent(row.low), numbers.format_percent(row.high))
            if share
            else (numbers.format_number(row.low, places), numbers.format_number(row.high, places))
        )
        factors.append(
            [
                words.say(f"factor.{row.parameter}"),
                words.say(f"firmness.{firmness}") if firmness else "",
                numbers.format_percent(row.value)
                if share
                else words.join_unit(numbers.format_number(row.value), words.unit(row.unit)),
                f"{low}–{high}" if row.high > row.low else "–",
                row.year,
                row.source.en,
                row.source.address,
                row.verified,
                words.say("laws.checked" if row.verified else "laws.unchecked"),
            ]
        )
    missing = words.listing(words.say(f"kind.{kind}") for kind in power.capacity_missing)
    return {
        "mixes": mixes,
        "missing": words.say("power.missing", kinds=missing) if missing else "",
        "factors": factors,
        "fleet": [
            [
                words.say(f"kind.{one.kind}"),
                numbers.format_percent(one.reported, 1)
                + (MARKS["doubtful"] if one.doubtful else ""),
                str(one.year),
                "–" if one.implied is None else numbers.format_percent(one.implied, 1),
                str(one.implied_year or "–"),
            ]
            for one in power.capacity_factors
        ],
    }

"""The guide in short, as lines for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from greensilk.core.text import numbers
from greensilk.report.country import summary
from greensilk.report.country.model import CountryGuide, Figure
from greensilk.report.country.words import GuideWords

__all__ = ["lines"]

_NAME = 46
_ARROWS = {"up": "▲", "down": "▼", "flat": "=", "": ""}


def lines(guide: CountryGuide, lang: str = "en", theme: str = "") -> Iterator[str]:
    """Yield the guide in short: head, cautions, grid, targets, hazards, key figures.

    With a ``theme`` the figures of that theme only, all of them.
    """
    words = GuideWords(lang)
    place = guide.economy
    yield f"{words.pick(place.name_en, place.name_zh)}  {words.pick(place.name_zh, place.name_en)}"
    if theme:
        for one in guide.themes:
            if one.code == theme:
                yield from _figures(words.theme(one.code), [*one.key, *one.others], words)
        return
    facts = list(summary.head_facts(guide, words))
    width = max(_width(term) for term, _ in facts)
    for term, value in facts:
        yield f"  {_pad(term, width)}  {value}"
    if guide.cautions:
        yield ""
        yield words.say("cautions.title")
        for caution in guide.cautions:
            yield f"  ! {words.caution(caution)}"
    yield ""
    yield words.say("power.title")
    power = guide.electricity
    if power.generation and power.generation_total is not None:
        total = words.join_unit(*words.amount(power.generation_total, "GWh"))
        yield f"  {words.say('power.generation', year=power.generation_year, total=total)}"
        parts = (
            f"{words.say(f'kind.{part.kind}')} {numbers.format_percent(part.share)}"
            for part in power.generation
        )
        yield f"    {words.listing(parts)}"
    for row, firmness in power.factors:
        if row.parameter == "combined_margin":
            name = f"{words.say('factor.combined_margin')} ({words.say(f'firmness.{firmness}')})"
            value = words.join_unit(numbers.format_number(row.value), words.unit(row.unit))
            yield f"  {_pad(name, _NAME)}  {value}  {row.year}"
    yield ""
    yield words.say("laws.title")
    for law in guide.laws:
        mark = "✓" if law.verified else " "
        gone = words.say("gone") if law.status == "repealed" else ""
        yield f"  {mark} {words.clauses([law.title(lang), summary.law_number(law)])}{gone}"
    if not guide.laws:
        yield f"  {words.say('laws.none')}"
    if guide.hazards:
        yield ""
        yield words.say("hazards.title")
        yield from (f"  {line}" for line in _hazards(guide, words))
    policies = [figure for figure in guide.policies if figure.is_key]
    if policies:
        yield from _figures(words.say("climate.title"), policies, words)
    for one in guide.themes:
        if one.key:
            yield from _figures(words.theme(one.code), list(one.key), words)
    yield ""
    for sign, code in (("†", "old"), ("≠", "doubtful"), ("‡", "restricted")):
        yield f"  {sign} {words.say(f'terms.{code}')}"


def _hazards(guide: CountryGuide, words: GuideWords) -> Iterator[str]:
    """Yield the levels, the scores where there is no level, then what is not known and why."""
    if all(one.level is None for one in guide.hazards):
        yield summary.hazard_lead(guide, words)
    known, unknown = [], dict[str, list[str]]()
    for one in guide.hazards:
        name = words.pick(one.en, one.zh)
        if one.level is not None:
            known.append(f"{name}{words.say('colon')}{words.hazard_level(one)}")
        elif one.score is not None:
            score = words.say("hazards.score", score=words.hazard_score(one))
            known.append(f"{name}{words.say('colon')}{score}")
        else:
            unknown.setdefault(words.hazard_level(one), []).append(name)
    if known:
        yield words.listing(known)
    for reason, names in unknown.items():
        yield f"{words.listing(names)}{words.say('colon')}{reason}"


def _figures(title: str, figures: list[Figure], words: GuideWords) -> Iterator[str]:
    yield ""
    yield title
    for figure in figures:
        value = words.whole(figure) + words.marks(figure)
        rank = words.say("card.rank", rank=words.rank(figure)) if words.rank(figure) else ""
        course = _ARROWS[figure.course] + (f" {words.course(figure)}" if figure.turn else "")
        end = "  ".join(part for part in (str(figure.year), rank, course) if part)
        yield f"  {_pad(words.name(figure), _NAME)}  {_pad(value, 24)}  {end}"


def _width(text: str) -> int:
    """Return the columns a text takes on a screen: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))

"""Laws, standards and limits of ambient air of a country, with what stands beside each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from greensilk.core.text import Label, Parameter, Text
from greensilk.core.units import factor
from greensilk.country.model import LawLine, LimitLine
from greensilk.reference.laws import KINDS, Law, Limit, ambient_limits, laws

__all__ = ["read_laws", "read_limits"]

_GUIDELINES = "WHO"


def read_laws(iso3: str) -> tuple[LawLine, ...]:
    """Return the laws by kind; of each kind those that no longer hold come last."""
    register = laws(iso3)
    order = sorted(register, key=lambda law: (KINDS.index(law.kind), law.status == "repealed"))
    return tuple(_describe_law(law, register) for law in order)


def _describe_law(law: Law, register: Iterable[Law]) -> LawLine:
    original = law.title_original
    if original and original != law.title_en:
        own_title = Text(original, original)
    else:  # an English document: beside a Chinese title its own is wanted, beside the English not
        own_title = Text("", law.title_en, only=True)
    return LawLine(
        law=law,
        title=Text(law.title_en, law.title_zh),
        original=own_title,
        number=_number_law(law),
        kind=Label(f"laws.kind.{law.kind}"),
        status=Label(f"laws.status.{law.status}"),
        replaced_by=_find_successor(law, register),
        document=law.source.citation(),
        address=law.link(),
    )


def _number_law(law: Law) -> str:
    """Return number and year of a law; the year once, where the number has it already."""
    year = str(law.year or "")
    if year in law.number:
        return law.number
    return f"{law.number} ({year})" if law.number else year


def _find_successor(law: Law, register: Iterable[Law]) -> Parameter:
    """Return the title of the law that replaced another one."""
    for other in register:
        if other.title_en == law.superseded_by:
            return Text(other.title_en, other.title_zh)
    return law.superseded_by


def read_limits(iso3: str, day: date) -> tuple[tuple[LimitLine, ...], tuple[LimitLine, ...]]:
    """Return the limits in force on a day, each beside its WHO guideline, and the guidelines."""
    guidelines = [
        limit for limit in ambient_limits(_GUIDELINES, on=day) if limit.level == "guideline"
    ]
    beside = {(limit.pollutant, limit.averaging): limit for limit in guidelines}
    lines = tuple(
        _describe_limit(limit, beside.get((limit.pollutant, limit.averaging)))
        for limit in ambient_limits(iso3, on=day)
    )
    return lines, tuple(_describe_limit(limit, None) for limit in guidelines)


def _describe_limit(limit: Limit, guideline: Limit | None) -> LimitLine:
    ratio = None
    if guideline is not None:
        ratio = limit.value * factor(limit.unit, guideline.unit) / guideline.value
    return LimitLine(
        limit=limit,
        pollutant=Label(f"laws.pollutant.{limit.pollutant}"),
        averaging=Label(f"laws.averaging.{limit.averaging}"),
        level=Label(f"laws.level.{limit.level}"),
        guideline=guideline,
        ratio=ratio,
    )

"""What is to be said against the figures of a guide: cautions, disputes, old and doubtful figures.

All of it is rows of :mod:`greensilk.core.findings`; ``rule`` is ``caution`` (about the guide as a
whole), ``disagreement``, ``age``, ``rank``, ``check``, ``licence`` or ``capacity_factor``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from greensilk.core.errors import NotComparableError
from greensilk.core.findings import Finding
from greensilk.core.text import Percent, Times
from greensilk.country.model import (
    Compared,
    Dispute,
    Electricity,
    Figure,
    LawLine,
    LimitLine,
    Theme,
)
from greensilk.country.profile import SourceRow, describe_origin, read_rows
from greensilk.facts.query import Facts
from greensilk.reference.economies import Economy

__all__ = ["find_cautions", "find_disputes", "judge_figures", "judge_fleet"]

ROOM = "country"
_DISAGREEMENT = "disagreement"


class _Row(msgspec.Struct):
    indicator: str
    producer: str
    source: str
    value: float | None
    unit: str
    year: int
    ratio: float | None
    is_primary: bool


def find_disputes(
    facts: Facts, iso3: str, figures: Iterable[Figure], sources: Mapping[str, SourceRow]
) -> Iterable[Dispute]:
    """Yield the figures on which publishers disagree, with what each of them says."""
    for figure in figures:
        if _DISAGREEMENT not in figure.findings:
            continue
        try:
            rows = read_rows(facts.compare(figure.concept, economy=iso3), _Row)
        except NotComparableError:  # the snapshot holds one publisher a concept
            rows = []
        compared = tuple(
            Compared(
                indicator=row.indicator,
                producer=row.producer,
                carrier=sources[row.source].carrier,
                origin=describe_origin(
                    row.producer,
                    sources[row.source].producer_en,
                    sources[row.source].producer_zh,
                    sources[row.source].carrier,
                ),
                value=row.value,
                ratio=row.ratio,
                is_primary=row.is_primary,
            )
            for row in sorted(rows, key=lambda row: (not row.is_primary, row.indicator))
            if row.value is not None
        )
        values = [row.value for row in compared]
        yield Dispute(
            figure=figure,
            year=rows[0].year if compared else figure.year,
            unit=rows[0].unit if compared else figure.unit,
            rows=compared,
            spread=max(values) / min(values) if values and min(values) > 0 else None,
        )


def judge_figures(
    iso3: str, figures: Iterable[Figure], disputes: Sequence[Dispute], now: int
) -> Iterable[Finding]:
    """Yield what stands against single figures: disputes, age, checks, missing ranks, licences."""
    by_indicator = {dispute.figure.indicator: dispute for dispute in disputes}
    for figure in figures:

        def state(
            rule: str,
            outcome: str,
            reason: str,
            figure: Figure = figure,
            *,
            low: float | None = None,
            high: float | None = None,
            unit: str = "",
            **params: int | Times,
        ) -> Finding:
            return Finding(
                subject=iso3,
                room=ROOM,
                rule=rule,
                item=figure.indicator,
                outcome=outcome,
                value=figure.value,
                low=low,
                high=high,
                unit=unit or figure.unit,
                reason_code=reason,
                params=params,
                source=figure.source,
                year=str(figure.year),
            )

        for check in figure.findings:
            dispute = by_indicator.get(figure.indicator) if check == _DISAGREEMENT else None
            if dispute is None or dispute.spread is None:
                yield state("check", check, f"facts.check.{check}")
                continue
            values = [row.value for row in dispute.rows]
            yield state(
                _DISAGREEMENT,
                "disputed",
                "country.finding.disagreement",
                low=min(values),
                high=max(values),
                unit=dispute.unit,
                spread=Times(dispute.spread),
            )
        if figure.old:
            yield state("age", "old", "country.finding.old", age=now - figure.year)
        if figure.stale:
            yield state("rank", "stale", "country.finding.stale")
        if not figure.open:
            yield state("licence", "restricted", "country.finding.restricted")


def judge_fleet(iso3: str, electricity: Electricity) -> Iterable[Finding]:
    """Yield the capacity factors that cannot be right."""
    for factor in electricity.capacity_factors:
        if factor.doubtful:
            implied = Percent(factor.implied, 1) if factor.implied is not None else "–"
            yield Finding(
                subject=iso3,
                room=ROOM,
                rule="capacity_factor",
                item=factor.kind,
                outcome="doubtful",
                value=factor.reported,
                unit="1",
                reason_code="country.finding.capacity_factor",
                params={"reported": Percent(factor.reported, 1), "implied": implied},
                source=electricity.fleet_source,
                year=str(factor.year),
            )


def find_cautions(
    economy: Economy,
    is_snapshot: bool,
    themes: Iterable[Theme],
    figures: Sequence[Figure],
    disputes: Sequence[Dispute],
    laws: Sequence[LawLine],
    limits: Sequence[LimitLine],
    electricity: Electricity,
) -> Iterable[Finding]:
    """Yield what a reader must know before relying on the guide, the weightiest first."""
    key = [figure for theme in themes for figure in theme.key]
    partner = economy.partner
    listed = partner.status in ("yes", "withdrawn")
    odd = [figure for figure in figures if any(c != _DISAGREEMENT for c in figure.findings)]
    # code: how many it holds for, of how many; a caution about none is left out
    counts: tuple[tuple[str, int, int], ...] = (
        ("starter", int(is_snapshot), 1),
        ("partner_doubtful", int(partner.status == "doubtful"), 1),
        ("partner_unverified", int(listed and not partner.verified), 1),
        ("laws_none", int(not laws), 1),
        ("laws_unverified", sum(not line.law.verified for line in laws), len(laws)),
        ("limits_unverified", sum(not line.limit.verified for line in limits), len(limits)),
        ("old_key", sum(figure.old for figure in key), len(key)),
        ("old_all", sum(figure.old for figure in figures), len(figures)),
        ("disputed", len(disputes), len(figures)),
        ("odd", len(odd), len(figures)),
        ("restricted", sum(not figure.open for figure in figures), len(figures)),
        ("capacity_incomplete", int(bool(electricity.capacity_missing)), 1),
    )
    for code, count, total in counts:
        if count:
            yield Finding(
                subject=economy.iso3,
                room=ROOM,
                rule="caution",
                item=code,
                outcome="caution",
                value=float(count),
                unit="1",
                reason_code=f"country.caution.{code}",
                params={"count": count, "total": total},
            )

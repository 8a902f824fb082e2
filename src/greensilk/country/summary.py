"""What stands out in a guide: the cards at its head, and where a country stands best and worst."""

from __future__ import annotations

from collections.abc import Iterable

from greensilk.core.text import Amount, Label, Sentence
from greensilk.country.model import Card, Electricity, Figure, Theme
from greensilk.country.selection import card_concepts, threshold

__all__ = ["find_extremes", "pick_cards"]


def pick_cards(figures: Iterable[Figure], electricity: Electricity) -> tuple[Card, ...]:
    """Return the figures a reader looks for first, others where one of them is missing."""
    by_name: dict[str, Figure] = {}
    for figure in figures:
        by_name.setdefault(figure.indicator, figure)
        by_name.setdefault(figure.concept, figure)
    picked = [by_name[concept] for concept in card_concepts() if concept in by_name]
    cards = [
        Card(
            figure.label,
            figure.value_label,
            Sentence("country.card.year", {"year": figure.year}),
            figure,
        )
        for figure in picked[: round(threshold("key_figures"))]
    ]
    for row in electricity.factors:
        if row.parameter == "combined_margin" and row.firmness == "intermittent":
            year = Sentence("country.card.factor.year", {"year": row.year})
            card = Card(Label("country.card.factor"), Amount(row.value, row.unit), year)
            cards.insert(round(threshold("factor_position")), card)
    return tuple(cards)


def find_extremes(
    themes: Iterable[Theme], now: int
) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """Return the key figures on which a country stands best and worst among its peers."""
    ranked: list[tuple[float, str, Figure]] = []
    for theme in themes:
        for figure in theme.key:
            judged = figure.direction in ("higher_better", "lower_better")
            # a zero is more often nothing reported than the best of all
            fresh = now - figure.year <= threshold("extremes_age") and figure.value != 0
            peers = figure.partner_of or 0
            if not judged or not fresh or figure.findings or not figure.partner_rank:
                continue
            if peers >= threshold("extremes_peers"):
                share = (figure.partner_rank - 1) / peers
                ranked.append((share, figure.indicator, figure))
    ranked.sort()
    count = round(threshold("extremes"))
    best = [row[2] for row in ranked if row[0] < threshold("extremes_best")]
    worst = [row[2] for row in reversed(ranked) if row[0] > threshold("extremes_worst")]
    return tuple(best[:count]), tuple(worst[:count])

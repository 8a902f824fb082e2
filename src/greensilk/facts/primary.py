"""Which indicator stands for its concept: stated rules, decided by the data.

In this order: an explicit preference of the catalogue (its reason in ``note``); an open licence;
wide coverage (at least 100 economies and four fifths of the widest); the most recent figures, where
a single year counts as four years older than it is, because it has no history; more economies;
the code, so that the choice never depends on chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from greensilk.facts import catalogue as registers

if TYPE_CHECKING:
    import polars as pl

    from greensilk.facts.model import Indicator

__all__ = ["choose"]

WIDE = 100  # economies
SHARE_OF_WIDEST = 0.8
SINGLE_YEAR = 4  # years that a figure without a history counts as older


def choose(catalogue: Mapping[str, Indicator], coverage: pl.DataFrame) -> dict[str, str]:
    """Return ``{concept: code of its primary indicator}`` for every concept that has facts.

    ``coverage`` has the columns ``indicator, facts, economies, last_year``.
    """
    rows = {}
    for row in coverage.iter_rows(named=True):
        single = row["facts"] < 2 * row["economies"]
        age = SINGLE_YEAR if single else 0
        rows[row["indicator"]] = (int(row["economies"]), int(row["last_year"] or 0) - age)
    members: dict[str, list[str]] = {}
    for code in sorted(rows):
        members.setdefault(catalogue[code].concept, []).append(code)
    chosen: dict[str, str] = {}
    for concept, codes in members.items():
        widest = max(rows[code][0] for code in codes)

        def order(code: str, widest: int = widest) -> tuple[object, ...]:
            one = catalogue[code]
            economies, last_year = rows[code]
            wide = economies >= WIDE and economies >= SHARE_OF_WIDEST * widest
            licence = registers.sources()[one.source].licence
            return (one.prefer, not licence.open, not wide, -last_year, -economies, code)

        chosen[concept] = min(codes, key=order)
    return chosen

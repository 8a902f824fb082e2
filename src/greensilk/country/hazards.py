"""The natural hazards of a country: level and score of each, and why one of them is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from greensilk.core.text import Label, Sentence
from greensilk.country.model import Figure, Hazard, Lack
from greensilk.country.profile import CatalogueRow
from greensilk.country.selection import hazard_series, threshold

__all__ = ["lead_hazards", "read_hazards"]


def read_hazards(
    figures: Iterable[Figure],
    entries: Mapping[str, CatalogueRow],
    is_snapshot: bool,
    licence: str = "any",
) -> tuple[Hazard, ...]:
    """Return the hazards, the highest first and those of which nothing is known last.

    ``entries`` holds the rows of the store's catalogue: a series that is not in it was never
    loaded, which is not the same as a country that the publisher did not assess. A hazard that the
    publishers left out for this country is not listed.
    """
    by_code = {figure.indicator: figure for figure in figures}

    def find_lack(code: str, kind: Lack) -> Lack:
        if code in by_code:
            return ""
        if not code:
            return kind
        if code not in entries:
            return "not_packaged" if is_snapshot else "not_loaded"
        return kind if entries[code].allows(licence) else "not_licensed"

    hazards = []
    for row in hazard_series():
        level, score = by_code.get(row.level), by_code.get(row.score)
        no_level = find_lack(row.level, "not_assessed")
        no_score = find_lack(row.score, "not_scored")
        if no_level == "not_assessed" and no_score == "not_scored":
            continue
        step = f"scale.hazard_level.{level.value:.0f}" if level else f"country.lack.{no_level}"
        hazards.append(
            Hazard(
                code=row.hazard,
                label=Label(f"country.hazard.{row.hazard}"),
                level=round(level.value) if level else None,
                level_label=Label(step),
                level_year=level.year if level else None,
                score=score.value if score else None,
                score_year=score.year if score else None,
                no_level=no_level,
                no_score=no_score,
            )
        )
    return tuple(sorted(hazards, key=_order))


def _order(hazard: Hazard) -> tuple[bool, float, float]:
    score = hazard.score or 0.0
    height = hazard.level if hazard.level is not None else score / threshold("score_of_level")
    return hazard.level is None and hazard.score is None, -height, -score


def lead_hazards(hazards: Iterable[Hazard]) -> Sentence:
    """Return what to know of the table of hazards: what its figures are, or why it has none."""
    rows = tuple(hazards)
    if any(hazard.level is not None for hazard in rows):
        return Sentence("country.hazards.lead")
    lacks = Counter(hazard.no_level for hazard in rows if hazard.no_level).most_common(1)
    reason = Label(f"country.lack.{lacks[0][0] if lacks else 'not_assessed'}")
    scored = any(hazard.score is not None for hazard in rows)
    key = f"country.hazards.lead.{'scores' if scored else 'nothing'}"
    return Sentence(key, {"reason": reason})

"""The natural hazards of a country: level and score of each, and why one of them is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from greensilk.report.country.figures import rows_of
from greensilk.report.country.model import Figure, Hazard, Lack

__all__ = ["read_hazards"]

# scores run to 10, levels to 3: what makes a score comparable with a level in the order of a list
_SCORE_OF_A_LEVEL = 3.4


def read_hazards(
    figures: Iterable[Figure],
    about: Mapping[str, Mapping[str, Any]],
    is_starter: bool,
    licence: str = "any",
) -> tuple[Hazard, ...]:
    """Return the hazards, the highest first and those of which nothing is known last.

    ``about`` holds the rows of the store's catalogue: a series that is not in it was never loaded,
    which is not the same as a country that the publisher did not assess. A hazard that the
    publishers left out for this country is not listed.
    """
    held = {figure.indicator: figure for figure in figures}

    def lack(code: str, kind: Lack) -> Lack:
        if code in held:
            return ""
        if not code:
            return kind
        if code not in about:
            return "not_packaged" if is_starter else "not_loaded"
        barred = licence != "any" and not about[code][licence]
        return "not_licensed" if barred else kind

    found = []
    for row in rows_of("hazards"):
        level, score = held.get(row["level"]), held.get(row["score"])
        no_level, no_score = lack(row["level"], "not_assessed"), lack(row["score"], "not_scored")
        if no_level == "not_assessed" and no_score == "not_scored":
            continue
        found.append(
            Hazard(
                code=row["hazard"],
                en=row["en"],
                zh=row["zh"],
                level=None if level is None else int(level.value),
                level_year=None if level is None else level.year,
                score=None if score is None else score.value,
                score_year=None if score is None else score.year,
                no_level=no_level,
                no_score=no_score,
            )
        )
    return tuple(sorted(found, key=_order))


def _order(one: Hazard) -> tuple[bool, float, float]:
    score = one.score if one.score is not None else 0.0
    height = one.level if one.level is not None else score / _SCORE_OF_A_LEVEL
    return one.level is None and one.score is None, -height, -score

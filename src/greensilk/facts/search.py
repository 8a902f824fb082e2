"""Finding an indicator by what it is called, in Chinese or English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from greensilk.facts.catalogue import THEMES
from greensilk.i18n import label

__all__ = ["rank"]

_IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]+")
_WORDS = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*")
ENOUGH = 0.5  # share of the query that must be found


def rank(
    rows: Iterable[Mapping[str, Any]], query: str, most: int = 50
) -> list[tuple[float, Mapping[str, Any]]]:
    """Return ``(score, row)`` of the indicators that fit ``query``, best first.

    ``rows`` are rows of the table ``indicators``. A Chinese query is compared by pairs of
    characters, so that 水资源压力 finds 水压力 too; an English one by the beginnings of its words.
    """
    text = query.strip().casefold()
    if not text:
        return []
    found = []
    for row in rows:
        score = _score(row, text)
        if score > 0:
            # Primary and widely covered indicators come first among equals.
            bonus = 0.3 * bool(row["is_primary"]) + min(int(row["economies"]), 250) / 1000
            found.append((round(score + bonus, 4), row))
    found.sort(key=lambda item: (-item[0], str(item[1]["indicator"])))
    return found[:most]


def _score(row: Mapping[str, Any], text: str) -> float:
    code, concept = str(row["indicator"]).casefold(), str(row["concept"]).casefold()
    aliases = [part.strip().casefold() for part in str(row["aliases"]).split("|")]
    names = [str(row["en"]).casefold(), str(row["zh"])]
    if text in (code, concept, code.partition(".")[2], *aliases, *names):
        return 10.0
    score = 0.0
    if any(text in name for name in names):
        score = 6.0
    elif any(text in alias for alias in aliases if alias):
        score = 5.0
    theme = str(row["theme"])
    if theme in THEMES and text in (
        theme.replace("_", " "),
        label(f"facts.theme.{theme}", "zh"),
        label(f"facts.theme.{theme}", "en").casefold(),
    ):
        score = max(score, 4.0)
    return max(score, _overlap(row, text, " ".join((code, concept, *names, *aliases))))


def _overlap(row: Mapping[str, Any], text: str, where: str) -> float:
    """Return up to 3 for the share of the query's pieces found in names and definition."""
    wanted: list[str] = []
    for run in _IDEOGRAPHS.findall(text):
        wanted += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
    words = set(_WORDS.findall(where.replace("_", " ")))
    definition = f"{row['definition_en']} {row['definition_zh']}".casefold()
    hits = sum(1.0 if piece in where else 0.4 * (piece in definition) for piece in wanted)
    for word in _WORDS.findall(text):
        wanted.append(word)
        stem = word.rstrip("s") if len(word) > 3 else word
        if any(one.startswith(stem) for one in words):
            hits += 1.0
        elif stem in definition:
            hits += 0.4
    share = hits / len(wanted) if wanted else 0.0
    return 3.0 * share if share >= ENOUGH else 0.0

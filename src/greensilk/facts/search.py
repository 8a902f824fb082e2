"""Finding an indicator by what it is called, in Chinese or English."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from greensilk.core.text import label
from greensilk.facts.catalogue import THEMES

__all__ = ["about_law", "rank"]

_IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]+")
_WORDS = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*")
ENOUGH = 0.5  # share of the query that must be found
NEAR = 0.75  # likeness at which a word of no indicator is taken for a slip of the keys
AS_GOOD = 0.9  # what a hit of other words than those asked for is worth
# What people ask for, and the words the catalogue has for it.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "碳价": ("carbon_price", "碳税", "碳排放配额价格"),
    "碳定价": ("carbon_price", "碳税", "碳排放配额价格"),
    "carbon price": ("carbon_price", "carbon tax", "price of emission allowances"),
    "carbon pricing": ("carbon_price", "carbon tax", "price of emission allowances"),
    "废水": ("污水",),
    "雾霾": ("pm2.5",),
    "haze": ("pm2.5",),
    "smog": ("pm2.5",),
    "水污染": ("水环境",),
    "water quality": ("水环境",),
}
_LAW = re.compile(r"环评|环境影响评价|\beia\b|impact assessment|法律|法规|legislation|\blaws?\b")


def rank(
    rows: Iterable[Mapping[str, Any]], query: str, most: int = 50
) -> list[tuple[float, Mapping[str, Any]]]:
    """Return ``(score, row)`` of the indicators that fit ``query``, best first.

    ``rows`` are rows of the table ``indicators``. A Chinese query is compared by pairs of
    characters, so that 水资源压力 finds 水压力 too; an English one by the beginnings of its words,
    where a word that begins none is taken for the one most like it.
    """
    text = query.strip().casefold()
    if not text:
        return []
    known = list(rows)
    others = _others(known, text)
    found = []
    for row in known:
        score = max(_score(row, text), *(AS_GOOD * _score(row, other) for other in others), 0.0)
        if score > 0:
            # Primary and widely covered indicators come first among equals.
            bonus = 0.3 * bool(row["is_primary"]) + min(int(row["economies"]), 250) / 1000
            found.append((round(score + bonus, 4), row))
    found.sort(key=lambda item: (-item[0], str(item[1]["indicator"])))
    return found[:most]


def about_law(query: str) -> bool:
    """Return whether a query asks for laws, which are no indicators.

    >>> about_law("环评"), about_law("EIA"), about_law("forest")
    (True, True, False)
    """
    return bool(_LAW.search(query.casefold()))


def _others(rows: Sequence[Mapping[str, Any]], text: str) -> list[str]:
    """Return other words for a query: synonyms, and the query without slips of the keys."""
    others = []
    for word, instead in SYNONYMS.items():
        if word in text:
            others += [text.replace(word, one) for one in instead]
    asked = _WORDS.findall(text)
    if asked:
        words = sorted({word for row in rows for word in _WORDS.findall(_names(row))})
        slips = {
            word: near[0]
            for word in asked
            if len(word) > 3
            and not any(one.startswith(word) for one in words)
            and (near := difflib.get_close_matches(word, words, 1, NEAR))
        }
        if slips:
            others.append(_WORDS.sub(lambda found: slips.get(found[0], found[0]), text))
    return others


def _names(row: Mapping[str, Any]) -> str:
    theme = str(row["theme"])
    label_en = label(f"facts.theme.{theme}", "en") if theme in THEMES else ""
    return " ".join((str(row["en"]), str(row["aliases"]), label_en)).casefold()


def _score(row: Mapping[str, Any], text: str) -> float:
    code, concept = str(row["indicator"]).casefold(), str(row["concept"]).casefold()
    aliases = [part.strip().casefold() for part in str(row["aliases"]).split("|")]
    names = [str(row["en"]).casefold(), str(row["zh"]).casefold()]
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

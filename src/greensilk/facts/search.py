"""Finding an indicator by what it is called, in Chinese or English."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import TypedDict

import msgspec

from greensilk.core.tables import load_records
from greensilk.core.text import label
from greensilk.facts.model import THEMES
from greensilk.facts.thresholds import threshold

__all__ = ["CatalogueRow", "about_law", "rank"]

_IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]+")
_TERMS = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*")
ECONOMIES = 250  # there are hardly more
_LAW = re.compile(r"环评|环境影响评价|\beia\b|impact assessment|法律|法规|legislation|\blaws?\b")


class CatalogueRow(TypedDict):
    """What a search, a comparison or a filter asks of a row of the table ``indicators``."""

    indicator: str
    concept: str
    aliases: str
    theme: str
    en: str
    zh: str
    definition_en: str
    definition_zh: str
    unit: str
    source: str
    producer: str
    licence: str
    open: bool
    packaged: bool
    is_primary: bool
    economies: int


class Synonym(msgspec.Struct, frozen=True):
    """What people ask for, and the words the catalogue has for it."""

    word: str
    catalogue: tuple[str, ...]


def rank(
    rows: Iterable[CatalogueRow], query: str, most: int = 50
) -> list[tuple[float, CatalogueRow]]:
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
    worth = threshold("search.synonym")
    matches = []
    for row in known:
        score = max(_score(row, text), *(worth * _score(row, other) for other in others), 0.0)
        if score > 0:
            # Primary and widely covered indicators come first among equals.
            bonus = threshold("search.primary") * row["is_primary"]
            bonus += threshold("search.economy") * min(row["economies"], ECONOMIES)
            matches.append((round(score + bonus, 4), row))
    matches.sort(key=lambda item: (-item[0], str(item[1]["indicator"])))
    return matches[:most]


def about_law(query: str) -> bool:
    """Return whether a query asks for laws, which are no indicators.

    >>> about_law("环评"), about_law("EIA"), about_law("forest")
    (True, True, False)
    """
    return bool(_LAW.search(query.casefold()))


def _others(rows: Sequence[CatalogueRow], text: str) -> list[str]:
    """Return other words for a query: synonyms, and the query without slips of the keys."""
    others = []
    for synonym in load_records("facts/data/synonyms.csv", Synonym, key="word"):
        if synonym.word in text:
            others += [text.replace(synonym.word, other) for other in synonym.catalogue]
    asked = _TERMS.findall(text)
    if asked:
        vocabulary = sorted({word for row in rows for word in _TERMS.findall(_names(row))})
        likeness = threshold("search.likeness")
        slips = {
            word: near[0]
            for word in asked
            if len(word) > 3
            and not any(entry.startswith(word) for entry in vocabulary)
            and (near := difflib.get_close_matches(word, vocabulary, 1, likeness))
        }
        if slips:
            others.append(_TERMS.sub(lambda match: slips.get(match[0], match[0]), text))
    return others


def _names(row: CatalogueRow) -> str:
    theme = str(row["theme"])
    label_en = label(f"facts.theme.{theme}", "en") if theme in THEMES else ""
    return " ".join((str(row["en"]), str(row["aliases"]), label_en)).casefold()


def _score(row: CatalogueRow, text: str) -> float:
    code, concept = str(row["indicator"]).casefold(), str(row["concept"]).casefold()
    aliases = [part.strip().casefold() for part in str(row["aliases"]).split("|")]
    names = [str(row["en"]).casefold(), str(row["zh"]).casefold()]
    if text in (code, concept, code.partition(".")[2], *aliases, *names):
        return threshold("search.exact")
    score = 0.0
    if any(text in name for name in names):
        score = threshold("search.name")
    elif any(text in alias for alias in aliases if alias):
        score = threshold("search.alias")
    theme = str(row["theme"])
    if theme in THEMES and text in (
        theme.replace("_", " "),
        label(f"facts.theme.{theme}", "zh"),
        label(f"facts.theme.{theme}", "en").casefold(),
    ):
        score = max(score, threshold("search.theme"))
    return max(score, _overlap(row, text, " ".join((code, concept, *names, *aliases))))


def _overlap(row: CatalogueRow, text: str, where: str) -> float:
    """Return the score for the share of the query's pieces found in names and definition."""
    in_definition = threshold("search.definition")
    wanted: list[str] = []
    for run in _IDEOGRAPHS.findall(text):
        wanted += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
    vocabulary = set(_TERMS.findall(where.replace("_", " ")))
    definition = f"{row['definition_en']} {row['definition_zh']}".casefold()
    hits = sum(1.0 if piece in where else in_definition * (piece in definition) for piece in wanted)
    for word in _TERMS.findall(text):
        wanted.append(word)
        stem = word.rstrip("s") if len(word) > 3 else word
        if any(entry.startswith(stem) for entry in vocabulary):
            hits += 1.0
        elif stem in definition:
            hits += in_definition
    share = hits / len(wanted) if wanted else 0.0
    return threshold("search.overlap") * share if share >= threshold("search.share") else 0.0

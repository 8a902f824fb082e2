"""Labels and sentences in Chinese and English, from one catalogue.

The catalogue is the folder ``catalogue/``: CSV files with the columns ``key, en, zh``, one file a
room so that a subject's words stand together. Codes stay English whatever the language;
:func:`label` gives the words beside them, :func:`text` a sentence with its blanks filled.

>>> label("verdict.consistent", "zh")
'一致'
>>> text("fault.where.row", "en", row=7)
'row 7'
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files
from typing import Literal, get_args

from greensilk.errors import GreenSilkError, UnknownNameError

Language = Literal["en", "zh"]
LANGUAGES: tuple[str, ...] = get_args(Language)

__all__ = ["LANGUAGES", "Language", "catalogue", "check_language", "label", "text"]


def check_language(lang: str) -> str:
    """Return ``lang`` if it is ``en`` or ``zh``; raise :class:`UnknownNameError` otherwise."""
    if lang not in LANGUAGES:
        raise UnknownNameError("language", lang, LANGUAGES)
    return lang


@lru_cache(maxsize=1)
def catalogue() -> dict[str, dict[str, str]]:
    """Return every entry as ``{key: {"en": ..., "zh": ...}}``.

    Raises
    ------
    GreenSilkError
        If a key stands twice or lacks a language: the catalogue is data, and a hole in it is a bug.
    """
    entries: dict[str, dict[str, str]] = {}
    folder = files("greensilk.i18n") / "catalogue"
    for path in sorted(folder.iterdir(), key=lambda item: item.name):
        if not path.name.endswith(".csv"):
            continue
        with path.open("r", encoding="utf-8") as handle:
            for number, row in enumerate(csv.DictReader(handle), start=2):
                key = row["key"]
                if key in entries:
                    raise GreenSilkError(f"{path.name} row {number}: key {key!r} stands twice")
                if not row["en"] or not row["zh"]:
                    raise GreenSilkError(f"{path.name} row {number}: {key!r} lacks a language")
                entries[key] = {"en": row["en"], "zh": row["zh"]}
    return entries


def label(key: str, lang: str = "en") -> str:
    """Return the words for ``key``; the last part of the key itself where none are listed."""
    entry = catalogue().get(key)
    if entry is None:
        return key.rpartition(".")[2]
    return entry[lang]


def text(key: str, lang: str = "en", **params: object) -> str:
    """Return the sentence ``key`` with ``{blanks}`` filled from ``params``."""
    entry = catalogue().get(key)
    if entry is None:
        raise UnknownNameError("message", key, catalogue())
    return entry[lang].format_map(_Blanks(params))


class _Blanks(dict[str, object]):
    """Leave an unfilled blank visible instead of failing while an error is being reported."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"

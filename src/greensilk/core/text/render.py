"""Codes and parameters into words: the one place where a sentence is made.

>>> from greensilk.core.text.parameters import Amount, Name
>>> render_value(Name("emission_reductions"), "zh")
'减排量'
>>> render_value(Amount(3_500_000.0, "tCO2e/yr"), "en")
'3.50 Mt CO₂e/yr'
>>> render("fault.where.field", "en", {"field": Name("capacity")})
'field Installed capacity'
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from greensilk.core.text.catalogue import catalogue, label, text
from greensilk.core.text.numbers import (
    format_number,
    format_percent,
    format_quantity,
    format_range,
    format_times,
    format_unit,
)
from greensilk.core.text.parameters import (
    Amount,
    Count,
    Formula,
    Label,
    Labels,
    Listing,
    Name,
    Names,
    Parameter,
    Parameters,
    Percent,
    Sentence,
    Text,
    Times,
    Unit,
)

_JOINTS = {
    "list": {"en": ", ", "zh": "、"},
    "plus": {"en": " + ", "zh": "＋"},
    "sentences": {"en": " ", "zh": ""},
    "facts": {"en": " · ", "zh": " · "},
    "clauses": {"en": "; ", "zh": "；"},
    "words": {"en": " ", "zh": " "},
}
_SIGNS = ((" ** ", "^"), (" * ", " × "), (" / ", " ÷ "), (" - ", " − "))

__all__ = ["format_formula", "join_words", "name_label", "render", "render_value"]


def name_label(name: str, lang: str = "en") -> str:
    """Return the words for a quantity, a project field or a fact.

    The glossary comes first, then the fields of project files.

    >>> name_label("emission_reductions", "zh")
    '减排量'
    """
    for prefix in ("name.", "field."):
        entry = catalogue().get(prefix + name)
        if entry is not None:
            return entry[lang]
    return name.replace("_", " ")


def join_words(parts: list[str], lang: str) -> str:
    """Return a list as the language separates it.

    >>> join_words(["风电", "光伏"], "zh")
    '风电、光伏'
    """
    return ("、" if lang == "zh" else ", ").join(parts)


def render_value(value: Parameter, lang: str) -> str:
    """Return a parameter as a person reads it."""
    match value:
        case None:
            return ""
        case Name(name):
            return name_label(name, lang)
        case Names(names):
            return join_words([name_label(name, lang) for name in names if name], lang)
        case Label(key):
            return label(key, lang)
        case Labels(keys):
            return join_words([label(key, lang) for key in keys], lang)
        case Amount(None, unit, low, high, name) if low is not None or high is not None:
            return format_range(low, high, unit, lang, name)
        case Amount(number, unit, low, high, name, beside):
            return format_quantity(number, unit, lang, low, high, name, beside).text
        case Count(count):
            return format_number(count, 0)
        case Unit(unit):
            return format_unit(unit, lang)
        case Percent(share, places):
            return format_percent(share, places)
        case Times(times):
            return format_times(times, lang)
        case Text(en, zh, only):
            own, other = (zh, en) if lang == "zh" else (en, zh)
            return own if own or only else other
        case Sentence(key, params):
            return render(key, lang, params)
        case Listing(items, joint):
            parts = [render_value(item, lang) for item in items]
            return _JOINTS[joint][lang].join(part for part in parts if part)
        case Formula(formula, words):
            return format_formula(formula, words, lang)
        case float():
            return f"{value:.10g}"
        case _:
            return str(value)


def format_formula(formula: str, words: Mapping[str, Parameter], lang: str) -> str:
    """Return a formula with words for the names in it and the signs of arithmetic.

    >>> format_formula("net_generation * (1.0 - loss)", {"loss": "Loss"}, "en")
    'Net generation × (1 − Loss)'
    """

    def named(match: re.Match[str]) -> str:
        name = match[0]
        return render_value(words.get(name, Name(name)), lang)

    line = re.sub(r"[A-Za-z_]\w*", named, formula)
    for code, sign in _SIGNS:
        line = line.replace(code, sign)
    return re.sub(r"\b(\d+)\.0\b", r"\1", line)


def render(key: str, lang: str = "en", params: Parameters | None = None) -> str:
    """Return the sentence ``key`` with its blanks filled.

    Raises
    ------
    CatalogueError
        If there is no such sentence.
    """
    filled = {name: render_value(value, lang) for name, value in (params or {}).items()}
    return text(key, lang, **filled)

"""Words, numbers and sentences in Chinese and English: the only place that knows a language.

``catalogue``: labels and sentences as data. ``parameters``: what fills a sentence. ``numbers``: the
one number formatter. ``render``: codes and parameters into words.
"""

from greensilk.core.text.catalogue import (
    LANGUAGES,
    CatalogueError,
    Language,
    catalogue,
    label,
    text,
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
from greensilk.core.text.render import join_words, name_label, render, render_value

__all__ = [
    "LANGUAGES",
    "Amount",
    "CatalogueError",
    "Count",
    "Formula",
    "Label",
    "Labels",
    "Language",
    "Listing",
    "Name",
    "Names",
    "Parameter",
    "Parameters",
    "Percent",
    "Sentence",
    "Text",
    "Times",
    "Unit",
    "catalogue",
    "join_words",
    "label",
    "name_label",
    "render",
    "render_value",
    "text",
]

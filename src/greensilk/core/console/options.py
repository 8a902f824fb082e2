"""Options that several commands share.

Their help stands in the catalogue (``option.<command>.<name>``, else ``option.<name>``), in both
languages; a command's own text is ``command.<command>``.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from greensilk.core.languages import language_of_locale
from greensilk.core.text import LANGUAGES

__all__ = [
    "DEFAULT_LANG",
    "ForceOption",
    "Form",
    "FormOption",
    "JsonOption",
    "Lang",
    "LangOption",
    "Licence",
    "LicenceOption",
    "OutFileOption",
    "StoreOption",
    "language_of_arguments",
    "split_list",
]


class Lang(StrEnum):
    """Language of labels, messages and reports."""

    en = "en"
    zh = "zh"


class Form(StrEnum):
    """Form of a table on the screen or in a pipe."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


class Licence(StrEnum):
    """Which figures may be shown: all, those free to pass on, those of the package."""

    any = "any"
    open = "open"
    packaged = "packaged"


# what the reader's system speaks, unless --lang says otherwise
DEFAULT_LANG = Lang(language_of_locale(os.environ))

LangOption = Annotated[Lang, typer.Option("--lang")]
FormOption = Annotated[Form, typer.Option("--format")]
LicenceOption = Annotated[Licence, typer.Option("--licence")]
StoreOption = Annotated[Path | None, typer.Option("--store")]
OutFileOption = Annotated[Path | None, typer.Option("--out")]
ForceOption = Annotated[bool, typer.Option("--force")]
JsonOption = Annotated[bool, typer.Option("--json")]


def language_of_arguments(arguments: Sequence[str]) -> str:
    """Return the language that ``--lang`` names among the words of a command line.

    >>> language_of_arguments(["facts", "search", "water", "--lang", "zh"])
    'zh'
    >>> language_of_arguments(["appraise", "x.csv", "--lang=zh"])
    'zh'
    """
    for index, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            value = argument.partition("=")[2]
        elif argument == "--lang" and index + 1 < len(arguments):
            value = arguments[index + 1]
        else:
            continue
        if value in LANGUAGES:
            return value
    return DEFAULT_LANG.value


def split_list(text: str) -> list[str]:
    """Return the parts of a list separated by commas, blanks left out.

    >>> split_list("KEN, LAO,,")
    ['KEN', 'LAO']
    """
    return [part.strip() for part in text.split(",") if part.strip()]

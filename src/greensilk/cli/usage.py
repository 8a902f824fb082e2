"""What the library behind the command line says of itself, in the reader's language."""

from __future__ import annotations

import re

import typer

from greensilk.core.errors import UnknownNameError
from greensilk.core.text import label, text

__all__ = ["USAGE_ERROR", "UnknownCommandError", "localise_help", "usage_message"]

# the class of all complaints about usage; Typer gives only its children a public name
USAGE_ERROR: type[Exception] = typer.BadParameter.__bases__[0]

# what Typer writes around our words, and the catalogue's key for it
_PHRASES = {
    "Usage: ": "cli.help.usage",
    "Arguments:": "cli.help.arguments",
    "Options:": "cli.help.options",
    "Commands:": "cli.help.commands",
    "Show this message and exit.": "cli.help.help",
    "[required]": "cli.help.required",
    "[default: ": "cli.help.default",
}


def localise_help(page: str, lang: str) -> str:
    """Return a page of help with Typer's own phrases in ``lang``.

    >>> localise_help("Usage: greensilk [OPTIONS]", "zh")
    '用法：greensilk [OPTIONS]'
    """
    if lang == "en":
        return page
    for phrase, key in _PHRASES.items():
        # a phrase may be broken where a line ends
        pattern = r"\s+".join(re.escape(part) for part in phrase.split())
        pattern += r"\s+" if phrase.endswith(" ") else ""
        page = re.sub(pattern, label(key, lang).replace("\\", r"\\"), page)
    return page


class UnknownCommandError(UnknownNameError):
    """A command that does not exist: wrong usage, with the nearest ones named."""


def usage_message(error: Exception, lang: str) -> str:
    """Return what was wrong with the words of a command, and how to see what is right.

    The names of options and values are the user's own; Typer's English sentence follows in brackets
    where it says more than the kind of mistake.
    """
    kind = type(error).__name__
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "greensilk"
    parameter = getattr(error, "param", None)
    name = getattr(error, "option_name", None) or (
        (parameter.opts or [parameter.name])[0] if parameter is not None else ""
    )
    detail = str(getattr(error, "message", "") or error).rstrip(".")
    key = f"cli.usage.{kind}"
    sentence = text(key, lang, name=name, detail=detail)
    return text("cli.usage.line", lang, sentence=sentence, command=command)

"""The command about one country: its guide on the screen or in a file."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["country", "mount"]


class Lang(StrEnum):
    """Language of names and texts."""

    en = "en"
    zh = "zh"


class Licence(StrEnum):
    """Which figures may be shown."""

    any = "any"
    open = "open"
    packaged = "packaged"


def mount(app: typer.Typer) -> None:
    """Add the command ``country`` to ``app``."""
    app.command()(country)


def country(
    economy: Annotated[str, typer.Argument(help="Code or name, in English or Chinese.")],
    out: Annotated[
        Path | None,
        typer.Option(
            help="File to write: .html, .pdf, .xlsx or .json (JSON holds both languages).",
        ),
    ] = None,
    lang: Annotated[
        Lang,
        typer.Option(help="Language of names and texts; JSON holds both, whatever it is."),
    ] = Lang.en,
    theme: Annotated[str, typer.Option(help="On the screen: all of one theme.")] = "",
    licence: Annotated[
        Licence, typer.Option(help="any, open (free to pass on) or packaged figures.")
    ] = Licence.any,
    store: Annotated[
        Path | None, typer.Option(help="Folder of the store (or set GREENSILK_FACTS).")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier file.")] = False,
) -> None:
    """Show or write the guide of a country: profile, laws, power, climate policy, hazards."""
    from greensilk.core.errors import UnknownNameError
    from greensilk.core.text import text
    from greensilk.facts import Facts
    from greensilk.facts.catalogue import THEMES
    from greensilk.report.country import gather
    from greensilk.report.country.plain import lines
    from greensilk.report.country.writing import check_target, write_guide

    if theme and theme not in THEMES:
        raise UnknownNameError("theme", theme, THEMES)
    if out is not None:
        check_target(out, force)
    with Facts.open(store) as facts:
        if facts.is_starter:
            sys.stderr.write(text("facts.snapshot", lang) + "\n")
        guide = gather(facts, economy, licence=licence)
    if out is not None:
        sys.stdout.write(f"{write_guide(guide, out, lang, force=force)}\n")
        return
    for line in lines(guide, lang, theme):
        sys.stdout.write(line + "\n")
    sys.stdout.write(text("country.cli.more", lang) + "\n")

"""The command about one country: its guide on the screen or in a file."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from greensilk.core.console.options import (
    DEFAULT_LANG,
    ForceOption,
    LangOption,
    Licence,
    LicenceOption,
    OutFileOption,
    StoreOption,
)
from greensilk.core.console.output import print_line
from greensilk.core.errors import UnknownNameError
from greensilk.core.text import text
from greensilk.facts import Facts
from greensilk.facts.catalogue import THEMES
from greensilk.report.country import gather
from greensilk.report.country.plain import lines
from greensilk.report.country.writing import check_target, write_guide

__all__ = ["country"]


def country(
    economy: Annotated[str, typer.Argument()],
    out: OutFileOption = None,
    lang: LangOption = DEFAULT_LANG,
    theme: Annotated[str, typer.Option()] = "",
    licence: LicenceOption = Licence.any,
    store: StoreOption = None,
    force: ForceOption = False,
) -> None:
    """Show or write the guide of a country: profile, laws, power, climate policy, hazards."""
    if theme and theme not in THEMES:
        raise UnknownNameError("theme", theme, THEMES)
    if out is not None:
        check_target(out, force)
    with Facts.open(store) as facts:
        if facts.is_snapshot:
            sys.stderr.write(text("facts.snapshot", lang) + "\n")
        guide = gather(facts, economy, licence=licence)
    if out is not None:
        print_line(str(write_guide(guide, out, lang, force=force)))
        return
    for line in lines(guide, lang, theme):
        print_line(line)
    print_line(text("country.cli.more", lang))

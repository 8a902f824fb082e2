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
from greensilk.core.rendering import load_renderers
from greensilk.core.text import text
from greensilk.country.gather import guide
from greensilk.country.view import brief_view
from greensilk.facts.catalogue import THEMES

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
    renderers = load_renderers()
    if out is not None:
        renderers.check_target(out, force)
    made = guide(economy, store=store, licence=licence)
    if made.is_snapshot:
        sys.stderr.write(text("facts.snapshot", lang) + "\n")
    if out is not None:
        print_line(str(made.save(out, lang, force=force)))
        return
    print_line(renderers.render_terminal(brief_view(made, theme), lang).rstrip("\n"))
    print_line(text("country.cli.more", lang))

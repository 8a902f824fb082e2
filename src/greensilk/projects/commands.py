"""The commands about project files: an empty workbook to fill in, and how a file is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from greensilk import projects
from greensilk.core.console.options import (
    DEFAULT_LANG,
    ForceOption,
    JsonOption,
    LangOption,
    split_list,
)
from greensilk.core.console.output import print_line
from greensilk.core.errors import OutputError
from greensilk.core.rendering import load_renderers
from greensilk.projects.view import reading_view

__all__ = ["read", "template"]


def template(
    path: Annotated[Path, typer.Argument()],
    lang: LangOption = DEFAULT_LANG,
    types: Annotated[str, typer.Option()] = "",
    force: ForceOption = False,
) -> None:
    """Write an empty workbook with the fields of one or all kinds of project."""
    if path.exists() and not force:
        raise OutputError("file_exists", path=str(path))
    projects.write_template(path, lang, split_list(types) or None)
    print_line(str(path))


def read(
    projects_file: Annotated[Path, typer.Argument(metavar="FILE")],
    lang: LangOption = DEFAULT_LANG,
    as_json: JsonOption = False,
) -> None:
    """Show how a table of projects is understood."""
    result = projects.read(projects_file)
    if as_json:
        print_line(json.dumps(result.reading.as_dict(), ensure_ascii=False, indent=2))
        return
    print_line(load_renderers().render_terminal(reading_view(result), lang).rstrip("\n"))

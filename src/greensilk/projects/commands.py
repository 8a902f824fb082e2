"""The command about project files: an empty workbook to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from greensilk import projects
from greensilk.core.console.options import DEFAULT_LANG, ForceOption, LangOption, split_list
from greensilk.core.console.output import print_line
from greensilk.core.errors import OutputError

__all__ = ["template"]


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

"""The commands about project files: an empty workbook to fill in, and how a file is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import msgspec
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
from greensilk.core.errors import OptionError, OutputError
from greensilk.core.rendering import load_renderers
from greensilk.projects.mapping import mapping_of, parse_mapping, write_mapping
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
    map_file: Annotated[Path | None, typer.Option("--map")] = None,
    write_map: Annotated[Path | None, typer.Option("--write-map")] = None,
    force: ForceOption = False,
) -> None:
    """Show how a table of projects is understood, or read it by a mapping file."""
    mapping = None
    if map_file is not None:
        try:
            mapping = parse_mapping(map_file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise OptionError("mapping_broken", reason=str(error)) from error
    result = projects.read(projects_file, mapping=mapping)
    if write_map is not None:
        if write_map.exists() and not force:
            raise OutputError("file_exists", path=str(write_map))
        # the words of a mapping that was used go into the new one
        made = msgspec.structs.replace(
            mapping_of(result.reading),
            technologies=mapping.technologies if mapping else {},
            countries=mapping.countries if mapping else {},
        )
        write_map.write_text(write_mapping(made), encoding="utf-8")
    if as_json:
        print_line(json.dumps(result.reading.as_dict(), ensure_ascii=False, indent=2))
        return
    print_line(load_renderers().render_terminal(reading_view(result), lang).rstrip("\n"))

"""The command of the method book."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from greensilk.core.console.options import DEFAULT_LANG, JsonOption, LangOption
from greensilk.core.console.output import print_line
from greensilk.core.text import label, name_label, text
from greensilk.engine.book import method_book

__all__ = ["methods"]


def methods(
    name: Annotated[str | None, typer.Argument()] = None,
    lang: LangOption = DEFAULT_LANG,
    as_json: JsonOption = False,
) -> None:
    """Open the method book: formula, unit, source, inputs, worked value."""
    entries = method_book(name)
    if as_json:
        print_line(
            json.dumps([entry.as_dict(lang) for entry in entries], ensure_ascii=False, indent=2)
        )
        return
    if name is None:
        width = max(len(entry.method) for entry in entries)
        for entry in entries:
            print_line(f"{entry.method:<{width}}  [{entry.unit}]  {label(entry.label, lang)}")
        return
    for entry in entries:
        print_line(f"{label(entry.label, lang)}  {entry.name} [{entry.unit}]  ({entry.method})")
        print_line(f"  {entry.explanation(lang)}")
        print_line(f"  = {entry.formula}")
        mark = text("cli.verified" if entry.verified else "cli.unverified", lang)
        print_line(f"  {text('cli.source', lang)}: {entry.citation(lang)}  [{mark}]")
        for item in entry.inputs:
            providers = ", ".join(item.providers)
            print_line(
                f"    {item.name} [{item.unit}]  {name_label(item.name, lang)}  <- {providers}"
            )
        inputs = ", ".join(f"{key} = {value:g}" for key, value in entry.example[0].items())
        value = f"{entry.example[1]:g} {entry.unit}"
        print_line(f"  {text('cli.example', lang)}: {inputs} -> {value}")
        print_line("")

"""The tree of commands, read from the rooms and built in the language of the reader.

A room names its commands (``("facts build", "commands:build")``); this module makes Typer commands
of the functions when they are asked for. The words of the help stand in the catalogue:
``command.<command>`` and ``option.<command>.<name>``, else ``option.<name>``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from greensilk.cli.usage import UnknownCommandError, localise_help
from greensilk.core.console.options import DEFAULT_LANG, LangOption
from greensilk.core.room import rooms
from greensilk.core.text import catalogue, label
from greensilk.core.version import __version__

__all__ = ["build_command", "command_functions"]

# commands of the one call that stands above the rooms
APPRAISAL = (
    ("appraise", "greensilk.cli.appraisal:appraise"),
    ("explain", "greensilk.cli.appraisal:explain"),
    ("demo", "greensilk.cli.appraisal:demo"),
)


def command_functions() -> dict[str, str]:
    """Return every command, such as ``facts build``, and where its function is."""
    commands = dict(APPRAISAL)
    for room in rooms():
        for name, where in room.commands:
            commands[name] = f"greensilk.{room.name}.{where}"
    return commands


def build_command(lang: str) -> TyperGroup:
    """Return the whole command, its help in ``lang``."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None)

    @app.callback(invoke_without_command=True)
    def top(
        context: typer.Context,
        version: Annotated[bool, typer.Option("--version")] = False,
        lang: LangOption = DEFAULT_LANG,
    ) -> None:
        if version:
            typer.echo(f"greensilk {__version__}")
        elif context.invoked_subcommand is None:
            typer.echo(context.get_help())

    group = typer.main.get_command(app)
    functions = command_functions()
    lazy = LazyGroup("greensilk", functions, lang, params=group.params, callback=group.callback)
    lazy.invoke_without_command = True
    return lazy


class LazyGroup(TyperGroup):
    """A group whose commands are imported when they run.

    ``functions`` maps the words after the group's own to where the function is.
    """

    def __init__(
        self, path: str, functions: Mapping[str, str], lang: str, **settings: Any
    ) -> None:  # what Typer takes besides, handed through
        name = path.rpartition(" ")[2]
        super().__init__(name=name, rich_markup_mode=None, **settings)
        self.path = path.partition(" ")[2]
        self.functions = functions
        self.lang = lang
        self.help = label(f"command.{self.path or 'greensilk'}", lang)
        _describe(self, self.path, lang)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names below this group, in the order of the rooms."""
        return list(dict.fromkeys(name.partition(" ")[0] for name in self.functions))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command, imported now; ``None`` where there is none of that name."""
        if cmd_name not in self.commands:
            below = {
                name.partition(" ")[2]: where
                for name, where in self.functions.items()
                if name.partition(" ")[0] == cmd_name
            }
            if not below:
                return None
            path = f"{self.path} {cmd_name}".strip()
            if "" in below:
                self.commands[cmd_name] = make_command(path, load_function(below[""]), self.lang)
            else:
                # --lang may stand anywhere in the line
                params = [item for item in self.params if item.name == "lang"]
                self.commands[cmd_name] = LazyGroup(
                    f"greensilk {path}",
                    below,
                    self.lang,
                    params=params,
                    callback=lambda **_: None,
                    no_args_is_help=True,
                )
        return self.commands[cmd_name]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return name, command and what is left of the line."""
        if self.get_command(ctx, args[0]) is None:
            raise UnknownCommandError("command", args[0], self.list_commands(ctx))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write a line for each command from the catalogue, so that none is imported for it."""
        rows = [
            (name, label(f"command.{f'{self.path} {name}'.strip()}", self.lang))
            for name in self.list_commands(ctx)
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def get_help(self, ctx: Any) -> str:
        """Return the help in the reader's language."""
        return localise_help(super().get_help(ctx), self.lang)


class LocalCommand(TyperCommand):
    """A command whose help is in the reader's language."""

    lang = "en"

    def get_help(self, ctx: Any) -> str:
        """Return the help in the reader's language."""
        return localise_help(super().get_help(ctx), self.lang)


def load_function(where: str) -> Callable[..., object]:
    """Return the function that ``module:function`` names."""
    module, _, name = where.partition(":")
    function: Callable[..., object] = getattr(import_module(module), name)
    return function


def make_command(path: str, function: Callable[..., object], lang: str) -> Any:
    """Return the Typer command of a function, described in ``lang``."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(
        name=path.rpartition(" ")[2], cls=LocalCommand, help=label(f"command.{path}", lang)
    )(function)
    command = typer.main.get_command(app)
    _describe(command, path, lang)
    command.lang = lang  # type: ignore[attr-defined]  # made by cls=LocalCommand above
    return command


def _describe(command: Any, path: str, lang: str) -> None:
    """Give every option and argument its words."""
    for parameter in command.params:
        for key in (f"option.{path}.{parameter.name}", f"option.{parameter.name}"):
            if key in catalogue():
                parameter.help = label(key, lang)
                break

"""The ``greensilk`` command.

Thin: every command calls one function of the public API and shows what it returns. Which commands
there are is read from the rooms; a command's module is imported when it runs, so that ``--help``
answers at once.
"""

from __future__ import annotations

import os
import signal
import sys

import typer

from greensilk.cli.commands import build_command
from greensilk.cli.usage import USAGE_ERROR, UnknownCommandError, usage_message
from greensilk.core.console.options import language_of_arguments
from greensilk.core.errors import GreenSilkError
from greensilk.core.text import text

__all__ = ["main"]

WRONG_USAGE = 2
INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> None:
    """Run the command; turn the library's errors into a message and an exit code.

    Exit codes: 0 done; 1 the input or request cannot be used; 2 wrong usage; 3 done in part (some
    sources of facts failed); 130 interrupted.
    """
    line = sys.argv[1:] if arguments is None else arguments
    lang = language_of_arguments(line)
    # a polite end from outside cleans up as Ctrl-C does
    signal.signal(signal.SIGTERM, _stop)
    try:
        code = build_command(lang).main(line, prog_name="greensilk", standalone_mode=False)
    except GreenSilkError as error:
        _complain(error.message(lang))
        sys.exit(WRONG_USAGE if isinstance(error, UnknownCommandError) else 1)
    except USAGE_ERROR as error:
        _complain(usage_message(error, lang))
        sys.exit(WRONG_USAGE)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        # the reader of our output went away (head, less): not an error of ours
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    if code == INTERRUPTED:
        _complain(text("cli.interrupted", lang))
    sys.exit(code if isinstance(code, int) else 0)


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def _complain(message: str) -> None:
    sys.stderr.write(f"greensilk: {message}\n")

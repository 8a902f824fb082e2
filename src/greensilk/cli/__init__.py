"""The ``greensilk`` command.

Thin: every command calls one function of the public API and shows what it returns. Heavy imports
wait until a command runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import os
import signal
import sys

import typer

from greensilk.cli import appraisal as _appraisal
from greensilk.cli import country as _country
from greensilk.cli import facts as _facts

__all__ = ["app", "main"]

INTERRUPTED = 130

app = typer.Typer(
    name="greensilk",
    help="绿丝路 · Green appraisal of overseas infrastructure, with a range and a source for every "
    "number.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
_appraisal.mount(app)
_facts.mount(app)
_country.mount(app)


def main() -> None:
    """Run the command; turn the library's errors into a message and an exit code.

    Exit codes: 0 done; 1 the input or request cannot be used; 2 wrong usage; 3 done in part (some
    sources of facts failed); 130 interrupted.
    """
    from greensilk.core.errors import GreenSilkError

    # a polite end from outside cleans up as Ctrl-C does
    signal.signal(signal.SIGTERM, _stop)
    try:
        app(standalone_mode=True)
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            _complain("interrupted; nothing was written · 已中断，未写入任何结果")
        raise
    except GreenSilkError as error:
        _complain(error.message(_language()))
        sys.exit(1)
    except BrokenPipeError:
        # the reader of our output went away (head, less): not an error of ours
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def _language() -> str:
    for index, word in enumerate(sys.argv):
        if word == "--lang" and sys.argv[index + 1 : index + 2] == ["zh"]:
            return "zh"
        if word == "--lang=zh":
            return "zh"
    return "en"


def _complain(message: str) -> None:
    sys.stderr.write(f"greensilk: {message}\n")

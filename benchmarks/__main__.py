"""``python -m benchmarks``: measure, print, and write the table into ``benchmarks/README.md``."""

from __future__ import annotations

import sys
from datetime import date
from importlib import import_module
from pathlib import Path

from benchmarks.harness import Measured, machine

MODULES = ("appraisal", "facts")
README = Path(__file__).with_name("README.md")
HEAD = """# Benchmarks

Measured by `make bench` in one run on one machine; every line stands against a named peer, floor or
limit of the same run. They are not tests: no number here fails a build.
"""


def table(measured: list[Measured]) -> str:
    """Return the measurements as a Markdown table."""
    lines = ["what | measured | against | ratio", "--- | --- | --- | ---"]
    lines += [f"{m.name} | {m.value} | {m.against} | {m.ratio}" for m in measured]
    return "\n".join(lines)


def main() -> None:
    """Run the benchmarks named, or all of them."""
    chosen = [name for name in MODULES if not sys.argv[1:] or name in sys.argv[1:]]
    parts = [HEAD, f"{date.today().isoformat()}, {machine()}", ""]
    for name in chosen:
        try:
            module = import_module(f"benchmarks.{name}")
        except ModuleNotFoundError:
            continue
        made = table(module.measure())
        print(f"\n{name}\n{made}", flush=True)
        parts += [f"## {name}", "", made, ""]
    if chosen == list(MODULES):
        README.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()

"""Commands about projects: appraise, explain, methods, template, demo."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from greensilk.appraisal import Appraisal
    from greensilk.engine.explain import Node

__all__ = ["mount"]


class Lang(StrEnum):
    """Language of labels, messages and reports."""

    en = "en"
    zh = "zh"


LangOption = Annotated[Lang, typer.Option(help="Language of labels and reports.")]
DrawsOption = Annotated[
    int, typer.Option(help="Monte Carlo draws behind every range; 0 for best estimates only.")
]
SeedOption = Annotated[int, typer.Option(help="Start of the keyed random draws.")]
BaselineOption = Annotated[
    str,
    typer.Option(help="Grid baseline: ifi (harmonised factors v3.2) or tool07 (CDM weights)."),
]
PeriodOption = Annotated[str, typer.Option(help="Crediting period for tool07: first or later.")]
GwpOption = Annotated[str, typer.Option(help="Global warming potentials: ar5 or ar6.")]
FleetOption = Annotated[
    str, typer.Option(help="Year of the Chinese thermal fleet for coal and pollutants avoided.")
]
FactsOption = Annotated[
    str,
    typer.Option(help="Country facts: packaged, or the folder of a store built by facts build."),
]
EngineOption = Annotated[str, typer.Option(help="local, dask or dask=ADDRESS.")]
OutOption = Annotated[Path, typer.Option(help="Folder for the results.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace earlier results in --out.")]


def mount(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    for command in (appraise, explain, methods, template, demo):
        app.command()(command)


def appraise(
    projects: Annotated[Path, typer.Argument(help="CSV, XLSX, Parquet or GeoJSON of projects.")],
    out: OutOption,
    lang: LangOption = Lang.en,
    draws: DrawsOption = 1000,
    seed: SeedOption = 2023,
    baseline: BaselineOption = "ifi",
    period: PeriodOption = "first",
    gwp: GwpOption = "ar6",
    fleet_year: FleetOption = "2022",
    facts: FactsOption = "packaged",
    engine: EngineOption = "local",
    strict: Annotated[
        bool, typer.Option("--strict", help="Stop at faulty rows instead of leaving them out.")
    ] = False,
    force: ForceOption = False,
) -> None:
    """Appraise a table of projects: evidence, audit of claims, report."""
    from greensilk.engine.options import Options
    from greensilk.stream import LARGE_ROWS, appraise_large, row_estimate

    options = Options(
        draws=draws, seed=seed, baseline=baseline, period=period, gwp=gwp,
        fleet_year=fleet_year, facts=facts,
    )  # fmt: skip
    if row_estimate(projects) > LARGE_ROWS:
        with _progress(row_estimate(projects)) as advance:
            summary = appraise_large(
                projects, out, options=options, lang=lang, force=force, strict=strict,
                progress=advance,
            )  # fmt: skip
        _say(summary.text(lang))
        return
    _run(projects, out, lang, options, engine, strict, force)


def explain(
    projects: Annotated[Path, typer.Argument(help="File of projects.")],
    project_id: Annotated[str, typer.Argument(help="Id of the project.")],
    quantity: Annotated[
        str, typer.Argument(help="Name of the quantity, e.g. emission_reductions.")
    ],
    lang: LangOption = Lang.en,
    draws: DrawsOption = 1000,
    seed: SeedOption = 2023,
    baseline: BaselineOption = "ifi",
    period: PeriodOption = "first",
    gwp: GwpOption = "ar6",
    fleet_year: FleetOption = "2022",
    facts: FactsOption = "packaged",
    as_json: Annotated[bool, typer.Option("--json", help="Print the tree as JSON.")] = False,
) -> None:
    """Show the tree behind one number: formulas, inputs, sources, years."""
    import greensilk as gs

    tree = gs.explain(
        projects, project_id, quantity, draws=draws, seed=seed, baseline=baseline, period=period,
        gwp=gwp, fleet_year=fleet_year, facts=facts,
    )  # fmt: skip
    if as_json:
        _say(json.dumps(tree.as_dict(), ensure_ascii=False, indent=2))
    else:
        _print_tree(tree, lang)


def methods(
    name: Annotated[str | None, typer.Argument(help="Quantity or method; all if none.")] = None,
    lang: LangOption = Lang.en,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Open the method book: formula, unit, source, inputs, worked value."""
    import greensilk as gs
    from greensilk.core.text import text

    entries = gs.method_book(name, lang)
    if as_json:
        _say(json.dumps([entry.as_dict() for entry in entries], ensure_ascii=False, indent=2))
        return
    if name is None:
        width = max(len(entry.method) for entry in entries)
        for entry in entries:
            _say(f"{entry.method:<{width}}  [{entry.unit}]  {entry.label}")
        return
    for entry in entries:
        _say(f"{entry.label}  {entry.name} [{entry.unit}]  ({entry.method})")
        _say(f"  {entry.description}")
        _say(f"  = {entry.formula}")
        mark = text("cli.verified" if entry.verified else "cli.unverified", lang)
        _say(f"  {text('cli.source', lang)}: {entry.source}  [{mark}]")
        for item in entry.inputs:
            _say(f"    {item.name} [{item.unit}]  {item.label}  <- {', '.join(item.providers)}")
        if entry.example:
            given = ", ".join(f"{key} = {value:g}" for key, value in entry.example[0].items())
            _say(f"  {text('cli.example', lang)}: {given} -> {entry.example[1]:g} {entry.unit}")
        _say("")


def template(
    path: Annotated[Path, typer.Argument(help="Workbook to write (.xlsx).")],
    lang: LangOption = Lang.en,
    types: Annotated[
        str | None, typer.Option(help="Families to include, separated by commas; all if left out.")
    ] = None,
    force: ForceOption = False,
) -> None:
    """Write an empty workbook with the fields of one or all kinds of project."""
    import greensilk as gs
    from greensilk.core.errors import OutputError

    if path.exists() and not force:
        raise OutputError(f"{path} exists already; choose another name or add --force")
    gs.write_template(path, lang, types.split(",") if types else None)
    _say(str(path))


def demo(
    out: OutOption = Path("greensilk-demo"),
    lang: LangOption = Lang.en,
    draws: DrawsOption = 1000,
    force: ForceOption = False,
) -> None:
    """Appraise the packaged projects of the ten-year report on the Green Silk Road."""
    from greensilk.demo import projects_path
    from greensilk.engine.options import Options

    with projects_path() as path:
        _run(path, out, lang, Options(draws=draws), "local", False, force)


def _run(
    projects: Path, out: Path, lang: str, options: Any, engine: str, strict: bool, force: bool
) -> None:
    import greensilk as gs
    from greensilk.core.files import check_free
    from greensilk.core.text import text
    from greensilk.output import FILES

    # fail before the work, not after it
    check_free(out, FILES, force)
    read = gs.read_projects(projects, strict=strict)
    with _progress(read.table.num_rows, text("cli.appraising", lang)) as advance:
        result = gs.appraise(read, options=options, engine=engine, progress=advance)
    with _progress(len(FILES), text("cli.writing", lang)) as advance:
        files = result.save(out, lang=lang, force=force, progress=advance)
    _summary(result, lang)
    for path in files:
        _say(str(path))


def _summary(result: Appraisal, lang: str) -> None:
    """Print what a person wants to know first: size, totals, verdicts, faults."""
    from collections import Counter

    from greensilk.core.text import label, name_label, text
    from greensilk.core.text.numbers import format_quantity

    read = result.projects.num_rows
    answered = len(result.evidence.column("project_id").unique())
    _say(text("cli.projects", lang, count=read, answered=answered, silent=read - answered))
    for row in result.totals.to_pylist():
        if row["family"]:
            continue
        shown = format_quantity(row["value"], row["unit"], lang, row["low"], row["high"])
        _say(f"  {name_label(row['quantity'], lang)}: {shown.text}")
    verdicts = Counter(result.audit.column("verdict").to_pylist())
    if verdicts:
        found = ", ".join(
            f"{label(f'verdict.{code}', lang)} {count}" for code, count in verdicts.most_common()
        )
        _say(text("cli.claims", lang, count=sum(verdicts.values()), found=found))
    refused = [fault for fault in result.faults if fault.severity in ("refused", "doubtful")]
    if refused:
        _say(text("cli.faults", lang, count=len(refused)))
        for fault in refused[:5]:
            _say(f"  {fault.message(lang)}")


def _print_tree(tree: Node, lang: str) -> None:
    from greensilk.core.text import label, name_label, text

    for depth, node in tree.walk():
        pad = "  " * depth
        spread = ""
        if node.low is not None and node.high is not None and node.low != node.high:
            spread = f" ({node.low:,.4g} - {node.high:,.4g})"
        component = f" <{node.component}>" if node.component else ""
        _say(
            f"{pad}{name_label(node.name, lang)}{component} = {node.value:,.6g}{spread} {node.unit}"
            f"  [{text('cli.grade', lang)} {node.grade}, {label(f'basis.{node.basis}', lang)}]"
        )
        if node.formula:
            _say(f"{pad}  = {node.formula}  ({node.method})")
        if node.source:
            mark = "" if node.verified else f"  [{text('cli.unverified', lang)}]"
            year = f", {node.year}" if node.year else ""
            _say(f"{pad}  {text('cli.source', lang)}: {node.source}{year}{mark}")


@contextmanager
def _progress(total: int, words: str = "") -> Iterator[Callable[[int], None]]:
    """Show a bar once the work has taken a second, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda count: None
        return
    done = 0
    bar: Any = None
    task: Any = None

    def start() -> None:
        nonlocal bar, task
        from rich.console import Console
        from rich.progress import Progress

        made = Progress(console=Console(stderr=True), transient=True)
        task = made.add_task(words, total=total, completed=done)
        made.start()
        bar = made

    def advance(count: int) -> None:
        nonlocal done
        done += count
        if bar is not None:
            bar.update(task, completed=done)

    # a clock of its own: the first step may itself take long
    timer = threading.Timer(1.0, start)
    timer.daemon = True
    timer.start()
    try:
        yield advance
    finally:
        timer.cancel()
        timer.join()
        if bar is not None:
            bar.stop()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")

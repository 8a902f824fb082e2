"""The commands of an appraisal: appraise, explain, demo."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

import greensilk as gs
from greensilk.appraisal import Appraisal
from greensilk.cli.progress import progress_bar
from greensilk.core.console.options import DEFAULT_LANG, ForceOption, JsonOption, Lang, LangOption
from greensilk.core.console.output import print_line
from greensilk.core.fault_groups import group_faults, group_sentence
from greensilk.core.files import check_free
from greensilk.core.text import join_words, label, name_label, render_value, text
from greensilk.core.text.numbers import format_quantity
from greensilk.demo import projects_path
from greensilk.engine.explain import Node
from greensilk.output import FILES
from greensilk.projects import Projects
from greensilk.projects.view import reading_lines
from greensilk.stream import LARGE_FILES, LARGE_ROWS, row_estimate

__all__ = ["appraise", "demo", "explain"]

# kinds of faults of the input named on the screen; issues.csv has them all
FAULTS_SHOWN = 5

ProjectsArgument = Annotated[Path, typer.Argument()]
DrawsOption = Annotated[int, typer.Option()]
SeedOption = Annotated[int, typer.Option()]
ChoiceOption = Annotated[str, typer.Option()]
OutFolderOption = Annotated[Path, typer.Option("--out")]


def appraise(
    projects: ProjectsArgument,
    out: OutFolderOption,
    lang: LangOption = DEFAULT_LANG,
    draws: DrawsOption = 1000,
    seed: SeedOption = 2023,
    baseline: ChoiceOption = "ifi",
    period: ChoiceOption = "first",
    gwp: ChoiceOption = "ar6",
    fleet_year: ChoiceOption = "2022",
    facts: ChoiceOption = "packaged",
    engine: ChoiceOption = "local",
    strict: Annotated[bool, typer.Option("--strict")] = False,
    names: Annotated[bool, typer.Option("--names")] = False,
    force: ForceOption = False,
) -> None:
    """Appraise a table of projects: evidence, audit of claims, report."""
    options = gs.Options(
        draws=draws, seed=seed, baseline=baseline, period=period, gwp=gwp,
        fleet_year=fleet_year, facts=facts,
    )  # fmt: skip
    _appraise(projects, out, lang, options, engine, strict, force, names)


def explain(
    projects: ProjectsArgument,
    project: Annotated[str, typer.Argument()],
    quantity: Annotated[str, typer.Argument()],
    lang: LangOption = DEFAULT_LANG,
    draws: DrawsOption = 1000,
    seed: SeedOption = 2023,
    baseline: ChoiceOption = "ifi",
    period: ChoiceOption = "first",
    gwp: ChoiceOption = "ar6",
    fleet_year: ChoiceOption = "2022",
    facts: ChoiceOption = "packaged",
    as_json: JsonOption = False,
) -> None:
    """Show the tree behind one number: formulas, inputs, sources, years."""
    tree = gs.explain(
        projects, project, quantity, draws=draws, seed=seed, baseline=baseline, period=period,
        gwp=gwp, fleet_year=fleet_year, facts=facts,
    )  # fmt: skip
    if as_json:
        print_line(json.dumps(tree.as_dict(), ensure_ascii=False, indent=2))
    else:
        _print_tree(tree, lang)


def demo(
    out: OutFolderOption = Path("greensilk-demo"),
    lang: LangOption = DEFAULT_LANG,
    draws: DrawsOption = 1000,
    force: ForceOption = False,
) -> None:
    """Appraise the packaged projects of the ten-year report on the Green Silk Road."""
    with projects_path() as path:
        _appraise(path, out, lang, gs.Options(draws=draws), "local", False, force)


def _appraise(
    projects: Path,
    out: Path,
    lang: Lang,
    options: gs.Options,
    engine: str,
    strict: bool,
    force: bool,
    names: bool = False,
) -> None:
    size = row_estimate(projects)
    files = LARGE_FILES if size > LARGE_ROWS else FILES
    # fail before the work, not after it
    check_free(out, files, force)
    source: Path | Projects = projects
    if size <= LARGE_ROWS:
        source = gs.read_projects(projects, strict=strict)
        size = len(source)
    with progress_bar(size, text("cli.appraising", lang)) as advance:
        result = gs.appraise(
            source, options=options, engine=engine, strict=strict, progress=advance,
            workspace=out.parent,
        )  # fmt: skip
    with progress_bar(len(files), text("cli.writing", lang)) as advance:
        if isinstance(result, Appraisal):
            paths = result.save(out, lang, force, advance, names=names)
        else:
            paths = result.save(out, lang, force, advance)
    if isinstance(result, Appraisal):
        _print_summary(result, lang)
        for path in paths:
            print_line(str(path))
    else:
        line = text(
            "cli.large",
            lang,
            projects=f"{result.project_count:,}",
            rows=f"{result.evidence_rows:,}",
            files=", ".join(files),
        )
        print_line(f"{line}\n{out}")


def _print_summary(result: Appraisal, lang: str) -> None:
    """Print what a person wants to know first: how it was read, totals, verdicts, faults."""
    for line in reading_lines(result.reading):
        print_line(render_value(line, lang))
    rows = result.summary.to_pylist()
    counts = {row["quantity"]: int(row["value"]) for row in rows if row["unit"] == "project"}
    print_line(text("cli.projects", lang, **counts))
    totals = set(result.totals.column("quantity").to_pylist())
    for row in rows:
        if row["quantity"] not in totals:
            continue
        value = format_quantity(row["value"], row["unit"], lang, row["low"], row["high"])
        print_line(f"  {name_label(row['quantity'], lang)}: {value.text}")
    verdicts = Counter(result.audit.column("verdict").to_pylist())
    if verdicts:
        listing = join_words(
            [
                f"{label(f'verdict.{code}', lang)} {number}"
                for code, number in verdicts.most_common()
            ],
            lang,
        )
        print_line(text("cli.claims", lang, count=sum(verdicts.values()), verdicts=listing))
    groups = group_faults(f for f in result.faults if f.severity in ("refused", "doubtful"))
    if groups:
        print_line(text("cli.faults", lang, count=sum(group.count for group in groups)))
        for group in groups[:FAULTS_SHOWN]:
            print_line(f"  {render_value(group_sentence(group), lang)}")
        if len(groups) > FAULTS_SHOWN:
            print_line(f"  {text('cli.more_faults', lang, count=len(groups) - FAULTS_SHOWN)}")


def _print_tree(tree: Node, lang: str) -> None:
    for depth, node in tree.walk():
        pad = "  " * depth
        spread = ""
        if node.low is not None and node.high is not None and node.low != node.high:
            spread = f" ({node.low:,.4g} - {node.high:,.4g})"
        component = f" <{node.component}>" if node.component else ""
        print_line(
            f"{pad}{name_label(node.name, lang)}{component} = {node.value:,.6g}{spread} {node.unit}"
            f"  [{text('cli.grade', lang)} {node.grade}, {label(f'basis.{node.basis}', lang)}]"
        )
        if node.formula:
            print_line(f"{pad}  = {node.formula}  ({node.method})")
        if node.source:
            mark = "" if node.verified else f"  [{text('cli.unverified', lang)}]"
            year = f", {node.year}" if node.year else ""
            print_line(f"{pad}  {text('cli.source', lang)}: {node.source}{year}{mark}")

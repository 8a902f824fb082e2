"""Commands about country facts: build, status, search, get, compare, profile, export."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import typer

from greensilk.core.console.options import (
    DEFAULT_LANG,
    ForceOption,
    Form,
    FormOption,
    Lang,
    LangOption,
    Licence,
    LicenceOption,
    OutFileOption,
    StoreOption,
    split_list,
)
from greensilk.core.console.output import print_line, print_table
from greensilk.core.text import label, render
from greensilk.core.text import text as render_text
from greensilk.core.text.parameters import decode
from greensilk.facts.build import build as build_store
from greensilk.facts.build import match_datasets
from greensilk.facts.export import export as export_facts
from greensilk.facts.fetch import write_pins
from greensilk.facts.query import Facts
from greensilk.facts.search import about_law
from greensilk.facts.snapshot import write_snapshot
from greensilk.facts.store import Store

__all__ = [
    "build",
    "compare",
    "export",
    "get",
    "pin",
    "profile",
    "quality",
    "search",
    "snapshot",
    "status",
]


class Export(StrEnum):
    """Form of an export."""

    datapackage = "datapackage"
    sdmx_csv = "sdmx-csv"
    parquet = "parquet"
    csv = "csv"


def build(
    mirror: Annotated[
        Path | None,
        typer.Option(),
    ] = None,
    only: Annotated[str, typer.Option()] = "",
    jobs: Annotated[int, typer.Option(min=1)] = 2,
    force: ForceOption = False,
    store: StoreOption = None,
    lang: LangOption = DEFAULT_LANG,
) -> None:
    """Read the publishers' files that changed and put a new store in place."""
    show = sys.stderr.isatty()

    def tell(name: str, what: str, done: int, total: int) -> None:
        if show:
            title = f"{name} " if name else ""
            sys.stderr.write(
                f"\r\x1b[2K[{done}/{total}] {title}{label(f'facts.status.{what}', lang)}"
            )
            sys.stderr.flush()

    report = build_store(
        store, mirror=mirror, only=only.split(","), jobs=jobs, force=force, progress=tell
    )
    if show:
        sys.stderr.write("\r\x1b[2K")
    for dataset in report.datasets:
        note = f"  {dataset.error.message(lang)}" if dataset.error else ""
        state = label(f"facts.status.{dataset.status}", lang)
        print_line(f"{dataset.dataset:<18} {state:<10} {dataset.seconds:6.1f} s{note}")
    print_line(
        render_text(
            "facts.build.done",
            lang,
            facts=f"{report.counts['facts']:,}",
            indicators=report.counts["indicators"],
            wide=report.counts["indicators_100"],
            economies=report.counts["economies"],
            producers=report.counts["producers"],
            sources=report.counts["sources"],
            seconds=f"{report.seconds:.1f}",
        )
    )
    if report.failed:
        first = sum(not dataset.key for dataset in report.failed)
        for key, count in (("failed", len(report.failed) - first), ("failed_first", first)):
            if count:
                sys.stderr.write(render_text(f"facts.build.{key}", lang, count=count) + "\n")
        raise typer.Exit(report.exit_code)


def status(
    store: StoreOption = None,
    lang: LangOption = DEFAULT_LANG,
    form: FormOption = Form.table,
    sources: Annotated[bool, typer.Option("--sources")] = False,
) -> None:
    """Show every dataset: vintage, facts, economies, years, findings, licences."""
    with _open(store, lang) as facts:
        if sources:
            columns: tuple[str, ...] = (
                "source", f"producer_{lang}", "vintage", "facts", "indicators", "economies",
                "last_year", "licence", "carrier",
            )  # fmt: skip
            print_table(facts.sources(), form, columns, lang)
            return
        table = facts.status()
        columns = (
            "dataset", lang.value, "vintage", "facts", "indicators", "economies", "first_year",
            "last_year", "findings", "producers", "licences",
        )  # fmt: skip
        print_table(table, form, columns, lang)
        if not facts.is_snapshot and form is Form.table:
            for name, state in sorted(Store(store).state().items()):
                if state.error is not None:
                    print_line(f"! {name}: {state.error.message(lang)}")


def search(
    text: Annotated[str, typer.Argument()],
    theme: Annotated[str, typer.Option()] = "",
    licence: LicenceOption = Licence.any,
    most: Annotated[int, typer.Option(min=1)] = 20,
    form: FormOption = Form.table,
    store: StoreOption = None,
    lang: LangOption = DEFAULT_LANG,
) -> None:
    """Find indicators by their names, definitions and concepts."""
    with _open(store, lang) as facts:
        table = facts.search(text, theme=theme, licence=licence, most=most)
        columns = ("indicator", lang.value, "unit", "economies", "last_year", "concept", "producer")
        print_table(table, form, columns, lang)
        if about_law(text):
            sys.stderr.write(render_text("facts.search.law", lang) + "\n")


def get(
    indicator: Annotated[str, typer.Argument()],
    economy: Annotated[str, typer.Option()] = "",
    group: Annotated[str, typer.Option()] = "",
    year: Annotated[str, typer.Option()] = "",
    licence: LicenceOption = Licence.any,
    form: FormOption = Form.table,
    out: OutFileOption = None,
    store: StoreOption = None,
    lang: LangOption = DEFAULT_LANG,
) -> None:
    """Print facts; a table on the screen begins where the records do."""
    with _open(store, lang) as facts:
        table = facts.get(
            split_list(indicator),
            economy=split_list(economy) or None,
            group=group,
            year=year or None,
            licence=licence,
        )
        hidden = 0
        if form is Form.table and out is None:
            table, hidden = _recorded(table)
        print_table(table, form, tuple(table.column_names), lang, out)
        if hidden:
            print_line(render_text("facts.get.zero_filled", lang, count=hidden))


def compare(
    concept: Annotated[str, typer.Argument()],
    economy: Annotated[str, typer.Option()],
    year: Annotated[int | None, typer.Option()] = None,
    form: FormOption = Form.table,
    store: StoreOption = None,
    lang: LangOption = DEFAULT_LANG,
) -> None:
    """Show one concept from every publisher side by side, in one unit."""
    with _open(store, lang) as facts:
        table = facts.compare(concept, economy=economy, year=year)
        columns = (
            "producer", lang.value, "year", "value", "unit", "ratio", "flag", "latest_year",
            "latest_value", "indicator",
        )  # fmt: skip
        print_table(table, form, columns, lang)


def quality(
    indicator: Annotated[str, typer.Option()] = "",
    economy: Annotated[str, typer.Option()] = "",
    form: FormOption = Form.table,
    store: StoreOption = None,
    lang: LangOption = DEFAULT_LANG,
) -> None:
    """Show what the checks found."""
    with _open(store, lang) as facts:
        table = facts.quality(indicator=indicator, economy=economy)
        notes = [
            render(row["reason_code"], lang, decode(row["reason_params"]))
            for row in table.select(["reason_code", "reason_params"]).to_pylist()
        ]
        table = table.add_column(6, "note", pa.array(notes, pa.string()))
        columns = ("check", "dataset", "indicator", "economy", "year", "value", "note")
        print_table(table, form, columns, lang)


def export(
    folder: Annotated[Path, typer.Argument()],
    form: Annotated[Export, typer.Option("--as")] = Export.datapackage,
    licence: LicenceOption = Licence.open,
    theme: Annotated[str, typer.Option()] = "",
    force: ForceOption = False,
    store: StoreOption = None,
    lang: LangOption = DEFAULT_LANG,
) -> None:
    """Write everything out for other tools; by default only what is under an open licence."""
    with _open(store, lang) as facts:
        for path in export_facts(facts, folder, form, licence=licence, theme=theme, force=force):
            print_line(str(path))


def snapshot(
    folder: Annotated[Path, typer.Argument()],
    store: StoreOption = None,
) -> None:
    """Make the snapshot of open primary indicators that is part of the package."""
    with _open(store, Lang.en) as facts:
        for name, rows in write_snapshot(facts, folder).items():
            print_line(f"{name:<12} {rows:>9,}")


def pin(
    mirror: Annotated[Path, typer.Option()],
    only: Annotated[str, typer.Option()] = "",
) -> None:
    """Write down the checksums of the files this release is tested with (for maintainers)."""
    for name in match_datasets(only.split(",")):
        print_line(f"{name} {write_pins(name, mirror)}")


def profile(
    economy: Annotated[str, typer.Argument()],
    theme: Annotated[str, typer.Option()] = "",
    form: FormOption = Form.table,
    licence: LicenceOption = Licence.any,
    everything: Annotated[bool, typer.Option("--all")] = False,
    store: StoreOption = None,
    lang: LangOption = DEFAULT_LANG,
) -> None:
    """Print a country's profile: the last figure of every indicator, its rank, its source."""
    with _open(store, lang) as facts:
        table = facts.profile(economy, theme=theme, primary=not everything, licence=licence)
        columns = (
            "theme", lang.value, "value", "unit", "year", "rank", "of", "partner_rank",
            "partner_of", "findings", "source",
        )  # fmt: skip
        print_table(table, form, columns, lang)


def _open(store: Path | None, lang: Lang) -> Facts:
    facts = Facts.open(store)
    if facts.is_snapshot:
        sys.stderr.write(render_text("facts.snapshot", lang) + "\n")
    return facts


def _recorded(table: pa.Table) -> tuple[pa.Table, int]:
    """Leave out the zeros before the first record of each series; return how many rows they are.

    A series of nothing but such zeros keeps its last row.
    """
    rows = table.select(["indicator", "economy", "flag"]).to_pylist()
    keep: list[bool] = []
    begun: set[tuple[str, str]] = set()
    for index, row in enumerate(rows):
        series = (row["indicator"], row["economy"])
        after = rows[index + 1] if index + 1 < len(rows) else None
        is_last = after is None or (after["indicator"], after["economy"]) != series
        if row["flag"] != "zero_filled" or is_last:
            begun.add(series)
        keep.append(series in begun)
    return table.filter(keep), keep.count(False)

"""Commands about country facts: build, status, search, get, compare, profile, export."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from greensilk.cli.tables import Form, show

if TYPE_CHECKING:
    from greensilk.facts.query import Facts

__all__ = ["facts_app", "mount", "profile"]


class Lang(StrEnum):
    """Language of names and messages."""

    en = "en"
    zh = "zh"


class Licence(StrEnum):
    """Which figures may be shown."""

    any = "any"
    open = "open"
    packaged = "packaged"


class Export(StrEnum):
    """Form of an export."""

    datapackage = "datapackage"
    sdmx_csv = "sdmx-csv"
    parquet = "parquet"
    csv = "csv"


StoreOption = Annotated[
    Path | None, typer.Option("--store", help="Folder of the store (or set GREENSILK_FACTS).")
]
LangOption = Annotated[Lang, typer.Option(help="Language of names and messages.")]
FormOption = Annotated[Form, typer.Option("--format", help="table, csv, json or parquet.")]
LicenceOption = Annotated[
    Licence, typer.Option(help="any, open (free to pass on) or packaged figures.")
]
OutOption = Annotated[Path | None, typer.Option("--out", help="File to write instead.")]

facts_app = typer.Typer(
    help="Country facts: build the store from publishers' files, search, read, compare, export.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def mount(app: typer.Typer) -> None:
    """Add ``facts`` to ``app``."""
    app.add_typer(facts_app, name="facts")


@facts_app.command()
def build(
    mirror: Annotated[
        Path | None,
        typer.Option(help="Folder with the publishers' files; else they are downloaded."),
    ] = None,
    only: Annotated[
        str, typer.Option(help="Datasets, sources or producers, separated by commas.")
    ] = "",
    jobs: Annotated[int, typer.Option(help="Processes to read in.", min=1)] = 2,
    force: Annotated[bool, typer.Option("--force", help="Read again what did not change.")] = False,
    store: StoreOption = None,
    lang: LangOption = Lang.en,
) -> None:
    """Read the publishers' files that changed and put a new store in place."""
    from greensilk.core.text import label, text
    from greensilk.facts.build import build as run

    show = sys.stderr.isatty()

    def tell(dataset: str, what: str, done: int, total: int) -> None:
        if show:
            name = f"{dataset} " if dataset else ""
            sys.stderr.write(
                f"\r\x1b[2K[{done}/{total}] {name}{label(f'facts.status.{what}', lang)}"
            )
            sys.stderr.flush()

    report = run(store, mirror=mirror, only=only.split(","), jobs=jobs, force=force, progress=tell)
    if show:
        sys.stderr.write("\r\x1b[2K")
    for one in report.datasets:
        note = f"  {one.message}" if one.message else ""
        state = label(f"facts.status.{one.status}", lang)
        _say(f"{one.dataset:<18} {state:<10} {one.seconds:6.1f} s{note}")
    _say(
        text(
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
        first = sum(not one.key for one in report.failed)
        for key, count in (("failed", len(report.failed) - first), ("failed_first", first)):
            if count:
                sys.stderr.write(text(f"facts.build.{key}", lang, count=count) + "\n")
        raise typer.Exit(report.exit_code)


@facts_app.command()
def status(
    store: StoreOption = None,
    lang: LangOption = Lang.en,
    form: FormOption = Form.table,
    sources: Annotated[
        bool, typer.Option("--sources", help="One row a source instead of one a dataset.")
    ] = False,
) -> None:
    """Show every dataset: vintage, facts, economies, years, findings, licences."""
    from greensilk.facts.store import Store

    with _open(store, lang) as facts:
        if sources:
            columns: tuple[str, ...] = (
                "source", f"producer_{lang}", "vintage", "facts", "indicators", "economies",
                "last_year", "licence", "carrier",
            )  # fmt: skip
            show(facts.sources(), form, columns, lang)
            return
        table = facts.status()
        columns = (
            "dataset", lang.value, "vintage", "facts", "indicators", "economies", "first_year",
            "last_year", "findings", "producers", "licences",
        )  # fmt: skip
        show(table, form, columns, lang)
        if not facts.is_starter and form is Form.table:
            for name, state in sorted(Store(store).state().items()):
                if state["status"] == "failed":
                    _say(f"! {name}: {state['message']}")


@facts_app.command()
def search(
    text: Annotated[str, typer.Argument(help="Words in Chinese or English.")],
    theme: Annotated[str, typer.Option(help="One theme only.")] = "",
    licence: LicenceOption = Licence.any,
    most: Annotated[int, typer.Option(help="Number of results.", min=1)] = 20,
    form: FormOption = Form.table,
    store: StoreOption = None,
    lang: LangOption = Lang.en,
) -> None:
    """Find indicators by their names, definitions and concepts."""
    from greensilk.core import text as i18n
    from greensilk.facts.search import about_law

    with _open(store, lang) as facts:
        table = facts.search(text, theme=theme, licence=licence, most=most)
        columns = ("indicator", lang.value, "unit", "economies", "last_year", "concept", "producer")
        show(table, form, columns, lang)
        if about_law(text):
            sys.stderr.write(i18n.text("facts.search.law", lang) + "\n")


@facts_app.command()
def get(
    indicator: Annotated[str, typer.Argument(help="Codes or concepts, separated by commas.")],
    economy: Annotated[str, typer.Option(help="Codes or names, separated by commas.")] = "",
    group: Annotated[str, typer.Option(help="partner, an income group or a region.")] = "",
    year: Annotated[str, typer.Option(help="latest, 2015, 2010:, :2015 or 2010:2015.")] = "",
    licence: LicenceOption = Licence.any,
    form: FormOption = Form.table,
    out: OutOption = None,
    store: StoreOption = None,
    lang: LangOption = Lang.en,
) -> None:
    """Print facts; a table on the screen begins where the records do."""
    from greensilk.core import text as i18n

    with _open(store, lang) as facts:
        table = facts.get(
            _list(indicator),
            economy=_list(economy) or None,
            group=group,
            year=year or None,
            licence=licence,
        )
        hidden = 0
        if form is Form.table and out is None:
            table, hidden = _recorded(table)
        show(table, form, tuple(table.column_names), lang, out)
        if hidden:
            _say(i18n.text("facts.get.zero_filled", lang, count=hidden))


@facts_app.command()
def compare(
    concept: Annotated[str, typer.Argument(help="A concept, e.g. CO2 or water_stress.")],
    economy: Annotated[str, typer.Option(help="Code or name of the economy.")],
    year: Annotated[int | None, typer.Option(help="Year to compare in.")] = None,
    form: FormOption = Form.table,
    store: StoreOption = None,
    lang: LangOption = Lang.en,
) -> None:
    """Show one concept from every publisher side by side, in one unit."""
    with _open(store, lang) as facts:
        table = facts.compare(concept, economy=economy, year=year)
        columns = (
            "producer", lang.value, "year", "value", "unit", "ratio", "flag", "latest_year",
            "latest_value", "indicator",
        )  # fmt: skip
        show(table, form, columns, lang)


@facts_app.command()
def quality(
    indicator: Annotated[str, typer.Option(help="One indicator only.")] = "",
    economy: Annotated[str, typer.Option(help="One economy only.")] = "",
    form: FormOption = Form.table,
    store: StoreOption = None,
    lang: LangOption = Lang.en,
) -> None:
    """Show what the checks found."""
    with _open(store, lang) as facts:
        table = facts.quality(indicator=indicator, economy=economy)
        show(table, form, tuple(table.column_names), lang)


@facts_app.command(name="export")
def export_command(
    folder: Annotated[Path, typer.Argument(help="Folder to write.")],
    form: Annotated[
        Export, typer.Option("--as", help="datapackage, sdmx-csv, parquet or csv.")
    ] = Export.datapackage,
    licence: LicenceOption = Licence.open,
    theme: Annotated[str, typer.Option(help="One theme only.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace earlier files.")] = False,
    store: StoreOption = None,
    lang: LangOption = Lang.en,
) -> None:
    """Write everything out for other tools; by default only what is under an open licence."""
    from greensilk.facts.export import export

    with _open(store, lang) as facts:
        for path in export(facts, folder, form, licence=licence, theme=theme, force=force):
            _say(str(path))


@facts_app.command()
def snapshot(
    folder: Annotated[Path, typer.Argument(help="Folder to write the snapshot to.")],
    store: StoreOption = None,
) -> None:
    """Make the snapshot of open primary indicators that is part of the package."""
    from greensilk.facts.starter import write

    with _open(store, Lang.en) as facts:
        for name, rows in write(facts, folder).items():
            _say(f"{name:<12} {rows:>9,}")


@facts_app.command(hidden=True)
def pin(
    mirror: Annotated[Path, typer.Option(help="Folder with the publishers' files.")],
    folder: Annotated[Path, typer.Option(help="Folder of the pins, in the source tree.")],
    only: Annotated[str, typer.Option(help="Datasets, separated by commas.")] = "",
) -> None:
    """Write down the checksums of the files this release is tested with (for maintainers)."""
    from greensilk.facts.build import matching
    from greensilk.facts.pins import write_pins

    for name in matching(only.split(",")):
        _say(f"{name} {write_pins(name, mirror, folder, folder.parent / '.checksums.json')}")


@facts_app.command()
def profile(
    economy: Annotated[str, typer.Argument(help="Code or name of the economy.")],
    theme: Annotated[str, typer.Option(help="One theme only.")] = "",
    form: FormOption = Form.table,
    licence: LicenceOption = Licence.any,
    everything: Annotated[
        bool, typer.Option("--all", help="Also the alternatives of every concept.")
    ] = False,
    store: StoreOption = None,
    lang: LangOption = Lang.en,
) -> None:
    """Print a country's profile: the last figure of every indicator, its rank, its source."""
    with _open(store, lang) as facts:
        table = facts.profile(economy, theme=theme, primary=not everything, licence=licence)
        columns = (
            "theme", lang.value, "value", "unit", "year", "rank", "of", "partner_rank",
            "partner_of", "findings", "source",
        )  # fmt: skip
        show(table, form, columns, lang)


def _open(store: Path | None, lang: Lang) -> Facts:
    from greensilk.core.text import text
    from greensilk.facts.query import Facts

    facts = Facts.open(store)
    if facts.is_starter:
        sys.stderr.write(text("facts.snapshot", lang) + "\n")
    return facts


def _recorded(table: Any) -> tuple[Any, int]:
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


def _list(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")

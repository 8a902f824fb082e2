"""Everything out again, in forms other tools read: data package, SDMX-CSV, Parquet, CSV.

Each form is written aside and moved into place when it is complete. Without another wish only what
stands under an open licence leaves the house.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa

from greensilk.core.errors import UnknownNameError
from greensilk.core.files import staged
from greensilk.core.text import render
from greensilk.core.text.parameters import decode
from greensilk.facts.catalogue import licences
from greensilk.facts.model import THEMES
from greensilk.facts.parquet import FACTS, write_parquet
from greensilk.facts.query import LICENCES, Facts
from greensilk.facts.sdmx import COLUMNS as SDMX_COLUMNS
from greensilk.facts.sdmx import STRUCTURE_ID, structure

__all__ = ["FORMS", "export"]

# Our flags in the words of the SDMX code list CL_OBS_STATUS.
OBS_STATUS: Mapping[str, str] = {
    "": "A",
    "adjusted": "A",
    "monitored": "A",
    "estimated": "E",
    "modelled": "E",
    "imputed": "I",
    "projection": "F",
    "zero_filled": "U",
    "provisional": "P",
}
COLUMNS = "indicator, economy, year, value, unit, source, flag"
TABLES = ("indicators", "sources", "quality")
QUALITY_COLUMNS = (
    '"check", dataset, indicator, economy, year, value, note, note_zh, ratio, reason_code, '
    "reason_params"
)


def export(
    facts: Facts,
    folder: Path,
    form: str,
    *,
    licence: str = "open",
    theme: str = "",
    force: bool = False,
) -> list[Path]:
    """Write the store (or the snapshot) to ``folder``; return the files written.

    Parameters
    ----------
    facts
        An open store.
    folder
        Where to write; may exist if it holds none of the files, or with ``force``.
    form
        ``datapackage``, ``sdmx-csv``, ``parquet`` or ``csv``.
    licence
        ``open`` (default), ``packaged`` or ``any``.
    theme
        One theme only.

    Raises
    ------
    UnknownNameError
        If the form, the theme or the licence filter does not exist.
    OutputError
        If the folder cannot be written.
    """
    if form not in FORMS:
        raise UnknownNameError("export_form", form, FORMS)
    if licence not in LICENCES:
        raise UnknownNameError("licence_filter", licence, LICENCES)
    if theme and theme not in THEMES:
        raise UnknownNameError("theme", theme, THEMES)
    where = "true" if licence == "any" else licence
    where += f" AND theme = '{theme}'" if theme else ""
    themes = (
        facts.sql(
            f"SELECT DISTINCT theme FROM indicators WHERE {where} ORDER BY theme"  # noqa: S608
        )
        .column(0)
        .to_pylist()
    )
    facts.register("quality_notes", _notes(facts))
    files, write = FORMS[form]
    names = files(themes)
    with staged(folder, names, force) as aside:
        write(facts, aside, where, themes)
    return [folder / name for name in names]


def _notes(facts: Facts) -> pa.Table:
    """Return what each reason of the quality table says, in English and in Chinese."""
    query = "SELECT DISTINCT reason_code, reason_params FROM quality"
    rows = [
        {
            **row,
            **{
                column: render(row["reason_code"], lang, decode(row["reason_params"]))
                for column, lang in (("note", "en"), ("note_zh", "zh"))
            },
        }
        for row in facts.sql(query).to_pylist()
    ]
    names = ("reason_code", "reason_params", "note", "note_zh")
    return pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in names]))


def _selected(where: str) -> str:
    return f"SELECT indicator FROM indicators WHERE {where}"  # noqa: S608


def _facts_query(where: str, theme: str = "") -> str:
    only = f"{where} AND theme = '{theme}'" if theme else where
    return (
        f"SELECT {COLUMNS} FROM facts WHERE indicator IN ({_selected(only)}) "  # noqa: S608
        "ORDER BY indicator, economy, year"
    )


def _table_query(table: str, where: str) -> str:
    if table == "sources":
        return (
            "SELECT * FROM sources WHERE source IN (SELECT source FROM indicators "  # noqa: S608
            f"WHERE {where}) ORDER BY source"
        )
    if table == "quality":
        return (
            f"SELECT {QUALITY_COLUMNS} FROM quality "  # noqa: S608
            "LEFT JOIN quality_notes USING (reason_code, reason_params) "
            f"WHERE indicator IN ({_selected(where)}) ORDER BY ALL"
        )
    return f"SELECT * FROM indicators WHERE {where} ORDER BY indicator"  # noqa: S608


def _copy(facts: Facts, query: str, path: Path) -> None:
    """Write a query as CSV: UTF-8, numbers with all their digits, nothing for null."""
    target = str(path).replace("'", "''")
    facts.execute(f"COPY ({query}) TO '{target}' (FORMAT csv, HEADER, QUOTE '\"', NULLSTR '')")


def _csv_files(themes: list[str]) -> tuple[str, ...]:
    return ("facts.csv", *(f"{table}.csv" for table in TABLES))


def _write_csv(facts: Facts, folder: Path, where: str, themes: list[str]) -> None:
    _copy(facts, _facts_query(where), folder / "facts.csv")
    for table in TABLES:
        _copy(facts, _table_query(table, where), folder / f"{table}.csv")


def _parquet_files(themes: list[str]) -> tuple[str, ...]:
    return (*(f"facts-{theme}.parquet" for theme in themes), *(f"{t}.parquet" for t in TABLES))


def _write_parquet(facts: Facts, folder: Path, where: str, themes: list[str]) -> None:
    for theme in themes:
        table = facts.sql(_facts_query(where, theme)).cast(FACTS)
        write_parquet(table, folder / f"facts-{theme}.parquet")
    for name in TABLES:
        write_parquet(facts.sql(_table_query(name, where)), folder / f"{name}.parquet")


def _package_files(themes: list[str]) -> tuple[str, ...]:
    return (
        "datapackage.json",
        *(f"facts-{theme}.csv" for theme in themes),
        *(f"{table}.csv" for table in TABLES),
    )


def _write_package(facts: Facts, folder: Path, where: str, themes: list[str]) -> None:
    resources: list[dict[str, object]] = []
    for theme in themes:
        path = folder / f"facts-{theme}.csv"
        _copy(facts, _facts_query(where, theme), path)
        resources.append(_resource(facts, path, _facts_query(where, theme)))
    for name in TABLES:
        path = folder / f"{name}.csv"
        _copy(facts, _table_query(name, where), path)
        resources.append(_resource(facts, path, _table_query(name, where)))
    sources = facts.sql(_table_query("sources", where)).to_pylist()
    licences = sorted({row["licence"] for row in sources})
    package = {
        "name": "greensilk-facts",
        "title": "Country facts: environment, climate, energy, economy and governance",
        "description": (
            "Figures of many publishers in one form. The table sources gives producer, citation "
            "and licence of every figure; the table quality what the checks found."
        ),
        "licenses": [_licence(name) for name in licences],
        "sources": [{"title": row["citation"], "path": row["address"]} for row in sources],
        "resources": resources,
    }
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


def _licence(name: str) -> dict[str, str]:
    licence = licences()[name]
    entry = {"name": licence.id, "title": licence.name}
    return entry | ({"path": licence.address} if licence.address else {})


def _resource(facts: Facts, path: Path, query: str) -> dict[str, object]:
    """Describe a CSV file as a tabular resource, with its size and checksum."""
    with path.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
    schema = facts.sql(f"SELECT * FROM ({query}) LIMIT 0").schema  # noqa: S608
    return {
        "name": path.stem.replace("_", "-"),
        "path": path.name,
        "type": "table",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": {
            "fields": [{"name": field.name, "type": _field_type(field.type)} for field in schema],
            "missingValues": [""],
        },
    }


def _field_type(kind: pa.DataType) -> str:
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_integer(kind):
        return "integer"
    if pa.types.is_floating(kind):
        return "number"
    return "string"


def _sdmx_files(themes: list[str]) -> tuple[str, ...]:
    return ("structure.xml", "facts.csv", "indicators.csv", "sources.csv")


def _write_sdmx(facts: Facts, folder: Path, where: str, themes: list[str]) -> None:
    """Write SDMX-CSV 2.0 with the data structure it follows (SDMX-ML 2.1)."""
    status = " ".join(f"WHEN '{flag}' THEN '{code}'" for flag, code in OBS_STATUS.items())
    values = {
        "STRUCTURE": "'datastructure'",
        "STRUCTURE_ID": f"'{STRUCTURE_ID}'",
        "ACTION": "'I'",
        "INDICATOR": "indicator",
        "REF_AREA": "economy",
        "TIME_PERIOD": "year",
        "OBS_VALUE": "value",
        "UNIT_MEASURE": "unit",
        "SOURCE": "source",
        "OBS_STATUS": f"CASE CAST(flag AS VARCHAR) {status} ELSE 'A' END",
        # Null, not an empty text: SDMX-CSV writes an absent attribute as a bare empty field.
        "FLAG": "NULLIF(CAST(flag AS VARCHAR), '')",
    }
    select = ", ".join(f"{values[name]} AS {name}" for name in SDMX_COLUMNS)
    _copy(facts, f"SELECT {select} FROM ({_facts_query(where)})", folder / "facts.csv")  # noqa: S608
    for name in ("indicators", "sources"):
        _copy(facts, _table_query(name, where), folder / f"{name}.csv")
    (folder / "structure.xml").write_text(structure(), encoding="utf-8")


Files = Callable[[list[str]], tuple[str, ...]]
Writer = Callable[["Facts", Path, str, list[str]], None]
FORMS: Mapping[str, tuple[Files, Writer]] = {
    "datapackage": (_package_files, _write_package),
    "sdmx-csv": (_sdmx_files, _write_sdmx),
    "parquet": (_parquet_files, _write_parquet),
    "csv": (_csv_files, _write_csv),
}

"""How published tables of projects are read: rows, projects, rows left out and why, as Markdown.

Usage: python benchmarks/published_tables.py FOLDER [en|zh]

FOLDER holds the publishers' files (as ``GREENSILK_MIRROR`` does). The page that is printed names
the date and the version it was made with; a file that is absent is left out.
"""

from __future__ import annotations

import datetime
import sys
import time
from pathlib import Path

from greensilk import __version__, projects
from greensilk.core.errors import InputError
from greensilk.core.text import render_value
from greensilk.projects.view import left_out_reasons

CHINA = "boli9301+Open-Source-Chinese-Electric-Power-System-Data/Data/SourceData/2023"
WRI = "wri+global-power-plant-database/raw_source_files"
FILES = (
    f"{CHINA}/*.xlsx",
    "wiljnich+lmop-data/data/lmopdata.xlsx",
    "MistaVikz+Carbon-Offset-Data-Pipeline/project data/gold_projects.csv",
    f"{WRI}/WRI/Saudi*Arabia.csv",
    f"{WRI}/WRI/Vietnam.csv",
    f"{WRI}/JRC-PPDB-OPEN/*.csv",
    f"{WRI}/OPSD/*.csv",
    f"{WRI}/AUS/*",
    f"{WRI}/Wiki-Solar/*.csv",
    f"{WRI}/USA/*Plant*.xlsx",
    "Derrickmirindi+africa-grid-infrastructure-map/data/power_plants.geojson",
    "pypsa-meets-earth+pypsa-earth/data/industry/SFI-Global-Cement-Database-July-2021.xlsx",
)
HEADS = {
    "en": ("File", "Rows", "Projects", "Counted", "Capacity, MW", "Columns used", "s", "Left out"),
    "zh": ("文件", "行数", "项目", "计入合计", "装机容量（兆瓦）", "使用列", "秒", "略去的行"),
}


def describe(path: Path, lang: str) -> tuple[str, ...]:
    """Return the cells of a file's row."""
    start = time.perf_counter()
    try:
        reading = projects.read(path).reading
    except InputError as error:
        return (path.name, "", "", "", "", "", "", error.message(lang).splitlines()[0])
    used = sum(bool(column.field) for column in reading.columns)
    return (
        path.name,
        f"{reading.rows:,}",
        f"{reading.projects:,}",
        f"{reading.counted:,}",
        f"{reading.capacity_mw:,.0f}",
        f"{used} / {len(reading.columns)}",
        f"{time.perf_counter() - start:.1f}",
        render_value(left_out_reasons(reading), lang),
    )


def main(folder: str, lang: str = "en") -> None:
    """Print the table."""
    print(f"{datetime.date.today().isoformat()}, greensilk {__version__}\n")
    print(f"| {' | '.join(HEADS[lang])} |\n|{'---|' * len(HEADS[lang])}")
    for pattern in FILES:
        for path in sorted(Path(folder).glob(pattern)):
            print(f"| {' | '.join(describe(path, lang))} |", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

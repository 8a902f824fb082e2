"""The packaged example: the projects of the ten-year report on the Green Silk Road.

``projects.csv`` holds the projects and programmes of the report that carry a figure, and those its
boxes describe without one, with the figures as the report writes them (``32亿千瓦时``,
``约20.2万吨``): nothing is corrected, and nothing is added that the report does not give. Rows that
share a ``project_id`` are components of one project; the one whose ``component`` is blank makes
statements about the whole. Coordinates are of the place and are not from the report. Forums,
coalitions and funds, which neither build nor deliver anything, are left out.

``fields_sources.csv`` says, figure by figure, which words of the report it is from and where they
stand. It also holds what has no field (animal passages, days of training) and, marked
``from_report = false``, a few figures from elsewhere that the report leaves out; the appraisal does
not use those.

>>> with projects_path() as path:
...     path.name
'projects.csv'
>>> [row["value"] for row in sources("karot-hydropower") if row["field"] == "capacity"]
['72万千瓦']
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from greensilk.core.errors import UnknownNameError
from greensilk.reference import read_rows

__all__ = ["REPORT", "projects_path", "sources"]

REPORT = {
    "en": "Ten-year report on building the Green Silk Road, November 2023 or later (in Chinese)",
    "zh": "绿色丝绸之路建设十年报告（中文，2023年11月之后）",
}


def projects_path() -> AbstractContextManager[Path]:
    """Return the projects file as a path, good for the length of a ``with`` block."""
    return as_file(files("greensilk.demo") / "projects.csv")


def sources(project_id: str = "") -> list[dict[str, str]]:
    """Return the rows of ``fields_sources.csv``, of one project or of all.

    Each row has ``project_id, component, field, value, text_as_written, section, from_report,
    document, address, verified, note``. A ``field`` that the project schema does not know is a
    figure of the report that no formula uses.

    Raises
    ------
    UnknownNameError
        If the example has no such project.
    """
    rows = [dict(row) for row in _sources()]
    if not project_id:
        return rows
    found = [row for row in rows if row["project_id"] == project_id]
    if not found and project_id not in (known := _projects()):
        raise UnknownNameError("project of the example", project_id, known)
    return found


@cache
def _sources() -> tuple[dict[str, str], ...]:
    return tuple(read_rows("greensilk.demo", "fields_sources.csv"))


@cache
def _projects() -> tuple[str, ...]:
    rows = read_rows("greensilk.demo", "projects.csv")
    return tuple(dict.fromkeys(row["project_id"] for row in rows))

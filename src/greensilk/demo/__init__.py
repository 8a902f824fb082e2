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
>>> [item.value for item in sources("karot-hydropower") if item.field == "capacity"]
['72万千瓦']
"""

from __future__ import annotations

import csv
from contextlib import AbstractContextManager
from importlib.resources import as_file
from pathlib import Path

import msgspec

from greensilk.core.errors import UnknownNameError
from greensilk.core.tables import load_records, open_packaged
from greensilk.core.text import Text

__all__ = ["REPORT", "Statement", "projects_path", "sources"]

# what the document ``ten_year_report`` is
REPORT = Text(
    en="Ten-year report on building the Green Silk Road, November 2023 or later (in Chinese)",
    zh="绿色丝绸之路建设十年报告（中文，2023年11月之后）",
)


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of the example with the words it is from.

    A ``field`` that the project schema does not know is a figure of the report that no formula
    uses.
    """

    project_id: str
    component: str = ""
    field: str
    value: str
    text_as_written: str = ""
    section: str
    from_report: bool
    document: str
    address: str = ""
    verified: bool
    note: str = ""


def projects_path() -> AbstractContextManager[Path]:
    """Return the projects file as a path, good for the length of a ``with`` block."""
    return as_file(open_packaged("demo/projects.csv"))


def sources(project_id: str = "") -> tuple[Statement, ...]:
    """Return where the figures of one project, or of all, are from.

    Raises
    ------
    UnknownNameError
        If the example has no such project.
    """
    statements = load_records("demo/fields_sources.csv", Statement)
    if not project_id:
        return statements
    matches = tuple(item for item in statements if item.project_id == project_id)
    if not matches and project_id not in (ids := _project_ids()):
        raise UnknownNameError("example_project", project_id, ids)
    return matches


def _project_ids() -> tuple[str, ...]:
    with open_packaged("demo/projects.csv").open(encoding="utf-8") as handle:
        return tuple(dict.fromkeys(row["project_id"] for row in csv.DictReader(handle)))

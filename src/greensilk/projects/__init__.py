"""The projects room: what a file of projects can say, and reading it.

>>> from greensilk import projects
>>> [row.unit for row in projects.schema() if row.name == "capacity"]
['MW']
>>> [row.firmness for row in projects.technologies() if row.code == "csp"]
['firm']
>>> projects.read({"id": "K", "country": "PK", "technology": "hydro", "capacity_mw": 720}).rows_read
1
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.core.lazy import attach

if TYPE_CHECKING:
    from greensilk.projects.fields import FieldRow, TechnologyRow, schema, technologies
    from greensilk.projects.model import Reading
    from greensilk.projects.reading import Projects, findings, iter_projects, read_projects
    from greensilk.projects.reading import read_projects as read
    from greensilk.projects.template import write_template

__all__ = [
    "FieldRow",
    "Projects",
    "Reading",
    "TechnologyRow",
    "findings",
    "iter_projects",
    "read",
    "read_projects",
    "schema",
    "technologies",
    "write_template",
]

__getattr__, __dir__ = attach(
    __name__,
    {
        "FieldRow": "fields",
        "Projects": "reading",
        "Reading": "model",
        "TechnologyRow": "fields",
        "findings": "reading",
        "iter_projects": "reading",
        "read": "reading",
        "read_projects": "reading",
        "schema": "fields",
        "technologies": "fields",
        "write_template": "template",
    },
)

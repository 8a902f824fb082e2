"""The projects room: what a file of projects can say, and reading it.

>>> from greensilk.projects import schema, technologies
>>> [row["unit"] for row in schema() if row["field"] == "capacity"]
['MW']
>>> [row["firmness"] for row in technologies() if row["technology"] == "csp"]
['firm']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from greensilk.projects.fields import Field, schema, technologies
    from greensilk.projects.reading import Projects, iter_projects, read_projects
    from greensilk.projects.template import write_template

# public name -> the module that holds it, imported on first use
_PUBLIC = {
    "Field": "fields",
    "Projects": "reading",
    "iter_projects": "reading",
    "read_projects": "reading",
    "schema": "fields",
    "technologies": "fields",
    "write_template": "template",
}

__all__ = [
    "Field",
    "Projects",
    "iter_projects",
    "read_projects",
    "schema",
    "technologies",
    "write_template",
]


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_PUBLIC[name]}"), name)
    raise AttributeError(f"module 'greensilk.projects' has no attribute {name!r}")

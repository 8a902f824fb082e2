"""GreenSilk (绿丝路): green appraisal of overseas infrastructure, with evidence for every number.

    import greensilk as gs

    result = gs.appraise("projects.xlsx")   # a path, a frame, a dict or a list of dicts
    result.evidence        # one row per project and quantity: value, range, unit, method, grade
    result.audit           # every claim, our estimate beside it, and a verdict with its reason
    result.findings        # all verdicts, checks, assumptions and faults in one table
    result.explain("P1", "emission_reductions")

The rooms stand by name (``gs.facts.build(...)``, ``gs.country.guide("KEN")``); whatever a command
does is a function here. Names are imported when first used, so that ``import greensilk`` costs
nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.core.lazy import attach
from greensilk.core.version import __version__
from greensilk.rooms import ROOMS

if TYPE_CHECKING:
    from greensilk import country, engine, facts, judge, methods, projects, reference, report
    from greensilk.appraisal import Appraisal, appraise, explain
    from greensilk.core.errors import GreenSilkError, InputError
    from greensilk.engine.book import method_book
    from greensilk.engine.options import Options
    from greensilk.facts.query import Facts
    from greensilk.projects import read_projects, write_template

__all__ = [
    "Appraisal",
    "Facts",
    "GreenSilkError",
    "InputError",
    "Options",
    "__version__",
    "appraise",
    "country",
    "engine",
    "explain",
    "facts",
    "judge",
    "method_book",
    "methods",
    "projects",
    "read_projects",
    "reference",
    "report",
    "write_template",
]

__getattr__, _names = attach(
    __name__,
    {
        "Appraisal": "appraisal",
        "appraise": "appraisal",
        "explain": "appraisal",
        "Options": "engine.options",
        "Facts": "facts.query",
        "read_projects": "projects",
        "write_template": "projects",
        "method_book": "engine.book",
        "GreenSilkError": "core.errors",
        "InputError": "core.errors",
        **{name: name for name in ROOMS},
    },
)


def __dir__() -> list[str]:
    return sorted({"__version__", *_names()})

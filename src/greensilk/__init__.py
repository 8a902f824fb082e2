"""GreenSilk (绿丝路): green appraisal of overseas infrastructure, with evidence for every number.

    import greensilk as gs

    result = gs.appraise("projects.xlsx")
    result.evidence        # one row per project and quantity: value, range, unit, method, grade
    result.audit           # every claim, our estimate beside it, and a verdict with its reason
    result.explain("P1", "emission_reductions")

Names are imported when first used, so that ``import greensilk`` costs nothing.
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"

# public name -> the module that holds it
_PUBLIC = {
    "Appraisal": "greensilk.appraisal",
    "appraise": "greensilk.appraisal",
    "explain": "greensilk.appraisal",
    "Options": "greensilk.engine.options",
    "Facts": "greensilk.facts.query",
    "read_projects": "greensilk.projects",
    "write_template": "greensilk.projects",
    "method_book": "greensilk.methodbook",
    "GreenSilkError": "greensilk.core.errors",
    "InputError": "greensilk.core.errors",
}

__all__ = ["__version__", *_PUBLIC]


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        from importlib import import_module

        value = getattr(import_module(_PUBLIC[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'greensilk' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)

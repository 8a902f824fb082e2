"""The engine: resolve inputs, evaluate quantities, give ranges, explain.

It knows no sector. What there is to compute comes from the formulas' declarations, what is known
of a project from its table, and what is known of the world from the reference tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.core.lazy import attach

if TYPE_CHECKING:
    from greensilk.engine.explain import Node, explain_rows
    from greensilk.engine.options import Options
    from greensilk.engine.run import Output, run_local

__all__ = ["Node", "Options", "Output", "explain_rows", "run_local"]

__getattr__, __dir__ = attach(
    __name__,
    {
        "Node": "explain",
        "Options": "options",
        "Output": "run",
        "explain_rows": "explain",
        "run_local": "run",
    },
)

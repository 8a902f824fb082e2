"""Documents into files, pages and terminal text: one renderer a form, for every room.

from greensilk.report.render import write

write(result.document, "report.pdf", "zh")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.core.lazy import attach

if TYPE_CHECKING:
    from greensilk.report.render.html import render_html, render_notebook
    from greensilk.report.render.json import render_json
    from greensilk.report.render.terminal import render_terminal
    from greensilk.report.render.writing import FORMS, check_target, write

__all__ = [
    "FORMS",
    "check_target",
    "render_html",
    "render_json",
    "render_notebook",
    "render_terminal",
    "write",
]

__getattr__, __dir__ = attach(
    __name__,
    {
        "FORMS": "writing",
        "check_target": "writing",
        "render_html": "html",
        "render_json": "json",
        "render_notebook": "html",
        "render_terminal": "terminal",
        "write": "writing",
    },
)

"""The report: documents rendered in every form, and the report of an appraisal.

from greensilk.report import appraisal_view, write

write(appraisal_view(result), "report.pdf", "zh")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.core.lazy import attach

if TYPE_CHECKING:
    from greensilk.report.render.html import render_html
    from greensilk.report.render.terminal import render_terminal
    from greensilk.report.render.writing import write
    from greensilk.report.views.appraisal import appraisal_view
    from greensilk.report.views.portfolio import ReportData

__all__ = ["ReportData", "appraisal_view", "render_html", "render_terminal", "write"]

__getattr__, __dir__ = attach(
    __name__,
    {
        "ReportData": "views.portfolio",
        "appraisal_view": "views.appraisal",
        "render_html": "render.html",
        "render_terminal": "render.terminal",
        "write": "render.writing",
    },
)

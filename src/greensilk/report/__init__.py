"""The report: one HTML file that opens offline, and one workbook, in Chinese or English.

Both show what the appraisal found and recompute nothing. What they read is described by
:class:`~greensilk.report.data.ReportData`; anything with those attributes can be reported.

    from greensilk.report import write_html, write_xlsx

    write_html(appraisal, "report.html", lang="zh")
    write_xlsx(appraisal, "report.xlsx", lang="zh")
"""

from __future__ import annotations

from typing import Any

__all__ = ["Node", "ReportData", "render_html", "write_html", "write_xlsx"]

# public name -> the module that holds it; imported on first use, for the sake of start-up time
_PUBLIC = {
    "Node": "greensilk.report.data",
    "ReportData": "greensilk.report.data",
    "render_html": "greensilk.report.html",
    "write_html": "greensilk.report.html",
    "write_xlsx": "greensilk.report.xlsx",
}


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        from importlib import import_module

        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'greensilk.report' has no attribute {name!r}")

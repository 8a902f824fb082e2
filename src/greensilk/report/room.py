"""Documents rendered: page, PDF, workbook, JSON, DOCX, terminal; the report of an appraisal."""

from __future__ import annotations

from greensilk.core.room import Room

__all__ = ["ROOM"]

ROOM = Room(
    name="report",
    needs=("reference", "projects", "engine"),
    views=(("appraisal", "views.appraisal:appraisal_view", "greensilk.appraisal:example"),),
)

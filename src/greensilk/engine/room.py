"""From projects and formulas to evidence: providers, draws, ranges, totals, explanations."""

from __future__ import annotations

from greensilk.core.room import Room

__all__ = ["ROOM"]

ROOM = Room(
    name="engine",
    needs=("reference", "facts", "methods", "projects"),
    tables=("data/context.csv", "data/cautions.csv"),
    commands=(("methods", "commands:methods"),),
)

"""Claims held against the evidence: verdicts, consistency, baselines."""

from __future__ import annotations

from greensilk.core.room import Room

__all__ = ["ROOM"]

ROOM = Room(
    name="judge",
    needs=("reference", "methods", "projects"),
    tables=(
        "data/verdicts.csv",
        "data/thresholds.csv",
        "data/limits.csv",
        "data/slips.csv",
        "data/qualifiers.csv",
        "data/candidates.toml",
    ),
    views=(("verdict-ladder", "view:view_ladders"),),
)

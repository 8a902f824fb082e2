"""Tables of projects as people write them, read into one schema."""

from __future__ import annotations

from greensilk.core.room import Room

__all__ = ["ROOM"]

ROOM = Room(
    name="projects",
    needs=("reference",),
    tables=(
        "data/schema.csv",
        "data/technologies.csv",
        "data/choices.csv",
        "data/limits.csv",
        "data/baseline_fuels.csv",
        "data/unit_words.csv",
        "data/thresholds.csv",
        "data/lists.csv",
    ),
    views=(("reading", "view:reading_view", "reading:example"),),
    commands=(("read", "commands:read"), ("template", "commands:template")),
)

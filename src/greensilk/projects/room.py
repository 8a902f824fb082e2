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
        "data/family_fields.csv",
        "data/header_choices.csv",
        "data/technology_blends.csv",
        "data/technology_pairs.csv",
        "data/technology_words.csv",
        "data/text_quantities.csv",
        "data/traditional.csv",
        "data/usual_units.csv",
    ),
    views=(("reading", "view:reading_view", "reading:example"),),
    commands=(("read", "commands:read"), ("template", "commands:template")),
)

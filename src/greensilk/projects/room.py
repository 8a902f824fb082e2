"""Tables of projects as people write them, read into one schema."""

from __future__ import annotations

from greensilk.core.room import Room

__all__ = ["ROOM"]

ROOM = Room(
    name="projects",
    needs=("reference",),
    commands=(("template", "commands:template"),),
)

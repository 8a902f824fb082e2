"""Country facts: publishers' files harmonised, checked, stored, queried, exported."""

from __future__ import annotations

from greensilk.core.room import Room

__all__ = ["ROOM"]

ROOM = Room(
    name="facts",
    needs=("reference",),
    tables=("data", "publishers"),
    commands=(
        ("facts build", "commands:build"),
        ("facts status", "commands:status"),
        ("facts search", "commands:search"),
        ("facts get", "commands:get"),
        ("facts compare", "commands:compare"),
        ("facts quality", "commands:quality"),
        ("facts export", "commands:export"),
        ("facts snapshot", "commands:snapshot"),
        ("facts profile", "commands:profile"),
        ("facts pin", "commands:pin"),
    ),
)

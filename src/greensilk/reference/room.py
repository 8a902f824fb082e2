"""Cited figures, economies, laws and standards."""

from __future__ import annotations

from greensilk.core.room import Room

__all__ = ["ROOM"]

ROOM = Room(
    name="reference",
    tables=("data", "tables"),
)

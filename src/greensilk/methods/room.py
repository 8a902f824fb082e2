"""The formulas: pure functions with unit, source and worked value."""

from __future__ import annotations

from greensilk.core.room import Room

__all__ = ["ROOM"]

ROOM = Room(name="methods", tables=("data/choices.csv", "data/documents.csv"))

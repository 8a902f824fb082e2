"""The rooms of the house, from the ground up.

A room may import the rooms before it and ``greensilk.core``. This list is the only place that names
them: the command line, the layer test, the catalogue of words, the docs and the contract test of
rooms read it. See :class:`greensilk.core.room.Room` for what a room declares.
"""

from __future__ import annotations

__all__ = ["ROOMS"]

ROOMS: tuple[str, ...] = (
    "reference",
    "facts",
    "methods",
    "projects",
    "engine",
    "judge",
    "country",
    "report",
)

"""What a room declares of itself.

A room is a package of ``greensilk`` named in :data:`greensilk.rooms.ROOMS`. Its ``room.py`` holds
``ROOM = Room(...)``: plain names, no imports of anything heavy, so that the command line can read
all of them and still answer at once. Functions are named ``module:function``, below the room
unless they begin with ``greensilk.``, and loaded when used.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module

from greensilk.rooms import ROOMS

__all__ = ["Room", "rooms"]


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the house.

    Parameters
    ----------
    name
        Its package below ``greensilk``.
    needs
        Rooms it imports from; a subset of those before it in the list of rooms.
    tables
        Packaged tables it owns, as paths below the room: files, or folders of them.
    views
        Name of a document, the function that makes it, and the function that gives the packaged
        example it is tried on (none for a view of the room's own tables):
        ``("guide", "view:country_view", "guide:example")``.
    commands
        Command and its function: ``("facts build", "commands:build")``.
    pages
        Address of a web page and the view behind it.
    """

    name: str
    needs: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    views: tuple[tuple[str, str] | tuple[str, str, str], ...] = ()
    commands: tuple[tuple[str, str], ...] = ()
    pages: tuple[tuple[str, str], ...] = ()


@cache
def rooms() -> tuple[Room, ...]:
    """Return the declarations of all rooms, from the ground up."""
    return tuple(import_module(f"greensilk.{name}.room").ROOM for name in ROOMS)

"""The guide of a country: profile, power, climate policy, laws, hazards."""

from __future__ import annotations

from greensilk.core.room import Room

__all__ = ["ROOM"]

ROOM = Room(
    name="country",
    needs=("reference", "facts"),
    commands=(("country", "commands:country"),),
)

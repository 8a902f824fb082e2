"""The guide of a country: profile, power, climate policy, laws, hazards."""

from __future__ import annotations

from greensilk.core.room import Room

__all__ = ["ROOM"]

ROOM = Room(
    name="country",
    needs=("reference", "facts"),
    tables=("data",),
    views=(
        ("guide", "view:country_view", "gather:example"),
        ("brief", "view:brief_view", "gather:example"),
    ),
    commands=(("country", "commands:country"),),
)

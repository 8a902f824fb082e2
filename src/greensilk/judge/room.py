"""What this room declares (see :class:`greensilk.core.room.Room`)."""

from greensilk.core.room import Room

ROOM = Room(
    name="judge",
    needs=("reference", "projects"),
    tables=(
        "data/verdicts.csv",
        "data/thresholds.csv",
        "data/limits.csv",
        "data/slips.csv",
        "data/qualifiers.csv",
        "data/candidates.toml",
    ),
    views=(("verdict-ladder", "view:view_ladders"),),
)

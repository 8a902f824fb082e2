"""The country data platform: publishers' files to one store, every figure traceable.

>>> with Facts.open() as facts:
...     forest = facts.get("forest_area", economy="KEN", year="latest")
>>> forest.num_rows
1
>>> search("水资源").num_rows > 0
True

``build(mirror="...")`` makes the full store from the publishers' files; without one the snapshot in
the package answers. ``search``, ``get``, ``compare``, ``profile``, ``status``, ``quality`` and
``export`` open the user's store for one question; :class:`Facts` keeps it open for many.
"""

from typing import TYPE_CHECKING

from greensilk.core.lazy import attach

if TYPE_CHECKING:
    from greensilk.facts import catalogue
    from greensilk.facts.build import build
    from greensilk.facts.export import export
    from greensilk.facts.fetch import write_pins
    from greensilk.facts.front import (
        compare,
        get,
        profile,
        quality,
        quality_findings,
        search,
        status,
    )
    from greensilk.facts.query import Facts, economy_groups, group_members
    from greensilk.facts.snapshot import write_snapshot

__all__ = [
    "Facts",
    "build",
    "catalogue",
    "compare",
    "economy_groups",
    "export",
    "get",
    "group_members",
    "profile",
    "quality",
    "quality_findings",
    "search",
    "status",
    "write_pins",
    "write_snapshot",
]

__getattr__, __dir__ = attach(
    __name__,
    {
        "build": "build",
        "catalogue": "catalogue",
        "export": "export",
        "write_pins": "fetch",
        "write_snapshot": "snapshot",
        **dict.fromkeys(
            ("compare", "get", "profile", "quality", "quality_findings", "search", "status"),
            "front",
        ),
        **dict.fromkeys(("Facts", "economy_groups", "group_members"), "query"),
    },
)

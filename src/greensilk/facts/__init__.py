"""The country data platform: publishers' files to one store, every figure traceable.

facts = Facts.open()
facts.search("水资源")
facts.get("aquastat.sdg_6_4_2_water_stress", economy="KEN")
facts.compare("co2_emissions", economy="PAK")
facts.profile("KEN")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from greensilk.facts.query import Facts

__all__ = ["Facts"]


def __getattr__(name: str) -> Any:
    if name == "Facts":
        from greensilk.facts.query import Facts

        return Facts
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

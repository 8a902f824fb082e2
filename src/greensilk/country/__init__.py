"""The guide of a country: what a developer of projects must know before entering it.

import greensilk as gs

kenya = gs.country.guide("KEN")
kenya.save("kenya.pdf", lang="zh")      # or .html, .xlsx, .docx, .json
kenya.figure("pm25").value              # every figure with year, source, rank and marks
kenya.findings                          # cautions, disputes, old and doubtful figures
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.core.lazy import attach

if TYPE_CHECKING:
    from greensilk.country.gather import CountryGuide, gather, guide
    from greensilk.country.view import brief_view, country_view

__all__ = ["CountryGuide", "brief_view", "country_view", "gather", "guide"]

__getattr__, __dir__ = attach(
    __name__,
    {
        "CountryGuide": "gather",
        "brief_view": "view",
        "country_view": "view",
        "gather": "gather",
        "guide": "gather",
    },
)

"""Cited figures: reference tables, economies, laws and limits for ambient air.

The modules ``economies`` and ``laws`` are imported by name.

>>> load("gwp").get("gwp_methane", gwp="ar5").value
28.0
>>> match("肯尼亚").iso3
'KEN'
"""

from typing import TYPE_CHECKING

from greensilk.core.lazy import attach

if TYPE_CHECKING:
    from greensilk.reference.economies import economy, match
    from greensilk.reference.figures import DISTRIBUTIONS, Row, Table, load, names

__all__ = ["DISTRIBUTIONS", "Row", "Table", "economy", "load", "match", "names"]

__getattr__, __dir__ = attach(
    __name__,
    {
        "DISTRIBUTIONS": "figures",
        "Row": "figures",
        "Table": "figures",
        "economy": "economies",
        "load": "figures",
        "match": "economies",
        "names": "figures",
    },
)

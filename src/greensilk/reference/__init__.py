"""Cited figures: reference tables, economies, laws and limits for ambient air.

>>> load("gwp").get("gwp_methane", gwp="ar5").value
28.0
"""

from typing import TYPE_CHECKING

from greensilk.core.lazy import attach

if TYPE_CHECKING:
    from greensilk.reference import economies, laws
    from greensilk.reference.figures import DISTRIBUTIONS, Row, Table, load, names, read_rows

__all__ = ["DISTRIBUTIONS", "Row", "Table", "economies", "laws", "load", "names", "read_rows"]

__getattr__, __dir__ = attach(
    __name__,
    {
        "DISTRIBUTIONS": "figures",
        "Row": "figures",
        "Table": "figures",
        "load": "figures",
        "names": "figures",
        "read_rows": "figures",
        "economies": "economies",
        "laws": "laws",
    },
)

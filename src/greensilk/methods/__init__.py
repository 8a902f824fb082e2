"""Pure quantities by field: the formulas of the method book.

Each module holds the formulas of one subject. They import NumPy and the quantity decorator and
nothing else; a test keeps it so. :func:`quantities` lists them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.core.lazy import attach

if TYPE_CHECKING:
    from greensilk.methods.registry import quantities as quantities

__getattr__, __dir__ = attach(__name__, {"quantities": "registry"})

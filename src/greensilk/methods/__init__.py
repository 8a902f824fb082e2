"""Pure quantities by field: the formulas of the method book.

Each module holds the formulas of one subject. They import NumPy and the quantity decorator and
nothing else; a test keeps it so.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

__all__ = ["load_all"]

_loaded = False


def load_all() -> None:
    """Import every module of this package once, so that its formulas are registered."""
    global _loaded
    if _loaded:
        return
    for module in sorted(iter_modules(__path__), key=lambda item: item.name):
        import_module(f"{__name__}.{module.name}")
    _loaded = True

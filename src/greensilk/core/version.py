"""The version of the package, printed with every result."""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"

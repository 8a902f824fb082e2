"""One small module per carrier: its files, its official address and the function that reads them.

A module defines ``DATASET``; the stem of the module is the dataset's id. Modules whose name starts
with an underscore are shared readers. The catalogue names the original producer of every series.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from greensilk.core.errors import UnknownNameError
from greensilk.facts.model import Dataset

__all__ = ["load", "names"]


@cache
def names() -> tuple[str, ...]:
    """Return the ids of all datasets."""
    return tuple(
        sorted(one.name for one in pkgutil.iter_modules(__path__) if not one.name.startswith("_"))
    )


def load(name: str) -> Dataset:
    """Return the dataset called ``name``."""
    if name not in names():
        raise UnknownNameError("dataset", name, names())
    dataset = import_module(f"{__name__}.{name}").DATASET
    if not isinstance(dataset, Dataset) or dataset.id != name:
        raise TypeError(f"sources/{name}.py: DATASET must be a Dataset with the id {name!r}")
    return dataset

"""The carriers whose files are read, one folder each; a new one is one folder and one test.

``publishers/<name>/`` holds everything a carrier brings:

==================  ===========================================================================
file                what it holds
==================  ===========================================================================
``__init__.py``     ``parse(files)``: the files to tidy rows (:data:`greensilk.facts.model.RAW`),
                    and where the files themselves say which keys are groups, ``groups(files)``
``dataset.toml``    ``en``, ``zh``, ``address``, ``key_kind`` (how economies are named),
                    ``branch`` (if files lie in a public repository), ``[groups]``
``files.csv``       ``name, path, address, sha256``: below a mirror, at the publisher, as tested
``indicators.csv``  one row a series (:class:`greensilk.facts.model.Indicator`)
``sources.csv``     the publications its figures are cited from
``producers.csv``   bodies that only its sources name; those of several are in ``facts/data``
``concepts.csv``    concepts that only its series measure; the same
==================  ===========================================================================

The name of the folder is the id of the dataset, and the code of an indicator ``dataset.series``.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from greensilk.core.errors import UnknownNameError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Parser", "folder", "load_parser", "names"]


class Parser(Protocol):
    """What the module of a publisher holds."""

    def parse(self, files: Mapping[str, Path]) -> pl.DataFrame:
        """Return the files of the dataset, by their names, as tidy rows."""
        ...

    def groups(self, files: Mapping[str, Path]) -> Mapping[str, str]:
        """Return ``{key: name}`` of what the files name that is not an economy."""
        ...


def names() -> tuple[str, ...]:
    """Return the ids of all datasets.

    >>> "aquastat" in names()
    True
    """
    return tuple(
        sorted(path.parent.name for root in __path__ for path in Path(root).glob("*/dataset.toml"))
    )


def folder(name: str) -> Path:
    """Return the folder of a dataset.

    Raises
    ------
    UnknownNameError
        If there is no such dataset.
    """
    for root in __path__:
        if (Path(root) / name / "dataset.toml").is_file():
            return Path(root) / name
    raise UnknownNameError("dataset", name, names())


def load_parser(name: str) -> Parser:
    """Return the module that reads the files of a dataset."""
    folder(name)
    return cast("Parser", import_module(f"{__name__}.{name}"))

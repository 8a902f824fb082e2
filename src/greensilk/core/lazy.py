"""Names that are imported when first used: for the front door of the package and of its rooms.

``import greensilk`` and ``greensilk --help`` must answer at once, so a room's ``__init__`` names
where its public functions are and loads a module when one of them is asked for::

    __getattr__, __dir__ = attach(__name__, {"build": "build", "Facts": "query"})

Inside a room modules import one another in the ordinary way, at the top.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

__all__ = ["attach"]


class _FrontDoor(ModuleType):
    """A package whose public names are not hidden by modules of the same name.

    Importing ``greensilk.facts.build`` would set the attribute ``build`` of ``greensilk.facts`` to
    that module, although ``facts.build`` is the public function.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (isinstance(value, ModuleType) and name in self.__dict__["_public_names"]):
            super().__setattr__(name, value)


def attach(
    package: str, names: Mapping[str, str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return ``__getattr__`` and ``__dir__`` of a package whose names load on first use.

    Parameters
    ----------
    package
        The package's own ``__name__``.
    names
        Public name to the module that holds it, relative to the package unless it begins with
        ``greensilk.``. A name that equals its module's last part and is not in it is the module.

    Examples
    --------
    >>> get, listed = attach("greensilk.core", {"Finding": "findings", "units": "units"})
    >>> get("Finding").__name__, get("units").__name__, listed()
    ('Finding', 'greensilk.core.units', ['Finding', 'units'])
    """
    module = sys.modules[package]
    module.__dict__["_public_names"] = frozenset(names)
    module.__class__ = _FrontDoor

    def get(name: str) -> Any:  # whatever the package holds
        if name not in names:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        where = names[name]
        inner = import_module(where if where.startswith("greensilk") else f"{package}.{where}")
        is_module = name == inner.__name__.rpartition(".")[2] and not hasattr(inner, name)
        value = inner if is_module else getattr(inner, name)
        # asked for once, there from then on
        module.__dict__[name] = value
        return value

    return get, lambda: sorted(names)

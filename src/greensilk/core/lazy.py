"""Names that are imported when first used: for the front door of the package and of its rooms.

``import greensilk`` and ``greensilk --help`` must answer at once, so a room's ``__init__`` names
where its public functions are and loads a module when one of them is asked for::

    __getattr__, __dir__ = attach(__name__, {"build": "build", "Facts": "query"})

Inside a room modules import one another in the ordinary way, at the top.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

__all__ = ["attach"]


def attach(
    package: str, names: Mapping[str, str]
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
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

    def get(name: str) -> object:
        if name not in names:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module_name = names[name]
        full = module_name if module_name.startswith("greensilk") else f"{package}.{module_name}"
        module = import_module(full)
        if name == full.rpartition(".")[2] and not hasattr(module, name):
            return module
        value = getattr(module, name)
        # asked for once, found at once from then on
        setattr(import_module(package), name, value)
        return value

    return get, lambda: sorted(names)

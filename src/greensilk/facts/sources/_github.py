"""Files published in a public repository: one rule for the address and the path in a mirror."""

from __future__ import annotations

from urllib.parse import quote

from greensilk.facts.catalogue import pins
from greensilk.facts.model import SourceFile

__all__ = ["declared", "repository_file"]


def repository_file(
    dataset: str, repository: str, path: str, *, name: str = "", branch: str = "master"
) -> SourceFile:
    """Return the file ``path`` of ``repository`` (``owner/name``).

    A mirror lays repositories out as ``owner+name/path``.
    """
    below = f"{repository.replace('/', '+')}/{path}"
    return SourceFile(
        name=name or path,
        path=below,
        address=f"https://raw.githubusercontent.com/{repository}/{branch}/{quote(path)}",
        sha256=pins(dataset).get(below, ""),
    )


def declared(dataset: str, path: str, address: str, *, name: str = "") -> SourceFile:
    """Return a file with its publisher's own address and its path below a mirror root."""
    return SourceFile(
        name=name or path.rsplit("/", 1)[-1],
        path=path,
        address=address,
        sha256=pins(dataset).get(path, ""),
    )

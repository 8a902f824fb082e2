"""What a part and a build follow from, as a hash: only what changed is done again.

A part follows from its files, from the folder of its publisher, and from the code its rows pass
through; a build follows from its parts, from all folders of publishers, and from the code that
assembles them. Which code that is nobody writes down: it is every module that
:mod:`greensilk.facts.parts`, the publisher's module and :mod:`greensilk.facts.assemble` import,
directly or through others, with the data folders of the packages those modules are in.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from greensilk.core.text.parameters import encode
from greensilk.facts import publishers
from greensilk.facts.reports import DatasetReport

__all__ = ["build_name", "forget", "imported_modules", "part_key"]

READING = "greensilk.facts.parts"
ASSEMBLING = "greensilk.facts.assemble"
PUBLISHERS = publishers.__name__
PACKAGE = Path(__file__).resolve().parents[1]
DATA = (".csv", ".toml")


def part_key(dataset: str, digests: Mapping[str, str]) -> str:
    """Return the key of a dataset's part: the hash of its files (by name), code and catalogue."""
    digest = hashlib.sha256(_digest(READING))
    shared = imported_modules(READING)
    modules = imported_modules(f"{PUBLISHERS}.{dataset}")
    _update(digest, _files(tuple(module for module in modules if module not in shared)))
    _update(digest, _data_files(publishers.folder(dataset)))
    for name in sorted(digests):
        digest.update(f"{name}={digests[name]}\n".encode())
    return digest.hexdigest()[:24]


def build_name(reports: Iterable[DatasetReport]) -> str:
    """Return the name of a build: the hash of its parts' keys, its failures, and its own code."""
    digest = hashlib.sha256(_digest(ASSEMBLING))
    for name in publishers.names():
        _update(digest, _data_files(publishers.folder(name)))
    for report in reports:
        reason = f"{report.error.code} {encode(report.error.params)}" if report.error else ""
        digest.update(f"{report.dataset}={report.key} {reason}\n".encode())
    return digest.hexdigest()[:16]


@cache
def _digest(module: str) -> bytes:
    """Return the hash of everything a module imports, with the data beside it."""
    digest = hashlib.sha256()
    _update(digest, _files(imported_modules(module)))
    return digest.digest()


def _update(digest: hashlib._Hash, paths: Iterable[Path]) -> None:
    for path in paths:
        digest.update(path.read_bytes())


@cache
def imported_modules(*roots: str) -> tuple[str, ...]:
    """Return the modules of the package that ``roots`` import, the roots with them, sorted.

    Imports for types alone do not count.

    >>> "greensilk.reference.economies" in imported_modules("greensilk.facts.harmonise")
    True
    """
    modules: set[str] = set()
    waiting = list(roots)
    while waiting:
        module = waiting.pop()
        if module not in modules:
            modules.add(module)
            waiting += _imports(module)
    return tuple(sorted(modules))


@cache
def _imports(module: str) -> tuple[str, ...]:
    names: list[str] = []
    for node in _statements(_tree(module)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif node.module:
            for alias in node.names:
                names += _origin(node.module, alias.name)
    return tuple(name for name in dict.fromkeys(names) if _module_file(name))


def _tree(module: str) -> ast.Module:
    file = _module_file(module)
    return ast.parse(file.read_bytes() if file else b"")


def _statements(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield the imports of a module, those of its functions too, but none for types alone."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.expr):
            continue
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from (part for other in node.orelse for part in _statements(other))
        else:
            yield from _statements(node)


@cache
def _origin(package: str, name: str) -> tuple[str, ...]:
    """Return the modules behind ``from package import name``.

    A package whose names load on first use says where they are in imports for types.
    """
    if _module_file(f"{package}.{name}"):
        return (f"{package}.{name}",)
    file = _module_file(package)
    if file is None or file.name != "__init__.py":
        return (package,)
    behind = [
        node.module
        for node in ast.walk(_tree(package))
        if isinstance(node, ast.ImportFrom)
        and node.module
        and any((alias.asname or alias.name) == name for alias in node.names)
    ]
    return (package, *behind)


@cache
def _module_file(name: str) -> Path | None:
    """Return the file of a module of the package (publishers may stand elsewhere), if it is one."""
    parts = name.split(".")
    if parts[0] != PACKAGE.name or len(parts) < 2:
        return None
    bases = [PACKAGE.joinpath(*parts[1:])]
    if name.startswith(f"{PUBLISHERS}."):
        bases = [Path(root).joinpath(*parts[3:]) for root in publishers.__path__]
    files = [file for base in bases for file in (base / "__init__.py", base.with_suffix(".py"))]
    return next((file for file in files if file.is_file()), None)


def _files(modules: tuple[str, ...]) -> tuple[Path, ...]:
    """Return the files of modules, and the data of the packages they are in."""
    paths = [file for module in modules if (file := _module_file(module))]
    folders = sorted({path.parent / "data" for path in paths})
    return (*paths, *(path for folder in folders for path in _data_files(folder)))


def _data_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix in DATA)


def forget() -> None:
    """Look again at what modules import (a module changed)."""
    for function in (imported_modules, _imports, _origin, _module_file, _digest):
        function.cache_clear()

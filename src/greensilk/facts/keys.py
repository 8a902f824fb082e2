"""What a part and a build follow from, as a hash: only what changed is done again.

A part follows from its files, the dataset's module, the shared readers, its rows of the catalogue,
the units and the names of economies. A build follows from its parts, the whole catalogue, and who
the partners are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files as resources

__all__ = ["build_name", "part_key"]

# What the rows of every dataset pass through, and what every build passes through.
SHARED_CODE = ("model.py", "harmonise.py", "checks.py", "read.py")
BUILD_CODE = (
    "assemble.py",
    "checks.py",
    "cross_checks.py",
    "definitions.py",
    "model.py",
    "parquet.py",
    "primary.py",
    "tables.py",
)


def part_key(dataset: str, digests: Mapping[str, str]) -> str:
    """Return the key of a dataset's part: the hash of its files (by name), code and catalogue."""
    digest = hashlib.sha256(_shared_hash().encode())
    digest.update(_read("greensilk.facts.sources", f"{dataset}.py"))
    digest.update(_catalogue_bytes("indicators", f"{dataset}.csv"))
    for name in sorted(digests):
        digest.update(f"{name}={digests[name]}\n".encode())
    return digest.hexdigest()[:24]


def build_name(keys: Mapping[str, str], failures: Mapping[str, str]) -> str:
    """Return the name of a build: the hash of its parts' keys, its failures, and its own code."""
    digest = hashlib.sha256()
    for module in BUILD_CODE:
        digest.update(_read("greensilk.facts", module))
    for folder in ("concepts", "indicators", "licences", "producers", "sources"):
        digest.update(_catalogue_bytes(folder))
    digest.update(_read("greensilk.reference", "data/partners.csv"))
    digest.update(_read("greensilk.reference", "data/economies.csv"))
    for name in sorted(keys):
        digest.update(f"{name}={keys[name]} {failures.get(name, '')}\n".encode())
    return digest.hexdigest()[:16]


@cache
def _shared_hash() -> str:
    digest = hashlib.sha256()
    for module in SHARED_CODE:
        digest.update(_read("greensilk.facts", module))
    folder = resources("greensilk.facts.sources")
    for path in sorted(folder.iterdir(), key=lambda item: item.name):
        if path.name.startswith("_") and path.name.endswith(".py"):
            digest.update(path.read_bytes())
    digest.update(_read("greensilk.core", "units.py"))
    for name in ("economies.csv", "economy_aliases.csv", "economies_apart.csv"):
        digest.update(_read("greensilk.reference", f"data/{name}"))
    return digest.hexdigest()


def _read(package: str, path: str) -> bytes:
    place = resources(package)
    for part in path.split("/"):
        place = place / part
    return place.read_bytes()


def _catalogue_bytes(folder: str, only: str = "") -> bytes:
    place = resources("greensilk.facts.catalogue") / folder
    return b"".join(
        path.read_bytes()
        for path in sorted(place.iterdir(), key=lambda item: item.name)
        if path.name.endswith(".csv") and only in ("", path.name)
    )

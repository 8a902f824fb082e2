"""Write down the checksums of the files a release was tested with."""

from __future__ import annotations

import csv
from pathlib import Path

from greensilk.facts import sources
from greensilk.facts.fetch import Checksums, locate

__all__ = ["write_pins"]


def write_pins(dataset: str, mirror: Path, folder: Path, memory: Path) -> int:
    """Write ``folder/DATASET.csv`` with path and SHA-256 of every file; return their number.

    ``memory`` is a file that remembers checksums by size and time of change.

    Raises
    ------
    SourceError
        If files are missing below the mirror.
    """
    declared = sources.load(dataset).files
    places = locate(declared, mirror, mirror, fetch=False)
    checksums = Checksums(memory)
    rows = sorted((file.path, checksums.of(places[file.name])) for file in declared)
    checksums.save()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{dataset}.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("path", "sha256"))
        writer.writerows(rows)
    return len(rows)

"""Read one dataset into its part: parse, harmonise, check, write (in a process of its own)."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping, Sequence
from os import getpid
from pathlib import Path

import polars as pl

from greensilk.core.errors import FactsError, SourceError
from greensilk.core.text.parameters import encode
from greensilk.facts import catalogue
from greensilk.facts.checks import check_dataset, quality_table
from greensilk.facts.harmonise import harmonise
from greensilk.facts.publishers import load_parser
from greensilk.facts.reports import DatasetReport

__all__ = ["read_dataset"]

LONGEST = 200  # characters of another library's message
MOST = 3  # files that an error names


def read_dataset(
    name: str, files: Mapping[str, Path], key: str, target: Path, changed: Sequence[str]
) -> DatasetReport:
    """Read one dataset into its part; a failure is reported, not raised (runs in a worker).

    Parameters
    ----------
    name
        The dataset.
    files
        Local path of each of its files, by its name.
    key
        The hash of all the part follows from.
    target
        Folder of the part; replaced when all of it is written.
    changed
        Files that are not the vintage this release was tested with.
    """
    start = time.perf_counter()
    error: FactsError | None = None
    try:
        _read(name, files, target, changed)
    except FactsError as reason:
        error = reason
    except Exception as reason:
        # Whatever a publisher's file does to a parser must not stop the other datasets.
        error = _unreadable(reason, files)
    return DatasetReport(
        dataset=name,
        status="failed" if error else "built",
        key="" if error else key,
        seconds=time.perf_counter() - start,
        error=error,
        changed_files=tuple(changed),
    )


def _unreadable(error: Exception, files: Mapping[str, Path]) -> SourceError:
    r"""Return what went wrong in a library: the file, and the start of what the library says.

    >>> str(_unreadable(ValueError("no number\n\nlong advice"), {"data": Path("data.csv")}))[:49]
    'data.csv: cannot be read (ValueError: no number);'
    """
    # Libraries name the line and the cell, hardly ever the file; take the one they do name.
    names = [path.name for path in files.values()]
    named = [name for name in names if name in str(error)] or names
    # Advice to programmers follows after an empty line.
    first = " ".join(str(error).strip().partition("\n\n")[0].split())
    return SourceError(
        "file_unreadable",
        files=", ".join(named[:MOST]) + (", ..." if len(named) > MOST else ""),
        kind=type(error).__name__,
        reason=first if len(first) <= LONGEST else f"{first[:LONGEST]}...",
    )


def _read(name: str, files: Mapping[str, Path], target: Path, changed: Sequence[str]) -> None:
    parser = load_parser(name)
    indicators = catalogue.dataset_indicators(name)
    groups = parser.groups(files) if hasattr(parser, "groups") else {}
    facts, apart, remarks = harmonise(
        parser.parse(files), catalogue.dataset(name), indicators, groups
    )
    if facts.is_empty():
        raise SourceError("no_figures", dataset=name)
    remarks += [
        {"check": "file_changed", "reason_params": encode({"file": path})} for path in changed
    ]
    quality = pl.concat(
        [
            check_dataset(facts, name, indicators),
            quality_table({**remark, "dataset": name} for remark in remarks),
        ]
    )
    aside = target.with_name(f".{target.name}.{getpid()}")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    facts.write_parquet(aside / "facts.parquet", compression="zstd")
    apart.write_parquet(aside / "groups.parquet", compression="zstd")
    quality.write_parquet(aside / "quality.parquet", compression="zstd")
    shutil.rmtree(target, ignore_errors=True)
    aside.rename(target)

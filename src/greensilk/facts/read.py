"""Read one dataset into its part: parse, harmonise, check, write (in a process of its own)."""

from __future__ import annotations

import dataclasses
import os
import shutil
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from greensilk.core.errors import SourceError
from greensilk.facts import catalogue as registers
from greensilk.facts import sources

__all__ = ["DatasetReport", "read_dataset"]

LONGEST = 200  # characters of another library's message


@dataclasses.dataclass(frozen=True, slots=True)
class DatasetReport:
    """What became of one dataset in a build.

    ``status``: ``built``, ``unchanged``, ``kept`` (not asked for, last good data stand) or
    ``failed`` (with its ``message``; ``key`` is then the last good part, or empty).
    """

    dataset: str
    status: str
    key: str
    seconds: float
    message: str
    changed_files: tuple[str, ...] = ()


def read_dataset(
    name: str, files: Mapping[str, str], key: str, target: str, changed: Sequence[str]
) -> DatasetReport:
    """Read one dataset into its part; a failure is reported, not raised (runs in a worker)."""
    start = time.perf_counter()
    try:
        _read_dataset(name, {k: Path(v) for k, v in files.items()}, Path(target), changed)
    except Exception as error:
        # Whatever a publisher's file does to a parser must not stop the other datasets.
        message = _reason(error, files)
        return DatasetReport(
            name, "failed", "", time.perf_counter() - start, message, tuple(changed)
        )
    return DatasetReport(name, "built", key, time.perf_counter() - start, "", tuple(changed))


def _reason(error: Exception, files: Mapping[str, str]) -> str:
    r"""Return what went wrong as one line: our own words, or the file and the start of theirs.

    >>> _reason(ValueError("no number\n\nlong advice"), {"data": "/mirror/data.csv"})[:49]
    'data.csv: cannot be read (ValueError: no number);'
    """
    if isinstance(error, SourceError):
        return " ".join(str(error).split())
    # Libraries name the line and the cell, hardly ever the file; take the one they do name.
    named = [Path(path).name for path in files.values()]
    chosen = [name for name in named if name in str(error)] or named
    more = f" (or one of {len(chosen) - 3} more)" if len(chosen) > 3 else ""
    # Advice to programmers follows after an empty line.
    first = " ".join(str(error).strip().partition("\n\n")[0].split())
    first = first if len(first) <= LONGEST else f"{first[:LONGEST]}..."
    return (
        f"{', '.join(chosen[:3])}{more}: cannot be read ({type(error).__name__}: {first}); "
        "put the publisher's file back or download it again, then build again"
    )


def _read_dataset(
    name: str, files: Mapping[str, Path], target: Path, changed: Sequence[str]
) -> None:
    import polars as pl

    from greensilk.facts import checks
    from greensilk.facts.harmonise import tidy

    dataset = sources.load(name)
    indicators = registers.dataset_indicators(name)
    facts, groups, remarks = tidy(dataset.parse(files), dataset, indicators, files)
    if facts.is_empty():
        raise SourceError(f"{name}: the files hold no figure for any economy")
    findings = [dict(one, dataset=name) for one in remarks]
    findings += [
        {
            "check": "file_changed",
            "dataset": name,
            "note": f"{path} is not the vintage this release was tested with",
        }
        for path in changed
    ]
    found = pl.concat([checks.check_dataset(facts, name, indicators), checks.frame(findings)])
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    facts.write_parquet(aside / "facts.parquet", compression="zstd")
    groups.write_parquet(aside / "groups.parquet", compression="zstd")
    found.write_parquet(aside / "quality.parquet", compression="zstd")
    shutil.rmtree(target, ignore_errors=True)
    aside.rename(target)

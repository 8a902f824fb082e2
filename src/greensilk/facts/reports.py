"""What became of each dataset in a build, and of the build as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from greensilk.core.errors import GreenSilkError

__all__ = ["BuildReport", "DatasetReport", "Status"]

EXIT_FAILED_SOURCES = 3
Status = Literal["built", "unchanged", "kept", "failed"]


@dataclass(frozen=True, slots=True)
class DatasetReport:
    """What became of one dataset in a build.

    ``status``: ``built``, ``unchanged``, ``kept`` (not asked for, last good data stand) or
    ``failed`` (with its ``error``; ``key`` is then the last good part, or empty).
    """

    dataset: str
    status: Status
    key: str
    seconds: float = 0.0
    error: GreenSilkError | None = None
    changed_files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: each dataset, the folder in use, and the counts of the whole."""

    datasets: tuple[DatasetReport, ...]
    folder: Path
    counts: Mapping[str, int]
    seconds: float

    @property
    def failed(self) -> tuple[DatasetReport, ...]:
        """Return the datasets that could not be built."""
        return tuple(report for report in self.datasets if report.status == "failed")

    @property
    def exit_code(self) -> int:
        """Return 0, or 3 if a dataset failed."""
        return EXIT_FAILED_SOURCES if self.failed else 0

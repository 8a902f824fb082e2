"""Timing, memory and the table that ``benchmarks/README.md`` keeps."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Measured", "best_of", "gppd", "in_process", "machine", "mirror", "peak_megabytes"]


@dataclass
class Measured:
    """One line of the table."""

    name: str
    value: str
    against: str = ""
    ratio: str = ""


def best_of(times: int, work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the shortest of several runs in seconds, and the last answer."""
    shortest, answer = float("inf"), None
    for _ in range(times):
        start = time.perf_counter()
        answer = work()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest, answer


def peak_megabytes() -> float:
    """Return the largest resident size this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def in_process(module: str, *arguments: str) -> dict[str, Any]:
    """Run ``python -m module`` by itself, so that its peak memory is its own; return its JSON."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], check=True, capture_output=True, text=True
    )
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def mirror() -> Path:
    """Return the mirror of public data files, named by ``GREENSILK_MIRROR``."""
    root = os.environ.get("GREENSILK_MIRROR", "")
    if not Path(root or "missing").is_dir():
        sys.exit("the benchmarks read public files: set GREENSILK_MIRROR to their folder")
    return Path(root)


def gppd() -> Path:
    """Return the Global Power Plant Database as published."""
    folder = mirror() / "wri+global-power-plant-database" / "output_database"
    return folder / "global_power_plant_database.csv"


def machine() -> str:
    """Name the machine a run was made on."""
    cpu = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            cpu = line.partition(":")[2].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{cpu}, {os.cpu_count()} cores, {memory:.0f} GiB; {platform.system()}, "
        f"Python {platform.python_version()}"
    )

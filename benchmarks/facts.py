"""Country facts: building the store from the publishers' files, and asking it.

Queries stand beside the same question put to pandas over the same Parquet files; the rest beside
the limits that were set for them.
"""

from __future__ import annotations

import json
import statistics
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.harness import Measured, in_process, mirror

SERIES = ("gapminder.forest_area_sq_km", "wgi.cc.estimate", "fra.2c_agb", "hdr.hdi")
ECONOMIES = ("KEN", "LAO", "PAK", "ETH", "KHM")
RUNS = 40


def measure() -> list[Measured]:
    """Build and ask, each in a process of its own."""
    with TemporaryDirectory() as folder:
        store = str(Path(folder) / "store")
        built = in_process("benchmarks.facts", "build", store)
        idle = in_process("benchmarks.facts", "idle", store)
        asked = in_process("benchmarks.facts", "ask", store)
    facts = f"{built['facts']:,} facts of {built['indicators']:,} indicators"
    return [
        Measured(
            f"full build, 2 processes, {facts}", f"{built['seconds']:.1f} s", "limit 90 s",
            f"{built['seconds'] / 90:.2f}",
        ),
        Measured(
            "full build, peak memory of all processes", f"{built['megabytes']:.0f} MB",
            "limit 2,000 MB", f"{built['megabytes'] / 2000:.2f}",
        ),
        Measured(
            "build with nothing to do", f"{idle['seconds']:.2f} s", "limit 1 s",
            f"{idle['seconds']:.2f}",
        ),
        Measured(
            "one series, median", f"{asked['series']:.2f} ms", "limit 3 ms",
            f"{asked['series'] / 3:.2f}",
        ),
        Measured(
            "one series, median", f"{asked['series']:.2f} ms",
            f"pandas over the same Parquet {asked['series_pandas']:.1f} ms",
            f"{asked['series_pandas'] / asked['series']:.0f}x faster",
        ),
        Measured(
            f"profile of a country, {asked['rows']} primary indicators, median",
            f"{asked['profile']:.1f} ms", "limit 30 ms", f"{asked['profile'] / 30:.2f}",
        ),
        Measured(
            "last figure of every indicator of a country, median", f"{asked['profile']:.1f} ms",
            f"pandas over the same Parquet {asked['profile_pandas']:.0f} ms",
            f"{asked['profile_pandas'] / asked['profile']:.0f}x faster",
        ),
        *(
            Measured(
                f"export of everything as {form}", f"{seconds:.1f} s", "limit 20 s",
                f"{seconds / 20:.2f}",
            )
            for form, seconds in asked["exports"].items()
        ),
    ]  # fmt: skip


def build(store: str) -> dict[str, Any]:
    """Build everything, watching the memory of this process and of its workers."""
    import psutil

    from greensilk.facts.build import build as run

    peak, done = 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        me = psutil.Process()
        while not done.wait(0.05):
            total = 0
            for process in (me, *me.children(recursive=True)):
                try:
                    total += process.memory_info().rss
                except psutil.Error:
                    continue
            peak = max(peak, total)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        report = run(store, mirror=mirror(), jobs=2)
    finally:
        done.set()
        watcher.join()
    return {"seconds": report.seconds, "megabytes": peak / 2**20, **report.counts}


def idle(store: str) -> dict[str, Any]:
    """Build again with nothing changed, imports and all."""
    start = time.perf_counter()
    from greensilk.facts.build import build as run

    run(store, mirror=mirror(), jobs=2)
    return {"seconds": time.perf_counter() - start}


def ask(store: str) -> dict[str, Any]:
    """Put the same questions to the store and to pandas."""
    import pandas as pd

    from greensilk.facts import Facts
    from greensilk.facts.export import FORMS, export

    facts = Facts.open(store)
    parquet = str(Path(facts.location) / "facts")
    pairs = [(series, economy) for series in SERIES for economy in ECONOMIES]

    def by_pandas(series: str, economy: str) -> Any:
        return pd.read_parquet(
            parquet, filters=[("indicator", "==", series), ("economy", "==", economy)]
        )

    for series, economy in pairs:  # the same answer, or the comparison is worth nothing
        mine = facts.get(series, economy=economy).column("value").to_pylist()
        assert mine == by_pandas(series, economy)["value"].tolist()

    def profile_by_pandas(economy: str) -> Any:
        rows = pd.read_parquet(parquet, filters=[("economy", "==", economy)])
        rows = rows[rows["flag"] != "projection"].sort_values("year", kind="stable")
        return rows.groupby("indicator", observed=True).tail(1)

    profile = facts.profile("KEN")
    answer = {
        "series": _median(lambda n: facts.get(pairs[n % 20][0], economy=pairs[n % 20][1])),
        "series_pandas": _median(lambda n: by_pandas(*pairs[n % 20])),
        "profile": _median(lambda n: facts.profile(ECONOMIES[n % 5])),
        "profile_pandas": _median(lambda n: profile_by_pandas(ECONOMIES[n % 5]), 10),
        "rows": profile.num_rows,
        "exports": {},
    }
    for form in FORMS:
        with TemporaryDirectory() as folder:
            start = time.perf_counter()
            export(facts, Path(folder) / "out", form, licence="any")
            answer["exports"][form] = time.perf_counter() - start
    return answer


def _median(work: Callable[[int], Any], runs: int = RUNS) -> float:
    """Return the median of ``runs`` runs in milliseconds, after one that warms up."""
    work(0)
    taken = []
    for number in range(runs):
        start = time.perf_counter()
        work(number)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


if __name__ == "__main__":
    print(json.dumps({"build": build, "idle": idle, "ask": ask}[sys.argv[1]](sys.argv[2])))

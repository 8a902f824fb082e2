"""Build the store: read what changed, keep the rest, put the new build in place.

A dataset is read again only if one of its files, its module, the shared readers, its rows of the
catalogue or the register of economies changed. A dataset that fails keeps its last good data and
is reported; the other datasets are built all the same.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING

from greensilk.core.errors import FactsError, OutputError, UnknownNameError
from greensilk.facts import catalogue as registers
from greensilk.facts import sources
from greensilk.facts.fetch import Checksums, locate, mirror_root
from greensilk.facts.keys import build_name, part_key
from greensilk.facts.read import DatasetReport, read_dataset
from greensilk.facts.store import Store

if TYPE_CHECKING:
    import polars as pl

__all__ = ["BuildReport", "DatasetReport", "build", "matching"]

EXIT_FAILED_SOURCES = 3


@dataclasses.dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: each dataset, the folder in use, and the counts of the whole."""

    datasets: tuple[DatasetReport, ...]
    folder: Path | None
    counts: Mapping[str, int]
    seconds: float

    @property
    def failed(self) -> tuple[DatasetReport, ...]:
        """Return the datasets that could not be built."""
        return tuple(one for one in self.datasets if one.status == "failed")

    @property
    def exit_code(self) -> int:
        """Return 0, or 3 if a dataset failed."""
        return EXIT_FAILED_SOURCES if self.failed else 0


Progress = Callable[[str, str, int, int], None]


def matching(words: Iterable[str]) -> tuple[str, ...]:
    """Return the datasets that ``words`` name: a dataset, a source, or a producer.

    Raises
    ------
    UnknownNameError
        If a word names none of them.
    """
    wanted = [word.strip().lower() for word in words if word.strip()]
    if not wanted:
        return sources.names()
    by_word: dict[str, set[str]] = {name: {name} for name in sources.names()}
    for one in registers.indicators().values():
        source = registers.sources()[one.source]
        by_word.setdefault(source.id, set()).add(one.dataset)
        by_word.setdefault(source.producer.id, set()).add(one.dataset)
    chosen: set[str] = set()
    for word in wanted:
        if word not in by_word:
            raise UnknownNameError("dataset, source or producer", word, by_word)
        chosen |= by_word[word]
    return tuple(name for name in sources.names() if name in chosen)


def build(
    root: str | Path | None = None,
    *,
    mirror: str | Path | None = None,
    only: Iterable[str] = (),
    jobs: int = 1,
    force: bool = False,
    progress: Progress | None = None,
) -> BuildReport:
    """Build the store and return what happened.

    Parameters
    ----------
    root
        The store (default: :func:`greensilk.facts.store.default_root`).
    mirror
        Folder to read the publishers' files from; without it (and without ``GREENSILK_MIRROR``)
        they are downloaded from their official addresses.
    only
        Datasets, sources or producers to look at; all by default.
    jobs
        Processes to read datasets in.
    force
        Read again even what did not change.
    progress
        Called with (dataset, what happens, done, all).

    Raises
    ------
    StoreError
        If another build holds the store.
    FactsError
        If no dataset could be read and there is nothing to keep.
    OutputError
        If the store cannot be written (disk full, no permission).
    """
    start = time.perf_counter()
    store = Store(root)
    chosen = matching(only)
    place = mirror_root(mirror)
    with store.lock():
        store.builds.mkdir(exist_ok=True)
        try:
            return _build(store, chosen, place, max(1, jobs), force, progress, start)
        except OSError as error:
            raise OutputError(f"the store {store.root} cannot be written: {error}") from error


def _build(
    store: Store,
    chosen: Sequence[str],
    mirror: Path | None,
    jobs: int,
    force: bool,
    progress: Progress | None,
    start: float,
) -> BuildReport:
    state = store.state()
    reports: dict[str, DatasetReport] = {}
    work: list[tuple[str, dict[str, str], str, tuple[str, ...]]] = []
    checksums = Checksums(store.root / "checksums.json")
    for name in sources.names():
        last = state.get(name, {}).get("key", "")
        last = last if last and _part(store, name, last).is_dir() else ""
        if name not in chosen:
            if last:
                reports[name] = DatasetReport(name, "kept", last, 0.0, "")
            continue
        try:
            dataset = sources.load(name)
            files = locate(dataset.files, mirror, store.downloads)
            digests = {key: checksums.of(path) for key, path in files.items()}
            key = part_key(name, digests)
        except (FactsError, OSError, ValueError) as error:
            reports[name] = DatasetReport(name, "failed", last, 0.0, str(error))
            continue
        changed = tuple(
            file.path for file in dataset.files if file.sha256 and digests[file.name] != file.sha256
        )
        if not force and _part(store, name, key).is_dir():
            reports[name] = DatasetReport(name, "unchanged", key, 0.0, "", changed)
        else:
            work.append((name, {k: str(v) for k, v in files.items()}, key, changed))
    checksums.save()
    for report in _run(store, work, jobs, progress):
        last = state.get(report.dataset, {}).get("key", "")
        if report.status == "failed" and last and _part(store, report.dataset, last).is_dir():
            report = dataclasses.replace(report, key=last)
        reports[report.dataset] = report
    ordered = tuple(reports[name] for name in sorted(reports))
    parts = {one.dataset: _part(store, one.dataset, one.key) for one in ordered if one.key}
    if not parts:
        reasons = "; ".join(f"{one.dataset}: {one.message}" for one in ordered)
        raise FactsError(f"no dataset could be built and there is none to keep: {reasons}")
    store.note(
        {
            one.dataset: {
                "key": one.key,
                "status": one.status,
                "message": one.message,
                "changed_files": list(one.changed_files),
            }
            for one in ordered
        }
    )
    folder, counts = _put_in_place(store, ordered, parts, progress)
    _forget_old_parts(store, parts, state)
    return BuildReport(ordered, folder, counts, time.perf_counter() - start)


def _run(
    store: Store,
    work: Sequence[tuple[str, dict[str, str], str, tuple[str, ...]]],
    jobs: int,
    progress: Progress | None,
) -> list[DatasetReport]:
    """Read the datasets, in processes of their own if there are several."""
    done: list[DatasetReport] = []

    def tell(report: DatasetReport) -> None:
        done.append(report)
        if progress:
            progress(report.dataset, report.status, len(done), len(work))

    arguments = [
        (name, files, key, str(_part(store, name, key)), changed)
        for name, files, key, changed in work
    ]
    if jobs == 1 or len(work) < 2:
        for item in arguments:
            tell(read_dataset(*item))
        return done
    from multiprocessing import get_context

    # Threads of the frame library do not survive a fork.
    with ProcessPoolExecutor(min(jobs, len(work)), mp_context=get_context("spawn")) as pool:
        # The largest datasets first, so that the last worker does not start on one of them.
        size = {
            item[0]: sum(Path(p).stat().st_size for p in item[1].values()) for item in arguments
        }
        pending = {
            pool.submit(read_dataset, *item): item[0]
            for item in sorted(arguments, key=lambda item: -size[item[0]])
        }
        for future in as_completed(pending):
            try:
                tell(future.result())
            except BrokenExecutor as error:
                # A worker the system killed (out of memory) takes down all that were not done.
                tell(DatasetReport(pending[future], "failed", "", 0.0, f"reader died: {error}"))
    return done


def _put_in_place(
    store: Store,
    reports: Sequence[DatasetReport],
    parts: Mapping[str, Path],
    progress: Progress | None,
) -> tuple[Path, dict[str, int]]:
    """Assemble a new build unless the one in use has the same inputs."""
    import json

    failures = {one.dataset: one.message for one in reports if one.status == "failed"}
    name = build_name({one.dataset: one.key for one in reports}, failures)
    current = store.current() if (store.root / "CURRENT").exists() else None
    if current is not None and current.name == name:
        return current, json.loads((current / "build.json").read_text("utf-8"))
    if progress:
        progress("", "assembling", 0, 1)
    import duckdb

    from greensilk.facts.assemble import assemble

    aside = store.builds / f".{name}.{os.getpid()}"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        counts = assemble(parts, _dataset_rows(reports), aside, _coverage_before(current), failures)
        folder = store.swap(aside, name)
    except duckdb.Error as error:
        raise OutputError(f"the store {store.root} cannot be written: {error}") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    store.clean()
    return folder, counts


def _dataset_rows(reports: Sequence[DatasetReport]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for one in reports:
        dataset = sources.load(one.dataset)
        carried = [
            source for source in registers.sources().values() if source.carrier == dataset.id
        ]
        rows.append(
            {
                "dataset": one.dataset,
                "en": dataset.en,
                "zh": dataset.zh,
                "address": dataset.address,
                "vintage": max((source.vintage for source in carried), default=""),
                "producers": len({source.producer.id for source in carried}),
                "licences": " ".join(sorted({source.licence.id for source in carried})),
                "files": len(dataset.files),
                "changed_files": len(one.changed_files),
            }
        )
    return rows


def _coverage_before(current: Path | None) -> pl.DataFrame | None:
    if current is None:
        return None
    import polars as pl

    return pl.read_parquet(
        current / "indicators.parquet", columns=["indicator", "facts", "economies"]
    )


def _part(store: Store, dataset: str, key: str) -> Path:
    return store.root / "parts" / dataset / key


def _forget_old_parts(
    store: Store, parts: Mapping[str, Path], before: Mapping[str, Mapping[str, str]]
) -> None:
    """Keep the part in use and the one before it; drop older ones and what was left half done."""
    for dataset, folder in parts.items():
        keep = {folder.name, before.get(dataset, {}).get("key", "")}
        for path in folder.parent.iterdir():
            if path.name not in keep:
                shutil.rmtree(path, ignore_errors=True)

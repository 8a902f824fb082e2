"""Build the store: read what changed, keep the rest, put the new build in place.

A dataset is read again only if one of its files, its folder, or the code or data its rows pass
through changed (:mod:`greensilk.facts.keys`). A dataset that fails keeps its last good data and is
reported; the other datasets are built all the same.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from greensilk.core.errors import FactsError, OutputError, SourceError, UnknownNameError
from greensilk.facts import catalogue, publishers
from greensilk.facts.fetch import Checksums, locate, mirror_root
from greensilk.facts.keys import build_name, part_key
from greensilk.facts.reports import BuildReport, DatasetReport
from greensilk.facts.store import DatasetState, Store

__all__ = ["BuildReport", "DatasetReport", "build", "match_datasets"]

Progress = Callable[[str, str, int, int], None]


@dataclass(frozen=True, slots=True)
class _Task:
    """A dataset to read: its files, and the part they give."""

    dataset: str
    files: Mapping[str, Path]
    key: str
    target: Path
    changed: tuple[str, ...]

    def size(self) -> int:
        return sum(path.stat().st_size for path in self.files.values())


def match_datasets(names: Iterable[str]) -> tuple[str, ...]:
    """Return the datasets that ``names`` mean: a dataset, a source, or a producer; all if none.

    Raises
    ------
    UnknownNameError
        If a name is none of them.

    >>> match_datasets(["gcb"])
    ('gcb',)
    """
    wanted = [name.strip().lower() for name in names if name.strip()]
    if not wanted:
        return publishers.names()
    datasets: dict[str, set[str]] = {name: {name} for name in publishers.names()}
    for row in catalogue.indicators().values():
        source = catalogue.sources()[row.source]
        datasets.setdefault(source.id, set()).add(row.dataset)
        datasets.setdefault(source.producer.id, set()).add(row.dataset)
    for name in wanted:
        if name not in datasets:
            raise UnknownNameError("dataset_source_or_producer", name, datasets)
    matches = set().union(*(datasets[name] for name in wanted))
    return tuple(name for name in publishers.names() if name in matches)


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
    datasets = match_datasets(only)
    mirror_folder = mirror_root(mirror)
    with store.lock():
        store.builds.mkdir(exist_ok=True)
        try:
            state = store.state()
            reports, tasks = _plan(store, state, datasets, mirror_folder, force)
            for report in _run(tasks, max(1, jobs), progress):
                last = _last_key(store, state, report.dataset)
                failed = report.status == "failed"
                reports[report.dataset] = replace(report, key=last) if failed else report
            ordered = tuple(reports[name] for name in sorted(reports))
            parts = {
                report.dataset: store.part(report.dataset, report.key)
                for report in ordered
                if report.key
            }
            if not parts:
                raise _nothing_built(ordered)
            store.note(ordered)
            folder, counts = _put_in_place(store, ordered, parts, progress)
            _forget_old_parts(parts, state)
        except OSError as error:
            raise OutputError(
                "store_unwritten", folder=str(store.root), reason=str(error)
            ) from error
    return BuildReport(ordered, folder, counts, time.perf_counter() - start)


def _plan(
    store: Store,
    state: Mapping[str, DatasetState],
    datasets: Sequence[str],
    mirror: Path | None,
    force: bool,
) -> tuple[dict[str, DatasetReport], list[_Task]]:
    """Return what needs no reading, by dataset, and what must be read."""
    reports: dict[str, DatasetReport] = {}
    tasks: list[_Task] = []
    checksums = Checksums(store.root / "checksums.json")
    for name in publishers.names():
        last = _last_key(store, state, name)
        if name not in datasets:
            if last:
                reports[name] = DatasetReport(name, "kept", last)
            continue
        try:
            dataset = catalogue.dataset(name)
            files = locate(dataset.files, mirror, store.downloads)
            digests = {key: checksums.of(path) for key, path in files.items()}
        except FactsError as error:
            reports[name] = DatasetReport(name, "failed", last, error=error)
            continue
        except OSError as error:
            reason = SourceError("file_refused", dataset=name, reason=str(error))
            reports[name] = DatasetReport(name, "failed", last, error=reason)
            continue
        key = part_key(name, digests)
        target = store.part(name, key)
        changed = tuple(
            file.path for file in dataset.files if file.sha256 and digests[file.name] != file.sha256
        )
        if not force and target.is_dir():
            reports[name] = DatasetReport(name, "unchanged", key, changed_files=changed)
        else:
            tasks.append(_Task(name, files, key, target, changed))
    checksums.save()
    return reports, tasks


def _last_key(store: Store, state: Mapping[str, DatasetState], dataset: str) -> str:
    """Return the key of the part a dataset last gave, if it is still there."""
    last = state[dataset].key if dataset in state else ""
    return last if last and store.part(dataset, last).is_dir() else ""


def _nothing_built(reports: Iterable[DatasetReport]) -> FactsError:
    reasons = "; ".join(f"{report.dataset}: {report.error}" for report in reports)
    return FactsError("nothing_built", reasons=reasons)


def _run(tasks: Sequence[_Task], jobs: int, progress: Progress | None) -> list[DatasetReport]:
    """Read the datasets, in processes of their own if there are several."""
    done: list[DatasetReport] = []

    def tell(report: DatasetReport) -> None:
        done.append(report)
        if progress:
            progress(report.dataset, report.status, len(done), len(tasks))

    if not tasks:
        return done
    # a build with nothing to read never needs the frame library
    from greensilk.facts.parts import read_dataset

    if jobs == 1 or len(tasks) < 2:
        for task in tasks:
            tell(read_dataset(task.dataset, task.files, task.key, task.target, task.changed))
        return done
    # Threads of the frame library do not survive a fork.
    with ProcessPoolExecutor(min(jobs, len(tasks)), mp_context=get_context("spawn")) as pool:
        # The largest datasets first, so that the last worker does not start on one of them.
        pending = {
            pool.submit(
                read_dataset, task.dataset, task.files, task.key, task.target, task.changed
            ): task.dataset
            for task in sorted(tasks, key=lambda task: -task.size())
        }
        for future in as_completed(pending):
            try:
                tell(future.result())
            except BrokenExecutor as error:
                # A worker the system killed (out of memory) takes down all that were not done.
                died = SourceError("reader_died", reason=str(error))
                tell(DatasetReport(pending[future], "failed", "", error=died))
    return done


def _put_in_place(
    store: Store,
    reports: Sequence[DatasetReport],
    parts: Mapping[str, Path],
    progress: Progress | None,
) -> tuple[Path, dict[str, int]]:
    """Assemble a new build unless the one in use has the same inputs."""
    name = build_name(reports)
    current = store.current() if (store.root / "CURRENT").exists() else None
    if current is not None and current.name == name:
        return current, json.loads((current / "build.json").read_text("utf-8"))
    if progress:
        progress("", "assembling", 0, 1)
    # a build with nothing to do never needs the frame library, nor the database
    from greensilk.facts.assemble import assemble

    aside = store.builds / f".{name}.{os.getpid()}"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        counts = assemble(parts, reports, aside, current)
        folder = store.swap(aside, name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    store.clean()
    return folder, counts


def _forget_old_parts(parts: Mapping[str, Path], before: Mapping[str, DatasetState]) -> None:
    """Keep the part in use and the one before it; drop older ones and what was left half done."""
    for dataset, folder in parts.items():
        keep = {folder.name, before[dataset].key if dataset in before else ""}
        for path in folder.parent.iterdir():
            if path.name not in keep:
                shutil.rmtree(path, ignore_errors=True)

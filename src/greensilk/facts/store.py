"""The store: Parquet by theme and a DuckDB file, built aside and put in place by one rename.

Layout below the root (``GREENSILK_FACTS``, else the user's data folder)::

    CURRENT                     the name of the build readers use; replaced atomically
    builds/NAME/                one complete build; never written to once it is in place
        facts/theme=air/part-0.parquet, ...
        groups.parquet  indicators.parquet  sources.parquet  quality.parquet  datasets.parquet
        latest.parquet  facts.duckdb  build.json
    parts/DATASET/KEY/          what one dataset gave, by the hash of its inputs
    downloads/                  files fetched from their official address
    state.json                  which part each dataset last gave, and what went wrong since

A reader opens the build that ``CURRENT`` names and keeps it, whatever is built meanwhile; the last
builds are kept for that reason. A build that is killed leaves a folder ``builds/.NAME.PID`` behind,
which no reader ever sees and the next build removes. The name of a build is the hash of its
inputs, so identical input gives the same build; its Parquet files are then equal byte for byte.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout
from platformdirs import user_data_path

from greensilk.core.errors import GreenSilkError, SourceError, StoreError
from greensilk.core.text.parameters import decode, encode
from greensilk.facts.reports import DatasetReport, Status

__all__ = ["DatasetState", "Store", "default_root"]

KEPT_BUILDS = 2


class DatasetState(msgspec.Struct, frozen=True, kw_only=True):
    """What the last build noted of a dataset: its part, and why it failed, if it did."""

    key: str
    status: Status
    reason_code: str = ""
    reason_params: str = ""
    changed_files: tuple[str, ...] = ()

    @property
    def error(self) -> GreenSilkError | None:
        """Return why the dataset failed."""
        if not self.reason_code:
            return None
        return SourceError(self.reason_code, **decode(self.reason_params))


def default_root() -> Path:
    """Return the root of the store: ``GREENSILK_FACTS``, else the user's data folder."""
    named = os.environ.get("GREENSILK_FACTS", "")
    return Path(named) if named else user_data_path("greensilk", appauthor=False) / "facts"


class Store:
    """The folder a build writes to and readers open."""

    def __init__(self, root: str | Path | None = None) -> None:
        self.root = Path(root) if root else default_root()

    @property
    def builds(self) -> Path:
        """Return the folder of the builds."""
        return self.root / "builds"

    @property
    def downloads(self) -> Path:
        """Return the folder of the downloaded files."""
        return self.root / "downloads"

    def part(self, dataset: str, key: str) -> Path:
        """Return the folder of a dataset's part."""
        return self.root / "parts" / dataset / key

    def current(self) -> Path | None:
        """Return the folder of the build in use, or ``None`` where nothing has been built.

        Raises
        ------
        StoreError
            If the pointer names a build that is not there.
        """
        pointer = self.root / "CURRENT"
        try:
            name = pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        build = self.builds / name
        if not name or not (build / "facts.duckdb").is_file():
            raise StoreError(
                "build_missing", pointer=str(pointer), build=name, folder=str(self.builds)
            )
        return build

    def swap(self, aside: Path, name: str) -> Path:
        """Put the finished folder ``aside`` in place as the build ``name`` and point to it."""
        build = self.builds / name
        _sync_tree(aside)
        if build.exists():  # the pointer named another build since: same name, same content
            shutil.rmtree(build)
        aside.rename(build)
        self.point(name)
        return build

    def point(self, name: str) -> None:
        """Make ``name`` the build in use: one atomic rename of the pointer."""
        pointer = self.root / "CURRENT"
        aside = self.root / f".CURRENT.{os.getpid()}"
        with aside.open("w", encoding="utf-8") as handle:
            handle.write(name + "\n")
            handle.flush()
            os.fsync(handle.fileno())
        aside.replace(pointer)
        _sync_folder(self.root)

    def clean(self) -> None:
        """Remove what killed builds left behind and all but the last builds and parts in use."""
        current = self.current()
        for leftover in self.builds.glob(".*"):
            shutil.rmtree(leftover, ignore_errors=True)
        complete = sorted(
            (path for path in self.builds.iterdir() if path != current),
            key=lambda path: path.stat().st_mtime_ns,
            reverse=True,
        )
        for old in complete[KEPT_BUILDS - 1 :]:
            shutil.rmtree(old, ignore_errors=True)

    def state(self) -> Mapping[str, DatasetState]:
        """Return what the last builds noted of each dataset."""
        try:
            content = (self.root / "state.json").read_bytes()
            return msgspec.json.decode(content, type=dict[str, DatasetState])
        except (OSError, msgspec.MsgspecError):
            return {}

    def note(self, reports: tuple[DatasetReport, ...]) -> None:
        """Write down atomically what became of each dataset."""
        state = {
            report.dataset: DatasetState(
                key=report.key,
                status=report.status,
                reason_code=report.error.code if report.error else "",
                reason_params=encode(report.error.params) if report.error else "",
                changed_files=report.changed_files,
            )
            for report in reports
        }
        aside = self.root / f".state.{os.getpid()}"
        aside.write_bytes(msgspec.json.format(msgspec.json.encode(state), indent=1))
        aside.replace(self.root / "state.json")

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the store for one build; the system lets go of it if the process dies.

        Raises
        ------
        StoreError
            If another build holds it.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.root / "lock", blocking=False)
        try:
            lock.acquire()
        except Timeout as error:
            raise StoreError("store_locked", folder=str(self.root)) from error
        try:
            yield
        finally:
            lock.release()


def _sync_tree(folder: Path) -> None:
    """Have every file on the disk before the rename that makes it visible."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as handle:
                os.fsync(handle.fileno())
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if os.name != "nt":
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)

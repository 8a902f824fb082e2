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
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from greensilk.core.errors import StoreError

__all__ = ["Store", "default_root"]

KEPT_BUILDS = 2


def default_root() -> Path:
    """Return the root of the store: ``GREENSILK_FACTS``, else the user's data folder."""
    named = os.environ.get("GREENSILK_FACTS", "")
    if named:
        return Path(named)
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA", "") or str(Path.home() / "AppData" / "Local")
    else:
        base = os.environ.get("XDG_DATA_HOME", "") or str(Path.home() / ".local" / "share")
    return Path(base) / "greensilk" / "facts"


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

    def current(self) -> Path | None:
        """Return the folder of the build in use, or ``None`` where nothing has been built.

        Raises
        ------
        StoreError
            If the pointer names a build that is not there.
        """
        try:
            name = (self.root / "CURRENT").read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        build = self.builds / name
        if not name or not (build / "facts.duckdb").is_file():
            raise StoreError(
                f"{self.root / 'CURRENT'} names the build {name!r}, which is not in {self.builds}; "
                "run 'greensilk facts build'"
            )
        return build

    def swap(self, aside: Path, name: str) -> Path:
        """Put the finished folder ``aside`` in place as the build ``name`` and point to it."""
        place = self.builds / name
        _sync_tree(aside)
        if place.exists():  # the pointer named another build since: same name, same content
            shutil.rmtree(place)
        aside.rename(place)
        self.point(name)
        return place

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

    def state(self) -> dict[str, Any]:
        """Return what the last builds noted of each dataset."""
        try:
            content: dict[str, Any] = json.loads(
                (self.root / "state.json").read_text(encoding="utf-8")
            )
        except (OSError, ValueError):
            return {}
        return content

    def note(self, state: dict[str, Any]) -> None:
        """Write the state down atomically."""
        aside = self.root / f".state.{os.getpid()}"
        aside.write_text(json.dumps(state, indent=1, sort_keys=True), encoding="utf-8")
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
        with (self.root / "lock").open("a+b") as handle:
            try:
                _hold(handle)
            except OSError as error:
                raise StoreError(f"another build is writing to {self.root}") from error
            yield


def _hold(handle: Any) -> None:
    if os.name == "nt":  # pragma: no cover - the other branch is the one tested
        import msvcrt

        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


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

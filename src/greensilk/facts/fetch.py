"""Where a dataset's files are: below the mirror root, or downloaded from their official address.

One code path, two locations. Nothing is ever downloaded except by an explicit ``facts build`` when
no mirror is set; downloads are kept, so that the next build asks again only for what is missing.
"""

from __future__ import annotations

import csv
import hashlib
import json
import logging
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from greensilk.core.errors import SourceError
from greensilk.facts import catalogue, publishers
from greensilk.facts.model import SourceFile

__all__ = ["Checksums", "download", "locate", "mirror_root", "write_pins"]

TIMEOUT = 60.0  # seconds without an answer before a publisher counts as unreachable
FILES_COLUMNS = ("name", "path", "address", "sha256")


def mirror_root(mirror: str | Path | None) -> Path | None:
    """Return the mirror to read from: the argument, else ``GREENSILK_MIRROR``, else none.

    Raises
    ------
    SourceError
        If a mirror is named that is not a folder.
    """
    named = str(mirror) if mirror else os.environ.get("GREENSILK_MIRROR", "")
    if not named:
        return None
    root = Path(named)
    if not root.is_dir():
        raise SourceError("mirror_missing", folder=named)
    return root


def locate(
    files: Iterable[SourceFile], mirror: Path | None, downloads: Path, *, fetch: bool = True
) -> dict[str, Path]:
    """Return the local path of every file by its name.

    Raises
    ------
    SourceError
        If files are missing below the mirror, or cannot be downloaded; all of them are listed.
    """
    paths: dict[str, Path] = {}
    missing: list[str] = []
    refused: list[str] = []
    for file in files:
        path = (mirror or downloads) / file.path
        if not path.is_file() and mirror is None and fetch:
            try:
                download(file.address, path, downloads)
            except (SourceError, OSError, zipfile.BadZipFile, KeyError) as error:
                refused.append(f"{file.address}: {error}")
                continue
        if path.is_file():
            paths[file.name] = path
        else:
            missing.append(str(path))
    if refused:
        raise SourceError("files_not_downloaded", files="; ".join(refused))
    if missing:
        raise SourceError("files_missing", files="; ".join(missing))
    return paths


def download(address: str, target: Path, downloads: Path) -> None:
    """Download ``address`` (``https`` only; ``#member`` is a file inside a zip) to ``target``.

    An archive is kept in ``downloads``, so that its members come from one download.

    Raises
    ------
    SourceError
        If the address is not ``https``.
    OSError
        If the publisher does not answer, or the disk refuses.
    """
    parts = urlsplit(address)
    if parts.scheme != "https":
        raise SourceError("address_not_https", address=address)
    url = parts._replace(fragment="").geturl()
    target.parent.mkdir(parents=True, exist_ok=True)
    if not parts.fragment:
        _retrieve(url, target)
        return
    archive = downloads / "archives" / hashlib.sha256(url.encode()).hexdigest()[:16]
    _retrieve(url, archive)
    aside = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with zipfile.ZipFile(archive) as members:
            aside.write_bytes(members.read(parts.fragment))
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def _retrieve(url: str, target: Path) -> None:
    """Download a file aside and move it in place when all of it is there."""
    # a build from a mirror downloads nothing, and should not wait for the downloader
    import pooch

    pooch.get_logger().setLevel(logging.ERROR)
    pooch.retrieve(
        url,
        known_hash=None,
        fname=target.name,
        path=target.parent,
        downloader=pooch.HTTPDownloader(timeout=TIMEOUT, headers={"User-Agent": "greensilk-facts"}),
    )


class Checksums:
    """Checksums of files, remembered by size and time of change so that a file is read once."""

    def __init__(self, memory: Path) -> None:
        self._memory = memory
        try:
            self._known: dict[str, list[object]] = json.loads(memory.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self._known = {}
        self._changed = False

    def of(self, path: Path) -> str:
        """Return the SHA-256 of a file."""
        stat = path.stat()
        state = [stat.st_size, stat.st_mtime_ns]
        known = self._known.get(str(path))
        if known and known[:2] == state:
            return str(known[2])
        digest = _digest(path)
        self._known[str(path)] = [*state, digest]
        self._changed = True
        return digest

    def save(self) -> None:
        """Write the memory down if it changed."""
        if self._changed:
            self._memory.parent.mkdir(parents=True, exist_ok=True)
            aside = self._memory.with_suffix(f".{os.getpid()}")
            aside.write_text(json.dumps(self._known, sort_keys=True), encoding="utf-8")
            aside.replace(self._memory)
            self._changed = False


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def write_pins(dataset: str, mirror: Path) -> int:
    """Write the SHA-256 of every file of a dataset into its ``files.csv``; return their number.

    For maintainers, in the source tree.

    Raises
    ------
    SourceError
        If files are missing below the mirror.
    """
    path = publishers.folder(dataset) / "files.csv"
    paths = locate(catalogue.dataset(dataset).files, mirror, mirror, fetch=False)
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    for row in rows:
        row["sha256"] = _digest(paths[row["name"]])
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, FILES_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)

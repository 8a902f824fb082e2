"""Where a dataset's files are: below the mirror root, or downloaded from their official address.

One code path, two locations. Nothing is ever downloaded except by an explicit ``facts build`` when
no mirror is set; downloads are kept, so that the next build asks again only for what is missing.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from greensilk.core.errors import SourceError
from greensilk.facts.model import SourceFile

__all__ = ["Checksums", "download", "locate", "mirror_root"]

TIMEOUT = 60.0  # seconds without an answer before a publisher counts as unreachable


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
        raise SourceError(f"the mirror {named!r} is not a folder; name an existing one or none")
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
    found: dict[str, Path] = {}
    faults: list[str] = []
    for file in files:
        path = (mirror or downloads) / file.path
        if not path.is_file() and mirror is None and fetch:
            try:
                download(file.address, path)
            except (OSError, SourceError, zipfile.BadZipFile) as error:
                faults.append(f"{file.address}: {error}")
                continue
        if path.is_file():
            found[file.name] = path
        else:
            faults.append(f"{path}: no such file")
    if faults:
        raise SourceError("; ".join(faults))
    return found


def download(address: str, target: Path) -> None:
    """Download ``address`` (``https`` only; ``#member`` is a file inside a zip) to ``target``."""
    from urllib.request import Request, urlopen

    parts = urlsplit(address)
    if parts.scheme != "https":
        raise SourceError(f"only https addresses are downloaded, not {address!r}")
    plain = parts._replace(fragment="").geturl()
    request = Request(plain, headers={"User-Agent": "greensilk-facts"})  # noqa: S310 - https only
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with (
            urlopen(request, timeout=TIMEOUT) as answer,  # noqa: S310 - https only
            aside.open("wb") as out,
        ):
            while block := answer.read(1 << 20):
                out.write(block)
        if parts.fragment:
            with zipfile.ZipFile(aside) as archive:
                content = archive.read(parts.fragment)
            aside.write_bytes(content)
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


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
        with path.open("rb") as handle:
            digest = hashlib.file_digest(handle, "sha256").hexdigest()
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

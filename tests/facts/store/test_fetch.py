"""One code path, two locations: a mirror, or the official address."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from greensilk.core.errors import SourceError
from greensilk.facts.fetch import Checksums, download, locate, mirror_root
from greensilk.facts.model import SourceFile

FILE = SourceFile("data", "who/data.csv", "https://example.org/data.csv")


class Web:
    """Answers of a pretended web, and what was asked for."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def __call__(self, **options: object) -> Web:
        assert options["timeout"]
        return self.answer  # type: ignore[return-value]

    def answer(self, url: str, output_file: str, pooch: object, **_: object) -> None:
        self.asked.append(url)
        if url not in self.pages:
            raise OSError("404")
        Path(output_file).write_bytes(self.pages[url])


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as writer:
        writer.writestr("inner/book.csv", "a,b\n")
        writer.writestr("inner/other.csv", "c,d\n")
    made = Web({FILE.address: b"x,y\n1,2\n", "https://example.org/all.zip": archive.getvalue()})
    monkeypatch.setattr("pooch.HTTPDownloader", made)
    return made


def test_mirror_is_read_and_nothing_is_asked(web: Web, tmp_path: Path) -> None:
    path = tmp_path / "mirror" / FILE.path
    path.parent.mkdir(parents=True)
    path.write_text("z\n", encoding="utf-8")
    assert locate([FILE], tmp_path / "mirror", tmp_path / "down") == {"data": path}
    assert web.asked == []


def test_download_once(web: Web, tmp_path: Path) -> None:
    for _ in range(2):
        found = locate([FILE], None, tmp_path)
        assert found["data"].read_bytes() == b"x,y\n1,2\n"
    assert web.asked == [FILE.address]
    assert [path.name for path in tmp_path.rglob("*.part")] == []


def test_members_of_an_archive_cost_one_download(web: Web, tmp_path: Path) -> None:
    for name in ("book", "other"):
        address = f"https://example.org/all.zip#inner/{name}.csv"
        download(address, tmp_path / f"{name}.csv", tmp_path)
    assert (tmp_path / "book.csv").read_text("utf-8") == "a,b\n"
    assert (tmp_path / "other.csv").read_text("utf-8") == "c,d\n"
    assert web.asked == ["https://example.org/all.zip"]


def test_member_that_is_not_there(web: Web, tmp_path: Path) -> None:
    lost = SourceFile("lost", "lost.csv", "https://example.org/all.zip#inner/lost.csv")
    with pytest.raises(SourceError, match=r"lost\.csv"):
        locate([lost], None, tmp_path)


def test_all_that_is_missing_is_named(web: Web, tmp_path: Path) -> None:
    lost = [SourceFile(n, f"{n}.csv", f"https://example.org/{n}.csv") for n in ("one", "two")]
    with pytest.raises(SourceError, match=r"one\.csv.*two\.csv"):
        locate([*lost, FILE], None, tmp_path)
    with pytest.raises(SourceError, match="no such file"):
        locate(lost, tmp_path, tmp_path / "down")
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize("address", ["http://example.org/a", "file:///etc/passwd", "ftp://x/y"])
def test_only_https(web: Web, tmp_path: Path, address: str) -> None:
    with pytest.raises(SourceError, match="https"):
        download(address, tmp_path / "a", tmp_path)
    assert web.asked == []


def test_checksums_are_remembered_until_a_file_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"one")
    first = Checksums(tmp_path / "memory.json")
    assert first.of(path) == hashlib.sha256(b"one").hexdigest()
    first.save()
    again = Checksums(tmp_path / "memory.json")
    assert again.of(path) == first.of(path)
    path.write_bytes(b"other")
    assert again.of(path) == hashlib.sha256(b"other").hexdigest()
    (tmp_path / "memory.json").write_text("{broken", encoding="utf-8")
    assert Checksums(tmp_path / "memory.json").of(path) == again.of(path)


def test_where_the_mirror_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("GREENSILK_MIRROR", raising=False)
    assert mirror_root(None) is None
    monkeypatch.setenv("GREENSILK_MIRROR", str(tmp_path))
    assert mirror_root(None) == tmp_path
    other = tmp_path / "other"
    other.mkdir()
    assert mirror_root(other) == other

"""The store outlives whatever happens to a build."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from greensilk.core.errors import StoreError
from greensilk.facts import Facts
from greensilk.facts.build import build
from greensilk.facts.store import Store, default_root

from .conftest import House

# A build that stops at a given step for as long as one likes.
STUCK = """
import sys
from pathlib import Path
from greensilk.facts.store import Store
store, step = Store(sys.argv[1]), sys.argv[2]
with store.lock():
    aside = store.builds / f".next.{step}"
    aside.mkdir()
    (aside / "facts.duckdb").write_bytes(b"half")
    if step == "pointer":
        aside.rename(store.builds / "next")
        (store.root / ".CURRENT.1").write_text("next")
    print("ready", flush=True)
    sys.stdin.read()
"""


def kill_at(root: Path, step: str) -> None:
    """Run a build up to ``step`` and kill it there."""
    process = subprocess.Popen(
        [sys.executable, "-c", STUCK, str(root), step],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    with process, process.stdout:
        assert process.stdout.readline().strip() == "ready"
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=10)


@pytest.mark.parametrize("step", ["aside", "pointer"])
def test_killed_build_leaves_the_old_store(house: House, step: str) -> None:
    house.build()
    before = Store(house.root).current()
    kill_at(house.root, step)
    assert Store(house.root).current() == before
    with Facts.open(house.root) as facts:
        assert facts.get("alpha.forest").num_rows == 55
    # The lock went with the process, and the next build sweeps up what was left.
    house.write("alpha", [("forest", "KEN", 2020, 1, ""), ("rain", "KEN", 2020, 1, "")])
    assert house.build().exit_code == 0
    assert not list(house.root.glob("builds/.*"))


# A build that kills itself at its n-th step on files of the store, or says how many there were.
BUILD = """
import os, signal, sys
root, mirror, last, only = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:]
STEPS = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree"}
steps = 0
def watch(event, arguments):
    global steps
    if event in STEPS and str(arguments[0]).startswith(root):
        steps += 1
        if steps == last:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
from greensilk.facts.build import build
build(root, mirror=mirror, only=only)
print(steps)
"""


@pytest.mark.slow
@pytest.mark.mirror
def test_real_build_killed_at_any_step(mirror: Path, tmp_path: Path) -> None:
    """Kill real builds of real files at steps spread over their run."""
    root = tmp_path / "store"

    def run(last: int, dataset: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", BUILD, str(root), str(mirror), str(last), dataset]
        return subprocess.run(command, capture_output=True, text=True, timeout=120)

    run(0, "aquastat")
    steps = int(run(0, "gcb").stdout)
    assert steps > 10
    datasets = ("fra", "hdr", "wgi", "ndgain", "inform", "lpi")
    for number, dataset in enumerate(datasets):
        run(1 + number * (steps - 1) // (len(datasets) - 1), dataset)
        with Facts.open(root) as facts:
            assert facts.get("aquastat.total_population").num_rows > 2000
            assert facts.sql("SELECT count(*) FROM facts").column(0)[0].as_py() > 150_000
    report = build(root, mirror=mirror, only=datasets)
    assert report.exit_code == 0
    assert not list(root.glob("builds/.*"))


def test_readers_keep_what_they_opened(house: House) -> None:
    house.build()
    reader, other = Facts.open(house.root), Facts.open(house.root)
    for value in range(4):  # more builds than are kept
        house.write("alpha", [("forest", "KEN", 2020, value, ""), ("rain", "KEN", 2020, 1, "")])
        house.build()
        assert reader.get("alpha.forest").num_rows == 55
        assert other.get("alpha.forest", economy="KEN").num_rows == 11
    reader.close()
    other.close()
    with Facts.open(house.root) as facts:
        assert facts.get("alpha.forest").column("value").to_pylist() == [3.0]
    assert len(list((house.root / "builds").iterdir())) == 2


def test_pointer_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("gone\n", encoding="utf-8")
    with pytest.raises(StoreError, match="'gone'"):
        Facts.open(tmp_path)


def test_no_build_where_one_was_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no build"):
        Facts.open(tmp_path)


def test_damaged_file(house: House) -> None:
    house.build()
    folder = Store(house.root).current()
    assert folder is not None
    (folder / "facts.duckdb").write_bytes(b"not a database at all, but long enough to be read")
    with pytest.raises(StoreError, match="cannot be opened"):
        Facts.open(house.root)


def test_place_of_the_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GREENSILK_FACTS", str(tmp_path / "here"))
    assert default_root() == tmp_path / "here"
    monkeypatch.delenv("GREENSILK_FACTS")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert default_root() == tmp_path / "data" / "greensilk" / "facts"

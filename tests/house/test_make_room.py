"""A new room stands and passes the contract from the first minute."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_skeleton_of_a_room_passes_the_contract(tmp_path: Path) -> None:
    for folder in ("src", "tools", "tests/house"):
        shutil.copytree(
            ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "src")}

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    made = run("tools/make_room.py", "orchards")
    assert "src/greensilk/rooms.py" in made
    contract = ("tests/house/test_rooms.py", "tests/orchards", "-k", "orchards or code or language")
    run("-m", "pytest", "-q", "-p", "no:cacheprovider", *contract)
    assert "示例规则" in run("-m", "greensilk", "orchards", "--lang", "zh")

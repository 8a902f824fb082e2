"""Fixtures shared by all rooms."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def mirror() -> Path:
    """Return the root of the mirror of public data files.

    In continuous integration its absence is a failure, so that no test is silently left out.
    """
    root = os.environ.get("GREENSILK_MIRROR", "")
    if root and Path(root).is_dir():
        return Path(root)
    beside = Path(__file__).resolve().parents[2] / "shared" / "mirror"
    if beside.is_dir():
        return beside
    message = "set GREENSILK_MIRROR to the folder that holds the mirror of public data files"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)

"""The order of the formulas does not depend on what was imported first."""

from __future__ import annotations

import subprocess
import sys


def test_order_is_the_same_whatever_was_imported_first() -> None:
    def names(first: str) -> str:
        code = (
            f"import {first}; from greensilk.core.quantity import quantities; "
            "print([one.method for one in quantities()])"
        )
        return subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout

    assert names("greensilk.methods.wastewater") == names("greensilk.methods.freight")

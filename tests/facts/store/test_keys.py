"""Keys follow what is really imported: whatever a figure passes through changes them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from greensilk.facts import keys, publishers
from greensilk.facts.reports import DatasetReport

REPORTS = [DatasetReport("gcb", "built", "k")]
OUTSIDE = ("greensilk.facts.export", "greensilk.facts.search", "greensilk.engine.run")


@pytest.fixture
def touch(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Return a function that makes one file read as if it had another line."""
    read = Path.read_bytes

    def change(path: Path) -> None:
        def other(self: Path) -> bytes:
            return read(self) + b"\n# another line\n" if self == path else read(self)

        monkeypatch.setattr(Path, "read_bytes", other)
        keys.forget()

    keys.forget()
    yield change
    monkeypatch.undo()
    keys.forget()


def key_and_name() -> tuple[str, str]:
    return keys.part_key("gcb", {"data": "1"}), keys.build_name(REPORTS)


def file_of(module: str) -> Path:
    file = keys._module_file(module)
    assert file is not None
    return file


@pytest.mark.parametrize("module", keys.imported_modules(keys.READING))
def test_a_module_that_reading_imports_changes_every_part(touch, module: str) -> None:  # type: ignore[no-untyped-def]
    before = keys.part_key("gcb", {"data": "1"})
    touch(file_of(module))
    assert keys.part_key("gcb", {"data": "1"}) != before


@pytest.mark.parametrize("module", keys.imported_modules(keys.ASSEMBLING))
def test_a_module_that_assembling_imports_changes_the_build(touch, module: str) -> None:  # type: ignore[no-untyped-def]
    before = keys.build_name(REPORTS)
    touch(file_of(module))
    assert keys.build_name(REPORTS) != before


@pytest.mark.parametrize("module", OUTSIDE)
def test_a_module_outside_changes_nothing(touch, module: str) -> None:  # type: ignore[no-untyped-def]
    before = key_and_name()
    touch(file_of(module))
    assert key_and_name() == before


def test_the_code_and_data_of_economies_count(touch) -> None:  # type: ignore[no-untyped-def]
    """A change there once left a stale store."""
    folder = keys.PACKAGE / "reference"
    before = key_and_name()
    for path in (folder / "economies.py", folder / "data" / "economies.csv"):
        touch(path)
        key, name = key_and_name()
        assert key != before[0]
        assert name != before[1]


def test_a_publisher_counts_for_its_own_part_only(touch) -> None:  # type: ignore[no-untyped-def]
    before = {name: keys.part_key(name, {}) for name in publishers.names()}
    touch(file_of("greensilk.facts.publishers.irena"))
    after = {name: keys.part_key(name, {}) for name in publishers.names()}
    assert {name for name in before if before[name] != after[name]} == {"irena"}


def test_a_shared_reader_counts_for_those_who_read_with_it(touch) -> None:  # type: ignore[no-untyped-def]
    before = {name: keys.part_key(name, {}) for name in publishers.names()}
    touch(file_of("greensilk.facts.readers.ddf"))
    changed = {name for name in before if before[name] != keys.part_key(name, {})}
    assert {"aquastat", "fra", "gapminder", "unsd_sdg"} <= changed
    assert "gcb" not in changed


@pytest.mark.parametrize(
    "module", [keys.READING, keys.ASSEMBLING, "greensilk.facts.publishers.grid_intensity"]
)
def test_the_closure_holds_what_python_imports(module: str) -> None:
    """Nothing that is loaded at run time is missing but what the doors of packages load."""
    doors = "greensilk.core, greensilk.reference, greensilk.facts, greensilk.facts.publishers"
    assert loaded(module) - loaded(doors) <= set(keys.imported_modules(module))


def loaded(modules: str) -> set[str]:
    code = (
        f"import sys, {modules}; "
        "print(*[name for name in sys.modules if name.startswith('greensilk.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    packages = {"greensilk.facts.readers"}
    return set(done.stdout.split()) - packages

"""A room imports only from the rooms above it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "greensilk"

# the way of the data, from the ground up: a room may import rooms of a smaller number
ORDER = {
    "rooms": 0,
    "core": 1,
    "reference": 3,
    "facts": 4,
    "methods": 4,
    "projects": 5,
    "demo": 6,
    "engine": 7,
    "judge": 8,
    "country": 8,
    "report": 9,
    "output": 9,
    "stream": 10,
    "appraisal": 11,
    "cli": 12,
}


def _imports() -> list[tuple[str, str, str]]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room in ("__init__", "__main__"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        guarded = {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
            for inner in ast.walk(node)
        }
        for node in ast.walk(tree):
            if id(node) in guarded:
                continue
            names = []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = (
                    [f"greensilk.{item.name}" for item in node.names]
                    if node.module == "greensilk"
                    else [node.module]
                )
            elif isinstance(node, ast.Import):
                names = [item.name for item in node.names]
            found.extend(
                (room, name.split(".")[1], str(path.relative_to(PACKAGE)))
                for name in names
                if name.startswith("greensilk.")
            )
    return found


def test_every_room_has_its_place() -> None:
    rooms = {
        path.stem
        for path in PACKAGE.iterdir()
        if path.suffix == ".py" or (path.is_dir() and any(path.glob("*.py")))
    } - {"__init__", "__main__"}
    assert rooms == set(ORDER)


@pytest.mark.parametrize("room", sorted(ORDER))
def test_room_imports_only_from_above(room: str) -> None:
    wrong = [
        f"{path} imports {other}"
        for here, other, path in _imports()
        if here == room and other in ORDER and other != room and ORDER[other] >= ORDER[room]
    ]
    assert not wrong, "\n".join(wrong)


def test_the_engine_knows_no_sector() -> None:
    words = {"hydro", "wind", "solar", "rail", "waste", "freight", "coal"}
    for path in sorted((PACKAGE / "engine").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {
            node.body[0].value.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
            and ast.get_docstring(node)
        }
        strings = {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        } - docs
        assert not {word for word in words for text in strings if word in text.split("_")}, path

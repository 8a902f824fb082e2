"""The shape of the source: no circle, few late imports, names of the field."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import grimp
import pytest

from greensilk.core.room import Room, rooms
from greensilk.rooms import ROOMS

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "greensilk"
sys.path.insert(0, str(ROOT / "tools"))

import structure  # noqa: E402  # a script beside the package, not a part of it

# what stands above the rooms, from the top
ABOVE = ("__main__", "cli", "appraisal", "stream", "output", "demo")
BELOW = ("core", "rooms")


@pytest.fixture(scope="module")
def figures() -> dict[str, int]:
    return structure.measure()


@pytest.mark.parametrize(
    ("figure", "limit"),
    [
        ("circles", 0),
        ("imports in functions", 40),
        ("Any", 150),
        ("dialect names", 60),
    ],
)
def test_the_house_keeps_its_shape(figures: dict[str, int], figure: str, limit: int) -> None:
    assert figures[figure] <= limit


def test_a_circle_would_be_seen() -> None:
    assert structure.circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]


def test_rooms_stand_in_their_order() -> None:
    graph = grimp.build_graph("greensilk")
    layers = [*ABOVE, *reversed(ROOMS), "core", "rooms"]
    illegal = graph.find_illegal_dependencies_for_layers(layers=layers, containers={"greensilk"})
    assert not illegal, [
        (item.importer, item.imported, sorted(map(str, item.routes))) for item in illegal
    ]


def test_every_package_is_a_room_or_has_its_place() -> None:
    packages = {
        path.stem
        for path in PACKAGE.iterdir()
        if path.suffix == ".py" or (path.is_dir() and any(path.glob("*.py")))
    } - {"__init__"}
    assert packages - {*ABOVE, *BELOW} == set(ROOMS)


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_room_imports_only_what_it_says_it_needs(room: Room) -> None:
    graph = grimp.build_graph("greensilk")
    package = f"greensilk.{room.name}"
    inside = {name for name in graph.modules if name == package or name.startswith(package + ".")}
    used = {
        imported.split(".")[1]
        for module in inside
        for imported in graph.find_modules_directly_imported_by(module)
        if imported not in inside and imported.count(".") >= 1
    }
    assert used - {"core", "rooms"} <= set(room.needs)
    assert set(room.needs) <= set(ROOMS[: ROOMS.index(room.name)])


def test_formulas_import_nothing_but_numpy_and_the_decorator() -> None:
    allowed = {"__future__", "numpy", "numpy.typing", "typing", "greensilk.core.quantity"}
    edges = {"__init__", "room", "commands", "book", "registry"}
    wrong = []
    for path in sorted((PACKAGE / "methods").glob("*.py")):
        if path.stem in edges:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                wrong += [f"{path.name}: {n.name}" for n in node.names if n.name != "numpy"]
            elif isinstance(node, ast.ImportFrom):
                module = str(node.module)
                # one formula may build on another
                if module not in allowed and not module.startswith("greensilk.methods."):
                    wrong.append(f"{path.name}: {module}")
    assert not wrong, "\n".join(wrong)


def test_the_engine_knows_no_sector() -> None:
    sectors = {"hydro", "wind", "solar", "rail", "waste", "freight", "coal"}
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
        assert not {word for word in sectors for text in strings if word in text.split("_")}, path

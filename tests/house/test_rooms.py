"""What every room promises: this runs over all of them, and over each new one by itself."""

from __future__ import annotations

import ast
import inspect
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from greensilk.core.document import Document
from greensilk.core.room import Room, rooms
from greensilk.core.text import catalogue
from greensilk.report.render import FORMS, write

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "greensilk"
# modules that may know a language: words, and the thin edges where they are said
EDGES = (
    *("core/text/", "core/console/", "core/languages.py", "core/rendering.py", "core/errors.py"),
    *("report/", "cli/", "appraisal.py", "output.py", "stream.py"),
    # records that hold a name in either language, and the pages of the method book
    *("reference/economies.py", "reference/laws.py", "engine/book.py"),
)
EDGE_MODULES = ("commands.py", "view.py", "template.py", "__init__.py")

each_room = pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)


def sources(folder: Path = PACKAGE) -> list[tuple[str, ast.Module]]:
    return [
        (str(path.relative_to(PACKAGE)), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(folder.rglob("*.py"))
    ]


def resolve(room: Room, where: str) -> Any:
    module, _, name = where.partition(":")
    full = module if module.startswith("greensilk.") else f"greensilk.{room.name}.{module}"
    return getattr(import_module(full), name)


def is_edge(path: str) -> bool:
    return path.startswith(EDGES) or path.rpartition("/")[2] in EDGE_MODULES


@each_room
def test_a_room_is_what_it_declares(room: Room) -> None:
    folder = PACKAGE / room.name
    assert (folder / "__init__.py").is_file()
    for table in room.tables:
        assert (folder / table).exists(), table
    for _, where in (*room.commands, *room.pages):
        assert callable(resolve(room, where))


@each_room
def test_public_names_exist_and_are_documented(room: Room) -> None:
    package = import_module(f"greensilk.{room.name}")
    public = getattr(package, "__all__", ())
    assert inspect.getdoc(package)
    for name in public:
        value = getattr(package, name)
        if callable(value):
            assert inspect.getdoc(value), f"{room.name}.{name}"


@each_room
def test_every_table_of_a_room_is_declared(room: Room) -> None:
    folder = PACKAGE / room.name
    tables = {str(path.relative_to(folder)) for path in folder.rglob("*.csv")}
    undeclared = {
        table
        for table in tables - {"data/labels.csv"}
        if not any(table == known or table.startswith(f"{known}/") for known in room.tables)
    }
    assert not undeclared


def codes_raised() -> list[tuple[str, str]]:
    """Return where, and the key in the catalogue, of every code written in the source."""
    keys = []
    for path, tree in sources():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else ""
            name = function.id if isinstance(function, ast.Name) else name
            first = node.args[0]
            if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
                continue
            code = first.value
            if re.fullmatch(r"[A-Z]\w+Error", name) and name in LIBRARY_ERRORS:
                prefix = "kind" if name.startswith("Unknown") else "error"
                keys.append((path, f"{prefix}.{code}"))
            elif name == "Fault":
                keys.append((path, f"fault.{code}"))
            elif name in SPEAKING and re.fullmatch(r"[\w ]+(\.[\w ]+)+", code):
                keys.append((path, code))
    return keys


SPEAKING = ("Label", "Sentence", "render", "text", "label")
LIBRARY_ERRORS = {
    name
    for name, value in vars(import_module("greensilk.core.errors")).items()
    if inspect.isclass(value) and issubclass(value, Exception)
} - {"InputError"} | {"UnknownCommandError"}


def test_every_code_has_words_in_both_languages() -> None:
    lacking = sorted({(path, key) for path, key in codes_raised() if key not in catalogue()})
    assert not lacking, "\n".join(f"{path}: {key}" for path, key in lacking)


def test_no_error_is_raised_with_a_sentence() -> None:
    wrong = [
        (path, key)
        for path, key in codes_raised()
        if re.search(r"[\s{}]", key.partition(".")[2]) and key.startswith(("error.", "fault."))
    ]
    assert not wrong


def test_no_language_outside_text_and_edges() -> None:
    wrong = []
    for path, tree in sources():
        if is_edge(path):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.arg) and node.arg in ("lang", "language"):
                wrong.append(f"{path}:{node.lineno} parameter {node.arg}")
            elif isinstance(node, ast.Compare) and any(
                isinstance(c, ast.Constant) and c.value in ("zh", "en")
                for c in [node.left, *node.comparators]
            ):
                wrong.append(f"{path}:{node.lineno} {ast.unparse(node)}")
    assert not wrong, "\n".join(wrong)


def test_no_chinese_sentence_in_code_that_computes() -> None:
    wrong = []
    for path, tree in sources():
        if is_edge(path):
            continue
        docs = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and ast.get_docstring(node) is not None
        }
        wrong += [
            f"{path}:{node.lineno} {node.value[:30]}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docs
            # what is read in a file may be Chinese: the alternatives of a pattern
            and not re.search(r"[|\[\]]", node.value)
            and len(re.findall(r"[\u4e00-\u9fff]", node.value)) > 12
        ]
    assert not wrong, "\n".join(wrong)


VIEWS = [(room, *(*view, "")[:3]) for room in rooms() for view in room.views]


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    """Return the document of every view on its packaged example, made once."""
    made = {}
    for room, name, view, example in VIEWS:
        function = resolve(room, view)
        result = [resolve(room, example)()] if example else []
        made[f"{room.name}.{name}"] = function(*result)
    return made


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("view", [f"{room.name}.{name}" for room, name, *_ in VIEWS])
def test_every_view_renders_in_every_form_and_language(
    documents: dict[str, Document], view: str, form: str, lang: str, tmp_path: Path
) -> None:
    path = write(documents[view], tmp_path / f"page{form}", lang)
    size = path.stat().st_size
    assert size > (20 if form == ".txt" else 500)


@pytest.mark.parametrize("view", [f"{room.name}.{name}" for room, name, *_ in VIEWS])
def test_no_view_prints_a_code_where_words_belong(
    documents: dict[str, Document], view: str
) -> None:
    assert list(documents[view].walk())


# numbers of a technique, not of a judgement: bytes of an encoding, halves of a generator
TECHNICAL = ("projects/readers/encoding.py", "engine/draws.py")
COMMON = {-1, 0, 1, 2, 3, 100}


@each_room
def test_no_threshold_stands_in_code(room: Room) -> None:
    """A number that something is compared with is a row of a table, with its reason."""
    wrong = []
    for path, tree in sources():
        if not path.startswith(f"{room.name}/") or path in TECHNICAL or is_edge(path):
            continue
        for node in ast.walk(tree):
            if not isinstance(node, ast.Compare):
                continue
            sides = [node.left, *node.comparators]
            if any(
                isinstance(side, ast.Call) and ast.unparse(side.func) == "len" for side in sides
            ):
                continue
            wrong += [
                f"{path}:{node.lineno} {ast.unparse(node)}"
                for side in sides
                if isinstance(side, ast.Constant)
                and isinstance(side.value, int | float)
                and side.value not in COMMON
            ]
    assert not wrong, "\n".join(wrong)

"""Whatever the room says is a code with a sentence in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import greensilk as gs
from greensilk.core.errors import GreenSilkError
from greensilk.core.findings import FINDINGS
from greensilk.core.text import catalogue, render
from greensilk.core.text.parameters import decode
from greensilk.facts import Facts, keys
from greensilk.facts.thresholds import thresholds

from .conftest import House

ROOM = keys.PACKAGE / "facts"
IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")


def errors() -> Iterator[tuple[str, ast.Call]]:
    kinds = {kind.__name__ for kind in _tree(GreenSilkError)}
    for path in sorted(ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if named and node.func.id in kinds and node.args:
                yield str(path.relative_to(ROOM)), node


def _tree(kind: type[GreenSilkError]) -> Iterator[type[GreenSilkError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _tree(child)


ERRORS = [pytest.param(node, id=f"{path}:{node.lineno}") for path, node in errors()]


@pytest.mark.parametrize("node", ERRORS)
def test_an_error_is_a_code_with_its_sentence_and_its_blanks(node: ast.Call) -> None:
    first = node.args[0]
    if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
        return  # built from what was noted before
    assert isinstance(node.func, ast.Name)
    prefix = "kind" if node.func.id == "UnknownNameError" else "error"
    entry = catalogue()[f"{prefix}.{first.value}"]
    assert IDEOGRAPH.search(entry["zh"])
    if prefix == "error":
        given = {keyword.arg for keyword in node.keywords} - {"faults"}
        for lang in ("en", "zh"):
            assert set(re.findall(r"{(\w+)}", entry[lang])) == given


def test_every_threshold_has_a_reason_in_both_languages() -> None:
    for row in thresholds().values():
        assert len(row.en) > 8, row.id
        assert IDEOGRAPH.search(row.zh), row.id


def test_every_check_has_a_reason_in_both_languages() -> None:
    with Facts.open() as facts:
        rows = facts.quality().to_pylist()
    assert {row["check"] for row in rows} == {"disagreement", "out_of_range", "jump"}
    for row in rows:
        for lang in ("en", "zh"):
            sentence = render(row["reason_code"], lang, decode(row["reason_params"]))
            assert "{" not in sentence
        if row["check"] == "disagreement":
            assert decode(row["reason_params"]) == {"ratio": row["ratio"]}


def test_what_checks_say_are_findings() -> None:
    table = gs.facts.quality_findings(economy="KEN")
    assert table.schema == FINDINGS
    row = table.to_pylist()[0]
    assert (row["subject"], row["room"], row["outcome"]) == ("KEN", "facts", "doubtful")
    assert row["unit"]
    assert row["year"].isdigit()


def test_an_export_says_why_in_both_languages(house: House, tmp_path: Path) -> None:
    house.write("alpha", [("forest", "KEN", 2021, 100, ""), ("rain", "KEN", 2020, 1, "")])
    house.build()
    with Facts.open(house.root) as facts:
        gs.facts.export(facts, tmp_path / "out", "csv", licence="any")
    text = (tmp_path / "out" / "quality.csv").read_text(encoding="utf-8")
    assert "times the middle of the concept" in text
    assert "为同一概念中位值的" in text
    assert "quality.disagreement" in text


def test_whatever_a_command_does_is_a_function() -> None:
    for name in ("build", "search", "get", "compare", "profile", "status", "quality", "export"):
        assert callable(getattr(gs.facts, name))
    assert gs.facts.search("水资源").num_rows > 0
    assert gs.facts.get("forest_area", economy="肯尼亚", year="latest").num_rows == 1

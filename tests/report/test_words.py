from __future__ import annotations

import ast
import re
from importlib.resources import files
from pathlib import Path

from greensilk.core.text import Label, Name, catalogue, render_value
from greensilk.report.views.claims import claim_name
from greensilk.report.views.portfolio import Project

ROOM = Path(str(files("greensilk.report")))


def used_keys() -> set[str]:
    """Return every key of the catalogue that a view or a renderer names in full."""
    keys = set()
    for path in ROOM.rglob("*.py"):
        if "country" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                keys |= set(re.findall(r"^(?:report|render)\.[a-z_0-9.]+[a-z_0-9]$", node.value))
    # modules of the package, named where it loads them
    keys -= {f"render.{item.stem}" for item in (ROOM / "render").glob("*.py")}
    for path in (ROOM / "render" / "templates").glob("*.j2"):
        keys |= set(re.findall(r'"(render\.[a-z_]+)"', path.read_text(encoding="utf-8")))
    return keys


def test_every_sentence_of_the_report_is_in_the_catalogue() -> None:
    keys = used_keys()
    assert len(keys) > 100
    assert keys <= set(catalogue())


def test_every_sentence_in_the_catalogue_is_used() -> None:
    keys = used_keys()
    # keys made of a prefix and a code
    made = (
        *("report.baselines.status.", "report.summary.count.", "report.grade.", "report.term."),
        *("report.option.", "report.sheet.", "report.issues.", "report.severity."),
        *("report.badge.", "report.project.", "report.summary.", "render."),
    )
    unused = {
        key
        for key in catalogue()
        if key.startswith(("report.", "render.")) and key not in keys and not key.startswith(made)
    }
    assert not unused


def test_both_languages_fill_the_same_blanks() -> None:
    for key, entry in catalogue().items():
        if key.startswith("report."):
            blanks = [sorted(set(re.findall(r"{(\w+)}", entry[lang]))) for lang in ("en", "zh")]
            assert blanks[0] == blanks[1], key


def test_claims_are_named_without_the_word_claim() -> None:
    claim = {"claim": "claimed_sulphur_dioxide", "quantity": "sulphur_dioxide_avoided"}
    assert claim_name(claim) == Name("sulphur_dioxide_avoided")
    claim = {"claim": "annual_generation", "quantity": "expected_generation"}
    assert claim_name(claim) == Name("annual_generation")


def test_a_country_or_technology_we_do_not_know_keeps_its_code() -> None:
    project = Project("P", ("", ""), countries=["PAK", "QQQ"], technologies=["csp", "solar_pv"])
    assert render_value(project.country, "zh") == "巴基斯坦、QQQ"
    assert render_value(project.technology, "zh") == "光热发电＋光伏发电"
    assert render_value(Label("technology.perpetual"), "zh") == "perpetual"
    assert project.name == "P"

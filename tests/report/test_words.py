from __future__ import annotations

import ast
import re
from importlib.resources import files

from greensilk.core.text import catalogue
from greensilk.report.data import ReportData
from greensilk.report.words import Words

ROOM = files("greensilk.report")


def used_keys() -> set[str]:
    keys = set()
    for item in (ROOM / "templates").iterdir():
        if item.name.endswith(".j2"):
            text = item.read_text(encoding="utf-8")
            keys |= set(re.findall(r'\bt\("([a-z_0-9.]+)"[,)]', text))
            keys |= set(re.findall(r'"(nav\.[a-z]+)"', text))
    for item in ROOM.iterdir():
        if item.name.endswith(".py"):
            for node in ast.walk(ast.parse(item.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr == "say"
                    and isinstance(node.args[0], ast.Constant)
                ):
                    keys.add(node.args[0].value)
    return keys


def test_every_sentence_of_the_report_is_in_the_catalogue() -> None:
    keys = used_keys()
    assert len(keys) > 100
    assert {f"report.{key}" for key in keys} <= set(catalogue())


def test_both_languages_fill_the_same_blanks() -> None:
    for key, entry in catalogue().items():
        if key.startswith("report."):
            blanks = [sorted(set(re.findall(r"{(\w+)}", entry[lang]))) for lang in ("en", "zh")]
            assert blanks[0] == blanks[1], key


def test_claims_are_named_without_the_word_claim() -> None:
    assert Words("en").claim("claimed_sulphur_dioxide") == "Sulphur dioxide avoided"
    assert Words("zh").claim("claimed_standard_coal") == "节约标准煤"


def test_a_country_or_technology_we_do_not_know_keeps_its_code() -> None:
    words = Words("zh")
    assert words.country("PAK") == "巴基斯坦"
    assert words.country("QQQ") == "QQQ"
    assert words.technologies(["csp", "solar_pv"]) == "光热发电＋光伏发电"
    assert words.technology("perpetual_motion") == "Perpetual motion"


def test_the_contract_names_what_the_page_reads() -> None:
    wanted = {"evidence", "audit", "consistency", "baselines", "issues", "projects", "totals"}
    assert wanted | {"options", "methods", "explain"} <= set(dir(ReportData))

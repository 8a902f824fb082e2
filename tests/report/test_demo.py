"""The report of the packaged projects, as the command makes it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import html as parser

import greensilk as gs
from greensilk import reference
from greensilk.core.text import catalogue, name_label
from greensilk.demo import projects_path
from greensilk.engine.packaged import default_graph
from greensilk.report import render_html, write


@pytest.fixture(scope="module")
def result() -> Any:
    with projects_path() as path:
        return gs.appraise(path, draws=60)


@pytest.fixture(scope="module", params=["en", "zh"])
def tree(request: Any, result: Any) -> Any:
    return parser.document_fromstring(render_html(result.document, request.param).encode())


def test_every_link_leads_somewhere(tree: Any) -> None:
    ids = [item.get("id") for item in tree.iter() if item.get("id")]
    assert len(ids) == len(set(ids))
    targets = {item.get("href")[1:] for item in tree.iter("a") if item.get("href")[0] == "#"}
    assert targets <= set(ids)


def test_all_projects_have_a_section(tree: Any, result: Any) -> None:
    assert len(tree.xpath("//details[@class='entry']")) == result.projects.num_rows


def test_the_portfolio_s_total_is_the_one_of_the_appraisal(tree: Any, result: Any) -> None:
    whole = next(
        row for row in result.totals.to_pylist()
        if row["quantity"] == "emission_reductions" and not row["family"]
    )  # fmt: skip
    figure = float(tree.xpath("//div[@class='card good']/div[@class='figure']")[0].text)
    size = 1e4 if tree.get("lang") == "zh-CN" else 1e6
    assert figure * size == pytest.approx(whole["value"], rel=0.05)


def test_no_code_is_shown_where_words_belong(tree: Any, result: Any) -> None:
    for item in [*tree.iter("code", "script", "style", "svg")]:
        item.drop_tree()
    for item in tree.xpath("//*[contains(@class,'formula')]"):
        item.text = None
    # names of parts and of columns are the file's own, names of tables and repositories citations
    own = {*result.components.column("component").to_pylist(), *reference.names()}
    own |= {*result.components.column_names, "geolocation_source"}
    text = re.sub(r"\S+\.(csv|parquet)|ddf--\S+", "", tree.text_content())
    assert set(re.findall(r"\b[a-z]+(?:_[a-z0-9]+)+\b", text)) <= own


def test_every_name_that_can_appear_in_a_tree_has_words() -> None:
    graph = default_graph()
    names = {name for formula in graph.formulas for name in formula.inputs} | set(graph.lookups)
    bare = {
        name
        for name in names
        if f"name.{name}" not in catalogue() and name_label(name, "zh") == name.replace("_", " ")
    }
    assert not bare


def test_the_workbook_opens(result: Any, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write(result.document, tmp_path / "report.xlsx", "zh"))
    assert book["项目"].max_row == result.projects.num_rows + 1
    assert book["数值与依据"].max_row == result.evidence.num_rows + 1

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from lxml import html as parser

from greensilk.core.errors import OutputError, UnknownNameError
from greensilk.report import render_html, write_html

LANGUAGES = ("en", "zh")
ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def page(text: str) -> Any:
    return parser.document_fromstring(text.encode())


def column(table: pa.Table, name: str, change: Any) -> pa.Table:
    values = [change(value) for value in table.column(name).to_pylist()]
    return table.set_column(table.column_names.index(name), name, pa.array(values, pa.string()))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_its_parts_in_the_reader_s_language(sample: Any, lang: str) -> None:
    tree = page(render_html(sample, lang))
    assert tree.get("lang") == ("zh-CN" if lang == "zh" else "en")
    order = [section.get("id") for section in tree.iter("section")]
    assert order == [
        "key", "claims", "quality", "baselines", "issues", "projects", "methods", "sources",
        "terms",
    ]  # fmt: skip
    assert len(tree.findall(".//svg")) == 4
    assert len(tree.xpath("//details[@class='project']")) == 13
    text = tree.text_content()
    assert ("Karot hydropower plant" if lang == "en" else "卡洛特水电站") in text


def test_key_numbers_stand_apart(sample: Any) -> None:
    text = render_html(sample, "en")
    cards = re.findall(r'<div class="figure">([^<]*)<small>([^<]*)</small>', text)
    assert [unit for _, unit in cards[:2]] == ["Mt CO₂e/yr", "Mt CO₂e/yr"]
    values = dict(zip(sample.totals.column("quantity").to_pylist(),
                      sample.totals.column("value").to_pylist(), strict=True))  # fmt: skip
    assert float(cards[0][0]) == pytest.approx(values["emission_reductions"] / 1e6, rel=0.02)
    assert float(cards[1][0]) == pytest.approx(values["project_emissions"] / 1e6, rel=0.02)


def test_the_page_fetches_nothing(sample: Any) -> None:
    text = render_html(sample, "zh")
    tree = page(text)
    assert not tree.findall(".//link")
    assert not [item for item in tree.iter() if item.get("src")]
    assert "@import" not in text
    assert not re.search(r"url\(\s*['\"]?(https?:)?//", text)
    # an address may stand in a link, which asks for nothing until it is followed
    for item in tree.iter():
        if isinstance(item.tag, str) and item.tag != "a":
            for name, value in item.attrib.items():
                if name.startswith("xmlns"):
                    continue
                assert not value.startswith(("http:", "https:", "//")), (item.tag, name, value)


def test_the_policy_allows_the_page_s_own_script_only(sample: Any) -> None:
    tree = page(render_html(sample, "en"))
    scripts = tree.findall(".//script")
    assert len(scripts) == 1
    wanted = base64.b64encode(hashlib.sha256(scripts[0].text.encode()).digest()).decode()
    policy = next(item.get("content") for item in tree.iter("meta") if item.get("http-equiv"))
    assert f"script-src 'sha256-{wanted}'" in policy
    assert policy.startswith("default-src 'none'")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_from_a_file_cannot_become_markup(sample: Any, lang: str) -> None:
    def spoil(value: str | None) -> str:
        return f"{value or ''}{ATTACK}"

    for name in ("project_id", "name", "name_zh", "country", "technology"):
        sample.projects = column(sample.projects, name, spoil)
    for table in ("evidence", "audit", "consistency", "baselines"):
        setattr(sample, table, column(getattr(sample, table), "project_id", spoil))
    sample.audit = column(sample.audit, "claimed_text", spoil)
    sample.audit = column(sample.audit, "reason_en", spoil)
    sample.audit = column(sample.audit, "reason_zh", spoil)
    sample.baselines = column(sample.baselines, "candidate", spoil)
    sample.options = sample.options | {"title": ATTACK}
    sample.issues = [
        dataclasses.replace(fault, project_id=fault.project_id + ATTACK, value=ATTACK)
        for fault in sample.issues
    ]
    sample.trees = {spoil(key): tree for key, tree in sample.trees.items()}
    for tree in sample.trees.values():
        tree.source = ATTACK
    tree = page(render_html(sample, lang))
    assert len(tree.findall(".//script")) == 1
    assert not tree.findall(".//img")
    assert not [item for item in tree.iter() for name in item.attrib if name.startswith("on")]
    assert ATTACK in tree.text_content()
    assert tree.findtext(".//title") == ATTACK


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_link_leads_to_one_place(sample: Any, lang: str) -> None:
    tree = page(render_html(sample, lang))
    ids = [item.get("id") for item in tree.iter() if item.get("id")]
    assert len(ids) == len(set(ids))
    targets = [item.get("href")[1:] for item in tree.iter("a") if item.get("href")[0] == "#"]
    assert targets
    assert set(targets) <= set(ids)


def test_projects_whose_codes_differ_in_signs_only_keep_their_own_links(sample: Any) -> None:
    twin = sample.projects.slice(0, 2)
    twin = twin.set_column(0, "project_id", pa.array(["a b", "a/b"]))
    sample.projects = pa.concat_tables([sample.projects, twin])
    ids = [
        item.get("id")
        for item in page(render_html(sample, "en")).iter("details")
        if (item.get("id") or "").startswith("project-a-b")
    ]
    assert len(set(ids)) == 2


def test_no_code_is_shown_where_words_belong(sample: Any) -> None:
    tree = page(render_html(sample, "zh"))
    for item in [*tree.iter("code"), *tree.iter("script"), *tree.iter("style"), *tree.iter("svg")]:
        item.drop_tree()
    for item in [*tree.findall(".//*[@class='why formula']"), *tree.findall(".//td[@class]")]:
        item.text = None
    assert not re.findall(r"\b[a-z]+_[a-z_]+\b", tree.text_content())


def test_claims_that_do_not_hold_come_first_and_say_why(sample: Any) -> None:
    tree = page(render_html(sample, "en"))
    section = next(item for item in tree.iter("section") if item.get("id") == "claims")
    rows = section.findall(".//table[@class='claims']/tbody/tr")
    assert rows[0].findtext("th/a") == "Penang rooftop array"
    marks = [mark.get("class") for row in rows for mark in row.findall(".//span[@class]")]
    verdicts = [mark for mark in marks if mark.startswith("verdict")]
    assert verdicts[0] == "verdict implausible"
    assert set(verdicts) == {"verdict implausible", "verdict high", "verdict low"}
    assert rows[2].text_content().strip().startswith("It would need a factor")
    assert "220 times our estimate" in rows[1].text_content()
    assert "1/27 of our estimate" in section.text_content()


def test_the_tree_shows_sources_and_words(sample: Any) -> None:
    text = page(render_html(sample, "zh")).text_content()
    assert "IFI TWG: Harmonized Grid Emission Factors, v3.2 (2022), PAK" in text
    assert "组合边际排放因子" in text


def test_what_matters_most_is_the_grid_factor(sample: Any) -> None:
    tree = page(render_html(sample, "en"))
    section = next(item for item in tree.iter("section") if item.get("id") == "quality")
    first = section.find(".//tbody/tr")
    assert first.findtext("th").startswith("Combined margin")


def test_an_empty_portfolio_still_makes_a_page(sample: Any) -> None:
    for name in ("evidence", "audit", "consistency", "baselines", "projects", "totals"):
        setattr(sample, name, getattr(sample, name).slice(0, 0))
    sample.issues = []
    sample.methods = []
    tree = page(render_html(sample, "en"))
    assert [item.get("id") for item in tree.iter("section")] == ["key", "terms"]


def test_an_appraisal_without_ranges_makes_a_page(sample: Any) -> None:
    nothing = pa.nulls(sample.evidence.num_rows, pa.float64())
    for name in ("low", "high"):
        place = sample.evidence.column_names.index(name)
        sample.evidence = sample.evidence.set_column(place, name, nothing)
        none = pa.nulls(sample.totals.num_rows, pa.float64())
        sample.totals = sample.totals.set_column(sample.totals.column_names.index(name), name, none)
    assert "<h1>" in render_html(sample, "en")


def test_polars_frames_and_coded_columns_are_read(sample: Any) -> None:
    import polars as pl

    plain = render_html(sample, "en")
    sample.audit = pl.from_arrow(sample.audit)
    sample.consistency = pl.from_arrow(sample.consistency)
    for name in ("quantity", "unit", "method", "basis"):
        place = sample.evidence.column_names.index(name)
        coded = sample.evidence.column(name).dictionary_encode()
        sample.evidence = sample.evidence.set_column(place, name, coded)
    assert render_html(sample, "en") == plain


def test_the_same_appraisal_makes_the_same_page(sample: Any) -> None:
    assert render_html(sample, "zh") == render_html(sample, "zh")


def test_an_unknown_language_is_refused(sample: Any) -> None:
    with pytest.raises(UnknownNameError, match="language"):
        render_html(sample, "fr")


def test_writing(sample: Any, tmp_path: Path) -> None:
    target = write_html(sample, tmp_path / "report.html", "zh")
    assert target.read_text(encoding="utf-8") == render_html(sample, "zh")
    with pytest.raises(OutputError, match=r"report\.html"):
        write_html(sample, tmp_path / "missing" / "report.html")

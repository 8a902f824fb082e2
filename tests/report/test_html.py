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

from greensilk import reference
from greensilk.core.errors import OutputError, UnknownNameError
from greensilk.report import appraisal_view, render_html, write

from .conftest import PROJECTS

LANGUAGES = ("en", "zh")
ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def render(sample: Any, lang: str = "en") -> str:
    return render_html(appraisal_view(sample), lang)


def page(text: str) -> Any:
    return parser.document_fromstring(text.encode())


def column(table: pa.Table, name: str, change: Any) -> pa.Table:
    values = [change(value) for value in table.column(name).to_pylist()]
    return table.set_column(table.column_names.index(name), name, pa.array(values, pa.string()))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_its_parts_in_the_reader_s_language(sample: Any, lang: str) -> None:
    tree = page(render(sample, lang))
    assert tree.get("lang") == ("zh-CN" if lang == "zh" else "en")
    order = [section.get("id") for section in tree.iter("section")]
    assert order == [
        "key", "claims", "quality", "baselines", "reading", "issues", "projects", "methods",
        "sources", "terms",
    ]  # fmt: skip
    assert len(tree.xpath("//figure/svg")) == 5
    assert len(tree.xpath("//details[@class='entry']")) == PROJECTS
    text = tree.text_content()
    assert ("Karot hydropower plant" if lang == "en" else "卡洛特水电站") in text


def test_key_numbers_stand_apart(sample: Any) -> None:
    text = render(sample, "en")
    cards = re.findall(r'<div class="figure">([^<]*)<small>([^<]*)</small>', text)
    assert [unit for _, unit in cards[:2]] == ["Mt CO₂e/yr", "Mt CO₂e/yr"]
    values = dict(zip(sample.totals.column("quantity").to_pylist(),
                      sample.totals.column("value").to_pylist(), strict=True))  # fmt: skip
    assert float(cards[0][0]) == pytest.approx(values["emission_reductions"] / 1e6, rel=0.02)
    assert float(cards[1][0]) == pytest.approx(values["project_emissions"] / 1e6, rel=0.02)


def test_the_page_fetches_nothing(sample: Any) -> None:
    text = render(sample, "zh")
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
    tree = page(render(sample, "en"))
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
        for table in ("projects", "components"):
            setattr(sample, table, column(getattr(sample, table), name, spoil))
    for table in ("evidence", "audit", "consistency", "baselines"):
        setattr(sample, table, column(getattr(sample, table), "project_id", spoil))
    sample.audit = column(sample.audit, "claimed_text", spoil)
    sample.options = {**sample.options, "title": ATTACK}
    sample.issues = [
        dataclasses.replace(fault, project_id=fault.project_id + ATTACK, value=ATTACK)
        for fault in sample.issues
    ]
    explain = sample.explain

    def attacked(project: str, quantity: str) -> Any:
        tree = explain(project.removesuffix(ATTACK), quantity)
        tree.source = tree.note = ATTACK
        return tree

    sample.explain = attacked
    tree = page(render(sample, lang))
    assert len(tree.findall(".//script")) == 1
    assert not tree.findall(".//img")
    assert not [item for item in tree.iter() for name in item.attrib if name.startswith("on")]
    assert ATTACK in tree.text_content()
    assert tree.findtext(".//title") == ATTACK


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_link_leads_to_one_place(sample: Any, lang: str) -> None:
    tree = page(render(sample, lang))
    ids = [item.get("id") for item in tree.iter() if item.get("id")]
    assert len(ids) == len(set(ids))
    targets = [item.get("href")[1:] for item in tree.iter("a") if item.get("href")[0] == "#"]
    assert targets
    assert set(targets) <= set(ids)


def test_projects_whose_codes_differ_in_signs_only_keep_their_own_links(sample: Any) -> None:
    for name in ("projects", "components"):
        table = getattr(sample, name)
        place = table.column_names.index("project_id")
        ids = pa.array(["a b", "a/b", *table.column("project_id").to_pylist()[2:]], pa.string())
        setattr(sample, name, table.set_column(place, "project_id", ids))
    ids = [
        item.get("id")
        for item in page(render(sample, "en")).iter("details")
        if (item.get("id") or "").startswith("project-a-b")
    ]
    assert len(set(ids)) == 2


def test_no_code_is_shown_where_words_belong(sample: Any) -> None:
    tree = page(render(sample, "zh"))
    for item in [*tree.iter("code"), *tree.iter("script"), *tree.iter("style"), *tree.iter("svg")]:
        item.drop_tree()
    # names of tables and repositories are citations
    text = re.sub(r"\S+\.(csv|parquet)|ddf--\S+", "", tree.text_content())
    assert set(re.findall(r"\b[a-z]+_[a-z_]+\b", text)) <= {*reference.names()}


def test_claims_that_do_not_hold_come_first_and_say_why(sample: Any) -> None:
    tree = page(render(sample, "en"))
    section = next(item for item in tree.iter("section") if item.get("id") == "claims")
    rows = section.findall(".//table[@class='fixed']/tbody/tr")
    assert rows[0].findtext("th/a") == "Penang rooftop array"
    marks = [mark.get("class") for row in rows for mark in row.findall(".//span[@class]")]
    verdicts = [mark for mark in marks if mark.startswith("mark")]
    assert verdicts[0] == "mark implausible"
    assert set(verdicts) == {"mark implausible", "mark high", "mark low"}
    assert rows[2].text_content().strip().startswith("It comes to 110 t/MWh")
    assert "216× our estimate" in rows[1].text_content()
    assert "1/27 of our estimate" in section.text_content()


def test_the_tree_shows_sources_and_words(sample: Any) -> None:
    text = page(render(sample, "zh")).text_content()
    assert "Harmonized IFI Default Grid Factors 2021, v3.2" in text
    assert "组合边际排放因子" in text


def test_what_matters_most_is_the_grid_factor(sample: Any) -> None:
    tree = page(render(sample, "en"))
    section = next(item for item in tree.iter("section") if item.get("id") == "quality")
    first = section.find(".//tbody/tr")
    assert first.findtext("th").startswith("Combined margin")


def test_an_empty_portfolio_still_makes_a_page(sample: Any) -> None:
    sample.empty()
    tree = page(render(sample))
    assert [item.get("id") for item in tree.iter("section")] == ["key", "terms"]


def test_an_appraisal_without_ranges_makes_a_page(sample: Any) -> None:
    for name in ("evidence", "totals", "summary", "aggregates"):
        table = getattr(sample, name)
        for end in ("low", "high"):
            place = table.column_names.index(end)
            table = table.set_column(place, end, pa.nulls(table.num_rows, pa.float64()))
        setattr(sample, name, table)
    assert "<h1>" in render(sample)


def test_coded_columns_are_read_as_text(sample: Any) -> None:
    plain = render(sample)
    for name in ("quantity", "unit", "method", "basis"):
        place = sample.evidence.column_names.index(name)
        texts = sample.evidence.column(name).cast(pa.string())
        sample.evidence = sample.evidence.set_column(place, name, texts)
    assert render(sample) == plain


def test_what_is_printed_of_a_total_has_its_range(sample: Any) -> None:
    tree = page(render(sample))
    text = tree.xpath("//section[@id='key']//ul")[0].text_content()
    assert re.search(
        r"avoid about 2\.7 \(2\.4–3\.0\) Mt CO₂e/yr, summed over the 10 projects", text
    )


def test_the_same_appraisal_makes_the_same_page(sample: Any) -> None:
    assert render(sample, "zh") == render(sample, "zh")


def test_an_unknown_language_is_refused(sample: Any) -> None:
    with pytest.raises(UnknownNameError, match="language"):
        render(sample, "fr")


def test_writing(sample: Any, tmp_path: Path) -> None:
    target = write(appraisal_view(sample), tmp_path / "report.html", "zh")
    assert target.read_text(encoding="utf-8") == render(sample, "zh")
    with pytest.raises(OutputError, match="missing"):
        write(appraisal_view(sample), tmp_path / "missing" / "report.html")

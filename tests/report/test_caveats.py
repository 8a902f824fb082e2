"""What must be said beside the totals: reservoirs, clean grids, projects without results."""

from __future__ import annotations

from typing import Any

import openpyxl
import pytest
from lxml import html as parser

from greensilk.appraisal import Appraisal, appraise
from greensilk.report import appraisal_view, render_html, write

FILE = """project_id,name,country,technology,capacity (MW),annual_generation (GWh),\
reservoir_area (km2),claimed_emission_reductions (t)
shallow,Low dam,LAO,hydro,60,250,20,
deep,High dam,LAO,hydro,60,250,1,
zero,Paraguay dam,PRY,hydro,100,450,1,
coal,Coal plant,PAK,coal,1320,9000,,1200000
empty,Solar farm,VNM,solar_pv,,,,
"""


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Appraisal:
    path = tmp_path_factory.mktemp("caveats") / "projects.csv"
    path.write_text(FILE, encoding="utf-8")
    return appraise(path, draws=50)


def texts(result: Appraisal, lang: str) -> tuple[str, dict[str, Any]]:
    tree = parser.document_fromstring(render_html(result.document, lang).encode())
    key = tree.xpath("//section[@id='key']")[0].text_content()
    return key, {item.get("id"): item for item in tree.xpath("//details[@class='entry']")}


def avoided(result: Appraisal, project: str) -> float:
    rows = result.evidence.to_pylist()
    return next(
        row["value"]
        for row in rows
        if (row["project_id"], row["quantity"]) == (project, "emission_reductions")
    )


def test_reservoirs_that_are_not_eligible_are_named(result: Appraisal) -> None:
    share = avoided(result, "shallow")
    key, sections = texts(result, "en")
    assert "One reservoir project at or below 4 W/m² would not be eligible under ACM0002" in key
    assert f"{share / 1e3:.0f} kt CO₂e/yr of the total" in key
    badges = {
        name: item.xpath(".//span[contains(@class, 'caution')]") for name, item in sections.items()
    }
    assert [mark.text for mark in badges["project-shallow"]] == ["≤ 4 W/m²"]
    assert not badges["project-deep"]
    assert "ACM0002 does not accept" in sections["project-shallow"].text_content()
    key, sections = texts(result, "zh")
    assert "1 个水库项目功率密度不高于 4 瓦/平方米" in key
    assert "≤ 4 瓦/平方米" in sections["project-shallow"].text_content()


@pytest.mark.parametrize(
    ("lang", "sentence", "note"),
    [
        ("en", "One project stands on a grid that emits next to nothing", "no thermal plant is"),
        ("zh", "1 个项目所在电网近零排放", "该电网并无火电被替代，此项按中国惯例折算"),
    ],
)
def test_what_follows_a_convention_says_so(
    result: Appraisal, lang: str, sentence: str, note: str
) -> None:
    key, sections = texts(result, lang)
    assert sentence in key
    marked = [row for row in sections["project-zero"].xpath(".//tr") if note in row.text_content()]
    codes = {row.xpath(".//code")[0].text for row in marked}
    assert codes == {
        f"co_benefits.{name}"
        for name in (
            *("standard_coal_saved", "sulphur_dioxide_avoided", "nitrogen_oxides_avoided"),
            *("particulates_avoided",),
        )
    } | ({"co_benefits.water_saved"} & codes)
    assert note not in sections["project-deep"].text_content()


def test_projects_without_results_are_counted(result: Appraisal) -> None:
    # the grid of the solar farm is known, but nothing of the farm itself
    key, _ = texts(result, "en")
    assert "4 with results, 1 without" in key
    assert "5 projects were read: 4 have results; for one nothing can be computed" in key
    key, _ = texts(result, "zh")
    assert "共读入 5 个项目：4 个有计算结果，1 个因资料不足无法计算。" in key


def test_a_reduction_claimed_by_a_coal_plant_is_implausible(result: Appraisal) -> None:
    rows = {row["claim"]: row for row in result.audit.to_pylist() if row["project_id"] == "coal"}
    row = rows["claimed_emission_reductions"]
    assert (row["verdict"], row["reason_code"]) == ("implausible", "fossil_emits_relative")


def test_the_workbook_says_it_too(result: Appraisal, tmp_path: Any) -> None:
    write(result.document, tmp_path / "report.xlsx", "en")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    summary = [str(row[0]) for row in book["Summary"].iter_rows(values_only=True)]
    assert any("not be eligible under ACM0002" in line for line in summary)
    lines = list(book["Projects"].iter_rows(values_only=True))
    place = lines[0].index("Remarks")
    remarks = {line[0]: line[place] for line in lines[1:]}
    assert "ACM0002" in remarks["shallow"]
    assert remarks["deep"] is None


def test_nothing_is_said_where_nothing_is_wrong(sample: Any) -> None:
    tree = parser.document_fromstring(render_html(appraisal_view(sample), "en").encode())
    assert "ACM0002 does not accept" not in tree.text_content()
    section = tree.xpath("//details[@id='project-zhanatas']")[0]
    assert not section.xpath(".//span[contains(@class, 'caution')]")


def test_what_one_project_lacks_is_said_once(result: Appraisal) -> None:
    for lang, words in (("en", "Measured generation is needed to compute:"), ("zh", "方可计算：")):
        tree = parser.document_fromstring(render_html(result.document, lang).encode())
        lines = [item.text_content() for item in tree.xpath("//section[@id='issues']//li")]
        assert sum(words in line for line in lines) == 1
        assert not any("not_computed" in line for line in lines)

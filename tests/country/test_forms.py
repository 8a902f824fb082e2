"""The guide in every form: what publishers wrote stays text, and nothing gets lost."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from openpyxl import load_workbook

from greensilk.core.errors import OutputError
from greensilk.core.text import label
from greensilk.country.gather import CountryGuide
from greensilk.country.view import brief_view
from greensilk.report.render import render_html, render_terminal


class _Page(HTMLParser):
    """Collects the tags, ids and addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if (values.get("href") or "").startswith("#"):
            self.targets.append(str(values["href"])[1:])
        self.loads += [str(values[name]) for name in ("src", "data", "srcset") if values.get(name)]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_page_is_complete_and_loads_nothing(guide: CountryGuide, lang: str) -> None:
    text = render_html(guide.document, lang)
    page = _Page()
    page.feed(text)
    assert text.lstrip().startswith("<!DOCTYPE html>")
    assert page.loads == []
    assert "link" not in page.tags
    assert page.tags.count("script") == 1  # the page's own; that of the name is text
    assert "&lt;script&gt;alert(1)" in text
    assert len(page.ids) == len(set(page.ids))
    assert set(page.targets) <= set(page.ids)
    body = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", text, flags=re.DOTALL)
    assert not re.search(r"\{\w+\}", body)
    assert "<polyline" in text
    for key in ("laws.title", "power.title", "hazards.title", "sources.title"):
        assert label(f"country.{key}", lang) in text


def test_page_speaks_its_language(guide: CountryGuide) -> None:
    english, chinese = (render_html(guide.document, lang) for lang in ("en", "zh"))
    assert 'lang="zh' in chinese
    assert "Environmental Management and Co-ordination Act" in english
    assert "环境管理与协调法" in chinese
    assert "亿千瓦时" in chinese


def test_pdf_sets_what_publishers_wrote_as_text(guide: CountryGuide, tmp_path: Path) -> None:
    path = guide.save(tmp_path / "guide.pdf")
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext of poppler is not installed")
    done = subprocess.run([reader, "-q", str(path), "-"], capture_output=True, check=True)
    text = re.sub(r"\s+", "", done.stdout.decode("utf-8")).replace("”", '"').replace("“", '"')
    assert '=HYPERLINK("x")<script>alert(1)</script>#eval[*a*]&' in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_workbook(guide: CountryGuide, tmp_path: Path, lang: str) -> None:
    book = load_workbook(guide.save(tmp_path / "guide.xlsx", lang))
    for name in ("profile", "laws", "limits", "power", "policy", "treaties", "sources"):
        assert label(f"country.sheet.{name}", lang) in book.sheetnames
    sheet = book[label("country.sheet.profile", lang)]
    heads = [cell.value for cell in sheet[1]]
    index = {
        name: heads.index(label(f"country.column.{name}", lang))
        for name in ("code", "value", "year", "indicator", "rank", "values")
    }
    rows = {row[index["code"]]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    pm = rows["wb_esg.pm"]
    assert [pm[index[name]] for name in ("value", "year", "rank")] == [30, 2019, 64]
    assert pm[index["values"]] == "20 25 30"
    profile = [figure for theme in guide.themes for figure in theme.figures]
    assert set(rows) == {figure.indicator for figure in profile}
    for row in sheet.iter_rows():
        assert all(cell.data_type != "f" for cell in row)


def test_json_holds_the_records_and_both_languages(guide: CountryGuide, tmp_path: Path) -> None:
    read = json.loads(guide.save(tmp_path / "guide.json").read_text(encoding="utf-8"))
    assert read["format"] == 2
    assert read["economy"]["iso3"] == "KEN"
    assert (read["is_snapshot"], read["build"]) == (False, "abc")
    air = next(theme for theme in read["themes"] if theme["code"] == "air")
    assert air["label"] == {"en": "Air", "zh": "大气环境"}
    (figure,) = air["figures"]
    assert (figure["value"], figure["turn"]) == (30.0, "worse")
    assert figure["label"]["zh"] == "wb_esg.pm的名称"
    assert figure["producer_label"]["en"] == "World Bank"
    status = next(row for row in read["policies"] if row["indicator"] == "nzt.target_status")
    assert status["value_label"] == {"en": "in a policy document", "zh": "写入政策文件"}
    assert read["treaties"][0]["since"] == 2017
    assert read["cautions"][0]["label"]["en"]


def test_terminal(guide: CountryGuide) -> None:
    shown = render_terminal(brief_view(guide), "en")
    assert "30 µg/m³†" in shown
    assert "64/150" in shown
    assert "462 g CO₂e/kWh" in shown
    air = render_terminal(brief_view(guide, "air"), "zh")
    assert "wb_esg.pm的名称" in air
    assert "a.forest" not in air


def test_a_file_is_not_replaced_unless_asked(tmp_path: Path, guide: CountryGuide) -> None:
    path = guide.save(tmp_path / "guide.html")
    with pytest.raises(OutputError):
        guide.save(path)
    assert guide.save(path, "zh", force=True) == path
    with pytest.raises(OutputError):
        guide.save(tmp_path / "none" / "guide.html")
    with pytest.raises(OutputError):
        guide.save(tmp_path / "guide.odt")


def test_notebook_shows_the_page(guide: CountryGuide) -> None:
    assert "Kenya" in guide._repr_html_()

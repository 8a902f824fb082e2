"""Every renderer knows every block, in both languages."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import typst
from lxml import html as parser

from greensilk.core.document import Document, Link, Note, Section, Table
from greensilk.core.errors import OutputError, UnknownNameError
from greensilk.core.text import Label, Text
from greensilk.report.render import (
    FORMS,
    check_target,
    render_html,
    render_notebook,
    render_terminal,
    write,
)
from greensilk.report.render.annex import ANNEX, move_to_annex
from greensilk.report.render.docx import render_docx
from greensilk.report.render.fonts import find_fonts
from greensilk.report.render.pdf import render_pdf

from .specimen import ATTACK, specimen

LANGUAGES = ("en", "zh")


def page(text: str) -> Any:
    return parser.document_fromstring(text.encode())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_written_in_both_languages(tmp_path: Path, form: str, lang: str) -> None:
    target = write(specimen(), tmp_path / f"specimen{form}", lang)
    assert target.stat().st_size > 500


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_every_block_and_no_markup_of_others(lang: str) -> None:
    text = render_html(specimen(), lang)
    tree = page(text)
    assert [item.get("id") for item in tree.iter("section")] == [
        "key", "tables", "projects", "terms",
    ]  # fmt: skip
    assert len(tree.xpath("//figure/svg")) == 7
    assert len(tree.xpath("//svg[contains(@class, 'spark')]")) == 3
    assert len(tree.findall(".//script")) == 1
    assert not tree.findall(".//img")
    assert ATTACK in tree.text_content()
    assert ("Karot" if lang == "en" else "卡洛特") in tree.text_content()


def test_links_lead_to_one_place_each() -> None:
    tree = page(render_html(specimen(), "en"))
    ids = [item.get("id") for item in tree.iter() if item.get("id")]
    assert set(ids) >= {"karot", "row-mozura"}
    targets = {item.get("href")[1:] for item in tree.iter("a") if item.get("href")[0] == "#"}
    assert targets <= set(ids)


def test_pictures_share_no_ids() -> None:
    text = render_html(specimen(), "en")
    ids = re.findall(r'\bid="([^"]+)"', text)
    repeated = {name for name in ids if ids.count(name) > 1}
    # rows of a table that stands twice in this document
    assert repeated <= {"row-mozura"}


def test_a_notebook_gets_the_page_in_a_frame_of_its_own() -> None:
    frame = render_notebook(specimen())
    assert frame.startswith("<iframe srcdoc=")
    assert "<script" not in frame


def test_json_holds_both_languages_and_numbers_as_numbers(tmp_path: Path) -> None:
    body = json.loads(write(specimen(), tmp_path / "a.json").read_text("utf-8"))
    assert body["title"] == {"en": "Green performance appraisal", "zh": "项目绿色绩效评估报告"}
    first = next(part for part in body["sections"] if part["id"] == "tables")["blocks"][0]
    assert first["rows"][0]["value"] == {
        "value": 2.4e6, "unit": "tCO2e/yr", "low": 2.0e6, "high": 2.9e6,
    }  # fmt: skip
    assert first["rows"][0]["verdict"]["code"] == "high"


def test_the_workbook_has_numbers_as_numbers(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write(specimen(), tmp_path / "a.xlsx"))
    assert book.sheetnames == ["Summary", "Project by project", "Evidence"]
    lines = list(book["Project by project"].iter_rows(values_only=True))
    value = lines[0].index("Value (t CO₂e/yr)")
    assert [line[value] for line in lines[1:]] == [2.4e6, 8.1e4]
    assert lines[1][lines[0].index("90% range: low (5%)")] == 2.0e6
    evidence = list(book["Evidence"].iter_rows(values_only=True))
    assert evidence[1] == ("karot", 1.5, "claim is high")
    assert evidence[2][0] == "=1+1"
    assert book["Evidence"]["A3"].data_type == "s"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_word_has_real_headings_tables_and_pictures(lang: str) -> None:
    file = docx.Document(io.BytesIO(render_docx(specimen(), lang)))
    headings = [item.text for item in file.paragraphs if item.style.name.startswith("Heading")]
    assert ("Key numbers" if lang == "en" else "主要结果") in headings
    assert len(file.tables) >= 5
    assert len(file.inline_shapes) == 7
    header = [cell.text for cell in file.tables[2].rows[0].cells]
    assert header[0] == ("Project" if lang == "en" else "项目")
    text = "\n".join(cell.text for table in file.tables for cell in table._cells)
    assert ATTACK in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pdf_embeds_the_fonts_it_needs(lang: str) -> None:
    made = render_pdf(specimen(), lang)
    family = find_fonts(lang).families[0].replace(" ", "")
    names = {name.decode() for name in re.findall(rb"/FontName\s*/([\w+-]+)", made)}
    assert names
    assert any(family[:8] in name for name in names), (family, names)


def test_the_pdf_needs_a_chinese_font_for_chinese_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("greensilk.report.render.fonts.CHINESE", ())
    assert render_pdf(specimen(), "en").startswith(b"%PDF")
    with pytest.raises(OutputError) as caught:
        render_pdf(specimen(), "zh")
    assert caught.value.code == "font_missing"
    # Word itself has fonts for text; only the pictures are left out
    file = docx.Document(io.BytesIO(render_docx(specimen(), "zh")))
    assert not file.inline_shapes


def test_folded_sections_stand_in_an_annex_on_paper() -> None:
    document = move_to_annex(specimen())
    assert [section.id for section in document.sections][-1] == ANNEX
    assert not any(section.folded for section in document.walk())
    projects = next(section for section in document.sections if section.id == "projects")
    table = projects.blocks[0]
    assert isinstance(table, Table)
    assert table.rows[0][0] == Link(Text("Karot", "卡洛特"), "#karot")


def test_no_sign_in_a_text_is_markup_in_the_pdf() -> None:
    for sign in ("#panic()", "$ x $", "*a*", "`", "//", "@ref", "<l>", '"', "\\"):
        section = Section("a", sign, (Note(sign),))
        assert render_pdf(Document("a", sign, (section,)), "en").startswith(b"%PDF")
    assert typst.__version__


def test_terminal_text_leaves_folded_sections_out() -> None:
    text = render_terminal(specimen(), "zh")
    assert "减排量" in text
    assert "卡洛特水电站: 国别数据 75%、技术缺省值 25%" in text
    assert "基准线排放量" not in text


def test_a_document_without_anything_is_still_one(tmp_path: Path) -> None:
    for form in FORMS:
        write(Document("empty", Label("report.title"), ()), tmp_path / f"empty{form}", "zh")


def test_where_a_file_cannot_go_is_said_by_code(tmp_path: Path) -> None:
    taken = tmp_path / "taken.html"
    taken.write_text("x", encoding="utf-8")
    for path, code in (
        (tmp_path / "a.odt", "out_form"),
        (tmp_path / "none" / "a.html", "out_no_folder"),
        (taken, "out_exists"),
    ):
        with pytest.raises(OutputError) as caught:
            check_target(path)
        assert caught.value.code == code
        assert caught.value.message("zh") != caught.value.message("en")
    assert write(specimen(), taken, force=True) == taken
    with pytest.raises(UnknownNameError):
        write(specimen(), tmp_path / "a.html", "fr")


def test_a_full_disk_is_said_by_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("greensilk.report.workbook.Workbook.cell", full)
    with pytest.raises(OutputError) as caught:
        write(specimen(), tmp_path / "a.xlsx")
    assert caught.value.code == "out_unwritten"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", [".html", ".json", ".pdf"])
def test_the_same_document_makes_the_same_file(tmp_path: Path, form: str) -> None:
    first = write(specimen(), tmp_path / f"a{form}", "zh").read_bytes()
    assert write(specimen(), tmp_path / f"b{form}", "zh").read_bytes() == first

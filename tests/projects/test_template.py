"""The empty workbook."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from greensilk.core.errors import OutputError, UnknownNameError
from greensilk.core.text import label
from greensilk.projects import read_projects, write_template
from greensilk.projects.fields import fields, usual_unit
from greensilk.projects.headers import map_headers
from greensilk.projects.issue_log import IssueLog
from greensilk.projects.template import families, header, template_fields
from greensilk.projects.units import unit_factor


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_reads_back_as_empty_and_valid(tmp_path: Path, lang: str) -> None:
    path = write_template(tmp_path / "t.xlsx", lang)
    projects = read_projects(path)
    assert len(projects) == 0
    assert [fault.code for fault in projects.faults] == ["no_rows"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("family", families())
def test_every_header_means_its_own_field(family: str, lang: str) -> None:
    wanted = template_fields(family)
    log = IssueLog()
    mapped = map_headers([header(field, lang) for field in wanted], log)
    assert [item.field for item in mapped] == [field.name for field in wanted]
    for item, field in zip(mapped, wanted, strict=True):
        usual = usual_unit(field.name, label(f"field.{field.name}", lang))
        assert item.factor == (unit_factor(usual, field.unit) if usual else 1.0)
    assert not log.close()


@pytest.mark.parametrize(("lang", "hydro"), [("en", "Hydropower"), ("zh", "水力发电")])
def test_what_is_filled_in_is_read(tmp_path: Path, lang: str, hydro: str) -> None:
    path = write_template(tmp_path / "t.xlsx", lang, ["hydro"])
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[1]
    names = {field.name: place for place, field in enumerate(template_fields("electricity"), 1)}
    for name, value in {
        "project_id": "K",
        "country": "巴基斯坦",
        "technology": hydro,
        "capacity": 720,
        "annual_generation": "32亿千瓦时",
        "capacity_factor": 0.51,
    }.items():
        sheet.cell(2, names[name], value)
    book.save(path)
    projects = read_projects(path)
    assert not projects.faults
    (row,) = projects.table.to_pylist()
    assert (row["technology"], row["capacity"], row["annual_generation"]) == ("hydro", 720.0, 3.2e6)
    assert row["capacity_factor"] == 0.51


def test_sheets_are_named_frozen_and_explained(tmp_path: Path) -> None:
    path = write_template(tmp_path / "t.xlsx", "zh", ["electricity", "freight"])
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["填表说明", "并网发电", "货物运输", "选项"]
    assert book["选项"].sheet_state == "hidden"
    sheet = book["并网发电"]
    assert sheet.freeze_panes == "C2"
    assert sheet.max_row == 1
    lists = [item for item in sheet.data_validations.dataValidation if item.type == "list"]
    names = [field.name for field in template_fields("electricity")]
    column = openpyxl.utils.get_column_letter(names.index("technology") + 1)
    assert any(str(item.sqref).startswith(column) for item in lists)
    assert all(item.prompt for item in sheet.data_validations.dataValidation)


def test_what_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="hydro"):
        write_template(tmp_path / "t.xlsx", "en", ["hydroo"])
    with pytest.raises(UnknownNameError):
        write_template(tmp_path / "t.xlsx", "fr")
    with pytest.raises(OutputError):
        write_template(tmp_path / "no" / "t.xlsx")


@pytest.mark.parametrize("name", ["t.pdf", "t.csv", "t.xls", "t"])
def test_another_ending_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match=r"\.xlsx") as caught:
        write_template(tmp_path / name)
    assert ".xlsx" in caught.value.message("zh")
    assert not (tmp_path / name).exists()


def test_chinese_headers_have_chinese_units() -> None:
    assert header(fields()["planted_area"], "zh") == "绿化面积（公顷）"
    assert header(fields()["planted_area"], "en") == "Area planted (hectare)"

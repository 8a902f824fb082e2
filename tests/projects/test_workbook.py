"""Excel workbooks, and what they can hide."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from greensilk.core.errors import InputError
from greensilk.projects import Projects, iter_projects, read_projects

HEADER = ["编号", "项目名称", "国家", "技术类型", "装机容量（万千瓦）", "年发电量（亿千瓦时）"]
PLAIN = ["id", "name", "country", "technology", "capacity_mw"]


def made(tmp_path: Path, fill: Callable[[Any], None]) -> Projects:
    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        fill(book)
    return read_projects(path)


def refused(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_projects(path)
    (fault,) = caught.value.faults
    assert fault.file == path.name
    assert fault.message("en") != fault.message("zh")
    with pytest.raises(InputError):
        list(iter_projects(path))
    return fault.code


def test_all_sheets_with_projects_are_read(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        power = book.add_worksheet("电力")
        power.merge_range("A1:F1", "项目清单")
        power.write_row(1, 0, HEADER)
        power.write_row(2, 0, [1, "甲", "巴基斯坦", "水电", 72, 32])
        power.write_row(4, 0, ["B2", "乙", "老挝", "光伏", "10.5", "约3"])
        book.add_worksheet("封面").write(0, 0, "随便写写")
        book.add_worksheet("空")
        waste = book.add_worksheet("Waste")
        waste.write_row(0, 0, ["id", "country", "technology", "waste_mass (万吨)"])
        waste.write_row(1, 0, [1, "越南", "垃圾发电", 20])
        waste.write_row(2, 0, ["W", "越南", "垃圾发电", 20])

    projects = made(tmp_path, fill)
    rows = projects.table.to_pylist()
    assert [(row["project_id"], row["sheet"], row["row"]) for row in rows] == [
        ("1", "电力", 3),
        ("B2", "电力", 5),
        ("1 (VNM)", "Waste", 2),
        ("W", "Waste", 3),
    ]
    assert [row["capacity"] for row in rows] == [720.0, 105.0, None, None]
    assert rows[1]["annual_generation"] == 3e5
    assert rows[1]["annual_generation__qualifier"] == "approx"
    assert [(fault.code, fault.sheet) for fault in projects.faults] == [
        ("sheet_skipped", "封面"),
        ("number_repeats", "Waste"),
    ]


def test_numbers_of_cells_show_as_they_do_in_excel(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        share = book.add_format({"num_format": "0%"})
        sheet.write_row(0, 0, [*PLAIN, "capacity factor", "claimed trees"])
        sheet.write_row(1, 0, [7.0, "a", "Kenya", "wind", 33.5])
        sheet.write(1, 5, 0.35, share)
        sheet.write(1, 6, 100000)

    projects = made(tmp_path, fill)
    (row,) = projects.table.to_pylist()
    assert row["project_id"] == "7"
    assert (row["capacity"], row["capacity__half"]) == (33.5, 0.05)
    assert row["capacity_factor"] == 0.35
    assert projects.claims["text"].to_pylist() == ["100000"]
    assert projects.claims["half"].to_pylist() == [0.5]


def test_dates_are_years(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    book = openpyxl.Workbook()
    book.active.append([*PLAIN, "commissioning_year"])
    book.active.append([1, "a", "Kenya", "wind", 5, datetime(2017, 5, 31)])
    book.active.append([2, "b", "Kenya", "wind", 5, "2018年5月"])
    book.save(path)
    assert read_projects(path).table["commissioning_year"].to_pylist() == [2017.0, 2018.0]


def test_formulas_that_were_never_calculated_are_named(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "A & B"
    book.active.append(PLAIN)
    book.active.append([1, "a", "Kenya", "wind", "=5+5"])
    book.active.append([2, "b", "Kenya", "wind", 7])
    book.save(path)
    projects = read_projects(path)
    assert projects.table["capacity"].to_pylist() == [None, 7.0]
    (fault,) = projects.faults
    assert (fault.code, fault.severity, fault.sheet, fault.value) == (
        "formula_without_value",
        "refused",
        "A & B",
        "E2",
    )
    assert "1 cells" not in fault.message("en")


def test_formulas_with_values_are_read(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, PLAIN)
        sheet.write_row(1, 0, [1, "a", "Kenya", "wind"])
        sheet.write_formula(1, 4, "=5+5", None, 10)

    projects = made(tmp_path, fill)
    assert projects.table["capacity"].to_pylist() == [10.0]
    assert not projects.faults


def test_merged_headers_are_refused_and_merged_data_filled(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "country", "technology"])
        sheet.merge_range("D1:E1", "capacity_mw")
        sheet.merge_range("B2:B4", "Kenya")
        for row in (1, 2, 3):
            sheet.write(row, 0, row)
            sheet.write_row(row, 2, ["wind", 5, 6])

    projects = made(tmp_path, fill)
    assert projects.table["country"].to_pylist() == ["KEN"] * 3
    found = {fault.code: fault for fault in projects.faults}
    assert found["merged_header"].value == "D1:E1"
    assert found["merged_header"].severity == "refused"
    assert found["merged_cells"].value == "B2:B4"
    assert found["column_without_name"].value == "5"


def test_a_password(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    mark = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + mark + bytes(600))
    assert refused(path) == "password"


def test_broken_workbooks(tmp_path: Path) -> None:
    whole = tmp_path / "whole.xlsx"
    with xlsxwriter.Workbook(str(whole)) as book:
        book.add_worksheet().write_row(0, 0, PLAIN)
    half = tmp_path / "half.xlsx"
    half.write_bytes(whole.read_bytes()[:2000])
    assert refused(half) == "broken_workbook"
    other = tmp_path / "other.xlsx"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "x")
    assert refused(other) == "broken_workbook"
    text = tmp_path / "text.xlsx"
    text.write_bytes(b"id,name\n1,a\n")
    assert refused(text) == "not_a_workbook"
    empty = tmp_path / "empty.xlsx"
    empty.write_bytes(b"")
    assert refused(empty) == "empty_file"
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1600))
    assert refused(old) == "broken_workbook"


def test_a_workbook_without_anything_in_it(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    xlsxwriter.Workbook(str(path)).close()
    assert refused(path) == "empty_file"


def test_what_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_projects(tmp_path / "missing.xlsx")
    assert caught.value.faults[0].code == "file_missing"
    with pytest.raises(InputError) as caught:
        read_projects(tmp_path)
    assert caught.value.faults[0].code == "file_is_folder"
    with pytest.raises(InputError) as caught:
        read_projects(42)
    assert caught.value.faults[0].code == "not_a_table"
    for name, content in (("a.pdf", b"%PDF-1.4"), ("a.csv.gz", b"\x1f\x8b\x08"), ("a.zip", b"PK")):
        path = tmp_path / name
        path.write_bytes(content)
        assert refused(path) == "format_unknown"

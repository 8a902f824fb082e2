"""Sheets and rows that are hidden, or that explain or repeat others; tables below one another."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from greensilk.projects import Projects, read_projects

Cell = str | float | None
HEADER: list[Cell] = ["id", "name", "country", "technology", "capacity (MW)"]
LIST: list[list[Cell]] = [
    HEADER,
    ["1", "Alpha", "Kenya", "wind", 10],
    ["2", "Beta", "Laos", "hydro", 33.5],
    ["3", "Gamma", "Laos", "hydro", 7],
]
CHINESE: list[list[Cell]] = [
    ["编号", "项目名称", "国家", "技术类型", "装机容量（MW）"],
    ["1", "甲", "肯尼亚", "风电", 10],
    ["2", "乙", "老挝", "水电", 33.5],
    ["3", "丙", "老挝", "水电", 7],
]


def save(path: Path, sheets: dict[str, list[list[Cell]]], **states: str) -> Projects:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = states.get(name, "visible")
        if name == "filtered":
            sheet.row_dimensions[3].hidden = True
    book.save(path / "f.xlsx")
    return read_projects(path / "f.xlsx")


def outcomes(projects: Projects) -> dict[str, str]:
    return {sheet.sheet: sheet.outcome for sheet in projects.reading.sheets}


def test_hidden_sheets_are_not_read_and_said(tmp_path: Path) -> None:
    sheets = {"list": LIST, "old": LIST[:2], "older": LIST[:3]}
    projects = save(tmp_path, sheets, old="hidden", older="veryHidden")
    assert projects.reading.capacity_mw == 50.5
    assert outcomes(projects) == {"list": "read", "old": "hidden", "older": "hidden"}
    assert [fault.code for fault in projects.faults] == ["sheet_passed_over"] * 2


def test_hidden_rows_are_not_read_and_said(tmp_path: Path) -> None:
    projects = save(tmp_path, {"filtered": LIST})
    assert projects.reading.capacity_mw == 17.0
    (group,) = projects.reading.left_out
    assert (group.reason, group.rows) == ("hidden_row", (3,))
    assert projects.reading.rows == 3
    (fault,) = projects.faults
    assert (fault.code, fault.severity) == ("rows_left_out", "doubtful")


def test_a_summary_beside_the_list_is_not_added(tmp_path: Path) -> None:
    summary: list[list[Cell]] = [["Country", "Technology", "Capacity (MW)"]]
    summary += [["Kenya", "wind", 10], ["Laos", "hydro", 40.5]]
    projects = save(tmp_path, {"By country": summary, "Projects": LIST})
    assert projects.reading.capacity_mw == 50.5
    assert outcomes(projects)["By country"] == "summary"


def test_a_summary_alone_is_read(tmp_path: Path) -> None:
    summary: list[list[Cell]] = [["Country", "Technology", "Capacity (MW)"], ["Laos", "hydro", 40]]
    assert save(tmp_path, {"By country": summary}).reading.capacity_mw == 40.0


def test_the_list_again_in_another_language(tmp_path: Path) -> None:
    projects = save(tmp_path, {"项目": CHINESE, "Projects": LIST})
    assert projects.reading.capacity_mw == 50.5
    assert outcomes(projects) == {"项目": "read", "Projects": "same_list"}


def test_a_sheet_that_explains_the_columns(tmp_path: Path) -> None:
    fields: list[list[Cell]] = [
        ["Name", "Description", "Unit", "Country"],
        ["capacity", "Size", "MW", "all"],
    ]
    projects = save(tmp_path, {"Field Descriptions": fields, "Projects": LIST})
    assert projects.reading.capacity_mw == 50.5
    assert outcomes(projects)["Field Descriptions"] == "dictionary"


def test_a_second_table_below_the_first(tmp_path: Path) -> None:
    hydro: list[list[Cell]] = [
        ["Hydro projects"],
        [*HEADER, "reservoir area (km2)"],
        ["9", "Delta", "Uganda", "hydro", 600, 36],
    ]
    projects = save(tmp_path, {"list": [["Wind projects"], *LIST, [None], *hydro]})
    assert projects.table["row"].to_pylist() == [3, 4, 5, 9]
    assert projects.table["reservoir_area"].to_pylist() == [None, None, None, 36.0]
    path = tmp_path / "f.csv"
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in [*LIST, *hydro]]
    path.write_text("\n".join(lines), encoding="utf-8")
    projects = read_projects(path)
    assert projects.table["row"].to_pylist() == [2, 3, 4, 7]
    assert projects.reading.capacity_mw == 650.5


def test_a_status_nobody_knows_does_not_count(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    header = "id,name,country,technology,capacity (MW),status\n"
    rows = [
        f"{i},P{i},Kenya,wind,{i},{status}"
        for i, status in enumerate(["在运", "取消", "qqq", ""], 1)
    ]
    path.write_text(header + "\n".join(rows), encoding="utf-8")
    projects = read_projects(path)
    assert projects.table["status"].to_pylist() == ["operating", "cancelled", "unknown", None]
    assert projects.reading.counted_capacity_mw == 1 + 4
    (fault,) = projects.faults
    assert (fault.code, fault.severity, fault.row) == ("unknown_status", "doubtful", 4)

"""Headers in two rows, and merged headers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from greensilk.projects import Projects, iter_projects, read_projects
from greensilk.projects.readers.table import find_headers


def workbook(path: Path, rows: list[list[Any]], merged: tuple[str, ...]) -> Projects:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(path)
    return read_projects(path)


def test_names_below_a_merged_group(tmp_path: Path) -> None:
    rows = [
        ["编号", "名称", "国家", "技术", "规模", None, "投运年份"],
        [None, None, None, None, "装机容量(万千瓦)", "年发电量（亿千瓦时）", None],
        ["a", "A", "巴基斯坦", "风电", 5, 1.5, 2019],
        ["b", "B", "巴基斯坦", "风电", 6, 1.8, 2020],
    ]
    merged = ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "G1:G2")
    projects = workbook(tmp_path / "f.xlsx", rows, merged)
    table = projects.table.to_pydict()
    assert table["project_id"] == ["a", "b"]
    assert table["capacity"] == [50.0, 60.0]
    assert table["annual_generation"] == [150_000.0, 180_000.0]
    assert table["commissioning_year"] == [2019.0, 2020.0]
    assert table["row"] == [3, 4]
    (fault,) = projects.faults
    assert (fault.code, fault.severity) == ("header_rows", "note")
    assert "装机容量(万千瓦)" in fault.message("zh")


def test_the_unit_of_a_group_holds_for_the_names_below(tmp_path: Path) -> None:
    rows = [
        ["编号", "国家", "技术", "装机容量", "年减排量（万吨）", None, None, None],
        [None, None, None, "万千瓦", "减排二氧化碳", "节约标准煤", "二氧化硫", "氮氧化物"],
        ["a", "老挝", "水电", 5, 20, 8, 0.1, 0.2],
    ]
    merged = ("A1:A2", "B1:B2", "C1:C2", "E1:H1")
    projects = workbook(tmp_path / "f.xlsx", rows, merged)
    claims = dict(
        zip(projects.claims["claim"].to_pylist(), projects.claims["value"].to_pylist(), strict=True)
    )
    assert projects.table["project_id"].to_pylist() == ["a"]
    assert claims["claimed_emission_reductions"] == 200_000.0
    assert claims["claimed_standard_coal"] == 80_000.0
    assert claims["claimed_sulphur_dioxide"] == pytest.approx(1e6)  # kg
    assert projects.table["capacity"].to_pylist() == [50.0]


def test_a_merged_header_without_names_below_is_refused(tmp_path: Path) -> None:
    rows = [["id", "country", "technology", "capacity_mw", None], ["a", "Kenya", "wind", 50, 3]]
    projects = workbook(tmp_path / "f.xlsx", rows, ("D1:E1",))
    assert "capacity" not in projects.table.column_names
    fault = next(fault for fault in projects.faults if fault.code == "merged_header")
    assert (fault.severity, fault.value) == ("refused", "D1:E1")
    assert "left out" in fault.message("en")


def test_a_merged_header_over_one_filled_column_names_it(tmp_path: Path) -> None:
    rows = [["id", "country", "technology", "capacity_mw", None], ["a", "Kenya", "wind", 50]]
    projects = workbook(tmp_path / "f.xlsx", rows, ("D1:E1", "D2:E2"))
    assert projects.table["capacity"].to_pylist() == [50.0]
    assert not [fault for fault in projects.faults if fault.severity == "refused"]


def test_what_fills_the_second_column_may_stand_far_below(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["id", "country", "technology", "capacity_mw", None]]
    rows += [[f"p{number}", "Kenya", "wind", 50] for number in range(40)]
    rows[-1].append(7)
    projects = workbook(tmp_path / "f.xlsx", rows, ("D1:E1",))
    assert "merged_header" in {fault.code for fault in projects.faults}


@pytest.mark.parametrize("stream", [False, True])
def test_two_rows_of_headers_in_delimited_text(tmp_path: Path, stream: bool) -> None:
    path = tmp_path / "f.csv"
    path.write_text(
        "编号,国家,技术,规模,,投运年份\n,,,装机容量(万千瓦),年发电量（亿千瓦时）,\n"
        "a,老挝,水电,5,1.5,2019\n",
        "utf-8",
    )
    projects = next(iter(iter_projects(path))) if stream else read_projects(path)
    (row,) = projects.table.to_pylist()
    assert (row["project_id"], row["capacity"], row["row"]) == ("a", 50.0, 3)
    assert row["annual_generation"] == 150_000.0
    assert [fault.code for fault in projects.faults] == ["header_rows"]


def test_a_row_of_units(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text(
        "id,country,technology,capacity,generation\nunit,-,-,GW,(GWh)\na,Laos,hydro,0.05,150\n",
        "utf-8",
    )
    projects = read_projects(path)
    (row,) = projects.table.to_pylist()
    assert (row["project_id"], row["capacity"], row["annual_generation"]) == ("a", 50.0, 150_000.0)


@pytest.mark.parametrize(
    "row",
    [
        ["a", "Kenya", "wind", "5 GW", "150"],
        ["a", "Kenya", "wind", None, None],
        ["project", "Kenya", "wind", "n/a", "-"],
        ["code", None, None, None, None],
    ],
)
def test_a_row_of_data_is_no_header(row: list[str | None]) -> None:
    names = ["id", "country", "technology", "capacity", "generation"]
    found = find_headers([names, row])
    assert found is not None
    assert (found.names, found.last, found.joined) == (names, 0, False)

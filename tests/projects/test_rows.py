"""Which rows are projects: sums, sections, remarks, and one number for several projects."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from greensilk.projects import Projects, iter_projects, read_projects

Cell = str | float | None
LEDGER = ["序号", "项目名称", "所在国", "项目类型", "装机容量(MW)", "年上网电量（万千瓦时）"]
PLAIN = "id,name,country,technology,capacity (MW)\n"


def workbook(path: Path, rows: list[list[Cell]], *merged: str) -> Projects:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(path / "f.xlsx")
    return read_projects(path / "f.xlsx")


def text(path: Path, content: str) -> Projects:
    (path / "f.csv").write_text(content, encoding="utf-8")
    return read_projects(path / "f.csv")


def left_out(projects: Projects) -> dict[str, tuple[int, ...]]:
    return {group.reason: group.rows for group in projects.reading.left_out}


def codes(projects: Projects) -> set[str]:
    return {fault.code for fault in projects.faults}


def test_sums_in_words_are_check_sums(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        LEDGER,
        [1, "甲", "肯尼亚", "光伏", 20, 3000],
        [2, "乙", "老挝", "光伏", 30, 4500],
        [None, "光伏小计", None, "光伏", 50, 7500],
        [3, "丙", "老挝", "水电", 100, 40000],
        [None, "水 电 合 计", None, "水电", 100, 40000],
        ["总计", None, None, None, 150, 47500],
    ]
    projects = workbook(tmp_path, rows)
    assert projects.table["capacity"].to_pylist() == [20.0, 30.0, 100.0]
    assert projects.reading.capacity_mw == 150.0
    assert left_out(projects) == {"total": (4, 6, 7)}
    checks = projects.reading.checks
    assert [(c.text, c.stated, c.computed) for c in checks if c.field == "capacity"] == [
        ("光伏小计", 50.0, 50.0),
        ("水 电 合 计", 100.0, 100.0),
        ("总计", 150.0, 150.0),
    ]
    assert all(check.agrees for check in checks)
    assert codes(projects) == {"rows_left_out"}


def test_a_sum_that_does_not_agree_is_doubtful(tmp_path: Path) -> None:
    projects = text(tmp_path, PLAIN + "1,A,Kenya,wind,20\n2,B,Kenya,wind,30\n,Total,,,60\n")
    assert projects.reading.capacity_mw == 50.0
    (fault,) = [fault for fault in projects.faults if fault.code == "total_disagrees"]
    assert (fault.severity, fault.row) == ("doubtful", 4)
    assert "60" in fault.message("en")
    assert "50" in fault.message("zh")


def test_sums_without_a_column_of_numbers(tmp_path: Path) -> None:
    body = "name,country,technology,capacity (MW)\nA,Kenya,wind,20\nB,Kenya,wind,30\n"
    sums = "Total,Kenya,wind,50\nTotal Kenya,Kenya,wind,50\nSub-total,Kenya,wind,50\n"
    projects = text(tmp_path, body + sums)
    assert projects.reading.capacity_mw == 50.0
    assert left_out(projects) == {"total": (4, 5, 6)}


@pytest.mark.parametrize("name", ["TotalEnergies Alpha", "Alpha Total", "Total Alpha", "Total"])
def test_a_company_is_no_sum(tmp_path: Path, name: str) -> None:
    projects = text(
        tmp_path, PLAIN + f"1,A,Kenya,wind,20\n2,{name},Kenya,wind,35\n3,B,Laos,csp,5\n"
    )
    assert projects.reading.capacity_mw == 60.0
    assert not left_out(projects)


def test_sums_that_only_their_figures_tell(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        LEDGER,
        [1, "甲", "肯尼亚", "光伏", 20, 3000],
        [2, "乙", "老挝", "光伏", 30, 4500],
        [None, None, None, "光伏", 50, 7500],
        [3, "丙", "老挝", "水电", 100, 40000],
        [4, "丁", "老挝", "水电", 60, 20000],
        [5, "戊", "老挝", "水电", 60, 20000],
    ]
    projects = workbook(tmp_path, rows)
    assert projects.reading.capacity_mw == 270.0
    assert left_out(projects) == {"total": (4,)}


def test_a_nameless_row_that_is_no_sum_stays_a_project(tmp_path: Path) -> None:
    projects = text(
        tmp_path,
        PLAIN + "1,A,Kenya,wind,20\n2,B,Kenya,wind,30\n,,Kenya,wind,33\n3,C,Laos,hydro,1\n",
    )
    assert projects.reading.capacity_mw == 84.0


def test_sections_give_what_the_rows_leave_out(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["序号", "项目名称", "国家", "技术类型", "装机容量(MW)"],
        ["一、光伏项目（共2个）", None, None, None, None],
        [1, "甲", "肯尼亚", None, 20],
        ["（一）老挝", None, None, None, None],
        [2, "乙", None, None, 30],
        ["二、水电", None, None, None, None],
        [1, "丙", "越南", None, 100],
        [2, "丁", None, None, 5],
    ]
    projects = workbook(tmp_path, rows)
    table = projects.table.to_pydict()
    assert table["technology"] == ["solar_pv", "solar_pv", "hydro", "hydro"]
    assert table["country"] == ["KEN", "LAO", "VNM", None]
    assert left_out(projects) == {"section": (2, 4, 6)}
    assert {"from_section", "number_repeats", "no_country"} <= codes(projects)


def test_sections_numbered_apart_may_state_their_sum(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["序号", "项目名称", "国家", "技术类型", "装机容量(MW)"],
        ["一", "光伏", None, None, 50],
        [1, "甲", "肯尼亚", "光伏", 20],
        [2, "乙", "老挝", "光伏", 30],
        ["二", "水电", None, None, 100],
        [3, "丙", "老挝", "水电", 100],
    ]
    projects = workbook(tmp_path, rows)
    assert projects.reading.capacity_mw == 150.0
    assert [check.agrees for check in projects.reading.checks] == [True, True]


def test_remarks_signatures_and_headers_again(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        LEDGER,
        [1, "甲", "肯尼亚", "光伏", 20, 3000],
        LEDGER,
        [2, "乙", "老挝", "光伏", 30, 4500],
        [None, "其中：一期", "老挝", "光伏", 10, 1500],
        [None, "平均", None, None, 25, 3750],
        ["注：数据截至2023年底", None, None, None, None, None],
        ["填表人：张三", None, "审核人：李四", None, "日期：2024年1月", None],
    ]
    projects = workbook(tmp_path, rows)
    assert projects.reading.capacity_mw == 50.0
    assert left_out(projects) == {
        "of_which": (5,),
        "average": (6,),
        "repeated_header": (3,),
        "footnote": (7, 8),
    }
    assert projects.reading.rows == 8 - 1


def test_numbering_that_begins_anew(tmp_path: Path) -> None:
    body = "1,A,Kenya,solar,20\n2,B,Laos,solar,30\n1,C,Kenya,hydro,40\n1,A,Laos,solar,7\n"
    projects = text(tmp_path, PLAIN + body)
    ids = projects.table["project_id"].to_pylist()
    assert ids == ["1", "2", "1 (C)", "1 (A)"]
    assert projects.reading.projects == 4
    assert codes(projects) == {"number_repeats"}
    parts = list(iter_projects(tmp_path / "f.csv", 1))
    assert [name for part in parts for name in part.table["project_id"].to_pylist()] == ids


def test_units_of_a_plant_add(tmp_path: Path) -> None:
    header = "id,name,country,technology,capacity (MW),commissioning year\n"
    body = "P1,A,Kenya,oil,10.5,2014\nP1,A,Kenya,oil,10.5,2010\nP1,A,Kenya,oil,22,2010\n"
    projects = text(tmp_path, header + body + "P1,A,Kenya,oil,22,2010\nP2,B,Kenya,oil,400,2010\n")
    table = projects.table.to_pydict()
    assert table["component"] == ["1", "2", "3", ""]
    assert projects.reading.capacity_mw == 443.0
    assert codes(projects) == {"units_of_plant", "duplicate_id"}


def test_a_row_of_units_is_never_dropped(tmp_path: Path) -> None:
    for unit, mwh in (
        ("亿千瓦时", 3.2e6),
        ("亿千瓦·时", 3.2e6),
        ("万千瓦时", 320.0),
        ("GWh", 3.2e4),
    ):
        rows: list[list[Cell]] = [
            ["序号", "项目名称", "国别", "项目类型", "装机容量", "年发电量"],
            [None, None, None, None, "万千瓦", unit],
            [1, "甲", "巴基斯坦", "水电", 72, 32],
        ]
        (row,) = workbook(tmp_path, rows).table.to_pylist()
        assert (row["capacity"], row["annual_generation"]) == (720.0, mwh)


def test_an_unknown_unit_in_a_row_of_units_is_asked_about(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["序号", "项目名称", "国别", "项目类型", "装机容量", "年减排量", "年发电量"],
        [None, None, None, None, "万千瓦", "万吨", "仟兆"],
        [1, "甲", "巴基斯坦", "水电", 72, 3, 32],
    ]
    projects = workbook(tmp_path, rows)
    assert projects.table["capacity"].to_pylist() == [720.0]
    assert any(
        "仟兆" in fault.message("zh") and fault.severity != "note" for fault in projects.faults
    )


def test_a_title_merged_wider_than_the_table(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["List of projects"],
        ["id", "name", "country", "technology", "capacity (MW)"],
        ["1", "A", "Kenya", "wind", 100],
    ]
    projects = workbook(tmp_path, rows, "A1:H1", "G2:J2", "A5:K6")
    assert projects.reading.capacity_mw == 100.0


def test_a_line_of_units_above_the_header(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["项目清单", None, None, None, None, "单位：万千瓦、亿千瓦时"],
        ["序号", "项目名称", "国别", "项目类型", "装机容量", "年发电量"],
        [1, "甲", "巴基斯坦", "水电", 72, 32],
    ]
    (row,) = workbook(tmp_path, rows).table.to_pylist()
    assert (row["capacity"], row["annual_generation"]) == (720.0, 3.2e6)
    rows[0][-1] = "单位：某某公司"
    (row,) = workbook(tmp_path, rows).table.to_pylist()
    assert row["capacity"] == 72.0

"""Figures inside sentences, by their words, their unit and the kind of project."""

from __future__ import annotations

import pytest

from greensilk.projects import read_projects
from greensilk.projects.free_text import read_figures


def _values(text: str, family: str) -> dict[str, float]:
    return {
        figure.field: figure.cell.number.value
        for figure in read_figures(text, family)
        if figure.cell is not None and figure.cell.number is not None
    }


@pytest.mark.parametrize(
    ("text", "family", "values"),
    [
        ("装机50MW，占地85公顷", "electricity", {"capacity": 50.0}),
        ("2×660MW超临界机组", "fossil", {"capacity": 1320.0}),
        ("总装机容量1320MW（2×660MW）", "fossil", {"capacity": 1320.0}),
        ("总装机100MW，其中一期50MW", "electricity", {"capacity": 100.0}),
        ("装机50MW，配套储能20MW/40MWh", "electricity", {"capacity": 50.0}),
        ("日处理4000吨，装机75MW", "waste_energy", {"waste_daily": 4000.0, "capacity": 75.0}),
        ("处理规模5万吨/日", "wastewater", {"wastewater_capacity": 50000.0}),
        ("新建2台350MW超临界机组", "fossil", {"capacity": 700.0}),
        ("年供3.2亿千瓦时", "electricity", {"annual_generation": 320000.0}),
        ("日处理能力10万立方米", "wastewater", {"wastewater_capacity": 100000.0}),
        ("1485辆", "fleet", {"vehicle_count": 1485.0}),
        (
            "正线全长480公里，年货运量1000万吨",
            "freight",
            {"distance": 480.0, "freight_mass": 1e7},
        ),
        (
            "年减排6.4万吨，节约标煤2.4万吨，满足7万户38万人",
            "electricity",
            {
                "claimed_emission_reductions": 64000.0,
                "claimed_standard_coal": 24000.0,
                "claimed_households": 70000.0,
                "claimed_people": 380000.0,
            },
        ),
        (
            "减排6.4万吨节约标煤2.4万吨",
            "electricity",
            {"claimed_emission_reductions": 64000.0, "claimed_standard_coal": 24000.0},
        ),
        (
            "年均发电量3.2亿千瓦时；每年减少二氧化碳排放25万吨、二氧化硫800吨",
            "electricity",
            {
                "annual_generation": 320000.0,
                "claimed_emission_reductions": 250000.0,
                "claimed_sulphur_dioxide": 800000.0,
            },
        ),
        (
            "50 MW solar plant, avoids 64,000 tCO2 a year",
            "electricity",
            {"capacity": 50.0, "claimed_emission_reductions": 64000.0},
        ),
        ("投资5亿元，工期24个月", "electricity", {}),
        ("一回220千伏线路", "electricity", {}),
    ],
)
def test_figures(text: str, family: str, values: dict[str, float]) -> None:
    assert _values(text, family) == pytest.approx(values)


def test_two_capacities_are_not_added() -> None:
    assert _values("装机50MW，改造20MW", "electricity") == {}
    assert read_figures("装机50MW，改造20MW", "electricity")[0].field == "capacity"


def _ledger() -> dict[str, list[str | None]]:
    return {
        "序号": ["1", "2", "3", "4"],
        "项目名称": ["甲光伏", "乙燃煤电站", "丙垃圾发电", "电动公交"],
        "国家": ["肯尼亚", "巴基斯坦", "越南", "智利"],
        "建设规模": ["装机50MW，占地85公顷", "2×660MW", "日处理4000吨，装机75MW", "1485辆"],
        "预计环境效益": ["年减排6.4万吨，节约标煤2.4万吨", None, None, None],
    }


def test_a_ledger_of_sentences() -> None:
    projects = read_projects(_ledger())
    table = projects.table
    assert table["technology"].to_pylist() == [
        "solar_pv",
        "coal",
        "waste_to_energy",
        "electric_bus",
    ]
    assert table["capacity"].to_pylist() == [50.0, 1320.0, 75.0, None]
    assert table["waste_daily"].to_pylist() == [None, None, 4000.0, None]
    assert table["vehicle_count"].to_pylist() == [None, None, None, 1485.0]
    assert projects.claims["value"].to_pylist() == [64000.0, 24000.0]
    # where it was read is said beside the claim, and so is what was not used
    assert projects.claims["source_note"].to_pylist() == ["年减排6.4万吨", "节约标煤2.4万吨"]
    codes = [fault.code for fault in projects.faults]
    assert codes.count("read_from_text") == 7
    assert codes.count("technology_from_name") == 4
    unused = [fault.value for fault in projects.faults if fault.code == "text_figures_unused"]
    assert unused == ["占地85公顷"]


def test_a_column_of_its_own_wins() -> None:
    table = read_projects({**_ledger(), "装机容量（MW）": ["48", None, None, None]}).table
    assert table["capacity"].to_pylist() == [48.0, 1320.0, 75.0, None]


def test_a_header_gives_its_unit_to_bare_figures() -> None:
    rows = {
        "编号": ["1", "2"],
        "国家": ["越南"] * 2,
        "类型": ["污水处理", "光伏"],
    }
    table = read_projects({**rows, "规模": ["5万吨/日", "50MW"]}).table
    assert table["wastewater_capacity"].to_pylist() == [50000.0, None]
    assert table["capacity"].to_pylist() == [None, 50.0]
    table = read_projects({**rows, "规模（万千瓦）": ["1", "5"]}).table
    assert table["capacity"].to_pylist() == [None, 50.0]


def test_the_unit_beside_capacity_tells_the_field() -> None:
    table = read_projects(
        {
            "id": ["1", "2"],
            "country": ["Vietnam"] * 2,
            "technology": ["wastewater treatment", "waste to energy"],
            "capacity (m3/d)": ["50,000", None],
            "capacity (t/d)": [None, "1200"],
        }
    ).table
    assert table["wastewater_capacity"].to_pylist() == [50000.0, None]
    assert table["waste_daily"].to_pylist() == [None, 1200.0]

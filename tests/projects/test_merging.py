"""Two columns for one field."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from greensilk.projects import Projects, read_projects


def read(tmp_path: Path, text: str) -> Projects:
    path = tmp_path / "f.csv"
    path.write_text(text, "utf-8")
    return read_projects(path)


def test_the_second_fills_the_gaps_of_the_first(tmp_path: Path) -> None:
    projects = read(
        tmp_path,
        "id,country,technology,Capacity MW,装机容量(万千瓦)\n"
        "a,Kenya,wind,50,5\nb,Kenya,wind,,6\nc,Kenya,wind,50,6\nd,Kenya,wind,52,5.2\n"
        "e,Kenya,wind,54.6,5\n",
    )
    assert projects.table["capacity"].to_pylist() == [50.0, 60.0, 50.0, 52.0, 54.6]
    assert projects.table["capacity__half"].to_pylist()[1] == 5.0
    columns, row = projects.faults  # 54.6 MW and 5 (万千瓦) agree within the rounding of the latter
    assert (columns.code, columns.severity, columns.row) == ("two_columns", "assumed", None)
    assert (row.code, row.severity, row.row, row.value, row.expected) == (
        "columns_disagree",
        "refused",
        4,
        "6",
        "50",
    )
    for lang in ("en", "zh"):
        assert "Capacity MW" in row.message(lang)
        assert "装机容量(万千瓦)" in row.message(lang)


def test_neighbours_of_one_precision_are_no_roundings_of_each_other(tmp_path: Path) -> None:
    projects = read(tmp_path, "id,country,technology,capacity_mw,装机容量(MW)\na,Kenya,wind,1,2\n")
    assert projects.table["capacity"].to_pylist() == [1.0]
    assert [fault.code for fault in projects.faults] == ["two_columns", "columns_disagree"]


def test_a_claim_keeps_the_unit_of_its_own_column(tmp_path: Path) -> None:
    projects = read(
        tmp_path,
        "id,country,technology,co2_reduction_t,年减排量(万吨)\n"
        "a,Kenya,wind,500,\nb,Kenya,wind,,3\nc,Kenya,wind,,约4\n",
    )
    assert projects.claims["value"].to_pylist() == [500.0, 30_000.0, 40_000.0]
    assert projects.claims["text"].to_pylist()[:2] == ["500 t", "3 万吨"]


@pytest.mark.parametrize(
    ("second", "faults"),
    [("风电", []), ("solar", ["columns_disagree"]), ("", [])],
)
def test_words_are_compared_by_what_they_mean(
    tmp_path: Path, second: str, faults: list[str]
) -> None:
    projects = read(
        tmp_path, f"id,country,technology,技术类型\na,Kenya,wind,{second}\nb,Kenya,,hydro\n"
    )
    assert projects.table["technology"].to_pylist() == ["wind_onshore", "hydro"]
    assert [fault.code for fault in projects.faults] == ["two_columns", *faults]


def test_names_need_not_be_alike(tmp_path: Path) -> None:
    projects = read(tmp_path, "id,country,technology,name,project\na,Kenya,wind,A,B\n")
    assert projects.table["name"].to_pylist() == ["A"]
    assert [fault.code for fault in projects.faults] == ["two_columns"]


def test_typed_columns_without_digits() -> None:
    frame = pl.DataFrame(
        {
            "id": ["a", "b", "c"],
            "country": ["Kenya"] * 3,
            "technology": ["wind"] * 3,
            "capacity_mw": [50.0, None, 70.0],
            "capacity_gw": [0.05, 0.06, 0.071],
        }
    )
    projects = read_projects(frame)
    assert projects.table["capacity"].to_pylist() == [50.0, 60.0, 70.0]
    assert [(fault.code, fault.row) for fault in projects.faults] == [
        ("two_columns", None),
        ("columns_disagree", 3),
    ]

"""How a file was understood: what a person is told of columns, rows left out and totals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from greensilk import projects
from greensilk.cli.commands import build_command
from greensilk.core.errors import Fault, OptionError, UnknownNameError
from greensilk.core.fault_groups import group_faults, group_sentence
from greensilk.core.rendering import load_renderers
from greensilk.core.text import render_value
from greensilk.projects.mapping import parse_mapping
from greensilk.projects.model import CheckSum, Reading
from greensilk.projects.view import reading_lines, reading_view

LIST = """id,name,country,technology,capacity (MW),annual generation (GWh),status,contact,,photo
1,Alpha,Kenya,wind,100,300,operating,A. B.,x,
2,Beta,Kenya,wind,50,100,cancelled,C. D.,,
3,Gamma,Kenya,perpetual motion,10,,operating,,,
4,Delta,Kenya,perpetual motion,20,,operating,,,
5,Epsilon,Kenya,,30,,,,,
2,Beta,Kenya,wind,50,100,cancelled,C. D.,,
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    return file


@pytest.fixture
def reading(path: Path) -> Reading:
    return projects.read(path).reading


def test_every_row_is_a_project_or_left_out_for_a_reason(reading: Reading) -> None:
    left = {group.reason: (group.count, group.rows) for group in reading.left_out}
    assert reading.rows == 6
    assert left["unknown_technology"] == (2, (4, 5))
    assert left["capacity_without_technology"] == (1, (6,))
    assert reading.components + reading.rows_left_out == reading.rows


def test_what_is_cancelled_is_shown_apart(reading: Reading) -> None:
    assert (reading.projects, reading.counted) == (2, 1)
    assert (reading.capacity_mw, reading.counted_capacity_mw) == (150.0, 100.0)
    assert reading.generation_mwh == 300_000.0
    stages = {stage.stage: stage.counted for stage in reading.stages}
    assert stages == {"operating": True, "cancelled": False}


def test_columns_say_field_unit_why_and_examples(reading: Reading) -> None:
    columns = {column.header: column for column in reading.columns}
    capacity = columns["capacity (MW)"]
    assert (capacity.field, capacity.unit, capacity.examples) == (
        "capacity",
        "MW",
        ("100", "50", "10"),
    )
    assert columns["id"].reason in ("name", "alias")
    assert (columns["contact"].field, columns["contact"].reason) == ("", "unknown_header")
    assert columns[""].reason == "no_name"
    assert columns[""].examples == ("x",)


def test_json_has_exactly_the_keys_promised(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_command("en").main(["read", str(path), "--json"], standalone_mode=False)
    data = json.loads(capsys.readouterr().out)
    assert list(data) == ["rows", "projects", "counted", "left_out", "columns", "checks", "totals"]
    assert list(data["totals"]) == ["capacity_mw", "counted_capacity_mw", "generation_mwh"]
    assert data["left_out"][0]["rows"] == [4, 5]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            (
                "in the file: 6; projects read: 2",
                "Left out: ",
                "not known",
                "shown apart",
            ),
        ),
        ("zh", ("文件共 6 行数据：读取 2 个项目", "略去的行", "单独列示", "表头无法识别")),
    ],
)
def test_a_person_reads_it_in_either_language(
    path: Path, lang: str, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    build_command(lang).main(["read", str(path), "--lang", lang], standalone_mode=False)
    shown = capsys.readouterr().out
    for word in words:
        assert word in shown


def test_parts_of_a_long_file_tell_the_whole_between_them(path: Path) -> None:
    parts = list(projects.iter_projects(path, rows_per_batch=2))
    assert sum(part.reading.rows for part in parts) == 6
    assert all(part.reading.columns for part in parts)


def test_rows_recognised_and_check_sums_reach_the_reader() -> None:
    check = CheckSum("capacity", "MW", 148.0, 150.0, agrees=False, text="小计", row=9)
    result = projects.read({"id": ["1"], "country": ["Kenya"], "technology": ["wind"]})
    told = Reading(rows=4, projects=3, checks=(check,))
    lines = [render_value(line, "en") for line in reading_lines(told)]
    assert lines[-1].endswith("differ from the sum of their rows: 1.")
    page = load_renderers().render_terminal(reading_view(result), "zh")
    assert "读取 1 个项目" in page


def test_a_table_in_memory_has_no_header_row() -> None:
    sheet = projects.read({"id": "K", "country": "PK", "technology": "hydro"}).reading.sheets[0]
    assert (sheet.header_row, sheet.rows, sheet.outcome) == (0, 1, "read")


def test_equal_faults_are_one_line_with_the_first_rows() -> None:
    faults = [
        Fault("unknown_country", row=row, field="country", value=value, file="a.csv")
        for row, value in ((7, "Nowhere"), (3, "Nowhere"), (4, "Erehwon"), (9, "Nowhere"))
    ]
    faults.append(
        Fault("more_alike", field="country", value="unknown_country", params={"count": 6})
    )
    (group,) = group_faults(faults)
    assert (group.count, group.rows) == (10, (3, 4, 7))
    line = render_value(group_sentence(group), "en")
    assert line.startswith("rows 3, 4, 7 and 7 more, field Country")
    assert line.endswith("Also there: Erehwon.")
    assert "第 3、4、7 行等" in render_value(group_sentence(group), "zh")


@pytest.mark.parametrize(
    "name",
    [
        "wiljnich+lmop-data/data/lmopdata.xlsx",
        "boli9301+Open-Source-Chinese-Electric-Power-System-Data/Data/SourceData/2023/"
        "Global-Coal-Plant-Tracker-July-2023.xlsx",
    ],
)
def test_of_published_tables_no_row_is_lost_unsaid(mirror: Path, name: str) -> None:
    result = projects.read(mirror / name)
    rows = result.table.column("sheet").to_pylist(), result.table.column("row").to_pylist()
    read = len(set(zip(*rows, strict=True)))
    assert result.reading.rows == read + result.reading.rows_left_out
    assert all(group.reason != "unsaid" for group in result.reading.left_out)


def test_a_mapping_file_fixes_the_reading_for_the_next_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, map_file = tmp_path / "parc.csv", tmp_path / "map.toml"
    file.write_text(
        "id,country,technology,capacity (MW),Zzyzx\n1,Pays K,moulin,5,2000\n", encoding="utf-8"
    )
    command = build_command("en")
    line = ["read", str(file), "--write-map", str(map_file)]
    command.main(line, standalone_mode=False)
    content = map_file.read_text(encoding="utf-8")
    content = content.replace('"capacity"', '""')
    content = content.replace(
        '"Zzyzx"\nfield = ""\nunit = ""', '"Zzyzx"\nfield = "capacity"\nunit = "kW"'
    )
    content = content.replace("[technologies]", '[technologies]\n"moulin" = "wind_onshore"')
    content = content.replace("[countries]", '[countries]\n"Pays K" = "KEN"')
    map_file.write_text(content, encoding="utf-8")
    result = projects.read(file, mapping=parse_mapping(content))
    row = result.table.to_pylist()[0]
    assert (row["country"], row["technology"], row["capacity"]) == ("KEN", "wind_onshore", 2.0)
    (column,) = [column for column in result.reading.columns if column.field == "capacity"]
    assert (column.header, column.unit, column.reason) == ("Zzyzx", "kW", "mapping")
    capsys.readouterr()
    command.main(["read", str(file), "--map", str(map_file), "--json"], standalone_mode=False)
    assert json.loads(capsys.readouterr().out)["totals"]["capacity_mw"] == 2.0


@pytest.mark.parametrize("content", ["columns = 3", "[[columns]\n", "unknown = 1"])
def test_a_mapping_that_is_none_is_refused(content: str) -> None:
    with pytest.raises(OptionError, match="mapping file"):
        parse_mapping(content)


def test_a_mapping_to_no_field_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="capacity"):
        parse_mapping('[[columns]]\nheader = "P"\nfield = "capacty"\n')

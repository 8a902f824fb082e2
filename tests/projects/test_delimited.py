"""CSV files as they come."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greensilk.core.errors import InputError
from greensilk.projects import Projects, iter_projects, read_projects
from greensilk.projects.readers.encoding import detect_encoding, sniff_delimiter

HEADER = "id,name,country,technology,capacity_mw\n"
ROWS = HEADER + "1,a,Kenya,wind,10\n2,b,Laos,hydro,20\n"
CHINESE = (
    "编号,项目名称,国家,技术类型,装机容量(万千瓦),年发电量（亿千瓦时）\n"
    "K,卡洛特水电站,巴基斯坦,水电,72,32\n"
)


def read(tmp_path: Path, content: str | bytes, name: str = "f.csv") -> Projects:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_projects(path)


def codes(projects: Projects) -> list[str]:
    return [fault.code for fault in projects.faults]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_encodings_simply_work(tmp_path: Path, encoding: str) -> None:
    projects = read(tmp_path, CHINESE.encode(encoding))
    (row,) = projects.table.to_pylist()
    assert (row["name"], row["country"], row["technology"]) == ("卡洛特水电站", "PAK", "hydro")
    assert (row["capacity"], row["annual_generation"]) == (720.0, 3.2e6)
    assert [fault.severity for fault in projects.faults] in ([], ["note"])


def test_a_western_code_page_is_not_taken_for_chinese(tmp_path: Path) -> None:
    projects = read(tmp_path, (HEADER + "1,Usine à vent,Côte d'Ivoire,wind,10\n").encode("cp1252"))
    (row,) = projects.table.to_pylist()
    assert (row["name"], row["country"]) == ("Usine à vent", "CIV")
    assert codes(projects) == ["encoding_assumed"]


@given(st.text(st.characters(codec="gb2312", min_codepoint=0x4E00), min_size=1))
def test_common_chinese_is_always_told_from_western(text: str) -> None:
    assert detect_encoding(f"{text},1\n".encode("gb18030")) in ("gb18030", "utf-8")


@pytest.mark.parametrize("content", [bytes(range(256)), b"\x00\x01\x02\xff" * 50])
def test_bytes_that_are_no_text(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, content)
    assert caught.value.faults[0].code == "wrong_encoding"
    assert "f.csv" in caught.value.message("zh")


@pytest.mark.parametrize("content", ["", "\n\n  \n"])
def test_an_empty_file(tmp_path: Path, content: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, content)
    assert [fault.code for fault in caught.value.faults] == ["empty_file"]


def test_a_header_without_rows(tmp_path: Path) -> None:
    projects = read(tmp_path, HEADER)
    assert len(projects) == 0
    assert codes(projects) == ["no_rows"]
    with pytest.raises(InputError):
        read_projects(tmp_path / "f.csv", strict=True)


def test_no_column_is_understood(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, "foo,bar\n1,2\n")
    (fault,) = caught.value.faults
    assert fault.code == "no_known_column"
    assert "foo, bar" in fault.message("en")


@pytest.mark.parametrize(
    ("content", "capacity"),
    [
        ("id;country;technology;capacity_mw\n1;Kenya;wind;10,5\n", 10.5),
        ("id\tcountry\ttechnology\tcapacity_mw\n1\tKenya\twind\t10\n", 10.0),
        ("id|country|technology|capacity_mw\n1|Kenya|wind|10\n", 10.0),
        ("编号，国家，技术类型，装机容量(MW)\n1，肯尼亚，风电，10\n", 10.0),
        ('id,country,technology,capacity_mw\n1,Kenya,wind,"1,000"\n', 1000.0),
        ("id,country,technology,capacity_mw\r\n1,Kenya,wind,10\r\n", 10.0),
        ("id,country,technology,capacity_mw\r1,Kenya,wind,10\r", 10.0),
        ("Projects\n\nid,country,technology,capacity_mw\n1,Kenya,wind,10\n", 10.0),
    ],
)
def test_separators_and_line_ends(tmp_path: Path, content: str, capacity: float) -> None:
    projects = read(tmp_path, content)
    assert projects.table["capacity"].to_pylist() == [capacity]
    assert projects.table["country"].to_pylist() == ["KEN"]


def test_the_delimiter_is_not_a_comma_inside_numbers() -> None:
    assert sniff_delimiter("a;b\n1,5;2,5\n1,5;2,5") == ";"
    assert sniff_delimiter('a,b\n"x;y;z",1\n"x;y;z",1') == ","


def test_a_row_with_too_many_cells_is_named_and_stops_nothing(tmp_path: Path) -> None:
    content = HEADER + "1,a,Kenya,wind,10\n2,b,Kenya,wind,10,20,30\n3,c,Kenya,wind,5,,\n"
    projects = read(tmp_path, content)
    assert projects.table["project_id"].to_pylist() == ["1", "3"]
    (fault,) = projects.faults
    assert (fault.code, fault.row, fault.value, fault.expected) == ("too_many_cells", 3, "7", 5)


def test_a_quotation_mark_left_open_costs_no_other_row(tmp_path: Path) -> None:
    projects = read(tmp_path, HEADER + '1,"a,Kenya,wind,10\n2,b,Kenya,wind,10\n')
    assert projects.table["project_id"].to_pylist() == ["1", "2"]
    assert [(fault.code, fault.row) for fault in projects.faults] == [("broken_quotes", 2)]


def test_blank_lines_keep_the_numbers_of_rows(tmp_path: Path) -> None:
    projects = read(tmp_path, HEADER + "1,a,Kenya,wind,10\n\n\n2,b,Kenya,wind,x\n")
    assert projects.table["row"].to_pylist() == [2, 5]
    assert projects.faults[0].row == 5


def test_cells_of_several_lines(tmp_path: Path) -> None:
    projects = read(tmp_path, HEADER + '1,"a\nb",Kenya,wind,10\n2,"x ""y""",Kenya,wind,10\n')
    assert projects.table["name"].to_pylist() == ["a\nb", 'x "y"']


def test_the_least_that_is_needed(tmp_path: Path) -> None:
    projects = read(tmp_path, ROWS)
    assert not projects.faults
    assert projects.table.select(
        ["project_id", "component", "country", "technology"]
    ).to_pylist() == [
        {"project_id": "1", "component": "", "country": "KEN", "technology": "wind_onshore"},
        {"project_id": "2", "component": "", "country": "LAO", "technology": "hydro"},
    ]


@pytest.mark.parametrize("rows_per_batch", [1, 2, 3, 100])
def test_batches_say_what_the_whole_file_says(tmp_path: Path, rows_per_batch: int) -> None:
    path = tmp_path / "f.csv"
    lines = [f"{i},n{i},Kenya,{'wind' if i % 2 else '光伏'},{i}万千瓦,约{i}亿" for i in range(1, 8)]
    path.write_text(
        "id,name,country,technology,capacity,annual_generation_gwh\n"
        + "\n".join(lines)
        + "\n3,x,Congo,wind,1,1\n",
        encoding="utf-8",
    )
    whole = read_projects(path)
    parts = list(iter_projects(path, rows_per_batch))
    assert all(part.rows_read <= rows_per_batch for part in parts)
    for name in ("project_id", "row", "capacity", "annual_generation", "technology"):
        got = [value for part in parts for value in part.table[name].to_pylist()]
        assert got == whole.table[name].to_pylist()
    got_claims = [row for part in parts for row in part.claims.to_pylist()]
    assert got_claims == whole.claims.to_pylist()

    def told(faults: list) -> list[tuple[str, int | None]]:
        kinds = {"duplicate_id": "twice", "duplicate_id_earlier": "twice"}
        return sorted((kinds.get(f.code, f.code), f.row or 0) for f in faults)

    # what all rows of a column share is said of the part in which it first shows
    shared = {"unit_assumed"}
    assert [f for f in told([f for p in parts for f in p.faults]) if f[0] not in shared] == [
        f for f in told(whole.faults) if f[0] not in shared
    ]


def test_a_header_without_rows_in_batches(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text(HEADER, encoding="utf-8")
    parts = list(iter_projects(path))
    assert sum(len(part) for part in parts) == 0
    assert [fault.code for part in parts for fault in part.faults] == ["no_rows"]


@pytest.mark.slow
def test_a_million_rows(tmp_path: Path) -> None:
    import polars as pl

    size = 1_000_000
    path = tmp_path / "f.csv"
    pl.DataFrame({"number": range(size)}).select(
        id=pl.format("P{}", "number"),
        country=pl.lit("老挝"),
        technology=pl.lit("Hydro"),
        capacity_mw=pl.when(pl.col("number") % 1000 == 0)
        .then(pl.lit("1.5万千瓦"))
        .otherwise(pl.lit("12.5")),
    ).write_csv(path)
    projects = read_projects(path)
    assert len(projects) == size
    assert projects.table["capacity"].to_numpy().sum() == pytest.approx(999_000 * 12.5 + 1000 * 15)
    assert not projects.faults


def test_text_that_begins_like_compressed_data_is_text(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(b"x\x01\x90@")
    with pytest.raises(InputError) as caught:
        read_projects(path)
    assert [fault.code for fault in caught.value.faults] == ["no_known_column"]

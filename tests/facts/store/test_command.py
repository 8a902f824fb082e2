"""The commands, as a person types them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from greensilk.cli import main
from greensilk.core.console.output import display_width, format_table

from .conftest import House


@pytest.fixture
def run(house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("GREENSILK_FACTS", str(house.root))
    monkeypatch.setenv("LANG", "C")

    def call(*words: object, code: int = 0) -> str:
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        output = capsys.readouterr()
        assert end.value.code == code, output
        return output.out + output.err

    return call


def test_build_status_and_exit_code(run, house: House) -> None:  # type: ignore[no-untyped-def]
    out = run("facts", "build", "--mirror", house.mirror, "--jobs", 1)
    assert "alpha" in out
    assert "220 facts, 4 indicators" in out
    (house.mirror / "alpha" / "data.csv").unlink()
    out = run("facts", "build", "--mirror", house.mirror, "--jobs", 1, "--lang", "zh", code=3)
    assert "失败" in out
    assert "no such file" in run("facts", "status")


def test_get_in_every_form(run, house: House, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("facts", "build", "--mirror", house.mirror, "--jobs", 1)
    words = ("facts", "get", "alpha.forest", "--economy", "KEN,Laos", "--year", "2020:")
    assert "KEN" in run(*words)
    rows = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv"))))
    assert [row["economy"] for row in rows] == ["KEN", "KEN", "LAO", "LAO"]
    assert json.loads(run(*words, "--format", "json"))[0]["value"] == 1010.0
    run(*words, "--format", "parquet", "--out", tmp_path / "x.parquet")
    import pyarrow.parquet as pq

    assert pq.read_table(tmp_path / "x.parquet").num_rows == 4


def test_search_compare_country(run, house: House) -> None:  # type: ignore[no-untyped-def]
    run("facts", "build", "--mirror", house.mirror, "--jobs", 1)
    assert "alpha.forest" in run("facts", "search", "森林", "--lang", "zh")
    assert "beta.forest" in run("facts", "compare", "forest_area", "--economy", "KEN")
    out = run("facts", "profile", "肯尼亚", "--lang", "zh")
    assert "土地与森林" in out
    assert "facts" not in run("facts", "search", "qqqq")


def test_search_for_laws_points_to_the_guide(run, house: House) -> None:  # type: ignore[no-untyped-def]
    run("facts", "build", "--mirror", house.mirror, "--jobs", 1)
    assert "greensilk country" in run("facts", "search", "环评", "--lang", "zh")
    assert "greensilk country" in run("facts", "search", "EIA")
    assert "greensilk country" not in run("facts", "search", "forest")


def test_a_table_begins_where_records_do(run, house: House) -> None:  # type: ignore[no-untyped-def]
    zero = [("flood", "KEN", year, 0, "") for year in range(2011, 2015)]
    mixed = [("flood", "LAO", year, value, "") for year, value in ((2011, 0), (2012, 7), (2013, 0))]
    house.write("beta", [("forest", "KEN", 2015, 1, ""), *zero, *mixed])
    run("facts", "build", "--mirror", house.mirror, "--jobs", 1)
    out = run("facts", "get", "beta.flood")
    years = [line.split()[2] for line in out.splitlines() if line.startswith("beta.flood")]
    assert years == ["2014", "2012", "2013"]
    assert "4 leading rows hidden" in out
    assert len(run("facts", "get", "beta.flood", "--format", "csv").splitlines()) == 8


def test_failures_are_one_line_and_honest(run, house: House) -> None:  # type: ignore[no-untyped-def]
    (house.mirror / "alpha" / "data.csv").write_text(
        "series,key,year,value,flag\n" + "forest,KEN,2011,1,\n" * 200 + "forest,KEN,2012,much,\n",
        encoding="utf-8",
    )
    out = run("facts", "build", "--mirror", house.mirror, "--jobs", 1, code=3)
    assert "no earlier data" in out
    assert "last good data stand" not in out
    lines = [line for line in out.splitlines() if line.startswith("alpha")]
    assert len(lines) == 1
    assert "data.csv: cannot be read" in lines[0]
    assert "build again" in lines[0]
    assert len(out.splitlines()) == 4  # alpha, beta, the counts, what failed
    house.fill()
    run("facts", "build", "--mirror", house.mirror, "--jobs", 1)
    (house.mirror / "alpha" / "data.csv").write_text("nonsense\n1\n", encoding="utf-8")
    out = run("facts", "build", "--mirror", house.mirror, "--jobs", 1, code=3)
    assert "last good data stand" in out
    assert "no earlier data" not in out


def test_export_and_snapshot(run, house: House, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("facts", "build", "--mirror", house.mirror, "--jobs", 1)
    out = run("facts", "export", tmp_path / "out", "--as", "sdmx-csv")
    assert str(tmp_path / "out" / "structure.xml") in out


def test_quality(run, house: House) -> None:  # type: ignore[no-untyped-def]
    run("facts", "build", "--mirror", house.mirror, "--jobs", 1)
    out = run("facts", "quality", "--economy", "KEN", "--lang", "zh")
    assert out.strip() == "未找到"


def test_chinese_columns_line_up() -> None:
    import pyarrow as pa

    text = format_table(pa.table({"zh": ["森林面积", "a"], "value": [1.0, 22.5]}), "zh")
    widths = {display_width(line) for line in text.splitlines()}
    assert len(widths) == 1


def test_the_front_door_is_quick() -> None:
    """Nothing heavy may be imported before something is asked."""
    code = (
        "import greensilk.facts, sys; "
        "print([m for m in ('polars', 'duckdb', 'pyarrow') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from greensilk.core.errors import OutputError
from greensilk.report import appraisal_view, write
from greensilk.report.workbook import Heading, Workbook


def write_report(sample: Any, path: Path, lang: str) -> Path:
    return write(appraisal_view(sample), path, lang)


FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", '=HYPERLINK("http://x.test")']


def spoiled(sample: Any, names: list[str]) -> Any:
    projects = sample.projects.slice(0, len(names))
    for column in ("name", "name_zh"):
        place = projects.column_names.index(column)
        projects = projects.set_column(place, column, pa.array(names))
    sample.projects = projects
    keep = set(projects.column("project_id").to_pylist())
    mask = pa.array([key in keep for key in sample.evidence.column("project_id").to_pylist()])
    sample.evidence = sample.evidence.filter(mask)
    return sample


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        (
            "en",
            ["Summary", "Projects", "Evidence", "Audit", "Consistency", "Baselines", "Issues",
             "Methods", "Sources"],
        ),
        (
            "zh",
            ["摘要", "项目", "数值与依据", "宣称核查", "一致性", "基准线识别", "数据问题",
             "计算方法", "数据来源"],
        ),
    ],
)  # fmt: skip
def test_sheets_are_named_frozen_and_filtered(
    sample: Any, tmp_path: Path, lang: str, names: list[str]
) -> None:
    book = openpyxl.load_workbook(write_report(sample, tmp_path / "report.xlsx", lang))
    assert book.sheetnames == names
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref == sheet.dimensions


def test_numbers_are_numbers_and_units_stand_beside_them(sample: Any, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_report(sample, tmp_path / "report.xlsx", "en"))
    sheet = book["Evidence"]
    header = [cell.value for cell in sheet[1]]
    assert header[:7] == [
        "Project ID",
        "Project",
        "Quantity",
        "Value",
        "Low (5%)",
        "High (95%)",
        "Unit",
    ]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) == sample.evidence.num_rows
    first = sample.evidence.to_pylist()[0]
    assert rows[0][3] == first["value"]
    assert rows[0][6] == first["unit"]
    assert rows[0][1:3] == ("Karot hydropower plant", "Emission reductions")
    assert {cell.data_type for cell in sheet["D"][1:]} == {"n"}


def test_missing_numbers_stay_empty(sample: Any, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write_report(sample, tmp_path / "r.xlsx", "zh"))["宣称核查"]
    header = [cell.value for cell in sheet[1]]
    row = next(
        row for row in sheet.iter_rows(min_row=2, values_only=True)
        if row[header.index("结论代码")] == "not_checkable"
    )  # fmt: skip
    assert row[header.index("本报告估算")] is None
    assert row[header.index("结论")] == "无法核查"
    assert row[header.index("原因")] == "没有可对照的估算值：所给资料不足以估算“服务人口”。"


def test_text_that_looks_like_a_formula_stays_text(sample: Any, tmp_path: Path) -> None:
    path = write_report(spoiled(sample, FORMULAS), tmp_path / "report.xlsx", "en")
    sheet = openpyxl.load_workbook(path)["Evidence"]
    seen = {cell.value for cell in sheet["B"][1:]}
    assert {name.strip() for name in FORMULAS} <= {str(value).strip() for value in seen}
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
            assert all(cell.hyperlink is None for cell in row)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_runs_no_formula(sample: Any, tmp_path: Path) -> None:
    path = write_report(spoiled(sample, FORMULAS), tmp_path / "report.xlsx", "zh")
    outcome = subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
            "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,"
            "false,-1", "--outdir", str(tmp_path / "out"), str(path),
        ],
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert outcome.returncode == 0, outcome.stderr
    sheets = {item.stem: item.read_text("utf-8") for item in (tmp_path / "out").iterdir()}
    evidence = next(text for name, text in sheets.items() if name.endswith("数值与依据"))
    assert "=1+1" in evidence
    assert "=HYPERLINK" in evidence
    assert "#NAME?" not in evidence
    assert len(sheets) == 9


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(
    sample: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greensilk.report.workbook.MOST_ROWS", 21)
    book = openpyxl.load_workbook(write_report(sample, tmp_path / "report.xlsx", "en"))
    parts = [name for name in book.sheetnames if name.startswith("Evidence")]
    assert parts[:3] == ["Evidence", "Evidence 2", "Evidence 3"]
    rows = [book[name].max_row - 1 for name in parts]
    assert sum(rows) == sample.evidence.num_rows
    assert set(rows[:-1]) == {20}
    assert all(book[name]["A1"].value == "Project ID" for name in parts)


def test_an_empty_portfolio_makes_a_workbook(sample: Any, tmp_path: Path) -> None:
    for name in ("evidence", "audit", "consistency", "baselines", "projects", "totals"):
        setattr(sample, name, getattr(sample, name).slice(0, 0))
    sample.issues = []
    book = openpyxl.load_workbook(write_report(sample, tmp_path / "report.xlsx", "en"))
    assert len(book.sheetnames) == 9


def test_a_place_that_cannot_be_written_is_named(sample: Any, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="missing"):
        write_report(sample, tmp_path / "missing" / "report.xlsx", "en")


def test_a_failure_leaves_nothing_open_and_no_scrap(
    sample: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("greensilk.report.workbook.Workbook.cell", full)
    with pytest.raises(OutputError, match="No space left"):
        write_report(sample, tmp_path / "report.xlsx", "en")
    assert not list(tmp_path.iterdir())


TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=40)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, st.integers(1, 7))
def test_any_text_comes_back_as_it_was(tmp_path: Path, texts: list[str], size: int) -> None:
    book = Workbook(tmp_path / "any.xlsx", "en")
    batches = ([texts[at : at + size]] for at in range(0, len(texts), size))
    book.table("Any", [Heading("text")], len(texts), batches)
    book.close()
    book.discard()
    sheet = openpyxl.load_workbook(tmp_path / "any.xlsx")["Any"]
    read = [unescape(cell.value) if cell.value else "" for cell in sheet["A"][1:]]
    assert read == texts or [*read, *[""] * (len(texts) - len(read))] == texts


def test_a_text_too_long_for_a_cell_is_cut(tmp_path: Path) -> None:
    book = Workbook(tmp_path / "long.xlsx", "en")
    book.table("Long", [Heading("text")], 1, [[["x" * 40_000]]])
    book.close()
    book.discard()
    assert len(openpyxl.load_workbook(tmp_path / "long.xlsx")["Long"]["A2"].value) == 32_767


def test_numbers_that_are_none_leave_the_cell_empty(tmp_path: Path) -> None:
    book = Workbook(tmp_path / "numbers.xlsx", "en")
    values = [1, 2.5, float("nan"), float("inf"), None, 1e-7, 1e15, -3.25]
    book.table("Numbers", [Heading("value")], len(values), [[values]])
    book.close()
    book.discard()
    cells = openpyxl.load_workbook(tmp_path / "numbers.xlsx")["Numbers"]["A"][1:]
    assert [cell.value for cell in cells] == [1, 2.5, None, None, None, 1e-7, 1e15, -3.25]
    assert cells[1].number_format == "#,##0.00"

"""The command as a person types it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import typer

import greensilk
from greensilk.cli.commands import command_functions, load_function, make_command
from greensilk.core.text import catalogue

CSV = "id,name,country,technology,capacity_mw\nw,Wind,Kenya,wind,100\nh,Hydro,老挝,水电,200\n"


def run(*words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "greensilk", *words],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def projects(tmp_path: Path) -> Path:
    path = tmp_path / "projects.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def test_appraise_and_refuse_to_overwrite(projects: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    shown = run("appraise", str(projects), "--out", out, "--draws", "100").stdout
    assert "2 projects read: 2 with results" in shown
    assert "report.html" in shown
    again = run("appraise", str(projects), "--out", out, code=1)
    assert "--force" in again.stderr
    run("appraise", str(projects), "--out", out, "--draws", "0", "--force", "--lang", "zh")


def test_explain_as_text_and_json(projects: Path) -> None:
    shown = run("explain", str(projects), "w", "emission_reductions", "--draws", "50").stdout
    assert "combined_margin" in shown
    assert "Harmonized IFI" in shown
    chinese = run(
        "explain", str(projects), "w", "emission_reductions", "--draws", "0", "--lang", "zh"
    ).stdout
    assert "减排量" in chinese
    assert "组合边际排放因子" in chinese
    tree = json.loads(run("explain", str(projects), "w", "net_generation", "--json").stdout)
    assert tree["unit"] == "MWh/yr"
    assert tree["inputs"]


def test_method_book(projects: Path) -> None:
    listing = run("methods").stdout
    assert "power.combined_margin" in listing
    page = run("methods", "combined_margin").stdout
    assert "om_weight * operating_margin + bm_weight * build_margin" in page
    assert "TOOL07" in page
    near = run("methods", "combined_margn", code=1)
    assert "combined_margin" in near.stderr


def test_template_reads_back_as_empty(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    run("template", str(path), "--lang", "zh")
    assert "--force" in run("template", str(path), code=1).stderr
    refused = run("appraise", str(path), "--out", str(tmp_path / "o"), code=1)
    assert "empty.xlsx" in refused.stderr


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "empty.csv"),
        ("broken.xlsx", b"PK\x03\x04 not a workbook", "broken.xlsx"),
        ("locked.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "locked.xlsx"),
    ],
)  # fmt: skip
def test_bad_files_end_in_a_message(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    shown = run("appraise", str(path), "--out", str(tmp_path / "o"), code=1)
    assert said in shown.stderr
    assert not (tmp_path / "o").exists()
    assert run("appraise", str(tmp_path / "none.csv"), "--out", str(tmp_path / "o"), code=1).stderr


def test_two_columns_for_one_field_are_named(tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    path.write_text("id,country,technology,capacity_mw,装机容量(MW)\na,Kenya,wind,1,2\n", "utf-8")
    shown = run("appraise", str(path), "--out", str(tmp_path / "o"), "--draws", "0").stdout
    assert "capacity_mw" in shown
    assert "装机容量(MW)" in shown
    run("appraise", str(path), "--out", str(tmp_path / "p"), "--strict", code=1)


def test_bad_rows_are_told_and_the_good_ones_go_on(tmp_path: Path) -> None:
    path = tmp_path / "mixed.csv"
    path.write_bytes(
        (
            CSV
            + "c,Two,刚果,风电,10\nm,Minus,Kenya,wind,-5\nx,None,Kenya,,10\nw,Again,Kenya,wind,3\n"
            + "f,Future,Kenya,wind,10\n"
        ).encode("gb18030")
    )
    out = tmp_path / "o"
    run("appraise", str(path), "--out", str(out), "--draws", "0", "--lang", "zh")
    issues = (out / "issues.csv").read_text(encoding="utf-8-sig")
    for project in ("c", "m", "x", "w"):
        assert f",{project}," in issues.replace('"', "")
    assert "刚果" in issues
    refused = run(
        "appraise", str(path), "--out", str(tmp_path / "p"), "--draws", "0", "--strict", code=1
    )
    assert "mixed.csv" in refused.stderr


HEAVY = ["numpy", "pyarrow", "polars", "pint", "altair", "duckdb", "rapidfuzz", "jinja2"]


@pytest.mark.parametrize("command", ["", "facts"])
def test_help_imports_nothing_heavy(command: str) -> None:
    probe = (
        "import sys\nfrom greensilk.cli import main\n"
        f"try:\n    main([*{command.split()}, '--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def commands() -> list[str]:
    return sorted(command_functions())


@pytest.mark.parametrize("command", commands())
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_command_and_option_is_described_in_both_languages(command: str, lang: str) -> None:
    assert f"command.{command}" in catalogue()
    built = make_command(command, load_function(command_functions()[command]), lang)
    bare = [
        parameter.name
        for parameter in built.params
        if parameter.name != "help"
        and f"option.{command}.{parameter.name}" not in catalogue()
        and f"option.{parameter.name}" not in catalogue()
    ]
    assert not bare
    page = built.get_help(typer.Context(built))
    assert catalogue()[f"command.{command}"][lang][:12] in page
    if lang == "zh":
        assert "用法：" in page
        assert "Options:" not in page


def test_wrong_usage_is_said_in_the_language_asked_for(projects: Path) -> None:
    assert (
        "没有选项 --colour"
        in run("appraise", str(projects), "--colour", "--lang", "zh", code=2).stderr
    )
    assert "did you mean: search" in run("facts", "serch", code=2).stderr
    assert "缺少 --out" in run("appraise", str(projects), "--lang", "zh", code=2).stderr
    assert "--draws" in run("demo", "--draws", "many", code=2).stderr


def test_the_language_follows_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "用法" in run("--help").stdout
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert "Usage" in run("--help").stdout


def test_version() -> None:
    assert run("--version").stdout.split() == ["greensilk", greensilk.__version__]


def test_claims_that_begin_like_formulas_are_kept_as_text(tmp_path: Path) -> None:
    path = tmp_path / "minus.csv"
    path.write_text(
        "id,country,technology,capacity_mw,claimed_emission_reductions\n"
        "-a,Kenya,wind,50,+12 t\n=b,Kenya,wind,50,-5\n"
    )
    out = tmp_path / "o"
    run("appraise", str(path), "--out", str(out), "--draws", "0")
    audit = (out / "audit.csv").read_text(encoding="utf-8-sig")
    assert "'=b" in audit or "'-a" in audit
    assert '\n"=b' not in audit


def test_errors_speak_the_language_asked_for(projects: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused = run(
        "appraise", str(projects), "--out", str(tmp_path / "file"), "--lang", "zh", code=1
    )
    assert "是一个文件" in refused.stderr
    wrong = run("appraise", str(projects), "--out", "x", "--fleet-year", "2050", code=1)
    assert "2050" in wrong.stderr


# the command, with a word on the output once the first projects are evaluated
BEGUN = """
import sys
from greensilk.cli import main
from greensilk.engine import run
evaluate = run.evaluate_batch
def begin(*arguments, **options):
    print("begun", flush=True)
    return evaluate(*arguments, **options)
run.evaluate_batch = begin
main(sys.argv[1:])
"""


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_nothing(tmp_path: Path, sign: signal.Signals) -> None:
    out = tmp_path / "o"
    work = subprocess.Popen(
        [sys.executable, "-c", BEGUN, "demo", "--out", str(out), "--draws", "900000"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert work.stdout is not None
    assert work.stdout.readline() == "begun\n"
    work.send_signal(sign)
    _, said = work.communicate(timeout=300)
    assert work.returncode == 130, said
    assert "interrupted" in said
    assert list(tmp_path.iterdir()) == []

"""The guide and its command, from the snapshot in the package."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import greensilk as gs
from greensilk.core.errors import OutputError
from greensilk.core.text import label, render_value
from greensilk.country.commands import country
from greensilk.country.gather import CountryGuide, gather
from greensilk.country.view import brief_view
from greensilk.facts.query import Facts
from greensilk.reference.economies import economies
from greensilk.report.render import render_html, render_terminal

# digest of every figure as the guide printed it before it was one document: indicator, year, value,
# unit, source, place among partners
FIGURES = {
    "DEU": (666, "749103108fe81ccc"),
    "KEN": (719, "40e2c96d8d25148c"),
    "LAO": (660, "279d61d2124e5f71"),
}


@pytest.fixture(autouse=True)
def snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have no built store, so that the snapshot is used."""
    monkeypatch.setenv("GREENSILK_FACTS", str(tmp_path / "no-store"))
    return tmp_path


@pytest.fixture
def guide(snapshot: Path) -> CountryGuide:
    return gs.country.guide("KEN", year=2026)


@pytest.mark.parametrize("iso3", sorted(FIGURES))
def test_figures_years_and_sources_are_those_of_the_first_guides(iso3: str, tmp_path: Path) -> None:
    path = gs.country.guide(iso3, year=2026).save(tmp_path / "guide.json")
    read = json.loads(path.read_text(encoding="utf-8"))
    rows = [row for theme in read["themes"] for row in theme["figures"]] + read["policies"]
    lines = sorted(
        "|".join(
            f"{part:.12g}" if isinstance(part, float) else str(part)
            for part in (
                row["indicator"], row["year"], float(row["value"]), row["unit"], row["source"],
                row["partner_rank"],
            )
        )
        for row in rows
    )  # fmt: skip
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
    assert (len(rows), digest) == FIGURES[iso3]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_text_of_the_pdf(guide: CountryGuide, tmp_path: Path, lang: str) -> None:
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext of poppler is not installed")
    try:
        path = guide.save(tmp_path / "guide.pdf", lang)
    except OutputError as error:  # a machine without a Chinese font
        pytest.skip(str(error))
    # raw: as it was set, cell by cell; else lines of neighbouring columns are read as one
    done = subprocess.run([reader, "-q", "-raw", str(path), "-"], capture_output=True, check=True)
    text = re.sub(r"\s+", "", done.stdout.decode("utf-8"))
    keys = ("laws", "power", "climate", "hazards", "profile", "sources")
    phrases = [label(f"country.{key}.title", lang) for key in keys]
    phrases += ["Kenya", label("country.caution.starter", lang), "KEN·KE·M49404"]
    phrases += [render_value(line.title, lang) for line in guide.laws]
    for phrase in phrases:
        assert re.sub(r"\s+", "", phrase) in text, phrase
    assert "\ufffd" not in text


def run(*arguments: str) -> tuple[int, str]:
    shell = typer.Typer()
    shell.callback()(lambda: None)
    shell.command()(country)
    # a narrow screen breaks cells over lines
    done = CliRunner(env={"COLUMNS": "120"}).invoke(shell, ["country", *arguments])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


@pytest.mark.parametrize("ending", ["html", "pdf", "xlsx", "json", "docx"])
def test_command_writes_every_form(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"kenya.{ending}"
    code, output = run("Kenya", "--out", str(path), "--lang", "en")
    assert code == 0
    assert str(path) in output
    assert path.stat().st_size > 5_000


def test_command_on_the_screen() -> None:
    code, output = run("老挝", "--lang", "zh")
    assert code == 0
    assert "老挝" in output
    assert "组合边际排放因子" in output
    assert "快照" in output
    assert "Population" in run("LAO", "--theme", "population", "--lang", "en")[1]


def test_snapshot_never_says_that_a_hazard_was_not_assessed(guide: CountryGuide) -> None:
    unknown = [row for row in guide.hazards if row.level is None]
    assert all(row.no_level in ("not_packaged", "not_assessed") for row in unknown)
    with Facts.open() as facts:
        table = facts.sql("SELECT indicator FROM indicators")
    if not any(name.startswith("thinkhazard.") for name in table.column("indicator").to_pylist()):
        assert {row.no_level for row in unknown} == {"not_packaged"}


def test_command_refuses_before_it_works(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        run("KEN", "--out", str(tmp_path / "a.odt"))
    with pytest.raises(gs.GreenSilkError, match="weather"):
        run("KEN", "--theme", "weather")


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_country_can_be_shown(lang: str) -> None:
    with Facts.open() as facts:
        for place in economies()[:: 1 if lang == "en" else 5]:
            made = gather(facts, place.iso3, year=2026)
            page = render_html(made.document, lang)
            assert label(f"economy.{place.iso3}", lang).replace("'", "&#39;") in page
            assert render_terminal(brief_view(made), lang)

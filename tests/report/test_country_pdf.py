"""The guide as a PDF, and the command, from the snapshot in the package."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from greensilk.cli.country import mount
from typer.testing import CliRunner

from greensilk.core.errors import OutputError
from greensilk.facts import Facts
from greensilk.report.country import CountryGuide, fonts, gather
from greensilk.report.country.fonts import CHINESE, FontChoice, find_fonts
from greensilk.report.country.pdf import render_pdf, write_pdf
from greensilk.report.country.words import GuideWords


@pytest.fixture(autouse=True)
def snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have no built store, so that the snapshot is used."""
    monkeypatch.setenv("GREENSILK_FACTS", str(tmp_path / "no-store"))
    return tmp_path


@pytest.fixture
def guide(snapshot: Path) -> Iterator[CountryGuide]:
    with Facts.open() as facts:
        yield gather(facts, "KEN", year=2026)


@pytest.fixture
def chinese() -> FontChoice:
    """Return the fonts of this machine; without a Chinese one there is nothing to test."""
    try:
        return find_fonts("zh")
    except OutputError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))


def inflated(made: bytes) -> str:
    """Return the objects and streams of a PDF as text."""
    parts = [made.decode("latin-1")]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", made, flags=re.DOTALL):
        try:
            parts.append(zlib.decompress(found[1]).decode("latin-1"))
        except zlib.error:
            continue
    return "\n".join(parts)


def test_pdf_embeds_chinese_glyphs(guide: CountryGuide, chinese: FontChoice) -> None:
    made = render_pdf(guide, "zh")
    assert made.startswith(b"%PDF")
    held = inflated(made)
    names = {name.rpartition("+")[2] for name in re.findall(r"/BaseFont\s*/([\w+\-]+)", held)}
    known = {family.replace(" ", "").lower() for family in CHINESE}
    assert any(name.lower().startswith(one) for name in names for one in known), names
    assert "/FontFile" in held
    # the tables from glyphs to letters: what a reader searches and copies
    codes = {code.upper() for code in re.findall(r"<([0-9a-fA-F]{4})>\s*\n", held)}
    for letter in "肯尼亚组合边际排放因子法律":
        assert f"{ord(letter):04X}" in codes, letter


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_text_of_the_pdf(
    guide: CountryGuide, chinese: FontChoice, tmp_path: Path, lang: str
) -> None:
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext of poppler is not installed")
    path = write_pdf(guide, tmp_path / "guide.pdf", lang)
    # raw: as it was set, cell by cell; else lines of neighbouring columns are read as one
    done = subprocess.run([reader, "-q", "-raw", str(path), "-"], capture_output=True, check=True)
    text = re.sub(r"\s+", "", done.stdout.decode("utf-8"))
    words = GuideWords(lang)
    wanted = [words.pick("Kenya", "肯尼亚"), words.pick("肯尼亚", "Kenya")]
    wanted += [
        words.say(f"{key}.title")
        for key in ("laws", "power", "climate", "hazards", "profile", "annex", "sources")
    ]
    wanted += [words.say("caution.starter"), "KEN·KE·M49404"]
    wanted += [law.title(lang) for law in guide.laws]
    for phrase in wanted:
        assert re.sub(r"\s+", "", phrase) in text, phrase
    assert "\ufffd" not in text


def test_pdf_is_the_same_twice(guide: CountryGuide) -> None:
    assert render_pdf(guide, "en") == render_pdf(guide, "en")


def test_without_a_chinese_font_the_error_says_what_to_install(
    guide: CountryGuide, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fonts, "_places", dict)
    with pytest.raises(OutputError, match="noto-cjk-sans-otc") as caught:
        write_pdf(guide, tmp_path / "guide.pdf", "zh")
    assert "GREENSILK_FONTS" in str(caught.value)
    assert not (tmp_path / "guide.pdf").exists()
    # English needs none: the font of the typesetter does, and the Chinese name stays away
    assert write_pdf(guide, tmp_path / "guide.pdf", "en").stat().st_size > 10_000


def test_fonts_of_the_users_folder_come_first(
    chinese: FontChoice, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for place in chinese.folders:
        for path in Path(place).iterdir():
            if path.suffix.lower() in (".ttc", ".otf", ".ttf") and path.stat().st_size > 2**20:
                shutil.copy(path, tmp_path / path.name)
    monkeypatch.setenv("GREENSILK_FONTS", str(tmp_path))
    assert find_fonts("zh").folders[0] == str(tmp_path)


@pytest.fixture
def command() -> typer.Typer:
    app = typer.Typer()
    app.callback()(lambda: None)
    mount(app)
    return app


@pytest.mark.parametrize("ending", ["html", "pdf", "xlsx", "json"])
def test_command_writes_every_form(command: typer.Typer, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"kenya.{ending}"
    done = CliRunner().invoke(command, ["country", "Kenya", "--out", str(path)])
    assert done.exit_code == 0, done.output
    assert str(path) in done.output
    assert path.stat().st_size > 5_000


def test_command_on_the_screen(command: typer.Typer) -> None:
    done = CliRunner().invoke(command, ["country", "老挝", "--lang", "zh"])
    assert done.exit_code == 0, done.output
    assert "老挝" in done.output
    assert "组合边际排放因子" in done.output
    assert "快照" in done.output
    one = CliRunner().invoke(command, ["country", "LAO", "--theme", "population"])
    assert "Population" in one.output


def test_command_says_that_json_holds_both_languages(command: typer.Typer) -> None:
    wide = {"COLUMNS": "200", "TERMINAL_WIDTH": "200", "NO_COLOR": "1"}
    done = CliRunner().invoke(command, ["country", "--help"], env=wide)
    assert "JSON holds both" in re.sub(r"\s+", " ", done.output)


def test_snapshot_never_says_that_a_hazard_was_not_assessed(guide: CountryGuide) -> None:
    unknown = [one for one in guide.hazards if one.level is None]
    assert all(one.no_level in ("not_packaged", "not_assessed") for one in unknown)
    with Facts.open() as facts:
        known = {
            row["indicator"] for row in facts.sql("SELECT indicator FROM indicators").to_pylist()
        }
    if not any(name.startswith("thinkhazard.") for name in known):
        assert {one.no_level for one in unknown} == {"not_packaged"}


def test_command_refuses_before_it_works(command: typer.Typer, tmp_path: Path) -> None:
    done = CliRunner().invoke(command, ["country", "KEN", "--out", str(tmp_path / "a.docx")])
    assert isinstance(done.exception, OutputError)
    done = CliRunner().invoke(command, ["country", "KEN", "--theme", "weather"])
    assert "weather" in str(done.exception)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_country_can_be_shown(lang: str) -> None:
    from greensilk.reference.economies import economies
    from greensilk.report.country.html import render_html
    from greensilk.report.country.plain import lines

    with Facts.open() as facts:
        for place in economies()[:: 1 if lang == "en" else 5]:
            guide = gather(facts, place.iso3, year=2026)
            page = render_html(guide, lang)
            assert place.name(lang).replace("'", "&#39;") in page
            assert list(lines(guide, lang))

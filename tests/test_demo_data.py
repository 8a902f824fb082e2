from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path

import pytest

from greensilk.core.errors import UnknownNameError
from greensilk.core.tables import open_packaged
from greensilk.demo import REPORT, projects_path, sources
from greensilk.projects import Projects, read_projects, schema, technologies
from greensilk.reference.economies import match

with open_packaged("demo/projects.csv").open(encoding="utf-8") as handle:
    ROWS = list(csv.DictReader(handle))
FIELDS = {row.name for row in schema()}
FAMILIES = {row.code: row.family for row in technologies()}
# where a figure is not a statement of the report, or is a word that stands for one of its phrases
IDENTITY = {
    "project_id", "component", "name", "name_zh", "country", "city", "latitude", "longitude",
    "geolocation_source", "technology", "status", "section", "notes",
}  # fmt: skip


def label(row: dict[str, str]) -> str:
    return f"{row['project_id']}:{row['component']}"


def test_the_example_holds_the_projects_of_the_report():
    assert len({row["project_id"] for row in ROWS}) >= 30
    keys = [(row["project_id"], row["component"]) for row in ROWS]
    assert len(keys) == len(set(keys))
    families = {FAMILIES[row["technology"]] for row in ROWS}
    assert families >= {
        "electricity", "fossil", "offgrid", "freight", "fleet", "lighting", "wastewater",
        "industry", "planting", "programme",
    }  # fmt: skip


def test_every_column_is_a_field_of_the_schema():
    assert set(ROWS[0]) <= FIELDS


@pytest.mark.parametrize("row", ROWS, ids=label)
def test_a_row_has_names_an_economy_a_place_and_its_section(row: dict[str, str]):
    assert match(row["country"]).kind == "economy"
    assert row["name"].isascii() or "é" in row["name"]
    assert re.search(r"[\u4e00-\u9fff]", row["name_zh"])
    assert row["section"]
    assert row["notes"]
    assert row["status"] in ("operating", "construction", "planned")
    if row["latitude"]:
        assert -90 <= float(row["latitude"]) <= 90
        assert -180 <= float(row["longitude"]) <= 180
        assert row["geolocation_source"] == "place, not from the report"
        assert row["city"]


@pytest.mark.parametrize("row", ROWS, ids=label)
def test_every_figure_has_the_words_it_is_from(row: dict[str, str]):
    held = {
        (item.field, item.value)
        for item in sources()
        if (item.project_id, item.component) == (row["project_id"], row["component"])
        and item.from_report
    }
    for field, value in row.items():
        if field not in IDENTITY and value:
            assert (field, value) in held, field


@pytest.fixture(scope="module")
def projects() -> Projects:
    with projects_path() as path:
        return read_projects(path)


def test_the_reader_takes_every_row_and_refuses_no_figure(projects: Projects):
    assert projects.table.num_rows == len(ROWS)
    refused = [fault for fault in projects.faults if fault.severity == "refused"]
    assert refused == []


@pytest.mark.parametrize(
    ("project_id", "claim", "value", "qualifier"),
    [
        ("karot-hydropower", "annual_generation", 3.2e6, None),
        ("karot-hydropower", "claimed_people", 5e6, "approx"),
        ("cauchari-solar", "claimed_standard_coal", 202_000, "approx"),
        ("cauchari-solar", "claimed_sulphur_dioxide", 106_100, None),
        ("mozura-wind", "claimed_emission_reductions", 3000, "approx"),
        ("dubai-hybrid-solar", "claimed_households", 270_000, "at_least"),
        ("morowali-industrial-park", "claimed_emission_cut", 0.6, "at_least"),
        ("vientiane-low-carbon-zone", "claimed_trees", 100_000, "at_least"),
        ("china-europe-freight-trains", "claimed_intensity_ratio_to_road", 1 / 7, None),
        ("china-renewables-2022-total", "claimed_emission_reductions", 2.83e9, None),
        ("byd-hungary-bus-factory", "claimed_vehicle_output", 400, "approx"),
    ],
)
def test_claims_are_read_as_the_report_means_them(
    projects: Projects, project_id: str, claim: str, value: float, qualifier: str | None
):
    found = [
        row
        for row in projects.claims.to_pylist()
        if (row["project_id"], row["claim"]) == (project_id, claim)
    ]
    assert len(found) == 1
    assert found[0]["value"] == pytest.approx(value)
    assert (found[0]["qualifier"] or None) == qualifier


def test_a_range_stays_a_range(projects: Projects):
    rows = projects.claims.to_pylist()
    gain = next(row for row in rows if row["claim"] == "claimed_efficiency_gain")
    assert (gain["low"], gain["high"]) == pytest.approx((0.15, 0.20))


def test_inputs_are_converted_to_the_canonical_unit(projects: Projects):
    rows = {(row["project_id"], row["component"]): row for row in projects.table.to_pylist()}
    assert rows["karot-hydropower", ""]["capacity"] == pytest.approx(720)
    assert rows["cauchari-solar", ""]["measured_generation"] == pytest.approx(711_000)
    assert rows["china-laos-railway-greening", ""]["planted_area"] == pytest.approx(307)
    assert rows["china-laos-railway-greening", ""]["tree_count"] == pytest.approx(55_000)
    assert rows["vientiane-low-carbon-zone", "lamps"]["lamp_count"] == 2000
    hybrid = [row["capacity"] for key, row in rows.items() if key[0] == "dubai-hybrid-solar"]
    assert sum(capacity for capacity in hybrid if capacity is not None) == pytest.approx(950)


def test_a_figure_from_the_report_stands_in_the_words_quoted():
    for row in sources():
        if not row.from_report or row.field in ("traction", "baseline_mode"):
            continue
        figures = re.findall(r"\d+(?:\.\d+)?", _plain(row.value))
        words = _plain(row.text_as_written)
        assert figures or row.value in words, row
        assert all(figure in words for figure in figures), row


def test_what_is_not_from_the_report_has_its_own_source_and_is_not_in_the_projects():
    outside = [row for row in sources() if not row.from_report]
    assert outside
    cells = {(row["project_id"], row["component"]): row for row in ROWS}
    for row in outside:
        assert row.address.startswith("http")
        assert row.document != "ten_year_report"
        assert row.text_as_written == ""
        held = cells[row.project_id, row.component].get(row.field, "")
        assert held != row.value


def test_the_whole_and_its_components():
    for project_id in {row["project_id"] for row in ROWS}:
        parts = [row for row in ROWS if row["project_id"] == project_id]
        wholes = [row for row in parts if not row["component"]]
        assert len(wholes) <= 1
        assert len(wholes) == 1 or len(parts) > 1
        if len(parts) > 1 and wholes:
            # a whole stands last, carries no input, and so is never counted twice
            assert parts[-1] is wholes[0]
            assert FAMILIES[wholes[0]["technology"]] == "programme"
            assert not wholes[0].get("capacity")


def test_the_file_is_given_as_a_path_and_an_unknown_project_is_refused():
    with projects_path() as path:
        assert path.is_file()
        assert path.read_text(encoding="utf-8").startswith("project_id,component,name,name_zh")
    with pytest.raises(UnknownNameError, match="karot"):
        sources("karot")
    assert len(sources()) > len(sources("karot-hydropower")) > 0
    assert "Green Silk Road" in REPORT.en
    assert "绿色丝绸之路" in REPORT.zh


@pytest.mark.mirror
def test_every_quotation_stands_in_the_report(mirror: Path):
    report = mirror.parent / "seed" / "green-silk-road-ten-year-report.zh.txt"
    if not report.is_file():
        pytest.skip("the text of the report is not beside the mirror")
    text = re.sub(r"\s", "", report.read_text(encoding="utf-8"))
    for row in sources():
        if row.from_report:
            assert re.sub(r"\s", "", row.text_as_written) in text, row


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))

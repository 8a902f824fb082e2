"""Faults of the input in the table of findings, and the names at the door of the room."""

from __future__ import annotations

import greensilk as gs
from greensilk import projects
from greensilk.core.findings import FINDINGS
from greensilk.core.text import Label, Name, render
from greensilk.core.text.parameters import decode
from greensilk.projects.fields import choice_rows, limits

ROWS = [
    {"id": "a", "country": "Kenya", "technology": "Hydroelectric Power Plant", "capcity": 10},
    {"id": "b", "country": "Kenya", "technology": "hydro", "latitude": 95.0},
]


def test_every_fault_is_a_finding_with_its_severity_as_outcome() -> None:
    read = projects.read(ROWS)
    table = projects.findings(read)
    assert table.schema.equals(FINDINGS)
    assert table["reason_code"].to_pylist() == [f"fault.{fault.code}" for fault in read.faults]
    assert table["outcome"].to_pylist() == [fault.severity for fault in read.faults]
    assert set(table["room"].to_pylist()) == {"projects"}
    assert dict(zip(table["item"].to_pylist(), table["subject"].to_pylist(), strict=True)) == {
        "": "",
        "technology": "a",
        "latitude": "b",
    }


def test_the_reason_of_a_finding_reads_in_both_languages() -> None:
    table = projects.findings(projects.read(ROWS))
    reasons = dict(
        zip(table["reason_code"].to_pylist(), table["reason_params"].to_pylist(), strict=True)
    )
    guessed = decode(reasons["fault.technology_guessed"])
    assert guessed["expected"] == Label("technology.hydro")
    assert decode(reasons["fault.unmapped_column"])["expected"] == Name("capacity")
    for code, params in reasons.items():
        for lang in ("en", "zh"):
            assert "{" not in render(code, lang, decode(params))
    assert render("fault.technology_guessed", "zh", guessed).endswith("按“水力发电”读取。")


def test_a_file_without_faults_has_no_findings() -> None:
    assert projects.findings(projects.read(ROWS[1] | {"latitude": 1.0})).num_rows == 0


def test_the_room_is_reached_from_the_front_door() -> None:
    assert gs.projects.read is gs.projects.read_projects
    assert gs.projects.schema()[0].name == "project_id"
    assert len(gs.projects.read(ROWS)) == 2
    assert [len(part) for part in gs.projects.iter_projects(ROWS, 1)] == [1, 1]
    assert set(projects.__all__) == set(dir(projects))


def test_what_the_faults_name_has_words() -> None:
    for field, rows in choice_rows().items():
        for row in rows:
            assert render(f"choice.{field}.{row.code}", "zh") == row.zh
    for limit in limits():
        assert render(f"limit.{limit.field}.{limit.technology}", "en") == limit.en

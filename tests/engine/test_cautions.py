"""What makes results mean less than they seem is a finding on the project."""

from __future__ import annotations

import pyarrow as pa
import pytest

from greensilk.core.findings import FINDINGS
from greensilk.core.text import LANGUAGES, render
from greensilk.engine.evidence import evidence_schema
from greensilk.engine.summary import caution_findings, cautions


def evidence(rows):
    names = evidence_schema().names
    blank = {"low": None, "high": None, "unit": "1", "method": "", "grade": 2, "basis": "default"}
    full = [{name: {**blank, **row}.get(name) for name in names} for row in rows]
    return pa.Table.from_pylist(full, schema=evidence_schema())


@pytest.fixture
def table():
    return caution_findings(
        evidence(
            [
                {"project_id": "dam", "quantity": "reservoir_eligible", "value": 0.0},
                {"project_id": "dam", "quantity": "emission_reductions", "value": 5e4,
                 "low": 4e4, "high": 6e4, "unit": "tCO2e/yr"},
                {"project_id": "deep", "quantity": "reservoir_eligible", "value": 1.0},
                {"project_id": "alpine", "quantity": "near_zero_grid", "value": 1.0},
            ]
        )
    )  # fmt: skip


def test_each_doubtful_project_has_a_finding_with_its_estimate(table):
    assert table.schema == FINDINGS
    rows = {row["subject"]: row for row in table.to_pylist()}
    assert {subject: row["outcome"] for subject, row in rows.items()} == {
        "dam": "shallow_reservoirs",
        "alpine": "near_zero_grids",
    }
    dam = rows["dam"]
    assert (dam["item"], dam["value"], dam["low"], dam["unit"], dam["grade"]) == (
        "emission_reductions", 5e4, 4e4, "tCO2e/yr", 2,
    )  # fmt: skip
    assert rows["alpine"]["value"] is None


def test_every_caution_has_a_sentence():
    for row in cautions():
        for lang in LANGUAGES:
            assert render(f"caution.{row.caution}", lang)


def test_without_evidence_there_is_nothing_to_doubt():
    assert caution_findings(evidence([])).num_rows == 0

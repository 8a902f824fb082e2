"""Findings carry codes and parameters, and the words come last."""

from __future__ import annotations

from greensilk.core.errors import Fault, OutputError, UnknownNameError
from greensilk.core.findings import FINDINGS, Finding, fault_finding, findings_table
from greensilk.core.text import Amount, Label, Names, Percent, Sentence
from greensilk.core.text.parameters import decode, encode


def test_parameters_survive_the_way_through_a_table() -> None:
    params = {
        "count": 3,
        "lacks": Names(("capacity", "country")),
        "limit": Amount(8760.0, "h/yr"),
        "share": Percent(0.25),
        "kind": Label("technology.solar_pv"),
        "inner": Sentence("fault.where.row", {"row": 7}),
    }
    assert decode(encode(params)) == params


def test_a_fault_is_a_finding() -> None:
    fault = Fault("unknown_country", project_id="P1", field="country", value="Atlantis", row=7)
    table = findings_table([fault_finding(fault)])
    assert table.schema == FINDINGS
    row = table.to_pylist()[0]
    assert (row["subject"], row["item"], row["outcome"]) == ("P1", "country", "refused")
    assert decode(row["reason_params"]) == {"row": 7, "value": "Atlantis"}


def test_no_sentence_is_in_a_finding() -> None:
    row = findings_table([Finding("P1", "judge", "claim", "x", "high")]).to_pylist()[0]
    assert row["reason_params"] == ""


def test_errors_speak_both_languages_and_name_what_is_near() -> None:
    assert "is a file" in str(OutputError("out_is_file", path="x"))
    assert "文件" in OutputError("out_is_file", path="x").message("zh")
    error = UnknownNameError("quantity", "emision_reductions", ["emission_reductions"])
    assert "emission_reductions" in str(error)
    assert "是否指" in error.message("zh")

"""Totals hold what runs; the rest is shown apart."""

from __future__ import annotations

import pytest

import greensilk as gs


def rows(*statuses: str) -> list[dict[str, object]]:
    return [
        {
            "id": f"P{number}",
            "country": "Kenya",
            "technology": "wind",
            "capacity_mw": 100,
            "status": status,
        }
        for number, status in enumerate(statuses)
    ]


def total(appraisal: gs.Appraisal, quantity: str = "emission_reductions") -> tuple[float, int]:
    (row,) = [row for row in appraisal.summary.to_pylist() if row["quantity"] == quantity]
    return row["value"], row["projects"]


@pytest.mark.parametrize("draws", [0, 60])
def test_only_what_runs_is_in_a_total(draws: int) -> None:
    alone = gs.appraise(rows("operating"), draws=draws)
    mixed = gs.appraise(
        rows("operating", "cancelled", "退役", "planned", "在建", "?!"), draws=draws
    )
    assert total(mixed) == total(alone)
    amount, _ = total(alone)
    for stage in ("construction", "planned", "retired", "cancelled", "unknown"):
        assert total(mixed, f"apart_{stage}") == (pytest.approx(amount), 1)
    assert (
        mixed.evidence.filter(
            [name == "emission_reductions" for name in mixed.evidence["quantity"].to_pylist()]
        ).num_rows
        == 6
    )
    assert "Cancelled projects" in mixed.to_html()
    assert "已取消项目" in mixed.to_html(lang="zh")


def test_no_status_counts() -> None:
    assert total(gs.appraise(rows("", ""), draws=0))[1] == 2


def test_of_a_plant_only_the_units_that_run() -> None:
    units = rows("operating", "retired")
    for number, unit in enumerate(units):
        unit |= {"id": "P", "name": "Alpha", "component": str(number)}
    assert total(gs.appraise(units, draws=0))[0] == pytest.approx(
        total(gs.appraise(rows("operating"), draws=0))[0]
    )

"""How much facts move a result, held against answers known in closed form and against draws."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pytest

import greensilk as gs
from greensilk.core.errors import GreenSilkError
from greensilk.core.names import NameRecord
from greensilk.core.provenance import document_source
from greensilk.core.quantity import Quantity
from greensilk.demo import projects_path
from greensilk.engine.batch import batch_from_arrow
from greensilk.engine.draws import Z95
from greensilk.engine.graph import FieldProvider, Graph
from greensilk.engine.lookup import Fact, FactLookup
from greensilk.engine.sensitivity import Part, portfolio_sensitivity, project_sensitivity
from greensilk.reference import Row

SOURCE = document_source("s", "Publisher", "Document", "2020")
TECHNOLOGIES = {"wind": {"family": "power"}}


def _formula(
    name: str,
    unit: str,
    inputs: dict[str, str],
    function: Callable[..., Any],
    additive: bool = True,
) -> Quantity:
    entry = NameRecord(name, unit, f"name.{name}", additive, "headline" if additive else "detail")
    return Quantity(f"test.{name}", {"power": entry}, {"power": "s"}, unit, inputs, function)


FORMULAS = (
    _formula(
        "output",
        "MWh/yr",
        {"capacity": "MW", "hours": "h/yr"},
        lambda capacity, hours: capacity * hours,
    ),
    _formula(
        "avoided",
        "tCO2e/yr",
        {"output": "MWh/yr", "grid": "tCO2e/MWh"},
        lambda output, grid: output * grid,
    ),
    _formula(
        "intensity",
        "tCO2e/MWh",
        {"avoided": "tCO2e/yr", "output": "MWh/yr"},
        lambda avoided, output: avoided / output,
        additive=False,
    ),
)


def _lookup(name: str, value: float, low: float, high: float, unit: str, scope: str) -> FactLookup:
    row = Row(
        keys=(), parameter=name, value=value, low=low, high=high, distribution="normal", unit=unit,
        year="2020", source=SOURCE, verified=True, scope=scope, grade=3,
    )  # fmt: skip
    return FactLookup(name, 20, [Fact("table", (), row)], unit)


@pytest.fixture(scope="module")
def graph() -> Graph:
    made = Graph(
        [FieldProvider("capacity", "capacity", "MW", "claimed", 2, 1.0)],
        FORMULAS,
        {},
    )
    made.lookups = {
        "hours": [_lookup("hours", 2000.0, 1800.0, 2200.0, "h/yr", "project")],
        "grid": [_lookup("grid", 0.5, 0.4, 0.6, "tCO2e/MWh", "keys")],
    }
    return made


def _part(sizes: list[float], project: str = "", **more: list[float]) -> Part:
    count = len(sizes)
    table = pa.table(
        {
            "project_id": [project or f"p{index}" for index in range(count)],
            "component": [f"c{index}" if project else "" for index in range(count)],
            "technology": ["wind"] * count,
            "capacity": pa.array(sizes, pa.float64()),
            **more,
        }
    )
    batch = batch_from_arrow(table, TECHNOLOGIES, {})
    return Part("power", batch, np.arange(count))


def test_swings_and_shares_of_a_product_are_those_of_the_formula(graph: Graph) -> None:
    sizes = [10.0, 20.0, 30.0]
    total = sum(sizes) * 2000.0 * 0.5
    rows = {
        row["fact"]: row
        for row in portfolio_sensitivity(graph, [_part(sizes)], "avoided", total).to_pylist()
    }
    # the ends: everything times 0.4 / 0.5 and 1800 / 2000
    assert rows["grid"]["low"] == pytest.approx(total * 0.8)
    assert rows["grid"]["high"] == pytest.approx(total * 1.2)
    assert rows["hours"]["swing"] == pytest.approx(total * 0.2)
    assert (rows["grid"]["scope"], rows["hours"]["scope"]) == ("keys", "project")
    # variances: a shared factor moves the sum, hours of single plants average out
    grid = (total * 0.2 / Z95) ** 2
    hours = sum((size * 1000.0 * 0.1 / Z95) ** 2 for size in sizes)
    assert rows["grid"]["share"] == pytest.approx(grid / (grid + hours), rel=1e-3)
    assert rows["grid"]["share"] + rows["hours"]["share"] == pytest.approx(1.0)
    assert [row["projects"] for row in rows.values()] == [3, 3]
    assert rows["grid"]["fact_low"] == 0.4


def test_a_range_of_the_file_counts_as_a_fact(graph: Graph) -> None:
    part = _part([10.0], capacity__low=[8.0], capacity__high=[12.0])
    table = portfolio_sensitivity(graph, [part], "output", 20_000.0)
    row = next(row for row in table.to_pylist() if row["fact"] == "capacity")
    # the 5th and 95th percentile of a uniform range
    assert (row["low"], row["high"]) == pytest.approx((8.2 * 2000.0, 11.8 * 2000.0))
    assert (row["basis"], row["grade"], row["source"]) == ("claimed", 2, "")


def test_what_cannot_be_added_is_formed_again_from_moved_components(graph: Graph) -> None:
    part = _part([10.0, 20.0], project="hybrid")
    parts = [("power", part.batch.take(np.array([index]))) for index in range(2)]
    table = project_sensitivity(graph, "hybrid", parts, "intensity")
    # hours cancel out of tonnes per megawatt-hour
    moving = [row for row in table.to_pylist() if row["swing"] > 1e-12]
    assert [row["fact"] for row in moving] == ["grid"]
    assert (moving[0]["low"], moving[0]["high"]) == pytest.approx((0.4, 0.6))
    total = project_sensitivity(graph, "hybrid", parts, "avoided").to_pylist()
    assert {row["fact"]: round(row["swing"], 3) for row in total} == {
        "grid": 12_000.0,
        "hours": 6_000.0,
    }


@pytest.fixture(scope="module")
def demo() -> gs.Appraisal:
    with projects_path() as path:
        return gs.appraise(path, draws=0)


def test_facts_moved_one_by_one_start_from_the_total(demo: gs.Appraisal) -> None:
    total = next(
        row["value"]
        for row in demo.totals.to_pylist()
        if (row["quantity"], row["family"]) == ("emission_reductions", "")
    )
    frame = pl.DataFrame(pl.from_arrow(demo.sensitivity("emission_reductions")))
    assert frame["value"].to_numpy() == pytest.approx(total, rel=1e-9)
    assert frame["share"].sum() == pytest.approx(1.0)
    assert frame["swing"].is_sorted(descending=True)
    assert (frame.filter(pl.col("source") != "")["year"] != "").all()
    named = pl.DataFrame(pl.from_arrow(demo.sensitivity("emission_reductions", by="name")))
    assert named["fact"].is_unique().all()
    assert named["facts"].sum() == frame.height
    assert named["share"].sum() == pytest.approx(1.0)
    assert named["swing"].is_sorted(descending=True)


def test_a_project_is_named_in_either_language(demo: gs.Appraisal) -> None:
    table = demo.sensitivity("emission_reductions", "卡洛特")
    assert set(table.column("subject").to_pylist()) == {"karot-hydropower"}
    value = demo.explain("karot-hydropower", "emission_reductions").value
    assert table.column("value")[0].as_py() == pytest.approx(value)


def test_what_has_no_total_is_refused(demo: gs.Appraisal) -> None:
    with pytest.raises(GreenSilkError, match="cannot be added"):
        demo.sensitivity("combined_margin")
    with pytest.raises(GreenSilkError, match="no project has a result"):
        demo.sensitivity("moonlight")
    assert demo.sensitivity("combined_margin", "karot-hydropower").num_rows >= 0

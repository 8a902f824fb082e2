"""The engine on a graph of its own: choice of providers, ranges, correlation, components."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greensilk.core.errors import UnknownNameError
from greensilk.core.names import NameRecord
from greensilk.core.provenance import document_source
from greensilk.core.quantity import Quantity
from greensilk.engine.aggregate import Sums, aggregate_table, block_sum, totals_table
from greensilk.engine.batch import Batch, batch_from_arrow
from greensilk.engine.draws import low_high
from greensilk.engine.evidence import evidence_table
from greensilk.engine.explain import explain_project
from greensilk.engine.graph import FieldProvider, Graph
from greensilk.engine.local import BatchResult, evaluate_batch
from greensilk.engine.lookup import Fact, FactLookup
from greensilk.reference import Row

SOURCE = document_source("s", "Publisher", "Document", "2020")
TECHNOLOGIES = {
    "wind": {"family": "power", "kind": "open"},
    "solar": {"family": "power", "kind": "roof"},
}


def _quantity(unit: str, inputs: dict[str, str], **more) -> Quantity:
    def declare(function):
        label = more.get("name", function.__name__)
        level = more.get("level", "detail")
        return Quantity(
            method=f"{__name__}.{function.__name__}",
            entries={
                "power": NameRecord(label, unit, f"name.{label}", more.get("additive", True), level)
            },
            sources={"power": "s"},
            unit=unit,
            inputs=inputs,
            function=function,
            where={key: (value,) for key, value in more.get("where", {}).items()},
        )

    return declare


@_quantity(
    "MWh/yr", {"capacity": "MW", "hours": "h/yr", "load": "1"}, name="output", level="headline"
)
def output(capacity, hours, load):
    return capacity * hours * load


@_quantity("tCO2e/yr", {"output": "MWh/yr", "grid": "tCO2e/MWh"}, level="headline")
def avoided(output, grid):
    return output * grid


@_quantity("tCO2e/MWh", {"avoided": "tCO2e/yr", "output": "MWh/yr"}, additive=False)
def intensity(avoided, output):
    return avoided / output


@_quantity("kg/yr", {"output": "MWh/yr", "dust": "kg/MWh"}, where={"kind": "open"})
def dust_avoided(output, dust):
    return output * dust


def _fact(name, value, low, high, kind, unit, scope, grade=4, **keys) -> Fact:
    row = Row(
        keys=(),
        parameter=name,
        value=value,
        low=low,
        high=high,
        distribution=kind,
        unit=unit,
        year="2020",
        source=SOURCE,
        verified=True,
        scope=scope,
        grade=grade,
    )
    return Fact("table", tuple(sorted(keys.items())), row)


@pytest.fixture(scope="module")
def graph() -> Graph:
    made = Graph(
        [
            FieldProvider("capacity", "capacity", "MW", "claimed", 2, 1.0),
            FieldProvider("metered", "output", "MWh/yr", "measured", 1, 1000.0),
        ],
        [output, avoided, intensity, dust_avoided],
        {},
    )
    made.lookups = {
        "hours": [
            FactLookup(
                "hours", 20, [_fact("hours", 8760, 8760, 8760, "fixed", "h/yr", "keys", 1)], "h/yr"
            )
        ],
        "load": [
            FactLookup(
                "load", 20, [_fact("load", 0.3, 0.2, 0.4, "triangular", "1", "project", 5)], "1"
            )
        ],
        "grid": [
            FactLookup(
                "grid",
                20,
                [
                    _fact("grid", 0.5, 0.4, 0.6, "normal", "tCO2e/MWh", "keys", 3, country="KEN"),
                    _fact("grid", 700, 500, 900, "uniform", "gCO2e/kWh", "keys", 3, country="LAO"),
                ],
                "tCO2e/MWh",
            )
        ],
        "dust": [
            FactLookup("dust", 20, [_fact("dust", 1, 1, 1, "fixed", "kg/MWh", "keys")], "kg/MWh")
        ],
    }
    return made


def _table(rows: list[dict]) -> pa.Table:
    columns = {
        "project_id": pa.string(), "component": pa.string(), "technology": pa.string(),
        "country": pa.string(), "capacity": pa.float64(), "metered": pa.float64(),
        "capacity__low": pa.float64(), "capacity__high": pa.float64(),
    }  # fmt: skip
    return pa.Table.from_pylist(rows, schema=pa.schema(columns))


def _batch(rows: list[dict]) -> Batch:
    return batch_from_arrow(_table(rows), TECHNOLOGIES, {})


def _run(graph: Graph, rows: list[dict], draws: int = 200) -> tuple[BatchResult, pa.Table]:
    ids = list(dict.fromkeys(row["project_id"] for row in rows))
    numbers = np.array([ids.index(row["project_id"]) for row in rows])
    result = evaluate_batch(graph, _batch(rows), numbers, draws, seed=1)
    return result, evidence_table(graph, result, ids)


def _cells(table: pa.Table) -> dict[tuple[str, str], dict]:
    return {(row["project_id"], row["quantity"]): row for row in table.to_pylist()}


KENYA = {"project_id": "a", "technology": "wind", "country": "KEN", "capacity": 10.0}
METERED = {**KENYA, "project_id": "b", "metered": 5.0}
LAOS = {**KENYA, "project_id": "c", "country": "LAO"}
NOWHERE = {**KENYA, "project_id": "d", "country": "ATA", "technology": "solar"}


def test_best_estimates_grades_and_bases(graph: Graph) -> None:
    _, evidence = _run(graph, [KENYA, METERED, LAOS, NOWHERE])
    cells = _cells(evidence)
    assert cells["a", "output"]["value"] == pytest.approx(10 * 8760 * 0.3)
    assert cells["a", "output"]["grade"] == 5
    assert cells["a", "output"]["basis"] == "default"
    # a measured value comes before the formula, in the file's unit
    assert cells["b", "output"]["value"] == 5000.0
    assert (cells["b", "output"]["grade"], cells["b", "output"]["method"]) == (1, "field")
    assert cells["b", "avoided"]["value"] == 2500.0
    assert (cells["b", "avoided"]["grade"], cells["b", "avoided"]["basis"]) == (3, "country_fact")
    # facts are converted to the formula's unit
    assert cells["c", "avoided"]["value"] == pytest.approx(10 * 8760 * 0.3 * 0.7)
    # no grid factor, no result; and a formula bound to a kind of project serves no other
    assert ("d", "avoided") not in cells
    assert ("d", "dust_avoided") not in cells
    assert ("a", "dust_avoided") in cells


def test_missing_inputs_and_defaults_are_told(graph: Graph) -> None:
    result, _ = _run(graph, [KENYA, NOWHERE, {**NOWHERE, "project_id": "e", "capacity": None}])
    remarks = {(r.code, r.name): r for r in result.remarks}
    assert remarks["assumed_default", "load"].projects.tolist() == [0]
    lacking = {(r.code, *r.expected.names, *r.projects.tolist()) for r in result.remarks
               if r.name == "avoided"}  # fmt: skip
    # no file can give a grid factor here, so it is not asked for; a capacity is
    assert lacking == {("no_figure", "grid", 1), ("no_figure", "grid", 2)}
    alone = [r for r in result.remarks if r.name == "output" and r.code == "not_computed"]
    assert [(r.expected.names, r.projects.tolist()) for r in alone] == [(("capacity",), [2])]


def test_ranges_hold_the_value_and_order(graph: Graph) -> None:
    _, evidence = _run(graph, [KENYA, METERED, LAOS])
    for row in evidence.to_pylist():
        assert row["low"] <= row["value"] <= row["high"]
    cells = _cells(evidence)
    assert cells["b", "output"]["low"] == cells["b", "output"]["high"] == 5000.0
    # the 5-95 % range of the only uncertain fact is the fact's own
    big = _cells(_run(graph, [METERED], draws=20_000)[1])["b", "avoided"]
    assert (big["low"], big["high"]) == pytest.approx((2000.0, 3000.0), rel=0.01)


def test_no_draws_no_ranges(graph: Graph) -> None:
    _, evidence = _run(graph, [KENYA], draws=0)
    assert evidence.column("low").null_count == evidence.num_rows


def test_users_range_is_used(graph: Graph) -> None:
    row = {**METERED, "metered": None, "capacity__low": 8.0, "capacity__high": 12.0}
    alone = _cells(_run(graph, [{**row, "capacity__low": None}])[1])["b", "output"]
    wide = _cells(_run(graph, [row])[1])["b", "output"]
    assert wide["high"] - wide["low"] > alone["high"] - alone["low"]


def test_projects_on_one_grid_share_its_draw(graph: Graph) -> None:
    rows = [{**METERED, "project_id": f"p{i}"} for i in range(100)]
    result, _ = _run(graph, rows, draws=2000)
    total = next(
        row
        for row in totals_table(graph, result.sums).to_pylist()
        if row["quantity"] == "avoided" and row["family"] == ""
    )
    # fully correlated: the total is as uncertain, relatively, as one project
    assert (total["low"], total["high"]) == pytest.approx((200_000, 300_000), rel=0.03)
    # independent plants average out
    independent, _ = _run(graph, [{**KENYA, "project_id": f"p{i}"} for i in range(100)])
    spread = next(
        row
        for row in totals_table(graph, independent.sums).to_pylist()
        if row["quantity"] == "output" and row["family"] == ""
    )
    assert (spread["high"] - spread["low"]) / spread["value"] < 0.1


def test_percentiles_are_order_statistics() -> None:
    low, high = low_high(np.arange(1000.0)[None, ::-1])
    assert (low[0], high[0]) == (49.0, 949.0)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["KEN", "LAO", "ATA"]),
            st.sampled_from(["wind", "solar"]),
            st.floats(0.1, 1000),
            st.one_of(st.none(), st.floats(0.1, 1000)),
        ),
        min_size=2,
        max_size=30,
    ),
    st.data(),
)
def test_any_split_gives_the_same_bits(graph: Graph, rows, data) -> None:
    made = [
        {"project_id": f"p{i}", "country": c, "technology": t, "capacity": w, "metered": m}
        for i, (c, t, w, m) in enumerate(rows)
    ]
    whole, evidence = _run(graph, made, draws=50)
    cut = data.draw(st.integers(1, len(made) - 1))
    first, left = _run(graph, made[:cut], draws=50)
    second, right = _run(graph, made[cut:], draws=50)
    assert pa.concat_tables([left, right]).equals(evidence)
    sums = Sums()
    sums.merge(second.sums)
    sums.merge(first.sums)
    assert totals_table(graph, sums).equals(totals_table(graph, whole.sums))
    assert aggregate_table(graph, sums).equals(aggregate_table(graph, whole.sums))


def test_components_are_summed_draw_by_draw(graph: Graph) -> None:
    parts = [
        {**METERED, "project_id": "h", "component": "one", "metered": 2.0},
        {**METERED, "project_id": "h", "component": "two", "metered": 3.0, "technology": "solar"},
    ]
    cells = _cells(_run(graph, [KENYA, *parts])[1])
    assert cells["h", "avoided"]["value"] == 2500.0
    # one grid, one draw: the same range as one plant of the same size
    single = _cells(_run(graph, [METERED])[1])["b", "avoided"]
    assert cells["h", "avoided"]["low"] == pytest.approx(single["low"])
    # an intensity is not added but formed again from the sums
    assert cells["h", "intensity"]["value"] == pytest.approx(0.5)
    # dust is a matter of one component only: the other kind is not served, so nothing is lacking
    assert ("h", "dust_avoided") not in cells or cells["h", "dust_avoided"]["value"] == 2000.0


def test_a_part_is_never_given_for_the_whole(graph: Graph) -> None:
    parts = [
        {**METERED, "project_id": "h", "component": "one"},
        {**NOWHERE, "project_id": "h", "component": "two"},
    ]
    result, evidence = _run(graph, parts)
    cells = _cells(evidence)
    assert ("h", "output") in cells
    assert ("h", "avoided") not in cells
    assert any(r.name == "avoided" and r.code == "no_figure" for r in result.remarks)


@pytest.mark.parametrize("rows", [[KENYA], [METERED], [LAOS]])
def test_explanation_reproduces_the_value(graph: Graph, rows: list[dict]) -> None:
    _, evidence = _run(graph, rows)
    for row in evidence.to_pylist():
        node = explain_project(graph, [("", "power", _batch(rows))], row["quantity"], 200, 1)
        assert node.value == row["value"]
        assert node.recompute() == row["value"]
        assert (node.low, node.high) == (row["low"], row["high"])
        for _, leaf in node.walk():
            if leaf.kind == "fact":
                assert leaf.source.startswith("Publisher: Document")
                assert leaf.year == "2020"


def test_explanation_of_what_is_not_there(graph: Graph) -> None:
    with pytest.raises(UnknownNameError, match="avoided"):
        explain_project(graph, [("", "power", _batch([KENYA]))], "avoidde", 0, 1)


def test_names_that_lead_back_to_themselves() -> None:
    @_quantity("t/yr", {"daily": "t/yr"}, level="headline")
    def yearly(daily):
        return daily * 1.0

    @_quantity("t/yr", {"yearly": "t/yr"}, level="headline")
    def daily(yearly):
        return yearly * 1.0

    fields = [FieldProvider("capacity", "yearly", "t/yr", "claimed", 2, 1.0)]
    loop = Graph(fields, [yearly, daily], {})
    cells = _cells(_run(loop, [KENYA])[1])
    assert cells["a", "yearly"]["value"] == cells["a", "daily"]["value"] == 10.0
    assert _run(Graph([], [yearly, daily], {}), [KENYA])[1].num_rows == 0


@given(
    st.lists(st.floats(-1e15, 1e15).map(lambda x: round(x, 6)), min_size=1, max_size=20),
    st.randoms(),
)
def test_sums_are_exact_in_any_order_and_size(numbers: list[float], random) -> None:
    def total(parts: list[list[float]]) -> float:
        sums = Sums()
        for part in parts:
            one = Sums()
            cells = one.number_cells("f", [("KEN", "wind")])[np.zeros(len(part), int)]
            best = np.array(part)
            drawn = best[:, None] * np.ones(3)
            one.add(block_sum("x", "f", cells, np.ones(len(part), np.int8), best, drawn, 3))
            sums.merge(one)
        values, projects = sums.total("x", ["f"])
        assert projects == len(numbers)
        assert (values == values[0]).all()
        return float(values[0])

    whole = total([numbers])
    shuffled = numbers[:]
    random.shuffle(shuffled)
    assert total([[number] for number in shuffled]) == whole
    assert whole == pytest.approx(math.fsum(numbers), rel=1e-12, abs=1e-4)

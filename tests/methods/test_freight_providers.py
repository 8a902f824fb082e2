"""Freight in the engine: which formula a leg uses, and what its corridor adds up to."""

from __future__ import annotations

import numpy as np
import polars as pl
import pyarrow as pa
import pytest

from greensilk.engine.batch import batch_from_arrow
from greensilk.engine.evidence import evidence_table
from greensilk.engine.graph import FieldProvider, Graph
from greensilk.engine.local import evaluate_batch
from greensilk.engine.options import Options
from greensilk.quantity import quantities
from greensilk.reference import read_rows

NUMBERS = {
    "freight_mass": "t/yr",
    "distance": "km",
    "transshipments": "1",
    "return_mass": "t/yr",
    "return_distance": "km",
    "freight_fuel_use": "t/yr",
    "electricity_use": "MWh/yr",
    "sea_distance": "km",
}
TEXTS = ("project_id", "component", "technology", "country", "traction", "baseline_mode", "lane")
LEG = {"technology": "rail_freight", "country": "KAZ", "freight_mass": 1e6, "distance": 1e3}


@pytest.fixture(scope="module")
def graph() -> Graph:
    fields = [FieldProvider(name, name, unit, "measured", 1, 1.0) for name, unit in NUMBERS.items()]
    return Graph(fields, tuple(quantities()))


def _appraise(graph: Graph, rows: list[dict], draws: int = 200) -> pl.DataFrame:
    table = pa.table(
        {name: pa.array([row.get(name) for row in rows], pa.string()) for name in TEXTS}
        | {name: pa.array([row.get(name) for row in rows], pa.float64()) for name in NUMBERS}
    )
    technologies = {
        row["technology"]: {"family": row["family"], "firmness": row["firmness"]}
        for row in read_rows("greensilk.projects", "data", "technologies.csv")
    }
    options = Options(draws=draws)
    batch = batch_from_arrow(table, technologies, options.attributes())
    ids = list(dict.fromkeys(row["project_id"] for row in rows))
    project = np.array([ids.index(row["project_id"]) for row in rows])
    result = evaluate_batch(graph, batch, project, draws, options.seed, threads=1)
    return pl.DataFrame(evidence_table(graph, result, pa.array(ids)))


def _value(evidence: pl.DataFrame, project: str, quantity: str, column: str = "value"):
    found = evidence.filter((pl.col("project_id") == project) & (pl.col("quantity") == quantity))
    return found[column][0] if len(found) else None


def test_the_way_of_measuring_follows_the_meters(graph: Graph):
    evidence = _appraise(
        graph,
        [
            {**LEG, "project_id": "default"},
            {**LEG, "project_id": "diesel", "traction": "diesel", "freight_fuel_use": 8_000.0},
            {**LEG, "project_id": "one meter", "freight_fuel_use": 4_000.0},
            {
                **LEG,
                "project_id": "two meters",
                "freight_fuel_use": 4_000.0,
                "electricity_use": 10_000.0,
            },
        ],
    )
    methods = {
        project: _value(evidence, project, "project_intensity", "method")
        for project in ("default", "diesel", "one meter", "two meters")
    }
    assert methods["default"] == "freight_intensity.project_intensity_mixed"
    assert methods["diesel"] == "freight_measured.project_intensity_measured_diesel"
    assert methods["one meter"] == "freight_intensity.project_intensity_mixed"
    assert methods["two meters"] == "freight_measured.project_intensity_measured"
    assert _value(evidence, "two meters", "project_intensity") > 0.5 * _value(
        evidence, "diesel", "project_intensity"
    )


def test_a_claim_against_the_road_needs_no_tonnage(graph: Graph):
    evidence = _appraise(
        graph,
        [
            {
                "project_id": "line",
                "technology": "rail_freight",
                "country": "KEN",
                "traction": "diesel",
            }
        ],
    )
    low, high = (_value(evidence, "line", "percent_below_road", c) for c in ("low", "high"))
    assert _value(evidence, "line", "percent_below_road") == pytest.approx(0.75, abs=0.01)
    assert low < 0.75 < high
    assert _value(evidence, "line", "intensity_ratio_to_road") is not None
    assert _value(evidence, "line", "emission_reductions") is None


def test_a_diesel_truck_saves_nothing_against_the_road(graph: Graph):
    truck = {**LEG, "technology": "road_freight", "country": "POL", "project_id": "truck"}
    evidence = _appraise(graph, [truck])
    for column in ("value", "low", "high"):
        assert _value(evidence, "truck", "emission_reductions", column) == pytest.approx(
            0.0, abs=1e-6
        )


def test_a_corridor_is_the_sum_of_its_legs(graph: Graph):
    legs = [
        {**LEG, "country": country, "distance": distance, "transshipments": moves}
        for country, distance, moves in (("CHN", 4e3, 0.0), ("KAZ", 2.7e3, 1.0), ("POL", 9e2, 1.0))
    ]
    corridor = [{**leg, "project_id": "c", "component": str(i)} for i, leg in enumerate(legs)]
    alone = [{**leg, "project_id": f"leg {i}"} for i, leg in enumerate(legs)]
    evidence = _appraise(graph, corridor + alone)
    for quantity in ("project_emissions", "baseline_emissions", "transport_work"):
        parts = [_value(evidence, f"leg {i}", quantity) for i in range(3)]
        assert _value(evidence, "c", quantity) == pytest.approx(sum(parts))


def test_the_sea_is_compared_only_where_there_is_a_sea_route(graph: Graph):
    evidence = _appraise(
        graph,
        [
            {**LEG, "project_id": "inland"},
            {**LEG, "project_id": "given", "sea_distance": 20_000.0},
            {**LEG, "project_id": "lane", "lane": "asia_north_europe"},
        ],
    )
    assert _value(evidence, "inland", "emissions_if_by_sea") is None
    assert _value(evidence, "given", "emissions_if_by_sea") > 0.0
    assert _value(evidence, "lane", "emissions_if_by_sea") > 0.0
    assert _value(evidence, "inland", "emissions_if_by_air") > _value(
        evidence, "inland", "project_emissions"
    )

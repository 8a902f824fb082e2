"""Freight in the engine: which formula a leg uses, and what its corridor adds up to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pytest

import greensilk
from greensilk import projects
from greensilk.core.text import Names
from greensilk.engine.batch import batch_from_arrow
from greensilk.engine.evidence import evidence_table
from greensilk.engine.graph import FieldProvider, Graph
from greensilk.engine.local import evaluate_batch
from greensilk.engine.options import Options
from greensilk.methods import quantities

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
        row.code: {"family": row.family, "firmness": row.firmness}
        for row in projects.technologies()
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
    assert methods["default"] == "freight.project_intensity_mixed"
    assert methods["diesel"] == "freight.project_intensity_measured_diesel"
    assert methods["one meter"] == "freight.project_intensity_mixed"
    assert methods["two meters"] == "freight.project_intensity_measured"
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


CORRIDOR = """\
id,component,country,technology,freight_mass,distance_km,transshipments,road_distance_km,traction
c,1,China,rail_freight,1 Mt,3000,0,3100,diesel
c,2,Kazakhstan,rail_freight,1 Mt,2700,1,2800,diesel
c,3,Poland,rail_freight,1 Mt,1300,1,1300,diesel
c,4,Germany,road_freight,1 Mt,100,0,100,diesel
"""
# 20, 20 and 28 g/tkm by rail, 92 by truck; roads 112.2 in Asia and 92 in Europe; hub 1.2 kg/t
BY_HAND = {
    "freight_mass": 1e6,
    "haul_length": 7_100.0,
    "transport_work": 7.1e9,
    "line_haul_emissions": 60_000.0 + 54_000.0 + 36_400.0 + 9_200.0,
    "transshipment_emissions": 2 * 1_200.0,
    "project_intensity": 159_600.0 / 7.1e9 * 1e6,
    "baseline_intensity": 790_780.0 / 7.3e9 * 1e6,
    "project_emissions": 162_000.0,
    "same_work_by_road": 336_600.0 + 302_940.0 + 119_600.0 + 9_200.0,
    "percent_below_road": 1.0 - 159_600.0 / 768_340.0,
    "intensity_ratio_to_road": 159_600.0 / 768_340.0,
    "baseline_emissions": 347_820.0 + 314_160.0 + 119_600.0 + 9_200.0,
    "emission_reductions": 790_780.0 - 162_000.0,
    "cut_against_road": 1.0 - 162_000.0 / 790_780.0,
}


def _file(tmp_path: Path, text: str) -> greensilk.Appraisal:
    path = tmp_path / "legs.csv"
    path.write_text(text, encoding="utf-8")
    return greensilk.appraise(path, draws=20)


def _best(appraisal: greensilk.Appraisal) -> dict[tuple[str, str], float]:
    evidence = pl.DataFrame(appraisal.evidence)
    return {
        (row["project_id"], row["quantity"]): row["value"] for row in evidence.iter_rows(named=True)
    }


def test_four_legs_by_hand(tmp_path: Path):
    appraisal = _file(tmp_path, CORRIDOR)
    found = _best(appraisal)
    for quantity, value in BY_HAND.items():
        assert found["c", quantity] == pytest.approx(value), quantity
        tree = appraisal.explain("c", quantity)
        assert tree.value == pytest.approx(value), quantity
        assert tree.recompute() == pytest.approx(value), quantity


def test_the_tonnage_of_unequal_legs_lies_between_them(tmp_path: Path):
    legs = CORRIDOR.replace("Poland,rail_freight,1 Mt", "Poland,rail_freight,0.5 Mt")
    mean = _best(_file(tmp_path, legs))["c", "freight_mass"]
    assert mean == pytest.approx((5_800e6 + 0.5 * 1_300e6) / 7_100.0)


NAME = "baseline_emissions"
MODES = """\
id,component,country,technology,freight_mass,distance_km,baseline_mode,baseline_distance,sea_distance_km,great_circle_km
air,,China,rail_freight,1 Mt,10000,air,,,7500
rail,,Poland,road_freight,1 Mt,500,rail,,,
rail2,,Poland,rail_freight,1 Mt,500,rail,600,,
barge,,Germany,rail_freight,1 Mt,500,inland_waterway,650,,
none,,China,rail_freight,1 Mt,500,none,,,
once,1,China,rail_freight,1 Mt,3000,sea,,20000,
once,2,Germany,rail_freight,1 Mt,5000,sea,0,,
nothing,1,China,rail_freight,1 Mt,3000,sea,,20000,
nothing,2,Germany,rail_freight,1 Mt,5000,none,,,
lacks,1,China,rail_freight,1 Mt,3000,sea,,20000,
lacks,2,Germany,rail_freight,1 Mt,5000,sea,,,
flight,1,China,rail_freight,1 Mt,3000,air,,,7500
flight,2,Germany,rail_freight,1 Mt,5000,air,,,0
"""


def test_every_mode_displaced_has_its_baseline(tmp_path: Path):
    appraisal = _file(tmp_path, MODES)
    found = {project: v for (project, name), v in _best(appraisal).items() if name == NAME}
    assert found["air"] == pytest.approx(1e6 * 7_595.0 * 788e-6)
    assert found["rail"] == pytest.approx(1e6 * 500.0 * 28e-6)
    assert found["rail2"] == pytest.approx(1e6 * 600.0 * 28e-6)
    assert found["barge"] == pytest.approx(1e6 * 650.0 * 21.3e-6)
    assert found["none"] == 0.0
    # the journey by sea stated once, 0 or nothing displaced on the other leg
    assert found["once"] == found["nothing"] == pytest.approx(1e6 * 20_000.0 * 7.17e-6)
    assert found["flight"] == pytest.approx(found["air"])
    assert "lacks" not in found


def test_what_is_missing_is_a_field(tmp_path: Path):
    appraisal = _file(tmp_path, MODES)
    asked = {
        (fault.project_id, fault.expected)
        for fault in appraisal.issues
        if fault.code == "not_computed" and fault.field == NAME
    }
    assert asked == {("lacks", Names(("baseline_distance",)))}
    fields = {row.name for row in projects.schema()}
    assert "baseline_distance" in fields


def test_the_same_diesel_train_saves_nothing_against_the_railway(graph: Graph):
    """One fact on both sides: not only the best estimates cancel, the draws do."""
    leg = {**LEG, "project_id": "same", "traction": "diesel", "baseline_mode": "rail"}
    evidence = _appraise(graph, [leg])
    for column in ("value", "low", "high"):
        assert _value(evidence, "same", "emission_reductions", column) == pytest.approx(0.0)


def test_a_grid_nearly_free_of_emissions_is_flagged_under_electric_traction(tmp_path: Path):
    rows = """\
id,country,technology,freight_mass,distance_km,traction
hydro,Ethiopia,rail_freight,1 Mt,500,electric
diesel,Ethiopia,rail_freight,1 Mt,500,diesel
coal,China,rail_freight,1 Mt,500,electric
"""
    found = _best(_file(tmp_path, rows))
    flags = {project: found[project, "near_zero_grid"] for project in ("hydro", "diesel", "coal")}
    assert flags == {"hydro": 1.0, "diesel": 0.0, "coal": 0.0}


def test_metered_legs_add_up(tmp_path: Path):
    """The meters of all legs over the work of all legs, in grams."""
    legs = """\
id,component,country,technology,freight_mass,distance_km,traction,freight_fuel_use
m,1,China,rail_freight,1 Mt,1000,diesel,4000 t
m,2,Kazakhstan,rail_freight,1 Mt,3000,diesel,4000 t
one,,China,rail_freight,1 Mt,1000,diesel,4000 t
"""
    found = _best(_file(tmp_path, legs))
    assert found["m", "project_intensity"] == pytest.approx(found["one", "project_intensity"] / 2)

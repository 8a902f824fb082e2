"""Claims in long form, and the plants of the world as published."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from greensilk.projects import iter_projects, read_projects
from greensilk.projects.identity import KnownIds


def test_claims_keep_value_precision_and_words() -> None:
    projects = read_projects(
        pl.DataFrame(
            {
                "id": ["C"],
                "country": ["阿根廷"],
                "technology": ["光伏"],
                "section": ["专栏四（三）"],
                "装机容量": ["约300兆瓦"],
                "年发电量（亿千瓦时）": ["6.6"],
                "减排量": ["55.2万吨"],
                "SO2 (t)": ["106.1"],
                "效率提升": ["15%～20%"],
                "相当于植树": ["超10万棵"],
            }
        )
    )
    claims = projects.claims.to_pylist()
    shown = [
        (c["claim"], c["value"], c["half"], c["unit"], c["text"], c["qualifier"]) for c in claims
    ]
    assert shown == [
        ("annual_generation", 660000.0, 5000.0, "MWh/yr", "6.6 亿千瓦时", None),
        ("claimed_emission_reductions", 552000.0, 500.0, "tCO2e/yr", "55.2万吨", None),
        ("claimed_sulphur_dioxide", 106100.0, 50.0, "kg/yr", "106.1 t", None),
        ("claimed_trees", 100000.0, 5000.0, "tree", "超10万棵", "at_least"),
        ("claimed_efficiency_gain", 0.175, 0.005, "1", "15%～20%", None),
    ]
    assert (claims[-1]["low"], claims[-1]["high"]) == (0.15, 0.2)
    assert {claim["source_note"] for claim in claims} == {"专栏四（三）"}
    assert claims[0]["quantity"] == "expected_generation"
    row = projects.table.to_pylist()[0]
    assert (row["capacity"], row["capacity__qualifier"]) == (300.0, "approx")
    assert row["capacity__text"] == "约300兆瓦"


def test_the_latest_year_of_a_series_is_taken() -> None:
    projects = read_projects(
        pl.DataFrame(
            {
                "id": ["1", "2", "3"],
                "country": ["Kenya"] * 3,
                "technology": ["wind"] * 3,
                "generation_gwh_2018": ["1", "2.50", None],
                "generation_gwh_2019": ["3", None, None],
            }
        )
    )
    table = projects.table
    assert table["measured_generation"].to_pylist() == [3000.0, 2500.0, None]
    assert table["measured_generation_year"].to_pylist() == [2019.0, 2018.0, None]
    assert table["measured_generation__half"].to_pylist() == [500.0, 5.0, None]


def test_the_packaged_example_reads_without_a_fault() -> None:
    from greensilk.demo import projects_path

    with projects_path() as path:
        projects = read_projects(path)
    assert [fault for fault in projects.faults if fault.severity != "note"] == []
    assert len(projects) == projects.rows_read


@pytest.mark.mirror
def test_the_plants_of_the_world_read_as_published(mirror: Path) -> None:
    name = "global_power_plant_database.csv"
    path = mirror / "wri+global-power-plant-database" / "output_database" / name
    projects = read_projects(path)
    assert len(projects) == projects.rows_read == 34936
    table = pl.from_arrow(projects.table)
    published = pl.read_csv(path, infer_schema_length=None)
    assert table["capacity"].sum() == pytest.approx(published["capacity_mw"].sum())
    assert table["country"].null_count() == 0
    assert (table["country"] == published["country"]).mean() > 0.99
    assert table["technology"].null_count() == 0
    karot = table.filter(pl.col("project_id") == "GEODB0040538").row(0, named=True)
    assert (karot["capacity"], karot["estimated_generation"]) == (33.0, 119500.0)
    # negative generation, and more than the capacity allows in a year
    refused = {fault.code for fault in projects.faults if fault.severity == "refused"}
    assert refused == {"below_bound", "measured_above_capacity"}
    parts = [pl.from_arrow(part.table) for part in iter_projects(path, 10_000)]
    assert pl.concat(parts, how="diagonal").equals(table)


def test_projects_of_earlier_batches_are_known_again() -> None:
    generator = np.random.default_rng(1)
    everything = generator.permutation(20_000).astype(np.uint64)
    known_ids = KnownIds()
    known: set[int] = set()
    for batch in np.array_split(everything % np.uint64(15_000), 40):
        batch = np.unique(batch)
        expected = [int(item) in known for item in batch]
        assert known_ids.add(batch).tolist() == expected
        known |= {int(item) for item in batch}
    assert len(known_ids) == len(known)

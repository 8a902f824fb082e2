"""Country facts in the appraisal: where they come from, and what they change."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import greensilk as gs
from greensilk.core.errors import StoreError
from greensilk.engine.explain import Node
from greensilk.facts.appraisal import appraisal_table

WIND = pl.DataFrame(
    {"id": ["w"], "country": ["Kenya"], "technology": ["wind"], "capacity_mw": [100.0]}
)


def test_packaged_facts_cite_publisher_and_year() -> None:
    table = appraisal_table()
    shares = [row for row in table.rows if row.parameter == "grid_renewable_share"]
    assert len(shares) >= 150
    for row in table.rows:
        assert row.source.producer.en
        assert row.source.address.startswith("https://")
        assert 2000 <= int(row.year) <= 2026
        assert row.grade == 3
        assert row.low <= row.value <= row.high


def test_the_host_grid_stands_in_the_evidence() -> None:
    result = gs.appraise(WIND, draws=100)
    cells = {row["quantity"]: row for row in result.evidence.to_pylist()}
    share = cells["host_renewable_share"]
    assert 0.8 < share["value"] < 1.0  # Kenya: geothermal, hydro and wind
    assert share["basis"] == "country_fact"
    tree = result.explain("w", "host_renewable_share")
    assert tree.children[0].source.startswith("Ember")
    assert tree.children[0].year >= "2022"


def test_a_folder_without_a_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="facts build"):
        gs.appraise(WIND, draws=0, facts=str(tmp_path))


@pytest.mark.mirror
def test_a_built_store_brings_yields_of_the_country(mirror: Path, tmp_path: Path) -> None:
    from greensilk.facts.build import build

    build(tmp_path / "store", mirror=mirror, only=["irena", "grid_losses"], jobs=1)
    facts = str(tmp_path / "store")
    solar = WIND.with_columns(country=pl.lit("Argentina"), technology=pl.lit("solar"))
    leaf = _capacity_factor(gs.appraise(solar, draws=0, facts=facts))
    assert leaf.source.startswith("International Renewable Energy Agency")
    assert leaf.grade == 3
    assert leaf.value == pytest.approx(0.2721, abs=0.0005)  # median of 2020 to 2022
    assert not _capacity_factor(gs.appraise(solar, draws=0)).source.startswith("International")
    # losses on the lines: a modelled figure where no better one is packaged
    car = WIND.with_columns(country=pl.lit("Laos"), technology=pl.lit("LED路灯"), lamp_count=1000.0)
    tree = gs.appraise(car.drop("capacity_mw"), draws=0, facts=facts).explain(
        "w", "emission_reductions"
    )
    loss = next(node for _, node in tree.walk() if node.name == "transmission_loss")
    assert loss.value == pytest.approx(0.255, abs=0.001)
    # the publisher's wind figures for Kenya cannot be a yield, and are not used
    assert not _capacity_factor(gs.appraise(WIND, draws=0, facts=facts)).source.startswith(
        "International"
    )


def _capacity_factor(result: gs.Appraisal) -> Node:
    tree = result.explain("w", "expected_generation")
    return next(node for _, node in tree.walk() if node.name == "capacity_factor")

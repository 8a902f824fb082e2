"""Plants without a public grid, and the fuels that projects displace."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from greensilk.projects import Projects, read_projects
from greensilk.projects.fields import baseline_fuels

TABLES = Path(__file__).resolve().parents[2] / "src/greensilk/reference/tables"


def read(**cells: Any) -> Projects:
    row = {"id": "a", "country": "Kenya", "technology": "solar", "capacity_mw": "1"} | cells
    return read_projects(pl.DataFrame({name: [value] for name, value in row.items()}))


def codes(projects: Projects) -> list[tuple[str, str]]:
    for fault in projects.faults:
        assert "{" not in fault.message("en") + fault.message("zh")
    return [(fault.code, fault.severity) for fault in projects.faults]


@pytest.mark.parametrize("grid", ["off", "off-grid", "离网", "isolated"])
def test_solar_without_a_grid_is_off_grid_solar(grid: str) -> None:
    projects = read(grid=grid, baseline_fuel="diesel")
    (row,) = projects.table.to_pylist()
    assert (row["technology"], row["capacity"]) == ("offgrid_solar", 1.0)
    assert row["baseline_fuel"] == "diesel"
    assert codes(projects) == [("offgrid_technology", "assumed")]


def test_solar_with_a_grid_stays_what_it_is() -> None:
    projects = read(grid="on")
    assert projects.table["technology"].to_pylist() == ["solar_pv"]
    assert not projects.faults


@pytest.mark.parametrize("technology", ["wind", "hydro", "biomass"])
def test_other_plants_without_a_grid_are_a_mini_grid(technology: str) -> None:
    projects = read(grid="off", technology=technology, annual_generation="1.5 GWh")
    (row,) = projects.table.to_pylist()
    assert (row["technology"], row["annual_generation"]) == ("minigrid", 1500.0)
    # the default yield is that of solar panels, which says nothing about these
    assert row["capacity"] is None
    assert codes(projects) == [
        ("offgrid_technology", "assumed"),
        ("offgrid_no_comparison", "assumed"),
    ]


def test_their_generation_must_be_stated() -> None:
    projects = read(grid="off", technology="hydro")
    assert projects.table["capacity"].to_pylist() == [None]
    assert ("offgrid_no_generation", "refused") in codes(projects)
    stated = read(grid="off", technology="hydro", capacity_factor="0.5")
    assert stated.table["capacity"].to_pylist() == [1.0]
    assert codes(stated) == [("offgrid_technology", "assumed")]


def test_generation_beyond_the_capacity_is_still_found() -> None:
    projects = read(grid="off", technology="hydro", annual_generation="15 GWh")
    assert projects.table["annual_generation"].to_pylist() == [None]
    assert ("generation_above_capacity", "refused") in codes(projects)


def test_what_has_no_off_grid_method() -> None:
    projects = read(grid="off", technology="battery storage")
    assert projects.table["technology"].to_pylist() == ["storage"]
    assert codes(projects) == [("offgrid_no_method", "doubtful")]
    hybrid = read(grid="off", technology="solar 1 MW + wind 2 MW")
    assert len(hybrid) == 0
    assert codes(hybrid) == [("offgrid_hybrid", "refused")]


@pytest.mark.parametrize(
    ("technology", "fuel", "used"),
    [
        ("solar", "diesel", False),
        ("minigrid", "diesel", True),
        ("minigrid", "gasoline", False),
        ("offgrid_solar", "natural gas", False),
        ("hydro", "coal", False),
        ("electric_bus", "diesel", True),
        ("electric_bus", "natural gas", False),
        ("street_lighting_led", "kerosene", True),
        ("street_lighting_led", "coal", False),
    ],
)
def test_displaced_fuels_that_are_not_used_are_named(
    technology: str, fuel: str, used: bool
) -> None:
    projects = read(technology=technology, baseline_fuel=fuel, capacity_mw=None)
    (left,) = projects.table["baseline_fuel"].to_pylist()
    assert (left is not None) == used
    assert codes(projects) == ([] if used else [("baseline_fuel_unused", "doubtful")])


def test_kerosene_needs_the_number_of_systems() -> None:
    alone = read(technology="offgrid_solar", baseline_fuel="kerosene")
    assert codes(alone) == [("baseline_fuel_needs", "doubtful")]
    assert "Number of systems" in alone.faults[0].message("en")
    assert "系统数量" in alone.faults[0].message("zh")
    counted = read(technology="offgrid_solar", baseline_fuel="kerosene", system_count="200")
    assert not counted.faults


def test_kerosene_gives_another_answer_than_diesel() -> None:
    import greensilk as gs

    def reductions(fuel: str) -> float:
        row = {"id": "a", "country": "Kenya", "technology": "offgrid_solar", "capacity_mw": "1"}
        row |= {"system_count": "2000", "annual_generation_mwh": "1500", "baseline_fuel": fuel}
        table = pl.DataFrame({name: [value] for name, value in row.items()})
        evidence = pl.from_arrow(gs.appraise(table, draws=0).evidence)
        assert isinstance(evidence, pl.DataFrame)
        found = evidence.filter(pl.col("quantity") == "baseline_emissions")["value"].to_list()
        return float(found[0])

    # 2000 systems of two lamps with 0.092 tCO2e a year each, or 1500 MWh of a generator
    assert reductions("kerosene") == pytest.approx(2000 * 2 * 0.092, rel=0.3)
    assert reductions("diesel") != pytest.approx(reductions("kerosene"), rel=0.5)


def test_the_list_of_fuels_is_that_of_the_tables() -> None:
    """Every fuel that the tables of the fleet know is listed, and no other."""
    with (TABLES / "displaced_fuel.csv").open(encoding="utf-8") as handle:
        known = {
            (row["technology"], row["baseline_fuel"])
            for row in csv.DictReader(handle)
            if row["baseline_fuel"]
        }
    listed = {pair for pair in baseline_fuels() if pair[0].startswith("electric_")}
    assert listed == known

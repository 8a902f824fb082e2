"""Waste, wastewater, industry and planting through the whole appraisal: nothing unresolved."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import greensilk as gs
from greensilk.projects.fields import choice_rows

ROWS = {
    "plant": {"country": "Vietnam", "technology": "waste_to_energy", "waste_mass": "140000"},
    "turbine": {"country": "Thailand", "technology": "waste_to_energy", "capacity_mw": "9.8"},
    "compost": {"country": "Sri Lanka", "technology": "landfill_diversion", "waste_mass": "1e5"},
    "dry": {
        "country": "Sri Lanka",
        "technology": "landfill_diversion",
        "waste_mass": "1e5",
        "climate_zone": "tropical_dry",
    },
    "kitchens": {
        "country": "Sri Lanka",
        "technology": "landfill_diversion",
        "waste_mass": "1e5",
        "waste_type": "food",
    },
    "dump": {
        "country": "Sri Lanka",
        "technology": "landfill_diversion",
        "waste_mass": "1e5",
        "landfill_type": "unmanaged_shallow",
    },
    "sewage": {
        "country": "Bangladesh",
        "technology": "wastewater_treatment",
        "population_served": "5000000",
    },
    "lagoon": {
        "country": "Bangladesh",
        "technology": "wastewater_treatment",
        "population_served": "5000000",
        "baseline_treatment": "deep_lagoon",
    },
    "steel": {
        "country": "Vietnam",
        "technology": "efficiency_retrofit",
        "product_output": "1e6",
        "baseline_energy_intensity": "20",
        "project_energy_intensity": "19",
    },
    "nickel": {
        "country": "Indonesia",
        "technology": "efficiency_retrofit",
        "baseline_emission_intensity": "60",
        "project_emission_intensity": "24",
    },
    "verges": {
        "country": "Laos",
        "technology": "greening",
        "planted_area": "307",
        "tree_count": "55000",
        "shrub_count": "8630000",
    },
    "forest": {"country": "Laos", "technology": "afforestation", "planted_area": "1000"},
    "avenue": {"country": "Laos", "technology": "greening", "tree_count": "10000"},
}


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], dict]:
    fields = ["id", "name", *dict.fromkeys(field for row in ROWS.values() for field in row)]
    path: Path = tmp_path_factory.mktemp("sectors") / "projects.csv"
    pl.DataFrame(
        [{"id": name, "name": name, **row} for name, row in ROWS.items()],
        schema=dict.fromkeys(fields, pl.String),
    ).write_csv(path)
    found = pl.from_arrow(gs.appraise(path, draws=200).evidence)
    return {(row["project_id"], row["quantity"]): row for row in found.iter_rows(named=True)}


@pytest.mark.parametrize("project", [name for name in ROWS if name != "nickel"])
def test_every_project_gets_its_emission_account(evidence: dict, project: str) -> None:
    for quantity in ("emission_reductions", "lifetime_emission_reductions"):
        row = evidence[project, quantity]
        assert row["low"] <= row["value"] <= row["high"], (project, quantity)


def test_a_cut_needs_no_output(evidence: dict) -> None:
    assert evidence["nickel", "emission_cut"]["value"] == pytest.approx(0.6)
    assert ("nickel", "emission_reductions") not in evidence


def test_drier_and_shallower_landfills_avoid_less(evidence: dict) -> None:
    methane = {
        name: evidence[name, "landfill_methane"]["value"]
        for name in ("compost", "dry", "dump", "kitchens")
    }
    assert methane["dry"] < methane["compost"]  # the country's own climate is tropical and wet
    assert methane["dump"] < methane["compost"]
    assert methane["kitchens"] > methane["dump"]


def test_the_lagoon_replaced_turns_the_sign(evidence: dict) -> None:
    assert evidence["lagoon", "emission_reductions"]["low"] > 0.0
    assert (
        evidence["sewage", "emission_reductions"]["value"]
        < evidence["lagoon", "emission_reductions"]["value"]
    )


def test_stated_people_are_the_people_served(evidence: dict) -> None:
    assert evidence["sewage", "people_served"]["value"] == 5e6


def test_green_verges_count_ground_and_trees_but_not_shrubs_twice(evidence: dict) -> None:
    whole = evidence["verges", "carbon_uptake"]["value"]
    parts = [evidence["verges", f"carbon_uptake_of_{part}"]["value"] for part in ("area", "trees")]
    assert whole == pytest.approx(sum(parts))


def test_the_plant_and_the_landfill_sit_on_both_sides(evidence: dict) -> None:
    plant = {
        name: evidence["plant", name]["value"]
        for name in ("baseline_emissions", "project_emissions", "emission_reductions")
    }
    assert plant["emission_reductions"] == pytest.approx(
        plant["baseline_emissions"] - plant["project_emissions"]
    )
    # fossil carbon of mixed waste: 0.2 to 0.7 t of carbon dioxide a tonne
    assert 0.2 < plant["project_emissions"] / 140000 < 0.7
    assert 60000 < evidence["turbine", "waste_mass"]["value"] < 300000


@pytest.mark.parametrize(
    ("field", "table"),
    [
        ("climate_zone", "landfill_decay"),
        ("climate_domain", "planting_defaults"),
        ("landfill_type", "landfill_defaults"),
        ("furnace", "waste_treatment"),
        ("product", "industry_defaults"),
        ("effluent_discharge", "wastewater_defaults"),
        ("effluent_standard", "wastewater_defaults"),
        ("sludge_disposal", "wastewater_defaults"),
        ("baseline_treatment", "wastewater_defaults"),
    ],
)
def test_every_word_of_a_table_is_one_a_project_may_say(field: str, table: str) -> None:
    """A key that no project can state would never be found."""
    from greensilk import reference

    allowed = {row.code for row in choice_rows()[field]}
    loaded = reference.load(table)
    place = loaded.keys.index(field)
    assert {row.keys[place] for row in loaded.rows} - {""} <= allowed

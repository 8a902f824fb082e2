"""Reductions claimed by fossil plants, losses held against savings, and plantings stated twice."""

from __future__ import annotations

import pytest

from greensilk.core.text.columns import add_sentences
from greensilk.judge import audit

CO2 = "claimed_emission_reductions"
COAL = "claimed_standard_coal"
LIFE = "claimed_lifetime_emission_reductions"
UNITS = {
    "emission_reductions": "tCO2e/yr",
    "lifetime_emission_reductions": "tCO2e",
    "standard_coal_saved": "tce/yr",
    "project_emissions": "tCO2e/yr",
    "intensity_relative_to_grid": "1",
    "carbon_uptake_of_area": "t/yr",
    "carbon_uptake_of_trees": "t/yr",
}


def rows_of(table):
    return add_sentences(table).to_pylist()


@pytest.fixture
def judged(claims_of, evidence_of, projects_of):
    def run(claims, evidence, technology, **more):
        plants = [
            {"project_id": "p", "country": "PAK", "technology": technology, "capacity": 100.0}
        ]
        plants += more.get("beside", [])
        return audit(
            claims_of({"p": claims}),
            evidence_of({"p": evidence}, UNITS),
            projects_of(plants),
            more.get("missing", ()),
        )

    return run


EMITS = {"project_emissions": (8.32e6, 7.2e6, 9.7e6)}
DIRTIER = EMITS | {"intensity_relative_to_grid": (2.4, 1.9, 3.0)}
# at best four fifths of the grid, with the most electricity the range allows
CLEANER = EMITS | {"intensity_relative_to_grid": (0.92, 0.8, 1.1)}


class TestFossilPlants:
    def row(self, judged, claim, evidence, name=CO2, **more):
        return rows_of(judged({name: (claim, 0.5)}, evidence, "coal", **more).audit)[0]

    @pytest.mark.parametrize("name", [CO2, LIFE])
    def test_a_plant_dirtier_than_its_grid_reduces_nothing(self, judged, name):
        row = self.row(judged, 1.2e6, DIRTIER, name)
        assert (row["verdict"], row["reason_code"]) == ("implausible", "fossil_emits_relative")
        assert "8.32 Mt CO₂e/yr" in row["reason_en"]
        assert "2.40 times the host grid's average" in row["reason_en"]
        assert "832万吨CO₂e/年" in row["reason_zh"]
        assert "平均水平的2.40倍" in row["reason_zh"]

    def test_also_where_the_missing_inputs_are_known(self, judged):
        missing = {("p", "emission_reductions"): ("capacity",)}
        assert self.row(judged, 1.2e6, DIRTIER, missing=missing)["verdict"] == "implausible"

    def test_without_a_grid_to_compare_with(self, judged):
        row = self.row(judged, 1.2e6, EMITS)
        assert (row["verdict"], row["reason_code"]) == ("implausible", "fossil_emits")
        assert "–" not in row["reason_en"] + row["reason_zh"]

    def test_a_cleaner_plant_may_spare_its_grid_a_little(self, judged):
        # at most 9.7 Mt x (1/0.8 - 1) = 2.425 Mt
        row = self.row(judged, 2.4e6, CLEANER)
        assert (row["verdict"], row["reason_code"]) == ("not_checkable", "fossil_below_gain")
        row = self.row(judged, 2.5e6, CLEANER)
        assert (row["verdict"], row["reason_code"]) == ("high", "fossil_above_gain")
        assert "2.42 Mt" in row["reason_en"] or "2.43 Mt" in row["reason_en"]
        assert "92% of the host grid's average" in row["reason_en"]

    def test_emissions_unknown_say_nothing(self, judged):
        assert self.row(judged, 1.2e6, {})["verdict"] == "not_checkable"

    def test_a_plant_with_sun_beside_it_is_not_fossil_alone(self, judged):
        beside = [{"project_id": "p", "country": "PAK", "technology": "solar_pv", "capacity": 9.0,
                   "component": "pv"}]  # fmt: skip
        row = self.row(judged, 1.2e6, DIRTIER, beside=beside)
        assert row["verdict"] == "not_checkable"

    def test_a_claim_of_nothing_is_no_reduction(self, judged):
        assert self.row(judged, 0.0, DIRTIER)["verdict"] == "not_checkable"


class TestLosses:
    @pytest.mark.parametrize(
        ("claim", "quantity", "code", "words"),
        [
            (CO2, "emission_reductions", "estimate_negative", "emits more than it avoids"),
            (COAL, "standard_coal_saved", "estimate_negative_other", "uses more than it saves"),
        ],
    )
    def test_a_saving_held_against_a_loss(self, judged, claim, quantity, code, words):
        found = judged(
            {claim: (2e5, 0.5)}, {quantity: (-2500.0, -3000.0, -2000.0)}, "efficiency_retrofit"
        )
        row = rows_of(found.audit)[0]
        assert (row["verdict"], row["reason_code"]) == ("high", code)
        assert words in row["reason_en"]
        assert "−2.5 (−3.0 to −2.0) kt" in row["reason_en"]
        assert "times" not in row["reason_en"]
        assert row["ratio"] is None

    def test_a_loss_held_against_a_saving(self, judged):
        found = judged(
            {CO2: (-500.0, 0.5)}, {"emission_reductions": (100.0, 80.0, 120.0)},
            "efficiency_retrofit",
        )  # fmt: skip
        row = rows_of(found.audit)[0]
        assert (row["verdict"], row["reason_code"]) == ("low", "claim_negative")
        assert row["ratio"] is None

    def test_two_losses_are_compared(self, judged):
        found = judged(
            {CO2: (-5000.0, 0.5)}, {"emission_reductions": (-2500.0, -3000.0, -2000.0)},
            "efficiency_retrofit",
        )  # fmt: skip
        row = rows_of(found.audit)[0]
        assert (row["verdict"], row["ratio"]) == ("low", pytest.approx(2.0))


class TestHours:
    def test_the_hours_of_a_year_are_whole(self, judged):
        found = judged({"annual_generation": (1e6, 0.5)}, {}, "solar_pv")
        row = rows_of(found.audit)[0]
        assert row["reason_code"] == "generation_above_capacity"
        check = next(r for r in rows_of(found.consistency) if r["check"] == "full_load_hours")
        for line in (row, check):
            assert "8,784 h/yr at most" in line["reason_en"]
            assert "8,784小时/年" in line["reason_zh"]


class TestPlanting:
    def check(self, judged, area, trees, technology="afforestation"):
        evidence = {"carbon_uptake_of_area": (area,) * 3, "carbon_uptake_of_trees": (trees,) * 3}
        found = judged({CO2: (100.0, 0.5)}, evidence, technology).consistency
        return next((row for row in rows_of(found) if row["check"] == "trees_against_area"), None)

    @pytest.mark.parametrize(
        ("area", "trees", "verdict", "words"),
        [
            (100.0, 290.0, "consistent", "2.90 times that by area"),
            (100.0, 310.0, "high", "3.10 times as much carbon as the planted area"),
            (310.0, 100.0, "low", "3.10 times as much carbon as the number of trees"),
        ],
    )
    def test_two_reckonings(self, judged, area, trees, verdict, words):
        row = self.check(judged, area, trees)
        assert row["verdict"] == verdict
        assert words in row["reason_en"]
        assert row["reason_zh"]

    def test_trees_above_grass_are_not_compared(self, judged):
        assert self.check(judged, 1.0, 100.0, "greening") is None

    def test_one_reckoning_alone(self, judged):
        assert self.check(judged, 1.0, float("nan")) is None

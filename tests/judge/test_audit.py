"""The audit as a whole: the report's projects, every verdict, both languages, any order."""

from __future__ import annotations

import random
import re

import pyarrow as pa
import pytest

from greensilk.core.errors import Fault
from greensilk.core.findings import FINDINGS
from greensilk.core.text import LANGUAGES, Names, render
from greensilk.core.text.columns import add_sentences
from greensilk.core.text.parameters import decode
from greensilk.judge import audit, findings

CO2 = "claimed_emission_reductions"
NOTHING = {"project_id": "p", "country": "KEN", "technology": "solar_pv", "capacity": 100.0}


def by_claim(result):
    return {
        (row["project_id"], row["claim"]): row for row in add_sentences(result.audit).to_pylist()
    }


def by_check(result):
    return {
        (row["project_id"], row["check"]): row
        for row in add_sentences(result.consistency).to_pylist()
    }


def first_baselines(result):
    rows = add_sentences(result.baselines).to_pylist()
    return {row["project_id"]: row for row in rows if row["rank"] == 1}


@pytest.fixture
def one(claims_of, evidence_of, projects_of):
    """Audit one claim of one project."""

    def run(claim, value, half, estimate=None, *, project=(), more=None, missing=(), **cells):
        claims = {"p": {claim: (value, half), **(more or {})}}
        columns = {name: {("p", claim): cell} for name, cell in cells.items()}
        evidence = {"p": estimate} if estimate else {}
        row = {**NOTHING, **dict(project)}
        result = audit(
            claims_of(claims, **columns), evidence_of(evidence), projects_of([row]), missing
        )
        return by_claim(result)["p", claim]

    return run


class TestTheReport:
    @pytest.fixture
    def result(self, report):
        return audit(*report)

    def test_verdicts(self, result):
        verdicts = {
            project: row["verdict"]
            for (project, claim), row in by_claim(result).items()
            if claim == CO2
        }
        assert verdicts == {
            "cauchari": "high",
            "karot": "high",
            "mozura": "low",
            "nhon_hoa": "high",
            "dubai": "consistent",
            "vientiane": "not_checkable",
        }

    def test_the_argentine_plant_was_counted_against_chinas_plants(self, result):
        row = by_claim(result)["cauchari", CO2]
        assert row["reason_code"] == "baseline_china_thermal_fleet"
        assert "China's thermal fleet 2020" in row["reason_en"]
        assert "663 GWh/yr" in row["reason_en"]
        assert "中国火电机组（2020年）" in row["reason_zh"]
        assert "6.63亿千瓦时/年" in row["reason_zh"]
        assert by_claim(result)["cauchari", "claimed_standard_coal"]["verdict"] == "consistent"

    def test_the_montenegrin_claim_is_below_every_factor(self, result):
        row = by_claim(result)["mozura", CO2]
        assert row["reason_code"] == "below_any_factor"
        assert row["ratio"] == pytest.approx(3000 / 81_246)
        assert "0.0273 t CO₂e/MWh" in row["reason_en"]
        assert "27.1 times" in row["reason_en"]
        assert row["claimed_text"] == "约3000吨"

    def test_the_pakistani_claims_fit_one_another_only_as_raw_coal(self, result):
        claims = by_claim(result)
        assert claims["karot", CO2]["reason_code"] == "baseline_raw_coal_conversion"
        coal = claims["karot", "claimed_standard_coal"]
        assert coal["reason_code"] == "baseline_raw_coal_conversion_other"
        checks = by_check(result)
        assert checks["karot", "coal_rate"]["value"] == pytest.approx(437.5)
        assert checks["karot", "coal_rate"]["verdict"] == "high"
        assert checks["karot", "co2_per_coal"]["value"] == pytest.approx(2.5)
        assert checks["karot", "co2_per_coal"]["verdict"] == "consistent"

    def test_one_ratio_is_said_to_prove_little(self, result):
        row = by_claim(result)["nhon_hoa", CO2]
        assert row["reason_code"] == "baseline_ambiguous"
        assert "evidence: weak" in row["reason_en"]
        assert "证据较弱" in row["reason_zh"]
        assert first_baselines(result)["nhon_hoa"]["status"] == "ambiguous"

    def test_trees_of_the_laotian_zone(self, result):
        row = by_check(result)["vientiane", "co2_per_tree"]
        assert row["value"] == pytest.approx(12.43)
        assert row["verdict"] == "consistent"

    def test_the_baselines_table(self, result):
        first = first_baselines(result)
        assert first["cauchari"]["candidate"] == "china_thermal_fleet/2020"
        assert first["cauchari"]["residual"] < 0.002
        assert first["cauchari"]["implied_generation"] == pytest.approx(663_100, rel=1e-3)
        assert first["cauchari"]["generation_gap"] == pytest.approx(663.1 / 660 - 1, abs=1e-3)
        assert first["mozura"]["status"] == "none_fits"
        assert first["mozura"]["reason_en"].startswith("None fits")
        assert first["dubai"]["status"] == "underdetermined"
        # a park makes no electricity: nothing is searched for it
        assert "vientiane" not in first

    def test_sentences_are_whole(self, result):
        for table in (result.audit, result.consistency, result.baselines):
            for row in add_sentences(table).to_pylist():
                for key, value in row.items():
                    if key.startswith("reason_") and not key.endswith("code"):
                        assert value, (key, row)
                        assert not re.search(r"[{?]|nan|inf|null", value), row
                    if key == "reason_zh":
                        assert re.search("[\u4e00-\u9fff]", value)
                        assert not re.search(r"[a-z]{3,}", value.replace("tool", "")), value

    def test_the_order_of_rows_changes_nothing(self, report, result):
        def shuffled(table, seed):
            rows = list(range(table.num_rows))
            random.Random(seed).shuffle(rows)
            return table.take(rows)

        def rows(table):
            key = ("project_id", "claim", "check", "rank")
            return sorted(table.to_pylist(), key=lambda row: [str(row.get(name)) for name in key])

        claims, evidence, projects = report
        # components of one project keep their order: the first one gives the country
        again = audit(shuffled(claims, 1), shuffled(evidence, 2), projects)
        assert rows(again.audit) == rows(result.audit)
        assert again.consistency.equals(result.consistency)
        assert again.baselines.equals(result.baselines)

    def test_the_audit_speaks_the_findings_schema(self, result):
        table = findings(result)
        assert table.schema == FINDINGS
        rows = table.to_pylist()
        assert {row["room"] for row in rows} == {"judge"}
        by_rule = {rule: [row for row in rows if row["rule"] == rule]
                   for rule in ("claim", "consistency", "baseline")}  # fmt: skip
        assert len(by_rule["claim"]) == result.audit.num_rows
        assert len(by_rule["consistency"]) == result.consistency.num_rows
        assert len(by_rule["baseline"]) == len(first_baselines(result))
        for row in rows:
            for lang in LANGUAGES:
                assert "{" not in render(row["reason_code"], lang, decode(row["reason_params"]))

    def test_every_row_of_the_baselines_names_its_candidate(self, result):
        for row in result.baselines.to_pylist():
            assert decode(row["reason_params"])["candidate"].sentence == f"candidate.{row['kind']}"

    def test_rows_stand_in_the_order_of_the_claims(self, report, result):
        claims = report[0]
        assert result.audit.column("claim").to_pylist() == claims.column("claim").to_pylist()


ESTIMATE = {"emission_reductions": (100.0, 80.0, 125.0)}
PARTS = [
    {**NOTHING, "component": "a", "capacity": 60.0},
    {**NOTHING, "component": "b", "capacity": 40.0},
]


class TestVerdicts:
    @pytest.mark.parametrize(
        ("value", "half", "verdict", "reason"),
        [
            (100.0, 0.5, "consistent", "within_range"),
            # 130 written as "about 130": its rounding reaches into our range
            (130.0, 5.0, "consistent", "within_range"),
            (130.0, 0.5, "consistent", "near_range"),
            (140.0, 0.5, "high", "above_range"),
            (60.0, 0.5, "low", "below_range"),
            (1000.0, 0.5, "high", "slip_ten_times_high"),
            (10.0, 0.5, "low", "slip_ten_times_low"),
            (1_000_000.0, 0.5, "high", "slip_ten_thousand_times_high"),
            (100.0 * 12 / 44, 0.05, "low", "slip_tonnes_of_carbon"),
            (2_500.0, 5.0, "high", "slip_whole_life"),
        ],
    )
    def test_by_range(self, one, value, half, verdict, reason):
        # an industrial project: its claims are not generation times a factor
        row = one(
            CO2, value, half, ESTIMATE,
            project={"technology": "efficiency_retrofit", "capacity": None},
        )  # fmt: skip
        assert (row["verdict"], row["reason_code"]) == (verdict, reason)
        assert row["ratio"] == pytest.approx(value / 100.0)
        assert (row["estimate"], row["low"], row["high"]) == (100.0, 80.0, 125.0)

    def test_a_stated_range_counts_as_a_whole(self, one):
        row = one(CO2, 150.0, 0.5, ESTIMATE, low=120.0, high=180.0,
                  project={"technology": "efficiency_retrofit"})  # fmt: skip
        assert row["verdict"] == "consistent"

    @pytest.mark.parametrize(
        ("word", "value", "verdict"),
        [
            ("at_least", 20.0, "consistent"),
            ("超", 20.0, "consistent"),
            ("at_least", 200.0, "high"),
            ("at_most", 200.0, "consistent"),
            ("不到", 40.0, "low"),
            ("approx", 200.0, "high"),
        ],
    )
    def test_open_claims(self, one, word, value, verdict):
        row = one("claimed_trees", value, 0.5, {"tree_equivalent": (100.0, 80.0, 125.0)},
                  qualifier=word)  # fmt: skip
        assert row["verdict"] == verdict

    def test_an_estimate_without_a_range(self, one):
        point = {"tree_equivalent": (100.0, None, None)}
        assert one("claimed_trees", 109.0, 0.5, point)["reason_code"] == "within_point"
        assert one("claimed_trees", 150.0, 0.5, point)["verdict"] == "high"

    def test_units_are_made_equal(self, claims_of, evidence_of, projects_of):
        result = audit(
            claims_of({"p": {"claimed_sulphur_dioxide": (1_000.0, 0.5)}}),
            evidence_of(
                {"p": {"sulphur_dioxide_avoided": (1.0, 0.9, 1.1)}},
                {"sulphur_dioxide_avoided": "t/yr"},
            ),
            projects_of([NOTHING]),
        )
        row = by_claim(result)["p", "claimed_sulphur_dioxide"]
        assert (row["verdict"], row["estimate"], row["unit"]) == ("consistent", 1000.0, "kg/yr")

    def test_units_that_do_not_fit(self, claims_of, evidence_of, projects_of):
        result = audit(
            claims_of({"p": {"claimed_sulphur_dioxide": (1_000.0, 0.5)}}),
            evidence_of(
                {"p": {"sulphur_dioxide_avoided": (1.0, 0.9, 1.1)}},
                {"sulphur_dioxide_avoided": "tCO2e/yr"},
            ),
            projects_of([NOTHING]),
        )
        row = by_claim(result)["p", "claimed_sulphur_dioxide"]
        assert (row["verdict"], row["reason_code"]) == ("not_checkable", "unit_mismatch")
        assert row["estimate"] is None

    def test_a_grid_without_emissions(self, one):
        row = one(CO2, 50_000.0, 500.0, {"emission_reductions": (0.0, 0.0, 0.0)},
                  project={"country": "NPL"},
                  more={"annual_generation": (100_000.0, 500.0)})  # fmt: skip
        assert (row["verdict"], row["reason_code"]) == ("high", "zero_emission_grid")
        assert row["ratio"] is None

    def test_a_claim_about_the_stated_generation_is_not_blamed_for_the_measured_one(self, one):
        row = one(
            CO2, 40_000.0, 50.0,
            {
                "emission_reductions": (60_000.0, 58_000.0, 62_000.0),
                "net_generation": (150_000.0, 150_000.0, 150_000.0),
            },
            more={"annual_generation": (100_000.0, 500.0)},
        )  # fmt: skip
        assert (row["verdict"], row["reason_code"]) == ("consistent", "within_stated_generation")

    def test_people_served_are_told_what_is_left_for_each(self, one):
        row = one("claimed_people", 1_000_000.0, 500.0, {"people_served": (9e4, 8e4, 1e5)},
                  more={"annual_generation": (100_000.0, 500.0)})  # fmt: skip
        assert (row["verdict"], row["reason_code"]) == ("high", "slip_ten_times_high")
        row = one("claimed_people", 400_000.0, 500.0, {"people_served": (9e4, 8e4, 1e5)},
                  more={"annual_generation": (100_000.0, 500.0)})  # fmt: skip
        assert row["reason_code"] == "served_high"
        assert "250 kWh/yr" in row["reason_en"]

    def test_generation_out_of_range(self, one):
        row = one(
            "annual_generation", 350_000.0, 500.0, {"expected_generation": (2e5, 1.5e5, 2.5e5)}
        )
        assert (row["verdict"], row["reason_code"]) == ("high", "generation_high")
        assert "3,500 h/yr at full load" in row["reason_en"]

    def test_no_generation_stated(self, one):
        row = one(
            CO2, 90_000.0, 500.0,
            {
                "emission_reductions": (55_000.0, 45_000.0, 65_000.0),
                "expected_generation": (120_000.0, 90_000.0, 150_000.0),
                "net_generation": (120_000.0, 90_000.0, 150_000.0),
            },
        )  # fmt: skip
        assert row["reason_code"] == "no_generation_high"
        assert "120 GWh/yr" in row["reason_en"]


class TestImplausible:
    @pytest.mark.parametrize(
        ("claim", "value", "more", "reason"),
        [
            ("annual_generation", 900_000.0, {}, "generation_above_capacity"),
            ("annual_generation", -1.0, {}, "negative"),
            (CO2, 250_000.0, {"annual_generation": (1e5, 1.0)}, "factor_above_worst_fuel"),
            (CO2, 2_000_000.0, {}, "co2_per_capacity_high"),
            ("claimed_standard_coal", 10_000.0, {"annual_generation": (1e5, 1.0)},
             "coal_rate_impossible_low"),
            ("claimed_standard_coal", 90_000.0, {"annual_generation": (1e5, 1.0)},
             "coal_rate_impossible_high"),
            (CO2, 50_000.0, {"claimed_standard_coal": (10_000.0, 1.0)}, "co2_per_coal_impossible"),
            ("claimed_trees", 1_000.0, {CO2: (1_000.0, 0.5)}, "tree_uptake_impossible"),
            ("claimed_trees", 1e8, {CO2: (1_000.0, 0.5)}, "tree_uptake_low"),
            ("claimed_households", 1e8, {"annual_generation": (1e5, 1.0)}, "household_use_low"),
            ("claimed_people", 1e9, {"annual_generation": (1e5, 1.0)}, "person_use_low"),
            ("claimed_people", 100.0, {"annual_generation": (1e5, 1.0)}, "person_use_high"),
            ("claimed_percent_below_road", 1.2, {}, "share_above_one"),
            ("claimed_sulphur_dioxide", 1e8, {"annual_generation": (1e5, 1.0)}, "so2_rate_high"),
            ("claimed_lifetime_emission_reductions", 500.0, {CO2: (1_000.0, 0.5)},
             "lifetime_total_low"),
            ("claimed_cars", 2.0, {CO2: (1_000.0, 0.5)}, "car_emission_high"),
        ],
    )  # fmt: skip
    def test_beyond_a_bound(self, one, claim, value, more, reason):
        row = one(claim, value, 1e-3 * abs(value), more=more)
        assert (row["verdict"], row["reason_code"]) == ("implausible", reason)
        assert not re.search("[?{]|None", row["reason_en"] + row["reason_zh"])

    def test_it_does_not_matter_what_we_estimate(self, one):
        row = one("annual_generation", 900_000.0, 1.0, {"expected_generation": (9e5, 8e5, 1e6)})
        assert row["verdict"] == "implausible"

    def test_a_rounding_that_reaches_the_bound_is_not_impossible(self, one):
        # 900 GWh written with one digit may be 850 GWh, which 100 MW can give
        row = one("annual_generation", 900_000.0, 50_000.0)
        assert row["verdict"] != "implausible"

    def test_a_project_may_do_harm(self, one):
        row = one(CO2, -100.0, 0.5, {"emission_reductions": (-110.0, -130.0, -90.0)},
                  project={"technology": "efficiency_retrofit"})  # fmt: skip
        assert row["verdict"] == "consistent"

    def test_offgrid_light_may_pass_what_a_grid_cannot(self, one):
        project = {"technology": "minigrid"}
        more = {"annual_generation": (1e5, 1.0)}
        assert one(CO2, 250_000.0, 1.0, more=more, project=project)["verdict"] != "implausible"


class TestNotCheckable:
    def test_missing_inputs_are_named(self, one):
        lacks = {("p", "emission_reductions"): ("annual_generation", "capacity")}
        row = one(CO2, 10.0, 0.5, missing=lacks)
        assert (row["verdict"], row["reason_code"]) == ("not_checkable", "missing_inputs")
        assert "Annual generation, Installed capacity" in row["reason_en"]
        assert "年发电量、装机容量" in row["reason_zh"]

    def test_faults_say_the_same(self, one):
        fault = Fault("not_computed", "note", project_id="p", field="emission_reductions",
                      expected=Names(("capacity",)))  # fmt: skip
        other = Fault("unknown_country", project_id="p", field="country")
        row = one(CO2, 10.0, 0.5, missing=[other, fault])
        assert row["reason_code"] == "missing_inputs"

    def test_no_method(self, one):
        row = one("claimed_hatchling_count", 17_000.0, 500.0)
        assert (row["verdict"], row["reason_code"]) == ("not_checkable", "no_method")

    def test_no_estimate(self, one):
        assert one("claimed_people", 10.0, 0.5)["reason_code"] == "no_estimate"

    def test_no_figure(self, one):
        row = one(CO2, None, None)
        assert (row["verdict"], row["reason_code"]) == ("not_checkable", "value_missing")


class TestComponents:
    def test_amounts_of_components_are_added(self, claims_of, evidence_of, projects_of):
        claims = claims_of(
            {"p": {CO2: (40.0, 0.5)}}, component={("p", CO2): "a"}, text={("p", CO2): "40"}
        )
        both = pa.concat_tables([claims, claims.set_column(1, "component", pa.array(["b"]))])
        result = audit(both, evidence_of({"p": {"emission_reductions": (80.0, 75.0, 85.0)}}),
                       projects_of(PARTS))  # fmt: skip
        (row,) = result.audit.to_pylist()
        assert (row["claimed"], row["verdict"], row["claimed_text"]) == (
            80.0,
            "consistent",
            "40 + 40",
        )
        assert row["component"] == ""

    def test_percentages_are_not(self, claims_of, evidence_of, projects_of):
        name = "claimed_percent_below_road"
        claims = claims_of({"p": {name: (0.5, 0.005)}}, component={("p", name): "a"})
        both = pa.concat_tables([claims, claims.set_column(1, "component", pa.array(["b"]))])
        result = audit(both, evidence_of({"p": {"percent_below_road": (0.5, 0.4, 0.6)}}),
                       projects_of(PARTS))  # fmt: skip
        assert [row["verdict"] for row in result.audit.to_pylist()] == ["consistent"] * 2

    def test_capacity_is_that_of_the_whole_project(self, claims_of, evidence_of, projects_of):
        result = audit(claims_of({"p": {"annual_generation": (200_000.0, 50.0)}}), evidence_of({}),
                       projects_of(PARTS))  # fmt: skip
        assert by_check(result)["p", "full_load_hours"]["value"] == pytest.approx(2000.0)


def test_nothing_to_audit(claims_of, evidence_of, projects_of):
    result = audit(claims_of({}), evidence_of({}), projects_of([NOTHING]))
    assert result.audit.num_rows == result.consistency.num_rows == result.baselines.num_rows == 0
    full = audit(claims_of({"p": {CO2: (1.0, 0.1)}}), evidence_of({}), projects_of([NOTHING]))
    assert result.audit.schema == full.audit.schema
    assert result.consistency.schema == full.consistency.schema
    assert result.baselines.schema == full.baselines.schema


def test_a_claim_of_a_project_that_is_not_in_the_table(claims_of, evidence_of, projects_of):
    result = audit(claims_of({"q": {CO2: (1.0, 0.1)}}), evidence_of({}), projects_of([NOTHING]))
    assert by_claim(result)["q", CO2]["verdict"] == "not_checkable"


@pytest.mark.slow
def test_fifty_thousand_projects_each_have_a_verdict(report):
    copies = 8_334
    tables = []
    for table in report:
        ids = pa.array(
            [f"{name}-{copy}" for copy in range(copies) for name in table["project_id"].to_pylist()]
        )
        large = pa.concat_tables([table] * copies)
        tables.append(large.set_column(0, "project_id", ids).combine_chunks())
    result = audit(*tables)
    assert result.audit.num_rows == copies * report[0].num_rows
    verdicts = result.audit.column("verdict").value_counts().to_pylist()
    assert sum(item["counts"] for item in verdicts) == result.audit.num_rows

"""Grid electricity and reservoirs: worked cases and properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from greensilk import reference
from greensilk.methods import generation, hydro, power, reductions

amounts = st.floats(1e-3, 1e8)
shares = st.floats(0.0, 1.0)
factors = st.floats(0.0, 2.0)


def weights(baseline: str, firmness: str, period: str) -> tuple[float, float]:
    table = reference.load("cm_weights")
    keys = {"baseline": baseline, "firmness": firmness, "period": period}
    return table.get("om_weight", **keys).value, table.get("bm_weight", **keys).value


def test_expected_generation_of_a_large_hydropower_plant() -> None:
    # 720 MW with the stated 3.2 TWh is a capacity factor of 0.507
    implied = generation.implied_capacity_factor(3_200_000.0, 720.0, 8760.0)
    assert implied == pytest.approx(0.5074, abs=1e-4)
    assert generation.expected_generation(720.0, 8760.0, implied) == pytest.approx(3_200_000.0)


@given(shares, amounts)
def test_own_use_never_adds_energy(share: float, gross: float) -> None:
    assert 0.0 <= generation.net_generation_expected(gross, share) <= gross


@given(factors, factors, shares)
def test_the_combined_margin_lies_between_its_parts(om: float, bm: float, weight: float) -> None:
    combined = power.combined_margin(om, bm, weight, 1.0 - weight)
    assert min(om, bm) - 1e-12 <= combined <= max(om, bm) + 1e-12


@pytest.mark.parametrize("baseline", ["ifi", "tool07"])
@pytest.mark.parametrize("firmness", ["intermittent", "firm", ""])
@pytest.mark.parametrize("period", ["first", "later"])
def test_weights_sum_to_one(baseline: str, firmness: str, period: str) -> None:
    assert sum(weights(baseline, firmness, period)) == pytest.approx(1.0, abs=1e-9)


def test_weights_follow_technology_and_period() -> None:
    assert weights("tool07", "intermittent", "later") == (0.75, 0.25)
    assert weights("tool07", "firm", "first") == (0.5, 0.5)
    assert weights("tool07", "firm", "later") == (0.25, 0.75)
    assert weights("ifi", "firm", "first")[0] == pytest.approx(1 / 3)


def test_every_published_combined_margin_follows_from_the_margins() -> None:
    """The weights and the derived build margins give back the published list within 2 g/kWh."""
    margins, combined = reference.load("grid_ifi_margins"), reference.load("grid_ifi_combined")
    listed = [row for row in combined.rows if row.keys[0] and row.keys[1]]
    assert len(listed) == 472  # 234 entries, two of which stand for two codes, by two kinds
    for row in listed:
        country, firmness, _ = row.keys
        om = margins.get("operating_margin", country=country).value
        bm = margins.get("build_margin", country=country).value
        again = power.combined_margin(om, bm, *weights("ifi", firmness, "first"))
        assert again == pytest.approx(row.value, abs=2.0), row.keys


def test_known_entries_of_the_published_list() -> None:
    combined = reference.load("grid_ifi_combined")
    pakistan = combined.get(
        "combined_margin", country="PAK", firmness="intermittent", baseline="ifi"
    )
    assert (pakistan.value, pakistan.unit, pakistan.verified) == (514.5, "gCO2e/kWh", True)
    assert (
        combined.get("combined_margin", country="NPL", firmness="firm", baseline="ifi").value == 0
    )
    elsewhere = combined.get("combined_margin", country="XYZ", firmness="firm", baseline="ifi")
    assert (elsewhere.value, elsewhere.grade) == (381.4, 5)
    assert elsewhere.low < 50 < 600 < elsewhere.high


def test_codes_of_places_without_an_alpha_3_code() -> None:
    codes = {row.keys[0] for row in reference.load("grid_ifi_margins").rows}
    assert {"PT-20", "PT-30", "ES-CN", "XKX", "EU27", "WORLD", "JEY", "GGY", "HKG"} <= codes


@given(amounts, factors, st.floats(0.0, 1e6), st.floats(0.0, 1e6))
def test_more_emissions_of_its_own_mean_less_avoided(
    energy: float, margin: float, own: float, leak: float
) -> None:
    baseline = power.baseline_emissions(energy, margin)
    assert reductions.emission_reductions(baseline, own, leak) <= baseline
    assert reductions.emission_reductions(baseline, own, leak) == baseline - own - leak


def test_a_clean_grid_gives_nothing_and_says_so() -> None:
    margin = np.array([0.0, 0.0001, 0.5])
    avoided = reductions.emission_reductions(power.baseline_emissions(1e6, margin), 0.0, 0.0)
    assert avoided.tolist() == pytest.approx([0.0, 100.0, 500_000.0])
    assert power.near_zero_grid(margin, 0.05).tolist() == [1.0, 1.0, 0.0]


def test_fuel_of_a_solar_thermal_plant() -> None:
    assert power.project_emissions_with_fuel(1000.0, 0.0561) == pytest.approx(56.1)


@pytest.mark.parametrize(
    ("density", "counted", "eligible"),
    [(3.9, 0.09, 0), (4.0, 0.09, 0), (4.1, 0.09, 1), (10.0, 0.09, 1), (10.1, 0.0, 1)],
)
def test_the_reservoir_rule_at_its_edges(density: float, counted: float, eligible: int) -> None:
    assert float(hydro.operating_emission_factor(density, 10.0, 0.09)) == counted
    assert float(hydro.reservoir_eligible(density, 4.0)) == eligible


def test_the_reservoir_factor_follows_the_methodology() -> None:
    table = reference.load("reservoirs")
    assert table.get("reservoir_emission_factor", baseline="tool07").value == 90
    assert table.get("reservoir_emission_factor", baseline="vmr0017").value == 100


@given(st.floats(1.0, 20_000.0), st.floats(0.1, 5_000.0))
def test_a_wider_reservoir_is_never_better(capacity: float, area: float) -> None:
    narrow = hydro.power_density(capacity, 0.0, area, 0.0)
    wide = hydro.power_density(capacity, 0.0, area * 1.5, 0.0)
    assert wide < narrow
    assert float(hydro.operating_emission_factor(wide, 10.0, 0.09)) >= float(
        hydro.operating_emission_factor(narrow, 10.0, 0.09)
    )

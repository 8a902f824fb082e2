"""Landfill methane against the plain loop, waste accounts, incineration."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from greensilk import reference
from greensilk.methods import reductions, waste, waste_energy
from greensilk.methods import waste_treatment as treatment

STREAMS = ("food", "garden", "paper", "wood", "textile", "nappies")
RATES = st.floats(0.005, 1.0)
YEARS = st.integers(1, 60)


def loop(tonnes: float, carbon: dict[str, float], rates: dict[str, float], years: int) -> list:
    """TOOL04 equation 1 as it is printed: for every year, over years of disposal and kinds."""
    yearly = []
    for year in range(1, years + 1):
        released = 0.0
        for disposal in range(1, year + 1):
            for stream in carbon:
                k = rates[stream]
                age = year - disposal
                released += tonnes * carbon[stream] * math.exp(-k * age) * (1 - math.exp(-k))
        yearly.append(released)
    return yearly


def account(carbon: dict[str, float], rates: dict[str, float], tonnes: float) -> dict[str, float]:
    return {
        "waste_mass": tonnes,
        "methane_per_carbon": 1.0,
        **{f"decomposable_carbon_{stream}": carbon[stream] for stream in STREAMS},
        **{f"decay_rate_{stream}": rates[stream] for stream in STREAMS},
    }


@given(
    st.lists(st.floats(0.0, 0.3), min_size=6, max_size=6),
    st.lists(RATES, min_size=6, max_size=6),
    YEARS,
    st.floats(1.0, 1e6),
)
def test_closed_forms_equal_the_printed_double_sum(
    carbon: list[float], rates: list[float], years: int, tonnes: float
) -> None:
    kinds = dict(zip(STREAMS, carbon, strict=True))
    speeds = dict(zip(STREAMS, rates, strict=True))
    yearly = loop(tonnes, kinds, speeds, years)
    given_values = account(kinds, speeds, tonnes)
    mean = waste.landfill_methane(**given_values, crediting_years=float(years), accounting_year=1.0)
    last = waste.landfill_methane_last_year(**given_values, crediting_years=float(years))
    total = waste.lifetime_landfill_methane(
        **given_values, lifetime=float(years), accounting_year=1.0
    )
    assert mean == pytest.approx(sum(yearly) / years, rel=1e-9, abs=1e-9)
    assert last == pytest.approx(yearly[-1], rel=1e-9, abs=1e-9)
    assert total == pytest.approx(sum(yearly), rel=1e-9, abs=1e-9)


def test_a_closed_landfill_goes_on_where_disposal_stops() -> None:
    """All of one year's carbon comes out in the end: the yearly releases sum to the potential."""
    k = 0.17
    drops = [math.exp(-k * age) * (1 - math.exp(-k)) for age in range(400)]
    assert sum(drops) == pytest.approx(1.0)
    assert waste.released_share(k, 400.0) == pytest.approx(1.0)


@given(RATES, YEARS)
def test_the_mean_lies_below_the_last_year_and_below_the_potential(rate: float, years: int) -> None:
    mean = waste.mean_released_share(rate, float(years), 1.0)
    last = waste.released_share(rate, float(years))
    assert 0.0 < mean <= last * (1 + 1e-12)
    assert last < 1.0 or rate * years > 36  # 1 - exp(-36) rounds to 1


@given(st.floats(0.01, 0.5), st.floats(0.01, 0.4), st.integers(2, 40))
def test_faster_decay_means_more_methane_within_the_period(
    slow: float, more: float, years: int
) -> None:
    assert waste.mean_released_share(slow + more, float(years), 1.0) > waste.mean_released_share(
        slow, float(years), 1.0
    )


def test_methane_per_tonne_of_food_of_the_guidelines() -> None:
    """IPCC 2006: food, DOC 0.15, DOCf 0.5, MCF 1, F 0.5 gives L0 = 0.05 t of methane per tonne."""
    per_carbon = waste.methane_per_carbon(
        landfill_model_factor=1.0,
        landfill_gas_capture=0.0,
        landfill_oxidation=0.0,
        landfill_methane_fraction=0.5,
        methane_correction_factor=1.0,
    )
    carbon = waste.decomposable_carbon_food(
        share_food=1.0,
        composition_total=1.0,
        degradable_carbon_food=0.15,
        decomposing_fraction_food=0.5,
    )
    assert per_carbon * carbon == pytest.approx(0.05)


def test_composition_is_a_whole_whatever_it_sums_to() -> None:
    """Doubling every share changes nothing."""
    half = waste.decomposable_carbon_paper(0.1, 1.0, 0.4, 0.5)
    double = waste.decomposable_carbon_paper(0.2, 2.0, 0.4, 0.5)
    assert half == pytest.approx(double)


def test_fossil_shares_are_the_products_of_the_guidelines() -> None:
    """The table states dry matter x carbon x fossil share; the value must be their product."""
    checked = 0
    for row in reference.load("waste_treatment").rows:
        if not row.parameter.startswith("fossil_carbon_") or row.parameter.endswith("inert"):
            continue
        factors = re.search(r"(\d\.\d+) x (\d\.\d+) x (\d\.\d+)", row.clause)
        assert factors, row.clause
        assert row.value == pytest.approx(math.prod(float(text) for text in factors.groups()))
        checked += 1
    assert checked == 5


def test_fossil_carbon_of_waste_that_is_all_plastic() -> None:
    """A tonne of plastics with 0.75 of fossil carbon releases 2.75 t of carbon dioxide."""
    shares = {"paper": 0.0, "textile": 0.0, "nappies": 0.0, "plastics": 1.0, "rubber": 0.0}
    carbon = waste_energy.incineration_fossil_carbon(
        **{f"share_{kind}": share for kind, share in shares.items()},
        share_inert=0.0,
        composition_total=1.0,
        **{
            f"fossil_carbon_{kind}": reference.load("waste_treatment")
            .get(f"fossil_carbon_{kind}")
            .value
            for kind in (*shares, "inert")
        },
    )
    released = waste_energy.incineration_carbon_dioxide(1.0, carbon, 1.0, 44.0 / 12.0)
    assert released == pytest.approx(2.75)


def test_tonnage_and_power_infer_each_other() -> None:
    tonnes = waste_energy.waste_mass_of_generation(annual_generation=60000.0, power_per_tonne=0.4)
    assert waste_energy.net_generation_of_waste(tonnes, 0.4) == pytest.approx(60000.0)


def test_reductions_of_a_plant_in_the_tropics() -> None:
    """A 400 t/d plant worked by hand with TOOL04 defaults: every term checked for its size."""
    tonnes = waste.waste_mass_of_days(400.0, 333.0)
    food = waste.decomposable_carbon_food(0.6, 1.0, 0.15, 0.5)
    zero = dict.fromkeys(STREAMS, 0.0)
    methane = waste.landfill_methane(
        **account({**zero, "food": food}, dict.fromkeys(STREAMS, 0.4), tonnes)
        | {"methane_per_carbon": 0.85 * 0.9 * 16 / 12 * 0.5 * 0.6},
        crediting_years=10.0,
        accounting_year=1.0,
    )
    # 133 200 t x 0.045 t C/t x 0.306 t CH4/t C x mean share 0.8004
    assert methane == pytest.approx(133200 * 0.045 * 0.306 * 0.80040, rel=1e-4)
    baseline = waste_energy.baseline_emissions(methane, 27.0, 46620.0 * 0.5)
    assert baseline == pytest.approx(methane * 27 + 23310.0)


def test_treatment_account_adds_up() -> None:
    released = treatment.treatment_emissions(1000.0, 0.004, 0.00024, 27.0, 273.0)
    assert released == pytest.approx(1000 * (0.108 + 0.06552))
    project = treatment.project_emissions(released, 30.0, 0.5)
    assert reductions.emission_reductions(1000.0, project, 5.0) == pytest.approx(
        1000.0 - released - 15.0 - 5.0
    )


def test_decay_rates_rise_with_warmth_and_wet_and_from_wood_to_food() -> None:
    table = reference.load("landfill_decay")
    for stream in STREAMS:
        wet = table.get(f"decay_rate_{stream}", climate_zone="tropical_wet").value
        dry = table.get(f"decay_rate_{stream}", climate_zone="tropical_dry").value
        cold = table.get(f"decay_rate_{stream}", climate_zone="boreal_temperate_dry").value
        assert wet > dry > cold
    for zone in ("tropical_wet", "tropical_dry", "boreal_temperate_wet", "boreal_temperate_dry"):
        rates = [
            table.get(f"decay_rate_{stream}", climate_zone=zone).value
            for stream in ("food", "garden", "paper", "wood")
        ]
        assert rates == sorted(rates, reverse=True)


def test_every_country_composition_is_a_whole() -> None:
    table = reference.load("waste_by_country")
    kinds = [f"share_{kind}" for kind in ("food", "garden", "paper", "wood", "plastics", "rubber")]
    countries = {row.keys[0] for row in table.rows if row.parameter == "share_food"}
    assert len(countries) > 160
    for country in countries:
        total = sum(
            table.get(kind, country=country).value for kind in (*kinds, "share_inert")
        ) + min(0.03, table.get("share_textile", country=country).value)
        assert 0.965 < total < 1.035, f"{country}: shares sum to {total}"


@pytest.mark.mirror
def test_the_country_table_is_what_the_import_makes_of_the_file(mirror, tmp_path, monkeypatch):
    """Rebuilding from the published file gives the packaged table, byte for byte."""
    import importlib.util
    from pathlib import Path

    place = Path(__file__).parents[2] / "tools" / "import_waste_by_country.py"
    spec = importlib.util.spec_from_file_location("import_waste_by_country", place)
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    packaged = (tool.TABLES / "waste_by_country.csv").read_bytes()
    monkeypatch.setattr(tool, "TABLES", tmp_path)
    tool.main(str(mirror))
    assert (tmp_path / "waste_by_country.csv").read_bytes() == packaged


def test_arrays_of_draws_broadcast() -> None:
    rates = np.linspace(0.05, 0.5, 8).reshape(2, 4)
    years = np.array([[10.0], [25.0]])
    assert waste.mean_released_share(rates, years, 1.0).shape == (2, 4)

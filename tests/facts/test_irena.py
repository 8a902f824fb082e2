"""IRENA electricity statistics: published figures, sums, and capacity factors."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from greensilk.facts.catalogue import dataset
from greensilk.facts.fetch import locate
from greensilk.facts.publishers import load_parser

pytestmark = pytest.mark.mirror


@pytest.mark.parametrize(
    ("series", "economy", "year", "value"),
    [
        ("capacity_geothermal", "KEN", 2022, 949.1),
        ("generation_hydro", "ETH", 2022, 14882.49),
        ("generation_hydro", "LAO", 2021, 36737.96),
        ("capacity_hydro", "LAO", 2023, 9756.33),
    ],
)
def test_figures_read_by_hand(read, series: str, economy: str, year: int, value: float) -> None:
    assert read("irena").facts[series, economy, year].value == value


def test_a_dash_is_nil_and_marked(read) -> None:
    figure = read("irena").facts["capacity_nuclear", "KEN", 2022]
    assert (figure.value, figure.flag) == (0.0, "zero_filled")


def test_a_year_not_published_yet_is_not_nil(read) -> None:
    facts = read("irena").facts
    assert ("capacity_hydro", "LAO", 2023) in facts
    assert ("generation_hydro", "LAO", 2023) not in facts


def test_a_capacity_factor_uses_the_mean_capacity_of_the_year(read) -> None:
    # Kenya, geothermal: 5324.60 GWh from 863.10 MW at the beginning and 949.10 MW at the end.
    expected = 100 * 5324600 / ((863.10 + 949.10) / 2 * 8760)
    factor = read("irena").facts["capacity_factor_geothermal", "KEN", 2022]
    assert factor.value == pytest.approx(expected, rel=1e-12)
    assert factor.value == pytest.approx(67.08, abs=0.01)


def test_no_factor_exceeds_all_hours(read) -> None:
    factors = [
        figure.value
        for (series, _, _), figure in read("irena").facts.items()
        if series.startswith("capacity_factor_")
    ]
    assert len(factors) > 4000
    assert min(factors) > 0
    assert max(factors) <= 100


def test_sums_leave_stored_energy_out(read) -> None:
    facts = read("irena").facts
    wind = [
        facts[f"capacity_{name}", "CHN", 2023].value for name in ("wind_onshore", "wind_offshore")
    ]
    assert facts["capacity_wind", "CHN", 2023].value == pytest.approx(sum(wind))
    shares = [v.value for (series, _, _), v in facts.items() if series == "renewable_share"]
    assert min(shares) >= 0
    assert max(shares) <= 100


def test_names_in_latin_1_and_both_congos(read) -> None:
    facts = read("irena").facts
    assert {("capacity_hydro", code, 2022) for code in ("CIV", "TUR", "COG", "COD", "REU")} <= set(
        facts
    )


@pytest.mark.parametrize("name", ["irena", "climate_trace"])
def test_sums_are_the_same_to_the_last_bit(mirror: Path, name: str) -> None:
    files = locate(dataset(name).files, mirror, mirror, fetch=False)

    def digest() -> str:
        rows = load_parser(name).parse(files).sort("series", "key", "year")
        return hashlib.sha256(rows.write_csv().encode()).hexdigest()

    assert len({digest() for _ in range(8)}) == 1

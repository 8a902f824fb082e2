"""The large carriers in DDF form, against figures read by hand in their files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.mirror
Read = Callable[[str], Any]


@pytest.mark.parametrize(
    ("dataset", "series", "economy", "year", "value", "flag"),
    [
        ("unsd_sdg", "eg_elc_accs", "KEN", 2017, 63.81147, "modelled"),
        ("unsd_sdg", "eg_elc_accs.rural", "KEN", 2017, 57.57048, "modelled"),
        ("unsd_sdg", "er_h2o_stress", "PAK", 2017, 122.7, ""),
        ("unsd_sdg", "en_atm_pm25", "LAO", 2016, 24.4879932, "estimated"),
        ("unsd_sdg", "en_mat_domcmpt.col", "PAK", 2017, 9487550.0, "estimated"),
        ("unsd_sdg", "sh_ihr_caps.spar12", "KHM", 2019, 60.0, ""),
        ("unsd_sdg", "is_rdp_frgvol.air", "ETH", 2018, 2089277540.0, ""),
        ("aquastat", "sdg_6_4_2_water_stress", "EGY", 2018, 141.1657559199, ""),
        ("aquastat", "total_population", "PAK", 2018, 212228.286, ""),
        ("aquastat", "gdp_per_capita", "KEN", 2017, 1584.659911, ""),
        ("fra", "1a_forest_area", "KEN", 2020, 3611.09, ""),
        ("fra", "wooremov", "FIN", 2011, 50766800.0, ""),  # 50,766.8 thousand cubic metres
        ("fra", "2b_total_gs", "BRA", 2020, 0.0, "zero_filled"),  # nothing was reported
        ("gapminder", "forest_area_sq_km", "KEN", 2023, 36110.9, ""),
        ("gapminder", "urban_population", "XKX", 2023, 826368.0, ""),
        ("gapminder", "median_age_years", "LAO", 2050, 33.025, "projection"),
        ("gapminder", "flood_deaths_annual_number", "PAK", 2022, 1739.0, ""),
        ("gapminder", "flood_deaths_annual_number", "KEN", 1900, 0.0, "zero_filled"),
        # labelled in million tonnes, but these are tonnes
        ("gapminder_fasttrack", "co2_terr", "KEN", 2021, 19.766912664, ""),
        ("gapminder_fasttrack", "corruption_perception_index_cpi", "KEN", 2023, 31.0, ""),
        ("gapminder_fasttrack", "gdp_pcap", "KEN", 2050, 12597.71976, "projection"),
        ("wpp", "population", "KEN", 2021, 53005614.0, ""),
        ("wpp", "population", "KEN", 2022, 54027487.0, "projection"),
    ],
)
def test_figures_read_by_hand(
    read: Read, dataset: str, series: str, economy: str, year: int, value: float, flag: str
) -> None:
    figure = read(dataset).facts[series, economy, year]
    assert figure.value == pytest.approx(value, rel=1e-12)
    assert figure.flag == flag


def test_world_and_regions_are_set_apart(read: Read) -> None:
    groups = read("unsd_sdg").groups
    assert {"World", "Sub-Saharan Africa", "Northern Africa"} <= groups
    assert "Kenya" not in groups


def test_imputed_figures_are_marked(read: Read) -> None:
    flags = {
        figure.flag
        for (series, _, _), figure in read("unsd_sdg").facts.items()
        if series == "er_h2o_stress"
    }
    assert "imputed" in flags


def test_country_data_come_before_estimates(read: Read) -> None:
    """No figure stands twice, although the file may hold one of each nature."""
    facts = read("unsd_sdg").facts
    assert len({key for key in facts if key[0] == "ag_lnd_frst"}) > 1000


def test_dissolved_states_are_set_apart(read: Read) -> None:
    assert {"USSR", "Yugoslavia", "Czechoslovakia"} <= read("gapminder").groups
    economies = {economy for _, economy, _ in read("gapminder").facts}
    assert {"XKX", "VAT", "TWN"} <= economies


def test_projections_only_after_the_last_estimate(read: Read) -> None:
    for (series, _, year), figure in read("gapminder").facts.items():
        if series == "life_expectancy_female":
            assert (figure.flag == "projection") == (year >= 2024)

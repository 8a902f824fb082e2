from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greensilk.core.text.numbers import (
    format_number,
    format_percent,
    format_quantity,
    format_unit,
    scale,
)


@pytest.mark.parametrize(
    ("value", "unit", "en", "zh"),
    [
        (3.5e6, "tCO2e/yr", "3.50 Mt CO₂e/yr", "350万吨CO₂e/年"),
        (3000.0, "tCO2e/yr", "3 kt CO₂e/yr", "3,000吨CO₂e/年"),
        (3.2e6, "MWh/yr", "3.20 TWh/yr", "32亿千瓦时/年"),
        (720.0, "MW", "720 MW", "72万千瓦"),
        (46.2, "MW", "46.2 MW", "4.62万千瓦"),
        (1.4e6, "tce/yr", "1.40 Mtce/yr", "140万吨标准煤/年"),
        (106_100.0, "kg/yr", "106 t/yr", "106吨/年"),
        (40.0, "kg/yr", "40 kg/yr", "40千克/年"),
        (5e6, "person", "5 million people", "500万人"),
        (1.5e6, "m**3/yr", "1.50 million m³/yr", "150万立方米/年"),
        (0.3856, "tCO2e/MWh", "0.386 t CO₂e/MWh", "0.386吨CO₂e/兆瓦时"),
        (28.3e8, "tCO2e/yr", "2.83 Gt CO₂e/yr", "28.3亿吨CO₂e/年"),
        (0.0, "tCO2e/yr", "0 t CO₂e/yr", "0吨CO₂e/年"),
        (2.0, "1", "2", "2"),
    ],
)
def test_values_as_a_person_reads_them(value: float, unit: str, en: str, zh: str) -> None:
    assert format_quantity(value, unit, "en").text == en
    assert format_quantity(value, unit, "zh").text == zh


def test_a_range_decides_how_many_figures_are_shown() -> None:
    assert format_quantity(1.2345, "tCO2e/MWh", "en", 0.9, 1.6).text == "1.2 (0.9–1.6) t CO₂e/MWh"
    assert (
        format_quantity(1.2345, "tCO2e/MWh", "en", 1.2, 1.26).text == "1.23 (1.20–1.26) t CO₂e/MWh"
    )


def test_a_range_below_zero_is_not_written_with_a_dash() -> None:
    assert format_quantity(-5.0, "kg/yr", "en", -12.0, 3.0).text == "−5 (−12 to 3) kg/yr"
    assert format_quantity(-5.0, "kg/yr", "zh", -12.0, 3.0).text == "−5（−12至3）千克/年"


def test_shares_are_in_percent_and_ratios_are_not() -> None:
    assert format_quantity(0.507, "1", "en", name="capacity_factor").text == "50.7%"
    assert format_quantity(0.507, "1", "en", name="intensity_ratio_to_road").text == "0.507"


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_what_is_missing_is_a_dash(value: float | None) -> None:
    assert format_quantity(value, "MW", "en").text == "–"


def test_units_keep_what_they_are_per() -> None:
    assert format_unit("gCO2e/kWh", "zh") == "克CO₂e/千瓦时"
    assert format_unit("1/yr", "en") == "1/yr"
    assert format_unit("MWh/household", "en") == "MWh/household"


@given(
    st.floats(1e-6, 1e15),
    st.sampled_from(
        ["tCO2e/yr", "MWh/yr", "MW", "kg/yr", "tce/yr", "person", "m**3/yr", "t", "km"]
    ),
    st.sampled_from(["en", "zh"]),
)
def test_what_is_printed_is_the_value_to_three_figures(value: float, unit: str, lang: str) -> None:
    shown = format_quantity(value, unit, lang)
    size, words = scale(unit, value, lang)
    assert shown.unit == words
    read_back = float(shown.figures.replace(",", "")) * size
    assert math.isclose(read_back, value, rel_tol=0.0051) or value / size < 1e-6


@given(
    st.floats(1e-3, 1e12), st.floats(0.0, 0.95), st.floats(0.0, 4.0), st.sampled_from(["en", "zh"])
)
def test_a_printed_range_holds_its_value(value: float, down: float, up: float, lang: str) -> None:
    shown = format_quantity(value, "tCO2e/yr", lang, value * (1 - down), value * (1 + up))
    if shown.range:
        low, high = (float(part.replace(",", "")) for part in shown.range.split("–"))
        assert low <= float(shown.value.replace(",", "")) <= high


@given(st.floats(-1e9, 1e9))
def test_plain_numbers_have_no_negative_zero_and_no_hyphen(value: float) -> None:
    assert not re.fullmatch(r"−0(\.0+)?", format_number(value, 2))
    assert "-" not in format_number(value, 2)


def test_percentages() -> None:
    assert [format_percent(x) for x in (0.0, 0.001, 0.5, 0.999, 1.0)] == [
        "0%",
        "<1%",
        "50%",
        ">99%",
        "100%",
    ]

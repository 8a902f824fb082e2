"""Numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greensilk.projects.numbers import parse_number


@pytest.mark.parametrize(
    ("text", "value", "unit", "half"),
    [
        ("32亿", 3.2e9, "", 5e7),
        ("1.1 TWh", 1.1, "TWh", 0.05),
        ("720 MW", 720.0, "MW", 0.5),
        ("72万千瓦", 720000.0, "千瓦", 5000.0),
        ("20.2万吨", 202000.0, "吨", 500.0),
        ("1,234.5", 1234.5, "", 0.05),
        ("１２３．５", 123.5, "", 0.05),
        ("1 234 567", 1234567.0, "", 0.5),
        ("12,34,567", 1234567.0, "", 0.5),
        ("1.234.567,8", 1234567.8, "", 0.05),
        ("12,5", 12.5, "", 0.05),
        ("0,123", 0.123, "", 0.0005),
        ("1亿2000万千瓦时", 1.2e8, "千瓦时", 5000.0),
        ("500千瓦", 500.0, "千瓦", 0.5),
        ("5千", 5000.0, "", 500.0),
        ("6.6亿度", 6.6e8, "度", 5e6),
        ("$13 million", 1.3e7, "USD", 5e5),
        ("1300万美元", 1.3e7, "美元", 5000.0),
        ("3.2 billion kWh", 3.2e9, "kWh", 5e7),
        ("1.5e3 kWh", 1500.0, "kWh", 50.0),
        ("百分之三十", 30.0, "%", 0.5),
        ("\u22123.2", -3.2, "", 0.05),
        ("(5)", -5.0, "", 0.5),
    ],
)
def test_value_unit_and_precision(text: str, value: float, unit: str, half: float) -> None:
    number = parse_number(text)
    assert number is not None
    assert (number.value, number.unit, number.half) == (value, unit, half)
    assert number.low is None
    assert number.high is None


@pytest.mark.parametrize(
    ("text", "low", "high", "value"),
    [
        ("15%～20%", 15.0, 20.0, 17.5),
        ("15～20%", 15.0, 20.0, 17.5),
        ("10-20 MW", 10.0, 20.0, 15.0),
        ("10 to 20 MW", 10.0, 20.0, 15.0),
        ("3~5万", 30000.0, 50000.0, 40000.0),
        ("3万吨～5万吨", 30000.0, 50000.0, 40000.0),
        ("100±5", 95.0, 105.0, 100.0),
        ("5%±1%", 4.0, 6.0, 5.0),
        ("-5~-3", -5.0, -3.0, -4.0),
    ],
)
def test_ranges(text: str, low: float, high: float, value: float) -> None:
    number = parse_number(text)
    assert number is not None
    assert (number.low, number.high, number.value) == (low, high, value)


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("约350万", 3.5e6, "approx"),
        ("近500万人口", 5e6, "approx"),
        ("about 350 million", 3.5e8, "approx"),
        ("~5", 5.0, "approx"),
        ("超10万", 1e5, "at_least"),
        ("超过60%", 60.0, "at_least"),
        (">60%", 60.0, "at_least"),
        ("90%以上", 90.0, "at_least"),
        ("27万多家住户", 2.7e5, "at_least"),
        ("1.1万余名", 11000.0, "at_least"),
        ("350多万", 3.5e6, "at_least"),
        ("20+", 20.0, "at_least"),
        ("不超过5%", 5.0, "at_most"),
        ("up to 20 MW", 20.0, "at_most"),
        ("5%以下", 5.0, "at_most"),
    ],
)
def test_qualifiers(text: str, value: float, qualifier: str) -> None:
    number = parse_number(text)
    assert number is not None
    assert (number.value, number.qualifier) == (value, qualifier)


def test_a_seventh_is_what_rounds_to_it() -> None:
    for text in ("1/7", "七分之一"):
        number = parse_number(text)
        assert number is not None
        assert number.value == pytest.approx(1 / 7)
        # halfway to a sixth and halfway to an eighth
        assert number.value - number.half < 1 / 7.4
        assert number.value + number.half > 1 / 6.6


@pytest.mark.parametrize("text", ["", "abc", "数百万", "1/0", "2017-05", "1.5.2", "1,2,3", "--"])
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@given(st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_plain_decimals_keep_their_value(digits: int, places: int) -> None:
    text = f"{digits / 10**places:.{places}f}"
    number = parse_number(text)
    assert number is not None
    assert number.value == float(text)
    assert number.half == pytest.approx(0.5 * 10.0**-places)


@given(st.integers(0, 10**12))
def test_thousands_separators_do_not_change_the_value(value: int) -> None:
    number = parse_number(f"{value:,}")
    assert number is not None
    assert number.value == value


@given(st.floats(0.001, 9999), st.sampled_from(["万", "亿", "million", "万亿"]))
def test_powers_of_ten_scale_value_and_precision_alike(value: float, word: str) -> None:
    plain, scaled = parse_number(f"{value:.3f}"), parse_number(f"{value:.3f}{word}")
    assert plain is not None
    assert scaled is not None
    scale = {"万": 1e4, "亿": 1e8, "million": 1e6, "万亿": 1e12}[word]
    assert scaled.value == pytest.approx(plain.value * scale)
    assert scaled.half == pytest.approx(plain.half * scale)
    assert scaled.scaled


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    number = parse_number(text)
    assert number is None or number.half >= 0

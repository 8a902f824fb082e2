"""Units as people write them."""

from __future__ import annotations

import pytest

from greensilk.projects.units import is_unit, unit_factor


@pytest.mark.parametrize(
    ("written", "canonical", "factor"),
    [
        ("万千瓦", "MW", 10.0),
        ("mw", "MW", 1.0),
        ("MWp", "MW", 1.0),
        ("亿千瓦时", "MWh/yr", 1e5),
        ("万度/年", "MWh/yr", 10.0),
        ("GWh/a", "MWh/yr", 1000.0),
        ("kWh per year", "MWh/yr", 0.001),
        ("billion kWh", "MWh/yr", 1e6),
        ("万吨", "tCO2e/yr", 1e4),
        ("万吨CO2/年", "tCO2e/yr", 1e4),
        ("万吨二氧化碳当量", "tCO2e/yr", 1e4),
        ("MtCO2e", "tCO2e/yr", 1e6),
        ("gCO2/kWh", "tCO2e/MWh", 0.001),
        ("吨标准煤", "tce/yr", 1.0),
        ("万吨", "tce/yr", 1e4),
        ("kgce/t", "GJ/t", 0.0293076),
        ("吨SO2", "kg/yr", 1000.0),
        ("Mt", "t/yr", 1e6),
        ("t/d", "t/yr", 365.25),
        ("万立方米/日", "m**3/day", 1e4),
        ("mg/L", "kg/m**3", 0.001),
        ("台", "vehicle", 1.0),
        ("套", "lamp", 1.0),
        ("万户", "household", 1e4),
        ("L/100km", "L/km", 0.01),
        ("%", "1", 0.01),
        ("%/年", "1/yr", 0.01),
        ("万平方米", "hectare", 1.0),
        ("km²", "km**2", 1.0),
        ("W", "W/item", 1.0),
        ("亿美元", "USD", 1e8),
    ],
)
def test_conversions(written: str, canonical: str, factor: float) -> None:
    assert unit_factor(written, canonical) == pytest.approx(factor)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("km", "MW"),
        ("MW", "MWh/yr"),
        ("MT", "t/yr"),  # a metric tonne or a million of them
        ("万元", "USD"),  # no exchange rate is ours to choose
        ("tCO2", "kg/yr"),
        ("人", "household"),
        ("nonsense", "MW"),
        ("户/年", "household"),
    ],
)
def test_what_cannot_be_converted(written: str, canonical: str) -> None:
    assert unit_factor(written, canonical) is None


def test_words_that_only_the_registry_calls_units() -> None:
    assert not is_unit("gross")
    assert not is_unit("point")
    assert is_unit("千吨")
    assert is_unit("MT")

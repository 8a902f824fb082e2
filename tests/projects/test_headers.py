"""What the columns of a file mean."""

from __future__ import annotations

import pytest

from greensilk.core.text import Name
from greensilk.projects.fields import fields
from greensilk.projects.headers import find_header_row, map_headers
from greensilk.projects.issue_log import IssueLog


@pytest.mark.parametrize(
    ("header", "field", "factor"),
    [
        ("id", "project_id", 1.0),
        ("capacity_mw", "capacity", 1.0),
        ("Capacity (kW)", "capacity", 0.001),
        ("装机容量(万千瓦)", "capacity", 10.0),
        ("装机容量（MW）", "capacity", 1.0),
        ("装机容量【兆瓦】", "capacity", 1.0),
        ("装机容量[万千瓦]", "capacity", 10.0),
        ("装机容量万千瓦", "capacity", 10.0),
        ("装机容量/MW", "capacity", 1.0),
        ("ＣＡＰＡＣＩＴＹ　（ＭＷ）", "capacity", 1.0),
        ("年发电量（亿千瓦时）", "annual_generation", 1e5),
        ("annual_generation_gwh", "annual_generation", 1000.0),
        ("Annual generation in GWh", "annual_generation", 1000.0),
        ("distance_km", "distance", 1.0),
        ("CO2减排量(万吨/年)", "claimed_emission_reductions", 1e4),
        ("so2_t", "claimed_sulphur_dioxide", 1000.0),
        ("freight_mass_Mt", "freight_mass", 1e6),
        ("claimed_emission_reductions_t_yr", "claimed_emission_reductions", 1.0),
        ("primary_fuel", "technology", 1.0),
        ("country_long", "country_name", 1.0),
        ("Capacity (AC)", "capacity", 1.0),
        ("日处理规模（吨/日）", "waste_daily", 1.0),
        ("日处理规模（万立方米/日）", "wastewater_capacity", 1e4),
        ("日处理能力", "wastewater_capacity", 1.0),
        ("年节约燃料（万吨标准煤）", "fuel_saved", 293076.0),
        ("claimed_co2", "claimed_emission_reductions", 1.0),
        ("claimed_co2_t", "claimed_emission_reductions", 1.0),
        ("annual CO2 savings (t)", "claimed_emission_reductions", 1.0),
        ("年减少二氧化碳排放(万吨)", "claimed_emission_reductions", 1e4),
        ("Annual CO2 reduction (ktCO2e/yr)", "claimed_emission_reductions", 1e3),
    ],
)
def test_names_and_units(header: str, field: str, factor: float) -> None:
    log = IssueLog()
    (mapped,) = map_headers([header], log)
    assert (mapped.field, mapped.factor) == (field, pytest.approx(factor))
    assert not log.close()


def test_every_own_name_of_every_field_is_understood() -> None:
    for field in fields().values():
        for name in (field.name, field.en, field.zh):
            (mapped,) = map_headers([name], IssueLog())
            assert mapped.field == field.name


def test_years_of_a_series() -> None:
    headers = ["generation_gwh_2013", "2019年发电量(GWh)", "estimated_generation_gwh_2017"]
    mapped = map_headers(headers, IssueLog())
    assert [(item.field, item.year, item.factor) for item in mapped] == [
        ("measured_generation", 2013, 1000.0),
        ("measured_generation", 2019, 1000.0),
        ("estimated_generation", 2017, 1000.0),
    ]


def test_two_columns_of_one_field_are_both_named() -> None:
    log = IssueLog("f.csv")
    mapped = map_headers(["装机容量(万千瓦)", "capacity"], log)
    assert [item.header for item in mapped] == ["capacity"]  # the field's own name wins
    (fault,) = log.close()
    assert (fault.code, fault.severity) == ("two_columns", "assumed")
    for lang in ("en", "zh"):
        assert "装机容量(万千瓦)" in fault.message(lang)
        assert "capacity" in fault.message(lang)


def test_unknown_columns_are_noted_with_the_nearest_name() -> None:
    log = IssueLog("f.csv")
    assert not map_headers(["capcity", "zzzqqq", ""], log)
    near, far, nameless = log.close()
    assert (near.code, near.expected, near.severity) == (
        "unmapped_column",
        Name("capacity"),
        "note",
    )
    assert far.code == "unmapped_column_far"
    assert nameless.value == "3"


def test_a_unit_of_another_kind_refuses_the_column() -> None:
    log = IssueLog()
    assert not map_headers(["capacity (km)"], log)
    (fault,) = log.close()
    assert (fault.code, fault.field, fault.expected) == ("column_unit", "capacity", "MW")


def test_words_in_brackets_that_are_no_unit_are_doubted() -> None:
    log = IssueLog()
    (mapped,) = map_headers(["capacity (horses)"], log)
    assert mapped.unit == ""
    assert [fault.code for fault in log.close()] == ["header_remark"]


def test_columns_that_no_formula_uses_are_noted_once() -> None:
    log = IssueLog()
    assert len(map_headers(["owner", "url", "name"], log)) == 3
    (fault,) = log.close()
    assert (fault.code, fault.value) == ("columns_unused", "owner, url")


def test_our_own_extra_columns_are_read_as_bounds_or_passed_over() -> None:
    log = IssueLog()
    mapped = map_headers(["capacity", "capacity__low", "capacity__half"], log)
    assert [(item.field, item.bound) for item in mapped] == [("capacity", ""), ("capacity", "low")]
    assert not log.close()


def test_the_header_may_stand_below_a_title() -> None:
    rows = [["项目清单", None], [None, None], ["编号", "装机容量(万千瓦)"], ["1", "72"]]
    assert find_header_row(rows) == 2
    assert find_header_row([["a", "b"]]) is None


@pytest.mark.parametrize(
    ("header", "factor"), [("tco2e_per_year", 1.0), ("ktCO2e/yr", 1e3), ("万吨CO2", 1e4)]
)
def test_a_header_of_nothing_but_a_unit_of_greenhouse_gas(header: str, factor: float) -> None:
    log = IssueLog()
    (mapped,) = map_headers([header], log)
    assert (mapped.field, mapped.factor) == ("claimed_emission_reductions", factor)
    (fault,) = log.close()
    assert (fault.code, fault.severity) == ("header_of_unit", "assumed")


@pytest.mark.parametrize("header", ["co2", "MW", "CO2 concentration", "tCO2e/MWh"])
def test_other_units_say_nothing(header: str) -> None:
    assert not map_headers([header], IssueLog())

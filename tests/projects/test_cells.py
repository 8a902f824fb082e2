"""Cells as the trade writes them: parts of a plant, pairs, footnotes, commas, dates, units."""

from __future__ import annotations

import pytest

from greensilk.core.text import label
from greensilk.projects import read_projects, template
from greensilk.projects.cells import parse_cell
from greensilk.projects.columns import parse_year
from greensilk.projects.fields import fields, usual_unit
from greensilk.projects.headers import interpret_header
from greensilk.projects.units import unit_factor


@pytest.mark.parametrize(
    ("text", "value", "peak"),
    [
        ("2×660MW", 1320.0, None),
        ("2x660 MW", 1320.0, None),
        ("2台660MW", 1320.0, None),
        ("660MW×2", 1320.0, None),
        ("30 MW x 4 units", 120.0, None),
        ("4×18万千瓦", 720.0, None),
        ("2×300MW+2×660MW", 1920.0, None),
        ("100MW+50MW", 150.0, None),
        ("100+50MW", 150.0, None),
        ("1320MW（2×660）", 1320.0, None),
        ("72万千瓦（720MW）", 720.0, None),
        ("50MW（AC）", 50.0, None),
        ("50MW（交流）", 50.0, None),
        ("65MWp/50MWac", 50.0, 65.0),
        ("50MW（65MWp）", 50.0, 65.0),
        ("130MWp", 130.0, 130.0),
        ("100MW/200MWh", 100.0, None),
        ("50*", 50.0, None),
        ("50 [1]", 50.0, None),
        ("50¹", 50.0, None),
        ("1.2×10⁴ kW", 12.0, None),
        ("1.2×10^4 kW", 12.0, None),
    ],
)
def test_capacity_as_written(text: str, value: float, peak: float | None) -> None:
    cell = parse_cell(text, fields()["capacity"])
    assert cell.number is not None
    assert cell.number.value == pytest.approx(value, rel=1e-12)
    assert (cell.fault, cell.peak) == ("", peak)


@pytest.mark.parametrize("text", ["660/600", "50/40", "2/4", "660MW/600MW", "660 / 600"])
def test_two_figures_are_no_quotient(text: str) -> None:
    cell = parse_cell(text, fields()["capacity"])
    assert (cell.number, cell.fault) == (None, "pair_of_figures")


def test_a_quotient_is_one_where_the_field_is_a_share() -> None:
    cell = parse_cell("1/7", fields()["claimed_intensity_ratio_to_road"])
    assert cell.number is not None
    assert cell.number.value == pytest.approx(1 / 7)


def test_brackets_that_say_something_else_are_doubted() -> None:
    cell = parse_cell("1320MW（2×600）", fields()["capacity"])
    assert cell.number is not None
    assert (cell.number.value, cell.fault) == (1320.0, "bracket_disagrees")


def test_words_in_brackets_are_left_out_and_said() -> None:
    cell = parse_cell("11.6 (Projected by the owner)", fields()["capacity"])
    assert cell.number is not None
    assert (cell.number.value, cell.fault) == (11.6, "bracket_words")


@pytest.mark.parametrize("text", ["50MW光伏+100MW风电", "100MWp+50MW", "50MW 待定", "3期"])
def test_what_is_not_understood_is_not_guessed(text: str) -> None:
    assert parse_cell(text, fields()["capacity"]).number is None


@pytest.mark.parametrize(
    ("written", "canonical", "factor"),
    [
        ("×10^4 tce", "tce/yr", 1e4),
        ("×104 tce", "tce/yr", 1e4),
        ("10⁴ t CO2", "tCO2e/yr", 1e4),
        ("×10^4 kW", "MW", 10.0),
        ("1000 t", "t/yr", 1e3),
        ("'000 MWh", "MWh/yr", 1e3),
        ("104 t", "t/yr", None),
        ("×660MW", "MW", None),
        ("吨碳", "tCO2e/yr", 44 / 12),
        ("万吨碳", "tCO2e/yr", 44e4 / 12),
        ("tC", "tCO2e/yr", 44 / 12),
        ("MtC", "tCO2e/yr", 44e6 / 12),
        ("吨碳排放", "tCO2e/yr", 1.0),
        ("亿吨公里", "tkm/yr", 1e8),
        ("毫克/升", "kg/m**3", 0.001),
        ("升/百公里", "L/km", 0.01),
        ("kWh/100 km", "MWh/km", 1e-5),
        ("kWh/吨", "MWh/m**3", 0.001),
        ("万吨/日", "m**3/day", 1e4),
    ],
)
def test_units_of_the_trade(written: str, canonical: str, factor: float | None) -> None:
    assert unit_factor(written, canonical) == (
        None if factor is None else pytest.approx(factor, rel=1e-9)
    )


@pytest.mark.parametrize(
    ("text", "year", "hedged"),
    [
        ("2017-2019", 2017.0, True),
        ("before 2000", 2000.0, True),
        ("1990s", 1990.0, True),
        ("2020;2022", 2020.0, True),
        ("2019/20", 2019.0, True),
        ("2017-05", 2017.0, False),
        ("2017年5月", 2017.0, False),
        ("二〇一九年", 2019.0, False),
        ("Dec-19", 2019.0, False),
        ("19-Dec", 2019.0, False),
        ("Q4 2021", 2021.0, False),
        ("soon", None, False),
    ],
)
def test_years(text: str, year: float | None, hedged: bool) -> None:
    assert parse_year(text) == (year, hedged)


def _read(**cells: object) -> tuple[dict[str, object], dict[str, str], dict[str, float]]:
    row = {"编号": "1", "名称": "甲", "国家": "肯尼亚", **cells}
    projects = read_projects(row)
    claims = dict(
        zip(projects.claims["claim"].to_pylist(), projects.claims["value"].to_pylist(), strict=True)
    )
    faults = {fault.code: fault.severity for fault in projects.faults}
    return projects.table.to_pylist()[0], faults, claims


def test_dates_written_as_numbers() -> None:
    projects = read_projects(
        {
            "id": ["1", "2", "3"],
            "country": ["Kenya"] * 3,
            "technology": ["wind"] * 3,
            "commissioning year": ["43830", "20191231", "2019"],
        }
    )
    assert projects.table["commissioning_year"].to_pylist() == [2019.0] * 3


def test_a_slip_is_no_day() -> None:
    rows = {"id": ["1", "2"], "country": ["Kenya"] * 2, "technology": ["wind"] * 2}
    years = read_projects({**rows, "commissioning year": ["20158", "2014"]})
    assert years.table["commissioning_year"].to_pylist() == [None, 2014.0]
    days = read_projects({**rows, "commissioning year": ["20158", "43830"]})
    assert days.table["commissioning_year"].to_pylist() == [1955.0, 2019.0]


def test_power_of_ten_in_the_header() -> None:
    row, _, claims = _read(
        技术类型="风电",
        **{
            "装机容量（×10^4 kW）": "10",
            "节约标煤（×10^4 tce）": "9",
            "年减排量（×10^4 t CO2）": "13.6",
        },
    )
    assert row["capacity"] == 100.0
    assert claims == {"claimed_standard_coal": 90000.0, "claimed_emission_reductions": 136000.0}


def test_an_unread_power_of_ten_is_never_passed_over() -> None:
    row, faults, _ = _read(技术类型="风电", **{"装机容量（×10^4 块）": "10"})
    assert row.get("capacity") is None
    assert faults["column_unit"] == "refused"


def test_the_file_shows_what_its_points_mean() -> None:
    projects = read_projects(
        {
            "id": ["1", "2"],
            "country": ["Indonesia"] * 2,
            "technology": ["wind"] * 2,
            "capacity (MW)": ["1.050,5", "60,5"],
            "emission reductions (tCO2e/yr)": ["2.160.000", "128.000"],
        }
    )
    assert projects.table["capacity"].to_pylist() == [1050.5, 60.5]
    assert projects.claims["value"].to_pylist() == [2160000.0, 128000.0]
    assert projects.claims["text"].to_pylist()[1] == "128.000 tCO2e/yr"
    # with decimal points elsewhere in the file 128.000 is 128
    points = read_projects(
        {
            "id": ["1", "2"],
            "country": ["Kenya"] * 2,
            "technology": ["wind"] * 2,
            "capacity (MW)": ["60.5", "10.25"],
            "emission reductions (tCO2e/yr)": ["2,160,000", "128.000"],
        }
    )
    assert points.claims["value"].to_pylist() == [2160000.0, 128.0]


def test_commas_and_points_in_one_column_are_doubted() -> None:
    projects = read_projects(
        {
            "id": ["1", "2"],
            "country": ["Kenya"] * 2,
            "technology": ["wind"] * 2,
            "capacity (MW)": ["60,5", "10.25"],
        }
    )
    assert "commas_and_points" in {fault.code for fault in projects.faults}


def test_generation_without_a_unit_that_makes_no_sense_feeds_nothing() -> None:
    row, faults, claims = _read(技术类型="水电", 装机容量=720, 年发电量=32)
    assert row["annual_generation"] is None
    assert claims == {"annual_generation": 32.0}
    assert faults["generation_absurd"] == "refused"
    # the same where the figure is too large: kWh would fit
    projects = read_projects(
        {"id": "1", "country": "Kenya", "technology": "hydro", "装机容量": 720, "年发电量": 3.2e9}
    )
    fitting = [f.params["units"] for f in projects.faults if f.code == "generation_absurd"]
    assert fitting == ["kWh"]
    # with its unit it is used
    row, faults, _ = _read(技术类型="水电", 装机容量=720, **{"年发电量（亿千瓦时）": 32})
    assert row["annual_generation"] == 3.2e6
    assert "generation_absurd" not in faults


def test_peak_power_is_kept_apart() -> None:
    row, faults, _ = _read(技术类型="光伏", 装机容量="65MWp/50MWac")
    assert (row["capacity"], row["peak_capacity"]) == (50.0, 65.0)
    assert faults["peak_and_rated"] == "note"
    row, faults, _ = _read(技术类型="光伏", **{"装机容量（MWp）": 130})
    assert (row["capacity"], row["peak_capacity"]) == (130.0, 130.0)
    assert faults["peak_taken_as_rated"] == "doubtful"
    _, faults, _ = _read(技术类型="光伏", 装机容量="50MWp/65MWac")
    assert faults["peak_ratio_odd"] == "doubtful"


def test_carbon_is_not_its_dioxide() -> None:
    _, faults, claims = _read(技术类型="风电", **{"减排量（万吨碳）": 3})
    assert claims["claimed_emission_reductions"] == pytest.approx(110000.0)
    assert faults["carbon_as_gas"] == "assumed"


def test_concentrations_without_a_unit_are_in_milligrams() -> None:
    row, faults, _ = _read(
        技术类型="污水处理", **{"日处理能力(吨/日)": 500000, "进水COD": 350, "出水COD": 50}
    )
    assert row["wastewater_capacity"] == 500000.0
    assert (row["influent_cod"], row["effluent_cod"]) == pytest.approx((0.35, 0.05))
    assert faults["field_of_family"] == "assumed"
    # the code of the field means its unit in the schema, and 350 kg/m3 is refused
    row, faults, _ = _read(技术类型="污水处理", influent_cod=350)
    assert row["influent_cod"] is None
    assert faults["above_bound"] == "refused"


def test_outflow_above_inflow_is_refused() -> None:
    row, faults, _ = _read(技术类型="污水处理", 进水COD=50, 出水COD=350)
    assert (row["influent_cod"], row["effluent_cod"]) == (None, None)
    assert faults["effluent_above_influent"] == "refused"


def test_units_of_a_fleet() -> None:
    row, _, _ = _read(
        技术类型="纯电动公交",
        **{"数量(辆)": 100, "百公里电耗": 120, "百公里油耗": 38, "年里程(公里)": 60000},
    )
    assert row["vehicle_count"] == 100.0
    assert row["electricity_per_km"] == pytest.approx(0.0012)  # 120 kWh for 100 km
    assert row["fuel_per_km"] == pytest.approx(0.38)  # 38 L for 100 km


def test_transport_work_in_its_own_unit() -> None:
    row, _, _ = _read(
        技术类型="铁路货运", **{"货物周转量（亿吨公里）": 4.71, "运输距离（公里）": 471}
    )
    assert row["freight_work"] == pytest.approx(4.71e8)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_template_asks_in_units_that_read_back(lang: str) -> None:
    """A figure under the header of the template comes to the same value in the field's unit."""
    for field in fields().values():
        if not field.numeric or field.is_year or not field.unit:
            continue
        title = template.header(field, lang)
        column = interpret_header(title)
        assert column is not None, title
        usual = usual_unit(field.name, label(f"field.{field.name}", lang))
        unit = column.unit.removeprefix("(")
        if unit:
            assert unit_factor(unit, field.unit) == pytest.approx(
                unit_factor(usual or ("%" if field.unit == "1" else field.unit), field.unit)
            ), title

"""Bad values end in a clear message, and nothing good is lost."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from greensilk.core.errors import InputError
from greensilk.core.text import Amount
from greensilk.projects import Projects, read_projects
from greensilk.projects.fields import today

BASE = {"country": "Kenya", "technology": "wind", "capacity_mw": "10"}


def read(*rows: dict[str, Any], strict: bool = False) -> Projects:
    names = dict.fromkeys(name for row in rows for name in (*BASE, *row))
    full = [{"id": f"P{number}"} | BASE | row for number, row in enumerate(rows, start=1)]
    columns = {name: [row.get(name) for row in full] for name in ("id", *names)}
    return read_projects(pl.DataFrame(columns, strict=False), strict=strict)


def only(projects: Projects) -> Any:
    (fault,) = projects.faults
    for lang in ("en", "zh"):
        message = fault.message(lang)
        assert "{" not in message
        assert fault.value in message or not fault.value
    return fault


def test_a_hydropower_plant_of_720_gigawatts() -> None:
    projects = read({"technology": "hydro", "capacity_mw": "720000"}, {})
    fault = only(projects)
    assert (fault.code, fault.severity, fault.row, fault.field) == (
        "above_largest",
        "refused",
        1,
        "capacity",
    )
    assert "Three Gorges" in fault.message("en")
    assert "22 500 MW" in fault.message("en")
    assert "三峡" in fault.message("zh")
    assert projects.table["capacity"].to_pylist() == [None, 10.0]


def test_a_plant_larger_than_all_there_are_is_doubted() -> None:
    projects = read({"technology": "hydro", "capacity_mw": "30000"})
    assert (only(projects).code, only(projects).severity) == ("near_largest", "doubtful")
    assert projects.table["capacity"].to_pylist() == [30000.0]


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        ({"capacity_mw": "-10"}, "capacity", "below_bound"),
        ({"capacity_mw": "0"}, "capacity", "zero_capacity"),
        ({"latitude": "95"}, "latitude", "above_bound"),
        ({"commissioning_year": "2090"}, "commissioning_year", "above_bound"),
        ({"commissioning_year": "1066"}, "commissioning_year", "below_bound"),
        ({"commissioning_year": "soon"}, "commissioning_year", "not_a_year"),
        ({"capacity_factor": "35"}, "capacity_factor", "share_above_one"),
        ({"capacity_mw": "abc"}, "capacity", "not_a_number"),
        ({"capacity_mw": "inf"}, "capacity", "not_a_number"),
        ({"capacity_mw": "10 km"}, "capacity", "cell_unit"),
        ({"fuel": "moonshine"}, "fuel", "unknown_choice"),
        ({"country": "Atlantis"}, "country", "unknown_country_far"),
    ],
)
def test_a_bad_cell_is_left_out_and_the_row_goes_on(
    cells: dict[str, str], field: str, code: str
) -> None:
    projects = read(cells, {})
    fault = only(projects)
    assert (fault.code, fault.field, fault.row, fault.project_id) == (code, field, 1, "P1")
    assert len(projects) == 2
    assert projects.table[field].to_pylist()[0] is None


def test_the_year_may_be_up_to_thirty_years_ahead() -> None:
    now = today().year
    projects = read({"commissioning_year": str(now + 30)}, {"commissioning_year": str(now + 31)})
    assert projects.table["commissioning_year"].to_pylist() == [now + 30, None]


def test_generation_above_all_hours_stays_a_claim_and_feeds_nothing() -> None:
    projects = read(
        {"annual_generation_gwh": "100"},
        {"annual_generation_gwh": "20"},
        # 87.6 GWh in a normal year, 87.84 in a leap year; what is rounded is given to the project
        {"annual_generation_gwh": "87.8"},
    )
    fault = only(projects)
    assert (fault.code, fault.field, fault.row) == (
        "generation_above_capacity",
        "annual_generation",
        1,
    )
    assert fault.params["most"] == Amount(87600.0, "MWh/yr")
    assert "(87.6 GWh/yr)" in fault.message("en")
    assert "（8,760万千瓦时/年）" in fault.message("zh")
    assert projects.table["annual_generation"].to_pylist() == [None, 20000.0, 87800.0]
    assert projects.claims["value"].to_pylist() == [100000.0, 20000.0, 87800.0]


def test_capacity_without_technology() -> None:
    projects = read({"technology": None}, {})
    fault = only(projects)
    assert (fault.code, fault.field, fault.row) == ("capacity_without_technology", "technology", 1)
    assert projects.table["project_id"].to_pylist() == ["P2"]


def test_a_row_of_claims_alone_is_kept() -> None:
    projects = read({"technology": None, "capacity_mw": None, "co2_reduction_t": "100"}, {})
    assert projects.table["technology"].to_pylist() == ["programme", "wind_onshore"]
    assert only(projects).code == "claims_only"
    assert projects.claims["value"].to_pylist() == [100.0]


def test_duplicated_codes() -> None:
    projects = read({"id": "A"}, {"id": "A"}, {"id": "A", "component": "2"}, {"id": None})
    assert projects.table["project_id"].to_pylist() == ["A", "A", "row-4"]
    first, second = projects.faults
    assert (first.code, first.row, first.params["first"]) == ("duplicate_id", 2, 1)
    assert (second.code, second.severity) == ("no_id", "assumed")


def test_rows_that_differ_in_technology_are_a_hybrid() -> None:
    projects = read({"id": "A"}, {"id": "A", "technology": "solar"})
    assert projects.table["component"].to_pylist() == ["wind_onshore", "solar_pv"]
    assert {fault.code for fault in projects.faults} == {"component_from_technology"}


def test_coordinates_that_nobody_filled_in() -> None:
    projects = read({"lat": "0", "lon": "0"}, {"lat": "0", "lon": "36"})
    assert only(projects).code == "null_island"
    assert projects.table["latitude"].to_pylist() == [None, 0.0]


def test_retirement_before_the_beginning() -> None:
    projects = read({"commissioning_year": "2020", "retirement_year": "2010"})
    assert only(projects).code == "retired_before_start"


def test_strict_raises_with_all_faults_at_once() -> None:
    rows = [{"country": "Congo"}, {"capacity_mw": "-1"}, {"technology": "?x"}, {}]
    with pytest.raises(InputError) as caught:
        read(*rows, strict=True)
    assert {fault.code for fault in caught.value.faults} == {
        "ambiguous_country",
        "below_bound",
        "unknown_technology_far",
    }
    for lang in ("en", "zh"):
        assert len(caught.value.message(lang).splitlines()) == 3


def test_strict_lets_pass_what_is_only_assumed() -> None:
    projects = read({"technology": "Hydroelectric Power Plant"}, strict=True)
    assert only(projects).code == "technology_guessed"


def test_a_thousand_like_faults_are_counted_after_that() -> None:
    size = 3000
    frame = pl.DataFrame(
        {"id": range(size), "country": ["Kenya"] * size, "technology": ["foo"] * size}
    )
    projects = read_projects(frame)
    assert len(projects) == 0
    assert len(projects.faults) == 1001
    assert projects.faults[-1].code == "more_alike"
    assert projects.faults[-1].params["count"] == 2000


def test_a_unit_nobody_named_is_said_to_be_assumed() -> None:
    frame = pl.DataFrame(
        {"id": ["1"], "country": ["Kenya"], "technology": ["wind"], "capacity": ["5"]}
    )
    fault = only(read_projects(frame))
    assert (fault.code, fault.severity, fault.expected) == ("unit_assumed", "assumed", "MW")


def test_powers_of_ten_in_cells_and_headers() -> None:
    frame = pl.DataFrame(
        {
            "id": ["1", "2", "3"],
            "country": ["Kenya"] * 3,
            "technology": ["hydro"] * 3,
            "capacity_mw": ["900", "900", "900"],
            "年发电量（亿千瓦时）": ["32", "32亿", "3200 GWh"],
        }
    )
    projects = read_projects(frame)
    assert projects.table["annual_generation"].to_pylist() == [3.2e6] * 3
    fault = only(projects)
    assert (fault.code, fault.severity, fault.row) == ("scale_twice", "doubtful", 2)


def test_a_power_of_ten_without_any_unit_is_in_kilowatt_hours() -> None:
    frame = pl.DataFrame(
        {
            "id": ["1"],
            "country": ["Kenya"],
            "technology": ["hydro"],
            "年发电量": ["32亿"],
        }
    )
    projects = read_projects(frame)
    assert projects.table["annual_generation"].to_pylist() == [3.2e6]
    assert only(projects).code == "bare_unit"


def test_measured_generation_above_all_hours_is_no_claim() -> None:
    projects = read({"measured_generation_gwh": "100"})
    fault = only(projects)
    assert (fault.code, fault.severity) == ("measured_above_capacity", "refused")
    assert "claim" not in fault.message("en")
    assert "left out" in fault.message("en")
    assert "宣称" not in fault.message("zh")
    assert projects.table["measured_generation"].to_pylist() == [None]
    assert len(projects.claims) == 0


@pytest.mark.parametrize(
    ("technology", "capacity", "generation", "doubted"),
    [
        ("hydro", "720", "32", False),  # the header meant 亿kWh: not used at all
        ("hydro", "720", "7000", True),  # 0.11 %
        ("hydro", "720", "63000", True),  # 0.999 %
        ("hydro", "720", "64000", False),
        ("wind", "0.01", "1", False),  # half a unit of the last digit counts
        ("storage", "720", "32", False),
        ("oil", "100", "20", False),  # reserve plants stand still
    ],
)
def test_generation_far_below_the_capacity_is_doubted(
    technology: str, capacity: str, generation: str, doubted: bool
) -> None:
    row = {"technology": technology, "capacity_mw": capacity, "annual_generation": generation}
    faults = [fault for fault in read(row).faults if fault.code == "generation_far_below"]
    assert [fault.severity for fault in faults] == (["doubtful"] if doubted else [])
    for fault in faults:
        assert fault.params["capacity"] == Amount(float(capacity), "MW")
        assert f"{capacity} MW" in fault.message("en")
        assert "72万千瓦" in fault.message("zh")


def test_an_unknown_technology_is_told_what_is_near_only() -> None:
    fault = only(read({"technology": "hidropower"}, {}))
    assert fault.code == "unknown_technology"
    assert fault.expected.labels[0] == "technology.hydro"
    assert len(fault.expected.labels) == 1
    assert "Hydropower" in fault.message("en")
    assert "水力发电" in fault.message("zh")
    assert "greensilk template" in fault.message("en")
    assert len(fault.message("en")) < 220


def test_an_unknown_country_without_neighbours_names_none() -> None:
    fault = only(read({"country": "Atlantis"}, {}))
    assert fault.code == "unknown_country_far"
    assert "Nearest" not in fault.message("en")
    assert "最接近" not in fault.message("zh")

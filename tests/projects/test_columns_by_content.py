"""Columns understood by their names in other words, and by their cells."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import polars as pl
import pytest

from greensilk.projects import Projects, read_projects
from greensilk.projects.headers import interpret_header
from greensilk.projects.readers.encoding import detect_encoding


def read(tmp_path: Path, text: str, name: str = "in.csv") -> Projects:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_projects(path)


def codes(projects: Projects) -> set[str]:
    return {fault.code for fault in projects.faults}


@pytest.mark.parametrize(
    ("header", "field", "unit"),
    [
        ("S.No.", "project_id", ""),
        ("Name of Project", "name", ""),
        ("Facility Name", "name", ""),
        ("Host country/area", "country", ""),
        ("Country 1", "country", ""),
        ("Country/Area", "country", ""),
        ("所在国别", "country", ""),
        ("Type of Technology", "technology", ""),
        ("Primary Energy Source", "technology", ""),
        ("行业", "technology", ""),
        ("Installed Capacity in MW", "capacity", "MW"),
        ("Rated MW Capacity", "capacity", "(MW"),
        ("设计装机容量(MW)", "capacity", "(MW"),
        ("capacity_g", "capacity", ""),
        ("裝機容量（萬千瓦）", "capacity", "(万千瓦"),
        ("capacity (m3/d)", "wastewater_capacity", "(m3/d"),
        ("capacity (t/d)", "waste_daily", "(t/d"),
        ("Date of commissioning", "commissioning_year", ""),
        ("投产日期", "commissioning_year", ""),
        ("Operational Status", "status", ""),
        ("Expected annual generation in GWh", "annual_generation", "GWh"),
        ("预计年发电量（亿千瓦时）", "annual_generation", "(亿千瓦时"),
        ("Estimated Annual Emission Reductions", "claimed_emission_reductions", ""),
        ("estimated_annual_credits", "claimed_emission_reductions", ""),
    ],
)
def test_names_in_other_words(header: str, field: str, unit: str) -> None:
    meaning = interpret_header(header)
    assert meaning is not None
    assert (meaning.field, meaning.unit) == (field, unit)


@pytest.mark.parametrize(
    "header", ["Country 2", "Country 1 Capacity (MW)", "Total Emissions (t CO2-e)", "项目清单"]
)
def test_names_of_other_things_stay_unknown(header: str) -> None:
    assert interpret_header(header) is None


def test_a_column_of_fuels_is_the_technology_where_its_cells_name_some(tmp_path: Path) -> None:
    projects = read(
        tmp_path,
        "id,country,Type,Primary Fuel,capacity (MW)\n"
        "1,Kenya,F,Wind,10\n2,Kenya,F,Solar,20\n3,Kenya,C,Brown Coal,30\n",
    )
    assert projects.table["technology"].to_pylist() == ["wind_onshore", "solar_pv", "coal"]
    assert projects.table["fuel"].to_pylist() == [None, None, "lignite"]
    assert "column_not_understood" in codes(projects)


def test_a_fuel_beside_a_technology_stays_a_fuel(tmp_path: Path) -> None:
    projects = read(tmp_path, "id,country,technology,fuel\n1,Kenya,cogeneration,coal\n")
    assert projects.table["technology"].to_pylist() == ["cogeneration"]
    assert projects.table["fuel"].to_pylist() == ["coal"]


def test_the_narrower_of_two_columns_is_taken(tmp_path: Path) -> None:
    projects = read(
        tmp_path,
        "id,country,fuel,generator technology\n"
        "1,Spain,Solar,CSP\n2,Spain,Hydro,Pumped Storage\n3,Spain,Coal,\n4,Spain,Wind,unknown\n",
    )
    technologies = projects.table["technology"].to_pylist()
    assert technologies == ["csp", "storage", "coal", "wind_onshore"]
    assert "columns_disagree" not in codes(projects)


def test_a_state_is_a_place_or_a_status_by_its_cells(tmp_path: Path) -> None:
    place = read(
        tmp_path, "id,country,state,status,technology\n1,India,Gujarat,operating,solar\n"
    ).table
    assert place["city"].to_pylist() == ["Gujarat"]
    assert place["status"].to_pylist() == ["operating"]
    status = read(tmp_path, "id,country,state,technology\n1,India,planned,solar\n").table
    assert status["status"].to_pylist() == ["planned"]


def test_units_in_a_column_of_their_own(tmp_path: Path) -> None:
    projects = read(
        tmp_path,
        "id,country,technology,capacity,unit\n"
        "A,Kenya,wind,10,万千瓦\nB,Kenya,wind,50,MW\nC,Kenya,wind,5000,kW\nD,Kenya,wind,1.2,GW\n",
    )
    assert projects.table["capacity"].to_pylist() == [100.0, 50.0, 5.0, 1200.0]
    assert codes(projects) == {"unit_column"}


def test_x_alone_is_no_longitude(tmp_path: Path) -> None:
    alone = read(tmp_path, "X,id,country,technology\n157,1,China,gas\n")
    assert "longitude" not in alone.table.column_names
    both = read(tmp_path, "X,Y,id,country,technology\n110,25,1,China,gas\n")
    assert both.table["longitude"].to_pylist() == [110.0]


def test_the_name_of_a_sheet_tells_what_no_column_does(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    first = workbook.active
    assert first is not None
    first.title = "hydro power plant"
    first.append(["id", "name", "country", "capacity (MW)"])
    first.append(["1", "Alpha", "Kenya", 100])
    second = workbook.create_sheet("Uganda")
    second.append(["id", "name", "technology", "capacity (MW)"])
    second.append(["2", "Beta", "wind", 600])
    path = tmp_path / "in.xlsx"
    workbook.save(path)
    projects = read_projects(path)
    assert projects.table["country"].to_pylist() == ["KEN", "UGA"]
    assert projects.table["technology"].to_pylist() == ["hydro", "wind_onshore"]
    assert {"country_from_title", "technology_from_title"} <= codes(projects)


@pytest.mark.parametrize(
    ("cell", "country", "code"),
    [
        ("埃塞俄比亚/吉布提", None, "several_countries"),
        ("Zambia / Zimbabwe", None, "several_countries"),
        ("巴基斯坦（瓜达尔）", "PAK", "country_with_place"),
        ("Mombasa, Kenya", "KEN", "country_with_place"),
        ("Crimea", None, "disputed_area"),
        ("4", "AFG", "country_by_number"),
    ],
)
def test_countries_among_other_words(cell: str, country: str | None, code: str) -> None:
    frame = pl.DataFrame({"id": ["a"], "country": [cell], "technology": ["wind"]})
    projects = read_projects(frame)
    assert projects.table["country"].to_pylist() == [country]
    assert code in codes(projects)
    for lang in ("en", "zh"):
        assert all(fault.message(lang) for fault in projects.faults)


def test_long_and_traditional_names_of_countries() -> None:
    frame = pl.DataFrame(
        {"id": ["a", "b"], "country": ["黑山共和国", "緬甸"], "technology": ["wind", "水電"]}
    )
    projects = read_projects(frame)
    assert projects.table["country"].to_pylist() == ["MNE", "MMR"]
    assert not projects.faults


def test_a_code_beside_an_ambiguous_name_decides(tmp_path: Path) -> None:
    projects = read(
        tmp_path,
        "id,country,iso3,technology\n1,Congo,COG,hydro\n2,Congo,COD,hydro\n3,Kenya,KEN,wind\n",
    )
    assert projects.table["country"].to_pylist() == ["COG", "COD", "KEN"]
    assert "columns_disagree" not in codes(projects)


def test_na_is_what_is_missing_where_other_columns_write_it(tmp_path: Path) -> None:
    missing = read(tmp_path, "id,country,technology,year\n1,Kenya,wind,2015\n2,NA,wind,NA\n")
    assert missing.table["country"].to_pylist() == ["KEN", None]
    assert "country_missing_mark" in codes(missing)
    named = read(tmp_path, "id,country,technology,year\n1,KE,wind,2015\n2,NA,wind,NA\n")
    assert named.table["country"].to_pylist() == ["KEN", "NAM"]


def test_claims_of_a_technology_that_is_not_known_are_kept(tmp_path: Path) -> None:
    projects = read(
        tmp_path,
        "gsid,name,country,project_type,estimated_annual_credits\n"
        "1,A,India,Energy Efficiency - Domestic,55296\n2,B,Kenya,Wind,10000\n",
    )
    assert projects.claims["value"].to_pylist() == [55296.0, 10000.0]
    assert projects.table["technology"].to_pylist() == ["programme", "wind_onshore"]
    assert "claims_of_unknown" in codes(projects)


def test_a_turbine_beside_its_fuel_does_not_decide(tmp_path: Path) -> None:
    projects = read(
        tmp_path,
        "id,country,fuel,generator technology\n"
        "1,Oman,Diesel,OCGT\n2,Oman,Natural gas,CCGT\n"
        "3,Oman,HFO,Sub-critical Thermal\n4,Oman,Crude,\n",
    )
    assert projects.table["technology"].to_pylist() == ["oil", "gas", "oil", "oil"]
    assert projects.table["fuel"].to_pylist() == ["diesel", None, "residual_oil", "crude_oil"]
    assert "columns_disagree" not in codes(projects)


def test_a_column_that_names_no_technology_yields_to_the_title(tmp_path: Path) -> None:
    text = "id,country,category,capacity (MW)\n1,China,Canal,10\n2,China,,20\n3,China,,\n"
    projects = read(tmp_path, text, "hydro_power_plants.csv")
    assert projects.table["technology"].to_pylist() == ["hydro", "hydro"]
    assert {"technology_from_title", "column_not_understood"} <= codes(projects)


def test_the_name_of_a_file_tells_the_country(tmp_path: Path) -> None:
    projects = read(tmp_path, "id,technology\n1,wind\n", "power_plants_kenya.csv")
    assert projects.table["country"].to_pylist() == ["KEN"]


@pytest.mark.parametrize(
    ("country", "latitude", "longitude", "code"),
    [
        ("Pakistan", 71.8, 29.3, "coordinates_exchanged"),
        ("USA", 42.0, 93.5, "longitude_sign"),
        ("South Africa", 26.0, 28.0, "latitude_sign"),
        ("Pakistan", 29.3, 71.8, ""),
        ("France", 4.0, -53.0, ""),
        ("France", -12.7, 45.2, ""),
    ],
)
def test_coordinates_outside_the_country(
    country: str, latitude: float, longitude: float, code: str
) -> None:
    frame = pl.DataFrame(
        {
            "id": ["a"],
            "country": [country],
            "technology": ["solar"],
            "latitude": [latitude],
            "longitude": [longitude],
        }
    )
    projects = read_projects(frame)
    assert codes(projects) == ({code} if code else set())
    for fault in projects.faults:
        assert fault.severity == "doubtful"
        assert fault.message("en") != fault.message("zh")


def test_traditional_characters_in_two_encodings(tmp_path: Path) -> None:
    text = "編號,項目名稱,國家,技術類型,裝機容量（萬千瓦）\n1,卡洛特,巴基斯坦,水電,72\n"
    for encoding in ("utf-8", "big5"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(text.encode(encoding))
        table = read_projects(path).table
        assert table["country"].to_pylist() == ["PAK"]
        assert table["technology"].to_pylist() == ["hydro"]
        assert table["capacity"].to_pylist() == [720.0]


@pytest.mark.parametrize(
    ("text", "written", "encoding"),
    [
        ("V\xe4\xf6KST MILJ\xd6,Denmark", "cp1252", "cp1252"),
        ("装机容量（万千瓦）,卡洛特水电站,巴基斯坦", "gb18030", "gb18030"),
        ("風電場項目,裝機容量,國家,緬甸", "big5", "cp950"),
    ],
)
def test_encodings_told_apart(text: str, written: str, encoding: str) -> None:
    assert detect_encoding(text.encode(written)) == encoding


def test_the_fuel_of_biomass_plants_is_kept(tmp_path: Path) -> None:
    projects = read(tmp_path, "id,country,technology\n1,China,沼气发电\n2,USA,Landfill gas\n")
    assert projects.table["technology"].to_pylist() == ["biomass", "biomass"]
    assert projects.table["fuel"].to_pylist() == ["biogas", "landfill_gas"]


def test_the_name_of_a_project_tells_its_technology(tmp_path: Path) -> None:
    projects = read(
        tmp_path,
        "id,country,name,capacity (MW)\n"
        "1,Pakistan,Karot Hydropower Station,720\n2,老挝,南欧江水电站,168\n3,Kenya,Alpha,10\n",
    )
    assert projects.table["technology"].to_pylist() == ["hydro", "hydro"]
    assert {"technology_by_name", "capacity_without_technology"} <= codes(projects)


def test_a_second_country_is_said(tmp_path: Path) -> None:
    text = "id,Country 1,Country 2,technology\n1,Paraguay,Brazil,hydro\n2,Kenya,,hydro\n"
    projects = read(tmp_path, text)
    assert projects.table["country"].to_pylist() == ["PRY", "KEN"]
    (fault,) = [fault for fault in projects.faults if fault.code == "second_country"]
    assert (fault.row, fault.severity) == (2, "doubtful")

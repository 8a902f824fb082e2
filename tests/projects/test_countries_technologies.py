"""Countries and technologies by any of their names."""

from __future__ import annotations

import polars as pl
import pytest

from greensilk.projects import read_projects
from greensilk.projects.technology import match_technology, parse_hybrid


def read(**columns: list[str | None]) -> object:
    size = len(next(iter(columns.values())))
    base = {
        "id": [str(number) for number in range(size)],
        "country": ["Kenya"] * size,
        "technology": ["wind"] * size,
    }
    return read_projects(pl.DataFrame(base | columns))


def test_countries_in_two_languages_and_codes() -> None:
    names = ["Kenya", "肯尼亚", "KEN", "KE", "Lao PDR", "老挝", "Côte d'Ivoire", "NA"]
    projects = read(country=names)
    assert projects.table["country"].to_pylist() == ["KEN"] * 4 + ["LAO"] * 2 + ["CIV", "NAM"]
    assert not projects.faults


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("Congo", "ambiguous_country", ("COD", "COG")),
        ("Korea", "ambiguous_country", ("KOR", "PRK")),
        ("Atlantis", "unknown_country_far", ("Atlantis",)),
        ("Kazakstn", "unknown_country", ("KAZ",)),
        ("USSR", "dissolved_country", ("RUS", "KAZ")),
        ("World", "country_group", ("World",)),
    ],
)
def test_what_is_not_one_country(name: str, code: str, said: tuple[str, ...]) -> None:
    projects = read(country=[name, "Kenya"])
    (fault,) = projects.faults
    assert (fault.code, fault.severity, fault.row) == (code, "refused", 1)
    for lang in ("en", "zh"):
        assert all(word in fault.message(lang) for word in said)
    assert projects.table["country"].to_pylist() == [None, "KEN"]


def test_a_part_of_a_country_counts_as_it() -> None:
    projects = read(country=["Azores"])
    assert projects.table["country"].to_pylist() == ["PRT"]
    assert [fault.severity for fault in projects.faults] == ["doubtful"]


def test_a_code_and_a_name_beside_it() -> None:
    projects = read(
        country=["KEN", "???", None, "KEN", None],
        country_long=["Kenya", "Laos", "China", "Laos", None],
    )
    assert projects.table["country"].to_pylist() == ["KEN", "LAO", "CHN", "KEN", None]
    assert [(fault.code, fault.row) for fault in projects.faults] == [
        ("country_clash", 4),
        ("no_country", 5),
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Hydro", "hydro"),
        ("水电", "hydro"),
        ("光伏", "solar_pv"),
        ("Solar", "solar_pv"),
        ("光热", "csp"),
        ("Wave and Tidal", "marine"),
        ("Waste", "waste_to_energy"),
        ("Petcoke", "petcoke"),
        ("Cogeneration", "cogeneration"),
        ("Other", "programme"),
        ("ＷＩＮＤ", "wind_onshore"),
        ("solar pv (fixed tilt)", "solar_pv"),
        ("Hydroelectric Power Plant", "hydro"),
        ("太阳能光伏电站项目", "solar_pv"),
        ("太阳能路灯", "street_lighting_solar"),
        ("中欧班列", "rail_freight"),
        ("run-of-river hydro", "hydro"),
        ("径流式水电站", "hydro"),
        ("Photovoltaik", "solar_pv"),
        ("agrivoltaics", "solar_pv"),
        ("农光互补", "solar_pv"),
    ],
)
def test_technologies(words: str, code: str) -> None:
    assert match_technology(words).code == code


@pytest.mark.parametrize(
    ("words", "code", "fuel"),
    [
        ("Solar (CSP)", "csp", ""),
        ("Solar CSP", "csp", ""),
        ("Lignite", "coal", "lignite"),
        ("Fossil Brown coal/Lignite", "coal", "lignite"),
        ("Hard coal", "coal", "coal"),
        ("Anthracite", "coal", "anthracite"),
        ("煤矸石发电", "coal", "coal"),
        ("Diesel", "oil", "diesel"),
        ("Crude", "oil", "crude_oil"),
        ("OCGT", "gas", ""),
        ("Combined cycle gas", "gas", ""),
        ("Landfill gas", "biomass", "landfill_gas"),
        ("沼气发电", "biomass", "biogas"),
        ("生物质热电联产", "biomass", ""),
        ("Small, Low - Impact Hydro", "hydro", ""),
        ("conventional storage", "hydro", ""),
        ("Hydro Pumped Storage", "storage", ""),
        ("Batteries", "storage", ""),
        ("Water", "hydro", ""),
        ("uranium", "nuclear", ""),
        ("火力發電廠", "coal", ""),
        ("Solar + Storage", "solar_pv", ""),
        ("光伏+储能", "solar_pv", ""),
    ],
)
def test_all_words_of_a_cell_tell_the_technology_and_its_fuel(
    words: str, code: str, fuel: str
) -> None:
    match = match_technology(words)
    assert (match.code, match.fuel) == (code, fuel)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Waste heat recovery", "technology_unclear"),
        ("Solar water heating", "technology_unclear"),
        ("Natural gas pipeline", "technology_unclear"),
        ("天然气管道", "technology_unclear"),
        ("Agriculture Forestry and Other Land Use", "technology_unclear"),
        ("solar hybrid", "technology_unclear"),
        ("Hydro plant with floating solar", "hybrid_without_capacity"),
        ("Diesel-Solar hybrid", "hybrid_without_capacity"),
        ("Coal with biomass co-firing", "hybrid_without_capacity"),
        ("风光互补", "hybrid_without_capacity"),
        ("wind/solar", "hybrid_without_capacity"),
        ("余热发电", "unknown_technology_far"),
        ("Hospital", "unknown_technology_far"),
    ],
)
def test_what_is_not_understood_blocks_a_guess(words: str, code: str) -> None:
    projects = read(technology=[words, "wind"])
    (fault,) = projects.faults
    assert (fault.code, fault.severity, fault.row) == (code, "refused", 1)
    assert len(projects.table) == 1
    assert "wind" not in fault.message("en").casefold().replace(words.casefold(), "")


def test_a_battery_beside_a_plant_is_said() -> None:
    projects = read(technology=["Solar PV + BESS", "wind"], capacity_mw=["100", "50"])
    assert projects.table["technology"].to_pylist() == ["solar_pv", "wind_onshore"]
    assert [(fault.code, fault.row) for fault in projects.faults] == [("storage_beside", 1)]


def test_words_that_name_two_technologies_or_none() -> None:
    assert match_technology("solar or wind").candidates == ("solar_pv", "wind_onshore")
    assert match_technology("风电和光伏").code == ""
    assert match_technology("zzz").candidates == ()


@pytest.mark.parametrize(
    "words",
    [
        "solar_pv 250 MW; csp 700 MW",
        "光伏 25万千瓦 + 光热 70万千瓦",
        "光伏25万千瓦、光热70万千瓦",
        "PV 250MW / CSP 0.7 GW",
        "250MW solar + 700 MW CSP",
        "250 MW of PV and 0.7 GW of csp",
        "25万千瓦光伏+70万千瓦光热",
    ],
)
def test_hybrids_in_one_cell(words: str) -> None:
    found = parse_hybrid(words)
    assert [(part.code, part.capacity) for part in found] == [("solar_pv", 250.0), ("csp", 700.0)]


def test_the_parts_of_a_hybrid_become_components() -> None:
    projects = read_projects(
        pl.DataFrame(
            {
                "id": ["D", "K"],
                "country": ["UAE", "Kenya"],
                "technology": ["solar_pv 250 MW; csp 700 MW", "wind"],
                "annual_generation_gwh": ["3000", "5"],
                "lifetime": ["30", None],
                "减排量": ["140万吨", None],
            }
        )
    )
    columns = ["project_id", "component", "technology", "capacity", "annual_generation", "lifetime"]
    assert [tuple(row.values()) for row in projects.table.select(columns).to_pylist()] == [
        ("D", "solar_pv", "solar_pv", 250.0, None, 30.0),
        ("D", "csp", "csp", 700.0, None, 30.0),
        ("K", "", "wind_onshore", None, 5000.0, None),
    ]
    claims = projects.claims.select(["project_id", "component", "claim", "value"]).to_pylist()
    assert [tuple(row.values()) for row in claims] == [
        ("D", "", "annual_generation", 3e6),
        ("D", "", "claimed_emission_reductions", 1.4e6),
        ("K", "", "annual_generation", 5000.0),
    ]
    assert [(fault.code, fault.row) for fault in projects.faults] == [("hybrid_split", 1)]


def test_a_hybrid_without_capacities_cannot_be_split() -> None:
    projects = read(technology=["光伏+光热", "wind"])
    assert len(projects.table) == 1
    assert [(fault.code, fault.severity) for fault in projects.faults] == [
        ("hybrid_without_capacity", "refused")
    ]

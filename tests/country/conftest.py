"""A small store made by hand, whose every figure is known, and the guide made from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from greensilk.country.gather import CountryGuide, gather
from greensilk.facts.query import Facts

YEAR = 2026
NASTY = '=HYPERLINK("x") <script>alert(1)</script> #eval[*a*] & \u0007'

# code, theme, concept, direction, unit, source, note, findings, flag, years, values, partner rank
ROWS: list[tuple[Any, ...]] = [
    ("wb_esg.pm", "air", "pm25", "lower_better", "ug/m**3", "open", "", "", "",
     [2009, 2014, 2019], [20.0, 25.0, 30.0], (64, 150)),
    ("a.forest", "land_forest", "forest_share", "higher_better", "percent", "open", "", "", "",
     [2023], [6.22], (10, 150)),
    ("gcb.total", "climate", "co2_emissions", "lower_better", "MtCO2e", "open", "",
     "disagreement", "", [2010, 2021], [10.0, 19.9], (90, 150)),
    ("edgar.total", "climate", "co2_emissions", "lower_better", "MtCO2e", "closed", "", "", "",
     [2010, 2021], [10.0, 39.8], None),
    ("a.deaths", "disasters", "a.deaths", "lower_better", "person", "closed", "", "",
     "zero_filled", [2015, 2025], [100.0, 0.0], (1, 150)),
    ("nasty.one", "waste", "nasty.one", "neither", "1", "nasty", "", "", "", [2024], [3.5], None),
    ("nzt.neutrality_year", "policy", "nzt.neutrality_year", "neither", "yr", "open",
     "calendar year", "", "", [2022], [2050.0], (1, 90)),
    ("nzt.neutrality_target", "policy", "nzt.neutrality_target", "higher_better", "1", "open",
     "1 = yes, 0 = no", "", "", [2022], [1.0], (1, 90)),
    ("nzt.target_status", "policy", "nzt.target_status", "higher_better", "1", "open",
     "1 proposed or discussed, 2 declared or pledged, 3 in a policy document, 4 in law", "", "",
     [2022], [3.0], (1, 90)),
    ("treaties.paris", "policy", "treaties.paris", "neither", "1", "open", "1 = yes, 0 = no", "",
     "", [2017, 2023], [1.0, 1.0], None),
    ("treaties.minamata", "policy", "treaties.minamata", "neither", "1", "open",
     "1 = yes, 0 = no", "", "provisional", [2019], [0.0], None),
    ("thinkhazard.fl", "disasters", "thinkhazard.fl", "lower_better", "1", "open", "", "", "",
     [2025], [3.0], None),
    ("inform.river_flood", "disasters", "inform.river_flood", "lower_better", "1", "open", "", "",
     "", [2025], [5.1], None),
    ("carbon_price.ets_in_force", "policy", "carbon_price.ets_in_force", "neither", "1", "open",
     "1 = yes, 0 = no", "", "", [2024], [0.0], None),
    ("carbon_price.ets_price", "policy", "carbon_price.ets_price", "neither", "USD/tCO2e", "open",
     "", "", "", [2024], [7.0], None),
    ("what_a_waste.msw_generated", "waste", "what_a_waste.msw_generated", "lower_better",
     "tonne/yr", "open", "", "",
     "", [2010, 2022], [1e6, 2e6], (2, 150)),
    ("electricity_mix.total_twh", "energy", "electricity_generation", "neither", "GWh", "open", "",
     "", "", [2023], [100.0], None),
    ("electricity_mix.wind_twh", "energy", "wind_generation", "higher_better", "GWh", "open", "",
     "", "zero_filled", [2023], [30.0], None),
    ("electricity_mix.gas_twh", "energy", "gas_generation", "neither", "GWh", "open", "", "", "",
     [2023], [69.0], None),
    ("irena.capacity_total", "energy", "irena.capacity_total", "neither", "MW", "closed", "", "",
     "", [2023], [10.0], None),
    ("irena.capacity_wind", "energy", "wind_capacity", "higher_better", "MW", "closed", "", "", "",
     [2023], [10.0], None),
    ("irena.capacity_gas", "energy", "gas_capacity", "neither", "MW", "closed", "", "",
     "zero_filled", [2023], [0.0], None),
    ("irena.capacity_factor_wind_onshore", "energy", "irena.capacity_factor_wind_onshore",
     "neither", "percent", "closed", "", "", "", [2022], [2.2], None),
]  # fmt: skip
SOURCES = {
    "open": ("worldbank", "World Bank", "世界银行", "wb_esg", True, "CC-BY-4.0"),
    "closed": ("irena", "International Renewable Energy Agency", "国际可再生能源机构", "irena",
               False, "attribution"),
    "nasty": ("nasty", NASTY, NASTY, "nasty", True, "CC-BY-4.0"),
}  # fmt: skip


@pytest.fixture(scope="package")
def facts() -> Iterator[Facts]:
    connection = duckdb.connect()
    tables: dict[str, list[dict[str, Any]]] = {
        "facts": [], "latest": [], "indicators": [], "sources": [], "datasets": [], "quality": [],
        "groups": [],
    }  # fmt: skip
    for (
        code,
        theme,
        concept,
        direction,
        unit,
        source,
        note,
        findings,
        flag,
        years,
        values,
        rank,
    ) in ROWS:
        dataset = code.partition(".")[0]
        name = NASTY if dataset == "nasty" else f"Name of {code}"
        primary = dataset != "edgar"
        for year, value in zip(years, values, strict=True):
            tables["facts"].append(
                {"indicator": code, "economy": "KEN", "year": year, "value": value, "unit": unit,
                 "source": source, "flag": flag}
            )  # fmt: skip
        tables["latest"].append(
            {"economy": "KEN", "theme": theme, "indicator": code, "year": years[-1],
             "value": values[-1], "unit": unit, "source": source, "flag": flag,
             "first_year": years[0], "figures": len(years), "years": years, "values": values,
             "stale": rank is None, "partner": True, "rank": rank[0] if rank else None,
             "of": rank[1] if rank else None, "partner_rank": rank[0] if rank else None,
             "partner_of": rank[1] if rank else None, "findings": findings}
        )  # fmt: skip
        producer, _, _, _, is_open, licence = SOURCES[source]
        tables["indicators"].append(
            {"indicator": code, "en": name, "zh": f"{code}的名称", "unit": unit, "theme": theme,
             "direction": direction, "concept": concept, "is_primary": primary, "source": source,
             "producer": producer, "dataset": dataset, "licence": licence, "open": is_open,
             "packaged": is_open, "definition_en": "", "definition_zh": "", "aliases": "",
             "note": note, "facts": 1, "economies": 1, "first_year": years[0],
             "last_year": years[-1]}
        )  # fmt: skip
        tables["datasets"].append(
            {"dataset": dataset, "en": f"Set {dataset}", "zh": f"集{dataset}"}
        )
    for name, (producer, en, zh, carrier, is_open, licence) in SOURCES.items():
        tables["sources"].append(
            {"source": name, "producer": producer, "producer_en": en, "producer_zh": zh,
             "producer_address": "", "en": f"Title {name}", "zh": f"标题{name}",
             "carrier": carrier, "address": "https://example.org/", "licence": licence,
             "open": is_open, "packaged": is_open, "licence_note": "", "vintage": "2025",
             "citation": f"Citation {name}", "facts": 1, "economies": 1, "indicators": 1,
             "last_year": 2025}
        )  # fmt: skip
    for code, unit, year, value in (
        ("carbon_price.ets_in_force", "1", 2024, 1.0),
        ("carbon_price.ets_price", "USD/tCO2e", 2023, 96.3),
        ("carbon_price.ets_price", "USD/tCO2e", 2024, 61.3),
    ):
        tables["groups"].append(
            {"indicator": code, "group": "European Union", "year": year, "value": value,
             "unit": unit, "source": "open", "flag": ""}
        )  # fmt: skip
    tables["quality"].append(
        {"check": "disagreement", "dataset": "gcb", "indicator": "gcb.total", "economy": "KEN",
         "year": 2021, "value": 19.9, "note": ""}
    )  # fmt: skip
    for name, rows in tables.items():
        unique = list({json.dumps(row, sort_keys=True): row for row in rows}.values())
        table = pa.Table.from_pylist(unique)
        connection.register("incoming", table)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM incoming")  # noqa: S608
        connection.unregister("incoming")
    with Facts(connection, "/somewhere/builds/abc", is_snapshot=False) as opened:
        yield opened


@pytest.fixture(scope="package")
def guide(facts: Facts) -> CountryGuide:
    return gather(facts, "肯尼亚", year=YEAR)

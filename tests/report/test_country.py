"""The country guide from a small store made by hand, whose every figure is known."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from greensilk.core.errors import OutputError, UnknownNameError
from greensilk.core.text import catalogue
from greensilk.facts import Facts
from greensilk.facts.catalogue import indicators
from greensilk.reference.economies import economy
from greensilk.reference.laws import ambient_limits, laws
from greensilk.report.country import CountryGuide, gather
from greensilk.report.country.carbon_market import market_of
from greensilk.report.country.data import as_data, write_json
from greensilk.report.country.figures import (
    course,
    headline,
    is_total,
    phrase,
    rows_of,
    value_kind,
)
from greensilk.report.country.fonts import find_fonts
from greensilk.report.country.hazards import read_hazards
from greensilk.report.country.html import render_html
from greensilk.report.country.pdf import content, write_pdf
from greensilk.report.country.pictures import points
from greensilk.report.country.plain import lines
from greensilk.report.country.summary import cards, extremes, hazard_lead, head_facts, partner_line
from greensilk.report.country.tables import sheets
from greensilk.report.country.words import GuideWords
from greensilk.report.country.writing import check_target, write_guide
from greensilk.report.country.xlsx import write_xlsx

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


@pytest.fixture(scope="module")
def facts() -> Iterator[Facts]:
    connection = duckdb.connect()
    held: dict[str, list[dict[str, Any]]] = {
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
            held["facts"].append(
                {"indicator": code, "economy": "KEN", "year": year, "value": value, "unit": unit,
                 "source": source, "flag": flag}
            )  # fmt: skip
        held["latest"].append(
            {"economy": "KEN", "theme": theme, "indicator": code, "year": years[-1],
             "value": values[-1], "unit": unit, "source": source, "flag": flag,
             "first_year": years[0], "figures": len(years), "years": years, "values": values,
             "stale": rank is None, "partner": True, "rank": rank[0] if rank else None,
             "of": rank[1] if rank else None, "partner_rank": rank[0] if rank else None,
             "partner_of": rank[1] if rank else None, "findings": findings}
        )  # fmt: skip
        producer, _, _, _, is_open, licence = SOURCES[source]
        held["indicators"].append(
            {"indicator": code, "en": name, "zh": f"{code}的名称", "unit": unit, "theme": theme,
             "direction": direction, "concept": concept, "is_primary": primary, "source": source,
             "producer": producer, "dataset": dataset, "licence": licence, "open": is_open,
             "packaged": is_open, "definition_en": "", "definition_zh": "", "aliases": "",
             "note": note, "facts": 1, "economies": 1, "first_year": years[0],
             "last_year": years[-1]}
        )  # fmt: skip
        held["datasets"].append({"dataset": dataset, "en": f"Set {dataset}", "zh": f"集{dataset}"})
    for name, (producer, en, zh, carrier, is_open, licence) in SOURCES.items():
        held["sources"].append(
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
        held["groups"].append(
            {"indicator": code, "group": "European Union", "year": year, "value": value,
             "unit": unit, "source": "open", "flag": ""}
        )  # fmt: skip
    held["quality"].append(
        {"check": "disagreement", "dataset": "gcb", "indicator": "gcb.total", "economy": "KEN",
         "year": 2021, "value": 19.9, "note": ""}
    )  # fmt: skip
    for name, rows in held.items():
        unique = list({json.dumps(row, sort_keys=True): row for row in rows}.values())
        table = pa.Table.from_pylist(unique)
        connection.register("incoming", table)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM incoming")  # noqa: S608
        connection.unregister("incoming")
    with Facts(connection, "/somewhere/builds/abc", is_snapshot=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def guide(facts: Facts) -> CountryGuide:
    return gather(facts, "肯尼亚", year=YEAR)


def test_economy_by_any_name(facts: Facts, guide: CountryGuide) -> None:
    assert guide.economy.iso3 == "KEN"
    assert gather(facts, "kenya", year=YEAR) == guide
    with pytest.raises(UnknownNameError, match="KEN"):
        gather(facts, "Kenyaa")
    with pytest.raises(UnknownNameError, match="COD"):
        gather(facts, "Congo")


def test_figures_keep_value_year_rank_source(guide: CountryGuide) -> None:
    figure = guide.figure("pm25")
    assert figure is not None
    assert (figure.value, figure.unit, figure.year) == (30.0, "ug/m**3", 2019)
    assert (figure.partner_rank, figure.partner_of) == (64, 150)
    assert (figure.source, figure.carrier, figure.licence) == ("open", "wb_esg", "CC-BY-4.0")
    assert figure.is_key
    assert (figure.course, figure.turn) == ("up", "worse")
    assert figure.values == (20.0, 25.0, 30.0)


def test_old_restricted_and_doubtful_are_marked(guide: CountryGuide) -> None:
    words = GuideWords("en")
    marks = {one.indicator: words.marks(one) for one in guide.figures()}
    assert marks["wb_esg.pm"] == "†"  # 2019 is seven years before 2026
    assert marks["gcb.total"] == "≠"  # 2021 is five years before
    assert marks["a.deaths"] == "‡"
    assert marks["a.forest"] == ""
    counts = {one.code: one.count for one in guide.cautions}
    assert counts["restricted"] == sum(not one.open for one in guide.figures())
    assert counts["disputed"] == 1
    assert counts["old_all"] == sum(one.year < 2021 for one in guide.figures())


def test_series_that_writes_zero_has_no_course(guide: CountryGuide) -> None:
    figure = guide.figure("a.deaths")
    assert figure is not None
    assert figure.course == ""


def test_disputed_figure_stands_beside_the_other_publisher(guide: CountryGuide) -> None:
    (dispute,) = guide.disputes
    assert dispute.figure.indicator == "gcb.total"
    assert dispute.year == 2021
    assert [(row.indicator, row.value, row.is_primary) for row in dispute.rows] == [
        ("gcb.total", 19.9, True),
        ("edgar.total", 39.8, False),
    ]
    assert dispute.spread == pytest.approx(2.0)


def test_alternatives_are_not_in_the_profile(guide: CountryGuide) -> None:
    assert guide.figure("edgar.total") is None


def test_treaties(guide: CountryGuide) -> None:
    held = {one.figure.indicator: one for one in guide.treaties}
    paris, minamata = held["treaties.paris"], held["treaties.minamata"]
    assert (paris.party, paris.since, paris.provisional) == (True, 2017, False)
    assert (minamata.party, minamata.since, minamata.provisional) == (False, None, True)
    assert "treaties.paris" not in {one.indicator for one in guide.policies}


def test_policies_say_what_their_codes_mean(guide: CountryGuide) -> None:
    shown = {
        lang: {one.indicator: GuideWords(lang).whole(one) for one in guide.policies}
        for lang in ("en", "zh")
    }
    assert shown["en"]["nzt.neutrality_year"] == "2050"
    assert shown["zh"]["nzt.neutrality_target"] == "是"
    assert shown["en"]["nzt.target_status"] == "in a policy document"
    assert shown["zh"]["nzt.target_status"] == "写入政策文件"


def test_power_sector(guide: CountryGuide) -> None:
    power = guide.electricity
    assert [(part.kind, part.amount) for part in power.generation] == [
        ("gas", 69.0),
        ("wind", 30.0),
        ("other", 1.0),
    ]
    assert sum(part.share for part in power.generation) == pytest.approx(1.0)
    assert power.capacity_missing == ("gas",)
    assert "capacity_incomplete" in {one.code for one in guide.cautions}
    total = guide.figure("irena.capacity_total")
    assert total is not None
    assert total.findings == ("incomplete",)
    (wind,) = power.capacity_factors
    assert wind.reported == pytest.approx(0.022)
    assert wind.implied == pytest.approx(30.0 / (10.0 * 8.76))
    assert wind.doubtful


def test_grid_factors_are_those_of_the_reference_table(guide: CountryGuide) -> None:
    found = {(row.parameter, kind): row.value for row, kind in guide.electricity.factors}
    assert found["combined_margin", "intermittent"] == 461.6
    assert found["operating_margin", ""] == 574.0


def test_laws_and_limits_are_those_of_the_registers(guide: CountryGuide) -> None:
    assert list(guide.laws) == laws("KEN")
    assert [line.limit for line in guide.limits] == ambient_limits("KEN", on=date(YEAR, 1, 1))
    line = next(
        one
        for one in guide.limits
        if (one.limit.pollutant, one.limit.averaging) == ("pm25", "year")
    )
    assert line.guideline is not None
    assert line.guideline.value == 5.0
    assert line.ratio == pytest.approx(line.limit.value / 5.0)


def test_limits_in_other_units_are_compared_in_one(facts: Facts) -> None:
    found = gather(facts, "PAK", year=YEAR).limits
    line = next(one for one in found if (one.limit.pollutant, one.limit.averaging) == ("co", "8h"))
    assert line.guideline is not None
    assert (line.limit.unit, line.guideline.unit) == ("mg/m**3", "mg/m**3")
    assert line.ratio == pytest.approx(line.limit.value / line.guideline.value)


def test_hazards(guide: CountryGuide) -> None:
    flood, *others = guide.hazards
    assert (flood.code, flood.level, flood.score) == ("river_flood", 3, 5.1)
    assert (flood.no_level, flood.no_score) == ("", "")
    assert GuideWords("zh").hazard_level(flood) == "高"
    # the store was built without these series: nobody may read that as "not assessed"
    assert len(others) == len(rows_of("hazards")) - 1
    assert {one.no_level for one in others} == {"not_loaded"}


def _hazard_figures(**values: float) -> list[Any]:
    return [
        SimpleNamespace(indicator=f"inform.{name}", value=value, year=2025)
        for name, value in values.items()
    ]


def test_hazards_without_levels_say_why_and_fall_back_on_scores(guide: CountryGuide) -> None:
    scored = {f"inform.{name}": {"open": True, "packaged": True}
              for name in ("river_flood", "earthquake", "cyclone")}  # fmt: skip
    hazards = read_hazards(_hazard_figures(river_flood=2.0, cyclone=6.0), scored, is_starter=True)
    held = {one.code: one for one in hazards}
    assert [one.code for one in hazards[:2]] == ["cyclone", "river_flood"]
    assert {one.no_level for one in hazards} == {"not_packaged"}
    assert held["earthquake"].no_score == "not_scored"  # in the snapshot, not for this country
    assert held["drought"].no_score == "not_packaged"
    starter = replace(guide, hazards=hazards, is_starter=True)
    for lang, missing, score in (
        ("en", "not in the packaged snapshot", "INFORM 6.0 of 10"),
        ("zh", "不在内置快照中", "INFORM得分6.0"),
    ):
        words = GuideWords(lang)
        title = words.say("hazards.title")
        shown = list(lines(starter, lang))
        section = shown[shown.index(title) + 1 :]
        section = section[: section.index("")]
        assert score in "\n".join(section)
        assert any(line.endswith(missing) for line in section)
        assert all(line.strip() for line in section)
        page = render_html(starter, lang)
        printed = json.dumps(content(starter, words, find_fonts("en"))["hazards"],
                             ensure_ascii=False)  # fmt: skip
        table = {name: rows for name, _, rows in sheets(starter, words)}["hazards"]
        for text in (page, printed, str(table)):
            assert missing in text
            assert words.say("lack.not_assessed") not in text
        assert 6.0 in [row[2] for row in table]


def test_hazards_that_nobody_scored_or_that_a_licence_bars() -> None:
    rows = rows_of("hazards")
    about = {
        row[name]: {"open": False, "packaged": False}
        for row in rows
        for name in ("level", "score")
        if row[name]
    }
    assert read_hazards([], about, is_starter=False) == ()
    barred = read_hazards([], about, is_starter=False, licence="open")
    assert {one.no_level for one in barred} == {"not_licensed"}
    nothing = read_hazards([], {}, is_starter=True)
    assert len(nothing) == len(rows)
    assert {one.no_level for one in nothing} == {"not_packaged"}


def test_hazard_table_of_nothing_has_a_lead_that_says_so(guide: CountryGuide) -> None:
    empty = replace(guide, hazards=read_hazards([], {}, is_starter=True), is_starter=True)
    lead = hazard_lead(empty, GuideWords("zh"))
    assert "不在内置快照中" in lead
    assert "INFORM" not in lead
    assert hazard_lead(guide, GuideWords("en")) == GuideWords("en").say("hazards.lead")


def test_totals_are_no_merit(guide: CountryGuide) -> None:
    waste = guide.figure("what_a_waste.msw_generated")
    assert waste is not None
    assert (waste.direction, waste.course, waste.turn) == ("neither", "up", "")
    # ranked from the largest down, although less waste is better: nobody else has more here
    assert waste.partner_rank == 1
    pm = guide.figure("pm25")
    assert pm is not None
    assert (pm.direction, pm.turn, pm.partner_rank) == ("lower_better", "worse", 64)


def test_extremes_leave_totals_out(guide: CountryGuide) -> None:
    (theme,) = [one for one in guide.themes if one.code == "land_forest"]
    (forest,) = theme.key
    gdp = replace(forest, indicator="wdi.gdp", concept="gdp_current", unit="USD",
                  direction="neither", partner_rank=150)  # fmt: skip
    share = replace(forest, indicator="a.share", partner_rank=149)
    held = replace(guide, themes=(replace(theme, key=(forest, gdp, share)),))
    best, worst = extremes(held)
    assert [one.indicator for one in best] == ["a.forest"]
    assert [one.indicator for one in worst] == ["a.share"]


def test_every_judged_unit_is_known_as_a_total_or_as_none() -> None:
    ratios = {
        *("1", "percent", "per_100k", "per_10k", "per_100", "per_mille", "ppb", "1/yr", "mm/yr"),
        *("degC", "delta_degC*day", "day", "yr", "ug/m**3", "mg/m**3"),
    }
    unknown = {
        one.unit
        for one in indicators().values()
        if one.direction != "neither"
        and not is_total(one.unit)
        and one.unit not in ratios
        and not any(part not in ("yr", "day") for part in one.unit.split("/")[1:])
    }
    assert unknown == set()


def test_members_of_a_shared_carbon_market_show_its_price(facts: Facts) -> None:
    poland = gather(facts, "POL", year=YEAR)
    assert poland.carbon_market == "eu_ets"
    price = poland.figure("carbon_price.ets_price")
    assert price is not None
    assert (price.value, price.year, price.values) == (61.3, 2024, (96.3, 61.3))
    assert (price.through, price.partner_rank) == ("eu_ets", None)
    assert "eu_ets_scope" in {one.id for one in poland.documents}
    assert price.source in {line.id for line in poland.sources}
    for lang, mark in (("en", "through the EU ETS"), ("zh", "通过欧盟碳市场")):
        assert mark in GuideWords(lang).name(price)
        assert mark in render_html(poland, lang)
        assert mark in "\n".join(lines(poland, lang))
        head = dict(head_facts(poland, GuideWords(lang)))
        assert "61.3" in head[GuideWords(lang).say("fact.market")]
    (row,) = [one for one in as_data(poland)["policies"] if one["concept"].endswith("price")]
    assert row["through"] == "eu_ets"


def test_shared_price_stands_beside_the_national_one_and_nowhere_else(
    facts: Facts, guide: CountryGuide
) -> None:
    assert guide.carbon_market == ""
    assert [one.value for one in guide.policies if one.concept == "carbon_price.ets_price"] == [7.0]
    assert market_of("GBR") == market_of("CHE") == ""
    members = [row["iso3"] for row in rows_of("carbon_market")]
    assert len(members) == len(set(members)) == 30
    assert all(economy(code).iso3 == code for code in members)


def test_member_without_a_price_says_so(facts: Facts) -> None:
    poland = gather(facts, "POL", year=YEAR)
    bare = replace(poland, policies=(), is_starter=True)
    head = dict(head_facts(bare, GuideWords("en")))
    assert head["Carbon market"].endswith("price not in the packaged snapshot")


def test_cards_without_a_figure_give_way_to_others(guide: CountryGuide) -> None:
    words = GuideWords("en")
    assert all(card.figure for card in cards(guide, words))
    (theme,) = [one for one in guide.themes if one.code == "land_forest"]
    names = ["gdp_per_capita_ppp", "electricity_access", "water_stress", "forest_share",
             "life_expectancy", "urban_share"]  # fmt: skip
    key = tuple(replace(theme.key[0], concept=name, indicator=f"a.{name}", en=name)
                for name in names)  # fmt: skip
    held = replace(guide, themes=(replace(theme, key=key),))
    titles = [card.title for card in cards(held, words)]
    assert [title for title in titles if title in names] == names
    none = replace(guide, themes=(), electricity=replace(guide.electricity, factors=()))
    assert cards(none, words) == []
    assert words.say("key.nothing") in render_html(none, "en")


def test_country_without_a_fact_still_has_its_laws_and_factors(facts: Facts) -> None:
    empty = gather(facts, "LAO", year=YEAR)
    assert empty.figures() == ()
    assert {one.no_level for one in empty.hazards} == {"not_loaded"}
    assert empty.laws
    assert empty.electricity.factors
    for lang in ("en", "zh"):
        page = render_html(empty, lang)
        assert GuideWords(lang).say("lack.not_loaded") in page
        assert list(lines(empty, lang))


def test_partner_status_says_what_is_verified(facts: Facts) -> None:
    shown = partner_line(gather(facts, "PAK", year=YEAR), GuideWords("en"))
    assert shown == "cooperation document signed, 2017, verified"
    zh = partner_line(gather(facts, "ITA", year=YEAR), GuideWords("zh"))
    assert "退出" in zh


def test_extremes_leave_out_doubtful_and_zero(guide: CountryGuide) -> None:
    best, worst = extremes(guide)
    assert [one.indicator for one in best] == ["a.forest"]
    assert worst == []


def test_licence_filter(facts: Facts) -> None:
    assert all(one.open for one in gather(facts, "KEN", year=YEAR, licence="open").figures())


class _Page(HTMLParser):
    """Collects the tags, ids and addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.tags.append(tag)
        if held.get("id"):
            self.ids.append(str(held["id"]))
        if (held.get("href") or "").startswith("#"):
            self.targets.append(str(held["href"])[1:])
        self.loads += [str(held[name]) for name in ("src", "data", "srcset") if held.get(name)]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_page_is_whole_and_loads_nothing(guide: CountryGuide, lang: str) -> None:
    text = render_html(guide, lang)
    page = _Page()
    page.feed(text)
    assert text.lstrip().startswith("<!DOCTYPE html>")
    assert page.loads == []
    assert "link" not in page.tags
    assert page.tags.count("script") == 1  # the page's own; that of the name is text
    assert "&lt;script&gt;alert(1)" in text
    assert len(page.ids) == len(set(page.ids))
    assert set(page.targets) <= set(page.ids)
    assert not re.search(r"\{\w+\}", re.sub(r"<style>.*?</style>|<script>.*?</script>", "", text,
                                            flags=re.DOTALL))  # fmt: skip
    assert "<polyline" in text


def test_page_speaks_its_language(guide: CountryGuide) -> None:
    english, chinese = render_html(guide, "en"), render_html(guide, "zh")
    assert 'lang="zh-CN"' in chinese
    for key in ("laws.title", "power.title", "hazards.title", "sources.title"):
        assert GuideWords("en").say(key) in english
        assert GuideWords("zh").say(key) in chinese
    assert "Environmental Management and Co-ordination Act" in english
    assert "环境管理与协调法" in chinese
    assert "亿千瓦时" in chinese


def test_pdf_sets_what_publishers_wrote_as_text(guide: CountryGuide, tmp_path: Path) -> None:
    path = write_pdf(guide, tmp_path / "guide.pdf", "en")
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext of poppler is not installed")
    done = subprocess.run([reader, "-q", str(path), "-"], capture_output=True, check=True)
    text = re.sub(r"\s+", "", done.stdout.decode("utf-8"))
    assert '=HYPERLINK("x")<script>alert(1)</script>#eval[*a*]&' in text.replace("”", '"').replace(
        "“", '"'
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_workbook(guide: CountryGuide, tmp_path: Path, lang: str) -> None:
    path = write_xlsx(guide, tmp_path / "guide.xlsx", lang)
    book = load_workbook(path)
    words = GuideWords(lang)
    assert book.sheetnames[0] == words.say("sheet.summary")
    for name in ("profile", "laws", "limits", "power", "policy", "treaties", "sources"):
        assert words.say(f"sheet.{name}") in book.sheetnames
    sheet = book[words.say("sheet.profile")]
    heads = [cell.value for cell in sheet[1]]
    place = {
        name: heads.index(words.say(f"column.{name}"))
        for name in ("code", "value", "year", "indicator", "rank")
    }
    rows = {row[place["code"]]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert rows["wb_esg.pm"][place["value"]] == 30
    assert rows["wb_esg.pm"][place["year"]] == 2019
    assert rows["wb_esg.pm"][place["rank"]] == 64
    profile = [one for theme in guide.themes for one in (*theme.key, *theme.others)]
    assert set(rows) == {one.indicator for one in profile}
    for row in sheet.iter_rows():
        assert all(cell.data_type != "f" for cell in row)


def test_json_has_stable_keys_and_both_languages(guide: CountryGuide, tmp_path: Path) -> None:
    path = write_json(guide, tmp_path / "guide.json")
    read = json.loads(path.read_text(encoding="utf-8"))
    assert read == json.loads(json.dumps(as_data(guide)))
    assert read["format"] == 1
    assert read["economy"]["iso3"] == "KEN"
    assert read["data"] == {"starter": False, "build": "abc"}
    air = next(theme for theme in read["themes"] if theme["code"] == "air")
    assert air["label"] == {"en": "Air", "zh": "大气环境"}
    (figure,) = air["figures"]
    assert figure["value"] == 30.0
    assert figure["label"]["zh"] == "wb_esg.pm的名称"
    assert figure["producer"]["en"] == "World Bank"
    status = next(one for one in read["policies"] if one["indicator"] == "nzt.target_status")
    assert status["value_label"] == {"en": "in a policy document", "zh": "写入政策文件"}
    assert read["treaties"][0]["since"] == 2017


def test_terminal_summary(guide: CountryGuide) -> None:
    shown = "\n".join(lines(guide, "en"))
    assert "30 µg/m³†" in shown
    assert "rank 64/150 among partners" in shown
    assert "461" in shown or "462" in shown
    one = "\n".join(lines(guide, "zh", "air"))
    assert "wb_esg.pm的名称" in one
    assert "a.forest" not in one


def test_target_is_checked_before_the_work(tmp_path: Path, guide: CountryGuide) -> None:
    with pytest.raises(OutputError, match=r"\.html, \.pdf"):
        check_target(tmp_path / "guide.docx")
    with pytest.raises(OutputError, match="folder"):
        check_target(tmp_path / "none" / "guide.html")
    path = write_guide(guide, tmp_path / "guide.html")
    with pytest.raises(OutputError, match="--force"):
        write_guide(guide, path)
    assert write_guide(guide, path, "zh", force=True) == path


def test_lists_of_the_guide_name_what_the_catalogue_has() -> None:
    known = set(indicators()) | {one.concept for one in indicators().values()}
    assert set(headline()) <= known
    assert {row["series"] for row in rows_of("electricity")} <= known
    scores = {row[name] for row in rows_of("hazards") for name in ("level", "score")} - {""}
    assert scores <= known


def test_every_step_of_a_scale_has_words_in_both_languages() -> None:
    missing = []
    for one in indicators().values():
        if one.theme != "policy" or value_kind(one.note) != "coded":
            continue
        for value in range(6):
            meaning = phrase(one.note, float(value))
            slug = re.sub(r"[^a-z0-9]+", "_", meaning.lower()).strip("_")
            if meaning and f"country.step.{slug}" not in catalogue():
                missing.append((one.code, meaning))
    assert missing == []


def test_every_unit_of_the_catalogue_can_be_printed() -> None:
    for unit in {one.unit for one in indicators().values()}:
        for lang in ("en", "zh"):
            words = GuideWords(lang).unit(unit)
            assert "**" not in words
            assert "_" not in words


@given(
    st.lists(st.integers(1950, 2030), min_size=2, max_size=30, unique=True).map(sorted),
    st.floats(-1e6, 1e6),
    st.data(),
)
def test_course_turns_with_the_better_end(years: list[int], base: float, data: Any) -> None:
    moves = st.lists(st.floats(-1e6, 1e6), min_size=len(years), max_size=len(years))
    values = [base + move for move in data.draw(moves)]
    way, turn = course(years, values, "higher_better")
    other_way, other_turn = course(years, values, "lower_better")
    assert way == other_way
    assert {turn, other_turn} in ({""}, {"better", "worse"})
    mirrored, _ = course(years, [-value for value in values], "neither")
    assert {"up": "down", "down": "up"}.get(way, way) == mirrored


def test_line_of_a_rise_too_small_to_divide_by() -> None:
    assert points([2000, 2010], [0.0, 2.2e-311], 100.0, 20.0) == ((2.5, 17.5), (97.5, 2.5))


@given(
    st.lists(st.integers(1950, 2030), min_size=2, max_size=30, unique=True).map(sorted), st.data()
)
def test_line_stays_in_its_box(years: list[int], data: Any) -> None:
    figures = st.floats(-1e12, 1e12)
    values = data.draw(st.lists(figures, min_size=len(years), max_size=len(years)))
    line = points(years, values, 96.0, 24.0)
    assert len(line) == len(years)
    assert all(0 <= x <= 96 and 0 <= y <= 24 for x, y in line)
    assert [x for x, _ in line] == sorted(x for x, _ in line)

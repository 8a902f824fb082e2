"""The country guide from a small store made by hand, whose every figure is known."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greensilk.core.errors import UnknownNameError
from greensilk.core.findings import findings_table
from greensilk.core.text import Amount, Label, Text, Times, catalogue, render_value
from greensilk.country.carbon_market import membership_source
from greensilk.country.gather import CountryGuide, gather
from greensilk.country.hazards import lead_hazards, read_hazards
from greensilk.country.model import Figure, Hazard
from greensilk.country.profile import CatalogueRow, describe_value, find_course, is_total
from greensilk.country.selection import (
    card_concepts,
    hazard_series,
    headline,
    market_of,
    power_series,
)
from greensilk.country.summary import find_extremes, pick_cards
from greensilk.country.view import brief_view, country_view
from greensilk.facts.catalogue import indicators
from greensilk.facts.query import Facts
from greensilk.reference.economies import economies
from greensilk.reference.laws import ambient_limits, laws

YEAR = 2026
LANGUAGES = ("en", "zh")


def read(value: object, lang: str) -> str:
    """Return every text in a document, or in a part of it."""
    if isinstance(value, str | int | float) or value is None:
        return f"{render_value(value, lang)}\n"
    if type(value).__module__ == "greensilk.core.text.parameters":
        return f"{render_value(value, lang)}\n"  # type: ignore[arg-type]
    if is_dataclass(value):
        skipped = ("data", "record", "numeric", "width", "folded", "menu", "finder", "sheet")
        names = [item.name for item in fields(value) if item.name not in skipped]
        return "".join(read(getattr(value, name), lang) for name in names)
    if isinstance(value, dict):
        return "".join(read(item, lang) for item in value.values())
    assert isinstance(value, list | tuple), value
    return "".join(read(item, lang) for item in value)


def section(guide: CountryGuide, name: str) -> Any:
    return next(part for part in country_view(guide).walk() if part.id == name)


def test_economy_by_any_name(facts: Facts, guide: CountryGuide) -> None:
    assert guide.economy.iso3 == "KEN"
    assert gather(facts, "kenya", year=YEAR) == guide
    with pytest.raises(UnknownNameError, match="KEN"):
        gather(facts, "Kenyaa")
    with pytest.raises(UnknownNameError, match="COD") as caught:
        gather(facts, "Congo")
    assert "国家或地区" in caught.value.message("zh")


def test_figures_keep_value_year_rank_source(guide: CountryGuide) -> None:
    figure = guide.figure("pm25")
    assert figure is not None
    assert (figure.value, figure.unit, figure.year) == (30.0, "ug/m**3", 2019)
    assert figure.value_label == Amount(30.0, "ug/m**3")
    assert (figure.partner_rank, figure.partner_of) == (64, 150)
    assert (figure.source, figure.carrier, figure.licence) == ("open", "wb_esg", "CC-BY-4.0")
    assert figure.is_key
    assert (figure.course, figure.turn) == ("up", "worse")
    assert figure.values == (20.0, 25.0, 30.0)


def test_old_restricted_and_doubtful_are_findings(guide: CountryGuide) -> None:
    outcomes: dict[str, set[str]] = {}
    for finding in guide.findings:
        outcomes.setdefault(finding.item, set()).add(finding.outcome)
    assert outcomes["wb_esg.pm"] == {"old"}  # 2019 is seven years before 2026
    assert outcomes["gcb.total"] == {"disputed"}  # 2021 is five years before
    assert outcomes["a.deaths"] == {"restricted"}
    assert "a.forest" not in outcomes
    counts = {row.item: row.params["count"] for row in guide.cautions}
    assert counts["restricted"] == sum(not figure.open for figure in guide.figures())
    assert counts["disputed"] == 1
    assert counts["old_all"] == sum(figure.year < 2021 for figure in guide.figures())


def test_findings_are_codes_with_words_in_both_languages(guide: CountryGuide) -> None:
    table = findings_table(guide.findings)
    assert set(table.column("subject").to_pylist()) == {"KEN"}
    assert set(table.column("room").to_pylist()) == {"country"}
    for finding in guide.findings:
        assert finding.reason_code in catalogue(), finding
    (dispute,) = [row for row in guide.findings if row.rule == "disagreement"]
    assert (dispute.value, dispute.low, dispute.high) == (19.9, 19.9, 39.8)
    assert dispute.params["spread"] == Times(pytest.approx(2.0))


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
    shown = read(section(guide, "disputes"), "en")
    assert "39.8 Mt CO₂e" in shown
    assert "used here" in shown


def test_alternatives_are_not_in_the_profile(guide: CountryGuide) -> None:
    assert guide.figure("edgar.total") is None


def test_treaties(guide: CountryGuide) -> None:
    by_code = {row.indicator: row for row in guide.treaties}
    paris, minamata = by_code["treaties.paris"], by_code["treaties.minamata"]
    assert (paris.party, paris.since, paris.provisional) == (True, 2017, False)
    assert (minamata.party, minamata.since, minamata.provisional) == (False, None, True)
    assert "treaties.paris" not in {row.indicator for row in guide.policies}
    assert [render_value(paris.label, lang) for lang in LANGUAGES] == [
        "Paris Agreement",
        "《巴黎协定》",
    ]


def test_every_treaty_of_the_catalogue_has_a_name() -> None:
    codes = [row.series for row in indicators().values() if row.dataset == "treaties"]
    assert [code for code in codes if f"country.treaty.{code}" not in catalogue()] == []


def test_policies_say_what_their_codes_mean(guide: CountryGuide) -> None:
    shown = {
        lang: {row.indicator: render_value(row.value_label, lang) for row in guide.policies}
        for lang in LANGUAGES
    }
    assert shown["en"]["nzt.neutrality_year"] == "2050"
    assert shown["zh"]["nzt.neutrality_target"] == "是"
    assert shown["en"]["nzt.target_status"] == "in a policy document"
    assert shown["zh"]["nzt.target_status"] == "写入政策文件"


def test_every_scale_of_the_catalogue_has_words_for_its_steps() -> None:
    labels = set(catalogue())
    for entry in indicators().values():
        assert (entry.kind == "coded") <= bool(entry.scale), entry.code
        if not entry.scale or entry.maximum is None:
            continue
        steps = range(round(entry.minimum or 0), round(entry.maximum) + 1)
        missing = [step for step in steps if f"scale.{entry.scale}.{step}" not in labels]
        assert missing == [], entry.code


def test_a_value_between_two_steps_is_a_number() -> None:
    assert describe_value(2.5, "1", "number", "hazard_level") == Amount(2.5, "1")
    assert describe_value(2.0, "1", "number", "hazard_level") == Label("scale.hazard_level.2")
    assert describe_value(12.0, "item", "number", "") == Amount(12.0, "1")


def test_power_sector(guide: CountryGuide) -> None:
    power = guide.electricity
    assert power.generation is not None
    assert [(part.kind, part.amount) for part in power.generation.parts] == [
        ("gas", 69.0),
        ("wind", 30.0),
        ("other", 1.0),
    ]
    assert sum(part.share for part in power.generation.parts) == pytest.approx(1.0)
    assert power.capacity_missing == ("gas",)
    assert "capacity_incomplete" in {row.item for row in guide.cautions}
    total = guide.figure("irena.capacity_total")
    assert total is not None
    assert total.findings == ("incomplete",)
    (wind,) = power.capacity_factors
    assert wind.reported == pytest.approx(0.022)
    assert wind.implied == pytest.approx(30.0 / (10.0 * 8.76))
    assert wind.doubtful
    assert [row.item for row in guide.findings if row.rule == "capacity_factor"] == ["wind"]


def test_grid_factors_are_those_of_the_reference_table(guide: CountryGuide) -> None:
    values = {(row.parameter, row.firmness): row.value for row in guide.electricity.factors}
    assert values["combined_margin", "intermittent"] == 461.6
    assert values["operating_margin", ""] == 574.0


def test_laws_and_limits_are_those_of_the_registers(guide: CountryGuide) -> None:
    assert sorted(line.law.title_en for line in guide.laws) == sorted(
        law.title_en for law in laws("KEN")
    )
    assert [line.limit for line in guide.limits] == ambient_limits("KEN", on=date(YEAR, 1, 1))
    line = next(
        line
        for line in guide.limits
        if (line.limit.pollutant, line.limit.averaging) == ("pm25", "year")
    )
    assert line.guideline is not None
    assert line.guideline.value == 5.0
    assert line.ratio == pytest.approx(line.limit.value / 5.0)


def test_limits_in_other_units_are_compared_in_one(facts: Facts) -> None:
    lines = gather(facts, "PAK", year=YEAR).limits
    line = next(row for row in lines if (row.limit.pollutant, row.limit.averaging) == ("co", "8h"))
    assert line.guideline is not None
    assert (line.limit.unit, line.guideline.unit) == ("mg/m**3", "mg/m**3")
    assert line.ratio == pytest.approx(line.limit.value / line.guideline.value)


def test_an_english_law_shows_its_own_title_beside_the_chinese_one(guide: CountryGuide) -> None:
    english, chinese = (read(section(guide, "laws"), lang) for lang in LANGUAGES)
    title = "Environmental Management and Co-ordination Act"
    assert english.count(f"{title}\n") == 1
    assert f"{title}\n" in chinese
    assert "环境管理与协调法" in chinese


def test_hazards(guide: CountryGuide) -> None:
    flood, *others = guide.hazards
    assert (flood.code, flood.level, flood.score) == ("river_flood", 3, 5.1)
    assert (flood.no_level, flood.no_score) == ("", "")
    assert render_value(flood.level_label, "zh") == "高"
    # the store was built without these series: nobody may read that as "not assessed"
    assert len(others) == len(hazard_series()) - 1
    assert {row.no_level for row in others} == {"not_loaded"}


def _entry(code: str, *, open_: bool = True) -> CatalogueRow:
    return CatalogueRow(code, "inform", code, "disasters", "jrc", "any", "", open_, open_)


def _scored(guide: CountryGuide, **values: float) -> list[Figure]:
    model = guide.figure("inform.river_flood")
    assert model is not None
    return [
        replace(model, indicator=f"inform.{name}", value=value) for name, value in values.items()
    ]


def test_hazards_without_levels_say_why_and_fall_back_on_scores(guide: CountryGuide) -> None:
    names = ("river_flood", "earthquake", "cyclone")
    entries = {f"inform.{name}": _entry(f"inform.{name}") for name in names}
    figures = _scored(guide, river_flood=2.0, cyclone=6.0)
    hazards = read_hazards(figures, entries, is_snapshot=True)
    by_code = {row.code: row for row in hazards}
    assert [row.code for row in hazards[:2]] == ["cyclone", "river_flood"]
    assert {row.no_level for row in hazards} == {"not_packaged"}
    assert by_code["earthquake"].no_score == "not_scored"  # in the snapshot, not for this country
    assert by_code["drought"].no_score == "not_packaged"
    starter = _with_hazards(guide, hazards)
    for lang, missing, absent in (
        ("en", "not in the packaged snapshot", "not assessed"),
        ("zh", "不在内置快照中", "未评估"),
    ):
        shown = read(section(starter, "hazards"), lang)
        assert missing in shown
        assert "INFORM" in shown
        assert "\n6\n" in shown
        assert absent not in shown
    sheet = country_view(starter).data["hazards"]
    assert 6.0 in [row[2] for row in sheet.rows]  # type: ignore[union-attr]


def _with_hazards(guide: CountryGuide, hazards: tuple[Hazard, ...]) -> CountryGuide:
    lead = lead_hazards(hazards)
    return replace(guide, hazards=hazards, hazard_lead=lead, is_snapshot=True)


def test_hazards_that_nobody_scored_or_that_a_licence_bars() -> None:
    entries = {
        code: _entry(code, open_=False)
        for row in hazard_series()
        for code in (row.level, row.score)
        if code
    }
    assert read_hazards([], entries, is_snapshot=False) == ()
    barred = read_hazards([], entries, is_snapshot=False, licence="open")
    assert {row.no_level for row in barred} == {"not_licensed"}
    unknown = read_hazards([], {}, is_snapshot=True)
    assert len(unknown) == len(hazard_series())
    assert {row.no_level for row in unknown} == {"not_packaged"}


def test_hazard_table_of_nothing_has_a_lead_that_says_so(guide: CountryGuide) -> None:
    empty = _with_hazards(guide, read_hazards([], {}, is_snapshot=True))
    lead = render_value(empty.hazard_lead, "zh")
    assert "不在内置快照中" in lead
    assert "INFORM" not in lead
    assert guide.hazard_lead.sentence == "country.hazards.lead"


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
    (theme,) = [row for row in guide.themes if row.code == "land_forest"]
    (forest,) = theme.key
    gdp = replace(forest, indicator="wdi.gdp", unit="USD", direction="neither", partner_rank=150)
    share = replace(forest, indicator="a.share", partner_rank=149)
    best, worst = find_extremes([replace(theme, figures=(forest, gdp, share))], YEAR)
    assert [row.indicator for row in best] == ["a.forest"]
    assert [row.indicator for row in worst] == ["a.share"]


def test_extremes_leave_out_doubtful_and_zero(guide: CountryGuide) -> None:
    assert [row.indicator for row in guide.best] == ["a.forest"]
    assert guide.worst == ()


def test_every_judged_unit_is_known_as_a_total_or_as_none() -> None:
    ratios = {
        *("1", "percent", "per_100k", "per_10k", "per_100", "per_mille", "ppb", "1/yr", "mm/yr"),
        *("degC", "delta_degC*day", "day", "yr", "ug/m**3", "mg/m**3"),
    }
    unknown = {
        row.unit
        for row in indicators().values()
        if row.direction != "neither"
        and not is_total(row.unit)
        and row.unit not in ratios
        and not any(part not in ("yr", "day") for part in row.unit.split("/")[1:])
    }
    assert unknown == set()


def test_members_of_a_shared_carbon_market_show_its_price(facts: Facts) -> None:
    poland = gather(facts, "POL", year=YEAR)
    assert poland.carbon_market == "eu_ets"
    price = poland.figure("carbon_price.ets_price")
    assert price is not None
    assert (price.value, price.year, price.values) == (61.3, 2024, (96.3, 61.3))
    assert (price.through, price.partner_rank) == ("eu_ets", None)
    assert membership_source("eu_ets") in poland.documents
    assert price.source in {line.id for line in poland.sources}
    for lang, mark in (("en", "through the EU ETS"), ("zh", "通过欧盟碳市场")):
        assert mark in render_value(price.label, lang)
        assert mark in read(section(poland, "climate"), lang)
        assert "61.3" in read(country_view(poland).head, lang)


def test_shared_price_stands_beside_the_national_one_and_nowhere_else(guide: CountryGuide) -> None:
    assert guide.carbon_market == ""
    prices = [row.value for row in guide.policies if row.concept == "carbon_price.ets_price"]
    assert prices == [7.0]
    assert market_of("GBR") == market_of("CHE") == ""
    assert sum(market_of(row.iso3) == "eu_ets" for row in economies()) == 30


def test_member_without_a_price_says_so(facts: Facts) -> None:
    poland = gather(facts, "POL", year=YEAR)
    bare = replace(poland, carbon_price=None, is_snapshot=True)
    assert "price not in the packaged snapshot" in read(country_view(bare).head, "en")


def test_cards_without_a_figure_give_way_to_others(guide: CountryGuide) -> None:
    forest = guide.figure("forest_share")
    assert forest is not None
    names = ["gdp_per_capita_ppp", "electricity_access", "water_stress", "forest_share",
             "life_expectancy", "urban_share"]  # fmt: skip
    assert set(names) <= set(card_concepts())
    figures = [
        replace(forest, concept=name, indicator=f"a.{name}", label=Text(name)) for name in names
    ]
    cards = pick_cards(figures, guide.electricity)
    assert [card.figure.concept for card in cards if card.figure] == names
    assert cards[3].label == Label("country.card.factor")
    nothing = replace(guide, cards=())
    assert "No key figures" in read(section(nothing, "key"), "en")


def test_country_without_a_fact_still_has_its_laws_and_factors(facts: Facts) -> None:
    empty = gather(facts, "LAO", year=YEAR)
    assert empty.figures() == ()
    assert {row.no_level for row in empty.hazards} == {"not_loaded"}
    assert empty.laws
    assert empty.electricity.factors
    for lang, missing in (("en", "not loaded in this store"), ("zh", "本数据库未载入")):
        assert missing in read(country_view(empty), lang)
        assert read(brief_view(empty), lang)


def test_partner_status_says_what_is_verified(facts: Facts) -> None:
    pakistan = read(country_view(gather(facts, "PAK", year=YEAR)).head, "en")
    assert "cooperation document signed\n2017\nverified" in pakistan
    assert "退出" in read(country_view(gather(facts, "ITA", year=YEAR)).head, "zh")


def test_licence_filter(facts: Facts) -> None:
    assert all(row.open for row in gather(facts, "KEN", year=YEAR, licence="open").figures())


def test_lists_of_the_guide_name_what_the_catalogue_has() -> None:
    known = set(indicators()) | {row.concept for row in indicators().values()}
    assert set(headline()) <= known
    assert set(card_concepts()) <= known
    assert {row.series for row in power_series()} <= known
    assert {code for row in hazard_series() for code in (row.level, row.score)} - {""} <= known


def test_every_unit_of_the_catalogue_can_be_printed() -> None:
    for unit in {row.unit for row in indicators().values()}:
        for lang in LANGUAGES:
            words = render_value(Amount(1.0, unit), lang)
            assert "**" not in words, unit
            assert "_" not in words, unit


@given(
    st.lists(st.integers(1950, 2030), min_size=2, max_size=30, unique=True).map(sorted),
    st.floats(-1e6, 1e6),
    st.data(),
)
def test_course_turns_with_the_better_end(years: list[int], base: float, data: Any) -> None:
    moves = st.lists(st.floats(-1e6, 1e6), min_size=len(years), max_size=len(years))
    values = [base + move for move in data.draw(moves)]
    course, turn = find_course(years, values, "higher_better")
    other_course, other_turn = find_course(years, values, "lower_better")
    assert course == other_course
    assert {turn, other_turn} in ({""}, {"better", "worse"})
    mirrored, _ = find_course(years, [-value for value in values], "neither")
    assert {"up": "down", "down": "up"}.get(course, course) == mirrored

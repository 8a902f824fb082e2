from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greensilk.core.errors import ReferenceTableError, UnknownNameError
from greensilk.core.text import catalogue
from greensilk.core.units import factor
from greensilk.reference.economies import economies, partners
from greensilk.reference.laws import (
    AVERAGING,
    KINDS,
    POLLUTANTS,
    STATUSES,
    ambient_limits,
    bodies,
    countries,
    laws,
    read_laws,
    sources,
)

LAWS = [law for code in countries() for law in laws(code)]
LIMITS = [limit for body in bodies() for limit in ambient_limits(body)]
TEN_YEAR_REPORT = {
    *("KEN", "GHA", "THA", "IDN", "MNG", "BGD", "PNG", "VNM", "LKA", "PAK", "MNE", "ARG", "ARE"),
    *("KAZ", "MYS", "LAO", "TGO", "HUN", "CHL", "UZB", "KHM", "PER", "CUB", "ETH", "TUN", "BEN"),
    *("ECU", "EGY", "WSM", "SYC", "BLR", "RUS", "KGZ", "SRB", "SGP", "ZAF", "NGA", "JOR", "SAU"),
    *("MMR", "PHL"),
}
REPEALED_BY_THE_CODE = {
    "环境保护法",
    "环境影响评价法",
    "海洋环境保护法",
    "大气污染防治法",
    "水污染防治法",
    "土壤污染防治法",
    "固体废物污染环境防治法",
    "噪声污染防治法",
    "放射性污染防治法",
    "清洁生产促进法",
}


def has(iso3: str, *kinds: str) -> bool:
    return any(law.status != "repealed" for kind in kinds for law in laws(iso3, kind=kind))


def test_at_least_a_hundred_partners_have_a_framework_law_and_one_on_impact_assessment():
    full = [
        item.iso3
        for item in partners()
        if has(item.iso3, "framework_law") and has(item.iso3, "eia_law", "eia_regulation")
    ]
    assert len(full) >= 100


@pytest.mark.parametrize("iso3", sorted(TEN_YEAR_REPORT))
def test_the_partners_of_the_report_are_complete(iso3):
    assert has(iso3, "framework_law")
    assert has(iso3, "eia_law", "eia_regulation")


def test_every_economy_exists():
    assert set(countries()) <= {item.iso3 for item in economies()}
    assert set(bodies()) - {"WHO", "EU"} <= {item.iso3 for item in economies()}


def test_every_row_cites_a_source_and_no_source_is_idle():
    used = {entry.source.id for entry in [*LAWS, *LIMITS]}
    assert used == set(sources())
    for source in sources().values():
        assert source.producer.en
        assert source.en
        assert source.licence.name


def test_what_nobody_looked_up_is_never_called_verified():
    assert all(entry.source.id != "unchecked" for entry in [*LAWS, *LIMITS] if entry.verified)
    assert all(not law.verified for law in LAWS if law.source.id == "unchecked")


def test_a_good_part_is_verified():
    assert sum(law.verified for law in LAWS) / len(LAWS) >= 0.2


@pytest.mark.parametrize("law", [law for law in LAWS if law.status == "repealed"], ids=str)
def test_a_repealed_law_names_a_successor_that_is_held_and_not_repealed(law):
    successors = [other for other in laws(law.iso3) if other.title_en == law.superseded_by]
    assert successors
    assert all(other.status != "repealed" for other in successors)


def test_only_a_repealed_law_has_a_successor():
    assert all(not law.superseded_by for law in LAWS if law.status in ("in_force", "amended"))


def test_no_entry_stands_twice_and_repealed_ones_come_last_within_a_kind():
    counts = Counter((law.iso3, law.kind, law.title_en) for law in LAWS)
    assert [key for key, count in counts.items() if count > 1] == []
    for code in countries():
        for kind in KINDS:
            repealed = [law.status == "repealed" for law in laws(code, kind=kind)]
            assert repealed == sorted(repealed)


def test_years_are_plausible_and_nothing_takes_effect_before_its_year():
    for law in LAWS:
        assert law.year is not None, law
        assert 1970 <= law.year <= 2026, law
        if law.dated:
            assert int(law.dated[:4]) == law.year, law
        if law.in_force_from:
            assert int(law.in_force_from[:4]) >= law.year, law
            assert law.in_force_from >= law.dated, law


def test_a_year_in_the_number_is_the_year_of_the_row():
    for law in LAWS:
        for word in law.number.replace("/", " ").replace("-", " ").replace(":", " ").split():
            if law.number.startswith(("GB ", "MNS", "GS ", "JS ")) and word == law.number[-4:]:
                assert int(word) == law.year, law


def test_addresses_and_portals_are_addresses():
    for law in LAWS:
        for word in filter(None, (law.address, law.portal)):
            parts = urlsplit(word)
            assert parts.scheme in ("http", "https"), law
            assert "." in parts.netloc, law
            assert " " not in word, law


def test_a_portal_is_a_site_and_one_for_an_economy():
    for code in countries():
        portals = {law.portal for law in laws(code) if law.portal}
        assert len(portals) <= 1, code
        assert all(not urlsplit(portal).query for portal in portals), code


def test_a_verified_row_has_an_address_or_says_where_it_was_seen():
    assert [
        law for law in LAWS if law.verified and not law.address and "seen" not in law.note
    ] == []


def test_a_link_is_the_page_before_the_portal():
    for law in LAWS:
        assert law.link() in (law.address, law.portal)
        assert not law.address or law.link() == law.address
        assert bool(law.link()) == bool(law.address or law.portal)


@pytest.mark.parametrize(
    ("kinds", "least"), [(("framework_law",), 60), (("eia_law", "eia_regulation"), 60)]
)
def test_many_partners_have_a_link(kinds, least):
    linked = [
        item.iso3
        for item in partners()
        if any(law.link() for kind in kinds for law in laws(item.iso3, kind=kind))
    ]
    assert len(linked) >= least


def test_the_number_of_a_law_that_was_looked_up_is_kept():
    assert laws("TON", kind="framework_law")[0].number == "Act No. 27 of 2010"
    assert laws("SLE", kind="framework_law")[0].in_force_from == "2022-09-15"
    assert laws("NPL", kind="framework_law")[0].dated == "2019-10-11"


def test_chinese_titles_are_chinese():
    for law in LAWS:
        assert any("\u4e00" <= char <= "\u9fff" for char in law.title_zh), law
        assert not any("\u4e00" <= char <= "\u9fff" for char in law.title_en), law


def test_the_code_of_china_repealed_ten_laws_and_holds_the_assessment_rules():
    code = laws("CHN", kind="framework_law", status="in_force")
    assert [law.title_zh for law in code] == ["中华人民共和国生态环境法典"]
    assert code[0].in_force_from == "2026-08-15"
    gone = [
        law for law in laws("CHN", status="repealed") if law.title_zh.startswith("中华人民共和国")
    ]
    assert {law.title_zh.removeprefix("中华人民共和国") for law in gone} == REPEALED_BY_THE_CODE
    assert all(law.superseded_by.startswith("Ecological and Environmental Code") for law in gone)
    assert has("CHN", "eia_law")


def test_the_air_standard_of_china_was_replaced_in_march_2026():
    old = next(law for law in laws("CHN") if law.number == "GB 3095-2012")
    new = next(law for law in laws("CHN") if law.number == "GB 3095-2026")
    assert old.status == "repealed"
    assert old.superseded_by == new.title_en
    assert new.holds()
    assert not old.holds()
    assert new.in_force_from == "2026-03-01"
    last_old = max(limit.valid_to for limit in LIMITS if limit.standard == "GB 3095-2012")
    first_new = min(limit.valid_from for limit in LIMITS if limit.standard == "GB 3095-2026")
    assert date.fromisoformat(last_old) + timedelta(days=1) == date.fromisoformat(first_new)


def china(pollutant: str, averaging: str, level: str, on: date) -> list[float]:
    found = ambient_limits("CHN", pollutant=pollutant, averaging=averaging, on=on)
    return [limit.value for limit in found if limit.level == level]


@given(
    st.dates(min_value=date(2016, 1, 1), max_value=date(2050, 1, 1)),
    st.sampled_from(["so2", "no2", "co", "o3", "pm10", "pm25"]),
    st.sampled_from(AVERAGING),
    st.sampled_from(["grade_1", "grade_2"]),
)
def test_china_has_at_most_one_limit_on_any_day_and_limits_never_rise(day, pollutant, time, level):
    values = china(pollutant, time, level, day)
    assert len(values) <= 1
    later = china(pollutant, time, level, date(2051, 1, 1))
    assert len(later) == len(values)
    assert later <= values


@pytest.mark.parametrize(
    ("pollutant", "averaging", "now", "from_2031"),
    [
        ("pm25", "year", [30], [25]),
        ("pm25", "24h", [60], [50]),
        ("pm10", "year", [60], [50]),
        ("no2", "year", [40], [30]),
        ("so2", "24h", [150], [50]),
        ("co", "24h", [4], [4]),
        ("o3", "8h", [160], [160]),
    ],
)
def test_grade_2_of_china_in_transition_and_after(pollutant, averaging, now, from_2031):
    assert china(pollutant, averaging, "grade_2", date(2026, 11, 1)) == now
    assert china(pollutant, averaging, "grade_2", date(2030, 12, 31)) == now
    assert china(pollutant, averaging, "grade_2", date(2031, 1, 1)) == from_2031


def test_every_limit_has_a_positive_value_a_mass_concentration_and_a_source():
    assert len(LIMITS) >= 200
    for limit in LIMITS:
        assert limit.value > 0
        assert limit.source.en
        assert limit.unit in ("ug/m**3", "mg/m**3")
        assert factor(limit.unit, "g/m**3") > 0
        assert not limit.valid_to or limit.valid_from <= limit.valid_to


def test_a_longer_mean_never_has_the_looser_limit():
    sets: dict[tuple[str, ...], dict[str, float]] = {}
    for limit in LIMITS:
        key = (
            limit.body,
            limit.pollutant,
            limit.level,
            limit.standard,
            limit.valid_from,
            limit.note,
        )
        sets.setdefault(key, {})[limit.averaging] = limit.value
    for key, values in sets.items():
        steps = [values[time] for time in ("1h", "8h", "24h", "year") if time in values]
        if key[:2] != ("PAK", "pm25"):
            assert steps == sorted(steps, reverse=True), (key, values)


def test_who_interim_targets_descend_to_the_guideline():
    for pollutant in POLLUTANTS:
        for time in AVERAGING:
            found = ambient_limits("WHO", pollutant=pollutant, averaging=time)
            ladder = {limit.level: limit.value for limit in found}
            if not ladder:
                continue
            interim = [ladder[name] for name in sorted(ladder) if name != "guideline"]
            assert [*interim, ladder["guideline"]] == sorted(ladder.values(), reverse=True)


def test_the_old_and_the_new_limits_of_the_european_union_follow_on():
    def pm25(day: date) -> list[float]:
        return [x.value for x in ambient_limits("EU", pollutant="pm25", averaging="year", on=day)]

    assert pm25(date(2029, 12, 31)) == [25]
    assert pm25(date(2030, 1, 1)) == [10]


def test_unknown_words_are_refused_with_the_nearest():
    with pytest.raises(UnknownNameError, match=r"kind of law.*framework_law"):
        laws("KEN", kind="framework")
    with pytest.raises(UnknownNameError, match="in_force"):
        laws("KEN", status="inforce")
    with pytest.raises(UnknownNameError, match="pm25"):
        ambient_limits("WHO", pollutant="pm2.5")
    with pytest.raises(UnknownNameError, match="24h"):
        ambient_limits("WHO", averaging="24")
    assert laws("ATA") == []
    assert ambient_limits("ATA") == []


def test_all_words_have_both_languages():
    words = catalogue()
    wanted = [
        *(f"laws.kind.{kind}" for kind in KINDS),
        *(f"laws.status.{status}" for status in STATUSES),
        *(f"laws.pollutant.{pollutant}" for pollutant in POLLUTANTS),
        *(f"laws.averaging.{time}" for time in AVERAGING),
        *(f"laws.level.{level}" for level in {limit.level for limit in LIMITS}),
    ]
    assert [key for key in wanted if key not in words] == []


BROKEN = """\
iso3,kind,title_en,title_original,title_zh,number,year,dated,in_force_from,language,address,portal,status,superseded_by,source,verified,note
KEN,framework_law,A law,,某法,,1999,,,en,,,in_force,,unchecked,yes,
KEN,no_such_kind,A law,,某法,,1999,,,en,,,in_force,,unchecked,false,
KEN,waste,A law,,某法,,1999,,1999-13-01,en,,,in_force,,unchecked,false,
KEN,waste,A law,,某法,,1999,,,en,,,in_force,,nowhere,false,
KEN,waste,A law,,某法,,1999,,,en,,,valid,,unchecked,false,
KEN,waste,A law,,某法,,1999,,,en,www.kenyalaw.org,,in_force,,unchecked,false,
"""


def test_every_broken_row_is_named_at_once(tmp_path):
    path = tmp_path / "laws.csv"
    path.write_text(BROKEN, encoding="utf-8")
    with pytest.raises(ReferenceTableError) as caught:
        read_laws(path)
    assert [(fault.row, fault.field) for fault in caught.value.faults] == [
        (2, "verified"),
        (3, "kind"),
        (4, "in_force_from"),
        (5, "source"),
        (6, "status"),
        (7, "address"),
    ]

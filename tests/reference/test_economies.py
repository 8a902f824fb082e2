from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import greensilk
from greensilk.core.errors import UnknownNameError
from greensilk.reference.economies import (
    Match,
    economies,
    economy,
    match,
    match_many,
    nearest,
    normalise,
    partners,
    sources,
)


def test_every_iso_entry_and_kosovo_once():
    codes = [item.iso3 for item in economies()]
    assert len(codes) == len(set(codes)) == 250
    assert len({item.iso2 for item in economies()}) == 250
    assert len({item.m49 for item in economies()}) == 250
    assert all(len(item.iso3) == 3 and len(item.iso2) == 2 for item in economies())
    assert economy("XKX").name_zh == "科索沃"


def test_pycountry_agrees_on_the_codes():
    import pycountry

    listed = {c.alpha_3: (c.alpha_2, int(c.numeric)) for c in pycountry.countries}
    held = {e.iso3: (e.iso2, e.m49) for e in economies() if e.iso3 != "XKX"}
    assert held == listed


@pytest.mark.parametrize(
    ("iso3", "zh"),
    [
        ("LAO", "老挝"),
        ("ARE", "阿联酋"),
        ("CIV", "科特迪瓦"),
        ("COG", "刚果（布）"),
        ("COD", "刚果（金）"),
        ("KOR", "韩国"),
        ("PRK", "朝鲜"),
        ("HKG", "中国香港"),
        ("MAC", "中国澳门"),
        ("TWN", "中国台湾"),
        ("BIH", "波黑"),
        ("MNE", "黑山"),
    ],
)
def test_chinese_names_are_those_in_official_use(iso3: str, zh: str):
    assert economy(iso3).name_zh == zh
    assert match(zh).iso3 == iso3


@pytest.mark.parametrize("item", economies(), ids=lambda item: item.iso3)
def test_each_economy_is_found_by_its_names_and_codes(item):
    for name in (item.name_en, item.name_zh, item.iso2, item.iso3, item.iso3.lower(), item.m49):
        assert match(name) == Match(item.iso3, (item.iso3,), "economy"), name
    assert match(f"{item.m49:03d}").iso3 == item.iso3


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("Lao People's Democratic Republic", "LAO"),
        ("COTE D'IVOIRE", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("Ｋｅｎｙａ", "KEN"),
        ("  kenya ", "KEN"),
        ("Bahamas, The", "BHS"),
        ("Gambia (the)", "GMB"),
        ("St. Kitts and Nevis", "KNA"),
        ("Turkey", "TUR"),
        ("Burma", "MMR"),
        ("Swaziland", "SWZ"),
        ("Cape Verde", "CPV"),
        ("Zaire", "COD"),
        ("West Bank and Gaza", "PSE"),
        ("Iran, Islamic Rep.", "IRN"),
        ("Korea (North), Democratic People's Republic of", "PRK"),
        ("British Virgin Islands (U.K.)", "VGB"),
        ("刚果(金)", "COD"),
        ("刚果（布）", "COG"),
        ("沙特", "SAU"),
        ("波斯尼亚和黑塞哥维那", "BIH"),
        ("蒙古", "MNG"),
        ("Niger", "NER"),
        ("Nigeria", "NGA"),
        ("Guinea", "GIN"),
        ("Dominica", "DMA"),
        ("NA", "NAM"),
        ("840.0", "USA"),
    ],
)
def test_spellings(name: str, iso3: str):
    assert match(name).iso3 == iso3


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("Congo", {"COD", "COG"}),
        ("刚果", {"COD", "COG"}),
        ("Korea", {"KOR", "PRK"}),
        ("朝鲜半岛", {"KOR", "PRK"}),
        ("圣马丁", {"MAF", "SXM"}),
    ],
)
def test_a_name_of_two_economies_is_not_guessed(name: str, candidates: set[str]):
    found = match(name)
    assert (found.iso3, found.kind, set(found.candidates)) == ("", "ambiguous", candidates)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("World", "aggregate"),
        ("WLD", "aggregate"),
        ("EU27", "aggregate"),
        ("Memo:  EU 27", "aggregate"),
        ("Africa", "aggregate"),
        ("Sub-Saharan Africa", "aggregate"),
        ("Upper middle income", "aggregate"),
        ("Channel Islands", "aggregate"),
        ("欧盟", "aggregate"),
        ("USSR", "dissolved"),
        ("Yugoslavia", "dissolved"),
        ("Netherlands Antilles", "dissolved"),
        ("Serbia and Montenegro", "dissolved"),
        ("Azores (Portugal)", "part"),
        ("Northern Cyprus", "part"),
        ("Atlantis", "unknown"),
        ("", "unknown"),
        (None, "unknown"),
        ("99999", "unknown"),
    ],
)
def test_what_is_not_one_economy_is_set_apart(name: str | None, kind: str):
    assert match(name).kind == kind
    assert match(name).iso3 == ""


def test_a_publisher_may_define_what_is_ambiguous_elsewhere():
    assert match("Congo", publisher="unsd").iso3 == "COG"
    assert match("Micronesia").iso3 == "FSM"
    assert match("Micronesia", publisher="unsd").kind == "aggregate"
    assert match("1", publisher="unsd").kind == "aggregate"
    assert match("002", publisher="unsd").kind == "aggregate"
    assert match("418", publisher="unsd").iso3 == "LAO"
    assert match("53", publisher="gaul").iso3 == "CHN"
    assert match("9999", publisher="gaul").kind == "unknown"
    assert match("kos", publisher="gapminder").iso3 == "XKX"


def test_match_many_keeps_order_and_length():
    names = ["Kenya", "Congo", "World", "老挝", "Kenya", None, 404]
    assert [found.iso3 for found in match_many(names)] == ["KEN", "", "", "LAO", "KEN", "", "KEN"]


@given(st.text(max_size=30))
def test_any_text_has_one_of_the_kinds_and_a_code_only_if_it_is_an_economy(text: str):
    found = match(text)
    assert (found.iso3 != "") == (found.kind == "economy")
    assert normalise(normalise(text)) == normalise(text)


def test_an_unknown_code_names_what_is_near():
    with pytest.raises(UnknownNameError, match="economy"):
        economy("KNY")
    assert nearest("Kazahstan") == ["KAZ"]
    assert nearest("zzzzzz") == []


def test_aliases_name_known_economies_and_do_not_stand_twice():
    path = Path(greensilk.__file__).parent / "reference" / "data" / "economy_aliases.csv"
    with path.open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    codes = {item.iso3 for item in economies()}
    assert {row["iso3"] for row in rows} <= codes
    keys = [(row["publisher"], normalise(row["alias"]), row["iso3"]) for row in rows]
    assert len(keys) == len(set(keys))


def test_partners_have_a_source_and_the_unverified_are_marked():
    listed = partners(("yes", "doubtful", "withdrawn"))
    assert len(listed) > 150
    for item in listed:
        document = item.partner
        assert document.source in sources(), item.iso3
        assert document.year is None or 2013 <= document.year <= 2026
        if document.verified:
            assert document.source != "official", item.iso3
        if document.year_verified:
            assert document.verified, item.iso3
            assert document.year is not None, item.iso3
        if document.year is None or document.status != "yes":
            assert document.note, item.iso3
        if document.status == "withdrawn":
            assert document.until is not None
    assert economy("ITA").partner.until == 2023
    assert economy("CHN").partner.status == economy("USA").partner.status == "no"
    assert economy("LAO") in partners()
    assert economy("ITA") not in partners()
    for source in sources().values():
        assert source.producer.en
        assert source.licence.name


def test_income_groups_and_regions():
    groups = {item.income_group for item in economies()}
    assert groups == {"low", "lower_middle", "upper_middle", "high", ""}
    assert economy("RUS").income_group == "high"
    assert economy("VEN").income_group == ""
    for item in economies():
        assert (item.income_group != "") == (item.income_year is not None)
        assert item.region or item.iso3 == "ATA", item.iso3


def test_importing_the_register_loads_no_heavy_library():
    code = (
        "import sys; from greensilk.reference.economies import match; match('Kenya');"
        "heavy = {'pandas', 'numpy', 'pycountry', 'pyarrow', 'polars'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.mirror
def test_every_name_of_the_publishers_files_is_known(mirror: Path):
    def rows(path: str) -> list[dict[str, str]]:
        with (mirror / path).open(encoding="utf-8") as handle:
            return list(csv.DictReader(handle))

    gapminder = "open-numbers+ddf--gapminder--systema_globalis/ddf--entities--geo--country.csv"
    unsd = "open-numbers+ddf--unstats--sdg_indicators/ddf--entities--geo_area.csv"
    plants = "wri+global-power-plant-database/output_database/global_power_plant_database.csv"
    names = [(row["country"], "gapminder") for row in rows(gapminder)]
    names += [(row["geo_area"], "unsd") for row in rows(unsd)]
    names += [(row["name"], "unsd") for row in rows(unsd)]
    names += [(row["country_long"], "gppd") for row in rows(plants)]
    names += [
        (row["geo"], "fao") for row in rows("open-numbers+ddf--unfao--fra/ddf--entities--geo.csv")
    ]
    unknown = {name for name, who in names if match(name, who).kind in ("unknown", "ambiguous")}
    assert unknown == {"Other non-specified areas in Eastern Asia"}
    for row in rows(gapminder):
        if len(row["iso3166_1_alpha3"]) == 3:
            assert match(row["country"], "gapminder").iso3 == row["iso3166_1_alpha3"]

"""Reading the store: by code, concept, name and year; ranks; comparisons."""

from __future__ import annotations

import pytest

from greensilk.core.errors import NotComparableError, UnknownNameError
from greensilk.facts import Facts

from .conftest import House


@pytest.fixture
def facts(house: House) -> Facts:
    house.build()
    return Facts.open(house.root)


def values(table: object) -> list[float]:
    return table.column("value").to_pylist()  # type: ignore[attr-defined, no-any-return]


def test_one_series(facts: Facts) -> None:
    table = facts.get("alpha.forest", economy="KEN")
    assert table.column("year").to_pylist() == list(range(2011, 2022))
    assert values(table)[0] == 1001.0


@pytest.mark.parametrize("name", ["KEN", "Kenya", "肯尼亚", "ke", "404"])
def test_economies_by_any_name(facts: Facts, name: str) -> None:
    assert facts.get("alpha.forest", economy=name).num_rows == 11


@pytest.mark.parametrize(
    ("year", "count"),
    [(None, 11), (2015, 1), ("2015", 1), ("2015:", 7), (":2015", 5), ("2013:2015", 3), (1900, 0)],
)
def test_years(facts: Facts, year: object, count: int) -> None:
    assert facts.get("alpha.rain", economy="LAO", year=year).num_rows == count  # type: ignore[arg-type]


def test_latest_leaves_projections_out(facts: Facts) -> None:
    latest = facts.get("beta.flood", economy="KEN", year="latest").to_pylist()
    assert [(row["year"], row["flag"]) for row in latest] == [(2019, "")]
    flags = facts.get("beta.flood", economy="KEN", year="2019:").column("flag").to_pylist()
    assert flags == ["", "projection", "projection"]


def test_concept_means_its_primary(facts: Facts) -> None:
    """alpha stands under an open licence, beta does not."""
    for name in ("forest_area", "森林面积", "Forest area"):
        assert set(facts.get(name).column("indicator").to_pylist()) == {"alpha.forest"}


def test_groups_of_economies(facts: Facts) -> None:
    partner = set(facts.get("alpha.forest", group="partner").column("economy").to_pylist())
    assert {"KEN", "LAO", "PAK"} <= partner
    assert "FRA" not in partner
    region = facts.get("alpha.forest", group="Eastern Africa", year=2020)
    assert region.column("economy").to_pylist() == ["KEN"]
    with pytest.raises(UnknownNameError, match="partnr"):
        facts.get("alpha.forest", group="partnr")


def test_licence_filter(facts: Facts) -> None:
    assert facts.get("beta.forest", licence="any").num_rows == 55
    assert facts.get("beta.forest", licence="open").num_rows == 0
    with pytest.raises(UnknownNameError, match="opne"):
        facts.get("beta.forest", licence="opne")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"indicator": "alpha.forrest"}, "alpha.forest"),
        ({"indicator": "alpha.forest", "economy": "Atlantis"}, "economy"),
        ({"indicator": "alpha.forest", "year": "soon"}, "latest"),
    ],
)
def test_unknown_names_are_told(facts: Facts, arguments: dict[str, str], message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        facts.get(**arguments)  # type: ignore[arg-type]


def test_profile_ranks_by_direction(facts: Facts) -> None:
    """Higher is better for forests: France has the most, Kenya the least."""
    rank = {
        code: next(r for r in facts.profile(code).to_pylist() if r["indicator"] == "alpha.forest")
        for code in ("KEN", "FRA", "PAK")
    }
    assert (rank["FRA"]["rank"], rank["KEN"]["rank"]) == (1, 5)
    assert rank["FRA"]["of"] == 5
    assert rank["FRA"]["partner_rank"] is None
    assert (rank["PAK"]["partner_rank"], rank["KEN"]["partner_rank"]) == (1, 3)
    assert rank["PAK"]["partner_of"] == 3
    assert rank["KEN"]["years"] == list(range(2011, 2022))
    assert rank["KEN"]["values"][-1] == rank["KEN"]["value"] == 1011.0


def test_profile_shows_primaries_unless_asked(facts: Facts) -> None:
    primaries = set(facts.profile("KEN").column("indicator").to_pylist())
    everything = set(facts.profile("KEN", primary=False).column("indicator").to_pylist())
    assert everything - primaries == {"beta.forest"}
    themes = set(facts.profile("KEN", theme="disasters").column("theme").to_pylist())
    assert themes == {"disasters"}


def test_compare_in_one_unit(facts: Facts) -> None:
    """beta says 100 times as many hectares: the same area as alpha's square kilometres."""
    rows = facts.compare("forest_area", economy="KEN").to_pylist()
    assert [row["indicator"] for row in rows] == ["alpha.forest", "beta.forest"]
    assert [row["value"] for row in rows] == [1011.0, pytest.approx(1011.0)]
    assert {row["unit"] for row in rows} == {"km**2"}
    assert [row["ratio"] for row in rows] == [pytest.approx(1.0)] * 2


def test_nothing_to_compare(facts: Facts) -> None:
    with pytest.raises(NotComparableError, match="only one publisher"):
        facts.compare("alpha.rain", economy="KEN")
    with pytest.raises(UnknownNameError, match="concept"):
        facts.compare("happiness", economy="KEN")


def test_search_in_both_languages(facts: Facts) -> None:
    assert facts.search("forest area").column("indicator")[0].as_py() == "alpha.forest"
    assert facts.search("森林").column("indicator")[0].as_py() == "alpha.forest"
    assert "alpha.rain" in facts.search("水资源").column("indicator").to_pylist()
    assert facts.search("forest", licence="open").column("indicator").to_pylist() == [
        "alpha.forest"
    ]
    assert facts.search("qqqqqq").num_rows == 0
    assert facts.search("  ").num_rows == 0


def test_groups_of_the_files_are_apart(facts: Facts) -> None:
    assert (
        facts.sql("SELECT count(*) FROM facts WHERE economy NOT IN ('KEN','LAO','PAK','CHN','FRA')")
        .column(0)[0]
        .as_py()
        == 0
    )
    world = facts.sql('SELECT DISTINCT "group" FROM groups')
    assert world.column(0).to_pylist() == ["World"]

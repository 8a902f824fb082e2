"""Finding what people ask for in their own words, slips of the keys included."""

from __future__ import annotations

import pytest

from greensilk.facts import Facts
from greensilk.facts.query import connect_snapshot
from greensilk.facts.search import rank


@pytest.fixture(scope="module")
def snapshot() -> Facts:
    return Facts(connect_snapshot(), "snapshot", True)


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("biodiversty", "biodiversity"),
        ("watr stres", "water stress"),
        ("renewble energy", "renewable energy"),
    ],
)
def test_slips_of_the_keys(snapshot: Facts, slip: str, word: str) -> None:
    meant = snapshot.search(word, most=20).column("indicator").to_pylist()
    found = snapshot.search(slip, most=20).column("indicator").to_pylist()
    assert found[0] in meant
    assert len(set(found) & set(meant)) >= min(5, len(meant))


def test_words_nothing_is_like_find_nothing(snapshot: Facts) -> None:
    assert snapshot.search("qqqqzzzz").num_rows == 0


def row(code: str, en: str, zh: str, theme: str = "policy") -> dict[str, object]:
    return {
        "indicator": code,
        "concept": code,
        "aliases": "",
        "en": en,
        "zh": zh,
        "theme": theme,
        "is_primary": True,
        "economies": 100,
        "definition_en": "",
        "definition_zh": "",
    }


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("碳价", "carbon_price.ets_price"),
        ("碳定价", "carbon_price.ets_price"),
        ("carbon pricing", "carbon_price.ets_price"),
        ("废水", "x.sewage"),
        ("雾霾", "x.pm25"),
        ("水环境", "x.sewage"),
    ],
)
def test_other_words_for_it(query: str, code: str) -> None:
    rows = [
        row("carbon_price.ets_price", "Price of emission allowances", "碳排放配额价格"),
        row("x.sewage", "Sewage treated", "污水处理率", "water_environment"),
        row("x.pm25", "Fine particles", "细颗粒物（PM2.5）浓度", "air"),
        row("x.forest", "Forest area", "森林面积", "land_forest"),
    ]
    assert [found["indicator"] for _, found in rank(rows, query)] == [code]

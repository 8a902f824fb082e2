"""Keys to codes, values to units, flags as declared; groups apart."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from greensilk.core.errors import SourceError
from greensilk.facts.harmonise import economy_codes, harmonise, resolve
from greensilk.facts.model import FLAGS

from .conftest import made_dataset, made_indicator


@pytest.mark.parametrize(
    ("kind", "keys", "expected"),
    [
        ("iso3", ["KEN", "lao", "XKX", "WLD"], {"KEN": "KEN", "lao": "LAO", "XKX": "XKX"}),
        ("iso2", ["ke", "XK", "EU"], {"ke": "KEN", "XK": "XKX"}),
        ("m49", ["404", "004", "412", "1", "830"], {"404": "KEN", "004": "AFG", "412": "XKX"}),
        ("gapminder", ["ken", "hos", "kos", "ussr"], {"ken": "KEN", "hos": "VAT", "kos": "XKX"}),
        ("worldbank", ["KEN", "WLD", "HIC"], {"KEN": "KEN"}),
        ("name", ["Lao PDR", "老挝", "Congo"], {"Lao PDR": "LAO", "老挝": "LAO"}),
    ],
)
def test_kinds_of_keys(kind: str, keys: list[str], expected: dict[str, str]) -> None:
    assert resolve(keys, kind) == expected


@given(st.sampled_from(sorted(economy_codes())))
def test_every_code_is_itself(code: str) -> None:
    for kind in ("iso3", "gapminder", "worldbank"):
        assert resolve([code], kind) == {code: code}


def run(rows: list[tuple[object, ...]], **given: object) -> tuple[pl.DataFrame, pl.DataFrame]:
    raw = pl.DataFrame(
        rows, schema=["series", "key", "year", "value", "flag"], orient="row", strict=False
    )
    one = made_indicator("alpha", "x", **given)
    facts, groups, _ = harmonise(raw, made_dataset("alpha"), {"x": one})
    return facts, groups


def test_conversion_and_identity() -> None:
    rows = [("x", "KEN", 2020, 0.1 + 0.2, "")]
    assert run(rows)[0]["value"].to_list() == [0.30000000000000004]  # to the last bit
    assert run(rows, from_unit="hectare")[0]["value"].to_list() == pytest.approx([0.003])


def test_flags() -> None:
    rows = [("x", "KEN", year, value, flag) for year, value, flag in (
        (2018, 5.0, "modelled"), (2019, 0.0, ""), (2020, 0.0, "estimated"), (2021, 7.0, ""),
    )]  # fmt: skip
    facts, _ = run(rows, zero_filled=True, projected_from=2021)
    assert facts["flag"].to_list() == ["modelled", "zero_filled", "zero_filled", "projection"]
    assert set(facts["flag"]) <= set(FLAGS)


def test_groups_are_set_apart() -> None:
    facts, groups = run([("x", "KEN", 2020, 1.0, ""), ("x", "WLD", 2020, 9.0, "")])
    assert facts["economy"].to_list() == ["KEN"]
    assert groups["group"].to_list() == ["World"]


def test_missing_and_infinite_figures_are_none() -> None:
    rows = [("x", "KEN", 2019, None, ""), ("x", "KEN", 2020, float("inf"), ""),
            ("x", "KEN", 2021, 1.0, "")]  # fmt: skip
    assert run(rows)[0]["year"].to_list() == [2021]


def test_first_of_two_figures_counts() -> None:
    raw = pl.DataFrame(
        {"series": "x", "key": ["KEN", "ken"], "year": [2020, 2020], "value": [1.0, 2.0]}
    )
    one = made_indicator("alpha", "x")
    facts, _, remarks = harmonise(raw, made_dataset("alpha"), {"x": one})
    assert facts["value"].to_list() == [1.0]
    assert [remark["check"] for remark in remarks] == ["duplicate"]


def test_uncatalogued_series_are_remarked() -> None:
    raw = pl.DataFrame({"series": ["x", "y"], "key": "KEN", "year": 2020, "value": 1.0})
    catalogue = {name: made_indicator("alpha", name) for name in ("x", "z")}
    _, _, remarks = harmonise(raw, made_dataset("alpha"), catalogue, {})
    assert {(r["check"], r["indicator"]) for r in remarks} == {
        ("not_catalogued", None),
        ("no_data", "alpha.z"),
    }


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"series": ["x"], "key": ["KEN"], "year": [2020]}, "no column"),
        ({"series": ["y"], "key": ["KEN"], "year": [2020], "value": [1.0]}, "none of the"),
        ({"series": ["x"], "key": ["Atlantis"], "year": [2020], "value": [1.0]}, "'Atlantis'"),
    ],
)
def test_what_stops_a_dataset(columns: dict[str, list[object]], message: str) -> None:
    one = made_indicator("alpha", "x")
    with pytest.raises(SourceError, match=message):
        harmonise(pl.DataFrame(columns), made_dataset("alpha"), {"x": one})

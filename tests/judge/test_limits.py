"""Limits and sentences are data: whole, ordered, and each with a reason."""

from __future__ import annotations

from string import Formatter

import numpy as np
import polars as pl
import pytest

from greensilk.core.text import LANGUAGES, catalogue
from greensilk.judge.detector import STATUSES
from greensilk.judge.intervals import bounds_of, gather
from greensilk.judge.limits import field_units, limits
from greensilk.judge.reasons import reason_blanks
from greensilk.judge.words import amount, compose, figure, percent
from greensilk.reference import read_rows

SLIPS = read_rows("greensilk.judge", "data", "slips.csv")


def blanks_of(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("limit", limits(), ids=lambda limit: limit.name)
class TestLimits:
    def test_has_a_source_and_an_order(self, limit):
        assert limit.source
        assert limit.blames
        stated = [x for x in (limit.minimum, limit.low, limit.high, limit.maximum) if x == x]
        assert stated == sorted(stated)
        assert stated

    def test_speaks_of_fields_the_schema_knows(self, limit):
        if limit.relative:
            assert {limit.numerator, limit.denominator} <= set(field_units())
        assert {name for name in (*limit.blames, *limit.exempt) if name != "*"} <= set(
            field_units()
        )

    def test_has_sentences(self, limit):
        for bound, reason in (
            (limit.minimum, limit.reason_low),
            (limit.maximum, limit.reason_high),
        ):
            assert (bound == bound) <= (f"reason.{reason}" in catalogue())
        if limit.relative:
            assert f"check.{limit.name}" in catalogue()
        for lang in LANGUAGES:
            assert limit.unit == "" or f"judge.unit.{limit.unit}" in catalogue(), lang


def test_every_slip_has_a_sentence():
    for row in SLIPS:
        assert f"reason.slip_{row['slip']}" in catalogue()
        assert 0 < float(row["low"]) <= float(row["high"])


def test_every_status_has_a_sentence():
    assert {f"detector.{name}" for name in STATUSES} <= set(catalogue())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sentences_have_no_blank_that_nothing_fills(lang):
    frame = pl.DataFrame(
        {name: [""] for name in ("unit", "limit_unit", "claim", "quantity", "lacks")}
    )
    known = set(reason_blanks(frame, lang)) | {"what"}
    for key, entry in catalogue().items():
        if key.startswith("reason."):
            assert blanks_of(entry[lang]) <= known, key
            assert blanks_of(entry["en"]) == blanks_of(entry["zh"]) or lang == "en", key


class TestWords:
    def words(self, value, lang):
        return pl.DataFrame({"x": [value]}).select(figure(pl.col("x"), lang))["x"][0]

    @pytest.mark.parametrize(
        ("value", "en", "zh"),
        [
            (0.0, "0", "0"),
            (0.17, "0.17", "0.17"),
            (999.6, "1,000", "1000"),
            (1234.0, "1,230", "1230"),
            (12_345.0, "12,300", "1.23万"),
            (1_008_000.0, "1.01 million", "101万"),
            (-90_500.0, "-90,500", "-9.05万"),
            (3.2e9, "3.2 billion", "32亿"),
            (0.00002, "0.00002", "0.00002"),
            (100.0, "100", "100"),
        ],
    )
    def test_figures(self, value, en, zh):
        assert self.words(value, "en") == en
        assert self.words(value, "zh") == zh

    def test_percentages(self):
        frame = pl.DataFrame({"x": [0.75, 0.036924, -0.5, 2.0]})
        assert frame.select(percent(pl.col("x")))["x"].to_list() == ["75%", "3.7%", "-50%", "200%"]

    def test_amounts(self):
        frame = pl.DataFrame({"x": [1e6, 0.5, 3.0], "u": ["tCO2e/yr", "1", "furlong"]})
        units = frame["u"].to_list()
        chinese = frame.select(amount(pl.col("x"), pl.col("u"), "zh", units))["x"].to_list()
        assert chinese[:2] == ["100万吨CO2当量/年", "50%"]

    def test_a_missing_sentence_is_said(self):
        with pytest.raises(Exception, match="no message is called"):
            compose("reason.of_no_kind", "en", {})
        with pytest.raises(Exception, match="fills the blank"):
            compose("reason.above_range", "en", {})


class TestIntervals:
    def test_a_rounded_a_ranged_and_an_open_claim(self):
        nan = np.nan
        low, high = bounds_of(
            np.array([9e4, 17.5, 10.0, 10.0]),
            np.array([nan, 15.0, nan, nan]),
            np.array([nan, 20.0, nan, nan]),
            np.array([5e3, 0.5, 0.5, nan]),
            np.array(["约", "", "at_least", "at_most"]),
        )
        assert low.tolist() == [8.5e4, 14.5, 10.0, -np.inf]
        assert high.tolist() == [9.5e4, 20.5, np.inf, 10.0]

    def frame(self, rows):
        names = ("project_id", "component", "claim", "value", "low", "high", "half", "unit",
                 "qualifier")  # fmt: skip
        types = [pl.String] * 3 + [pl.Float64] * 4 + [pl.String] * 2
        return pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")

    def test_gather_adds_components_unless_the_whole_is_stated(self):
        claims = self.frame(
            [
                ("p", "a", "annual_generation", 1.0, None, None, 0.1, "GWh/yr", ""),
                ("p", "b", "annual_generation", 2.0, None, None, 0.1, "GWh/yr", ""),
                ("q", "a", "annual_generation", 1.0, None, None, 0.1, "GWh/yr", ""),
                ("q", "", "annual_generation", 5.0, None, None, 0.1, "GWh/yr", ""),
            ]
        )
        projects = pl.DataFrame({"project_id": ["p", "p", "q"], "capacity": [1.0, 2.0, 4.0]})
        found = gather(claims, projects, {"annual_generation": "MWh/yr", "capacity": "MW"})
        assert found.projects == ("p", "q")
        value, low, high = found.column("annual_generation")
        assert value.tolist() == [3000.0, 5000.0]
        assert low.tolist() == pytest.approx([2800.0, 4900.0])
        assert high.tolist() == pytest.approx([3200.0, 5100.0])
        assert found.column("capacity")[0].tolist() == [3.0, 4.0]
        assert np.isnan(found.column("claimed_trees")[0]).all()

    def test_a_claim_wins_over_the_column_it_was_read_from(self):
        claims = self.frame([("p", "", "annual_generation", 1.0, None, None, 0.0, "MWh/yr", "")])
        projects = pl.DataFrame({"project_id": ["p"], "annual_generation": [7.0]})
        found = gather(claims, projects, {"annual_generation": "MWh/yr"})
        assert found.column("annual_generation")[0].tolist() == [1.0]

    def test_columns_with_their_own_rounding(self):
        projects = pl.DataFrame(
            {"project_id": ["p"], "annual_generation": [7.0], "annual_generation__half": [0.5]}
        )
        found = gather(self.frame([]), projects, {"annual_generation": "MWh/yr"})
        assert [column[0] for column in found.column("annual_generation")] == [7.0, 6.5, 7.5]

    def test_an_open_claim_reaches_one_unit_of_its_last_digit(self):
        claims = self.frame([("p", "", "claimed_trees", 1e5, None, None, 5e3, "tree", "at_least")])
        found = gather(claims, pl.DataFrame({"project_id": ["p"]}), {"claimed_trees": "tree"})
        assert [column[0] for column in found.column("claimed_trees")] == [1e5, 1e5, 1.1e5]

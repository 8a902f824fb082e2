"""Limits and sentences are data: whole, ordered, and each with a reason."""

from __future__ import annotations

from string import Formatter

import numpy as np
import polars as pl
import pytest

from greensilk.core.text import LANGUAGES, catalogue
from greensilk.core.text.numbers import format_unit
from greensilk.core.units import factor
from greensilk.judge.candidates import candidate_set
from greensilk.judge.consistency import field_units, limits
from greensilk.judge.figures import bound_statements, gather_figures
from greensilk.judge.ladders import LADDERS, ladder, ladder_params, thresholds
from greensilk.judge.verdicts import _slips

CODES = {
    "bound": {reason for item in limits() for reason in (item.reason_low, item.reason_high)},
    "reason_low": {item.reason_low for item in limits() if item.relative},
    "reason_high": {item.reason_high for item in limits() if item.relative},
    "band_low": {item.band_low for item in limits() if item.relative},
    "band_within": {item.band_within for item in limits() if item.relative},
    "band_high": {item.band_high for item in limits() if item.relative},
    "baseline": {"ambiguous", *candidate_set().kinds},
    "slip": {slip.slip for slip in _slips()},
}


def blanks_of(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("limit", limits(), ids=lambda limit: limit.name)
class TestLimits:
    def test_has_a_source_and_an_order(self, limit):
        assert limit.source
        assert limit.blames or limit.compares == "estimates"
        stated = [x for x in (limit.minimum, limit.low, limit.high, limit.maximum) if x == x]
        assert stated == sorted(stated)
        assert stated

    def test_speaks_of_fields_the_schema_knows(self, limit):
        if limit.relative and limit.compares == "claims":
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
            bands = (limit.band_low, limit.band_within, limit.band_high)
            assert {f"reason.{code}" for code in bands} <= set(catalogue())

    def test_has_a_unit_with_words_of_its_own_in_chinese(self, limit):
        assert not any("a" <= letter <= "z" for letter in format_unit(limit.unit, "zh"))


def test_every_slip_has_a_sentence():
    for slip in _slips():
        assert f"reason.slip_{slip.slip}" in catalogue()
        assert 0 < slip.low <= slip.high
        assert slip.note
        assert slip.source
        assert {name for name in slip.claims if name != "*"} <= set(field_units())


def test_every_threshold_has_a_reason_and_is_used_in_its_unit():
    for item in thresholds().values():
        assert item.reason
        assert item.source
        assert factor(item.unit, "1") == 1.0


@pytest.mark.parametrize("name", LADDERS)
class TestLadders:
    def reasons(self, name):
        """Yield every reason code of a ladder with the parameters that come with it."""
        rules = ladder(name)
        for rule, params in zip(rules.rules, ladder_params(rules), strict=True):
            blanks = blanks_of(rule.reason_code)
            if blanks == {"status"}:
                continue
            known = [CODES[blank] for blank in blanks] or [{""}]
            for code in sorted(filter(None, known[0]) if blanks else known[0]):
                yield rule.reason_code.format_map(dict.fromkeys(blanks, code)), set(params)

    def test_every_reason_has_its_sentence_filled_in_both_languages(self, name):
        for code, params in self.reasons(name):
            if not code:
                continue
            entry = catalogue()[f"reason.{code}"]
            for lang in LANGUAGES:
                assert blanks_of(entry[lang]) <= params, code
            assert blanks_of(entry["en"]) == blanks_of(entry["zh"]) or code.startswith("baseline_")

    def test_every_condition_is_used_and_has_words(self, name):
        conditions, measures = LADDERS[name]
        used = {term.name for terms in ladder(name).terms for term in terms}
        assert used == {*conditions, *measures}
        assert {f"condition.{name}.{item}" for item in used} <= set(catalogue())

    def test_every_case_has_an_outcome(self, name):
        # the last row has no conditions
        assert ladder(name).terms[-1] == ()


def test_no_sentence_is_left_over():
    codes = {code for name in LADDERS for code, _ in TestLadders().reasons(name)}
    known = {key.removeprefix("reason.") for key in catalogue() if key.startswith("reason.")}
    assert known == codes - {""}


class TestIntervals:
    def test_a_rounded_a_ranged_and_an_open_claim(self):
        nan = np.nan
        low, high = bound_statements(
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
        found = gather_figures(claims, projects, {"annual_generation": "MWh/yr", "capacity": "MW"})
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
        found = gather_figures(claims, projects, {"annual_generation": "MWh/yr"})
        assert found.column("annual_generation")[0].tolist() == [1.0]

    def test_columns_with_their_own_rounding(self):
        projects = pl.DataFrame(
            {"project_id": ["p"], "annual_generation": [7.0], "annual_generation__half": [0.5]}
        )
        found = gather_figures(self.frame([]), projects, {"annual_generation": "MWh/yr"})
        assert [column[0] for column in found.column("annual_generation")] == [7.0, 6.5, 7.5]

    def test_an_open_claim_reaches_one_unit_of_its_last_digit(self):
        claims = self.frame([("p", "", "claimed_trees", 1e5, None, None, 5e3, "tree", "at_least")])
        found = gather_figures(
            claims, pl.DataFrame({"project_id": ["p"]}), {"claimed_trees": "tree"}
        )
        assert [column[0] for column in found.column("claimed_trees")] == [1e5, 1e5, 1.1e5]

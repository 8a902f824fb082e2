"""Rules are rows: applied in order or all at once, and refused with all faults when wrong."""

from __future__ import annotations

import datetime

import numpy as np
import pytest

from greensilk.core.errors import ReferenceTableError
from greensilk.core.rules import Rule, Ruleset, Subjects, Threshold
from greensilk.core.text import LANGUAGES

A = np.array([True, True, False, False])
B = np.array([True, False, True, False])
X = np.array([1.0, 2.0, 3.0, np.nan])
SUBJECTS = Subjects(4, {"a": A, "b": B}, {"x": X})


def rule(name, order, conditions="", outcome="", **more):
    return Rule(rule=name, order=order, conditions=conditions, outcome=outcome or name, **more)


def ruleset(*rules, **more):
    return Ruleset("test", rules, conditions=("a", "b"), measures={"x": "kg"}, **more)


def faults_of(*rules, **more):
    with pytest.raises(ReferenceTableError) as caught:
        ruleset(*rules, **more)
    for fault in caught.value.faults:
        for lang in LANGUAGES:
            assert "{" not in fault.message(lang)
            assert str(fault.params["rule"]) in fault.message(lang)
    return [(fault.code, fault.params["rule"]) for fault in caught.value.faults]


def test_the_first_match_of_a_ladder_decides():
    rules = ruleset(rule("both", 1, "a & b"), rule("rest", 3), rule("one", 2, "a"))
    rows = rules.first_match(SUBJECTS)
    assert rules.outcomes(rows).tolist() == ["both", "one", "rest", "rest"]


def test_subjects_that_no_rule_is_about_have_no_outcome():
    rules = ruleset(rule("both", 1, "a & b", reason_code="why"))
    rows = rules.first_match(SUBJECTS)
    assert rows.tolist() == [0, -1, -1, -1]
    assert rules.outcomes(rows).tolist() == ["both", "", "", ""]
    assert rules.reason_codes(rows).tolist() == ["why", "", "", ""]


def test_a_condition_may_be_negated():
    assert ruleset(rule("n", 1, "not a & b")).first_match(SUBJECTS).tolist() == [-1, -1, 0, -1]


@pytest.mark.parametrize(
    ("comparison", "expected"),
    [("<", [0]), ("<=", [0, 1]), (">", [2]), (">=", [1, 2])],
)
def test_measures_are_compared_and_a_missing_one_never_matches(comparison, expected):
    rules = ruleset(rule("r", 1, f"x {comparison} threshold", threshold=2.0, unit="kg"))
    assert np.flatnonzero(rules.first_match(SUBJECTS) == 0).tolist() == expected


def test_a_threshold_is_converted_to_the_unit_of_the_measure():
    rules = ruleset(rule("r", 1, "x >= threshold", threshold=2000.0, unit="g"))
    assert rules.first_match(SUBJECTS).tolist() == [-1, 0, 0, -1]


def test_thresholds_may_be_shared_by_name():
    limit = Threshold(threshold="limit", value=3.0, unit="kg", reason="test")
    rules = ruleset(rule("r", 1, "x >= limit"), thresholds={"limit": limit})
    assert rules.first_match(SUBJECTS).tolist() == [-1, -1, 0, -1]


def test_all_matches_of_checks():
    rules = ruleset(rule("one", 1, "a"), rule("two", 2, "a & b"), ladder=False)
    subject, row = rules.all_matches(SUBJECTS)
    assert list(zip(subject.tolist(), row.tolist(), strict=True)) == [(0, 0), (0, 1), (1, 0)]


def test_what_a_missing_measure_leaves_open_is_told():
    rules = ruleset(rule("r", 1, "not a & x < threshold", threshold=9.0, unit="kg"), rule("s", 2))
    subject, row = rules.find_missing(SUBJECTS)
    assert (subject.tolist(), row.tolist()) == ([3], [0])


def test_any_all_and_some_legs_of_a_path():
    legs = [
        rule("first", 1, "a", "met", path="p"),
        rule("second", 2, "b", "met", path="p"),
        rule("third", 3, "x >= threshold", "met", threshold=2.0, unit="kg", path="p"),
    ]
    counts = ruleset(*legs, ladder=False).count_matches(SUBJECTS)
    assert counts["p"].tolist() == [2, 2, 2, 0]
    decide = Ruleset(
        "paths",
        [rule("all", 1, "legs >= threshold", threshold=3.0),
         rule("two", 2, "legs >= threshold", threshold=2.0), rule("none", 3)],
        measures={"legs": "1"},
    )  # fmt: skip
    rows = decide.first_match(Subjects(4, {}, {"legs": counts["p"].astype(float)}))
    assert decide.outcomes(rows).tolist() == ["two", "two", "two", "none"]


def test_only_the_rules_of_the_day_hold():
    old = rule("old", 1, "a", valid_to=datetime.date(2020, 12, 31))
    new = rule("new", 2, "a", valid_from=datetime.date(2021, 1, 1))
    for day, name in ((datetime.date(2020, 12, 31), "old"), (datetime.date(2021, 1, 1), "new")):
        rules = ruleset(old, new, day=day)
        assert rules.outcomes(rules.first_match(SUBJECTS)).tolist()[0] == name


def test_all_faults_are_refused_at_once():
    assert faults_of(
        rule("unread", 1, "a or b"),
        rule("negated", 2, "not x < threshold", threshold=1.0),
        rule("condition", 3, "c"),
        rule("measure", 4, "y < threshold", threshold=1.0),
        rule("name", 5, "x < limit"),
        rule("blank", 6, "x < threshold"),
        rule("unit", 7, "x < threshold", threshold=1.0, unit="h"),
        rule("dates", 8, valid_from=datetime.date(2021, 1, 1), valid_to=datetime.date(2020, 1, 1)),
    ) == [
        ("rule_term_unread", "unread"),
        ("rule_term_unread", "negated"),
        ("rule_condition_unknown", "condition"),
        ("rule_measure_unknown", "measure"),
        ("rule_threshold_unknown", "name"),
        ("rule_threshold_blank", "blank"),
        ("rule_unit", "unit"),
        ("rule_dates", "dates"),
    ]


@pytest.mark.parametrize(
    ("early", "late"),
    [
        ("a", "a & b"),
        ("", "b"),
        ("a & b", "b & a"),
        ("x > small", "x > large"),
        ("x >= small", "x > small"),
        ("x < large", "a & x <= small"),
    ],
)
def test_a_row_that_is_never_reached_is_refused(early, late):
    limits = {
        name: Threshold(threshold=name, value=value, unit="kg", reason="test")
        for name, value in (("small", 1.0), ("large", 2.0))
    }
    found = faults_of(rule("early", 1, early), rule("late", 2, late), thresholds=limits)
    assert found == [("rule_unreachable", "late")]
    ruleset(rule("late", 1, late), rule("early", 2, early + " & b" if early else ""),
            thresholds=limits, ladder=False)  # fmt: skip


def test_conditions_that_exclude_one_another_are_refused():
    limit = {"limit": Threshold(threshold="limit", value=1.0, unit="kg", reason="test")}
    pair = (rule("r", 1, "a & not a"), rule("s", 2, "x < limit & x >= limit"))
    assert [code for code, _ in faults_of(*pair, thresholds=limit)] == ["rule_impossible"] * 2
    ruleset(rule("r", 1, "x <= limit & x >= limit"), thresholds=limit)


def test_rows_that_stand_twice_are_refused():
    assert faults_of(rule("r", 1, "a"), rule("r", 2, "b")) == [("rule_twice", "r")]
    assert faults_of(rule("r", 1, "a"), rule("s", 1, "b")) == [("rule_twice", "s")]
    pair = (rule("r", 1, "a", "met"), rule("s", 2, "a", "met"))
    assert faults_of(*pair, ladder=False) == [("rule_repeated", "s")]


def test_no_subjects():
    empty = Subjects(0, {"a": np.zeros(0, bool), "b": np.zeros(0, bool)}, {"x": np.zeros(0)})
    rules = ruleset(rule("r", 1, "a"))
    assert rules.first_match(empty).shape == (0,)
    assert rules.all_matches(empty)[0].shape == (0,)

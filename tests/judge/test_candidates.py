"""The candidate baselines come from the tables, whole and labelled."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from greensilk.core.text import catalogue, render_value
from greensilk.judge import candidate_set
from greensilk.reference import load

SET = candidate_set()
PLACE = {candidate.id: place for place, candidate in enumerate(SET.candidates)}


def test_every_candidate_has_a_name_of_its_own():
    assert len(PLACE) == len(SET.candidates)
    for lang in ("en", "zh"):
        names = [render_value(candidate.label, lang) for candidate in SET.candidates]
        assert all(name and "{" not in name for name in names)
        assert len(set(names)) == len(names)


def test_kinds_stand_together():
    kinds = [candidate.kind for candidate in SET.candidates]
    changes = sum(first != second for first, second in pairwise(kinds))
    assert changes == len(set(kinds)) - 1
    for kind in SET.kinds:
        assert f"judge.kind.{kind}" in catalogue()
        assert f"reason.baseline_{kind}" in catalogue()
        assert f"reason.baseline_{kind}_other" in catalogue()


def test_a_year_of_the_thermal_fleet_is_the_table_s_row():
    table = load("china_thermal_fleet")
    factors = SET.factors[PLACE["china_thermal_fleet/2020"]]
    assert factors[0] == pytest.approx(0.832)
    assert factors[1] == pytest.approx(table.get("supply_coal_rate", fleet_year="2020").value)
    assert factors[2:] == pytest.approx([0.160, 0.179, 0.032])


def test_every_young_year_of_a_table_is_a_candidate():
    years = {
        int(row.year)
        for row in load("china_thermal_fleet").rows
        if row.parameter == "thermal_co2_factor" and int(row.year) >= 2000
    }
    assert years <= {c.year for c in SET.candidates if c.kind == "china_thermal_fleet"}


def test_margins_are_weighed_as_the_weights_table_says():
    row = SET.countries["KEN"]
    host = {SET.candidates[place].id: SET.host[row, index, 0]
            for index, place in enumerate(SET.host_index)}  # fmt: skip
    om, bm = host["host_grid/om"], host["host_grid/bm"]
    assert om == pytest.approx(0.574)
    assert host["host_grid/cm_50_50"] == pytest.approx(0.5 * om + 0.5 * bm)
    assert host["host_grid/cm_25_75"] == pytest.approx(0.25 * om + 0.75 * bm)
    # the list's own combined margins, as printed
    assert host["host_grid/cm_75_25"] == pytest.approx(0.4616)
    assert host["host_grid/cm_33_67"] == pytest.approx(0.2743)


def test_coal_and_raw_coal():
    standard = SET.factors[PLACE["coal_conversion/2016/simple"]]
    raw = SET.factors[PLACE["raw_coal_conversion/2016/simple"]]
    assert standard[0] / standard[1] == pytest.approx(2.5)
    assert raw[0] / raw[1] == pytest.approx(2.5)
    assert raw[1] / standard[1] == pytest.approx(1 / 0.7143)
    assert np.isnan(standard[2:]).all()


def test_a_mixture_takes_co2_from_the_host_and_the_rest_from_the_fleet():
    index = SET.host_index.tolist().index(PLACE["host_grid_and_fleet/om/2020"])
    factors = SET.host[SET.countries["KEN"], index]
    assert factors[0] == pytest.approx(0.574)
    assert factors[1:] == pytest.approx(SET.factors[PLACE["china_thermal_fleet/2020"]][1:])


def test_no_two_candidates_are_the_same_factors():
    fixed = [place for place in range(len(SET.candidates)) if place not in SET.host_index]
    vectors = {(SET.candidates[place].kind, *np.nan_to_num(SET.factors[place])) for place in fixed}
    assert len(vectors) == len(fixed)


def test_unknown_countries_share_a_row_of_nothing():
    rows = SET.country_rows(["ATLANTIS", ""])
    assert rows[0] == rows[1]
    assert np.isnan(SET.host[rows[0]]).all()


def test_figures_in_sentences_are_those_of_the_tables():
    table = load("saving_conventions")
    entries = catalogue()
    rule = table.get("saving_co2_factor", convention="one_kwh_saved").value
    coal = table.get("saving_coal_rate", convention="one_kwh_saved").value
    for lang in ("en", "zh"):
        name = entries["candidate.saving_convention"][lang]
        assert f"{1000 * rule:.0f}" in name
        assert f"{1000 * coal:.0f}" in name
        raw = 1 / table.get("raw_coal_equivalent").value
        assert f"{raw:.1f}" in entries["reason.baseline_raw_coal_conversion"][lang]
        assert f"{raw:.1f}" in entries["reason.baseline_raw_coal_conversion_other"][lang]

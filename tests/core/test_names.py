"""The glossary of names: one unit, words in both languages, rows for families and formulas."""

from __future__ import annotations

import pytest

from greensilk.core.errors import MethodError
from greensilk.core.names import glossary, name_record, positions, unit_of
from greensilk.core.text import LANGUAGES, catalogue, label
from greensilk.core.units import registry
from greensilk.methods import quantities


def test_every_name_has_words_in_both_languages_and_a_readable_unit() -> None:
    for name, record in glossary().items():
        assert all(catalogue()[record.label][lang] for lang in LANGUAGES), name
        registry().Unit("dimensionless" if record.unit in ("1", "") else record.unit)


def test_a_row_of_a_family_changes_what_it_says_and_inherits_the_rest() -> None:
    plain, industry = name_record("emission_cut"), name_record("emission_cut", "industry")
    assert (plain.unit, plain.additive) == (industry.unit, industry.additive) == ("1", False)
    assert (plain.level, industry.level) == ("detail", "headline")
    assert label(industry.label, "zh") == "单位产品碳排放降幅"


def test_a_row_of_a_formula_has_words_of_its_own() -> None:
    record = name_record("baseline_emissions", "offgrid", "offgrid.displaced_lamp_emissions")
    assert label(record.label) == "Baseline emissions (kerosene lamps displaced)"
    assert label(name_record("baseline_emissions", "offgrid").label) == "Baseline emissions"


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(MethodError, match="no_such_name"):
        unit_of("no_such_name")


def test_every_quantity_that_a_formula_yields_says_what_it_means() -> None:
    for record in quantities():
        for lang in LANGUAGES:
            assert catalogue()[f"meaning.{record.name}"][lang], record.name


def test_positions_follow_the_table() -> None:
    assert list(positions()) == list(glossary())
    assert positions()["emission_reductions"] == 0

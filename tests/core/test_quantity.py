"""What the decorator makes of a function, and the order of the formulas."""

from __future__ import annotations

import subprocess
import sys

import pytest

from greensilk.core.errors import MethodError
from greensilk.core.quantity import Value, quantity


def test_order_is_the_same_whatever_was_imported_first() -> None:
    def names(first: str) -> str:
        code = (
            f"import {first}; from greensilk.methods import quantities; "
            "print([record.method for record in quantities()])"
        )
        return subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout

    assert names("greensilk.methods.wastewater") == names("greensilk.methods.freight")


def test_a_name_that_the_glossary_lacks_is_refused() -> None:
    with pytest.raises(MethodError) as caught:

        @quantity("source")
        def emission_reductions(no_such_name: Value) -> Value:
            return no_such_name

    assert caught.value.code == "name_unknown"
    assert caught.value.params == {"name": "no_such_name"}
    for lang in ("en", "zh"):
        assert "no_such_name" in caught.value.message(lang)


def test_a_formula_has_a_source_for_each_family() -> None:
    @quantity({"electricity": "one document", ("waste", "industry"): "another"})
    def emission_cut(emission_reductions: Value, baseline_emissions: Value) -> Value:
        return emission_reductions / baseline_emissions

    record = emission_cut.quantity
    assert record.families == ("electricity", "waste", "industry")
    assert record.source_of("industry") == "another"
    assert record.source == "one document; another"
    # what the name is for an industry differs from what it is elsewhere
    assert record.level_of("industry") == "headline"
    assert record.level_of("waste") == "detail"


def test_only_a_deviating_unit_is_said() -> None:
    @quantity("source", units={"combined_margin": "gCO2e/kWh"}, name="baseline_emissions")
    def in_grams(net_generation: Value, combined_margin: Value) -> Value:
        return net_generation * combined_margin

    assert in_grams.quantity.inputs == {"net_generation": "MWh/yr", "combined_margin": "gCO2e/kWh"}
    assert in_grams.quantity.unit == "tCO2e/yr"


def test_a_formula_without_a_worked_value_says_so() -> None:
    @quantity("source")
    def emission_cut(emission_reductions: Value, baseline_emissions: Value) -> Value:
        """Return a share."""
        return emission_reductions / baseline_emissions

    with pytest.raises(ValueError, match="no worked value"):
        _ = emission_cut.quantity.example

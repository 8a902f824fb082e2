"""Every formula of freight, fleets and lighting: its example, its units, its words, its arrays."""

from __future__ import annotations

import numpy as np
import pytest

from greensilk.core.quantity import Quantity
from greensilk.core.text import label
from greensilk.core.units import quantity as with_unit
from greensilk.methods import quantities

MODULES = ("freight", "fleet", "reductions", "lighting")
FORMULAS = [q for q in quantities() if q.method.startswith(MODULES)]


@pytest.fixture(params=FORMULAS, ids=lambda q: q.method)
def formula(request) -> Quantity:
    return request.param


def test_there_are_formulas():
    assert len(FORMULAS) > 40


def test_declared_units_are_those_of_the_formula(formula: Quantity):
    """Quantities of the unit registry give the declared unit and the same number."""
    inputs, _ = formula.example
    plain = formula.function(*inputs.values())
    dressed = formula.function(
        *(with_unit(value, formula.inputs[name]) for name, value in inputs.items())
    )
    target = "dimensionless" if formula.unit == "1" else formula.unit
    converted = with_unit(1.0, target) * 0.0 + dressed
    assert converted.to(target).magnitude == pytest.approx(plain, rel=1e-9)


def test_projects_by_draws_broadcast(formula: Quantity):
    inputs, _ = formula.example
    wide = [
        np.full((3, 1) if index % 2 else (3, 4), value)
        for index, value in enumerate(inputs.values())
    ]
    result = formula.function(*wide)
    assert result.shape == (3, 4)
    assert np.allclose(result, formula.function(*inputs.values()))


def test_the_words_are_there(formula: Quantity):
    assert label(formula.label, "en")
    assert any("\u4e00" <= letter <= "\u9fff" for letter in label(formula.label, "zh"))
    assert formula.source
    assert formula.description


def test_ratios_and_intensities_are_not_added_up(formula: Quantity):
    if formula.unit in ("1", "gCO2e/tkm", "tCO2e/GJ", "tCO2e/MWh"):
        assert not formula.additive

"""Every registered formula: its worked example, its units, its behaviour on arrays, its imports."""

from __future__ import annotations

import ast
import math
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from greensilk.core.names import glossary, name_record
from greensilk.core.quantity import Quantity
from greensilk.core.text import LANGUAGES, catalogue
from greensilk.core.units import registry
from greensilk.methods import quantities
from greensilk.methods import registry as formulas

# names that only the claims audit uses: figures it holds claims against
AUDITED = {"all_power_co2_factor", "thermal_co2_factor"}
LEVELS = {"headline", "detail", "internal"}
FOLDER = Path(formulas.__file__).parent
MODULES = [FOLDER / f"{name}.py" for name in formulas.FORMULA_MODULES]
ALL = list(quantities())


def identity(record: Quantity) -> str:
    return record.method


def inputs_near_example(record: Quantity, rng: np.random.Generator, size: int) -> dict[str, Any]:
    """Random positive inputs: around the example, where a formula is meant to be used."""
    example, _ = record.example
    drawn = {}
    for name in record.inputs:
        centre = abs(float(example.get(name, 1.0))) or 0.5
        drawn[name] = centre * rng.uniform(0.6, 1.4, size)
        if 0.0 < centre <= 1.0 and record.inputs[name] == "1":
            drawn[name] = np.minimum(drawn[name], 0.5 + centre / 2)
    return drawn


def call(record: Quantity, values: dict[str, Any]) -> Any:
    """The formula of a record on inputs by name: choices have no parameter names of their own."""
    return record.function(*(values[name] for name in record.inputs))


def magnitude(result: Any, unit: str) -> Any:
    """The result as a plain number of ``unit``; fails with the reason if it has another unit."""
    ureg = registry()
    wanted = "dimensionless" if unit == "1" else unit
    if not hasattr(result, "to"):
        result = ureg.Quantity(result, "dimensionless")
    return result.to(wanted).magnitude


@pytest.mark.parametrize("record", ALL, ids=identity)
def test_the_record_is_complete(record: Quantity) -> None:
    missing = [
        what
        for what in ("name", "source", "unit", "description")
        if not str(getattr(record, what)).strip()
    ]
    assert not missing, f"{record.method}: nothing given for {', '.join(missing)}"
    for family, entry in record.entries.items():
        assert entry.level in LEVELS, f"{record.method}: level {entry.level!r}"
        assert record.sources[family], f"{record.method}: no source for {family}"
        assert all(catalogue()[entry.label][lang] for lang in LANGUAGES)
    assert list(record.example[0]) == list(record.inputs), (
        f"{record.method}: the example gives {list(record.example[0])}, "
        f"the formula needs {list(record.inputs)}"
    )
    for unit in (record.unit, *record.inputs.values()):
        registry().Unit("dimensionless" if unit == "1" else unit)


@pytest.mark.parametrize("record", ALL, ids=identity)
def test_the_worked_example_comes_out(record: Quantity) -> None:
    """The docstring is run as a doctest too; here the value that the method book shows."""
    inputs, expected = record.example
    result = float(call(record, dict(inputs)))
    # a printed value is rounded: it must agree to the last digit shown
    digits = max(0, -int(Decimal(repr(expected)).normalize().as_tuple().exponent))
    assert math.isclose(round(result, digits), expected, rel_tol=1e-9), (
        f"{record.method}({dict(inputs)}) gives {result!r}, its example says {expected!r}"
    )


@pytest.mark.parametrize("record", ALL, ids=identity)
def test_the_units_are_coherent(record: Quantity) -> None:
    """The same call on quantities with units gives the declared unit and the plain number."""
    ureg = registry()
    plain = inputs_near_example(record, np.random.default_rng(1), 16)
    with_units = {
        name: ureg.Quantity(plain[name], "dimensionless" if unit == "1" else unit)
        for name, unit in record.inputs.items()
    }
    expected = np.asarray(call(record, plain), float)
    try:
        found = np.asarray(magnitude(call(record, with_units), record.unit), float)
    except Exception as error:
        pytest.fail(
            f"{record.method} declared in {record.unit}: "
            f"{record.expression} with {dict(record.inputs)} says: {error}"
        )
    np.testing.assert_allclose(
        found,
        expected,
        rtol=1e-9,
        atol=1e-12,
        err_msg=f"{record.method}: a conversion constant hides in {record.expression}",
    )


@pytest.mark.parametrize("record", ALL, ids=identity)
def test_arrays_give_what_scalars_give(record: Quantity) -> None:
    rng = np.random.default_rng(2)
    rows, draws = 3, 4
    matrix = inputs_near_example(record, rng, rows * draws)
    shaped = {
        name: values.reshape(rows, draws)[:, :1] if index % 2 else values.reshape(rows, draws)
        for index, (name, values) in enumerate(matrix.items())
    }
    shape = np.broadcast_shapes(*(values.shape for values in shaped.values()))
    found = np.broadcast_to(np.asarray(call(record, shaped), float), shape)
    full = {name: np.broadcast_to(values, shape) for name, values in shaped.items()}
    for place in np.ndindex(shape):
        alone = float(call(record, {name: float(full[name][place]) for name in full}))
        assert math.isclose(float(found[place]), alone, rel_tol=1e-12, abs_tol=1e-300) or (
            math.isnan(alone) and math.isnan(float(found[place]))
        ), f"{record.method}: {found[place]!r} in an array, {alone!r} alone"


def test_one_name_has_one_unit() -> None:
    """Formulas of one name for different families must be convertible into each other."""
    ureg = registry()
    first: dict[str, Quantity] = {}
    for record in ALL:
        other = first.setdefault(record.name, record)
        unit, known = (
            ureg.Unit("dimensionless" if r.unit == "1" else r.unit) for r in (record, other)
        )
        assert unit.dimensionality == known.dimensionality, (
            f"{record.name} is {record.unit} in {record.method} and {other.unit} in {other.method}"
        )


def test_one_name_has_one_formula_at_one_place() -> None:
    """Two formulas of one name that serve one family must differ in rank or in condition."""
    seen: dict[tuple[Any, ...], Quantity] = {}
    for record in ALL:
        condition = tuple(sorted((key, values) for key, values in record.where.items()))
        for family in record.families:
            key = (record.name, family, record.rank, condition)
            other = seen.setdefault(key, record)
            assert other is record, (
                f"{record.method} and {other.method} both give {record.name} for {family} "
                f"at rank {record.rank}"
            )


def test_inputs_are_provided_in_a_convertible_unit() -> None:
    """An input that is itself a formula's result must have the dimension of that result."""
    ureg = registry()
    provided = {record.name: record for record in ALL}
    for record in ALL:
        for name, unit in record.inputs.items():
            source = provided.get(name)
            if source is None:
                continue
            here, there = (
                ureg.Unit("dimensionless" if u == "1" else u).dimensionality
                for u in (unit, source.unit)
            )
            assert here == there, (
                f"{record.method} takes {name} in {unit}, {source.method} gives {source.unit}"
            )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_methods_module_imports_only_numpy_and_the_decorator(path: Path) -> None:
    allowed = {"__future__", "numpy", "greensilk.core.quantity"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "."]
        for name in names:
            assert name in allowed, f"{path.name} line {node.lineno} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_branch_on_values(path: Path) -> None:
    """Formulas branch with np.where: a Python if would fail on arrays."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and any(
            isinstance(mark, ast.Call) and getattr(mark.func, "id", "") == "quantity"
            for mark in node.decorator_list
        ):
            branches = [
                inner
                for inner in ast.walk(node)
                if isinstance(inner, ast.If | ast.IfExp | ast.While)
            ]
            assert not branches, f"{path.name}: {node.name} branches in Python"


def test_no_two_formulas_say_the_same() -> None:
    """A formula that several kinds of project share stands once, with a source for each."""
    first: dict[tuple[str, str], Quantity] = {}
    for record in ALL:
        if record.formula:
            continue  # a choice: the same input may stand in under several conditions
        other = first.setdefault((record.name, record.expression), record)
        assert other is record, f"{record.method} repeats {other.method}"


def test_the_glossary_has_no_name_that_is_never_used() -> None:
    used = {name for record in ALL for name in (record.name, *record.inputs)}
    assert set(glossary()) - used <= AUDITED


def test_units_deviate_from_the_glossary_only_where_a_formula_says_so() -> None:
    deviating = {
        name
        for record in ALL
        for name, unit in record.inputs.items()
        if unit != name_record(name).unit
    }
    assert len(deviating) <= 15


def test_a_formula_for_several_families_is_narrowed_to_one() -> None:
    record = next(one for one in ALL if one.method == "reductions.emission_reductions")
    narrow = record.narrowed(["wastewater"])
    assert narrow.families == ("wastewater",)
    assert narrow.source == record.source_of("wastewater")
    assert "AMS-III.H" in narrow.source
    assert record.narrowed(["planting"]) is record


def test_every_choice_passes_its_input_on() -> None:
    choices = [record for record in ALL if record.formula]
    assert len(choices) > 25
    for record in choices:
        assert call(record, {record.formula: 2.5}) == 2.5
        assert set(record.inputs.values()) == {record.unit}


def test_every_source_names_known_documents_and_every_document_is_cited() -> None:
    """The registry puts the document in the place of its id; an unknown id would not load."""
    sources = " ".join(source for record in ALL for source in record.sources.values())
    assert "{" not in sources
    for document in formulas.documents().values():
        assert document.cited_as in sources, document.id
        assert document.publisher, document.id
        assert document.address == "" or document.address.startswith("https://"), document.id

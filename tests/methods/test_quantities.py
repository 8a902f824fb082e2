"""Every registered formula: its worked example, its units, its behaviour on arrays, its imports."""

from __future__ import annotations

import ast
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import greensilk.methods
from greensilk.core.quantity import Quantity, quantities
from greensilk.core.units import registry

LEVELS = {"headline", "detail", "internal"}
MODULES = sorted(Path(greensilk.methods.__file__).parent.glob("*.py"))
ALL = list(quantities())


def identity(record: Quantity) -> str:
    return record.method


def inputs_near_example(record: Quantity, rng: np.random.Generator, size: int) -> dict[str, Any]:
    """Random positive inputs: around the example, where a formula is meant to be used."""
    example = record.example[0] if record.example else {}
    drawn = {}
    for name in record.inputs:
        centre = abs(float(example.get(name, 1.0))) or 0.5
        drawn[name] = centre * rng.uniform(0.6, 1.4, size)
        if 0.0 < centre <= 1.0 and record.inputs[name] == "1":
            drawn[name] = np.minimum(drawn[name], 0.5 + centre / 2)
    return drawn


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
        for what in ("name", "en", "zh", "source", "unit", "description")
        if not str(getattr(record, what)).strip()
    ]
    assert not missing, f"{record.method}: nothing given for {', '.join(missing)}"
    assert record.level in LEVELS, f"{record.method}: level {record.level!r}"
    assert record.example is not None, f"{record.method}: no worked example"
    assert set(record.example[0]) == set(record.inputs), (
        f"{record.method}: the example gives {sorted(record.example[0])}, "
        f"the formula needs {sorted(record.inputs)}"
    )
    for unit in (record.unit, *record.inputs.values()):
        registry().Unit("dimensionless" if unit == "1" else unit)


@pytest.mark.parametrize("record", ALL, ids=identity)
def test_the_worked_example_comes_out(record: Quantity) -> None:
    assert record.example is not None, f"{record.method}: no worked example"
    given, expected = record.example
    result = float(record.function(**given))
    assert math.isclose(result, expected, rel_tol=1e-6, abs_tol=1e-12), (
        f"{record.method}({dict(given)}) gives {result!r}, its example says {expected!r}"
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
    expected = np.asarray(record.function(**plain), float)
    try:
        found = np.asarray(magnitude(record.function(**with_units), record.unit), float)
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
    found = np.broadcast_to(np.asarray(record.function(**shaped), float), shape)
    full = {name: np.broadcast_to(values, shape) for name, values in shaped.items()}
    for place in np.ndindex(shape):
        alone = float(record.function(**{name: float(full[name][place]) for name in full}))
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
    if path.stem == "__init__":
        pytest.skip("the package imports its modules by name")
    allowed = {"__future__", "typing", "collections.abc", "numpy", "greensilk.core.quantity"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "."]
        for name in names:
            fellow = name.startswith("greensilk.methods.")
            assert name in allowed or fellow, f"{path.name} line {node.lineno} imports {name}"


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

"""The quantity: a pure function whose parameters are other quantities.

A formula is written once, in NumPy, with parameter names that are the names of other quantities,
of project fields or of reference facts. What its names mean stands in the glossary
(:mod:`greensilk.core.names`); the decorator adds what is the formula's own: its source, the kinds
of project it serves, under which condition. The docstring tells a reader what it is and holds a
worked value. The same function then gives the point value, the range (on arrays of draws), the unit
check (on quantities of a unit registry) and the explanation (on one project, step by step).

Formulas are written in coherent units: no conversion constant may hide inside. A test calls every
formula with quantities of a unit registry and compares with the plain call, so a unit of the
glossary that disagrees with the formula cannot pass.

>>> @quantity("CDM ACM0002 v22.0, equation 11", family="electricity")
... def baseline_emissions(net_generation: Value, combined_margin: Value) -> Value:
...     '''Return what the grid would have emitted.
...
...     >>> baseline_emissions(1000.0, 0.5)
...     500.0
...     '''
...     return net_generation * combined_margin
>>> baseline_emissions(1000.0, 0.5)
500.0
>>> record = baseline_emissions.quantity
>>> record.unit, record.inputs["combined_margin"]
('tCO2e/yr', 'tCO2e/MWh')
>>> record.example
({'net_generation': 1000.0, 'combined_margin': 0.5}, 500.0)
"""

from __future__ import annotations

import ast
import doctest
import inspect
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from greensilk.core.names import Level, NameRecord, name_record, unit_of

__all__ = ["ALL_FAMILIES", "Example", "Quantity", "Value", "by_family", "quantity"]

# what formulas take and give: one number, or an array of projects, of draws or of both
Value = float | npt.NDArray[np.float64]
Function = TypeVar("Function", bound=Callable[..., Value])
# inputs by name and the result they give
Example = tuple[Mapping[str, float], float]
# one text for all families, or a text for each family (or several families) of project
ByFamily = str | Mapping[str | tuple[str, ...], str]
ALL_FAMILIES = "*"


@dataclass(frozen=True)
class Quantity:
    """What is known of one formula.

    Parameters
    ----------
    method
        Stable identifier of the formula: ``module.function``.
    entries
        What the glossary says of the quantity it yields, for every family of project the formula
        serves (``electricity``, ``freight``, ...; ``*`` for all).
    sources
        The document the formula comes from, for the same families.
    unit
        Unit of the result; ``inputs`` gives the unit of each parameter.
    where
        Attributes a project must have for the formula to apply, such as ``{"grid": ("off",)}``.
    rank
        Smaller is tried first among the providers of one name; project fields are 0, formulas 10
        and reference facts 20 unless said otherwise.
    formula, summary, worked
        Text, first paragraph and worked value where they do not stand in the function's code.
    """

    method: str
    entries: Mapping[str, NameRecord]
    sources: Mapping[str, str]
    unit: str
    inputs: Mapping[str, str]
    function: Callable[..., Value]
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rank: int = 10
    verified: bool = False
    formula: str = ""
    summary: str = ""
    worked: Example | None = None

    @cached_property
    def families(self) -> tuple[str, ...]:
        """Return the families of project the formula serves."""
        return tuple(self.entries)

    @cached_property
    def _first(self) -> NameRecord:
        return next(iter(self.entries.values()))

    @property
    def name(self) -> str:
        """Return the quantity it yields; several formulas may yield one for different projects."""
        return self._first.name

    @property
    def additive(self) -> bool:
        """Tell whether values of several components or projects may be summed."""
        return self._first.additive

    @property
    def level(self) -> Level:
        """Return how prominent the result is for the first family (see :meth:`level_of`)."""
        return self._first.level

    @property
    def label(self) -> str:
        """Return the key of the words for the result in the catalogue."""
        return self._first.label

    @cached_property
    def source(self) -> str:
        """Return the documents the formula comes from, of all families."""
        return "; ".join(dict.fromkeys(self.sources.values()))

    def serves(self, family: str) -> bool:
        """Tell whether the formula is for projects of ``family``."""
        return ALL_FAMILIES in self.entries or family in self.entries

    def level_of(self, family: str) -> Level:
        """Return how prominent the result is for projects of ``family``."""
        return self.entries.get(family, self._first).level

    def source_of(self, family: str) -> str:
        """Return the document the formula comes from for projects of ``family``."""
        return self.sources.get(family) or self.source

    def narrowed(self, families: Iterable[str]) -> Quantity:
        """Return the record as far as it concerns ``families``, with their sources only."""
        entries = {name: self.entries[name] for name in self.entries if name in set(families)}
        sources = {name: self.sources[name] for name in entries}
        return replace(self, entries=entries, sources=sources) if entries else self

    @cached_property
    def expression(self) -> str:
        """Return the formula as text, read from the code itself so that it cannot differ."""
        if self.formula:
            return self.formula
        tree = ast.parse(textwrap.dedent(inspect.getsource(self.function)))
        lines = []
        for node in ast.walk(tree):
            if isinstance(node, ast.Return) and node.value is not None:
                lines.append(ast.unparse(node.value))
            elif isinstance(node, ast.AnnAssign) and node.value is not None:
                lines.append(f"{ast.unparse(node.target)} = {ast.unparse(node.value)}")
            elif isinstance(node, ast.Assign | ast.AugAssign):
                lines.append(ast.unparse(node))
        return "; ".join(lines).replace("np.", "")

    @property
    def description(self) -> str:
        """Return the first paragraph of the formula's docstring."""
        return self.summary or (inspect.getdoc(self.function) or "").partition("\n\n")[0]

    @cached_property
    def example(self) -> Example:
        """Return the worked value of the docstring: the inputs and what the formula gives.

        Raises
        ------
        ValueError
            If the docstring has no call of the formula with plain numbers.
        """
        return self.worked or _read_example(self.function)


def _read_example(function: Callable[..., Value]) -> Example:
    name = function.__name__
    for example in doctest.DocTestParser().get_examples(inspect.getdoc(function) or ""):
        for node in ast.walk(ast.parse(example.source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                values = [float(ast.literal_eval(argument)) for argument in node.args]
                inputs = dict(zip(inspect.signature(function).parameters, values, strict=True))
                return inputs, float(ast.literal_eval(example.want.strip()))
    raise ValueError(f"{function.__module__}.{name} has no worked value in its docstring")


def by_family(
    name: str, method: str, source: ByFamily, family: str | Iterable[str]
) -> tuple[dict[str, NameRecord], dict[str, str]]:
    """Return glossary records and sources by family, as :class:`Quantity` keeps them."""
    sources: dict[str, str] = {}
    if isinstance(source, str):
        sources = dict.fromkeys((family,) if isinstance(family, str) else family, source)
    else:
        for key, document in source.items():
            sources |= dict.fromkeys((key,) if isinstance(key, str) else key, document)
    return {key: name_record(name, key, method) for key in sources}, sources


def quantity(
    source: ByFamily,
    *,
    family: str | tuple[str, ...] = ALL_FAMILIES,
    name: str | None = None,
    units: Mapping[str, str] | None = None,
    where: Mapping[str, str | tuple[str, ...]] | None = None,
    rank: int = 10,
    verified: bool = False,
) -> Callable[[Function], Function]:
    """Declare a function as the formula of a quantity (see :class:`Quantity`).

    The function stays an ordinary function; its record hangs on it as ``function.quantity``.

    Parameters
    ----------
    source
        Document and clause the formula comes from (``{acm0002}, section 5``, where the room of
        formulas lists the document); where that depends on the family of project, a mapping
        ``{family or families: source}``, which then says the families too.
    name
        The quantity it yields, where the function is called differently.
    units
        Units that deviate from those of the glossary, by name.

    Raises
    ------
    MethodError
        If the glossary lacks the quantity or a parameter.
    """

    def declare(function: Function) -> Function:
        yields = name or function.__name__
        code = function.__code__
        special = units or {}
        method = f"{function.__module__.rpartition('.')[2]}.{function.__name__}"
        entries, sources = by_family(yields, method, source, family)
        function.quantity = Quantity(  # type: ignore[attr-defined]
            method=method,
            entries=entries,
            sources=sources,
            unit=special.get(yields) or unit_of(yields),
            inputs={
                parameter: special.get(parameter) or unit_of(parameter)
                for parameter in code.co_varnames[: code.co_argcount]
            },
            function=function,
            where={
                key: (value,) if isinstance(value, str) else tuple(value)
                for key, value in (where or {}).items()
            },
            rank=rank,
            verified=verified,
        )
        return function

    return declare

"""The quantity: a pure function whose parameters are other quantities.

A formula is written once, in NumPy, with parameter names that are the names of other quantities,
of project fields or of reference facts. The decorator records what a reader and the engine need:
its unit, the units of its inputs, the kinds of project it serves, its source and a worked example.
The same function then gives the point value, the range (on arrays of draws), the unit check (on
quantities of a unit registry) and the explanation (on one project, step by step).

Formulas are written in coherent units: no conversion constant may hide inside. A test calls every
formula with quantities of a unit registry and compares with the plain call, so a declared unit
that disagrees with the formula cannot pass.

>>> @quantity("tCO2e/yr", family="docs", zh="基准线排放量", en="Baseline emissions",
...           inputs={"net_generation": "MWh/yr", "combined_margin": "tCO2e/MWh"},
...           source="CDM ACM0002 v22.0, equation 11", example=({"net_generation": 1000.0,
...           "combined_margin": 0.5}, 500.0), register=False)
... def baseline_emissions(net_generation, combined_margin):
...     return net_generation * combined_margin
>>> baseline_emissions(1000.0, 0.5)
500.0
>>> baseline_emissions.quantity.expression
'net_generation * combined_margin'
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, TypeVar

from greensilk.core.errors import MethodError

__all__ = ["ALL_FAMILIES", "Quantity", "quantities", "quantity"]

Level = Literal["headline", "detail", "internal"]
Function = TypeVar("Function", bound=Callable[..., Any])
ALL_FAMILIES = "*"

_REGISTERED: list[Quantity] = []


@dataclass(frozen=True)
class Quantity:
    """What is known of one formula.

    Parameters
    ----------
    name
        The quantity it yields; several formulas may yield one name for different families.
    families
        The families of project it serves (``electricity``, ``freight``, ...), or ``*`` for all.
    unit
        Unit of the result; ``inputs`` gives the unit of each parameter.
    level
        ``headline`` and ``detail`` stand in the evidence, ``internal`` only in explanations.
    additive
        Whether values of several components or projects may be summed.
    where
        Attributes a project must have for the formula to apply, such as ``{"grid": ("off",)}``.
    rank
        Smaller is tried first among the providers of one name; project fields are 0, formulas 10
        and reference facts 20 unless said otherwise.
    """

    name: str
    families: tuple[str, ...]
    unit: str
    inputs: Mapping[str, str]
    en: str
    zh: str
    source: str
    function: Callable[..., Any]
    level: Level = "detail"
    additive: bool = True
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rank: int = 10
    verified: bool = False
    example: tuple[Mapping[str, float], float] | None = None

    @property
    def method(self) -> str:
        """Return the stable identifier of the formula: ``module.function``."""
        return f"{self.function.__module__.rpartition('.')[2]}.{self.function.__name__}"

    @cached_property
    def expression(self) -> str:
        """Return the formula as text, read from the code itself so that it cannot differ."""
        tree = ast.parse(textwrap.dedent(inspect.getsource(self.function)))
        body = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign | ast.AugAssign | ast.Return)
        ]
        lines = [
            ast.unparse(node.value)
            if isinstance(node, ast.Return) and node.value is not None
            else ast.unparse(node)
            for node in body
        ]
        return "; ".join(lines).replace("np.", "")

    @property
    def description(self) -> str:
        """Return the first paragraph of the formula's docstring."""
        return (inspect.getdoc(self.function) or "").partition("\n\n")[0]

    def serves(self, family: str) -> bool:
        """Tell whether the formula is for projects of ``family``."""
        return ALL_FAMILIES in self.families or family in self.families


def quantity(
    unit: str,
    *,
    en: str,
    zh: str,
    source: str,
    inputs: Mapping[str, str],
    family: str | tuple[str, ...] = ALL_FAMILIES,
    name: str | None = None,
    level: Level = "detail",
    additive: bool = True,
    where: Mapping[str, str | tuple[str, ...]] | None = None,
    rank: int = 10,
    verified: bool = False,
    example: tuple[Mapping[str, float], float] | None = None,
    register: bool = True,
) -> Callable[[Function], Function]:
    """Declare a function as the formula of a quantity (see :class:`Quantity`).

    The function stays an ordinary function; its record hangs on it as ``function.quantity``.

    Raises
    ------
    MethodError
        If ``inputs`` and the parameters of the function are not the same names in the same order.
    """

    def declare(function: Function) -> Function:
        parameters = list(inspect.signature(function).parameters)
        if parameters != list(inputs):
            raise MethodError(
                f"{function.__module__}.{function.__name__}: parameters {parameters} are not the "
                f"declared inputs {list(inputs)}"
            )
        record = Quantity(
            name=name or function.__name__,
            families=(family,) if isinstance(family, str) else tuple(family),
            unit=unit,
            inputs=dict(inputs),
            en=en,
            zh=zh,
            source=source,
            function=function,
            level=level,
            additive=additive,
            where={
                key: (value,) if isinstance(value, str) else tuple(value)
                for key, value in (where or {}).items()
            },
            rank=rank,
            verified=verified,
            example=example,
        )
        function.quantity = record  # type: ignore[attr-defined]
        if register:
            _REGISTERED.append(record)
        return function

    return declare


def quantities() -> Iterator[Quantity]:
    """Yield every registered formula, importing the method modules on first use.

    By module and place in it, whichever module happened to be imported first: the order of the
    evidence rests on this one.
    """
    import greensilk.methods

    greensilk.methods.load_all()
    yield from sorted(
        _REGISTERED,
        key=lambda one: (one.function.__module__, one.function.__code__.co_firstlineno),
    )

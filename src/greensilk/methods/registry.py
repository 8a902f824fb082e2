"""All formulas: those written in the modules of this room, and the choices of its table.

Some formulas only say which input stands for a quantity under which condition: the baseline
distance by air is the air distance where air is the mode displaced. They are rows of
``data/choices.csv`` and become formulas like any other.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from pkgutil import iter_modules

from greensilk.core.names import positions, unit_of
from greensilk.core.quantity import Quantity, Value, by_family

__all__ = ["FORMULA_MODULES", "quantities"]

FORMULA_MODULES = tuple(
    sorted(
        module.name
        for module in iter_modules([str(Path(__file__).parent)])
        if module.name not in ("registry", "room")
    )
)


@cache
def quantities() -> tuple[Quantity, ...]:
    """Return every formula, importing the modules of formulas on first use.

    In the order of the glossary, then by rank, then as they are written: the order of the evidence
    rests on this one.
    """
    records = []
    for name in FORMULA_MODULES:
        module = import_module(f"greensilk.methods.{name}")
        for value in vars(module).values():
            record = getattr(value, "quantity", None)
            if isinstance(record, Quantity) and value.__module__ == module.__name__:
                records.append(record)
    records += _choices()
    order = positions()
    return tuple(sorted(records, key=lambda record: (order[record.name], record.rank)))


def _same(value: Value) -> Value:
    return value


def _choices() -> list[Quantity]:
    text = (files("greensilk.methods") / "data" / "choices.csv").read_text(encoding="utf-8")
    records = []
    for row in csv.DictReader(text.splitlines()):
        name, source = row["name"], row["input"]
        entries, sources = by_family(name, row["method"], row["source"], row["families"].split("|"))
        conditions = (condition.partition("=") for condition in row["where"].split(";"))
        value = float(row["example"])
        records.append(
            Quantity(
                method=row["method"],
                entries=entries,
                sources=sources,
                # the value is passed on as it is: the input is taken in the unit of the result
                unit=unit_of(name),
                inputs={source: unit_of(name)},
                function=_same,
                where={key: tuple(values.split("|")) for key, _, values in conditions if key},
                rank=int(row["rank"]),
                verified=row["verified"] == "yes",
                formula=source,
                summary=row["description"],
                worked=({source: value}, value),
            )
        )
    return records

"""What a project displaces: power plants without a public grid, and fuels given for nothing.

A plant that feeds no public grid saves no grid emissions: it is read as its off-grid kind, which
displaces a generator. A displaced fuel is used by few technologies, listed in
``data/baseline_fuels.csv``; anywhere else it would be passed over in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from greensilk.core.errors import Severity
from greensilk.projects.book import Book, shown
from greensilk.projects.columns import Numbers
from greensilk.projects.fields import fields, technologies
from greensilk.projects.technology import Technologies
from greensilk.reference import read_rows

if TYPE_CHECKING:
    import polars as pl

__all__ = ["baseline_fuels", "displaced_fuel", "unknown_yield", "without_grid"]

_SOLAR = {"solar_pv": "offgrid_solar"}
_OTHERS = "minigrid"
# Their use off the grid is no generation of its own, or does not exist.
_NO_METHOD = ("storage", "nuclear")


def without_grid(
    found: Technologies, grid: pl.Series | None, book: Book
) -> tuple[Technologies, pl.Series]:
    """Return the technologies with plants off the grid read as their off-grid kind.

    Beside them, for :func:`unknown_yield`, what the plants were that are no solar ones, else null.
    """
    import polars as pl

    codes, words = found.codes, found.words
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, len(codes))
    if grid is None:
        return found, nothing
    of_grid = [row["technology"] for row in technologies() if row["family"] == "electricity"]
    mine = ((grid == "off") & codes.is_in(of_grid)).fill_null(False)
    hybrid = mine & words.is_in(list(found.hybrids)).fill_null(False)
    book.cells("offgrid_hybrid", "refused", "technology", hybrid, lambda place: words[place])
    without = mine & codes.is_in(list(_NO_METHOD)) & ~hybrid
    book.cells("offgrid_no_method", "doubtful", "grid", without, lambda place: codes[place])
    mine &= ~hybrid & ~without
    becomes = codes.replace_strict(_SOLAR, default=_OTHERS, return_dtype=pl.String)
    book.cells(
        "offgrid_technology",
        "assumed",
        "technology",
        mine,
        lambda place: codes[place],
        lambda place: becomes[place],
    )
    moved = codes.zip_with(mine & (becomes == _OTHERS), nothing)
    return replace(found, codes=becomes.zip_with(mine, codes).set(hybrid, None)), moved


def unknown_yield(moved: pl.Series, numbers: Mapping[str, Numbers], book: Book) -> None:
    """Leave out capacities of plants off the grid whose yield nobody knows.

    The usual yield of a mini-grid is that of solar panels; for other plants it must be stated, and
    a stated generation cannot be compared with it.
    """
    capacity = numbers.get("capacity")
    if capacity is None:
        return
    value = capacity.value
    lost = moved.is_not_null() & value.is_not_null()
    for name in ("capacity_factor", "full_load_hours"):
        if name in numbers:
            lost &= numbers[name].value.is_null()
    stated = lost & False
    for name in ("annual_generation", "measured_generation"):
        if name in numbers:
            stated |= numbers[name].value.is_not_null()
    cases: tuple[tuple[str, Severity, pl.Series], ...] = (
        ("offgrid_no_generation", "refused", lost & ~stated),
        ("offgrid_no_comparison", "assumed", lost & stated),
    )
    for code, severity, where in cases:
        book.cells(
            code,
            severity,
            "capacity",
            where,
            lambda place: moved[place],
            params=lambda place: {"capacity": shown(value[place])},
        )
    for name in ("value", "half", "low", "high"):
        series = getattr(capacity, name)
        if series is not None:
            setattr(capacity, name, series.set(lost, None))


@cache
def baseline_fuels() -> Mapping[tuple[str, str], str]:
    """Return which displaced fuels are used, by technology, and the field each needs ("": none).

    >>> baseline_fuels()["offgrid_solar", "kerosene"]
    'system_count'
    """
    return {
        (row["technology"], row["baseline_fuel"]): row["needs"]
        for row in read_rows("greensilk.projects", "data", "baseline_fuels.csv")
    }


def displaced_fuel(
    fuel: pl.Series, technology: pl.Series, numbers: Mapping[str, Numbers], book: Book
) -> pl.Series:
    """Return the displaced fuels that are used; the others are noted and left out."""
    import polars as pl

    pairs = pl.DataFrame({"technology": technology, "fuel": fuel})
    unused = fuel.is_null() & False
    for code, word in pairs.drop_nulls().unique().rows():
        where = ((technology == code) & (fuel == word)).fill_null(False)
        needs = baseline_fuels().get((code, word))
        if needs is None:
            unused |= where
        elif needs:
            given = numbers.get(needs)
            lacking = where if given is None else where & given.value.is_null()
            _lacking(lacking, fuel, technology, needs, book)
    book.cells(
        "baseline_fuel_unused",
        "doubtful",
        "baseline_fuel",
        unused,
        lambda place: fuel[place],
        lambda place: ", ".join(
            word for code, word in baseline_fuels() if code == technology[place]
        ),
        lambda place: {"technology": technology[place]},
    )
    return fuel.set(unused, None)


def _lacking(
    where: pl.Series, fuel: pl.Series, technology: pl.Series, needs: str, book: Book
) -> None:
    field = fields()[needs]
    book.cells(
        "baseline_fuel_needs",
        "doubtful",
        "baseline_fuel",
        where,
        lambda place: fuel[place],
        needs,
        lambda place: {"technology": technology[place], "en": field.en, "zh": field.zh},
    )

"""Checks of values against what is possible; the bounds themselves are data.

A value outside its bounds is not used and noted, with the bound and what it rests on; a value that
is only remarkable is used and noted. No check stops the good rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from greensilk.core.errors import Severity
from greensilk.projects.book import Book, shown
from greensilk.projects.columns import Numbers
from greensilk.projects.fields import Field, Limit, fields, limits, technologies

if TYPE_CHECKING:
    import polars as pl

__all__ = ["above_hours", "bounds", "far_below", "largest", "nothing", "places", "years_in_order"]

# A leap year has 8 784 hours; what is more cannot be generated however the year is counted.
HOURS = 8784.0
_LEAST_FACTOR = 0.01
_RUNNING = ("electricity", "waste_energy", "offgrid")
_GENERATIONS = ("annual_generation", "measured_generation", "estimated_generation")


def bounds(field: Field, column: Numbers, book: Book) -> None:
    """Refuse values outside the bounds of the schema."""
    value = column.value
    for bound, outside in ((field.minimum, "below"), (field.maximum, "above")):
        if bound is None:
            continue
        wrong = _true(value < bound if outside == "below" else value > bound)
        if not wrong.any():
            continue
        code = f"{outside}_bound"
        if field.unit == "1" and outside == "above" and bound == 1:
            code = "share_above_one"
        unit = "" if field.unit in ("1", "yr") else f" {field.unit}"
        expected = f"{shown(bound)}{unit}"
        book.cells(
            code, "refused", field.name, wrong, lambda place: _written(column, place), expected
        )
        _drop(column, wrong)


def nothing(numbers: Mapping[str, Numbers], book: Book) -> None:
    """Leave out capacities of zero, which stand in many files for "not known"."""
    column = numbers.get("capacity")
    if column is None:
        return
    zero = _true(column.value == 0)
    book.cells("zero_capacity", "doubtful", "capacity", zero)
    _drop(column, zero)


def largest(numbers: Mapping[str, Numbers], technology: pl.Series, book: Book) -> None:
    """Refuse or doubt values above the largest plant of their technology."""
    index = {(item.field, item.technology): item for item in limits()}
    for name in dict.fromkeys(field for field, _ in index):
        if name not in numbers:
            continue
        for code in technology.unique().to_list():
            limit = index.get((name, code or "")) or index.get((name, ""))
            if limit is not None:
                mine = technology == code if code is not None else technology.is_null()
                _above(limit, mine, numbers[name], book)


def _above(limit: Limit, mine: pl.Series, column: Numbers, book: Book) -> None:
    value, unit = column.value, fields()[limit.field].unit
    refused = _true(mine & (value > limit.maximum))
    doubtful = _true(mine & (value > limit.doubtful_above)) & ~refused
    cases: tuple[tuple[str, Severity, pl.Series], ...] = (
        ("above_largest", "refused", refused),
        ("near_largest", "doubtful", doubtful),
    )
    for fault, severity, where in cases:
        book.cells(
            fault,
            severity,
            limit.field,
            where,
            lambda place: f"{shown(value[place])} {unit}",
            params=lambda _: {"en": limit.en, "zh": limit.zh},
        )
    _drop(column, refused)


def above_hours(numbers: Mapping[str, Numbers], book: Book) -> None:
    """Refuse generation that the capacity could not give in all hours of a year.

    The rounding of both figures as written is given to the project.
    """
    capacity = numbers.get("capacity")
    if capacity is None:
        return
    rated = capacity.value
    top = rated if capacity.high is None else capacity.high.fill_null(rated)
    if capacity.half is not None:
        top = top + capacity.half.fill_null(0.0)
    for name in _GENERATIONS:
        if name in numbers:
            _above_hours(name, numbers[name], rated, top, book)


def _above_hours(name: str, column: Numbers, rated: pl.Series, top: pl.Series, book: Book) -> None:
    value = column.value
    least = value if column.low is None else column.low.fill_null(value)
    if column.half is not None:
        least = least - column.half.fill_null(0.0)
    wrong = _true((least > top * HOURS) & (rated > 0))
    # only a claim is kept to be audited
    code = "generation_above_capacity" if fields()[name].audits else "measured_above_capacity"
    book.cells(
        code,
        "refused",
        name,
        wrong,
        lambda place: f"{shown(value[place])} MWh",
        params=lambda place: {
            "capacity": shown(rated[place]),
            "most": shown(round(rated[place] * 8760)),
        },
    )
    _drop(column, wrong)


def far_below(numbers: Mapping[str, Numbers], technology: pl.Series, book: Book) -> None:
    """Doubt generation below one per cent of what the capacity could give, as of a wrong unit.

    Only of plants that are built to run: reserve plants on fossil fuel may stand still all year.
    """
    capacity = numbers.get("capacity")
    if capacity is None:
        return
    codes = [
        row["technology"]
        for row in technologies()
        if row["family"] in _RUNNING and row["technology"] != "storage"
    ]
    for name in ("annual_generation", "measured_generation"):
        if name in numbers:
            _far_below(name, numbers[name], capacity.value, technology.is_in(codes), book)


def _far_below(
    name: str, column: Numbers, rated: pl.Series, running: pl.Series, book: Book
) -> None:
    value = column.value
    most = value if column.half is None else value + column.half.fill_null(0.0)
    book.cells(
        "generation_far_below",
        "doubtful",
        name,
        _true((most < rated * 8760 * _LEAST_FACTOR) & running),
        lambda place: f"{shown(value[place])} MWh",
        params=lambda place: {
            "capacity": shown(rated[place]),
            "share": f"{100 * value[place] / (rated[place] * 8760):.2g}",
        },
    )


def years_in_order(numbers: Mapping[str, Numbers], book: Book) -> None:
    """Doubt a project that retires before it begins."""
    if "commissioning_year" not in numbers or "retirement_year" not in numbers:
        return
    first, last = numbers["commissioning_year"].value, numbers["retirement_year"].value
    book.cells(
        "retired_before_start",
        "doubtful",
        "retirement_year",
        _true(last < first),
        lambda place: last[place],
        lambda place: shown(first[place]),
    )


def places(numbers: Mapping[str, Numbers], book: Book) -> None:
    """Refuse the coordinates 0, 0, which mean that nobody filled them in."""
    north, east = numbers.get("latitude"), numbers.get("longitude")
    if north is None or east is None:
        return
    found = _true((north.value == 0) & (east.value == 0))
    book.cells("null_island", "refused", "latitude", found)
    _drop(north, found)
    _drop(east, found)


def _true(mask: pl.Series) -> pl.Series:
    return mask.fill_null(False)


def _written(column: Numbers, place: int) -> str:
    text = None if column.text is None else column.text[place]
    return text if text is not None else shown(column.value[place])


def _drop(column: Numbers, gone: pl.Series) -> None:
    """Leave out the values where ``gone`` is true; what was written stays."""
    if not gone.any():
        return
    column.value = column.value.set(gone, None)
    for name in ("low", "high", "half"):
        series = getattr(column, name)
        if series is not None:
            setattr(column, name, series.set(gone, None))

"""Checks of values against what is possible; the bounds themselves are data.

A value outside its bounds is not used and noted, with the bound and what it rests on; a value that
is only remarkable is used and noted. No check stops the good rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from greensilk.projects.book import Book, shown
from greensilk.projects.columns import Numbers
from greensilk.projects.fields import Field, fields, limits

if TYPE_CHECKING:
    import polars as pl

__all__ = ["above_hours", "bounds", "largest", "nothing", "places", "years_in_order"]

# A leap year has 8 784 hours; what is more cannot be generated however the year is counted.
HOURS = 8784.0
_GENERATIONS = ("annual_generation", "measured_generation", "estimated_generation")
Mask = npt.NDArray[np.bool_]


def bounds(field: Field, column: Numbers, book: Book) -> None:
    """Refuse values outside the bounds of the schema."""
    value = column.value
    for bound, outside in ((field.minimum, "below"), (field.maximum, "above")):
        if bound is None:
            continue
        wrong = value < bound if outside == "below" else value > bound
        places = wrong.fill_null(False).arg_true().to_list()
        if not places:
            continue
        code = f"{outside}_bound"
        if field.unit == "1" and outside == "above" and bound == 1:
            code = "share_above_one"
        book.cells(
            code,
            "refused",
            field.name,
            places,
            [_written(column, place) for place in places],
            f"{bound:.10g} {field.unit}".strip() if field.unit not in ("1", "yr") else shown(bound),
        )
        _drop(column, places)


def nothing(numbers: Mapping[str, Numbers], book: Book) -> None:
    """Leave out capacities of zero, which stand in many files for "not known"."""
    column = numbers.get("capacity")
    if column is None:
        return
    places = (column.value == 0).fill_null(False).arg_true().to_list()
    book.cells("zero_capacity", "doubtful", "capacity", places)
    _drop(column, places)


def largest(numbers: Mapping[str, Numbers], technology: pl.Series, book: Book) -> None:
    """Refuse or doubt values above the largest plant of their technology."""
    index = {(item.field, item.technology): item for item in limits()}
    for name in dict.fromkeys(field for field, _ in index):
        column = numbers.get(name)
        if column is None:
            continue
        value = column.value
        for code in technology.unique().to_list():
            limit = index.get((name, code or "")) or index.get((name, ""))
            if limit is None:
                continue
            mine = (technology == code) if code is not None else technology.is_null()
            refused = (mine & (value > limit.maximum)).fill_null(False).arg_true().to_list()
            doubtful = (
                (mine & (value > limit.doubtful_above) & (value <= limit.maximum))
                .fill_null(False)
                .arg_true()
                .to_list()
            )
            unit = fields()[name].unit
            for places, fault in ((refused, "above_largest"), (doubtful, "near_largest")):
                book.cells(
                    fault,
                    "refused" if fault == "above_largest" else "doubtful",
                    name,
                    places,
                    [f"{shown(value[place])} {unit}" for place in places],
                    params={"en": limit.en, "zh": limit.zh},
                )
            _drop(column, refused)


def above_hours(numbers: Mapping[str, Numbers], book: Book) -> None:
    """Refuse generation that the capacity could not give in all hours of a year.

    The rounding of both figures as written is given to the project.
    """
    capacity = numbers.get("capacity")
    if capacity is None:
        return
    top = capacity.value if capacity.high is None else capacity.high.fill_null(capacity.value)
    if capacity.half is not None:
        top = top + capacity.half.fill_null(0.0)
    for name in _GENERATIONS:
        column = numbers.get(name)
        if column is None:
            continue
        least = column.value if column.low is None else column.low.fill_null(column.value)
        if column.half is not None:
            least = least - column.half.fill_null(0.0)
        wrong = ((least > top * HOURS) & (capacity.value > 0)).fill_null(False)
        places = wrong.arg_true().to_list()
        book.cells(
            "generation_above_capacity",
            "refused",
            name,
            places,
            [f"{shown(column.value[place])} MWh" for place in places],
            params=[
                {
                    "capacity": shown(capacity.value[place]),
                    "most": shown(round(capacity.value[place] * 8760)),
                }
                for place in places
            ],
        )
        _drop(column, places)


def years_in_order(numbers: Mapping[str, Numbers], book: Book) -> None:
    """Doubt a project that retires before it begins."""
    first, last = numbers.get("commissioning_year"), numbers.get("retirement_year")
    if first is None or last is None:
        return
    places = (last.value < first.value).fill_null(False).arg_true().to_list()
    book.cells(
        "retired_before_start",
        "doubtful",
        "retirement_year",
        places,
        [last.value[place] for place in places],
        [shown(first.value[place]) for place in places],
    )


def places(numbers: Mapping[str, Numbers], book: Book) -> None:
    """Refuse the coordinates 0, 0, which mean that nobody filled them in."""
    north, east = numbers.get("latitude"), numbers.get("longitude")
    if north is None or east is None:
        return
    found = ((north.value == 0) & (east.value == 0)).fill_null(False).arg_true().to_list()
    book.cells("null_island", "refused", "latitude", found)
    _drop(north, found)
    _drop(east, found)


def _written(column: Numbers, place: int) -> str:
    text = None if column.text is None else column.text[place]
    return text if text is not None else shown(column.value[place])


def _drop(column: Numbers, places: list[int]) -> None:
    """Leave out the values at ``places``; what was written stays."""
    if not places:
        return
    gone = np.zeros(len(column.value), dtype=bool)
    gone[places] = True
    import polars as pl

    mask = pl.Series(gone)
    column.value = column.value.set(mask, None)
    for name in ("low", "high", "half"):
        series = getattr(column, name)
        if series is not None:
            setattr(column, name, series.set(mask, None))

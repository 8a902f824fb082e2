"""Checks of values against what is possible; the bounds themselves are data.

A value outside its bounds is not used and noted, with the bound and what it rests on; a value that
is only remarkable is used and noted. No check stops the good rows.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from greensilk.core.errors import Severity
from greensilk.core.text import Amount, Label, Labels, Name, Parameter, Sentence
from greensilk.projects.columns import NumberColumn
from greensilk.projects.fields import (
    FieldRow,
    LimitRow,
    baseline_fuels,
    fields,
    limits,
    technologies,
    threshold,
    word_list,
)
from greensilk.projects.issue_log import IssueLog, quote_value
from greensilk.projects.technology import technology_label
from greensilk.projects.units import unit_factor

__all__ = [
    "check_baseline_fuel",
    "check_bounds",
    "check_capacity_given",
    "check_coordinates",
    "check_effluent",
    "check_generation",
    "check_low_generation",
    "check_maximum",
    "check_peak_power",
    "check_unknown_yield",
    "check_years_in_order",
]

_Columns = Mapping[str, NumberColumn]
_STATED_GENERATION = ("annual_generation", "measured_generation")
_ANY_GENERATION = (*_STATED_GENERATION, "estimated_generation")


def check_bounds(field: FieldRow, column: NumberColumn, log: IssueLog) -> None:
    """Refuse values outside the bounds of the schema."""
    for bound, code in ((field.minimum, "below_bound"), (field.maximum, "above_bound")):
        if bound is None:
            continue
        outside = column.value < bound if code == "below_bound" else column.value > bound
        rows = outside.fill_null(False)
        if not rows.any():
            continue
        if field.unit == "1" and code == "above_bound" and bound == 1:
            code = "share_above_one"
        expected = _bound_parameter(field, bound)
        log.add_rows(code, "refused", field.name, rows, column.quote, expected)
        column.drop(rows)


def _bound_parameter(field: FieldRow, bound: float) -> Parameter:
    if field.is_year:
        return int(bound)
    return Amount(bound, field.unit, name=field.name) if bound else 0


def check_capacity_given(numbers: _Columns, log: IssueLog) -> None:
    """Leave out capacities of zero, which stand in many files for "not known"."""
    column = numbers.get("capacity")
    if column is None:
        return
    zero = (column.value == 0).fill_null(False)
    log.add_rows("zero_capacity", "doubtful", "capacity", zero)
    column.drop(zero)


def check_maximum(numbers: _Columns, technology: pl.Series, log: IssueLog) -> None:
    """Refuse or doubt values above the largest plant of their technology."""
    index = {(row.field, row.technology): row for row in limits()}
    for name in dict.fromkeys(field for field, _ in index):
        if name not in numbers:
            continue
        for code in technology.unique().to_list():
            limit = index.get((name, code or "")) or index.get((name, ""))
            if limit is not None:
                rows = technology.is_null() if code is None else technology == code
                _check_limit(limit, rows, numbers[name], log)


def _check_limit(limit: LimitRow, rows: pl.Series, column: NumberColumn, log: IssueLog) -> None:
    value, unit = column.value, fields()[limit.field].unit
    refused = (rows & (value > limit.maximum)).fill_null(False)
    doubtful = (rows & (value > limit.doubtful_above)).fill_null(False) & ~refused
    cases: tuple[tuple[str, Severity, pl.Series], ...] = (
        ("above_largest", "refused", refused),
        ("near_largest", "doubtful", doubtful),
    )
    reason = Sentence(f"limit.{limit.field}.{limit.technology}")
    for code, severity, mask in cases:
        log.add_rows(
            code,
            severity,
            limit.field,
            mask,
            lambda row: f"{quote_value(value[row])} {unit}",
            params=lambda _: {"reason": reason},
        )
    column.drop(refused)


def check_generation(numbers: _Columns, log: IssueLog) -> None:
    """Refuse generation that the capacity could not give in all hours of a year.

    The rounding of both figures as written is given to the project.
    """
    capacity = numbers.get("capacity")
    if capacity is None:
        return
    rated = capacity.value
    most = (capacity.highest() + capacity.rounding()) * threshold("leap_year_hours")
    for name in _ANY_GENERATION:
        column = numbers.get(name)
        if column is None:
            continue
        rows = ((column.lowest() - column.rounding() > most) & (rated > 0)).fill_null(False)
        # only a claim is kept to be audited
        claim = bool(fields()[name].audits)
        fitting = _units_that_fit(name, column, rated, rows) if claim else {}
        named = rows & ~_at(list(fitting), len(rows))
        code = "generation_above_capacity" if claim else "measured_above_capacity"
        _note_generation(code, "refused", name, column.value, rated, named, log)
        unnamed = rows & ~named
        _note_generation(
            "generation_absurd", "refused", name, column.value, rated, unnamed, log, fitting
        )
        column.drop(rows)


def check_low_generation(numbers: _Columns, technology: pl.Series, log: IssueLog) -> None:
    """Doubt generation of next to nothing beside the capacity, as of a wrong unit.

    Only of plants that are built to run: reserve plants on fossil fuel may stand still all year.
    Where neither the cell nor the header names a unit the figure is not used, and the unit that
    would fit is named.
    """
    capacity = numbers.get("capacity")
    if capacity is None:
        return
    running = technology.is_in([row.code for row in technologies() if row.runs])
    rated = capacity.value
    least = rated * threshold("year_hours") * threshold("least_capacity_factor")
    for name in _STATED_GENERATION:
        column = numbers.get(name)
        if column is None:
            continue
        low = (column.value + column.rounding() < least) & running
        rows, value = low.fill_null(False), column.value
        absurd = value < rated * threshold("year_hours") * threshold("absurd_capacity_factor")
        unnamed = (
            rows & absurd & (False if column.assumed is None else column.assumed.fill_null(False))
        )
        value = column.value
        _note_generation(
            "generation_far_below", "doubtful", name, value, rated, rows & ~unnamed, log
        )
        fitting = {
            row: _fitting_units(value[row], rated[row], fields()[name].unit)
            for row in unnamed.arg_true().to_list()
        }
        for code, with_unit in (("generation_absurd", True), ("generation_absurd_no_unit", False)):
            indexes = [row for row, units in fitting.items() if bool(units) is with_unit]
            mask = _at(indexes, len(value))
            _note_generation(code, "refused", name, value, rated, mask, log, fitting)
        column.drop(unnamed)


def _at(indexes: list[int], size: int) -> pl.Series:
    """Return a mask that is true at some rows."""
    return pl.Series(range(size)).is_in(indexes)


def _units_that_fit(
    name: str, column: NumberColumn, rated: pl.Series, rows: pl.Series
) -> dict[int, str]:
    """Return, for rows whose generation names no unit, the units that go with the capacity."""
    if column.assumed is None:
        return {}
    unnamed = (rows & column.assumed.fill_null(False)).arg_true().to_list()
    units = {
        row: _fitting_units(column.value[row], rated[row], fields()[name].unit) for row in unnamed
    }
    return {row: text for row, text in units.items() if text}


def _fitting_units(value: float, rated: float, unit: str) -> str:
    """Return the units in which a generation would go with the capacity."""
    full = rated * threshold("year_hours")
    low, high = threshold("usual_capacity_factor_low"), threshold("usual_capacity_factor_high")
    fitting = [
        written
        for written in word_list("generation_units")
        if (factor := unit_factor(written, unit)) and low <= value * factor / full <= high
    ]
    return ", ".join(sorted(fitting))


def _note_generation(
    code: str,
    severity: Severity,
    name: str,
    value: pl.Series,
    rated: pl.Series,
    rows: pl.Series,
    log: IssueLog,
    fitting: Mapping[int, str] | None = None,
) -> None:
    """Note generation that does not go with the capacity, which gives ``most`` in all hours."""
    unit = fields()[name].unit

    def params(row: int) -> dict[str, Parameter]:
        most = rated[row] * threshold("year_hours")
        return {
            "capacity": Amount(rated[row], "MW"),
            "most": Amount(most, unit),
            "share": Amount(value[row] / most, "1", name="capacity_factor"),
            **({} if fitting is None else {"units": fitting[row]}),
        }

    log.add_rows(
        code, severity, name, rows, lambda row: f"{quote_value(value[row])} MWh", params=params
    )


def check_peak_power(numbers: dict[str, NumberColumn], log: IssueLog) -> None:
    """Keep the peak power of solar panels apart from the capacity behind the inverters.

    Where only the peak power is written it is taken as the capacity, and what the capacity may be
    is said; where both are, their ratio is.
    """
    column = numbers.get("capacity")
    if column is None:
        return
    if column.peak is not None:
        peak = column.peak
        if "peak_capacity" in numbers:
            peak = numbers["peak_capacity"].value.fill_null(column.peak)
        numbers["peak_capacity"] = NumberColumn(peak)
    if "peak_capacity" not in numbers:
        return
    rated, panels = column.value, numbers["peak_capacity"].value
    same = (rated == panels).fill_null(False)
    if column.peak is None:
        same = same & False
    low, high = threshold("panel_ratio_low"), threshold("panel_ratio_high")
    log.add_rows(
        "peak_taken_as_rated",
        "doubtful",
        "capacity",
        same,
        lambda row: f"{quote_value(panels[row])} MWp",
        params=lambda row: {
            "least": Amount(float(f"{panels[row] / high:.2g}"), "MW"),
            "most": Amount(float(f"{panels[row] / low:.2g}"), "MW"),
        },
    )
    ratio = panels / rated
    odd = (ratio < threshold("panel_ratio_least")) | (ratio > threshold("panel_ratio_most"))
    both = ratio.is_not_null() & ~same
    cases: tuple[tuple[str, Severity, pl.Series], ...] = (
        ("peak_and_rated", "note", both & ~odd),
        ("peak_ratio_odd", "doubtful", both & odd),
    )
    for code, severity, rows in cases:
        log.add_rows(
            code,
            severity,
            "capacity",
            rows,
            lambda row: f"{quote_value(panels[row])} MWp",
            lambda row: Amount(rated[row], "MW"),
            lambda row: {"ratio": f"{ratio[row]:.2f}"},
        )


def check_effluent(numbers: _Columns, log: IssueLog) -> None:
    """Refuse an outflow that holds more of a pollutant than the inflow: nothing was removed."""
    for substance in ("cod", "bod", "nitrogen", "phosphorus"):
        inflow = numbers.get(f"influent_{substance}")
        outflow = numbers.get(f"effluent_{substance}")
        if inflow is not None and outflow is not None:
            _check_outflow(fields()[f"effluent_{substance}"], inflow, outflow, log)


def _check_outflow(
    field: FieldRow, inflow: NumberColumn, outflow: NumberColumn, log: IssueLog
) -> None:
    before, after = inflow.value, outflow.value
    rows = (after > before).fill_null(False)
    log.add_rows(
        "effluent_above_influent",
        "refused",
        field.name,
        rows,
        lambda row: f"{quote_value(after[row])} {field.unit}",
        lambda row: Amount(before[row], field.unit),
    )
    inflow.drop(rows)
    outflow.drop(rows)


def check_years_in_order(numbers: _Columns, log: IssueLog) -> None:
    """Doubt a project that retires before it begins."""
    if "commissioning_year" not in numbers or "retirement_year" not in numbers:
        return
    first, last = numbers["commissioning_year"].value, numbers["retirement_year"].value
    log.add_rows(
        "retired_before_start",
        "doubtful",
        "retirement_year",
        last < first,
        last.__getitem__,
        lambda row: int(first[row]),
    )


def check_coordinates(numbers: _Columns, log: IssueLog) -> None:
    """Refuse the coordinates 0, 0, which mean that nobody filled them in."""
    latitude, longitude = numbers.get("latitude"), numbers.get("longitude")
    if latitude is None or longitude is None:
        return
    rows = ((latitude.value == 0) & (longitude.value == 0)).fill_null(False)
    log.add_rows("null_island", "refused", "latitude", rows)
    latitude.drop(rows)
    longitude.drop(rows)


def check_unknown_yield(unlike: pl.Series, numbers: _Columns, log: IssueLog) -> None:
    """Leave out capacities of plants off the grid whose yield nobody knows.

    The usual yield of a mini-grid is that of solar panels; for other plants (``unlike`` holds what
    they were, null for all others) it must be stated, and a stated generation cannot be compared
    with it.
    """
    capacity = numbers.get("capacity")
    if capacity is None:
        return
    value = capacity.value
    rows = unlike.is_not_null() & value.is_not_null()
    for name in ("capacity_factor", "full_load_hours"):
        if name in numbers:
            rows &= numbers[name].value.is_null()
    generates = rows & False
    for name in _STATED_GENERATION:
        if name in numbers:
            generates |= numbers[name].value.is_not_null()
    cases: tuple[tuple[str, Severity, pl.Series], ...] = (
        ("offgrid_no_generation", "refused", rows & ~generates),
        ("offgrid_no_comparison", "assumed", rows & generates),
    )
    for code, severity, mask in cases:
        log.add_rows(
            code,
            severity,
            "capacity",
            mask,
            unlike.__getitem__,
            params=lambda row: {
                "technology": technology_label(unlike[row]),
                "capacity": Amount(value[row], "MW"),
            },
        )
    capacity.drop(rows)


def check_baseline_fuel(
    fuel: pl.Series, technology: pl.Series, numbers: _Columns, log: IssueLog
) -> pl.Series:
    """Return the displaced fuels that are used; the others are noted and left out.

    Few technologies use one; anywhere else it would be passed over in silence.
    """
    pairs = pl.DataFrame({"technology": technology, "fuel": fuel})
    unused = fuel.is_null() & False
    for code, name in pairs.drop_nulls().unique().rows():
        rows = ((technology == code) & (fuel == name)).fill_null(False)
        needs = baseline_fuels().get((code, name))
        if needs is None:
            unused |= rows
        elif needs:
            column = numbers.get(needs)
            lacking = rows if column is None else rows & column.value.is_null()
            _note_fuel("baseline_fuel_needs", fuel, technology, lacking, log, Name(needs))
    _note_fuel("baseline_fuel_unused", fuel, technology, unused, log)
    return fuel.set(unused, None)


def _note_fuel(
    code: str,
    fuel: pl.Series,
    technology: pl.Series,
    rows: pl.Series,
    log: IssueLog,
    needs: Name | None = None,
) -> None:
    def used(row: int) -> Parameter:
        names = [name for code, name in baseline_fuels() if code == technology[row]]
        return Labels(tuple(f"choice.baseline_fuel.{name}" for name in names))

    log.add_rows(
        code,
        "doubtful",
        "baseline_fuel",
        rows,
        fuel.__getitem__,
        used if needs is None else needs,
        lambda row: {
            "fuel": Label(f"choice.baseline_fuel.{fuel[row]}"),
            "technology": technology_label(technology[row]),
        },
    )

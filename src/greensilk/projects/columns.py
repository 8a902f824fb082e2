"""Columns of cells into columns of values: numbers in canonical units, text, codes, years.

Plain numbers are cast as whole columns. Only what does not cast is looked at cell by cell, each
distinct text once, so that a million rows cost what a few columns cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from greensilk.core.errors import Severity
from greensilk.core.text import Labels
from greensilk.projects.fields import FieldRow, choice_index, normalise_name, word_list
from greensilk.projects.headers import MappedColumn
from greensilk.projects.issue_log import IssueLog, quote_value
from greensilk.projects.numbers import Number, is_blank_number, parse_number
from greensilk.projects.units import parse_unit, unit_factor

__all__ = [
    "PLAIN_FIGURE",
    "NumberColumn",
    "fill_from",
    "parse_choices",
    "parse_numbers",
    "parse_text",
    "parse_years",
]

# A figure without a unit of its own, which is shown with that of its header.
PLAIN_FIGURE = r"^[\s\d.,+-]*$"
_SEVERITIES: dict[str, Severity] = {"scale_twice": "doubtful", "bare_unit": "assumed"}


@dataclass(slots=True)
class NumberColumn:
    """A column of numbers in the canonical unit, and what their writing says beside them.

    ``low`` and ``high`` are a range that was written, ``half`` half a unit of the last digit,
    ``qualifier`` says approx, at_least or at_most.
    """

    value: pl.Series
    low: pl.Series | None = None
    high: pl.Series | None = None
    half: pl.Series | None = None
    text: pl.Series | None = None
    qualifier: pl.Series | None = None

    def extras(self) -> Iterator[tuple[str, pl.Series]]:
        """Yield what stands beside the values, by name."""
        for name in ("low", "high", "half", "text", "qualifier"):
            series: pl.Series | None = getattr(self, name)
            if series is not None:
                yield name, series

    def lowest(self) -> pl.Series:
        """Return the lower end of the written range, the value where there is none."""
        return self.value if self.low is None else self.low.fill_null(self.value)

    def highest(self) -> pl.Series:
        """Return the upper end of the written range, the value where there is none."""
        return self.value if self.high is None else self.high.fill_null(self.value)

    def rounding(self) -> pl.Series:
        """Return half a unit of the last digit written, nought where that is not known."""
        return (self.value * 0.0 if self.half is None else self.half).fill_null(0.0)

    def gather(self, rows: pl.Series) -> NumberColumn:
        """Return the column with the rows of these indexes only."""
        extras = {name: series.gather(rows) for name, series in self.extras()}
        return NumberColumn(self.value.gather(rows), **extras)

    def drop(self, rows: pl.Series) -> None:
        """Leave out the values where ``rows`` is true; what was written stays."""
        if not rows.any():
            return
        self.value = self.value.set(rows, None)
        for name, series in self.extras():
            if name in ("low", "high", "half"):
                setattr(self, name, series.set(rows, None))

    def quote(self, row: int, factor: float = 1.0) -> str:
        """Return what was written in a row, or the number in the unit of its column."""
        text = None if self.text is None else self.text[row]
        return text if text is not None else quote_value(self.value[row] / factor)


@dataclass(frozen=True, slots=True)
class _Cell:
    """One distinct cell that was no plain number, in the canonical unit."""

    number: Number | None
    fault: str = ""
    unit: str = ""


def parse_text(series: pl.Series) -> pl.Series:
    """Return a column as trimmed text, null where it says nothing."""
    if series.dtype.is_float():
        series = series.fill_nan(None).cast(pl.String).str.strip_suffix(".0")
    elif series.dtype != pl.String:
        series = series.cast(pl.String)
    series = series.str.strip_chars()
    return series.set(series.is_in(["", *word_list("blank_words")]), None)


def parse_choices(cells: pl.Series, field: FieldRow, log: IssueLog) -> pl.Series:
    """Return a column of codes from text; a word that means nothing here is noted and left out."""
    index = choice_index().get(field.name)
    if index is None:
        return cells
    distinct = cells.drop_nulls().unique().to_list()
    codes = {cell: index.get(normalise_name(cell)) for cell in distinct}
    unknown = [cell for cell, code in codes.items() if code is None]
    if unknown:
        known = dict.fromkeys(index.values())
        expected = Labels(tuple(f"choice.{field.name}.{code}" for code in known))
        rows = cells.is_in(unknown)
        log.add_rows("unknown_choice", "refused", field.name, rows, cells.__getitem__, expected)
    return cells.replace_strict(codes, default=None, return_dtype=pl.String)


def parse_years(series: pl.Series, field: FieldRow, log: IssueLog) -> pl.Series:
    """Return calendar years from numbers, dates or text (``2017-05``, ``2017年5月``)."""
    if series.dtype == pl.Date:
        return series.dt.year().cast(pl.Float64)
    if series.dtype.is_numeric():
        return series.cast(pl.Float64).fill_nan(None)
    cells = parse_text(series)
    plain = cells.cast(pl.Float64, strict=False)
    rest = cells.is_not_null() & plain.is_null()
    if not rest.any():
        return plain
    years = cells.str.extract(r"(?:^|\D)((?:18|19|20|21)\d\d)(?:\D|$)").cast(pl.Float64)
    blank = cells.str.to_lowercase().is_in(list(word_list("blank_numbers")))
    lost = rest & years.is_null() & ~blank
    log.add_rows("not_a_year", "refused", field.name, lost, cells.__getitem__)
    return years.zip_with(rest, plain)


def parse_numbers(
    series: pl.Series, field: FieldRow, mapped: MappedColumn, log: IssueLog
) -> NumberColumn:
    """Return a column of numbers in the unit of ``field``; what cannot be read is noted.

    A unit in a cell wins over the unit in the header; a power of ten in words in a cell
    (``32亿``) replaces the one in the header (``亿千瓦时``).
    """
    if series.dtype.is_numeric():
        values = series.cast(pl.Float64).fill_nan(None)
        _note_assumed_unit(values, field, mapped, log)
        return NumberColumn(values * mapped.factor)
    written = series if series.dtype == pl.String else series.cast(pl.String)
    plain = written.cast(pl.Float64, strict=False)
    exotic = written.is_not_null() & (
        plain.is_null() | ~plain.is_finite() | written.str.contains("e", literal=True)
    )
    values = plain.set(exotic, None) if exotic.any() else plain
    _note_assumed_unit(values, field, mapped, log)
    half = _half_digit(written) * mapped.factor
    column = NumberColumn(
        values * mapped.factor,
        half=half.set(values.is_null(), None),
        text=written if values.null_count() < len(values) else None,
    )
    if exotic.any():
        _parse_exotic(column, written, exotic, field, mapped, log)
    return column


def fill_from(
    columns: Sequence[NumberColumn], years: Sequence[int | None]
) -> tuple[NumberColumn, pl.Series]:
    """Return, for every row, the first value there is among ``columns``, and the year it is of.

    Of columns that hold one year each (``generation_gwh_2013`` and on) the latest is given first;
    ``None`` is a column without a year.
    """
    numbered = list(enumerate(columns))
    source = pl.select(
        pl.coalesce(
            pl.when(column.value.is_not_null()).then(pl.lit(number, dtype=pl.Int32))
            for number, column in numbered
        )
    ).to_series()

    def pick(name: str) -> pl.Series | None:
        parts: list[tuple[int, pl.Series]] = [
            (number, series)
            for number, column in numbered
            if (series := getattr(column, name)) is not None
        ]
        if not parts:
            return None
        return pl.select(
            pl.coalesce(pl.when(source == number).then(series) for number, series in parts)
        ).to_series()

    value = pick("value")
    of_year = source.replace_strict(
        {number: float(year) for number, year in enumerate(years) if year},
        default=None,
        return_dtype=pl.Float64,
    )
    return (
        NumberColumn(
            columns[0].value if value is None else value,
            low=pick("low"),
            high=pick("high"),
            half=pick("half"),
            text=pick("text"),
            qualifier=pick("qualifier"),
        ),
        of_year,
    )


def _half_digit(written: pl.Series) -> pl.Series:
    """Return half a unit of the last digit of plain numbers."""
    point = written.str.find(".", literal=True).cast(pl.Int64)
    places = (written.str.len_chars().cast(pl.Int64) - 1 - point).fill_null(0)
    return pl.select(0.5 * pl.lit(10.0).pow(-places.cast(pl.Float64))).to_series()


def _note_assumed_unit(
    values: pl.Series, field: FieldRow, mapped: MappedColumn, log: IssueLog
) -> None:
    self_evident = field.unit in word_list("self_evident_units")
    if mapped.unit or self_evident or values.null_count() == len(values):
        return
    log.add("unit_assumed", "assumed", field=field.name, value=mapped.header, expected=field.unit)


def _parse_exotic(
    column: NumberColumn,
    written: pl.Series,
    exotic: pl.Series,
    field: FieldRow,
    mapped: MappedColumn,
    log: IssueLog,
) -> None:
    """Read the cells that are no plain numbers, each distinct one once, into ``column``."""
    distinct = written.filter(exotic).unique().to_list()
    cells = {cell: _parse_cell(cell, field, mapped) for cell in distinct}
    _note_cells(cells, written, exotic, field, log)
    numbers = {text: cell.number for text, cell in cells.items() if cell.number is not None}
    if not numbers:
        return

    def spread(name: str, kind: type[pl.DataType]) -> pl.Series:
        parts = {text: getattr(number, name) for text, number in numbers.items()}
        return written.set(~exotic, None).replace_strict(parts, default=None, return_dtype=kind)

    def merge(name: str, plain: pl.Series | None) -> pl.Series:
        parts = spread(name, pl.Float64)
        return parts if plain is None else parts.zip_with(exotic, plain)

    column.value = merge("value", column.value)
    column.half = merge("half", column.half)
    column.text = written
    if any(number.low is not None for number in numbers.values()):
        column.low, column.high = merge("low", None), merge("high", None)
    if any(number.qualifier for number in numbers.values()):
        column.qualifier = spread("qualifier", pl.String).set(~exotic, None)
        column.qualifier = column.qualifier.set(column.qualifier == "", None)


def _parse_cell(text: str, field: FieldRow, mapped: MappedColumn) -> _Cell:
    """Read one cell into the canonical unit."""
    if is_blank_number(text):
        return _Cell(None)
    number = parse_number(text)
    if number is None:
        return _Cell(None, "not_a_number")
    fault, unit = "", ""
    factor: float | None
    if number.unit:
        factor, unit = unit_factor(number.unit, field.unit), number.unit
    elif number.scaled and mapped.unit:
        scale = parse_unit(mapped.unit).scale
        factor = mapped.factor / scale
        fault = "scale_twice" if scale != 1.0 else ""
    elif number.scaled and field.bare_unit:
        factor, unit = unit_factor(field.bare_unit, field.unit), field.bare_unit
        fault = "bare_unit"
    else:
        factor = mapped.factor
    if factor is None:
        return _Cell(None, "cell_unit", unit)
    return _Cell(number.times(factor), fault, unit)


def _note_cells(
    cells: dict[str, _Cell], written: pl.Series, exotic: pl.Series, field: FieldRow, log: IssueLog
) -> None:
    for code in dict.fromkeys(cell.fault for cell in cells.values() if cell.fault):
        texts = [text for text, cell in cells.items() if cell.fault == code]
        log.add_rows(
            code,
            _SEVERITIES.get(code, "refused"),
            field.name,
            exotic & written.is_in(texts),
            written.__getitem__,
            field.unit,
            lambda row: {"unit": cells[written[row]].unit},
        )

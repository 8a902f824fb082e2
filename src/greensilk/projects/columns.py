"""Columns of cells into columns of values: numbers in canonical units, text, codes, years.

Plain numbers are cast as whole columns. Only what does not cast is looked at cell by cell, each
distinct text once, so that a million rows cost what a few columns cost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from greensilk.core.errors import Severity
from greensilk.core.text import Labels
from greensilk.projects.cells import Cell, ColumnUnit, parse_cell, to_decimal_points
from greensilk.projects.fields import (
    FieldRow,
    choice_index,
    normalise_name,
    threshold,
    today,
    usual_unit,
    word_list,
)
from greensilk.projects.headers import MappedColumn
from greensilk.projects.issue_log import IssueLog, quote_value
from greensilk.projects.units import parse_unit, unit_factor

__all__ = [
    "PLAIN_FIGURE",
    "NumberColumn",
    "column_unit",
    "fill_from",
    "parse_choices",
    "parse_numbers",
    "parse_text",
    "parse_year",
    "parse_years",
    "uses_decimal_commas",
]

# A figure without a unit of its own, which is shown with that of its header.
PLAIN_FIGURE = r"^[\s\d.,+-]*$"
# The code of a word that means nothing here, for fields in which that says something.
UNKNOWN = "unknown"
_SEVERITIES: dict[str, Severity] = {
    "scale_twice": "doubtful",
    "bare_unit": "assumed",
    "bracket_disagrees": "doubtful",
    "bracket_words": "doubtful",
}
_EXCEL_EPOCH = date(1899, 12, 30)
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_YEARS = re.compile(r"(?<!\d)((?:18|19|20|21)\d\d)(?!\d)")
_DECADE = re.compile(r"\d{3}0'?s(?![a-z])")
_YEAR_PAIR = re.compile(r"(?<!\d)(?:19|20)\d\d\s*[/-]\s*(?:1[3-9]|[2-9]\d)(?![\d/-])")  # 2019/20
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MONTH_YEAR = re.compile(
    rf"(?:^|[^a-z])(?:{_MONTHS})[a-z]*[\s\-/.,']*(\d\d)$|(?:^|\D)(\d\d)[\s\-/.](?:{_MONTHS})[a-z]*$"
)
# What only a file with decimal commas writes, and what only one with decimal points writes.
_COMMAS = (
    r"^\s*[+-]?(?:\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,}))"
    r"[^\d.,]*$"
)
_POINTS = (
    r"^\s*[+-]?(?:\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}|0\.\d+|\d{4,}\.\d+"
    r"|\d+\.(?:\d{1,2}|\d{4,}))[^\d.,]*$"
)


@dataclass(slots=True)
class NumberColumn:
    """A column of numbers in the canonical unit, and what their writing says beside them.

    ``low`` and ``high`` are a range that was written, ``half`` half a unit of the last digit,
    ``qualifier`` says approx, at_least or at_most. ``peak`` is the power of solar panels under
    standard light that was written (MWp), where one was; ``assumed`` is true where neither the cell
    nor the header names a unit.
    """

    value: pl.Series
    low: pl.Series | None = None
    high: pl.Series | None = None
    half: pl.Series | None = None
    text: pl.Series | None = None
    qualifier: pl.Series | None = None
    peak: pl.Series | None = None
    assumed: pl.Series | None = None

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
        for name in ("peak", "assumed"):
            series: pl.Series | None = getattr(self, name)
            if series is not None:
                extras[name] = series.gather(rows)
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
        if UNKNOWN in known:
            # a project of which nobody can tell whether it runs must not pass for one that does
            codes.update(dict.fromkeys(unknown, UNKNOWN))
            log.add_rows("unknown_status", "doubtful", field.name, rows, cells.__getitem__)
        else:
            log.add_rows("unknown_choice", "refused", field.name, rows, cells.__getitem__, expected)
    return cells.replace_strict(codes, default=None, return_dtype=pl.String)


def parse_years(series: pl.Series, field: FieldRow, log: IssueLog) -> pl.Series:
    """Return calendar years from numbers, dates or text (``2017-05``, ``2017年5月``, ``Dec-19``).

    A span or a hedge (``2017-2019``, ``before 2000``, ``1990s``) is no year: the first one written
    is taken, and noted.
    """
    if series.dtype.is_temporal():
        return series.dt.year().cast(pl.Float64)
    if series.dtype.is_numeric():
        return _years_of_days(series.cast(pl.Float64).fill_nan(None), field, log)
    cells = parse_text(series)
    plain = cells.cast(pl.Float64, strict=False)
    rest = cells.is_not_null() & plain.is_null()
    plain = _years_of_days(plain, field, log)
    if not rest.any():
        return plain
    distinct = cells.filter(rest).unique().to_list()
    years = {cell: parse_year(cell) for cell in distinct}
    read = cells.replace_strict(
        {cell: year for cell, (year, _) in years.items()}, default=None, return_dtype=pl.Float64
    )
    blank = cells.str.to_lowercase().is_in(list(word_list("blank_numbers")))
    lost = rest & read.is_null() & ~blank
    log.add_rows("not_a_year", "refused", field.name, lost, cells.__getitem__)
    hedged = [cell for cell, (year, hedge) in years.items() if hedge and year is not None]
    rows = rest & cells.is_in(hedged)
    log.add_rows(
        "year_hedged", "doubtful", field.name, rows, cells.__getitem__, lambda row: int(read[row])
    )
    return read.zip_with(rest, plain)


def _years_of_days(values: pl.Series, field: FieldRow, log: IssueLog) -> pl.Series:
    """Turn dates that were written as one number into years: 20191231, 201912, Excel's 43830."""
    first, last = threshold("excel_day_first"), threshold("excel_day_last")
    if not (values >= first).any():
        return values
    # 20158 may be a slip for 2015 or for 2015-08: a day only beside others that cannot be years
    slips = values.is_between(18000, 21999).fill_null(False)
    days = values.is_between(first, last).fill_null(False) & ~slips
    if slips.any() and not days.any():
        log.add_rows("not_a_year", "refused", field.name, slips, values.__getitem__)
        values = values.set(slips, None)
    frame = values.to_frame("value")
    value = pl.col("value")
    year = (
        pl.when(value.is_between(18000101, 22001231))
        .then((value / 10_000).floor())
        .when(value.is_between(180001, 220012))
        .then((value / 100).floor())
        .when(value.is_between(first, last))
        .then(
            (pl.lit(_EXCEL_EPOCH) + pl.duration(days=value.cast(pl.Int64, strict=False)))
            .dt.year()
            .cast(pl.Float64)
        )
        .otherwise(value)
    )
    years = frame.select(year).to_series()
    log.add_rows(
        "date_as_number",
        "assumed",
        field.name,
        years != values,
        values.__getitem__,
        lambda row: int(years[row]),
    )
    return years


def parse_year(cell: str) -> tuple[float | None, bool]:
    """Read a year from words; the second value says that it is a span or a hedge.

    >>> parse_year("2017-2019"), parse_year("Dec-19"), parse_year("2017-05"), parse_year("soon")
    ((2017.0, True), (2019.0, False), (2017.0, False), (None, False))
    """
    text = unicodedata.normalize("NFKC", cell).casefold().translate(_CHINESE_DIGITS)
    years = _YEARS.findall(text)
    if years:
        hedge = any(word in text for word in word_list("year_hedges"))
        span = len(set(years)) > 1 or bool(_DECADE.search(text)) or bool(_YEAR_PAIR.search(text))
        return float(years[0]), span or hedge
    short = _MONTH_YEAR.search(text)
    if short is None:
        return None, False
    year = 2000 + int(short[1] or short[2])
    # a plant is seldom announced further ahead than this
    return float(year if year <= today().year + 30 else year - 100), False


def uses_decimal_commas(columns: Sequence[pl.Series]) -> bool | None:
    """Tell whether a file writes ``1.050,5`` for a thousand and fifty and a half.

    ``2.160.000`` and ``60,5`` show it; ``60.5`` and ``1,050.5`` show the contrary. None if nothing
    does, or if the columns speak against each other and each must be judged by itself.
    """
    written = [column for column in columns if column.dtype == pl.String]
    verdicts = {_decimal_commas(column) for column in written if _is_exotic(column).any()}
    if True not in verdicts:
        return None
    points = any(column.str.contains(_POINTS).any() for column in written)
    return None if points else True


def _decimal_commas(written: pl.Series) -> bool | None:
    """Tell whether a column uses decimal commas; None if it does not show it."""
    if not written.str.contains(_COMMAS).any():
        return None
    return None if written.str.contains(_POINTS).any() else True


def _is_exotic(written: pl.Series) -> pl.Series:
    return _mark_exotic(written, written.cast(pl.Float64, strict=False))


def _mark_exotic(written: pl.Series, plain: pl.Series) -> pl.Series:
    """Return which cells are no plain numbers."""
    return written.is_not_null() & (
        plain.is_null() | ~plain.is_finite() | written.str.contains("e", literal=True)
    )


def parse_numbers(
    series: pl.Series,
    field: FieldRow,
    mapped: MappedColumn,
    log: IssueLog,
    *,
    decimal_commas: bool | None = None,
) -> NumberColumn:
    """Return a column of numbers in the unit of ``field``; what cannot be read is noted.

    A unit in a cell wins over the unit in the header; a power of ten in words in a cell
    (``32亿``) replaces the one in the header (``亿千瓦时``).

    Parameters
    ----------
    series
        The cells.
    field, mapped
        What the column holds, and its header.
    log
        Takes what cannot be read, and what was assumed.
    decimal_commas
        Whether the file writes decimal commas; None if only the column itself tells.
    """
    unit = column_unit(field, mapped)
    if series.dtype.is_numeric():
        values = series.cast(pl.Float64).fill_nan(None)
        _note_assumed_unit(values, field, mapped, unit, log)
        return _with_unit(NumberColumn(values * unit.factor), field, unit, log)
    original = series if series.dtype == pl.String else series.cast(pl.String)
    written = original
    plain = written.cast(pl.Float64, strict=False)
    exotic = _mark_exotic(written, plain)
    # a column of plain numbers says nothing of commas, and is not looked at again
    if decimal_commas or (exotic.any() and _column_has_commas(original, field, mapped, log)):
        distinct = original.drop_nulls().unique().to_list()
        points = {cell: to_decimal_points(cell) for cell in distinct}
        written = original.replace_strict(points, default=None, return_dtype=pl.String)
        plain = written.cast(pl.Float64, strict=False)
        exotic = _mark_exotic(written, plain)
    values = plain.set(exotic, None) if exotic.any() else plain
    _note_assumed_unit(values, field, mapped, unit, log)
    half = _half_digit(written) * unit.factor
    column = NumberColumn(
        values * unit.factor,
        half=half.set(values.is_null(), None),
        text=original if values.null_count() < len(values) else None,
    )
    column = _with_unit(column, field, unit, log)
    if exotic.any():
        _parse_exotic(column, written, exotic, field, unit, log)
        column.text = original if column.text is not None else None
    return column


def column_unit(field: FieldRow, mapped: MappedColumn) -> ColumnUnit:
    """Return the unit of a column: that of its header, or the one everybody means."""
    if mapped.unit:
        return ColumnUnit(mapped.unit, mapped.factor)
    usual = usual_unit(field.name, mapped.header)
    factor = unit_factor(usual, field.unit) if usual else None
    return ColumnUnit(usual, factor) if factor is not None else ColumnUnit("", mapped.factor)


def _with_unit(
    column: NumberColumn, field: FieldRow, unit: ColumnUnit, log: IssueLog
) -> NumberColumn:
    """Add what the unit of the header says about every plain number of the column."""
    parsed = parse_unit(unit.unit) if unit.unit else None
    if parsed is not None and parsed.peak:
        column.peak = column.value
    if parsed is not None and parsed.carbon and column.value.null_count() < len(column.value):
        log.add("carbon_as_gas", "assumed", field=field.name, value=unit.unit, expected=field.unit)
    if not unit.unit and field.unit not in word_list("self_evident_units"):
        column.assumed = column.value.is_not_null()
    return column


def _column_has_commas(
    written: pl.Series, field: FieldRow, mapped: MappedColumn, log: IssueLog
) -> bool:
    """Tell whether a column by itself shows decimal commas; one that shows both is noted."""
    if not written.str.contains(",", literal=True).any():
        # 2.160.000 without a comma anywhere
        return _decimal_commas(written) is True
    if not written.str.contains(_COMMAS).any():
        return False
    if not written.str.contains(_POINTS).any():
        return True
    examples = [
        written.filter(written.str.contains(form).fill_null(False)) for form in (_COMMAS, _POINTS)
    ]
    log.add(
        "commas_and_points",
        "doubtful",
        field=field.name,
        value=mapped.header,
        first=examples[0][0],
        second=examples[1][0],
    )
    return False


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
            peak=pick("peak"),
            assumed=pick("assumed"),
        ),
        of_year,
    )


def _half_digit(written: pl.Series) -> pl.Series:
    """Return half a unit of the last digit of plain numbers."""
    point = written.str.find(".", literal=True).cast(pl.Int64)
    places = (written.str.len_chars().cast(pl.Int64) - 1 - point).fill_null(0)
    return pl.select(0.5 * pl.lit(10.0).pow(-places.cast(pl.Float64))).to_series()


def _note_assumed_unit(
    values: pl.Series, field: FieldRow, mapped: MappedColumn, unit: ColumnUnit, log: IssueLog
) -> None:
    self_evident = field.unit in word_list("self_evident_units")
    if mapped.unit or self_evident or values.null_count() == len(values):
        return
    log.add(
        "unit_assumed",
        "assumed",
        field=field.name,
        value=mapped.header,
        expected=unit.unit or field.unit,
    )


def _parse_exotic(
    column: NumberColumn,
    written: pl.Series,
    exotic: pl.Series,
    field: FieldRow,
    unit: ColumnUnit,
    log: IssueLog,
) -> None:
    """Read the cells that are no plain numbers, each distinct one once, into ``column``."""
    distinct = written.filter(exotic).unique().to_list()
    cells = {cell: parse_cell(cell, field, unit) for cell in distinct}
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
    powers = {text: cell.peak for text, cell in cells.items() if cell.peak is not None}
    if powers:
        peak = written.replace_strict(powers, default=None, return_dtype=pl.Float64)
        column.peak = peak if column.peak is None else peak.zip_with(exotic, column.peak)
    if column.assumed is not None:
        named = [text for text, cell in cells.items() if not cell.own_unit and cell.number]
        column.assumed = (exotic & written.is_in(named)) | column.assumed


def _note_cells(
    cells: dict[str, Cell], written: pl.Series, exotic: pl.Series, field: FieldRow, log: IssueLog
) -> None:
    carbon = [text for text, cell in cells.items() if cell.carbon and cell.own_unit]
    if carbon:
        rows = exotic & written.is_in(carbon)
        log.add_rows("carbon_as_gas", "assumed", field.name, rows, written.__getitem__, field.unit)
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

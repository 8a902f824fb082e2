"""Columns of cells into columns of values: numbers in canonical units, text, codes, years.

Plain numbers are cast as whole columns. Only what does not cast is looked at cell by cell, each
distinct text once, so that a million rows cost what a few columns cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from greensilk.core.errors import Severity
from greensilk.projects.book import Book
from greensilk.projects.fields import Field, choice_index, key
from greensilk.projects.headers import Mapped
from greensilk.projects.unitwords import conversion, tidy
from greensilk.projects.written import BLANKS, Number, read

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Numbers", "choices", "numbers", "text", "years"]

# Units that need no saying: a count, a share, a year, an angle.
_SELF_EVIDENT = (
    "1", "yr", "degree", "item", "person", "household", "vehicle", "tree", "lamp", "animal",
    "TEU/yr", "h/yr", "1/yr",
)  # fmt: skip
# Cells of text columns that say nothing; not "NA", which is Namibia, nor "none", which may answer.
_NO_TEXT = ("", "-", "—", "--", "n/a", "N/A", "#N/A", "null", "NULL", "nan", "NaN")


@dataclass(slots=True)
class Numbers:
    """A column of numbers in the canonical unit, and what their writing says beside them."""

    value: pl.Series
    low: pl.Series | None = None
    high: pl.Series | None = None
    half: pl.Series | None = None
    text: pl.Series | None = None
    qualifier: pl.Series | None = None


@dataclass(frozen=True, slots=True)
class _Cell:
    """One distinct cell that was no plain number, in the canonical unit."""

    number: Number | None
    fault: str = ""
    unit: str = ""


def text(series: pl.Series) -> pl.Series:
    """Return a column as trimmed text, null where it says nothing."""
    import polars as pl

    if series.dtype.is_float():
        series = series.fill_nan(None).cast(pl.String).str.strip_suffix(".0")
    elif series.dtype != pl.String:
        series = series.cast(pl.String)
    series = series.str.strip_chars()
    return series.set(series.is_in(list(_NO_TEXT)), None)


def choices(series: pl.Series, field: Field, book: Book) -> pl.Series:
    """Return a column of codes from words; a word that means nothing here is noted and left out."""
    import polars as pl

    words = text(series)
    index = choice_index().get(field.name)
    if index is None:
        return words
    distinct = words.drop_nulls().unique().to_list()
    codes = {word: index.get(key(word)) for word in distinct}
    unknown = [word for word, code in codes.items() if code is None]
    if unknown:
        where = words.is_in(unknown)
        known = ", ".join(dict.fromkeys(index.values()))
        book.cells("unknown_choice", "refused", field.name, where, lambda p: words[p], known)
    return words.replace_strict(codes, default=None, return_dtype=pl.String)


def years(series: pl.Series, field: Field, book: Book) -> pl.Series:
    """Return calendar years from numbers, dates or text (``2017-05``, ``2017年5月``)."""
    import polars as pl

    if series.dtype == pl.Date:
        return series.dt.year().cast(pl.Float64)
    if series.dtype.is_numeric():
        return series.cast(pl.Float64).fill_nan(None)
    words = text(series)
    plain = words.cast(pl.Float64, strict=False)
    rest = words.is_not_null() & plain.is_null()
    if not rest.any():
        return plain
    found = words.str.extract(r"(?:^|\D)((?:18|19|20|21)\d\d)(?:\D|$)").cast(pl.Float64)
    lost = rest & found.is_null() & ~words.str.to_lowercase().is_in(list(BLANKS))
    book.cells("not_a_year", "refused", field.name, lost, lambda place: words[place])
    return pl.select(pl.when(rest).then(found).otherwise(plain)).to_series()


def numbers(series: pl.Series, field: Field, mapped: Mapped, book: Book) -> Numbers:
    """Return a column of numbers in the unit of ``field``; what cannot be read is noted.

    A unit in a cell wins over the unit in the header; a power of ten in words in a cell
    (``32亿``) replaces the one in the header (``亿千瓦时``).
    """
    import polars as pl

    if series.dtype.is_numeric():
        values = series.cast(pl.Float64).fill_nan(None)
        _unit_assumed(values, field, mapped, book)
        return Numbers(values * mapped.factor)
    written = series if series.dtype == pl.String else series.cast(pl.String)
    plain = written.cast(pl.Float64, strict=False)
    exotic = written.is_not_null() & (
        plain.is_null() | ~plain.is_finite() | written.str.contains("e", literal=True)
    )
    values = plain.set(exotic, None) if exotic.any() else plain
    _unit_assumed(values, field, mapped, book)
    half = _half(written) * mapped.factor
    column = Numbers(
        values * mapped.factor,
        half=half.set(values.is_null(), None),
        text=written if values.null_count() < len(values) else None,
    )
    if exotic.any():
        _exotic(column, written, exotic, field, mapped, book)
    return column


def _half(written: pl.Series) -> pl.Series:
    """Return half a unit of the last digit of plain numbers."""
    import polars as pl

    point = written.str.find(".", literal=True).cast(pl.Int64)
    places = (written.str.len_chars().cast(pl.Int64) - 1 - point).fill_null(0)
    return pl.select(0.5 * pl.lit(10.0).pow(-places.cast(pl.Float64))).to_series()


def _unit_assumed(values: pl.Series, field: Field, mapped: Mapped, book: Book) -> None:
    if mapped.unit or field.unit in _SELF_EVIDENT or values.null_count() == len(values):
        return
    book.add("unit_assumed", "assumed", field=field.name, value=mapped.header, expected=field.unit)


def _exotic(
    column: Numbers,
    written: pl.Series,
    exotic: pl.Series,
    field: Field,
    mapped: Mapped,
    book: Book,
) -> None:
    """Read the cells that are no plain numbers, each distinct one once, into ``column``."""
    import polars as pl

    distinct = written.filter(exotic).unique().to_list()
    cells = {cell: _cell(cell, field, mapped) for cell in distinct}
    _note(cells, written, exotic, field, book)
    read_cells = {cell: found.number for cell, found in cells.items() if found.number is not None}
    if not read_cells:
        return

    def spread(name: str, kind: type[pl.DataType]) -> pl.Series:
        found = {cell: getattr(number, name) for cell, number in read_cells.items()}
        return written.set(~exotic, None).replace_strict(found, default=None, return_dtype=kind)

    def merge(name: str, old: pl.Series | None) -> pl.Series:
        new = spread(name, pl.Float64)
        return (
            new if old is None else pl.select(pl.when(exotic).then(new).otherwise(old)).to_series()
        )

    column.value = merge("value", column.value)
    column.half = merge("half", column.half)
    column.text = written
    if any(number.low is not None for number in read_cells.values()):
        column.low, column.high = merge("low", None), merge("high", None)
    if any(number.qualifier for number in read_cells.values()):
        column.qualifier = spread("qualifier", pl.String).set(~exotic, None)
        column.qualifier = column.qualifier.set(column.qualifier == "", None)


def _cell(cell: str, field: Field, mapped: Mapped) -> _Cell:
    """Read one cell into the canonical unit."""
    if cell.strip().casefold() in BLANKS:
        return _Cell(None)
    number = read(cell)
    if number is None:
        return _Cell(None, "not_a_number")
    fault, unit = "", ""
    factor: float | None
    if number.unit:
        factor, unit = conversion(number.unit, field.unit), number.unit
        if factor is None:
            return _Cell(None, "cell_unit", unit)
    elif number.scaled and mapped.unit:
        scale = tidy(mapped.unit).scale
        factor = mapped.factor / scale
        fault = "scale_twice" if scale != 1.0 else ""
    elif number.scaled and field.bare_unit:
        factor, unit = conversion(field.bare_unit, field.unit), field.bare_unit
        fault = "bare_unit"
    else:
        factor = mapped.factor
    if factor is None:
        return _Cell(None, "cell_unit", unit)
    return _Cell(number.times(factor), fault, unit)


def _note(
    cells: dict[str, _Cell], written: pl.Series, exotic: pl.Series, field: Field, book: Book
) -> None:
    severities: dict[str, Severity] = {"scale_twice": "doubtful", "bare_unit": "assumed"}
    faults = {cell: found.fault for cell, found in cells.items() if found.fault}
    for code in dict.fromkeys(faults.values()):
        mine = [cell for cell, fault in faults.items() if fault == code]
        book.cells(
            code,
            severities.get(code, "refused"),
            field.name,
            exotic & written.is_in(mine),
            lambda place: written[place],
            field.unit,
            lambda place: {"unit": cells[written[place]].unit},
        )

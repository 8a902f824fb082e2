"""One cell that is no plain number, as a value in the unit of its field.

Beyond a number with its unit (:mod:`greensilk.projects.numbers`) a cell may hold how a figure is
made up: ``2×660MW``, ``100MW+50MW``, ``1320MW（2×660）``; the power of a solar plant before and
behind its inverters, ``65MWp/50MWac``; or the mark of a footnote, ``50*``. Two bare figures beside
a stroke (``660/600``) are a pair of which nobody can tell the one that is meant, and a quotient
only where the field is a share.

>>> parse_cell("4×18万千瓦", fields()["capacity"]).number.value
720.0
>>> cell = parse_cell("65MWp/50MWac", fields()["capacity"])
>>> cell.number.value, cell.peak
(50.0, 65.0)
>>> parse_cell("660/600", fields()["capacity"]).fault
'pair_of_figures'
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from greensilk.projects.fields import FieldRow, fields, normalise_name, word_list
from greensilk.projects.numbers import Number, is_blank_number, parse_number
from greensilk.projects.units import is_unit, parse_unit, unit_factor

__all__ = ["Cell", "ColumnUnit", "fields", "parse_cell", "to_decimal_points"]

# a footnote: 50*, 50†, 50 [1], 50①, and a small raised figure that is no power of ten
_FOOTNOTE = re.compile(r"(?<=[\w%)])\s*(?:[*†‡§※#]+|\[\w{1,2}\]|〔\w{1,2}〕|注\d{0,2})$")
_RAISED_NOTE = re.compile(r"(?<=\d)[⁰¹²³⁴-⁹①-⑳]+$")
_RAISED_POWER = re.compile(r"(?<=[×x*])\s*10\s*([⁰¹²³⁴-⁹]+)")
_POWER = re.compile(r"(?<=\d)\s*[×x*]\s*10\s*(?:\^|\*\*)\s*(\d{1,2})")
_PAIR = re.compile(r"[\d.,]+\s*/\s*[\d.,]+")
_BRACKET = re.compile(r"^(.+?)\s*\(([^()]*)\)$")
# 2×660MW, 2台×660MW, 2 x 660 MW; the figure before the sign is a number of units
_UNITS_OF = re.compile(
    r"^(\d{1,4})\s*(?:(?:台|套|组|座|units?|sets?)?\s*(?:[×*]|x(?![a-z]))|[台套组座])"
    r"\s*\(?(\d.*?)\)?$",
    re.IGNORECASE,
)
_OF_UNITS = re.compile(
    r"^(\d.*?)\s*(?:[×*]|x(?![a-z]))\s*(\d{1,4})\s*(?:台|套|组|座|units?|sets?)?$"
)
_PLUS = re.compile(r"\s*\+\s*(?=[\d(])")


@dataclass(frozen=True, slots=True)
class ColumnUnit:
    """The unit that a column gives to cells which name none, and its factor to the field's unit."""

    unit: str = ""
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell read: a number in the unit of its field, or the fault that hinders it.

    ``unit`` is the unit that the fault is about, ``peak`` the power of panels under standard light
    that the cell names (MWp), ``carbon`` whether a mass of carbon was turned into its dioxide.
    """

    number: Number | None
    fault: str = ""
    unit: str = ""
    peak: float | None = None
    carbon: bool = False
    own_unit: bool = False


_BARE = ColumnUnit()


def parse_cell(text: str, field: FieldRow, column: ColumnUnit = _BARE) -> Cell:
    """Read one cell into the canonical unit of its field.

    Parameters
    ----------
    text
        The cell as written.
    field
        What the cell holds.
    column
        The unit of its header, for cells that name none.

    Returns
    -------
    Cell
        The number, or the code of the fault; both where it is used and doubtful.
    """
    if is_blank_number(text):
        return Cell(None)
    cell = _clean(text)
    pair = _PAIR.fullmatch(cell)
    if pair and field.unit != "1":
        return Cell(None, "pair_of_figures")
    plain = _read(cell, field, column)
    if plain.number is not None or pair:
        return plain
    read = (
        _read_bracket(cell, field, column)
        or _read_two_powers(cell, field, column)
        or _read_sum(cell, field, column)
    )
    return read or plain


def to_decimal_points(text: str) -> str:
    """Return a cell written with decimal commas as one with decimal points.

    >>> to_decimal_points("1.050,5 MW"), to_decimal_points("2.160.000")
    ('1050.5 MW', '2160000')
    """
    text = re.sub(r"(?<=\d)[. '](?=\d{3}(?!\d))", "", text)
    return re.sub(r"(?<=\d),(?=\d)", ".", text)


def _clean(text: str) -> str:
    """Return a cell without footnote marks, powers of ten as ``e4``, in half-width letters."""
    cell = text.strip()
    cell = _RAISED_POWER.sub(lambda hit: f"10^{unicodedata.normalize('NFKC', hit[1])}", cell)
    cell = _RAISED_NOTE.sub("", cell)
    cell = unicodedata.normalize("NFKC", cell).strip()
    cell = re.sub(r"(?<=\d)\s*[X✕✖╳]\s*(?=\d)", "×", cell)
    cell = _POWER.sub(r"e\1", cell)
    return _FOOTNOTE.sub("", cell)


def _read(text: str, field: FieldRow, column: ColumnUnit) -> Cell:
    """Read a number with its unit, in the unit of the field."""
    number = parse_number(text)
    if number is None:
        return Cell(None, "not_a_number")
    factor: float | None
    fault, unit, own = "", number.unit, bool(number.unit)
    if number.unit:
        factor = unit_factor(number.unit, field.unit)
    elif number.scaled and column.unit:
        scale = parse_unit(column.unit).scale
        factor = column.factor / scale
        fault = "scale_twice" if scale != 1.0 else ""
    elif number.scaled and field.bare_unit:
        factor, unit = unit_factor(field.bare_unit, field.unit), field.bare_unit
        fault = "bare_unit"
    else:
        factor = column.factor
    if factor is None:
        return Cell(None, "cell_unit", unit)
    value = number.times(factor)
    parsed = parse_unit(unit or column.unit)
    peak = value.value if parsed.peak else None
    return Cell(value, fault, unit, peak, parsed.carbon, own)


def _read_bracket(text: str, field: FieldRow, column: ColumnUnit) -> Cell | None:
    """Read a figure and what explains it: ``50MW (AC)``, ``1320MW (2×660)``, ``72万kW (720MW)``."""
    hit = _BRACKET.match(text)
    if not hit:
        return None
    figure = parse_cell(hit[1], field, column)
    if figure.number is None:
        return None
    inner = hit[2].strip()
    if normalise_name(inner) in word_list("peak_remarks"):
        return replace(figure, peak=figure.number.value)
    if normalise_name(inner) in word_list("header_remarks"):
        return figure
    if not any(letter.isdigit() for letter in inner) and not is_unit(inner):
        return replace(figure, fault="bracket_words")
    # the figure in brackets stands in the unit of the one before it, if it names none
    written = parse_number(_clean(hit[1]))
    unit = column
    if figure.own_unit and figure.unit:
        factor = unit_factor(figure.unit, field.unit)
        unit = ColumnUnit(figure.unit, 1.0 if factor is None else factor)
    second = parse_cell(inner, field, unit)
    if second.number is None or written is None:
        return None
    first, other = figure.number, second.number
    if second.peak is not None and figure.peak is None:
        return replace(figure, peak=second.peak)
    if figure.peak is not None and second.peak is None:
        return replace(second, peak=figure.peak)
    agrees = abs(first.value - other.value) <= first.half + other.half
    return replace(figure, fault="" if agrees else "bracket_disagrees")


def _read_two_powers(text: str, field: FieldRow, column: ColumnUnit) -> Cell | None:
    """Read ``65MWp/50MWac``, and ``100MW/200MWh`` of a store: the figure that is the field's."""
    parts = [part.strip() for part in re.split(r"[/,;、]", text)]
    if len(parts) != 2:
        return None
    cells = [_read(part, field, column) for part in parts]
    good = [cell for cell in cells if cell.number is not None]
    if len(good) == 2 and (good[0].peak is None) != (good[1].peak is None):
        rated, panels = sorted(good, key=lambda cell: cell.peak is not None)
        return replace(rated, peak=panels.peak)
    if len(good) == 1 and good[0].own_unit:
        other = next(cell for cell in cells if cell.number is None)
        return good[0] if other.fault == "cell_unit" and is_unit(other.unit) else None
    return Cell(None, "pair_of_figures") if len(good) == 2 else None


def _read_sum(text: str, field: FieldRow, column: ColumnUnit) -> Cell | None:
    """Read ``2×660MW``, ``100MW+50MW``, ``2×300MW+660MW``: figures that add up to the project's."""
    parts = [part.strip() for part in _PLUS.split(text)]
    cells = [_read_product(part, field, column) for part in parts]
    if any(cell is None for cell in cells):
        return None
    read = [cell for cell in cells if cell is not None]
    last = read[-1]
    if last.own_unit and not all(cell.own_unit for cell in read):
        # 100+50MW: the unit behind the last figure is that of all
        factor = unit_factor(last.unit, field.unit)
        unit = ColumnUnit(last.unit, 1.0 if factor is None else factor)
        again = [_read_product(part, field, unit) for part in parts]
        read = [cell for cell in again if cell is not None]
    numbers = [cell.number for cell in read if cell.number is not None]
    if len(numbers) != len(parts) or any(cell.peak is not None for cell in read) != all(
        cell.peak is not None for cell in read
    ):
        return None
    total = numbers[0]
    for number in numbers[1:]:
        total = _add(total, number)
    peaks = [cell.peak for cell in read if cell.peak is not None]
    return replace(last, number=total, peak=sum(peaks) if peaks else None)


def _read_product(text: str, field: FieldRow, column: ColumnUnit) -> Cell | None:
    """Read ``2×660MW`` or ``660MW×2``, or a plain figure."""
    for pattern, count, figure in ((_UNITS_OF, 1, 2), (_OF_UNITS, 2, 1)):
        hit = pattern.match(text)
        if not hit:
            continue
        cell = _read(_strip_words(hit[figure]), field, column)
        if cell.number is None:
            continue
        times = float(hit[count])
        peak = None if cell.peak is None else cell.peak * times
        return replace(cell, number=cell.number.times(times), peak=peak)
    cell = _read(text, field, column)
    return cell if cell.number is not None else None


def _strip_words(text: str) -> str:
    """Return a figure without brackets around it: 2×(330)MW."""
    return text.replace("(", "").replace(")", "")


def _add(first: Number, second: Number) -> Number:
    def bound(name: str) -> float | None:
        ends = [getattr(number, name) for number in (first, second)]
        if ends == [None, None]:
            return None
        return float(
            sum(n.value if e is None else e for n, e in zip((first, second), ends, strict=True))
        )

    return replace(
        first,
        value=float(f"{first.value + second.value:.15g}"),
        low=bound("low"),
        high=bound("high"),
        half=first.half + second.half,
        qualifier=first.qualifier or second.qualifier,
    )

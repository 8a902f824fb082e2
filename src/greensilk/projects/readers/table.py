"""A table as read, before anything is understood: its headers, its columns, where each row stood.

Headers may stand in two rows: a group over several columns, their names or units below it.

>>> rows = [["编号", "规模", None], [None, "装机容量（万千瓦）", "年发电量"], ["a", 5, 1]]
>>> headers = find_headers(rows)
>>> headers.names, headers.last
(['编号', '装机容量（万千瓦）', '年发电量'], 1)
>>> find_headers([["id", "capacity", "generation"], [None, "GW", "GWh"], ["a", 5, 1]]).names
['id', 'capacity (GW)', 'generation (GWh)']
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import polars as pl

from greensilk.core.errors import Fault, InputError
from greensilk.core.text import Parameter
from greensilk.projects.fields import (
    FieldRow,
    field_index,
    fields,
    normalise_name,
    threshold,
    word_list,
)
from greensilk.projects.headers import find_header_row, interpret_header
from greensilk.projects.model import CheckSum, RowGroup, SheetReading
from greensilk.projects.numbers import is_blank_number
from greensilk.projects.units import is_unit, unit_factor

__all__ = [
    "Headers",
    "RawTable",
    "Span",
    "build_table",
    "find_headers",
    "header_depth",
    "note_joined_headers",
    "refuse",
    "split_tables",
    "text_column",
]

# A block of merged cells: ((top, left), (bottom, right)), counted from nought.
Span = tuple[tuple[int, int], tuple[int, int]]
_FIGURE = re.compile(r"^[\s+\-.]*\d")
_BRACKETS = re.compile(r"^(.*?)\s*[(（\[【]([^()（）\[\]【】]*)[)）\]】]\s*$")
_UNIT_LINE = re.compile(
    r"(?i)^[(（\[【]?\s*(?:计量单位|單位|单位|units?)\s*[:：]\s*(.+?)\s*[)）\]】]?$"
)
_UNIT_LIST = re.compile(r"\s*[、,，;；]\s*")
_BRACKET_SIGNS = "()（）[]【】"
# A fault quotes no more letters of headers, or of what another library says.
QUOTED_LETTERS = 300


@dataclass(slots=True)
class RawTable:
    """One table of a file.

    ``columns`` hold text as written, or numbers and dates where the source had types. ``rows`` is
    the number of each row in the file, as a person counts them there; ``header_row`` that of the
    headers (0 where there is none). ``left_out`` are rows recognised as no projects, which stand in
    ``columns`` no more; ``checks`` the totals among them. ``passed_over`` are sheets of the file
    that hold no projects, told with its first table.
    """

    file: str
    sheet: str
    headers: list[str]
    columns: list[pl.Series]
    rows: pl.Series
    faults: list[Fault] = field(default_factory=list)
    header_row: int = 0
    left_out: list[RowGroup] = field(default_factory=list)
    checks: list[CheckSum] = field(default_factory=list)
    passed_over: list[SheetReading] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Headers:
    """The names of the columns, and the rows they stand in.

    ``last`` is the last row of the headers. ``unclear`` are the merged blocks over several columns
    of which nobody can tell what they hold; these columns have no name.
    """

    names: list[str]
    last: int
    joined: bool = False
    unclear: tuple[Span, ...] = ()


def header_depth() -> int:
    """Return how far down the headers of a table may stand, under titles and remarks."""
    return int(threshold("header_rows"))


def refuse(
    code: str, file: str, value: str = "", expected: Parameter = "", **params: Parameter
) -> InputError:
    """Return the error for a file that cannot be read at all."""
    value = value[:QUOTED_LETTERS]
    return InputError(Fault(code=code, file=file, value=value, expected=expected, params=params))


def build_table(
    rows: Sequence[Sequence[object]], headers: Headers, file: str, sheet: str
) -> RawTable:
    """Return the table that rows of cells hold below their headers, without empty rows."""
    names, top = list(headers.names), headers.last + 1
    body = [
        (number, row)
        for number, row in enumerate(rows[top:], start=top + 1)
        if any(cell not in (None, "") for cell in row)
    ]
    width = max([len(names), *(len(row) for _, row in body)])
    names += [""] * (width - len(names))
    cells = [[row[i] if i < len(row) else None for _, row in body] for i in range(width)]
    while names and not names[-1] and not any(cell not in (None, "") for cell in cells[-1]):
        names.pop()
        cells.pop()
    return RawTable(
        file=file,
        sheet=sheet,
        headers=names,
        columns=[text_column(values) for values in cells],
        rows=pl.Series([number for number, _ in body], dtype=pl.Int64),
        faults=note_joined_headers(headers, file, sheet),
        header_row=headers.last + 1,
    )


def note_joined_headers(headers: Headers, file: str, sheet: str = "") -> list[Fault]:
    """Return the note that headers were put together from several rows, if they were."""
    if not headers.joined:
        return []
    names = "; ".join(name for name in headers.names if name)[:QUOTED_LETTERS]
    return [Fault(code="header_rows", severity="note", file=file, sheet=sheet, value=names)]


def refuse_unknown_headers(rows: Sequence[Sequence[str | None]], file: str) -> InputError:
    """Return the error for a table without a header that we know; it quotes the first row."""
    cells = ", ".join(cell for row in rows[:1] for cell in row if cell)
    return refuse("no_known_column", file, value=cells)


def text_column(values: Sequence[object]) -> pl.Series:
    """Return cells of any types as one column of text, numbers as they are shown (33, not 33.0)."""
    kinds = set(map(type, values))
    if kinds <= {str, type(None)}:
        return pl.Series(values, dtype=pl.String)
    if kinds <= {float, type(None)}:
        numbers = pl.Series(values, dtype=pl.Float64)
        return numbers.cast(pl.String).str.strip_suffix(".0")
    return pl.Series([_cell_text(value) for value in values], dtype=pl.String)


def _cell_text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return None if value != value else f"{value:.15g}"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value)


def find_headers(rows: Sequence[Sequence[object]], spans: Sequence[Span] = ()) -> Headers | None:
    """Return the headers of a table from its rows; None if no row at the top holds a name we know.

    ``spans`` are the merged cells, where the file tells them. The row below the one with most names
    belongs to the headers if it holds nothing but names or units; the rows above give the group of
    each name, and the names of columns that have none.
    """
    top = rows[: header_depth()]
    main = find_header_row(top)
    if main is None:
        return None
    width = max(len(row) for row in top)
    grid = [[_header_text(row, column) for column in range(width)] for row in top]
    below = grid[main + 1] if main + 1 < len(grid) else [""] * width
    groups = [
        ((head, left), (tail, min(right, width - 1)))
        for (head, left), (tail, right) in spans
        if left < min(right, width - 1) and head <= main
    ]
    if _are_units(grid[main], below):
        names = [_with_unit(*pair) for pair in zip(grid[main], below, strict=True)]
        return Headers(_fill_from_above(names, grid, main), main + 1, joined=True)
    here = [span for span in groups if span[1][0] >= main]
    cells = rows[main + 1] if main + 1 < len(rows) else []
    heads = _spread_groups(grid[main], below, here, main)
    if _are_names(heads, below, cells, here):
        names = [name or head for name, head in zip(_join(heads, below), grid[main], strict=True)]
        return Headers(_fill_from_above(names, grid, main), main + 1, joined=True)
    names = grid[main]
    above = [span for span in groups if span[1][0] == main - 1]
    if main:
        names = _join(_spread_groups(grid[main - 1], names, above, main - 1), names)
    names = _apply_unit_line(_fill_from_above(names, grid, main), grid[:main])
    unclear = [span for span in here if not _only_first_filled(rows, main, span)]
    for (_, left), (_, right) in unclear:
        names[left : right + 1] = [""] * (right + 1 - left)
    return Headers(names, main, names != grid[main] and not unclear, tuple(unclear))


def split_tables(rows: Sequence[Sequence[object]]) -> list[tuple[int, int]]:
    """Return where the tables of a sheet begin and end: often one stands below the other.

    A header printed again, word by word, begins no other table. Lines of one cell above a header
    are its title.

    >>> first = [["id", "country", "capacity"], [1, "Kenya", 5]]
    >>> split_tables([*first, ["Hydro"], ["id", "country", "technology"], [2, "Laos", "hydro"]])
    [(0, 2), (2, 5)]
    """
    starts: list[int] = []
    header: list[str] = []
    content = False
    for number, row in enumerate(rows):
        cells = [cell for cell in row if cell not in (None, "")]
        if len(cells) < 2:
            continue
        if not _is_header_row(cells):
            content = content or bool(header)
            continue
        names = [str(cell).strip() for cell in cells]
        if names == header:
            continue
        if content:
            start = number
            while start and sum(cell not in (None, "") for cell in rows[start - 1]) == 1:
                start -= 1
            starts.append(start)
            content = False
        header = names
    edges = [0, *starts, len(rows)]
    return list(pairwise(edges))


def _is_header_row(cells: Sequence[object]) -> bool:
    """Tell whether cells are names of columns we know, three at least, and little else."""
    names = [cell for cell in cells if isinstance(cell, str) and not _FIGURE.match(cell)]
    if len(names) < len(cells) or len(names) < 3:
        return False
    if sum(normalise_name(name) in field_index() for name in names) < 2:
        return False
    known = sum(interpret_header(name) is not None for name in names)
    return known >= 3 and known >= threshold("known_headers") * len(names)


def _apply_unit_line(names: list[str], above: Sequence[Sequence[str]]) -> list[str]:
    """Give columns without a unit the one that a line above the header names for the table.

    Of several units a column takes the only one that fits it.
    """
    lines = [hit for row in above for cell in row if (hit := _UNIT_LINE.match(cell))]
    units = [_bare_unit(unit) for hit in lines for unit in _UNIT_LIST.split(hit[1]) if unit]
    units = [unit for unit in units if is_unit(unit) or _is_unit_of(unit, None)]
    if not units:
        return names
    return [_with_only_unit(name, units) for name in names]


def _with_only_unit(name: str, units: Sequence[str]) -> str:
    meaning = interpret_header(name) if name else None
    if meaning is None or meaning.unit:
        return name
    field = fields()[meaning.field]
    if not field.numeric or field.unit in ("", "1", "yr", "degree"):
        return name
    fitting = [unit for unit in units if unit_factor(unit, field.unit) is not None]
    return f"{name} ({fitting[0]})" if len(fitting) == 1 else name


def _header_text(row: Sequence[object], column: int) -> str:
    cell = row[column] if column < len(row) else None
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return "" if cell is None else " ".join(str(cell).split())


def _are_units(names: list[str], below: list[str]) -> bool:
    """Tell whether a row holds the units of the names above it.

    A unit that nobody knows stays with its name, so that its column is asked about: a row of units
    that is passed over makes every figure below it wrong in silence.
    """
    units = unknown = 0
    for name, cell in zip(names, below, strict=True):
        if is_blank_number(cell) or cell.casefold() in word_list("unit_titles"):
            continue
        meaning = interpret_header(name)
        field = None if meaning is None else fields()[meaning.field]
        if field is not None and not field.numeric:
            return False
        bare = _bare_unit(cell)
        if _is_unit_of(bare, field):
            units += 1
        elif _FIGURE.match(bare) or interpret_header(cell) is not None:
            return False
        else:
            unknown += 1
    return units >= max(unknown, 1)


def _bare_unit(cell: str) -> str:
    """Return a unit without its brackets and without the dot between the signs of a product."""
    return re.sub(r"(?<=[\u4e00-\u9fff])[·•⋅・](?=[\u4e00-\u9fff])", "", cell.strip(_BRACKET_SIGNS))


def _is_unit_of(text: str, field: FieldRow | None) -> bool:
    if is_unit(text):
        return True
    known = (
        {row.unit for row in fields().values() if row.numeric} if field is None else {field.unit}
    )
    return any(unit_factor(text, unit) is not None for unit in known - {"", "1", "yr"})


def _with_unit(name: str, cell: str) -> str:
    meaning = interpret_header(name)
    bare = _bare_unit(cell)
    if meaning is None or is_blank_number(bare) or not fields()[meaning.field].numeric:
        return name
    return name if meaning.unit else f"{name} ({bare})"


def _are_names(
    heads: list[str], below: list[str], cells: Sequence[object], spans: Sequence[Span]
) -> bool:
    """Tell whether a row holds names of columns: nothing else, or at least under merged groups."""
    filled = [column for column, cell in enumerate(below) if cell]
    if not filled or any(not isinstance(cells[column], str) for column in filled):
        return False
    if any(_FIGURE.match(below[column]) for column in filled):
        return False
    known = [i for i in filled if interpret_header(_join_header(heads[i], below[i]))]
    under = {column for (_, left), (_, right) in spans for column in range(left, right + 1)}
    if under and set(filled) <= under:
        return bool(known)
    return len(known) == len(filled) and len(known) > 1


def _spread_groups(
    heads: list[str], names: list[str], spans: Sequence[Span], row: int
) -> list[str]:
    """Return the group of every column: that of its merged block, or the last one to its left."""
    groups = list(heads)
    if spans:
        for (top, left), (_, right) in spans:
            if top <= row:
                groups[left : right + 1] = [heads[left]] * (right + 1 - left)
        return groups
    for column in range(1, len(groups)):
        if not groups[column] and names[column] and names[column - 1]:
            groups[column] = groups[column - 1]
    return groups


def _join(heads: list[str], names: list[str]) -> list[str]:
    return [_join_header(head, name) for head, name in zip(heads, names, strict=True)]


def _join_header(head: str, name: str) -> str:
    """Return what a name under a group means: the two together if that is a name, or it alone.

    A unit of the group holds for a name without one.
    """
    if not head or not name or head == name:
        return name
    brackets = _BRACKETS.match(head)
    group, unit = (brackets[1], brackets[2]) if brackets else (head, "")
    glue = "" if re.search(r"[\u4e00-\u9fff]", group + name) else " "
    for header in (f"{group}{glue}{name}", f"{name}{glue}{group}", name):
        if not _is_clear(header):
            continue
        meaning = interpret_header(header)
        if unit and meaning is not None and not meaning.unit and fields()[meaning.field].numeric:
            with_unit = f"{header} ({unit})"
            return with_unit if _is_clear(with_unit) else header
        return header
    return name


def _is_clear(header: str) -> bool:
    """Tell whether a header is understood, and its unit fits."""
    meaning = interpret_header(header)
    if meaning is None:
        return False
    unit, field = meaning.unit.removeprefix("("), fields()[meaning.field]
    return not unit or (field.numeric and unit_factor(unit, field.unit) is not None)


def _fill_from_above(names: list[str], grid: list[list[str]], main: int) -> list[str]:
    """Give columns without a name the one that stands further up, if we know it."""
    filled = list(names)
    for column, name in enumerate(names):
        for row in reversed(grid[:main]):
            if name:
                break
            if row[column] and interpret_header(row[column]) is not None:
                filled[column] = name = row[column]
    return filled


def _only_first_filled(rows: Sequence[Sequence[object]], main: int, span: Span) -> bool:
    """Tell whether only the first column of a merged header holds anything below it."""
    (_, left), (bottom, right) = span
    others = [cell for row in rows[max(main, bottom) + 1 :] for cell in row[left + 1 : right + 1]]
    return not any(cell not in (None, "") for cell in others)

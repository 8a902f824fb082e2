"""Headers that stand in two rows: a group over several columns, their names or units below it.

>>> rows = [["编号", "规模", None], [None, "装机容量（万千瓦）", "年发电量"], ["a", 5, 1]]
>>> found = header_rows(rows)
>>> found.names, found.last
(['编号', '装机容量（万千瓦）', '年发电量'], 1)
>>> header_rows([["id", "capacity", "generation"], [None, "GW", "GWh"], ["a", 5, 1]]).names
['id', 'capacity (GW)', 'generation (GWh)']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from greensilk.projects.fields import fields
from greensilk.projects.headers import pick_header, understood
from greensilk.projects.raw import HEADER_DEPTH
from greensilk.projects.unitwords import conversion, is_unit
from greensilk.projects.written import BLANKS

__all__ = ["Headers", "Span", "header_rows"]

# A block of merged cells: ((top, left), (bottom, right)), counted from nought.
Span = tuple[tuple[int, int], tuple[int, int]]
_FIGURE = re.compile(r"^[\s+\-.]*\d")
_BRACKETS = re.compile(r"^(.*?)\s*[(（\[【]([^()（）\[\]【】]*)[)）\]】]\s*$")
_UNIT_TITLES = ("unit", "units", "单位", "计量单位")


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


def header_rows(rows: Sequence[Sequence[object]], spans: Sequence[Span] = ()) -> Headers | None:
    """Return the headers of a table from its rows; None if no row at the top holds a name we know.

    ``spans`` are the merged cells, where the file tells them. The row below the one with most names
    belongs to the headers if it holds nothing but names or units; the rows above give the group of
    each name, and the names of columns that have none.
    """
    top = rows[:HEADER_DEPTH]
    place = pick_header(top)
    if place is None:
        return None
    width = max(len(row) for row in top)
    grid = [[_said(row, column) for column in range(width)] for row in top]
    below = grid[place + 1] if place + 1 < len(grid) else [""] * width
    groups = [span for span in spans if span[0][1] < span[1][1] and span[0][0] <= place]
    if _are_units(grid[place], below):
        names = [_with_unit(*pair) for pair in zip(grid[place], below, strict=True)]
        return Headers(_upwards(names, grid, place), place + 1, joined=True)
    here = [span for span in groups if span[1][0] >= place]
    plain = rows[place + 1] if place + 1 < len(rows) else []
    if _are_names(_spread(grid[place], below, here, place), below, plain, here):
        names = _join(_spread(grid[place], below, here, place), below)
        names = [name or head for name, head in zip(names, grid[place], strict=True)]
        return Headers(_upwards(names, grid, place), place + 1, joined=True)
    names = grid[place]
    above = [span for span in groups if span[1][0] == place - 1]
    if place:
        names = _join(_spread(grid[place - 1], names, above, place - 1), names)
    names = _upwards(names, grid, place)
    unclear = [span for span in here if not _one_filled(rows, place, span)]
    for (_, left), (_, right) in unclear:
        names[left : right + 1] = [""] * (right + 1 - left)
    return Headers(names, place, names != grid[place] and not unclear, tuple(unclear))


def _said(row: Sequence[object], column: int) -> str:
    cell = row[column] if column < len(row) else None
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return "" if cell is None else " ".join(str(cell).split())


def _are_units(names: list[str], below: list[str]) -> bool:
    """Tell whether a row holds the units of the names above it."""
    units = 0
    for name, cell in zip(names, below, strict=True):
        if cell.casefold() in BLANKS or cell.casefold() in _UNIT_TITLES:
            continue
        found = understood(name)
        numeric = found is not None and fields()[found.field].numeric
        bare = cell.strip("()（）[]【】")
        if _FIGURE.match(bare):
            return False
        if found is not None and numeric and conversion(bare, fields()[found.field].unit):
            units += 1
        elif not is_unit(bare) or (found is not None and not numeric):
            return False
    return units > 0


def _with_unit(name: str, cell: str) -> str:
    found = understood(name)
    bare = cell.strip("()（）[]【】")
    if found is None or not is_unit(bare) or not fields()[found.field].numeric or found.unit:
        return name
    return f"{name} ({bare})"


def _are_names(
    heads: list[str], below: list[str], cells: Sequence[object], spans: Sequence[Span]
) -> bool:
    """Tell whether a row holds names of columns: nothing else, or at least under merged groups."""
    filled = [column for column, cell in enumerate(below) if cell]
    if not filled or any(not isinstance(cells[column], str) for column in filled):
        return False
    if any(_FIGURE.match(below[column]) for column in filled):
        return False
    known = [column for column in filled if understood(_joined(heads[column], below[column]))]
    under = {column for (_, left), (_, right) in spans for column in range(left, right + 1)}
    if under and set(filled) <= under:
        return bool(known)
    return len(known) == len(filled) and len(known) > 1


def _spread(heads: list[str], names: list[str], spans: Sequence[Span], row: int) -> list[str]:
    """Return the group of every column: that of its merged block, or the last one to its left."""
    found = list(heads)
    if spans:
        for (top, left), (_, right) in spans:
            if top <= row:
                found[left : right + 1] = [heads[left]] * (right + 1 - left)
        return found
    for column in range(1, len(found)):
        if not found[column] and names[column] and names[column - 1]:
            found[column] = found[column - 1]
    return found


def _join(heads: list[str], names: list[str]) -> list[str]:
    return [_joined(head, name) for head, name in zip(heads, names, strict=True)]


def _joined(head: str, name: str) -> str:
    """Return what a name under a group means: the two together if that is a name, or it alone.

    A unit of the group holds for a name without one.
    """
    if not head or not name or head == name:
        return name
    brackets = _BRACKETS.match(head)
    group, unit = (brackets[1], brackets[2]) if brackets else (head, "")
    glue = "" if re.search(r"[\u4e00-\u9fff]", group + name) else " "
    for words in (f"{group}{glue}{name}", f"{name}{glue}{group}", name):
        if not _clear(words):
            continue
        found = understood(words)
        if unit and found is not None and not found.unit and fields()[found.field].numeric:
            with_unit = f"{words} ({unit})"
            return with_unit if _clear(with_unit) else words
        return words
    return name


def _clear(words: str) -> bool:
    """Tell whether a header is understood, and its unit fits."""
    found = understood(words)
    if found is None:
        return False
    unit, field = found.unit.removeprefix("("), fields()[found.field]
    return not unit or (field.numeric and conversion(unit, field.unit) is not None)


def _upwards(names: list[str], grid: list[list[str]], place: int) -> list[str]:
    """Give columns without a name the one that stands further up, if we know it."""
    found = list(names)
    for column, name in enumerate(names):
        for row in reversed(grid[:place]):
            if name:
                break
            if row[column] and understood(row[column]) is not None:
                found[column] = name = row[column]
    return found


def _one_filled(rows: Sequence[Sequence[object]], place: int, span: Span) -> bool:
    """Tell whether only the first column of a merged header holds anything below it."""
    (_, left), (bottom, right) = span
    others = [cell for row in rows[max(place, bottom) + 1 :] for cell in row[left + 1 : right + 1]]
    return not any(cell not in (None, "") for cell in others)

"""Quantities inside sentences: what a column of scale or of benefits says in words.

Chinese ledgers give the scale of a project in one cell (建设规模: ``装机50MW，占地85公顷``) and
what it is good for in another (环境效益: ``年减排6.4万吨，节约标煤2.4万吨``). Each figure with a
unit is taken apart; the words around it, its unit and the kind of project say which field it is
(``data/text_quantities.csv``). What is read is noted as such, a column of its own always wins, and
figures that no field is for are named.

>>> figures = read_figures("装机50MW，占地85公顷", "electricity")
>>> [(figure.field, figure.cell.number.value) for figure in figures if figure.cell]
[('capacity', 50.0)]
>>> [figure.text for figure in figures if not figure.cell]
['占地85公顷']
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import msgspec
import polars as pl

from greensilk.core.tables import load_records
from greensilk.core.text import Name
from greensilk.projects.cells import Cell, parse_cell
from greensilk.projects.columns import NumberColumn, fill_from
from greensilk.projects.fields import fields, technologies, technology_index, word_list
from greensilk.projects.issue_log import IssueLog, quote_value
from greensilk.projects.units import is_unit

__all__ = ["TEXT_FIELDS", "Figure", "match_names", "read_figures", "read_texts"]

TEXT_FIELDS = ("scale_text", "benefits_text")
_CLAUSE = re.compile(r"[;。!\n\r]|、|,(?!\d{3}(?!\d))")
_FIGURE = re.compile(
    r"(?<![A-Za-z\d])\d[\d.,]*(?:\s*(?:万|亿|百万|千万)(?=\s*[~\-至到×x*]))?"
    r"(?:\s*(?:台|套|组|座)?\s*(?:[×x*]|(?<=[台套组座]))\s*\d[\d.,]*|\s*(?:~|-|至|到)\s*\d[\d.,]*)?"
)
_LONGEST_UNIT = 16
# letters behind a figure that still speak of it: 20MW储能
_NEAR_LETTERS = 6
_POWER_FAMILIES = ("electricity", "fossil")
_NAME_LETTERS = 2


class _TextQuantityRow(msgspec.Struct, frozen=True, kw_only=True):
    """A field that a figure may be: for which families, and beside which words (none: the unit)."""

    field: str
    families: tuple[str, ...]
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a sentence; ``cell`` is None where no field is for it."""

    text: str
    field: str = ""
    cell: Cell | None = None


@cache
def _rules() -> tuple[_TextQuantityRow, ...]:
    return load_records("projects/data/text_quantities.csv", _TextQuantityRow)


@lru_cache(maxsize=65536)
def read_figures(text: str, family: str) -> tuple[Figure, ...]:
    """Return the figures of a sentence and the fields they are, for one family of projects.

    Two figures of one field that differ are given with the field and without a cell, unless one of
    them is said to be the total.
    """
    figures: list[Figure] = []
    for clause in _CLAUSE.split(unicodedata.normalize("NFKC", text)):
        hits = list(_FIGURE.finditer(clause))
        for number, hit in enumerate(hits):
            end = hits[number + 1].start() if number + 1 < len(hits) else len(clause)
            lead = clause[: hits[0].start()]
            label = clause[hits[number - 1].end() : hit.start()] if number else lead
            figures.append(_read_figure(lead, label, hit[0], clause[hit.end() : end], family))
    return tuple(_drop_doubles(figures))


def _read_figure(lead: str, label: str, number: str, after: str, family: str) -> Figure:
    """Read one figure by the words before it, or else by those behind it and at the beginning.

    What stands behind a figure may belong to the next one (减排6.4万吨节约标煤2.4万吨), and
    what the clause begins with to all of them (满足7万户38万人).
    """
    text = f"{lead}{number}{after}".strip(" ()")
    if not text.strip("0123456789., ") and family in _POWER_FAMILIES:
        # a bare figure under 规模 of a power plant is its capacity in the unit of the field
        return Figure(text, "capacity", parse_cell(number, fields()["capacity"]))
    near = (label + after[:_NEAR_LETTERS]).casefold()
    for around in (label.casefold(), (lead + after).casefold()):
        for rule in _rules():
            if rule.words and not any(word in around for word in rule.words):
                continue
            if any(word in near for word in rule.unless):
                continue
            if family not in rule.families and "*" not in rule.families:
                continue
            cell = _read_unit(number, after, rule.field)
            if cell is not None:
                return Figure(text, rule.field, cell)
    return Figure(text)


def _read_unit(number: str, after: str, name: str) -> Cell | None:
    """Read a figure with the unit behind it, if that is one of the field.

    The longest text that is any unit decides: 亿千瓦时 must not be cut down to a capacity.
    """
    unit = _unit_behind(after)
    if not unit:
        return None
    cell = parse_cell(number + unit, fields()[name])
    return cell if cell.number is not None and cell.own_unit else None


@lru_cache(maxsize=16384)
def _unit_behind(after: str) -> str:
    for length in range(min(len(after), _LONGEST_UNIT), 0, -1):
        within_word = re.match(r"[a-z][a-z0-9]", after[length - 1 : length + 1], re.IGNORECASE)
        if not within_word and is_unit(after[:length].strip(" (")):
            return after[:length].rstrip(" (")
    return ""


def _drop_doubles(figures: list[Figure]) -> list[Figure]:
    """Leave out what is said twice; of two figures that differ only a total is taken."""
    kept: list[Figure] = []
    for name in dict.fromkeys(figure.field for figure in figures):
        group = [figure for figure in figures if figure.field == name]
        if not name:
            kept.extend(group)
            continue
        parts = word_list("text_parts")
        group = [f for f in group if not any(word in f.text for word in parts)] or group
        totals = [f for f in group if any(word in f.text for word in word_list("text_totals"))]
        group = totals or group
        values = {
            figure.cell.number.value
            for figure in group
            if figure.cell is not None and figure.cell.number is not None
        }
        if len(values) == 1:
            kept.append(group[0])
        else:
            kept.append(Figure("; ".join(figure.text for figure in group), name))
    return kept


def read_texts(
    texts: Mapping[str, pl.Series],
    numbers: dict[str, NumberColumn],
    technology: pl.Series,
    log: IssueLog,
) -> dict[str, pl.Series]:
    """Read the columns of sentences into the columns of numbers that have no figure of their own.

    Returns
    -------
    dict
        For every field, the text of the figure that was read, null where none was.
    """
    families = {row.code: row.family for row in technologies()}
    origin: dict[str, pl.Series] = {}
    for column in TEXT_FIELDS:
        if column not in texts:
            continue
        cells = texts[column].to_list()
        codes = technology.to_list()
        read: dict[str, dict[int, Figure]] = {}
        unused: dict[int, str] = {}
        for row, (text, code) in enumerate(zip(cells, codes, strict=True)):
            if text is None or code is None:
                continue
            figures = read_figures(text, families.get(code, ""))
            for figure in figures:
                if figure.cell is not None:
                    read.setdefault(figure.field, {})[row] = figure
            rest = [figure.text for figure in figures if figure.cell is None]
            if rest:
                unused[row] = "; ".join(rest)
        log.add_rows("text_figures_unused", "note", column, list(unused), unused.__getitem__)
        for name, figures_of in read.items():
            origin[name] = _merge(name, figures_of, numbers, len(cells), log)
    return origin


def _merge(
    name: str,
    figures: dict[int, Figure],
    numbers: dict[str, NumberColumn],
    size: int,
    log: IssueLog,
) -> pl.Series:
    own = numbers.get(name)
    taken = {
        row: figure for row, figure in figures.items() if own is None or own.value[row] is None
    }

    def spread(part: str) -> pl.Series:
        values = [None] * size
        series = pl.Series(values, dtype=pl.Float64)
        rows = list(taken)
        cells = [figure.cell for figure in taken.values()]
        parts = [
            None if cell is None or cell.number is None else getattr(cell.number, part)
            for cell in cells
        ]
        return series.scatter(rows, parts) if rows else series

    def words(values: dict[int, str]) -> pl.Series:
        series = pl.Series([None] * size, dtype=pl.String)
        return series.scatter(list(values), list(values.values())) if values else series

    ranges = any(
        figure.cell is not None
        and figure.cell.number is not None
        and figure.cell.number.low is not None
        for figure in taken.values()
    )
    texts = {row: figure.text for row, figure in taken.items()}
    peaks = {
        row: figure.cell.peak
        for row, figure in taken.items()
        if figure.cell is not None and figure.cell.peak is not None
    }
    column = NumberColumn(
        spread("value"),
        low=spread("low") if ranges else None,
        high=spread("high") if ranges else None,
        half=spread("half"),
        text=words(texts),
    )
    if peaks:
        empty = pl.Series([None] * size, dtype=pl.Float64)
        column.peak = empty.scatter(list(peaks), list(peaks.values()))
    log.add_rows(
        "read_from_text",
        "assumed",
        name,
        sorted(taken),
        texts.__getitem__,
        Name(name),
        lambda row: {"amount": f"{quote_value(column.value[row])} {fields()[name].unit}"},
    )
    bare = [row for row, figure in taken.items() if figure.cell and not figure.cell.own_unit]
    unit = fields()[name].unit
    log.add_rows(
        "bare_unit", "assumed", name, bare, texts.__getitem__, "", lambda _: {"unit": unit}
    )
    numbers[name] = column if own is None else fill_from([own, column], [None, None])[0]
    return words(texts)


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """Return the names of technologies that may stand inside the name of a project."""
    vague = word_list("vague_technologies")
    return tuple(
        (name, code)
        for name, code in technology_index().items()
        if len(name) >= _NAME_LETTERS and name not in vague and not name.isascii()
    )


@lru_cache(maxsize=65536)
def _technology_in(name: str) -> str | None:
    hits = [(word, code) for word, code in _names() if word in name]
    longest = [
        (word, code)
        for word, code in hits
        if not any(word != other and word in other for other, _ in hits)
    ]
    codes = {code for _, code in longest}
    return longest[0][0] if len(codes) == 1 else None


def match_names(cells: pl.Series, *more: pl.Series) -> pl.Series:
    """Return the word for a technology that the name of a project holds, where it holds one only.

    ``more`` are further texts of the row, looked at where the name says nothing.

    >>> match_names(pl.Series(["萨希瓦尔燃煤电站", "某项目"])).to_list()
    ['燃煤电站', None]
    """
    result = cells.set(cells.is_not_null(), None)
    for series in (cells, *more):
        distinct = series.drop_nulls().unique().to_list()
        words = {text: _technology_in(text) for text in distinct}
        result = result.fill_null(
            series.replace_strict(words, default=None, return_dtype=pl.String)
        )
    return result

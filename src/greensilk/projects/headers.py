"""What each column of a file means: names in two languages, units in the header, years of a series.

>>> for column in map_headers(["编号", "装机容量（万千瓦）", "generation_gwh_2019"], IssueLog()):
...     print(column.field, column.unit, column.factor, column.year)
project_id  1.0 None
capacity 万千瓦 10.0 None
measured_generation gwh 1000.0 2019
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from greensilk.core.text import Name
from greensilk.projects.fields import (
    YEAR_MARK,
    FieldRow,
    field_index,
    fields,
    header_choices,
    normalise_name,
    simplify,
    threshold,
    word_list,
)
from greensilk.projects.issue_log import IssueLog
from greensilk.projects.model import Confidence
from greensilk.projects.units import is_same_dimension, is_unit, parse_unit, unit_factor

__all__ = [
    "MappedColumn",
    "find_header_row",
    "group_columns",
    "header_unit",
    "interpret_header",
    "is_open_header",
    "map_headers",
    "note_unmapped",
    "read_headers",
]

_BRACKETS = re.compile(r"^(.*?)\s*[(\[【]([^()\[\]【】]*)[)\]】]\s*$")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)\s*年?")
_BOUND = re.compile(r"__(low|high)$")
_DERIVED = re.compile(r"__(half|text|qualifier)$")
_FIRST_OF_SEVERAL = re.compile(r"^(.*[^\d\s_.-])[\s_.-]*1$")
_OF = re.compile(r"^([^()]+?) of (?:the )?([^()]+?)(\s*\(.*)?$", re.IGNORECASE)
# A header of more letters is a sentence, which is not taken apart.
LONGEST_NAME = 80
MOST_VARIANTS = 24
_GAS_FIELD = "claimed_emission_reductions"


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column that was understood.

    ``factor`` turns a plain number of the column into the field's unit. ``year`` is set for the
    columns of a series, ``bound`` (low, high) for the columns of a range. ``exact`` says that the
    header is the field's own name, which wins over an alias. ``bare`` says that the header names a
    unit only. ``others`` are further columns of the same field, which fill its empty cells.
    ``confidence`` and ``reason`` (a code, ``column_reason.<code>``) say how sure that is and why.
    """

    index: int
    header: str
    field: str
    unit: str = ""
    factor: float = 1.0
    year: int | None = None
    bound: str = ""
    exact: bool = False
    bare: bool = False
    others: tuple[MappedColumn, ...] = ()
    confidence: Confidence = "sure"
    reason: str = "alias"


def find_header_row(rows: Sequence[Sequence[object]]) -> int | None:
    """Return which of the first rows holds the headers: the one with most names we know."""
    best, most = None, 0
    for number, row in enumerate(rows):
        names = [str(cell) for cell in row if isinstance(cell, str) and cell.strip()]
        known = sum(1 for name in names if interpret_header(name) is not None)
        if known > most:
            best, most = number, known
    return best


def map_headers(headers: Sequence[str], log: IssueLog) -> list[MappedColumn]:
    """Return the columns that were understood by their names; the others are noted in ``log``.

    Columns that mean the same field are noted too: the first with the field's own name (or the
    first) is used, the others fill its empty cells.
    """
    mapped = read_headers(headers, log)
    for index, header in enumerate(headers):
        if is_open_header(header):
            note_unmapped(header, index, log)
    return group_columns(mapped, log)


def read_headers(headers: Sequence[str], log: IssueLog) -> list[MappedColumn]:
    """Return what each header means, several columns of one field not yet put together.

    Headers that only the cells can tell (:func:`is_open_header`) are passed over without a note.
    """
    mapped: list[MappedColumn] = []
    for index, header in enumerate(headers):
        name = header.strip()
        if _DERIVED.search(name) and _DERIVED.sub("", name) in fields():
            continue  # our own output read again: what these columns say is worked out anew
        if is_open_header(name):
            continue
        meaning = interpret_header(name)
        if meaning is None:
            note_unmapped(name, index, log)
            continue
        column = _check_unit(replace(meaning, index=index, header=name), log)
        if column is not None:
            mapped.append(column)
        if meaning.bare:
            log.add("header_of_unit", "assumed", field=meaning.field, value=name)
    return mapped


def group_columns(mapped: list[MappedColumn], log: IssueLog) -> list[MappedColumn]:
    """Return one column for each field, with the others of it at its side; they are noted."""
    kept = _group_by_field(mapped, log)
    unused = [item.header for item in kept if fields()[item.field].role == "unused"]
    if unused:
        log.add("columns_unused", "note", value=", ".join(unused))
    return kept


@cache
def _open_names() -> frozenset[str]:
    return frozenset([*map(normalise_name, word_list("unit_headers")), *header_choices()])


def is_open_header(header: str) -> bool:
    """Tell whether only the cells tell what a column holds: ``unit``, ``state``."""
    return normalise_name(header) in _open_names()


@lru_cache(maxsize=8192)
def interpret_header(header: str) -> MappedColumn | None:
    """Return what a header means, its unit not yet checked; None if it is no name we know.

    A header that is no name itself may be one in other words: ``Name of Project``, ``Country 1``,
    ``Expected annual generation``, ``Rated MW Capacity``.

    >>> interpret_header("Date of commissioning").field, interpret_header("所在国别").field
    ('commissioning_year', 'country')
    """
    name = simplify(unicodedata.normalize("NFKC", header)).strip()
    meaning = _interpret(name)
    if meaning is not None or len(name) > LONGEST_NAME:
        return None if meaning is None else replace(meaning, header=header)
    for variant in dict.fromkeys(_reword(name)):
        meaning = _interpret(variant)
        if meaning is not None and not meaning.bare:
            return replace(
                meaning, header=header, exact=False, confidence="likely", reason="similar"
            )
    return None


def _reword(name: str) -> Iterator[str]:
    """Yield other ways to write a header, the nearest first."""
    bases = [name]
    if numbered := _FIRST_OF_SEVERAL.match(name):
        bases.append(numbered[1])
        yield numbered[1]
    tokens = name.split()
    for place, token in enumerate(tokens[:-1]):
        if len(tokens) > 1 and _is_power(token):  # Rated MW Capacity
            rest = " ".join([*tokens[:place], *tokens[place + 1 :]])
            bases.append(f"{rest} ({token})")
            yield bases[-1]
    if swapped := _OF.match(name):
        bases.append(f"{swapped[2]} {swapped[1]}{swapped[3] or ''}")
        yield bases[-1]
    for base in bases:
        yield from _without_adjectives(base)


def _is_power(token: str) -> bool:
    return is_unit(token) and any(unit_factor(token, unit) is not None for unit in ("MW", "MWh"))


def _without_adjectives(name: str) -> Iterator[str]:
    adjectives, ends = word_list("header_adjectives"), word_list("header_ends")
    queue, known = [name], {name}
    for text in queue:
        lower = text.casefold()
        shorter = [
            text[len(word) :].lstrip(" _-")
            for word in adjectives
            if lower.startswith(word) and _is_word(word, lower[len(word) :])
        ]
        shorter += [
            text[: -len(word)].rstrip(" _-的")
            for word in ends
            if lower.endswith(word) and _is_word(word, lower[: -len(word)][::-1])
        ]
        for item in shorter:
            if item and item not in known and len(known) < MOST_VARIANTS:
                known.add(item)
                queue.append(item)
                yield item


def _is_word(word: str, rest: str) -> bool:
    """Tell whether what stands beside a word begins another one."""
    return bool(rest) and (not word.isascii() or rest[0] in " _-")


def _interpret(name: str) -> MappedColumn | None:
    """Return what a name means as it is written."""
    header = name
    bound = _BOUND.search(name)
    if bound and _BOUND.sub("", name) in fields():
        return MappedColumn(-1, header, _BOUND.sub("", name), bound=bound[1])
    for word, unit in _splits(name):
        field = _field_of(normalise_name(word), unit)
        if field is not None and (not unit or _plausible(unit, fields()[field])):
            exact = normalise_name(word) == normalise_name(field)
            return MappedColumn(-1, header, field, unit=unit, exact=exact)
    years = _YEAR.findall(name)
    if len(years) == 1:
        for word, unit in _splits(_YEAR.sub("", name).strip("_- ")):
            field = _field_of(normalise_name(word) + YEAR_MARK, unit)
            if field is not None:
                return MappedColumn(-1, header, field, unit=unit, year=int(years[0]))
    # a header of nothing but a unit says what it holds only if that is a greenhouse gas
    unit = name.replace("_", " ")
    if parse_unit(unit).gas and unit_factor(unit, fields()[_GAS_FIELD].unit) is not None:
        return MappedColumn(-1, header, _GAS_FIELD, unit=unit, bare=True)
    return None


def header_unit(header: str) -> str:
    """Return the unit in the brackets of a header, "" if there is none.

    >>> header_unit("规模（万吨/日）"), header_unit("规模（可研）")
    ('万吨/日', '')
    """
    brackets = _BRACKETS.match(unicodedata.normalize("NFKC", header).strip())
    return brackets[2].strip() if brackets and is_unit(brackets[2]) else ""


def _field_of(word: str, unit: str) -> str | None:
    """Return the field that a name means, by the unit beside it if it may mean several."""
    names = field_index().get(word, ())
    written = unit.removeprefix("(")
    # Capacity (Mt) is one of a year, and no waste of a day
    daily = parse_unit(written).per == "day" if written else False
    fitting = [
        name
        for name in names
        if unit_factor(written, fields()[name].unit) is not None
        and (daily or len(names) == 1 or not fields()[name].unit.endswith("/day"))
    ]
    # 辆 is a vehicle rather than any item, a tonne a mass rather than a cubic metre of water
    fitting.sort(key=lambda name: not is_same_dimension(written, fields()[name].unit))
    return next(iter(fitting or names), None)


def _plausible(unit: str, field: FieldRow) -> bool:
    """Tell whether what was split off may be a unit; what stood in brackets (``(``) always may."""
    if unit.startswith("("):
        return True
    return field.numeric and (unit_factor(unit, field.unit) is not None or is_unit(unit))


def _splits(name: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to read a header as a name and a unit, the likeliest first."""
    yield name, ""
    brackets = _BRACKETS.match(name)
    if brackets and brackets[1]:
        for word, inner in _splits(brackets[1]):
            if not inner:
                yield word, f"({brackets[2].strip()}"
    for separator in (",", ":", ";", "/", "|", " in ", " - "):
        head, _, tail = name.rpartition(separator)
        if head and tail:
            yield head, tail.strip()
    tokens = re.split(r"[\s_]+", name)
    for count in (1, 2, 3, 4):
        if len(tokens) > count:
            yield " ".join(tokens[:-count]), " ".join(tokens[-count:])
            yield " ".join(tokens[:-count]), "/".join(tokens[-count:])
    if re.search(r"[\u4e00-\u9fff]", name):
        for cut in range(len(name) - 1, 1, -1):  # 装机容量MW, 年发电量亿千瓦时
            yield name[:cut], name[cut:]


def _check_unit(item: MappedColumn, log: IssueLog) -> MappedColumn | None:
    field = fields()[item.field]
    bracketed, unit = item.unit.startswith("("), item.unit.removeprefix("(")
    if not field.numeric or not unit or field.is_year:
        return replace(item, unit="")
    factor = unit_factor(unit, field.unit)
    if factor is not None:
        return replace(item, unit=unit, factor=factor)
    if not bracketed or is_unit(unit):
        log.add("column_unit", field=field.name, value=item.header, expected=field.unit, unit=unit)
        return None
    if normalise_name(unit) not in word_list("header_remarks"):
        log.add(
            "header_remark",
            "doubtful",
            field=field.name,
            value=item.header,
            expected=field.unit,
            unit=unit,
        )
    return replace(item, unit="")


def _group_by_field(items: list[MappedColumn], log: IssueLog) -> list[MappedColumn]:
    """Keep one column for each field (and year, and bound), with the others of it at its side."""
    groups: dict[tuple[str, int | None, str], list[MappedColumn]] = {}
    for item in items:
        groups.setdefault((item.field, item.year, item.bound), []).append(item)
    kept = []
    for (name, _, _), group in groups.items():
        first = next((item for item in group if item.exact), group[0])
        others = tuple(item for item in group if item is not first)
        kept.append(replace(first, others=others))
        if others and fields()[name].role != "unused":
            log.add(
                "two_columns",
                "assumed",
                field=name,
                value=", ".join(item.header for item in group),
                used=first.header,
                others=", ".join(item.header for item in others),
            )
    return sorted(kept, key=lambda item: item.index)


def note_unmapped(name: str, index: int, log: IssueLog) -> None:
    """Note a column that was not understood, with the known name nearest to its own."""
    if not name:
        log.add("column_without_name", "note", value=str(index + 1))
        return
    known = [entry for entry in field_index() if not entry.endswith(YEAR_MARK)]
    cutoff = threshold("header_likeness")
    near = process.extractOne(
        normalise_name(name), known, scorer=fuzz.ratio, score_cutoff=100 * cutoff
    )
    if near:
        field = field_index()[near[0]][0]
        log.add("unmapped_column", "note", value=name, expected=Name(field), nearest=field)
    else:
        log.add("unmapped_column_far", "note", value=name)

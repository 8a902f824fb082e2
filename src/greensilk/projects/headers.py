"""What each column of a file means: names in two languages, units in the header, years of a series.

>>> for mapped in map_headers(["编号", "装机容量（万千瓦）", "generation_gwh_2019"], Book()):
...     print(mapped.field, mapped.unit, mapped.factor, mapped.year)
project_id  1.0 None
capacity 万千瓦 10.0 None
measured_generation gwh 1000.0 2019
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from greensilk.projects.book import Book
from greensilk.projects.fields import YEAR_MARK, Field, field_index, fields, key
from greensilk.projects.unitwords import conversion, is_unit, tidy

__all__ = ["Mapped", "map_headers", "pick_header", "understood"]

_BRACKETS = re.compile(r"^(.*?)\s*[(\[【]([^()\[\]【】]*)[)\]】]\s*$")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)\s*年?")
_BOUND = re.compile(r"__(low|high)$")
_DERIVED = re.compile(r"__(half|text|qualifier)$")
_OF_GAS = "claimed_emission_reductions"
# Words in brackets that say something, but are no unit.
_REMARKS = frozenset(
    [
        "ac",
        "dc",
        "gross",
        "net",
        "total",
        "installed",
        "design",
        "planned",
        "annual",
        "average",
        "mean",
        "expected",
        "actual",
        "estimate",
        "estimated",
        "设计",
        "设计值",
        "合计",
        "总计",
        "年均",
        "平均",
        "实际",
        "估算",
        "预计",
        "交流",
        "直流",
        "毛",
        "净",
        "必填",
        "选填",
        "required",
        "optional",
        "如有",
    ]
)


@dataclass(frozen=True, slots=True)
class Mapped:
    """One column that was understood.

    ``factor`` turns a plain number of the column into the field's unit. ``year`` is set for the
    columns of a series, ``bound`` (low, high) for the columns of a range. ``exact`` says that the
    header is the field's own name, which wins over an alias. ``bare`` says that
    the header names a unit only. ``others`` are further columns of the
    same field, which fill its empty cells.
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
    others: tuple[Mapped, ...] = ()


def pick_header(rows: Sequence[Sequence[object]]) -> int | None:
    """Return which of the first rows holds the headers: the one with most names we know."""
    best, most = None, 0
    for number, row in enumerate(rows):
        names = [str(cell) for cell in row if isinstance(cell, str) and cell.strip()]
        known = sum(1 for name in names if understood(name) is not None)
        if known > most:
            best, most = number, known
    return best


def map_headers(headers: Sequence[str], book: Book) -> list[Mapped]:
    """Return the columns that were understood; the others are noted in ``book``.

    Columns that mean the same field are noted too: the first with the field's own name (or the
    first) is used, the others fill its empty cells.
    """
    mapped: list[Mapped] = []
    for index, header in enumerate(headers):
        name = header.strip()
        if _DERIVED.search(name) and _DERIVED.sub("", name) in fields():
            continue  # our own output read again: what these columns say is worked out anew
        found = understood(name)
        if found is None:
            _unmapped(name, index, book)
            continue
        checked = _check_unit(replace(found, index=index, header=name), book)
        if checked is not None:
            mapped.append(checked)
        if found.bare:
            book.add("header_of_unit", "assumed", field=found.field, value=name)
    kept = _one_each(mapped, book)
    unused = [item.header for item in kept if fields()[item.field].role == "unused"]
    if unused:
        book.add("columns_unused", "note", value=", ".join(unused))
    return kept


def understood(header: str) -> Mapped | None:
    """Return what a header means, its unit not yet checked; None if it is no name we know."""
    name = unicodedata.normalize("NFKC", header).strip()
    bound = _BOUND.search(name)
    if bound and _BOUND.sub("", name) in fields():
        return Mapped(-1, header, _BOUND.sub("", name), bound=bound[1])
    for word, unit in _splits(name):
        field = _field_of(key(word), unit)
        if field is not None and (not unit or _plausible(unit, fields()[field])):
            return Mapped(-1, header, field, unit=unit, exact=key(word) == key(field))
    years = _YEAR.findall(name)
    if len(years) == 1:
        for word, unit in _splits(_YEAR.sub("", name).strip("_- ")):
            field = _field_of(key(word) + YEAR_MARK, unit)
            if field is not None:
                return Mapped(-1, header, field, unit=unit, year=int(years[0]))
    # a header of nothing but a unit says what it holds only if that is a greenhouse gas
    unit = name.replace("_", " ")
    if tidy(unit).gas and conversion(unit, fields()[_OF_GAS].unit) is not None:
        return Mapped(-1, header, _OF_GAS, unit=unit, bare=True)
    return None


def _field_of(word: str, unit: str) -> str | None:
    """Return the field that a name means, by the unit beside it if it may mean several."""
    names = field_index().get(word, ())
    written = unit.removeprefix("(")
    fitting = [name for name in names if conversion(written, fields()[name].unit) is not None]
    return next(iter(fitting or names), None)


def _plausible(unit: str, field: Field) -> bool:
    """Tell whether what was split off may be a unit; what stood in brackets (``(``) always may."""
    if unit.startswith("("):
        return True
    return field.numeric and (conversion(unit, field.unit) is not None or is_unit(unit))


def _splits(name: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to read a header as a name and a unit, the likeliest first."""
    yield name, ""
    brackets = _BRACKETS.match(name)
    if brackets and brackets[1]:
        for word, inner in _splits(brackets[1]):
            if not inner:
                yield word, f"({brackets[2].strip()}"
    for separator in (",", ":", ";", "/", "|", " in ", " - "):
        head, found, tail = name.rpartition(separator)
        if found and head and tail:
            yield head, tail.strip()
    tokens = re.split(r"[\s_]+", name)
    for count in (1, 2, 3, 4):
        if len(tokens) > count:
            yield " ".join(tokens[:-count]), " ".join(tokens[-count:])
            yield " ".join(tokens[:-count]), "/".join(tokens[-count:])
    if re.search(r"[\u4e00-\u9fff]", name):
        for cut in range(len(name) - 1, 1, -1):  # 装机容量MW, 年发电量亿千瓦时
            yield name[:cut], name[cut:]


def _check_unit(item: Mapped, book: Book) -> Mapped | None:
    field = fields()[item.field]
    bracketed, unit = item.unit.startswith("("), item.unit.removeprefix("(")
    if not field.numeric or not unit or field.year:
        return replace(item, unit="")
    factor = conversion(unit, field.unit)
    if factor is not None:
        return replace(item, unit=unit, factor=factor)
    if not bracketed or is_unit(unit):
        book.add("column_unit", field=field.name, value=item.header, expected=field.unit, unit=unit)
        return None
    if key(unit) not in _REMARKS:
        book.add(
            "header_remark",
            "doubtful",
            field=field.name,
            value=item.header,
            expected=field.unit,
            unit=unit,
        )
    return replace(item, unit="")


def _one_each(items: list[Mapped], book: Book) -> list[Mapped]:
    """Keep one column for each field (and year, and bound), with the others of it at its side."""
    groups: dict[tuple[str, int | None, str], list[Mapped]] = {}
    for item in items:
        groups.setdefault((item.field, item.year, item.bound), []).append(item)
    kept = []
    for (name, _, _), group in groups.items():
        chosen = next((item for item in group if item.exact), group[0])
        others = tuple(item for item in group if item is not chosen)
        kept.append(replace(chosen, others=others))
        if others and fields()[name].role != "unused":
            book.add(
                "two_columns",
                "assumed",
                field=name,
                value=", ".join(item.header for item in group),
                used=chosen.header,
                others=", ".join(item.header for item in others),
            )
    return sorted(kept, key=lambda item: item.index)


def _unmapped(name: str, index: int, book: Book) -> None:
    if not name:
        book.add("column_without_name", "note", value=str(index + 1))
        return
    words = [word for word in field_index() if not word.endswith(YEAR_MARK)]
    near = get_close_matches(key(name), words, n=1, cutoff=0.75)
    if near:
        field = fields()[field_index()[near[0]][0]]
        book.add(
            "unmapped_column", "note", value=name, expected=field.name, en=field.en, zh=field.zh
        )
    else:
        book.add("unmapped_column_far", "note", value=name)

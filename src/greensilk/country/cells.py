"""The passages and blocks that several parts of the guide are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from greensilk.core.document import (
    Badge,
    Block,
    Cell,
    Column,
    Joined,
    Link,
    Note,
    Section,
    Small,
    Spark,
    Table,
    Tone,
)
from greensilk.core.tables import load_records
from greensilk.core.text import Label, Parameter, Sentence
from greensilk.country.model import Figure, Guide

__all__ = [
    "MARKS",
    "NONE",
    "link",
    "make_note",
    "make_part",
    "make_section",
    "make_table",
    "mark",
    "refer",
    "say",
    "say_below",
    "show_checked",
    "show_marks",
    "show_origin",
    "show_rank",
    "show_trend",
    "show_value",
]

# what a mark beside a figure says; explained at the end of the guide
MARKS = {"old": "†", "doubtful": "≠", "restricted": "‡"}
NONE = "–"
_ARROWS = {"up": "▲", "down": "▼", "flat": "▬"}
_TURNS: dict[str, Tone] = {"better": "good", "worse": "bad"}
# flags a reader must see beside the value; the others stand in the workbook
_FLAGS = ("zero_filled", "projection", "imputed")


class _Column(msgspec.Struct, frozen=True):
    table: str
    column: str
    width: int
    numeric: bool


def say(key: str, **params: Parameter) -> Parameter:
    """Return a sentence of the room's catalogue, a label where it has no blanks."""
    return Sentence(f"country.{key}", params) if params else Label(f"country.{key}")


def make_note(key: str, tone: Tone = "muted", **params: Parameter) -> Note:
    """Return a paragraph of the room's catalogue."""
    return Note(say(key, **params), tone)


def make_section(name: str, *blocks: Block, parts: Iterable[Section] = ()) -> Section:
    """Return a section of the menu."""
    title, short = say(f"{name}.title"), say(f"nav.{name}")
    return Section(name, title, blocks, tuple(parts), short=short)


def make_part(
    name: str,
    title: Parameter,
    *blocks: Block,
    folded: bool = False,
    parts: Iterable[Section] = (),
) -> Section:
    """Return a part of a section, which the menu leaves out."""
    return Section(name, title, blocks, tuple(parts), folded=folded, menu=False)


def say_below(key: str, **params: Parameter) -> Small:
    """Return a remark in small on a line of its own."""
    return Small(say(key, **params), line=True)


def mark(code: str) -> Badge:
    """Return the mark of a code, with its meaning."""
    return Badge(MARKS[code], "warning", f"mark_{code}", say(f"terms.{code}"))


def show_marks(figure: Figure) -> tuple[Badge, ...]:
    """Return the marks of a figure: doubtful, old, restricted."""
    marks = []
    if figure.findings:
        marks.append(Badge(MARKS["doubtful"], "warning", "mark_doubtful", figure.remarks))
    if figure.old:
        marks.append(mark("old"))
    if not figure.open:
        marks.append(mark("restricted"))
    return tuple(marks)


def show_value(figure: Figure) -> Cell:
    """Return the value of a figure with its marks and what its flag says."""
    value = Joined((figure.value_label, *show_marks(figure)), "tight")
    if figure.flag in _FLAGS:
        return Joined((value, Small(Label(f"facts.flag.{figure.flag}"), line=True)))
    return value


def show_rank(figure: Figure) -> Parameter:
    """Return the place among partner countries, as ``29/148``; only a number has one."""
    if not figure.is_number or figure.partner_rank is None or not figure.partner_of:
        return ""
    params = {"rank": figure.partner_rank, "of": figure.partner_of}
    return Sentence("country.rank.short", params)


def show_trend(figure: Figure) -> Cell:
    """Return the line of a series and the arrow of its course."""
    if not figure.is_number or len(figure.values) < 2:
        return NONE
    tone = _TURNS.get(figure.turn, "plain")
    span = f"{figure.first_year}–{figure.year}"
    line = Spark(figure.years, figure.values, tone, span)
    if not figure.course:
        return line
    meaning = say(f"course.{figure.turn or figure.course}")
    return Joined((line, Badge(_ARROWS[figure.course], tone, f"course_{figure.course}", meaning)))


def refer(guide: Guide, source: str) -> Cell:
    """Return the number of a source as a link to it."""
    number = guide.source_numbers.get(source)
    return Link(f"[{number}]", f"#source-{number}") if number else ""


def show_origin(guide: Guide, figure: Figure) -> Cell:
    """Return who produced a figure, and the number of the source."""
    return Joined((figure.origin, refer(guide, figure.source)))


def show_checked(verified: bool) -> Badge:
    """Return whether an entry was checked against its document."""
    if verified:
        return Badge(say("laws.checked"), "good", "checked")
    return Badge(say("laws.unchecked"), "muted", "unchecked")


def link(text: Parameter, address: str) -> Cell:
    """Return text that leads to an address, if there is one."""
    return Link(text, address) if address else text


def make_table(
    name: str,
    rows: Iterable[Sequence[Cell]],
    *,
    title: Parameter = "",
    caption: Cell = "",
    groups: Mapping[int, Cell] | None = None,
    anchors: Mapping[int, str] | None = None,
) -> Table:
    """Return a table with the columns that ``data/columns.csv`` gives it."""
    columns = tuple(
        Column(row.column, say(f"column.{row.column}"), row.numeric, row.width)
        for row in load_records("country/data/columns.csv", _Column, key=("table", "column"))
        if row.table == name
    )
    return Table(columns, list(rows), title, caption, groups=groups or {}, anchors=anchors or {})

"""A document free of language and layout: what a view returns and every renderer knows.

A view is one function of a room: its result in, a :class:`Document` out, no arithmetic. Texts are
parameters (:mod:`greensilk.core.text.parameters`): a sentence of the catalogue with what fills it,
a name, a label, an amount with its range, or text as a user wrote it. The renderers (HTML, PDF,
workbook, JSON, DOCX, terminal) turn them into words of one language.

>>> from greensilk.core.text import Amount, Label
>>> block = KeyFigure(Label("name.emission_reductions"), Amount(2.4e6, "tCO2e/yr"))
>>> document = Document("demo", Label("report.title"), (Section("key", Label("report.nav.key"),
...                     (KeyFigures((block,)),)),))
>>> [section.id for section in document.walk()]
['key']
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import pyarrow as pa

from greensilk.core.text import Parameter

__all__ = [
    "Axis",
    "Badge",
    "Block",
    "Cell",
    "Chart",
    "Code",
    "Column",
    "DataColumn",
    "DataTable",
    "Document",
    "Joined",
    "KeyFigure",
    "KeyFigures",
    "Link",
    "Note",
    "Notes",
    "Section",
    "Small",
    "Spark",
    "Strong",
    "Table",
    "Terms",
    "Tone",
    "Tree",
    "TreeNode",
]

# how a passage is meant, which the theme turns into a colour and a mark
Tone = Literal["plain", "good", "bad", "warning", "info", "muted"]


@dataclass(frozen=True, slots=True)
class Badge:
    """A code shown as a mark: a verdict, a colour of the traffic light, a grade, a footnote sign.

    The theme may have a colour and a sign for ``code`` (``high``, ``grade3``), else for the tone.
    ``meaning`` is what a reader sees when pointing at it.
    """

    text: Parameter
    tone: Tone = "plain"
    code: str = ""
    meaning: Parameter = ""


@dataclass(frozen=True, slots=True)
class Small:
    """Text in small beside what it explains; with ``line`` on a line of its own below it."""

    text: Parameter
    tone: Tone = "muted"
    line: bool = False


@dataclass(frozen=True, slots=True)
class Strong:
    """Text that stands out in its line."""

    text: Parameter


@dataclass(frozen=True, slots=True)
class Code:
    """A machine name, shown as it is."""

    code: str


@dataclass(frozen=True, slots=True)
class Spark:
    """A small line of a series in a cell, its last point marked.

    ``tone`` says whether the course is for better or worse, ``text`` what the line shows, for
    those who cannot see it.
    """

    years: tuple[int, ...]
    values: tuple[float, ...]
    tone: Tone = "plain"
    text: Parameter = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads somewhere: an address, or ``#id`` of a section of the document.

    ``code``: the text is a machine name.
    """

    text: Parameter
    target: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """Several passages in one cell, one after another; empty ones are left out.

    ``mode``: with a ``space`` between them, nothing (``tight``), a ``comma`` (a clause in either
    language), as a ``list`` of like things, or each on a line of its own (``lines``).
    """

    parts: tuple[Cell, ...]
    mode: Literal["space", "tight", "comma", "list", "lines"] = "space"


Cell: TypeAlias = "Parameter | Badge | Link | Small | Strong | Code | Spark | Joined"


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number that stands out: what it is, the value with its range, and a remark.

    An amount is shown as figure, unit and range; ``unit`` follows a value that is none.
    """

    title: Parameter
    value: Parameter
    remark: Cell = ""
    tone: Tone = "plain"
    unit: Parameter = ""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Key figures side by side."""

    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """One paragraph; ``warning`` and ``bad`` ones are marked at the margin."""

    text: Cell
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Notes:
    """A list of short passages, under a title if there is one."""

    items: tuple[Cell, ...]
    tone: Tone = "plain"
    title: Parameter = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms and what is said of each, in two columns without a head."""

    items: tuple[tuple[Cell, Cell], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    ``key`` is the machine name (the header of JSON and of raw columns in a workbook); ``numeric``
    keeps figures on one line; ``width`` in letters, for workbooks and as the proportion of columns
    where a page is set; ``part`` shows one part of the amounts in it.
    """

    key: str
    title: Parameter
    numeric: bool = False
    width: int = 14
    part: Literal["", "value", "range", "unit"] = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headers.

    ``rows`` holds one cell a column. By position of a row: ``groups`` are headings that stand
    before it, ``below`` passages that follow it over the whole width, ``anchors`` its address
    inside the document, ``strong`` rows that stand out. ``first`` rows are shown at once and the
    others on demand (0: all at once). In a workbook the table has a ``sheet`` of its own or stands
    in the summary.
    """

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    title: Parameter = ""
    caption: Cell = ""
    first: int = 0
    anchors: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[int, Cell] = field(default_factory=dict)
    below: Mapping[int, Cell] = field(default_factory=dict)
    strong: Collection[int] = ()
    sheet: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis of a chart: the field it shows, its title and unit, and whether it is logarithmic.

    A title that is a sentence with the blank ``{unit}`` gets the unit that numbers are scaled to.
    """

    field: str
    title: Parameter = ""
    unit: str = ""
    logarithmic: bool = False
    zero: bool = True


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a small table.

    ``kind``: ``bars`` (one bar a name, stacked by ``colour``, with the range of the bar where rows
    have one), ``shares`` (bars of the parts of a whole, one bar where ``y`` has no field),
    ``ranges`` (a dot with its range), ``ratios`` (a mark beside the band ``low`` to ``high`` around
    one), ``lines`` (series over time, one a ``colour``), ``tornado`` (bars from the value as it is
    to ``low`` and to ``high``). Names stand at ``y``, values at ``x``; for ``lines`` time is ``x``
    and values are ``y``. ``rows`` are plain records; text in them may be parameters. ``low`` and
    ``high`` name the ends of a range. ``categories`` gives codes of ``colour`` their words, in the
    order of the legend; the theme knows their colours. ``text`` describes the picture for those who
    cannot see it.
    """

    kind: Literal["bars", "ranges", "ratios", "lines", "tornado", "shares"]
    rows: Sequence[Mapping[str, Parameter]]
    x: Axis
    y: Axis
    title: Parameter = ""
    caption: Cell = ""
    low: str = ""
    high: str = ""
    colour: str = ""
    categories: Mapping[str, Parameter] = field(default_factory=dict)
    text: Parameter = ""


@dataclass(frozen=True, slots=True)
class TreeNode:
    """One step of an explanation: a name, its value, how it came about and from where.

    Badges among the details stand beside the value, other details on lines below it.
    """

    title: Parameter
    value: Parameter
    details: tuple[Cell, ...] = ()
    children: tuple[TreeNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """An explanation down to its leaves."""

    root: TreeNode
    title: Parameter = ""


Block: TypeAlias = KeyFigures | Note | Notes | Terms | Table | Chart | Tree


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document: blocks, then sections below it.

    ``folded`` ones open on demand; ``result``, ``facts`` and ``marks`` stand beside their title.
    ``finder`` gives the sections below a search field, which also looks at their ``search``, and a
    filter of that name for those with a mark that is not good.
    ``menu`` puts the section into the menu, as ``short`` if that is given.
    """

    id: str
    title: Parameter
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    folded: bool = False
    menu: bool = True
    short: Parameter = ""
    result: Cell = ""
    facts: Cell = ""
    marks: tuple[Badge, ...] = ()
    search: Parameter = ""
    finder: Parameter = ""

    def walk(self) -> Iterator[Section]:
        """Yield this section and all below it."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column of a raw table as a workbook shows it.

    ``source`` is the column of the table, ``key`` itself if empty. ``form``: ``plain``; ``name``
    (glossary) and ``label`` (``prefix`` and the code) turn codes into words, ``names``, ``labels``
    and ``sentences`` several codes with spaces between them; ``formula`` words the names in it;
    ``localised`` takes ``<source>_en`` or ``<source>_zh``; ``sentence`` fills ``prefix`` and the
    code with the parameters in the column ``params``; ``fault`` makes the message of a fault of the
    input, whose fields are columns.
    """

    key: str
    title: Parameter
    width: int = 14
    form: Literal[
        "plain",
        "name",
        "names",
        "label",
        "labels",
        "sentences",
        "formula",
        "localised",
        "sentence",
        "fault",
    ] = "plain"
    source: str = ""
    prefix: str = ""
    params: str = ""


@dataclass(frozen=True, slots=True)
class DataTable:
    """A raw table that goes with a document, of any length."""

    title: Parameter
    columns: tuple[DataColumn, ...]
    table: pa.Table


@dataclass(frozen=True, slots=True)
class Document:
    """What a person reads.

    ``head`` stands under the title, before the sections. ``data`` are raw tables that a workbook
    carries as sheets, numbers as numbers. ``record`` is the result itself: JSON holds it as it is,
    a dataclass as an object and each parameter in every language.
    """

    id: str
    title: Parameter
    sections: tuple[Section, ...]
    subtitle: Parameter = ""
    brand: Parameter = ""
    footer: Cell = ""
    data: Mapping[str, Table | DataTable] = field(default_factory=dict)
    head: tuple[Block, ...] = ()
    record: object = None

    def walk(self) -> Iterator[Section]:
        """Yield every section, parents first."""
        for section in self.sections:
            yield from section.walk()

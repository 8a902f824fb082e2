"""A document as one HTML page that opens offline.

The page carries its own style and a few lines of script, and its content policy forbids it to
fetch anything. Names and texts come from the user's file and are escaped.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from html import escape
from importlib.resources import files
from itertools import count

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from greensilk.core.document import (
    Badge,
    Cell,
    Chart,
    Column,
    Document,
    Section,
    Spark,
    Table,
    TreeNode,
)
from greensilk.core.languages import check_language
from greensilk.core.text import Parameter, render_value, text
from greensilk.core.text.numbers import format_number
from greensilk.core.version import __version__
from greensilk.report import theme
from greensilk.report.charts import Picture, draw_chart
from greensilk.report.render.passages import Run, cell_runs, cell_text, figure_parts
from greensilk.report.svg import spark_points

__all__ = ["render_html", "render_notebook"]

_SPARK = (96, 24)
# a mark of such a tone is none to look after
_FINE = ("plain", "good", "muted")


def render_html(document: Document, lang: str = "en") -> str:
    """Return a document as one page.

    Raises
    ------
    UnknownNameError
        If ``lang`` is neither ``en`` nor ``zh``.
    """
    page = _Page(check_language(lang))
    script = _asset("document.js")
    return _template().render(
        document=document,
        lang=lang,
        version=__version__,
        css=f"{theme.style_variables()}\n{_asset('document.css')}",
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        say=page.say,
        word=page.word,
        plain=format_number,
        cell=page.cell,
        table_cell=page.table_cell,
        row_attributes=_row_attributes,
        figure_parts=lambda card: figure_parts(card, lang),
        draw=page.draw,
        search_text=page.search_text,
        bad_marks=_bad_marks,
        headed=page.headed,
        fixed=lambda table: bool(table.below or table.groups),
        widths=_widths,
        beside=lambda node: [part for part in node.details if isinstance(part, Badge)],
        under=_under,
        kind_of=lambda block: type(block).__name__,
    )


def render_notebook(document: Document, lang: str = "en") -> str:
    """Return a document for the cell of a notebook: the page in a frame of its own."""
    page = escape(render_html(document, lang))
    style = "width: 100%; height: 640px; border: 1px solid #dde4e0"
    return f'<iframe srcdoc="{page}" style="{style}"></iframe>'


class _Page:
    """The words of a page in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._pictures = count(1)

    def say(self, value: Parameter) -> str:
        return render_value(value, self.lang)

    def word(self, key: str, **params: object) -> str:
        return text(key, self.lang, **params)

    def cell(self, cell: Cell, part: str = "") -> Markup:
        """Return a cell as markup; text of the user's file is escaped."""
        if isinstance(cell, str):
            return Markup.escape(cell)
        return Markup("").join(_markup(run) for run in cell_runs(cell, self.lang, part))

    def table_cell(self, column: Column, cell: Cell, first: bool) -> Markup:
        """Return a cell of a table with its tag."""
        inner = self.cell(cell, column.part)
        if first:
            return Markup('<th scope="row">{}</th>').format(inner)
        if column.numeric:
            return Markup('<td class="number">{}</td>').format(inner)
        return Markup("<td>{}</td>").format(inner)

    def draw(self, chart: Chart) -> Picture:
        return draw_chart(chart, self.lang, prefix=f"c{next(self._pictures)}")

    def headed(self, table: Table) -> bool:
        """Return whether a table has a header: one whose titles are all empty has none."""
        return any(self.say(column.title) for column in table.columns)

    def search_text(self, part: Section) -> str:
        """Return what the search field of a page finds a section by."""
        wording = (self.say(part.title), cell_text(part.facts, self.lang), self.say(part.search))
        return " ".join(word for word in wording if word)


def _markup(run: Run) -> Markup:
    line = Markup("<br>") if run.line else Markup("")
    wording = Markup.escape(run.text)
    if isinstance(run.source, Spark):
        return line + _spark(run)
    if isinstance(run.source, Badge):
        return line + _badge(run, run.source)
    if run.mono:
        wording = Markup("<code>{}</code>").format(wording)
    if run.kind == "link" and run.target:
        if run.target.startswith("#"):
            return line + Markup('<a href="{}">{}</a>').format(run.target, wording)
        tag = Markup('<a href="{}" rel="noreferrer noopener">{}</a>')
        return line + tag.format(run.target, wording)
    if run.kind == "strong":
        return line + Markup("<b>{}</b>").format(wording)
    if run.kind == "code":
        return line + Markup("<code>{}</code>").format(wording)
    if run.kind == "formula":
        return line + Markup('<span class="formula">{}</span>').format(wording)
    if run.kind == "small":
        return line + Markup('<span class="small {}">{}</span>').format(run.tone, wording)
    return line + wording


def _badge(run: Run, badge: Badge) -> Markup:
    mark = theme.mark_of(badge)
    names = ["mark"]
    if badge.code in theme.MARKS:
        names += [badge.code] + ["tag"] * bool(mark.fill or mark.frame)
        names += ["filled"] * bool(mark.fill) + ["framed"] * mark.frame
    else:
        names.append(badge.tone)
    title = Markup(' title="{}"').format(run.meaning) if run.meaning else Markup("")
    return Markup('<span class="{}"{}>{}</span>').format(" ".join(names), title, run.text)


def _spark(run: Run) -> Markup:
    spark = run.source
    if not isinstance(spark, Spark):
        return Markup("")
    points = spark_points(spark.years, spark.values, *_SPARK)
    if not points:
        return Markup("")
    path = " ".join(f"{x:g},{y:g}" for x, y in points)
    x, y = points[-1]
    return Markup(
        '<svg class="spark {}" viewBox="0 0 {} {}" width="{}" height="{}" role="img" '
        'aria-label="{}"><polyline points="{}"/><circle cx="{:g}" cy="{:g}" r="2.2"/></svg>'
    ).format(run.tone, *_SPARK, *_SPARK, run.text, path, x, y)


def _row_attributes(table: Table, index: int) -> Markup:
    names = ["key"] * (index in table.strong) + ["open"] * (index in table.below)
    kinds = Markup(' class="{}"').format(" ".join(names)) if names else Markup("")
    anchor = table.anchors.get(index)
    return kinds + (Markup(' id="{}"').format(anchor) if anchor else Markup(""))


def _widths(table: Table) -> list[float]:
    overall = sum(column.width for column in table.columns)
    return [round(100 * column.width / overall, 1) for column in table.columns]


def _bad_marks(part: Section) -> int:
    return sum(badge.tone not in _FINE for badge in part.marks)


def _under(node: TreeNode) -> list[Cell]:
    return [part for part in node.details if not isinstance(part, Badge) and part != ""]


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("greensilk.report.render", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("document.html.j2")


@cache
def _asset(name: str) -> str:
    return (files("greensilk.report.render") / "templates" / name).read_text(encoding="utf-8")

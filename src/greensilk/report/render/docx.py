"""A document as a Word file: real headings, tables and lists, pictures of its charts.

What a bank pastes into its own report keeps its structure there. Sections that open on demand in
the page stand in an annex, their explanations as indented paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO

import docx
from docx.document import Document as File
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from greensilk.core.document import (
    Badge,
    Block,
    Cell,
    Chart,
    Document,
    KeyFigures,
    Note,
    Notes,
    Section,
    Table,
    Terms,
    Tree,
    TreeNode,
)
from greensilk.core.errors import OutputError
from greensilk.core.languages import check_language
from greensilk.core.text import Parameter, render_value
from greensilk.report import theme
from greensilk.report.charts import draw_chart, share_lines
from greensilk.report.render.annex import move_to_annex
from greensilk.report.render.fonts import FontChoice, find_fonts
from greensilk.report.render.passages import Run, cell_runs, figure_parts, is_loud
from greensilk.report.svg import render_png

__all__ = ["render_docx"]

# the width of the text in twentieths of a point, and of a picture
_TEXT_WIDTH = 9_600
_PICTURE = Cm(17)
_DEEPEST = 8
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def render_docx(document: Document, lang: str = "en") -> bytes:
    """Return a document as a Word file.

    Where no font for the pictures is found, their figures are left to the tables.
    """
    return _Writer(check_language(lang)).write(document)


class _Writer:
    """Writes a document into a Word file, in one language."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._file: File = docx.Document()
        try:
            self._fonts: FontChoice | None = find_fonts(lang)
        except OutputError:
            self._fonts = None

    def write(self, document: Document) -> bytes:
        """Return the bytes of the file."""
        self._set_styles()
        document = move_to_annex(document)
        properties = self._file.core_properties
        properties.title = self._say(document.title)
        properties.author = "GreenSilk"
        if document.brand:
            self._paragraph([Run(self._say(document.brand), "small", "muted")])
        self._file.add_heading(_clean(self._say(document.title)), level=0)
        if document.subtitle:
            self._paragraph(self._runs(document.subtitle))
        for block in document.head:
            self._block(block, 2)
        for section in document.sections:
            self._section(section, 1)
        if document.footer:
            self._paragraph([Run("")])
            self._paragraph(self._runs(document.footer), tone="muted", size=8)
        page = BytesIO()
        self._file.save(page)
        return page.getvalue()

    def _say(self, value: Parameter) -> str:
        return render_value(value, self._lang)

    def _runs(self, cell: Cell, part: str = "") -> list[Run]:
        return cell_runs(cell, self._lang, part)

    def _set_styles(self) -> None:
        """Set fonts and colours of the styles that a reader can change in one place."""
        sizes = {"Normal": 10, "Title": 22, "Heading 1": 15, "Heading 2": 12, "Heading 3": 11}
        for name in (*sizes, "Heading 4", "List Bullet"):
            style = self._file.styles[name]
            style.font.name = theme.OFFICE_FONTS["en"]
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            fonts.set(qn("w:eastAsia"), theme.OFFICE_FONTS["zh"])
            # a theme font would win over the one that is named
            for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(attribute), None)
            if name in sizes:
                style.font.size = Pt(sizes[name])
            if name.startswith(("Heading", "Title")):
                style.font.color.rgb = _colour(theme.DEEP)
        for part in self._file.sections:
            part.page_width, part.page_height = Cm(21), Cm(29.7)
            part.left_margin = part.right_margin = Cm(2)
            part.top_margin = part.bottom_margin = Cm(2)

    def _paragraph(
        self, runs: Iterable[Run], style: str = "", tone: str = "plain", size: float = 0.0
    ) -> Paragraph:
        paragraph = self._file.add_paragraph(style=style or None)
        for run in runs:
            wording = run.text if run.kind != "spark" else ""
            if isinstance(run.source, Badge) and (sign := theme.mark_of(run.source).sign):
                wording = f"{sign} {wording}"
            if run.line:
                paragraph.add_run().add_break()
            part = paragraph.add_run(_clean(wording))
            part.bold = _is_bold(run) or None
            part.font.color.rgb = _colour(_ink(run, tone))
            if size:
                part.font.size = Pt(size)
        return paragraph

    def _section(self, section: Section, level: int) -> None:
        self._file.add_heading(_clean(self._say(section.title)), level=min(level, 4))
        beside: list[Run] = []
        for cell in (section.result, section.facts, *section.marks):
            runs = self._runs(cell)
            beside += [Run("   "), *runs] if beside and runs else runs
        if beside:
            self._paragraph(beside, size=9)
        for block in section.blocks:
            self._block(block, min(level + 1, 4))
        for part in section.sections:
            self._section(part, level + 1)

    def _block(self, block: Block, level: int) -> None:
        title = "" if isinstance(block, KeyFigures | Note | Terms) else self._say(block.title)
        if title:
            self._file.add_heading(_clean(title), level=level)
        match block:
            case KeyFigures(items):
                rows = []
                for card in items:
                    figure, unit, extent = figure_parts(card, self._lang)
                    value = [Run(f"{figure} {unit}".strip(), "strong")]
                    value += [Run(extent, "small", "muted", True)] if extent else []
                    rows.append([[Run(self._say(card.title))], value, self._runs(card.remark)])
                self._grid([30, 30, 50], [], rows)
            case Note(text, tone):
                self._paragraph(self._runs(text), tone=tone)
            case Notes(lines, tone):
                for line in lines:
                    self._paragraph(self._runs(line), "List Bullet", tone)
            case Terms(pairs):
                terms = [[self._runs(term), self._runs(text)] for term, text in pairs]
                self._grid([25, 75], [], terms)
            case Table():
                self._table(block)
            case Chart():
                self._chart(block)
            case Tree(root):
                self._node(root, 0)

    def _table(self, table: Table) -> None:
        if table.caption:
            self._paragraph(self._runs(table.caption), tone="muted", size=9)
        heads = [self._say(column.title) for column in table.columns]
        rows: list[list[list[Run]]] = []
        for index, row in enumerate(table.rows):
            if index in table.groups:
                wording = self._runs(table.groups[index])
                rows.append([[Run(run.text, "strong") for run in wording]])
            rows.append(
                [
                    self._runs(cell, column.part)
                    for column, cell in zip(table.columns, row, strict=True)
                ]
            )
            if index in table.below:
                rows.append([self._runs(table.below[index])])
        widths = [column.width for column in table.columns]
        self._grid(widths, heads if any(heads) else [], rows)

    def _chart(self, chart: Chart) -> None:
        if chart.caption:
            self._paragraph(self._runs(chart.caption), tone="muted", size=9)
        if self._fonts is None:
            for line in share_lines(chart, self._lang):
                self._paragraph([Run(line)])
            return
        picture = draw_chart(chart, self._lang, font=self._fonts.css)
        if picture.legend:
            paragraph = self._file.add_paragraph()
            for entry in picture.legend:
                sign = theme.MARKS[entry.code].sign if entry.code else "■"
                paragraph.add_run(f"{sign} ").font.color.rgb = _colour(entry.colour)
                part = paragraph.add_run(f"{_clean(entry.text)}   ")
                part.font.size = Pt(9)
        if picture.svg:
            png = BytesIO(render_png(picture.svg, self._fonts.folders))
            shape = self._file.add_picture(png, width=_PICTURE)
            # what is read out to those who cannot see the picture
            shape._inline.docPr.set("descr", picture.text)

    def _node(self, node: TreeNode, depth: int) -> None:
        runs = [Run(f"{self._say(node.title)}  "), Run(self._say(node.value), "strong")]
        for part in node.details:
            wording = self._runs(part)
            if isinstance(part, Badge):
                runs += [Run("  "), *wording]
            elif wording:
                runs += [Run(wording[0].text, "small", "muted", True)]
                runs += [Run(run.text, "small", "muted") for run in wording[1:]]
        paragraph = self._paragraph(runs, size=9)
        paragraph.paragraph_format.left_indent = Cm(0.5 * min(depth, _DEEPEST))
        paragraph.paragraph_format.space_after = Pt(3)
        for child in node.children:
            self._node(child, depth + 1)

    def _grid(self, widths: list[int], heads: list[str], rows: Iterable[list[list[Run]]]) -> None:
        """Add a table; a row of one cell goes over the whole width.

        Made element by element: the library's own way takes a second for a few hundred rows.
        """
        overall = sum(widths)
        sizes = [round(_TEXT_WIDTH * width / overall) for width in widths]
        grid = _element("w:tbl")
        settings = _child(grid, "w:tblPr")
        _child(settings, "w:tblW", w=str(_TEXT_WIDTH), type="dxa")
        borders = _child(settings, "w:tblBorders")
        for side in ("bottom", "insideH"):
            _child(borders, f"w:{side}", val="single", sz="4", space="0", color=theme.LINE[1:])
        _child(settings, "w:tblLayout", type="fixed")
        columns = _child(grid, "w:tblGrid")
        for size in sizes:
            _child(columns, "w:gridCol", w=str(size))
        if heads:
            line = _child(grid, "w:tr")
            _child(_child(line, "w:trPr"), "w:tblHeader")
            for head, size in zip(heads, sizes, strict=True):
                _fill(line, [Run(head, "strong", "muted")], size, 1)
        for row in rows:
            line = _child(grid, "w:tr")
            if len(row) == 1 and len(sizes) > 1:
                _fill(line, row[0], _TEXT_WIDTH, len(sizes))
            else:
                for runs, size in zip(row, sizes, strict=True):
                    _fill(line, runs, size, 1)
        self._file.element.body.insert_element_before(grid, "w:sectPr")
        # Word joins two tables that touch
        self._file.add_paragraph().paragraph_format.space_after = Pt(0)


def _fill(row: BaseOxmlElement, runs: Iterable[Run], size: int, span: int) -> None:
    """Add a cell with its text to a row."""
    cell = _child(row, "w:tc")
    settings = _child(cell, "w:tcPr")
    _child(settings, "w:tcW", w=str(size), type="dxa")
    if span > 1:
        _child(settings, "w:gridSpan", val=str(span))
    paragraph = _child(cell, "w:p")
    layout = _child(paragraph, "w:pPr")
    _child(layout, "w:spacing", before="20", after="20")
    for run in runs:
        part = _child(paragraph, "w:r")
        look = _child(part, "w:rPr")
        if _is_bold(run):
            _child(look, "w:b")
        _child(look, "w:color", val=_ink(run, "plain")[1:])
        _child(look, "w:sz", val="16" if run.kind == "small" else "18")
        if run.line:
            _child(part, "w:br")
        wording = run.text if run.kind != "spark" else ""
        if isinstance(run.source, Badge):
            mark = theme.mark_of(run.source)
            wording = f"{mark.sign} {wording}" if mark.sign else wording
            if mark.fill:
                _child(look, "w:shd", val="clear", fill=mark.fill[1:])
        text = _child(part, "w:t")
        text.text = _clean(wording)
        text.set(qn("xml:space"), "preserve")


def _is_bold(run: Run) -> bool:
    return run.kind == "strong" or (isinstance(run.source, Badge) and is_loud(run.source))


def _ink(run: Run, tone: str) -> str:
    """Return the colour of a run, which its paragraph's tone gives where it has none."""
    if isinstance(run.source, Badge):
        return theme.mark_of(run.source).ink
    if run.kind == "link":
        return theme.GREEN
    return theme.TONES[run.tone if run.tone != "plain" else tone]


def _colour(colour: str) -> RGBColor:
    return RGBColor.from_string(colour[1:].upper())


def _clean(text: str) -> str:
    """Return text without the signs that XML forbids."""
    return _ILLEGAL.sub(" ", text)


def _element(name: str) -> BaseOxmlElement:
    element: BaseOxmlElement = OxmlElement(name)
    return element


def _child(parent: BaseOxmlElement, name: str, **attributes: str) -> BaseOxmlElement:
    """Add a child with attributes of the same name space to an element; return it."""
    element = _element(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    parent.append(element)
    return element

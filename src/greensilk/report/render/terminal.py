"""A document as plain text for a terminal."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from io import StringIO

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text as Styled

from greensilk.core.document import (
    Badge,
    Block,
    Cell,
    Chart,
    Document,
    KeyFigure,
    KeyFigures,
    Note,
    Notes,
    Section,
    Table,
    Terms,
    Tree,
    TreeNode,
)
from greensilk.core.languages import check_language
from greensilk.core.text import Parameter, render_value, text
from greensilk.report.charts import share_lines
from greensilk.report.render.passages import cell_text, figure_parts

__all__ = ["render_terminal"]

_MOST_ROWS = 40
_WIDEST = 120


def render_terminal(document: Document, lang: str = "en") -> str:
    """Return a document as plain text; sections that open on demand are left out."""
    check_language(lang)
    width = min(shutil.get_terminal_size((_WIDEST, 40)).columns, _WIDEST)
    printer = _Printer(lang, width)
    lines = [printer.say(document.title), printer.say(document.subtitle)]
    for block in document.head:
        lines += printer.block(block)
    for section in document.sections:
        lines += printer.section(section, 1)
    lines += ["", cell_text(document.footer, lang)] if document.footer else []
    return "\n".join(line.rstrip() for line in lines) + "\n"


class _Printer:
    """Prints blocks in one language."""

    def __init__(self, lang: str, width: int) -> None:
        self._lang = lang
        self._width = width

    def say(self, value: Parameter) -> str:
        return render_value(value, self._lang)

    def _cell(self, cell: Cell, part: str = "") -> str:
        return cell_text(cell, self._lang, part)

    def section(self, section: Section, level: int) -> Iterator[str]:
        """Yield the lines of a section and of those below it."""
        if section.folded:
            return
        title = self.say(section.title)
        yield ""
        yield title.upper() if level == 1 and self._lang == "en" else title
        for block in section.blocks:
            yield from self.block(block)
        for part in section.sections:
            yield from self.section(part, level + 1)

    def block(self, block: Block) -> Iterator[str]:
        """Yield the lines of a block."""
        match block:
            case KeyFigures(items):
                yield from self._grid([self._card(card) for card in items], [])
            case Note(passage):
                yield self._cell(passage)
            case Notes(lines, _, title):
                if title:
                    yield self.say(title)
                for line in lines:
                    yield f"- {self._cell(line)}"
            case Terms(pairs):
                rows = [[self._cell(term), self._cell(meaning)] for term, meaning in pairs]
                yield from self._grid(rows, [])
            case Table():
                yield from self._table(block)
            case Chart():
                # other pictures have no place here; their figures stand in the tables
                lines_of = share_lines(block, self._lang)
                if lines_of and block.title:
                    yield ""
                    yield self.say(block.title)
                if lines_of and block.caption:
                    yield self._cell(block.caption)
                yield from lines_of
            case Tree(root, title):
                if title:
                    yield self.say(title)
                yield from self._node(root, 0)

    def _card(self, card: KeyFigure) -> list[str]:
        figure, unit, extent = figure_parts(card, self._lang)
        value = f"{figure} {unit}".strip()
        return [self.say(card.title), value, extent, self._cell(card.remark)]

    def _table(self, table: Table) -> Iterator[str]:
        if table.title:
            yield ""
            yield self.say(table.title)
        if table.caption:
            yield self._cell(table.caption)
        heads = [self.say(column.title) for column in table.columns]
        shown = min(len(table.rows), table.first or _MOST_ROWS)
        rows: list[list[str]] = []
        for index, row in enumerate(table.rows[:shown]):
            if index in table.groups:
                rows.append([self._cell(table.groups[index])])
            rows.append(
                [
                    self._cell(cell, column.part)
                    for column, cell in zip(table.columns, row, strict=True)
                ]
            )
        yield from self._grid(rows, heads if any(heads) else [])
        if len(table.rows) > shown:
            yield text("render.more_rows", self._lang, rows=len(table.rows) - shown)

    def _node(self, node: TreeNode, depth: int) -> Iterator[str]:
        marks = [self._cell(part) for part in node.details if isinstance(part, Badge)]
        yield "  " * depth + "  ".join([self.say(node.title), self.say(node.value), *marks])
        for part in node.details:
            if not isinstance(part, Badge) and part != "":
                yield "  " * depth + "    " + self._cell(part)
        for child in node.children:
            yield from self._node(child, depth + 1)

    def _grid(self, rows: list[list[str]], heads: list[str]) -> Iterator[str]:
        """Yield rows in columns that fit the width; Chinese counts double."""
        if not rows:
            return
        grid = Grid(box=None, padding=(0, 2, 0, 0), show_header=bool(heads), pad_edge=False)
        for index in range(max(len(row) for row in rows)):
            grid.add_column(Styled(heads[index]) if heads else "", overflow="fold")
        for row in rows:
            grid.add_row(*(Styled(cell) for cell in row))
        page = StringIO()
        Console(file=page, width=self._width, color_system=None, highlight=False).print(grid)
        yield from page.getvalue().rstrip("\n").split("\n")

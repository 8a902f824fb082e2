"""A document as a PDF, set by typst.

What files, publishers and registers wrote reaches the template as data, never as markup, so that no
sign in it can change the document.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import TypeAlias

import typst

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
    Spark,
    Table,
    Terms,
    Tree,
    TreeNode,
)
from greensilk.core.languages import check_language
from greensilk.core.text import Parameter, render_value
from greensilk.report import theme
from greensilk.report.charts import draw_chart
from greensilk.report.render.annex import ANNEX, move_to_annex
from greensilk.report.render.fonts import FontChoice, find_fonts
from greensilk.report.render.passages import Run, cell_runs, figure_parts, is_loud
from greensilk.report.svg import spark_points

__all__ = ["render_pdf", "typst_content"]

_SPARK = (54.0, 11.0)
# scripts of the fonts looked for; a title of a law in another one is left to its address
_SCRIPTS = (
    "LATIN",
    "CYRILLIC",
    "GREEK",
    "CJK",
    "IDEOGRAPHIC",
    "FULLWIDTH",
    "DIGIT",
    "SUBSCRIPT",
    "SUPERSCRIPT",
    "MODIFIER",
    "MICRO",
    "FEMININE",
    "MASCULINE",
)

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value]"


def render_pdf(document: Document, lang: str = "en") -> bytes:
    """Return a document as a PDF.

    Raises
    ------
    OutputError
        If the document is Chinese and no font with Chinese glyphs is found.
    """
    fonts = find_fonts(check_language(lang))
    content = json.dumps(typst_content(document, lang, fonts), ensure_ascii=False, allow_nan=False)
    template = (files("greensilk.report.render") / "templates" / "document.typ").read_bytes()
    # typst drops glyphs without a font silently: the fonts are those found, none of the system's
    compile_page: Callable[..., bytes] = typst.compile  # its overloads do not know bytes
    return compile_page(
        template,
        font_paths=list(fonts.folders),
        ignore_system_fonts=True,
        sys_inputs={"document": content},
    )


def typst_content(document: Document, lang: str, fonts: FontChoice) -> dict[str, Value]:
    """Return everything the template prints, as plain text, numbers and lists."""
    return _Setter(move_to_annex(document), lang, fonts).document()


def _printable(text: str) -> str:
    """Return text if the fonts looked for have its script, else nothing: typst prints gaps."""
    if text.isascii():
        return text
    known = all(
        unicodedata.name(letter, "").startswith(_SCRIPTS) for letter in text if letter.isalpha()
    )
    return text if known else ""


class _Setter:
    """Turns a document into what the template prints, in one language."""

    def __init__(self, document: Document, lang: str, fonts: FontChoice) -> None:
        self._document = document
        self._lang = lang
        self._fonts = fonts
        sections = list(document.walk())
        self._targets = {f"#{section.id}" for section in sections if section.id}
        for section in sections:
            for block in section.blocks:
                if isinstance(block, Table):
                    self._targets |= {f"#{anchor}" for anchor in block.anchors.values()}

    def document(self) -> dict[str, Value]:
        document = self._document
        return {
            "lang": self._lang,
            "families": [*self._fonts.families, "Libertinus Serif"],
            "colours": {**theme.typst_colours()},
            "brand": self._say(document.brand),
            "title": self._say(document.title),
            "subtitle": self._say(document.subtitle),
            "head": [self._block(block) for block in document.head],
            "sections": [self._section(section) for section in document.sections],
            "footer": self._runs(document.footer),
        }

    def _say(self, value: Parameter) -> str:
        return render_value(value, self._lang)

    def _section(self, section: Section) -> Value:
        return {
            "id": section.id,
            "small": section.id == ANNEX,
            "title": self._say(section.title),
            "result": self._runs(section.result),
            "facts": self._runs(section.facts),
            "marks": [self._runs(badge) for badge in section.marks],
            "blocks": [self._block(block) for block in section.blocks],
            "sections": [self._section(part) for part in section.sections],
        }

    def _block(self, block: Block) -> Value:
        match block:
            case KeyFigures(figures):
                cards: list[Value] = []
                for card in figures:
                    figure, unit, extent = figure_parts(card, self._lang)
                    cards.append(
                        {
                            "title": self._say(card.title),
                            "figure": figure,
                            "unit": unit,
                            "range": extent,
                            "remark": self._runs(card.remark),
                            "tone": card.tone,
                        }
                    )
                return {"kind": "cards", "title": "", "items": cards}
            case Note(text, tone):
                return {"kind": "note", "title": "", "runs": self._runs(text), "tone": tone}
            case Notes(lines, tone, title):
                return {
                    "kind": "notes",
                    "title": self._say(title),
                    "tone": tone,
                    "items": [self._runs(line) for line in lines],
                }
            case Terms(pairs):
                terms: list[Value] = [[self._runs(term), self._runs(text)] for term, text in pairs]
                return {"kind": "terms", "title": "", "items": terms}
            case Table():
                return self._table(block)
            case Chart():
                return self._chart(block)
            case Tree(root):
                lines_of: list[Value] = list(self._nodes(root, 0))
                return {"kind": "tree", "title": self._say(block.title), "lines": lines_of}

    def _table(self, table: Table) -> Value:
        heads = [self._say(column.title) for column in table.columns]
        rows: list[Value] = []
        for index, row in enumerate(table.rows):
            rows.append(
                {
                    "cells": [
                        self._runs(cell, column.part)
                        for column, cell in zip(table.columns, row, strict=True)
                    ],
                    "group": self._runs(table.groups.get(index, "")),
                    "below": self._runs(table.below.get(index, "")),
                    "strong": index in table.strong,
                    "anchor": table.anchors.get(index, ""),
                }
            )
        return {
            "kind": "table",
            "title": self._say(table.title),
            "caption": self._runs(table.caption),
            "heads": [*heads] if any(heads) else [],
            "widths": [column.width for column in table.columns],
            "rows": rows,
        }

    def _chart(self, chart: Chart) -> Value:
        picture = draw_chart(chart, self._lang, font=self._fonts.css)
        legend: list[Value] = [
            {
                "text": entry.text,
                "colour": entry.colour,
                "sign": theme.MARKS[entry.code].sign if entry.code else "",
            }
            for entry in picture.legend
        ]
        return {
            "kind": "chart",
            "title": self._say(chart.title),
            "legend": legend,
            "caption": self._runs(chart.caption),
            "svg": picture.svg,
            "text": picture.text,
        }

    def _nodes(self, node: TreeNode, depth: int) -> Iterator[Value]:
        beside = [run for part in node.details if isinstance(part, Badge)
                  for run in self._runs(part)]  # fmt: skip
        below: list[Value] = [
            self._runs(part) for part in node.details if not isinstance(part, Badge) and part != ""
        ]
        yield {
            "depth": depth,
            "title": self._say(node.title),
            "value": self._say(node.value),
            "beside": beside,
            "below": below,
        }
        for child in node.children:
            yield from self._nodes(child, depth + 1)

    def _runs(self, cell: Cell, part: str = "") -> list[Value]:
        return [self._run(run) for run in cell_runs(cell, self._lang, part)]

    def _run(self, run: Run) -> Value:
        body: dict[str, Value] = {
            "text": _printable(run.text),
            "kind": run.kind,
            "line": run.line,
            "ink": theme.TONES[run.tone],
            "target": run.target,
        }
        if run.kind == "link" and run.target.startswith("#") and run.target not in self._targets:
            body["target"] = ""
        if isinstance(run.source, Badge):
            mark = theme.mark_of(run.source)
            body |= {"ink": mark.ink, "fill": mark.fill, "frame": mark.frame, "sign": mark.sign}
            body["bold"] = is_loud(run.source)
        if isinstance(run.source, Spark):
            points = spark_points(run.source.years, run.source.values, *_SPARK)
            body["points"] = [[x, y] for x, y in points]
        return body

"""Documents for paper: what opens on demand in a page goes to an annex at the end.

In its place stands a list of what is there, with links.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from greensilk.core.document import (
    Block,
    Cell,
    Column,
    Document,
    Joined,
    Link,
    Notes,
    Section,
    Table,
)
from greensilk.core.text import Label

__all__ = ["ANNEX", "move_to_annex"]

# the id of the section that holds them, which is set in small type
ANNEX = "annex"


def move_to_annex(document: Document) -> Document:
    """Return a document whose folded sections stand, unfolded, in an annex at the end."""
    parts: list[Section] = []
    sections = tuple(_without_folded(section, parts) for section in document.sections)
    if not parts:
        return document
    annex = Section(ANNEX, Label("render.annex"), sections=tuple(parts), menu=False)
    return replace(document, sections=(*sections, annex))


def _without_folded(section: Section, parts: list[Section]) -> Section:
    folded = [child for child in section.sections if child.folded]
    if folded:
        # the annex keeps them under the title of the section they belong to
        inner = tuple(replace(child, folded=False) for child in folded)
        parts.append(Section("", section.title, sections=inner, menu=False))
    kept = [_without_folded(child, parts) for child in section.sections if not child.folded]
    blocks = (*section.blocks, *_listed(folded))
    return replace(section, blocks=blocks, sections=tuple(kept), finder="")


def _listed(folded: Sequence[Section]) -> list[Block]:
    """Return what the folded sections are, with links to them."""
    if not folded:
        return []
    titles: list[Cell] = [
        Link(child.title, f"#{child.id}") if child.id else child.title for child in folded
    ]
    if not any(child.result or child.facts or child.marks for child in folded):
        return [Notes(tuple(titles))]
    columns = (
        Column("title", "", width=34),
        Column("facts", "", width=30),
        Column("result", "", width=22),
        Column("marks", "", width=16),
    )
    rows = [
        (title, child.facts, child.result, Joined(child.marks, "lines"))
        for title, child in zip(titles, folded, strict=True)
    ]
    return [Table(columns, rows)]

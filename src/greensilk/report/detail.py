"""The section of one project: its quantities, its claims, and the tree of its headline number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from greensilk.core.errors import GreenSilkError
from greensilk.core.text.numbers import FormattedQuantity, format_quantity
from greensilk.report.claims import Claim, ClaimsView, Finding
from greensilk.report.data import Node, Row, finite, group_rows, where
from greensilk.report.portfolio import AVOIDED, EMITTED, Portfolio, Project
from greensilk.report.words import Words

__all__ = ["Branch", "Line", "Section", "branch", "remarks", "sections", "trees"]

# How many projects are explained down to the leaves, and how large one tree may get on the page.
TRACED = 80
_WEIGHED = 60
_MOST_BRANCHES = 120
# results that suppose a thermal plant is displaced, whatever the host grid is made of
_CONVENTION = (
    *("standard_coal_saved", "sulphur_dioxide_avoided", "nitrogen_oxides_avoided"),
    *("particulates_avoided", "water_saved"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table of quantities."""

    name: str
    shown: FormattedQuantity
    grade: int
    basis: str
    method: str
    headline: bool
    note: str = ""


@dataclass(slots=True)
class Branch:
    """A node of the tree on the page."""

    name: str
    value: str
    formula: str
    source: str
    year: str
    grade: int
    basis: str
    verified: bool | None
    note: str
    component: str
    children: list[Branch]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """All that is shown of one project."""

    project: Project
    name: str
    other_name: str
    facts: list[str]
    remarks: list[str]
    headline: FormattedQuantity | None
    headline_name: str
    lines: list[Line]
    claims: list[Claim]
    consistency: list[Mapping[str, Any]]
    finding: Finding | None
    tree: Branch | None


def trees(data: Any, portfolio: Portfolio) -> dict[str, Node]:
    """Return the explanation of the headline quantity of some projects with a section.

    Those that avoid emissions come first, because the assumptions are weighed on them.
    """
    found: dict[str, Node] = {}
    avoiding = [project for project in portfolio.detailed if project.avoided]
    ordered = dict.fromkeys(project.id for project in [*avoiding[:_WEIGHED], *portfolio.detailed])
    held = {project.id: project for project in portfolio.detailed}
    for identity in list(ordered)[:TRACED]:
        quantity = _headline(held[identity])
        if quantity is None:
            continue
        try:
            found[identity] = data.explain(identity, quantity)
        except GreenSilkError:
            # no tree is a gap in the section, not a reason to lose the report
            continue
    return found


def sections(
    data: Any,
    portfolio: Portfolio,
    claims: ClaimsView,
    consistency: list[Mapping[str, Any]],
    findings: list[Finding],
    explained: Mapping[str, Node],
    words: Words,
) -> list[Section]:
    """Return the sections of the projects chosen for detail, largest first."""
    wanted = [project.id for project in portfolio.detailed]
    evidence = group_rows(where(data.evidence, "project_id", wanted))
    levels = {record.name: record.level for record in data.methods}
    implied: dict[str, list[Mapping[str, Any]]] = {}
    for entry in consistency:
        implied.setdefault(str(entry["project_id"]), []).append(entry)
    found = {item.project_id: item for item in findings}
    made = []
    for project in portfolio.detailed:
        own = project.avoided or project.emitted
        name = _headline(project)
        tree = explained.get(project.id)
        made.append(
            Section(
                project=project,
                name=project.name(words.lang),
                other_name=project.other_name(words.lang),
                facts=_facts(project, words),
                remarks=remarks(project, words),
                headline=_shown(own, words) if own else None,
                headline_name=words.name(name) if name else "",
                lines=_lines(evidence.get(project.id, []), levels, words, project.zero_grid),
                claims=claims.by_project.get(project.id, []),
                consistency=implied.get(project.id, []),
                finding=found.get(project.id),
                tree=branch(tree, words) if tree is not None else None,
            )
        )
    return made


def remarks(project: Project, words: Words) -> list[str]:
    """Return what a reader must know before using a project's reductions."""
    said = []
    if project.shallow:
        said.append(words.say("project.shallow"))
    if project.zero_grid:
        said.append(words.say("project.zero_grid"))
    return said


def branch(node: Node, words: Words) -> Branch:
    """Return a tree ready to print; a part that stood before is not printed again."""
    seen: dict[tuple[str, float, str], None] = {}

    def grow(item: Node) -> Branch:
        component = str(getattr(item, "component", "") or "")
        key = (item.name, item.value, component)
        repeated = key in seen and bool(item.children)
        full = len(seen) >= _MOST_BRANCHES
        seen.setdefault(key)
        shown = format_quantity(
            finite(item.value),
            item.unit,
            words.lang,
            finite(item.low),
            finite(item.high),
            item.name,
        )
        leaf = not item.children
        return Branch(
            name=_named(item, words),
            value=shown.text,
            formula=words.say("tree.sum")
            if getattr(item, "kind", "") == "sum"
            else readable(
                item.formula, {child.name: _named(child, words) for child in item.children}
            ),
            source=item.source or "",
            year=str(item.year or ""),
            grade=int(item.grade or 0),
            basis=words.basis(item.basis) if leaf and item.basis else "",
            verified=getattr(item, "verified", None) if leaf else None,
            note=str(getattr(item, "note", "") or ""),
            component=component,
            children=[] if repeated or full else [grow(child) for child in item.children],
            cut=repeated or (full and not leaf),
        )

    return grow(node)


def readable(formula: str, names: Mapping[str, str]) -> str:
    """Return a formula with the words for its inputs and the signs of arithmetic.

    >>> readable("net_generation * (1.0 - loss)", {"net_generation": "Generation", "loss": "Loss"})
    'Generation × (1 − Loss)'
    """
    text = re.sub(r"[A-Za-z_]\w*", lambda found: names.get(found[0], found[0]), formula)
    for code, sign in ((" ** ", "^"), (" * ", " × "), (" / ", " ÷ "), (" - ", " − ")):
        text = text.replace(code, sign)
    return re.sub(r"\b(\d+)\.0\b", r"\1", text)


def _named(node: Node, words: Words) -> str:
    record = getattr(node, "quantity", None)
    return words.record(record) if record is not None else words.name(node.name)


def _headline(project: Project) -> str | None:
    if project.avoided:
        return AVOIDED
    return EMITTED if project.emitted else None


def _facts(project: Project, words: Words) -> list[str]:
    lang = words.lang
    facts = [words.join(words.country(code) for code in project.countries)]
    # a place in Latin letters reads badly among Chinese words
    if project.place and (lang == "en" or not project.place.isascii()):
        facts[0] = words.join([facts[0], project.place]) if facts[0] else project.place
    facts.append(words.technologies(project.technologies))
    if project.capacity:
        facts.append(format_quantity(project.capacity, "MW", lang).text)
    if project.year:
        facts.append(words.say("project.since", year=project.year))
    return [fact for fact in facts if fact]


def _lines(
    evidence: list[Row], levels: Mapping[str, str], words: Words, zero_grid: bool
) -> list[Line]:
    lines = []
    for row in evidence:
        name = str(row["quantity"])
        lines.append(
            Line(
                name=words.result(name, str(row["method"] or "")),
                shown=format_quantity(
                    finite(row["value"]), row["unit"], words.lang, row["low"], row["high"], name
                ),
                grade=int(row["grade"] or 0),
                basis=words.basis(row["basis"]) if row["basis"] else "",
                method=str(row["method"] or ""),
                headline=levels.get(name) == "headline",
                note=words.say("project.convention")
                if zero_grid and name in _CONVENTION and row["value"]
                else "",
            )
        )
    return sorted(lines, key=lambda line: not line.headline)


def _shown(row: Row, words: Words) -> FormattedQuantity:
    return format_quantity(row["value"], row["unit"], words.lang, row.get("low"), row.get("high"))

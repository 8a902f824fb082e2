"""What stands behind the numbers: issues, methods, sources, terms and options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from greensilk.core.document import (
    Block,
    Cell,
    Code,
    Column,
    Joined,
    Link,
    Note,
    Notes,
    Section,
    Small,
    Table,
    Terms,
)
from greensilk.core.errors import Fault
from greensilk.core.fault_groups import fault_place, fault_sentence
from greensilk.core.quantity import Quantity
from greensilk.core.text import (
    Count,
    Formula,
    Label,
    Listing,
    Name,
    Names,
    Parameter,
    Sentence,
    Unit,
    catalogue,
)
from greensilk.engine.explain import Node
from greensilk.engine.packaged import technology_attributes
from greensilk.reference import load, names
from greensilk.report.views.portfolio import Portfolio, Project, grade_badge
from greensilk.report.views.projects import record_name

__all__ = [
    "Cited",
    "cited_documents",
    "issues_section",
    "methods_section",
    "sources_section",
    "split_citation",
    "terms_section",
]

_SEVERITIES = ("refused", "doubtful", "assumed", "note")
_MOST_LISTED = 25
_MOST_SPREAD = 3
_MOST_CLAUSES = 4
_MOST_NAMES = 6
_MOST_YEARS = 4


@dataclass(slots=True)
class _Line:
    """What is said of one project or of none, and how many projects it stands for."""

    project: Project | None
    name: str
    text: Parameter
    count: int = 0

    @property
    def cell(self) -> Cell:
        """Return the line as it is printed."""
        if not self.name:
            if self.count <= 1:
                return self.text
            times = Sentence("report.issues.projects", {"count": Count(self.count)})
            return Listing((self.text, times), "sentences")
        name = self.project.link if self.project else self.name
        return Joined((name, Label("report.colon"), self.text), "tight")


def issues_section(issues: Sequence[Fault], portfolio: Portfolio) -> Section | None:
    """Return what was refused, doubtful or assumed: by severity, then by what it is."""
    if not issues:
        return None
    kinds: dict[str, dict[str, list[Fault]]] = {}
    for fault in issues:
        kinds.setdefault(fault.severity, {}).setdefault(fault.code, []).append(fault)
    sections = []
    for severity in _SEVERITIES:
        groups = kinds.get(severity, {})
        if not groups:
            continue
        counts = {code: sum(map(_concerned, faults)) for code, faults in groups.items()}
        ordered = sorted(groups, key=lambda code: -counts[code])
        blocks: list[Block] = [Note(Label(f"report.issues.{severity}"), "muted")]
        parts: list[Section] = []
        for code in ordered:
            listed = Notes(tuple(_listed(groups[code], portfolio)))
            if len(groups) == 1 and counts[code] <= _MOST_SPREAD:
                blocks.append(listed)
            else:
                title = _counted(_title(code), counts[code])
                parts.append(Section("", title, (listed,), folded=True))
        total = sum(counts.values())
        title = _counted(Label(f"report.severity.{severity}"), total)
        sections.append(Section(f"issues-{severity}", title, tuple(blocks), tuple(parts)))
    return Section(
        "issues",
        Label("report.issues.title"),
        (Note(Label("report.issues.lead")),),
        tuple(sections),
        short=Label("report.nav.issues"),
    )


def _counted(title: Parameter, count: int) -> Sentence:
    return Sentence("report.counted", {"title": title, "count": Count(count)})


def _title(code: str) -> Parameter:
    key = f"issue.{code}"
    return Label(key) if key in catalogue() else code


def _listed(faults: Sequence[Fault], portfolio: Portfolio) -> Iterator[Cell]:
    """Yield the lines of one kind of fault; equal ones are one line, the most frequent first."""
    lines: dict[tuple[str, str], _Line] = {}
    for fault, text in _messages(faults):
        project = portfolio.projects.get(fault.project_id)
        key = (fault.project_id, repr(text))
        line = lines.setdefault(key, _Line(project, fault.project_id, text))
        line.count += _concerned(fault)
    ordered = sorted(lines.values(), key=lambda line: -line.count)
    for line in ordered[:_MOST_LISTED]:
        yield line.cell
    if len(ordered) > _MOST_LISTED:
        more = Count(len(ordered) - _MOST_LISTED)
        yield Small(Sentence("report.issues.cut", {"more": more}))


def _messages(faults: Sequence[Fault]) -> Iterator[tuple[Fault, Parameter]]:
    """Yield faults with what is said; what one project lacks for several results is said once.

    A single fault, and one that stands for several projects, keeps its own sentence.
    """
    alike: dict[tuple[str, ...], list[Fault]] = {}
    for index, fault in enumerate(faults):
        missing = fault.code == "not_computed" and fault.project_id
        key = (fault.project_id, *_lacking(fault)) if missing else (str(index),)
        alike.setdefault(key, []).append(fault)
    for group in alike.values():
        first = group[0]
        if len(group) == 1:
            yield first, _message(first)
            continue
        results = Names(tuple(dict.fromkeys(fault.field for fault in group)))
        yield (
            first,
            Sentence(
                "report.issues.lacking", {"results": results, "lacks": Names(_lacking(first))}
            ),
        )


def _message(fault: Fault) -> Parameter:
    """Return the sentence of a fault, after the place where it is."""
    body, place = fault_sentence(fault), fault_place(fault)
    position = Listing(tuple(part for part in (fault.file, place) if part))
    if not position.items:
        return body
    return Sentence("report.issues.place", {"place": position, "text": body})


def _lacking(fault: Fault) -> tuple[str, ...]:
    return fault.expected.names if isinstance(fault.expected, Names) else ()


def _concerned(fault: Fault) -> int:
    """Return how many projects a fault stands for."""
    count = fault.params.get("count", "")
    text = str(count.count if isinstance(count, Count) else count)
    return int(text) if text.isdecimal() and fault.severity in ("assumed", "note") else 1


def methods_section(methods: Sequence[Quantity], portfolio: Portfolio) -> Section | None:
    """Return the formulas used, each with its text, unit and source for the projects there are."""
    if not methods:
        return None
    attributes = technology_attributes()
    families = {
        attributes.get(code, {}).get("family", "")
        for project in portfolio.projects.values()
        for code in project.technologies
    }
    ordered = sorted(
        (record.narrowed(families) for record in methods), key=lambda record: record.method
    )
    first = [record for record in ordered if record.level == "headline"]
    others = [record for record in ordered if record.level != "headline"]
    parts = []
    if others:
        title = Sentence("report.methods.others", {"count": Count(len(others))})
        parts.append(Section("methods-others", title, (_formulas(others),), folded=True))
    return Section(
        "methods",
        Label("report.methods.title"),
        (Note(Label("report.methods.lead")), *([_formulas(first)] if first else [])),
        tuple(parts),
        short=Label("report.nav.methods"),
    )


def _formulas(records: Sequence[Quantity]) -> Table:
    columns = (
        Column("quantity", Label("report.column.quantity"), width=38),
        Column("unit", Label("report.column.unit"), width=15),
        Column("source", Label("report.column.source"), width=47),
    )
    rows: list[tuple[Cell, ...]] = []
    for record in records:
        name = Joined((record_name(record), Code(record.method)), "lines")
        rows.append((name, Unit(record.unit), _doubted(record.source, record.verified)))
    return Table(
        columns,
        rows,
        anchors={index: f"method-{record.method}" for index, record in enumerate(records)},
        below={index: Formula(record.expression) for index, record in enumerate(records)},
    )


def _doubted(source: Cell, verified: bool | None) -> Cell:
    if verified is None or verified:
        return source
    return Joined((source, Small(Label("report.unverified"), "warning")))


@dataclass(slots=True)
class Cited:
    """A document that figures in the explanations come from."""

    source: str
    clauses: dict[str, None] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    years: dict[str, None] = field(default_factory=dict)
    projects: dict[str, None] = field(default_factory=dict)
    verified: bool | None = None
    address: str = ""


def cited_documents(trees: Iterable[tuple[str, Node]]) -> list[Cited]:
    """Return the documents that the leaves of the trees cite, most used first."""
    documents: dict[str, Cited] = {}
    for project, tree in trees:
        for leaf in _leaves(tree):
            if not leaf.source:
                continue
            document, clause = split_citation(leaf.source)
            entry = documents.setdefault(document, Cited(document))
            if clause:
                entry.clauses.setdefault(clause)
            entry.names.setdefault(leaf.name)
            entry.projects.setdefault(project)
            if leaf.year:
                entry.years.setdefault(str(leaf.year))
            if leaf.verified is not None:
                entry.verified = leaf.verified and entry.verified is not False
            entry.address = entry.address or leaf.address
    return sorted(documents.values(), key=lambda item: (-len(item.projects), item.source))


def _leaves(node: Node) -> Iterator[Node]:
    if not node.children:
        yield node
    for child in node.children:
        yield from _leaves(child)


@lru_cache(maxsize=4096)
def split_citation(citation: str) -> tuple[str, str]:
    """Return the document of a citation and the clause in it, if the document is one we ship.

    >>> split_citation("a letter, page 2")
    ('a letter, page 2', '')
    """
    for document in _documents():
        if citation == document:
            return document, ""
        if citation.startswith(document + ", "):
            return document, citation[len(document) + 2 :]
    return citation, ""


@lru_cache(maxsize=1)
def _documents() -> tuple[str, ...]:
    known = {source.citation() for name in names() for source in load(name).sources.values()}
    return tuple(sorted(known, key=len, reverse=True))


def sources_section(documents: Sequence[Cited], explained: int) -> Section | None:
    """Return the documents that figures of the explained projects come from."""
    if not documents:
        return None
    columns = (
        Column("source", Label("report.column.source"), width=52),
        Column("figures", Label("report.column.figures"), width=27),
        Column("years", Label("report.column.year"), width=12),
        Column("projects", Label("report.column.projects"), numeric=True, width=9),
    )
    rows: list[tuple[Cell, ...]] = []
    for item in documents:
        clauses = _some([*item.clauses], _MOST_CLAUSES, "clauses")
        source: Cell = Link(item.source, item.address) if item.address else item.source
        rows.append(
            (
                Joined((_doubted(source, item.verified), Small(clauses, line=True)), "tight"),
                _some([Name(name) for name in item.names], _MOST_NAMES),
                Listing(tuple(sorted(item.years)[:_MOST_YEARS])),
                Count(len(item.projects)),
            )
        )
    lead = Note(Sentence("report.sources.lead", {"projects": Count(explained)}))
    return Section("sources", Label("report.sources.title"), (lead, Table(columns, rows)),
                   short=Label("report.nav.sources"))  # fmt: skip


def _some(parts: Sequence[Parameter], most: int, joint: str = "list") -> Listing:
    """Return the first parts as a list, with the number of those left out."""
    listed = Listing(tuple(parts[:most]), joint)  # type: ignore[arg-type]
    if len(parts) <= most:
        return listed
    return Listing((listed, Sentence("report.more", {"count": Count(len(parts) - most)})), "words")


def terms_section(options: Mapping[str, str | int]) -> Section:
    """Return grades, terms and options with what they mean."""
    grades = tuple(
        (
            Joined((grade_badge(grade), Label(f"report.grade.{grade}"))),
            Label(f"report.grade.{grade}.meaning"),
        )
        for grade in range(1, 6)
    )
    wording = tuple(
        (Label(key), Label(f"{key}.meaning"))
        for key in catalogue()
        if key.startswith("report.term.") and not key.endswith(".meaning")
    )
    settings: list[tuple[Cell, Cell]] = []
    for name, value in options.items():
        key = f"report.option.{name}.{value}"
        meaning = (Label(key),) if key in catalogue() else ()
        settings.append((Label(f"report.option.{name}"), Joined((Code(str(value)), *meaning))))
    return Section(
        "terms",
        Label("report.terms.title"),
        (),
        (
            Section("", Label("report.terms.grades"), (Terms(grades),)),
            Section("", Label("report.terms.words"), (Terms(wording),)),
            Section("", Label("report.terms.options"), (Terms(tuple(settings)),)),
        ),
        short=Label("report.nav.terms"),
    )

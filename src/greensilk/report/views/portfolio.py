"""The projects of an appraisal, what each avoids or emits, and which get a section of their own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from greensilk.core.document import Badge, Link
from greensilk.core.errors import Fault
from greensilk.core.quantity import Quantity
from greensilk.core.text import Amount, Count, Label, Listing, Parameter, Text
from greensilk.core.text.numbers import finite
from greensilk.engine.explain import Node
from greensilk.engine.sensitivity import By
from greensilk.engine.summary import caution_findings, context_quantities
from greensilk.projects import Reading

__all__ = [
    "AVOIDED",
    "BAD",
    "DETAILED",
    "EMITTED",
    "VERDICTS",
    "Estimate",
    "Portfolio",
    "Project",
    "ReportData",
    "estimate_of",
    "grade_badge",
    "group_rows",
    "read_portfolio",
    "select_rows",
    "verdict_badge",
]

AVOIDED = "emission_reductions"
EMITTED = "project_emissions"
# How many projects get a section: enough for any list a person reads, small enough for a browser.
DETAILED = 200
BAD = ("implausible", "high", "low")
VERDICTS = (*BAD, "consistent", "not_checkable")
_TONES = {"consistent": "good", "implausible": "bad", "high": "warning", "low": "info"}
_PROGRAMME = "programme"
_COLUMNS = (
    *("project_id", "component", "name", "name_zh", "country", "technology", "family"),
    *("capacity", "commissioning_year", "city", "section"),
)


class ReportData(Protocol):
    """What a report is made from; :class:`greensilk.Appraisal` is documented there."""

    @property
    def projects(self) -> pa.Table: ...  # noqa: D102
    @property
    def components(self) -> pa.Table: ...  # noqa: D102
    @property
    def evidence(self) -> pa.Table: ...  # noqa: D102
    @property
    def audit(self) -> pa.Table: ...  # noqa: D102
    @property
    def consistency(self) -> pa.Table: ...  # noqa: D102
    @property
    def baselines(self) -> pa.Table: ...  # noqa: D102
    @property
    def summary(self) -> pa.Table: ...  # noqa: D102
    @property
    def totals(self) -> pa.Table: ...  # noqa: D102
    @property
    def aggregates(self) -> pa.Table: ...  # noqa: D102
    @property
    def grades(self) -> pa.Table: ...  # noqa: D102
    @property
    def issues(self) -> Sequence[Fault]: ...  # noqa: D102
    @property
    def reading(self) -> Reading: ...  # noqa: D102
    @property
    def options(self) -> Mapping[str, str | int]: ...  # noqa: D102
    @property
    def methods(self) -> Sequence[Quantity]: ...  # noqa: D102
    def issues_table(self) -> pa.Table: ...  # noqa: D102
    def explain(self, project: str, quantity: str) -> Node: ...  # noqa: D102
    def sensitivity(self, quantity: str, project: str = "", by: By = "fact") -> pa.Table: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Estimate:
    """A result of a project or of a portfolio."""

    value: float
    low: float | None
    high: float | None
    unit: str
    grade: int = 0
    projects: int = 0

    @property
    def amount(self) -> Amount:
        """Return the value with its range."""
        return Amount(self.value, self.unit, self.low, self.high)


def estimate_of(row: Mapping[str, object]) -> Estimate | None:
    """Return the estimate in a row of the evidence, of totals or of aggregates."""
    value, low, high = (finite(row.get(name)) for name in ("value", "low", "high"))
    if value is None:
        return None
    grade, projects = finite(row.get("grade")), finite(row.get("projects"))
    return Estimate(value, low, high, str(row["unit"]), int(grade or 0), int(projects or 0))


@dataclass(slots=True)
class Project:
    """One project, its components taken together.

    ``computed``: it has results of its own. ``cautions`` are codes of what makes its reductions
    mean less than they seem.
    """

    id: str
    names: tuple[str, str]
    anchor: str = ""
    countries: list[str] = field(default_factory=list)
    technologies: list[str] = field(default_factory=list)
    family: str = ""
    city: str = ""
    section: str = ""
    capacity: float | None = None
    year: int | None = None
    avoided: Estimate | None = None
    emitted: Estimate | None = None
    verdicts: dict[str, int] = field(default_factory=dict)
    computed: bool = False
    cautions: list[str] = field(default_factory=list)

    @property
    def name(self) -> Parameter:
        """Return the name in either language; the code where it has none."""
        return Text(*self.names) if any(self.names) else self.id

    @property
    def link(self) -> Parameter | Link:
        """Return the name, which leads to the project's section if it has one."""
        return Link(self.name, f"#{self.anchor}") if self.anchor else self.name

    @property
    def technology(self) -> Parameter:
        """Return the technologies as one phrase."""
        labels = tuple(Label(f"technology.{code}") for code in self.technologies)
        return Listing(labels, "plus")

    @property
    def country(self) -> Parameter:
        """Return the host countries as one phrase."""
        return Listing(tuple(Label(f"economy.{code}") for code in self.countries))

    @property
    def size(self) -> float:
        """Return the magnitude by which projects are ordered."""
        return max(_magnitude(self.avoided), _magnitude(self.emitted))

    @property
    def bad_claims(self) -> bool:
        """Return whether some claim does not hold."""
        return any(code in self.verdicts for code in BAD)

    @property
    def headline(self) -> str:
        """Return the quantity that stands for the project; empty if it has none."""
        if self.avoided:
            return AVOIDED
        return EMITTED if self.emitted else ""


@dataclass(slots=True)
class Portfolio:
    """All projects by their code, in the order of the file; ``detailed`` get a section."""

    projects: dict[str, Project]
    detailed: list[Project]

    def largest(self, kind: str = "avoided") -> list[Project]:
        """Return the projects that have ``avoided`` or ``emitted``, largest first."""
        projects = [item for item in self.projects.values() if getattr(item, kind)]
        return sorted(projects, key=lambda item: -_magnitude(getattr(item, kind)))


def verdict_badge(code: str, count: int | None = None) -> Badge:
    """Return the mark of a verdict, with a number beside its words if one is given."""
    wording = Label(f"verdict.{code}")
    text: Parameter = wording if count is None else Listing((wording, Count(count)), "words")
    return Badge(text, _TONES.get(code, "muted"), code)  # type: ignore[arg-type]


def grade_badge(grade: int) -> Badge:
    """Return the mark of a data-quality grade, which says more when it is pointed at."""
    return Badge(str(grade) if grade else "–", "plain", f"grade{grade}",
                 Label(f"report.grade.{grade}"))  # fmt: skip


def read_portfolio(data: ReportData, most: int = DETAILED) -> Portfolio:
    """Return the projects of an appraisal."""
    projects = _read_projects(data.projects)
    for identity, part in _read_projects(data.components).items():
        if identity in projects:
            projects[identity].countries = part.countries
            projects[identity].technologies = part.technologies
    for row in select_rows(data.evidence, "quantity", (AVOIDED, EMITTED)).to_pylist():
        project = projects.setdefault(row["project_id"], Project(row["project_id"], ("", "")))
        estimate = estimate_of(row)
        if estimate and row["quantity"] == AVOIDED:
            project.avoided = estimate
        elif estimate and estimate.value:
            project.emitted = estimate
    _mark(projects, data.evidence)
    if data.audit.num_rows:
        counts = data.audit.group_by(["project_id", "verdict"], use_threads=False)
        for row in counts.aggregate([([], "count_all")]).to_pylist():
            project = projects.setdefault(row["project_id"], Project(row["project_id"], ("", "")))
            project.verdicts[row["verdict"]] = row["count_all"]
        for project in projects.values():
            verdicts = project.verdicts
            project.verdicts = {code: verdicts[code] for code in VERDICTS if code in verdicts}
    detailed = _choose(projects.values(), most)
    _set_anchors(detailed)
    return Portfolio(projects, detailed)


def select_rows(table: pa.Table, column: str, values: Iterable[str | int]) -> pa.Table:
    """Return the rows of a table whose ``column`` is one of ``values``."""
    if not table.num_rows:
        return table
    codes = table.column(column)
    if not pa.types.is_integer(codes.type):
        codes = codes.cast(pa.string())
    return table.filter(pc.is_in(codes, value_set=pa.array(list(values), codes.type)))


def group_rows(table: pa.Table, column: str = "project_id") -> dict[str, list[dict[str, object]]]:
    """Return rows by the text in ``column``, in the order of the table."""
    groups: dict[str, list[dict[str, object]]] = {}
    for row in table.to_pylist():
        groups.setdefault(str(row.get(column) or ""), []).append(row)
    return groups


def _mark(projects: Mapping[str, Project], evidence: pa.Table) -> None:
    """Note which projects have results, and what makes them mean less than they seem."""
    if not evidence.num_rows:
        return
    names = evidence.column("quantity").cast(pa.string())
    ids = evidence.column("project_id")

    def of(rows: pa.ChunkedArray) -> Iterator[Project]:
        for identity in ids.filter(rows).unique().cast(pa.string()).to_pylist():
            if identity in projects:
                yield projects[identity]

    context = pa.array(context_quantities(), pa.string())
    for project in of(pc.invert(pc.is_in(names, value_set=context))):
        project.computed = True
    doubts = caution_findings(evidence).select(["subject", "outcome"])
    for row in doubts.to_pylist():
        if row["subject"] in projects:
            projects[row["subject"]].cautions.append(row["outcome"])


def _read_projects(table: pa.Table) -> dict[str, Project]:
    columns = [name for name in _COLUMNS if name in table.column_names]
    projects: dict[str, Project] = {}
    for row in table.select(columns).to_pylist():
        identity = str(row.get("project_id") or "")
        project = projects.get(identity)
        if project is None:
            names = (_text(row, "name"), _text(row, "name_zh"))
            project = projects[identity] = Project(identity, names, family=_text(row, "family"))
        _add_row(project, row)
    for project in projects.values():
        # a part that is neither plant nor fleet (training, equipment) does not name the project
        real = [code for code in project.technologies if code != _PROGRAMME]
        project.technologies = real or project.technologies
    return projects


def _add_row(project: Project, row: Mapping[str, object]) -> None:
    for column, codes in (("country", project.countries), ("technology", project.technologies)):
        code = _text(row, column)
        if code and code not in codes:
            codes.append(code)
    project.city = project.city or _text(row, "city")
    project.section = project.section or _text(row, "section")
    if project.capacity is None:
        project.capacity = finite(row.get("capacity"))
    year = finite(row.get("commissioning_year"))
    if year is not None:
        project.year = min(project.year or 9999, int(year))


def _choose(projects: Iterable[Project], most: int) -> list[Project]:
    """Return all projects where they are few; else those with bad claims, then the largest."""
    ordered = sorted(projects, key=lambda item: (not item.bad_claims, -item.size))
    return sorted(ordered[:most], key=lambda item: -item.size)


def _set_anchors(projects: Iterable[Project]) -> None:
    """Give each project a name for links that a file's author can neither break nor abuse."""
    taken: set[str] = set()
    for project in projects:
        slug = re.sub(r"[^\w.-]+", "-", project.id).strip("-.")[:60]
        if not slug or slug in taken:
            slug += "-" + hashlib.sha256(project.id.encode()).hexdigest()[:8]
        taken.add(slug)
        project.anchor = f"project-{slug}"


def _text(row: Mapping[str, object], column: str) -> str:
    value = row.get(column)
    return "" if value is None else str(value).strip()


def _magnitude(estimate: Estimate | None) -> float:
    return abs(estimate.value) if estimate else 0.0

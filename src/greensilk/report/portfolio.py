"""The projects of a portfolio, what each avoids or emits, and which get a section of their own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from greensilk.report.data import Row, as_arrow, finite, rows, where

__all__ = ["DETAILED", "Portfolio", "Project", "read_portfolio"]

AVOIDED = "emission_reductions"
EMITTED = "project_emissions"
# what makes a project's reductions mean less than they seem: (quantity, value that says so)
ELIGIBLE = "reservoir_eligible"
ZERO_GRID = "near_zero_grid"
# facts of the host grid, which a project of which nothing is known has as well
_GRID = (ZERO_GRID, "combined_margin", "host_renewable_share", "host_coal_share")
# How many projects get a section: enough for any list a person reads, small enough for a browser.
DETAILED = 200
_PROGRAMME = "programme"
_BAD = ("implausible", "high", "low")
_VERDICTS = (*_BAD, "consistent", "not_checkable")
_COLUMNS = (
    "project_id",
    "component",
    "name",
    "name_zh",
    "country",
    "technology",
    "family",
    "capacity",
    "commissioning_year",
    "city",
    "section",
)


@dataclass(slots=True)
class Project:
    """One project, its components taken together.

    ``computed``: it has results of its own. ``shallow``: its reservoir makes too little power for
    its area to be accepted by the methodology. ``zero_grid``: its host grid emits next to nothing.
    """

    id: str
    names: tuple[str, str]
    anchor: str = ""
    countries: list[str] = field(default_factory=list)
    technologies: list[str] = field(default_factory=list)
    family: str = ""
    place: str = ""
    section: str = ""
    capacity: float | None = None
    year: int | None = None
    avoided: Row | None = None
    emitted: Row | None = None
    verdicts: dict[str, int] = field(default_factory=dict)
    computed: bool = False
    shallow: bool = False
    zero_grid: bool = False

    def name(self, lang: str) -> str:
        """Return the name in ``lang`` if the project has one, else the other, else its code."""
        first, second = self.names if lang == "en" else self.names[::-1]
        return first or second or self.id

    def other_name(self, lang: str) -> str:
        """Return the name in the other language, if it differs."""
        other = self.names[1] if lang == "en" else self.names[0]
        return other if other != self.name(lang) else ""

    @property
    def size(self) -> float:
        """Return the magnitude by which projects are ordered."""
        return max(_magnitude(self.avoided), _magnitude(self.emitted))

    @property
    def bad_claims(self) -> int:
        """Return the number of claims that do not hold."""
        return sum(self.verdicts.get(code, 0) for code in _BAD)


@dataclass(slots=True)
class Portfolio:
    """All projects by their code, in the order of the file; ``detailed`` get a section."""

    projects: dict[str, Project]
    detailed: list[Project]

    @property
    def countries(self) -> list[str]:
        """Return the codes of the host countries."""
        return sorted({code for item in self.projects.values() for code in item.countries})

    @property
    def capacity(self) -> float:
        """Return the installed capacity in MW over all projects that state one."""
        return sum(item.capacity or 0.0 for item in self.projects.values())

    @property
    def computed(self) -> int:
        """Return how many projects have results of their own."""
        return sum(item.computed for item in self.projects.values())

    def largest(self, kind: str = "avoided") -> list[Project]:
        """Return the projects that have ``avoided`` or ``emitted``, largest first."""
        held = [item for item in self.projects.values() if getattr(item, kind)]
        return sorted(held, key=lambda item: -_magnitude(getattr(item, kind)))


def read_portfolio(data: Any, most: int = DETAILED) -> Portfolio:
    """Return the projects of an appraisal."""
    projects = _projects(data.projects)
    components = getattr(data, "components", None)
    if components is not None:
        for identity, part in _projects(components).items():
            if identity in projects:
                projects[identity].countries = part.countries
                projects[identity].technologies = part.technologies
    evidence = where(data.evidence, "quantity", (AVOIDED, EMITTED))
    for row in rows(evidence):
        item = projects.setdefault(row["project_id"], Project(row["project_id"], ("", "")))
        if finite(row["value"]) is not None:
            if row["quantity"] == AVOIDED:
                item.avoided = row
            elif row["value"]:
                item.emitted = row
    _mark(projects, data.evidence)
    audit = as_arrow(data.audit)
    if audit.num_rows:
        keys = audit.column("project_id").to_pylist(), audit.column("verdict").to_pylist()
        counted: dict[str, dict[str, int]] = {}
        for identity, verdict in zip(*keys, strict=True):
            own = counted.setdefault(identity, {})
            own[verdict] = own.get(verdict, 0) + 1
        for identity, own in counted.items():
            item = projects.setdefault(identity, Project(identity, ("", "")))
            item.verdicts = {code: own[code] for code in _VERDICTS if code in own}
    detailed = _choose(projects.values(), most)
    _anchor(detailed)
    return Portfolio(projects, detailed)


def _mark(projects: Mapping[str, Project], evidence: Any) -> None:
    """Note which projects have results, and what makes them mean less than they seem."""
    import pyarrow as pa
    import pyarrow.compute as pc

    evidence = as_arrow(evidence)
    if not evidence.num_rows:
        return
    names = evidence.column("quantity").cast(pa.string())

    def held(chosen: Any) -> list[Project]:
        ids = evidence.column("project_id").filter(chosen).unique().cast(pa.string()).to_pylist()
        return [projects[identity] for identity in ids if identity in projects]

    for item in held(pc.invert(pc.is_in(names, value_set=pa.array(_GRID)))):
        item.computed = True
    for item in held(_says(names, evidence, ELIGIBLE, 0.0)):
        item.shallow = True
    for item in held(_says(names, evidence, ZERO_GRID, 1.0)):
        item.zero_grid = True


def _says(names: Any, evidence: Any, quantity: str, value: float) -> Any:
    import pyarrow.compute as pc

    return pc.and_(pc.equal(names, quantity), pc.equal(evidence.column("value"), value))


def _projects(table: Any) -> dict[str, Project]:
    table = as_arrow(table)
    columns = [name for name in _COLUMNS if name in table.column_names]
    found: dict[str, Project] = {}
    for row in table.select(columns).to_pylist():
        identity = str(row.get("project_id") or "")
        item = found.get(identity)
        if item is None:
            names = (_words(row, "name"), _words(row, "name_zh"))
            item = found[identity] = Project(identity, names, family=_words(row, "family"))
        _add(item, row)
    for item in found.values():
        # a part that is neither plant nor fleet (training, equipment) does not name the project
        real = [code for code in item.technologies if code != _PROGRAMME]
        item.technologies = real or item.technologies
    return found


def _add(item: Project, row: Mapping[str, Any]) -> None:
    for column, kept in (("country", item.countries), ("technology", item.technologies)):
        value = _words(row, column)
        if value and value not in kept:
            kept.append(value)
    item.place = item.place or _words(row, "city")
    item.section = item.section or _words(row, "section")
    capacity = finite(row.get("capacity"))
    if capacity is not None:
        item.capacity = (item.capacity or 0.0) + capacity
    year = finite(row.get("commissioning_year"))
    if year is not None:
        item.year = min(item.year or 9999, int(year))


def _choose(projects: Iterable[Project], most: int) -> list[Project]:
    """Return all projects where they are few; else those with bad claims, then the largest."""
    held = list(projects)
    ordered = sorted(held, key=lambda item: (-min(item.bad_claims, 1), -item.size))
    return sorted(ordered[:most], key=lambda item: -item.size)


def _anchor(projects: Iterable[Project]) -> None:
    """Give each project a name for links that a file's author can neither break nor abuse."""
    taken: set[str] = set()
    for item in projects:
        slug = re.sub(r"[^\w.-]+", "-", item.id).strip("-.")[:60]
        if not slug or slug in taken:
            slug += "-" + hashlib.sha256(item.id.encode()).hexdigest()[:8]
        taken.add(slug)
        item.anchor = f"project-{slug}"


def _words(row: Mapping[str, Any], column: str) -> str:
    value = row.get(column)
    return "" if value is None else str(value).strip()


def _magnitude(row: Row | None) -> float:
    return abs(float(row["value"])) if row else 0.0

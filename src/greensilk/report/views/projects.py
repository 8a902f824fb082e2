"""The section of one project: its quantities, its claims, and the tree of its headline number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from greensilk.core.document import (
    Badge,
    Block,
    Cell,
    Code,
    Column,
    Joined,
    Link,
    Note,
    Section,
    Small,
    Table,
    Tree,
    TreeNode,
)
from greensilk.core.errors import GreenSilkError
from greensilk.core.quantity import Quantity
from greensilk.core.text import (
    Amount,
    Count,
    Formula,
    Label,
    Listing,
    Name,
    Parameter,
    Sentence,
    Text,
)
from greensilk.core.text.numbers import finite
from greensilk.engine.explain import Node
from greensilk.report.views.claims import (
    Row,
    baseline_table,
    baselines_by_project,
    claims_table,
    consistency_table,
    reason,
)
from greensilk.report.views.portfolio import (
    Portfolio,
    Project,
    ReportData,
    estimate_of,
    grade_badge,
    group_rows,
    select_rows,
    verdict_badge,
)

__all__ = ["explain_projects", "projects_section", "record_name"]

# How many projects are explained down to the leaves, and how large one tree may get on the page.
TRACED = 80
_MOST_BRANCHES = 120
# results that suppose a thermal plant is displaced, whatever the host grid is made of
_CONVENTION = (
    *("standard_coal_saved", "sulphur_dioxide_avoided", "nitrogen_oxides_avoided"),
    *("particulates_avoided", "water_saved"),
)
_ZERO_GRID = "near_zero_grids"


def explain_projects(data: ReportData, portfolio: Portfolio) -> dict[str, Node]:
    """Return the explanation of the headline quantity of the largest projects with a section."""
    trees: dict[str, Node] = {}
    for project in portfolio.detailed[:TRACED]:
        if project.headline:
            try:
                trees[project.id] = data.explain(project.id, project.headline)
            except GreenSilkError:
                # no tree is a gap in the section, not a reason to lose the report
                continue
    return trees


def projects_section(
    data: ReportData, portfolio: Portfolio, trees: Mapping[str, Node]
) -> Section | None:
    """Return the projects chosen for detail, largest first, each to be opened."""
    if not portfolio.detailed:
        return None
    wanted = [project.id for project in portfolio.detailed]
    evidence = group_rows(select_rows(data.evidence, "project_id", wanted))
    claims = (
        group_rows(select_rows(data.audit, "project_id", wanted)) if data.audit.num_rows else {}
    )
    checks = group_rows(select_rows(data.consistency, "project_id", wanted))
    baselines = baselines_by_project(data.baselines, wanted)
    records = {record.method: record for record in data.methods}
    sections = []
    for project in portfolio.detailed:
        blocks: list[Block] = [
            Note(_code_line(project), "muted"),
            *(Note(Label(f"caution.{code}"), "warning") for code in project.cautions),
        ]
        if project.id in claims:
            blocks.append(claims_table(claims[project.id], portfolio, named=False))
        if project.id in checks:
            title = Label("report.project.consistency")
            blocks.append(consistency_table(checks[project.id], portfolio, title, named=False))
        if project.id in baselines:
            rows = baselines[project.id]
            table = baseline_table(rows)
            blocks.append(
                Table(table.columns, table.rows, Label("report.project.baseline"), reason(rows[0]))
            )
        if project.id in evidence:
            blocks.append(_quantities(evidence[project.id], records, project))
        else:
            blocks.append(Note(Label("report.project.nothing"), "muted"))
        if project.id in trees:
            tree = trees[project.id]
            title_of = Sentence("report.project.trace", {"name": _node_name(tree)})
            blocks.append(Tree(_branch(tree), title_of))
        sections.append(_entry(project, tuple(blocks)))
    total = len(portfolio.projects)
    lead: Parameter = Label("report.projects.lead")
    if len(sections) < total:
        numbers = {"shown": Count(len(sections)), "total": Count(total)}
        lead = Sentence("report.projects.cut", numbers)
    return Section(
        "projects",
        Label("report.projects.title"),
        (Note(lead),),
        tuple(sections),
        short=Label("report.nav.projects"),
        finder=Label("report.projects.only_bad"),
    )


def _entry(project: Project, blocks: tuple[Block, ...]) -> Section:
    estimate = project.avoided or project.emitted
    badges = tuple(
        Badge(Label(f"report.badge.{code}"), "warning", "caution") for code in project.cautions
    )
    return Section(
        project.anchor,
        project.name,
        blocks,
        folded=True,
        menu=False,
        result=estimate.amount if estimate else "",
        facts=Joined((Listing(tuple(_facts(project)), "facts"), *badges)),
        marks=tuple(verdict_badge(code, count) for code, count in project.verdicts.items()),
        search=" ".join((*project.names, project.id)),
    )


def _facts(project: Project) -> list[Parameter]:
    facts: list[Parameter] = [project.country]
    if project.city:
        # a place in Latin letters reads badly among Chinese words
        city = Text(project.city, "" if project.city.isascii() else project.city, only=True)
        facts = [Listing((project.country, city))]
    facts.append(project.technology)
    if project.capacity:
        facts.append(Amount(project.capacity, "MW"))
    if project.year:
        facts.append(Sentence("report.project.since", {"year": project.year}))
    return facts


def _code_line(project: Project) -> Parameter:
    english, chinese = project.names
    other = Text(chinese, english) if english and chinese and english != chinese else ""
    line: list[Parameter] = [other, Sentence("report.project.code", {"code": project.id})]
    if project.section:
        line.append(Sentence("report.project.section", {"section": project.section}))
    return Listing(tuple(line), "facts")


def record_name(record: Quantity) -> Parameter:
    """Return the name that a formula gives its result."""
    return Label(record.label)


def _quantities(rows: Sequence[Row], records: Mapping[str, Quantity], project: Project) -> Table:
    """Return the results of a project, the headline ones first and marked."""
    headline = {
        method
        for method, record in records.items()
        if record.level_of(project.family) == "headline"
    }
    ordered = sorted(rows, key=lambda row: row["method"] not in headline)
    strong = [index for index, row in enumerate(ordered) if row["method"] in headline]
    cells: list[tuple[Cell, ...]] = []
    for row in ordered:
        quantity, method = str(row["quantity"]), str(row["method"] or "")
        record = records.get(method)
        name = record_name(record) if record else Name(quantity)
        doubt = _ZERO_GRID in project.cautions and quantity in _CONVENTION and row["value"]
        note = Small(Label("report.project.convention"), line=True) if doubt else ""
        estimate = estimate_of(row)
        amount = (
            Amount(estimate.value, estimate.unit, estimate.low, estimate.high, quantity)
            if estimate
            else Amount(None)
        )
        basis = str(row["basis"] or "")
        cells.append(
            (
                Joined((name, note), "tight"),
                *(amount, amount, amount),
                grade_badge(int(str(row["grade"] or 0))),
                Label(f"basis.{basis}") if basis else "",
                _method(method, record),
            )
        )
    columns = (
        Column("quantity", Label("report.column.quantity"), width=30),
        Column("value", Label("report.column.value"), numeric=True, width=12, part="value"),
        Column("range", Label("report.column.range"), numeric=True, width=16, part="range"),
        Column("unit", Label("report.column.unit"), numeric=True, width=14, part="unit"),
        Column("grade", Label("report.column.grade"), width=8),
        Column("basis", Label("report.column.basis"), numeric=True, width=18),
        Column("method", Label("report.column.method"), width=26),
    )
    return Table(columns, cells, Label("report.project.quantities"), strong=strong)


def _method(method: str, record: Quantity | None) -> Cell:
    if record:
        return Link(method, f"#method-{method}", code=True)
    return Label("report.method.fact") if method == "fact" else Code(method)


def _node_name(node: Node) -> Parameter:
    name = record_name(node.quantity) if node.quantity is not None else Name(node.name)
    if not node.component:
        return name
    return Sentence("report.tree.component", {"name": name, "component": node.component})


def _branch(root: Node) -> TreeNode:
    """Return a tree ready to print; a part that stood before is not printed again."""
    printed: set[tuple[str, float, str]] = set()

    def grow(node: Node) -> TreeNode:
        key = (node.name, node.value, node.component)
        repeated = key in printed and bool(node.children)
        full = len(printed) >= _MOST_BRANCHES
        printed.add(key)
        cut = repeated or (full and bool(node.children))
        low, high = finite(node.low), finite(node.high)
        return TreeNode(
            _node_name(node),
            Amount(finite(node.value), node.unit, low, high, node.name),
            (*_details(node), Label("report.tree.above") if cut else ""),
            () if cut else tuple(grow(child) for child in node.children),
        )

    return grow(root)


def _details(node: Node) -> tuple[Cell, ...]:
    leaf = not node.children
    formula: Cell = ""
    if node.kind == "sum":
        formula = Label("report.tree.sum")
    elif node.formula:
        formula = Formula(node.formula, {child.name: _node_name(child) for child in node.children})
    source: list[Parameter] = []
    if node.source:
        source.append(node.source)
    if node.year:
        source.append(Sentence("report.tree.year", {"year": node.year}))
    doubt = Small(Label("report.unverified"), "warning") if leaf and node.verified is False else ""
    line = Joined((Listing(tuple(source), "words"), doubt, node.note)) if source else node.note
    basis = Badge(Label(f"basis.{node.basis}"), "muted") if leaf and node.basis else ""
    return (grade_badge(node.grade), basis, formula, line)

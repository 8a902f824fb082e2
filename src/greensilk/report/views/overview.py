"""The first page: key numbers, a few sentences, pictures of the portfolio, and data quality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from greensilk.core.document import (
    Axis,
    Block,
    Cell,
    Chart,
    Column,
    Joined,
    KeyFigure,
    KeyFigures,
    Note,
    Notes,
    Section,
    Small,
    Table,
)
from greensilk.core.errors import GreenSilkError
from greensilk.core.quantity import Quantity
from greensilk.core.text import Amount, Count, Label, Listing, Name, Names, Parameter, Sentence
from greensilk.core.text.numbers import finite
from greensilk.projects.view import reading_lines
from greensilk.report.views.claims import ClaimCounts, verdict_counts, widest_gap
from greensilk.report.views.portfolio import (
    AVOIDED,
    EMITTED,
    Estimate,
    Portfolio,
    ReportData,
    estimate_of,
    grade_badge,
)

__all__ = ["key_section", "portfolio_estimate", "quality_section", "sensitivities"]

_MOST_COUNTRIES = 15
_MOST_KINDS = 10
_MOST_DOTS = 25
_MOST_EMITTERS = 10
_MOST_FACTS = 8
_MOST_NAMED = 3
_MOST_BARS = 6
# rows of the summary that must be said beside the total: what makes it doubtful, what it leaves out
_CAUTIONS = ("shallow_reservoirs", "near_zero_grids")
_APART = (
    "apart_construction",
    "apart_planned",
    "apart_retired",
    "apart_cancelled",
    "apart_unknown",
)
_LEAST_SHOWN = 1.0
_GRADES = range(1, 6)
_OTHER = "other_kinds"
_FOSSIL = "fossil"


def portfolio_estimate(table: pa.Table, quantity: str, **group: str) -> Estimate | None:
    """Return a row of the summary or the totals, over all projects or those of a group."""
    for row in table.to_pylist():
        of_group = all(str(row.get(name) or "") == code for name, code in group.items())
        if row["quantity"] == quantity and of_group:
            return estimate_of(row)
    return None


def sensitivities(data: ReportData) -> list[dict[str, object]]:
    """Return the facts that move the avoided emissions most, those of one name together."""
    try:
        rows: list[dict[str, object]] = data.sensitivity(AVOIDED, by="name").to_pylist()
    except GreenSilkError:
        # no project avoids anything, or there are no ranges
        return []
    return rows[:_MOST_FACTS]


def key_section(
    data: ReportData,
    portfolio: Portfolio,
    claims: ClaimCounts,
    facts: Sequence[Mapping[str, object]],
) -> Section:
    """Return the first page."""
    blocks: list[Block] = [
        KeyFigures(tuple(_key_figures(data, claims))),
        Notes(tuple(_sentences(data, portfolio, claims, facts))),
    ]
    blocks += [*_by_country(data.aggregates), *_by_project(portfolio)]
    blocks += [*_emitters(portfolio), *_totals(data.summary)]
    return Section("key", Label("report.key.title"), tuple(blocks), short=Label("report.nav.key"))


def _key_figures(data: ReportData, claims: ClaimCounts) -> list[KeyFigure]:
    figures = []
    avoided = portfolio_estimate(data.summary, AVOIDED)
    emitted = portfolio_estimate(data.totals, EMITTED, family="")
    if avoided:
        remark = Sentence("report.card.avoided.remark", {"projects": Count(avoided.projects)})
        figures.append(KeyFigure(Label("report.card.avoided"), avoided.amount, remark, "good"))
    if emitted and emitted.value:
        fossil = portfolio_estimate(data.totals, EMITTED, family=_FOSSIL)
        remark_of: Parameter = Label("report.card.emitted.remark")
        if fossil:
            params: dict[str, Parameter] = {
                "projects": Count(fossil.projects),
                "value": Amount(fossil.value, fossil.unit),
            }
            remark_of = Sentence("report.card.emitted.fossil", params)
        figures.append(KeyFigure(Label("report.card.emitted"), emitted.amount, remark_of))
    if claims.total:
        others = tuple(
            Listing((Label(f"verdict.{code}"), Count(number)), "words")
            for code, number in claims.verdicts.items()
            if code != "consistent"
        )
        unit = Sentence("report.card.claims.of", {"total": Count(claims.checkable)})
        agreeing = Count(claims.verdicts.get("consistent", 0))
        remark_of = Listing(others, "facts")
        figures.append(KeyFigure(Label("report.card.claims"), agreeing, remark_of, unit=unit))
    figures.append(_projects_figure(data.summary))
    return figures


def _projects_figure(summary: pa.Table) -> KeyFigure:
    counts = _counts(summary)
    countries = {"countries": Count(counts.get("countries", 0))}
    parts: list[Parameter] = [Sentence("report.card.projects.countries", countries)]
    capacity = portfolio_estimate(summary, "capacity")
    if capacity:
        parts.append(Sentence("report.card.projects.capacity", {"capacity": capacity.amount}))
    results = {
        "computed": Count(counts.get("projects_with_results", 0)),
        "missing": Count(counts.get("projects_without_results", 0)),
    }
    parts.append(Sentence("report.card.projects.results", results))
    return KeyFigure(
        Label("report.card.projects"),
        Count(counts.get("projects", 0)),
        Listing(tuple(parts), "facts"),
        unit=Label("report.card.projects.unit"),
    )


def _counts(summary: pa.Table) -> dict[str, int]:
    """Return the rows of the summary that count projects or countries."""
    return {
        str(row["quantity"]): int(row["value"])
        for row in summary.to_pylist()
        if row["unit"] in ("project", "economy")
    }


def _sentences(
    data: ReportData,
    portfolio: Portfolio,
    claims: ClaimCounts,
    facts: Sequence[Mapping[str, object]],
) -> list[Parameter]:
    lines: list[Parameter] = list(reading_lines(data.reading))
    avoided = portfolio_estimate(data.summary, AVOIDED)
    emitted = portfolio_estimate(data.totals, EMITTED, family="")
    if avoided:
        params: dict[str, Parameter] = {
            "value": avoided.amount,
            "projects": Count(avoided.projects),
        }
        key = "avoided" if avoided.low is not None else "avoided_point"
        lines.append(Sentence(f"report.summary.{key}", params))
    if emitted and emitted.value:
        lines.append(Sentence("report.summary.emitted", {"value": emitted.amount}))
    lines += _cautions(data.summary)
    if claims.total:
        params = {"total": Count(claims.total), "parts": verdict_counts(claims)}
        lines.append(Sentence("report.summary.claims", params))
    gap = widest_gap(data.audit, portfolio)
    lines += [gap] if gap else []
    if facts:
        names = Names(tuple(str(row["fact"]) for row in facts[:_MOST_NAMED]))
        lines.append(Sentence("report.summary.weak", {"names": names}))
    return lines


def _cautions(summary: pa.Table) -> list[Parameter]:
    """Return what must be said beside the total: projects left out of it, or in it with a doubt."""
    lines: list[Parameter] = []
    counts = _counts(summary)
    missing = counts.get("projects_without_results", 0)
    if missing:
        params: dict[str, Parameter] = {
            "read": Count(counts["projects"]),
            "computed": Count(counts["projects_with_results"]),
            "missing": Count(missing),
        }
        lines.append(Sentence(f"report.summary.results{'_one' if missing == 1 else ''}", params))
    for code in _APART:
        estimate = portfolio_estimate(summary, code)
        if estimate and estimate.projects:
            params = {
                "projects": Count(estimate.projects),
                "value": estimate.amount,
                "stage": Label(f"name.{code}"),
            }
            lines.append(Sentence("report.summary.apart", params))
    for code in _CAUTIONS:
        estimate = portfolio_estimate(summary, code)
        if estimate and estimate.projects:
            key = f"report.summary.{code}{'_one' if estimate.projects == 1 else ''}"
            params = {"projects": Count(estimate.projects), "value": estimate.amount}
            lines.append(Sentence(key, params))
    return lines


def _by_country(aggregates: pa.Table) -> list[Block]:
    """Return a bar per country with its range, coloured by technology."""
    totals: dict[str, Estimate] = {}
    parts: dict[str, list[tuple[str, float]]] = {}
    kinds: dict[str, float] = {}
    for row in aggregates.to_pylist():
        estimate = estimate_of(row)
        if row["quantity"] != AVOIDED or not estimate or row["grade"] is not None or row["family"]:
            continue
        country, technology = str(row["country"] or ""), str(row["technology"] or "")
        if country and technology:
            parts.setdefault(country, []).append((technology, estimate.value))
        elif country:
            totals[country] = estimate
        elif technology:
            kinds[technology] = estimate.value
    positive = [code for code, estimate in totals.items() if estimate.value > 0]
    shown = sorted(positive, key=lambda code: -totals[code].value)[:_MOST_COUNTRIES]
    if not shown:
        return []
    ordered = sorted(kinds, key=lambda code: -kinds[code])
    named = ordered[:_MOST_KINDS]
    records: list[dict[str, Parameter]] = []
    present: set[str] = set()
    for country in shown:
        ends: dict[str, Parameter] = {"low": totals[country].low, "high": totals[country].high}
        for code, value in sorted(parts.get(country, []), key=lambda part: ordered.index(part[0])):
            if value <= 0:
                continue
            kind = code if code in named else _OTHER
            present.add(kind)
            name = Label(f"economy.{country}")
            records.append({"country": name, "value": value, "kind": kind, **ends})
            # the range belongs to the whole bar
            ends = {}
    categories: dict[str, Parameter] = {
        code: Label(f"technology.{code}") for code in named if code in present
    }
    if _OTHER in present:
        categories[_OTHER] = Label("report.chart.other_technologies")
    caption: Parameter = Label("report.country.caption")
    if len(positive) > len(shown):
        cut = {"shown": Count(len(shown)), "total": Count(len(positive))}
        caption = Listing((caption, Sentence("report.country.cut", cut)), "sentences")
    return [
        Chart(
            "bars",
            records,
            Axis("value", Sentence("report.chart.avoided_axis"), totals[shown[0]].unit),
            Axis("country"),
            title=Label("report.country.title"),
            caption=caption,
            low="low",
            high="high",
            colour="kind",
            categories=categories,
            text=Label("report.country.alt"),
        )
    ]


def _by_project(portfolio: Portfolio) -> list[Block]:
    """Return a dot with its range for the largest projects."""
    avoiders = [project for project in portfolio.largest() if project.avoided]
    values = [project.avoided.value for project in avoiders if project.avoided]
    large = [
        project for project in avoiders if project.avoided and project.avoided.value >= _LEAST_SHOWN
    ]
    if not large:
        return []
    negative = sum(value < 0 for value in values)
    zero = sum(0 <= value < _LEAST_SHOWN for value in values)
    caption: list[Parameter] = [Label("report.ranges.caption")]
    if len(large) > _MOST_DOTS:
        cut = {"shown": Count(_MOST_DOTS), "held": Count(len(avoiders))}
        caption.append(Sentence("report.ranges.cut", cut))
    if zero:
        caption.append(Sentence("report.ranges.zero", {"zero": Count(zero)}))
    if negative:
        caption.append(Sentence("report.ranges.negative", {"negative": Count(negative)}))
    records: list[dict[str, Parameter]] = [
        {
            "project": project.name,
            "value": project.avoided.value,
            "low": project.avoided.low,
            "high": project.avoided.high,
        }
        for project in large[:_MOST_DOTS]
        if project.avoided
    ]
    unit = large[0].avoided.unit if large[0].avoided else ""
    axis = Axis("value", Label("report.chart.projects_axis"), unit, logarithmic=True)
    return [
        Chart(
            "ranges",
            records,
            axis,
            Axis("project"),
            title=Label("report.ranges.title"),
            caption=Listing(tuple(caption), "sentences"),
            low="low",
            high="high",
            text=Label("report.ranges.alt"),
        )
    ]


def _emitters(portfolio: Portfolio) -> list[Block]:
    """Return the largest projects that emit and avoid nothing."""
    rows: list[tuple[Cell, ...]] = [
        (project.link, project.technology, project.emitted.amount)
        for project in portfolio.largest("emitted")
        if project.avoided is None and project.emitted
    ]
    if not rows:
        return []
    columns = (
        Column("project", Label("report.column.project"), width=36),
        Column("technology", Label("report.column.technology"), width=30),
        Column("emitted", Label("report.column.emitted"), numeric=True, width=24),
    )
    title, caption = Label("report.emitters.title"), Label("report.emitters.note")
    return [Table(columns, rows[:_MOST_EMITTERS], title, caption)]


def _totals(summary: pa.Table) -> list[Block]:
    """Return the sums of everything that may be added over projects."""
    rows: list[tuple[Cell, ...]] = []
    counted = {*_counts(summary), *_CAUTIONS, *_APART}
    for row in summary.to_pylist():
        estimate = estimate_of(row)
        if estimate and row["quantity"] not in counted:
            amount = Amount(estimate.value, estimate.unit, estimate.low, estimate.high)
            name = Name(str(row["quantity"]))
            rows.append((name, *(amount, amount, amount), Count(estimate.projects)))
    if not rows:
        return []
    columns = (
        Column("quantity", Label("report.column.quantity"), width=44),
        Column("value", Label("report.column.value"), numeric=True, width=16, part="value"),
        Column("range", Label("report.column.range"), numeric=True, width=18, part="range"),
        Column("unit", Label("report.column.unit"), numeric=True, width=16, part="unit"),
        Column("projects", Label("report.column.projects"), numeric=True, width=12),
    )
    caption = Label("report.totals.caption")
    return [Table(columns, rows, Label("report.sheet.totals"), caption, first=_MOST_BARS)]


def quality_section(data: ReportData, facts: Sequence[Mapping[str, object]]) -> Section | None:
    """Return how good the figures are, and which of them matter most."""
    by_grade = [
        (int(row["grade"]), estimate)
        for row in data.aggregates.to_pylist()
        if row["quantity"] == AVOIDED
        and row["grade"] is not None
        and (estimate := estimate_of(row))
    ]
    records = [*_tonnes(by_grade), *_numbers(data.grades, data.methods)]
    if not records:
        return None
    parts = tuple(
        Sentence("report.quality.part", {"value": Amount(estimate.value, estimate.unit),
                                         "grade": Count(grade)})
        for grade, estimate in sorted(by_grade)
    )  # fmt: skip
    lead: list[Parameter] = [Label("report.quality.lead")]
    if parts:
        lead.append(Sentence("report.quality.rests", {"parts": Listing(parts)}))
    chart = Chart(
        "shares",
        records,
        Axis("number"),
        Axis("bar"),
        caption=Label("report.quality.caption"),
        colour="grade",
        categories={
            f"grade{grade}": Listing((Count(grade), Label(f"report.grade.{grade}")), "words")
            for grade in _GRADES
        },
        text=Label("report.quality.alt"),
    )
    blocks: list[Block] = [Note(Listing(tuple(lead), "sentences")), chart]
    blocks += _facts_that_matter(facts)
    return Section("quality", Label("report.quality.title"), tuple(blocks),
                   short=Label("report.nav.quality"))  # fmt: skip


def _tonnes(by_grade: Sequence[tuple[int, Estimate]]) -> list[dict[str, Parameter]]:
    bar = Label("report.quality.by_tonnes")
    return [
        {"bar": bar, "grade": f"grade{grade}", "number": estimate.value}
        for grade, estimate in sorted(by_grade)
        if estimate.value > 0
    ]


def _numbers(grades: pa.Table, methods: Sequence[Quantity]) -> list[dict[str, Parameter]]:
    """Return how many results of the main quantities, and of all, have each grade."""
    headline = {record.name for record in methods if record.level == "headline"}
    rows: dict[str, list[tuple[int, int]]] = {}
    for row in grades.to_pylist():
        rows.setdefault(str(row["quantity"] or ""), []).append((row["grade"], row["results"]))
    names = [name for name in rows if name and (not headline or name in headline)]
    names.sort(key=lambda name: -sum(results for _, results in rows[name]))
    records: list[dict[str, Parameter]] = []
    for name in [*names[:_MOST_BARS], ""]:
        bar = Name(name) if name else Label("report.quality.all")
        records += [
            {"bar": bar, "grade": f"grade{grade}", "number": results}
            for grade, results in sorted(rows.get(name, []))
        ]
    return records


def _facts_that_matter(facts: Sequence[Mapping[str, object]]) -> list[Block]:
    """Return the figures that move the total most, as a picture and as a table."""
    if not facts:
        return []
    records: list[dict[str, Parameter]] = []
    rows: list[tuple[Cell, ...]] = []
    for row in facts:
        name = Name(str(row["fact"]))
        value, low, high = (finite(row[key]) for key in ("value", "low", "high"))
        records.append({"fact": name, "value": value, "low": low, "high": high})
        unit = str(row["unit"])
        source: Cell = str(row["source"] or "") or Label("report.assumptions.own")
        if int(str(row["facts"])) > 1:
            several = Sentence(
                "report.assumptions.figures", {"count": Count(int(str(row["facts"])))}
            )
            source = Joined((source, Small(several)))
        rows.append(
            (
                name,
                Amount(low, unit, beside=value),
                Amount(high, unit, beside=value),
                Count(int(str(row["projects"]))),
                grade_badge(int(str(row["grade"] or 0))),
                source,
            )
        )
    columns = (
        Column("fact", Label("report.column.assumption"), width=24),
        Column("low", Label("report.column.at_low"), numeric=True, width=15),
        Column("high", Label("report.column.at_high"), numeric=True, width=15),
        Column("projects", Label("report.column.projects"), numeric=True, width=9),
        Column("grade", Label("report.column.grade"), width=8),
        Column("source", Label("report.column.source"), width=40),
    )
    axis = Axis("value", Sentence("report.chart.avoided_axis"), str(facts[0]["unit"]), zero=False)
    return [
        Chart(
            "tornado",
            records,
            axis,
            Axis("fact"),
            title=Label("report.assumptions.title"),
            caption=Label("report.assumptions.note"),
            low="low",
            high="high",
            text=Label("report.assumptions.alt"),
        ),
        Table(columns, rows),
    ]

"""Claims beside our estimates: what does not hold, by how much, and which baseline fits."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from greensilk.core.document import (
    Axis,
    Badge,
    Block,
    Cell,
    Chart,
    Column,
    Joined,
    Note,
    Section,
    Small,
    Table,
)
from greensilk.core.text import (
    Amount,
    Count,
    Label,
    Listing,
    Name,
    Parameter,
    Percent,
    Sentence,
    Times,
    catalogue,
)
from greensilk.core.text.numbers import finite
from greensilk.core.text.parameters import decode
from greensilk.report.views.portfolio import (
    BAD,
    VERDICTS,
    Portfolio,
    group_rows,
    select_rows,
    verdict_badge,
)

__all__ = [
    "ClaimCounts",
    "baseline_table",
    "baselines_section",
    "claim_name",
    "claims_section",
    "claims_table",
    "consistency_table",
    "count_claims",
    "reason",
    "widest_gap",
]

Row = Mapping[str, object]

_MOST_CLAIMS = 40
_MOST_MARKS = 30
_MOST_CHECKS = 30
_MOST_CANDIDATES = 3
_MOST_BASELINES = 60
# what the detector can say of a project, the clear answers first, and how each is marked
_STATUSES = {
    "fits": "consistent",
    "part_fits": "not_checkable",
    "generation_differs": "not_checkable",
    "none_fits": "high",
    "ambiguous": "not_checkable",
    "underdetermined": "not_checkable",
}
_SUCH_A_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class ClaimCounts:
    """How many claims have each verdict."""

    verdicts: Mapping[str, int]
    total: int
    checkable: int
    bad: int


def count_claims(audit: pa.Table) -> ClaimCounts:
    """Return how many claims have each verdict, the worst first."""
    values = audit.column("verdict").value_counts().to_pylist() if audit.num_rows else []
    counts = {str(item["values"]): int(item["counts"]) for item in values}
    total = audit.num_rows
    return ClaimCounts(
        verdicts={code: counts[code] for code in VERDICTS if code in counts},
        total=total,
        checkable=total - counts.get("not_checkable", 0),
        bad=sum(counts.get(code, 0) for code in BAD),
    )


def claims_section(
    audit: pa.Table, consistency: pa.Table, portfolio: Portfolio, counts: ClaimCounts
) -> Section | None:
    """Return the claims that do not hold, and those that do not fit one another."""
    if not counts.total:
        return None
    blocks: list[Block] = []
    rows = _bad_rows(audit)
    if rows:
        lead = {"bad": Count(counts.bad), "checkable": Count(counts.checkable)}
        blocks.append(Note(Sentence("report.claims.lead", lead)))
        chart = _chart(rows, portfolio)
        blocks += [chart] if chart else []
        blocks.append(claims_table(rows[:_MOST_CLAIMS], portfolio))
        if counts.bad > _MOST_CLAIMS:
            cut = {"shown": Count(_MOST_CLAIMS), "total": Count(counts.bad)}
            blocks.append(Note(Sentence("report.claims.cut", cut), "muted"))
    else:
        blocks.append(Note(Label("report.claims.all_hold")))
    rest = {
        "consistent": Count(counts.verdicts.get("consistent", 0)),
        "unchecked": Count(counts.verdicts.get("not_checkable", 0)),
    }
    blocks.append(Note(Sentence("report.claims.rest", rest), "muted"))
    odd = select_rows(consistency, "verdict", BAD).to_pylist() if consistency.num_rows else []
    if odd:
        numbers = {"odd": Count(len(odd)), "total": Count(consistency.num_rows)}
        caption = Sentence("report.consistency.note", numbers)
        title = Label("report.consistency.title")
        blocks.append(consistency_table(odd[:_MOST_CHECKS], portfolio, title, caption))
    return Section(
        "claims", Label("report.claims.title"), tuple(blocks), short=Label("report.nav.claims")
    )


def _bad_rows(audit: pa.Table) -> list[dict[str, object]]:
    """Return the claims that do not hold: the implausible first, then by distance."""
    rows: list[dict[str, object]] = select_rows(audit, "verdict", BAD).to_pylist()
    return sorted(rows, key=lambda row: (row["verdict"] != "implausible", -_distance(row)))


def _distance(row: Row) -> float:
    ratio = finite(row.get("ratio"))
    return abs(math.log(ratio)) if ratio is not None and ratio > 0 else math.inf


def widest_gap(audit: pa.Table, portfolio: Portfolio) -> Sentence | None:
    """Return a sentence on the claim that lies furthest from our estimate."""
    if not audit.num_rows:
        return None
    rows = [row for row in _bad_rows(audit) if math.isfinite(_distance(row))]
    if not rows:
        return None
    row = max(rows, key=_distance)
    claimed, ours = _amounts(row)
    params: dict[str, Parameter] = {
        "project": portfolio.projects[str(row["project_id"])].name,
        "what": claim_name(row),
        "claimed": claimed,
        "ours": ours,
    }
    return Sentence("report.summary.widest", params)


def claim_name(row: Row) -> Parameter:
    """Return what is claimed: the quantity it is a claim of, where the glossary has it."""
    claim, quantity = str(row["claim"]), str(row.get("quantity") or "")
    known = claim.startswith("claimed_") and f"name.{quantity}" in catalogue()
    return Name(quantity if known else claim)


def reason(row: Row, prefix: str = "reason.") -> Parameter:
    """Return the reason of a verdict, which the tables hold as a code with parameters."""
    code = str(row.get("reason_code") or "")
    return Sentence(prefix + code, decode(str(row.get("reason_params") or ""))) if code else ""


def _amounts(row: Row) -> tuple[Amount, Amount]:
    """Return the claim and our estimate, each scaled for the other."""
    unit = str(row.get("unit") or "")
    name = str(row.get("quantity") or row["claim"])
    claimed, ours = finite(row.get("claimed")), finite(row.get("estimate"))
    low, high = finite(row.get("low")), finite(row.get("high"))
    if ours is None:
        low = high = None
    return (
        Amount(claimed, unit, name=name, beside=ours),
        Amount(ours, unit, low, high, name, beside=claimed),
    )


def claims_table(rows: Sequence[Row], portfolio: Portfolio, named: bool = True) -> Table:
    """Return claims with our estimates, a project's together; below each stands the reason."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(str(row["project_id"]), []).append(row)
    cells: list[tuple[Cell, ...]] = []
    groups: dict[int, Cell] = {}
    below: dict[int, Cell] = {}
    for identity, members in grouped.items():
        if named:
            groups[len(cells)] = portfolio.projects[identity].link
        for row in members:
            if wording := reason(row):
                below[len(cells)] = wording
            cells.append(_claim_cells(row))
    columns = (
        Column("claim", Label("report.column.claim"), width=24),
        Column("claimed", Label("report.column.claimed"), width=26),
        Column("estimate", Label("report.column.ours"), width=27),
        Column("verdict", Label("report.column.verdict"), width=23),
    )
    title = "" if named else Label("report.project.claims")
    return Table(columns, cells, title, groups=groups, below=below)


def _claim_cells(row: Row) -> tuple[Cell, ...]:
    claimed, ours = _amounts(row)
    written = str(row.get("claimed_text") or "")
    ratio = finite(row.get("ratio"))
    said: Cell = ""
    if ratio is not None and ratio > 0:
        key = "report.claims.times" if ratio >= 1 else "report.claims.part"
        said = Small(Sentence(key, {"ratio": Times(ratio)}), line=True)
    source = (
        Small(Sentence("report.claims.written", {"text": written}), line=True) if written else ""
    )
    verdict = verdict_badge(str(row["verdict"]))
    return (
        claim_name(row),
        Joined((claimed, source), "tight"),
        ours,
        Joined((verdict, said), "tight"),
    )


def _chart(rows: Sequence[Row], portfolio: Portfolio) -> Chart | None:
    """Return the claims over our estimates, with our range around one."""
    records: list[dict[str, Parameter]] = []
    for row in rows:
        ratio, estimate = finite(row.get("ratio")), finite(row.get("estimate"))
        low, high = finite(row.get("low")), finite(row.get("high"))
        if ratio is None or ratio <= 0 or estimate is None or estimate <= 0:
            continue
        name = {"project": portfolio.projects[str(row["project_id"])].name,
                "what": claim_name(row)}  # fmt: skip
        records.append(
            {
                "name": Sentence("report.claims.dot", name),
                "ratio": ratio,
                # our range, on the same scale as the claim
                "low": low / estimate if low is not None and low > 0 else 1.0,
                "high": high / estimate if high is not None and high > 0 else 1.0,
                "verdict": str(row["verdict"]),
            }
        )
    if not records:
        return None
    shown = sorted(records[:_MOST_MARKS], key=lambda record: -float(str(record["ratio"])))
    present = {record["verdict"] for record in shown}
    verdicts: dict[str, Parameter] = {
        code: Label(f"verdict.{code}") for code in BAD if code in present
    }
    return Chart(
        "ratios",
        shown,
        Axis("ratio", Label("report.claims.axis"), logarithmic=True),
        Axis("name"),
        caption=Label("report.claims.caption"),
        low="low",
        high="high",
        colour="verdict",
        categories={**verdicts, "band": Label("report.claims.band")},
        text=Label("report.claims.alt"),
    )


def consistency_table(
    rows: Sequence[Row],
    portfolio: Portfolio,
    title: Parameter = "",
    caption: Cell = "",
    named: bool = True,
) -> Table:
    """Return what the claims of a project imply of one another, those that do not fit first."""
    columns = [
        Column("check", Label("report.column.implied"), width=26),
        Column("value", Label("report.column.value"), numeric=True, width=14),
        Column("expected", Label("report.column.expected"), numeric=True, width=16),
        Column("verdict", Label("report.column.verdict"), width=14),
        Column("reason", Label("report.column.reason"), width=40),
    ]
    if named:
        columns.insert(0, Column("project", Label("report.column.project"), width=22))
    cells: list[tuple[Cell, ...]] = []
    ordered = sorted(rows, key=lambda row: row["verdict"] in ("consistent", ""))
    for row in ordered:
        project = portfolio.projects.get(str(row["project_id"]))
        unit, verdict = str(row.get("unit") or ""), str(row.get("verdict") or "")
        low, high = finite(row.get("low")), finite(row.get("high"))
        line: tuple[Cell, ...] = (
            Label(f"check.{row['check']}"),
            Amount(finite(row.get("value")), unit),
            Amount(None, unit, low, high),
            verdict_badge(verdict) if verdict else "",
            "" if verdict == "consistent" else reason(row),
        )
        cells.append(((project.link if project else ""), *line) if named else line)
    return Table(tuple(columns), cells, title, caption)


def baselines_section(baselines: pa.Table, portfolio: Portfolio) -> Section | None:
    """Return which factor set reproduces each project's claims, if any does."""
    rows = select_rows(baselines, "rank", (1,)).to_pylist() if baselines.num_rows else []
    if not rows:
        return None
    order = list(_STATUSES)
    rows.sort(key=lambda row: order.index(str(row["status"])))
    cells: list[tuple[Cell, ...]] = []
    for row in rows[:_MOST_BASELINES]:
        project = portfolio.projects.get(str(row["project_id"]))
        status = str(row["status"])
        mark = verdict_badge(_STATUSES[status])
        badge = Badge(Label(f"report.baselines.status.{status}"), mark.tone, mark.code)
        cells.append((project.link if project else str(row["project_id"]), badge, reason(row)))
    columns = (
        Column("project", Label("report.column.project"), width=22),
        Column("status", Label("report.column.finding"), width=16),
        Column("note", Label("report.column.words"), width=62),
    )
    blocks: list[Block] = [Note(Label("report.baselines.lead")), Table(columns, cells)]
    if len(rows) > _MOST_BASELINES:
        cut = {"shown": Count(_MOST_BASELINES), "total": Count(len(rows))}
        blocks.append(Note(Sentence("report.baselines.cut", cut), "muted"))
    return Section("baselines", Label("report.baselines.title"), tuple(blocks),
                   short=Label("report.nav.baselines"))  # fmt: skip


def baselines_by_project(baselines: pa.Table, wanted: Sequence[str]) -> dict[str, list[Row]]:
    """Return the best candidates of some projects."""
    if not baselines.num_rows:
        return {}
    best = select_rows(baselines, "rank", range(1, _MOST_CANDIDATES + 1))
    return {
        identity: sorted(rows, key=lambda row: int(str(row["rank"])))
        for identity, rows in group_rows(select_rows(best, "project_id", wanted)).items()
    }


def baseline_table(rows: Sequence[Row]) -> Table:
    """Return the factor sets that come nearest to a project's claims."""
    columns = (
        Column("candidate", Label("report.column.candidate"), width=40),
        Column("generation", Label("report.column.generation"), numeric=True, width=18),
        Column("residual", Label("report.column.residual"), numeric=True, width=10),
        Column("claims", Label("report.column.claims_used"), numeric=True, width=10),
        Column("fits", Label("report.column.finding"), width=14),
    )
    cells: list[tuple[Cell, ...]] = [
        (
            Sentence("judge.candidate", decode(str(row.get("reason_params") or ""))),
            Amount(finite(row.get("implied_generation")), "MWh/yr"),
            _residual(row),
            Count(int(str(row.get("claims_used") or 0))),
            Label("report.baselines.yes" if row.get("fits") else "report.baselines.no"),
        )
        for row in rows
    ]
    return Table(columns, cells)


def _residual(row: Row) -> Parameter:
    share = finite(row.get("residual"))
    return "–" if share is None else Percent(share, 1 if share < _SUCH_A_SHARE else 0)


def verdict_counts(counts: ClaimCounts) -> Listing:
    """Return how many claims have each verdict, as a phrase."""
    parts = tuple(
        Sentence(f"report.summary.count.{code}", {"count": Count(number)})
        for code, number in counts.verdicts.items()
    )
    return Listing(parts)

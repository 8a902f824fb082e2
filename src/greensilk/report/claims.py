"""Claims beside our estimates: what does not hold, by how much, and which baseline fits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from greensilk.core.text.numbers import format_number, format_percent, format_quantity, format_range
from greensilk.report.data import Row, as_arrow, finite, localised, rows, where
from greensilk.report.old_charts import Ratio, ratios_chart
from greensilk.report.portfolio import Portfolio
from greensilk.report.words import Words

__all__ = [
    "BAD",
    "Claim",
    "ClaimsView",
    "Finding",
    "baseline_findings",
    "claims_view",
    "consistency_view",
]

BAD = ("implausible", "high", "low")
_ORDER = (*BAD, "consistent", "not_checkable")
_MOST_ROWS = 40
_MOST_DOTS = 30
_MOST_CANDIDATES = 3
# what the detector can say of a project, the clear answers first
_STATUSES = (
    "fits",
    "part_fits",
    "generation_differs",
    "none_fits",
    "ambiguous",
    "underdetermined",
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim, ready to print."""

    project_id: str
    project: str
    anchor: str
    what: str
    claimed: str
    written: str
    ours: str
    ours_figures: str
    ours_unit: str
    ratio: str
    ratio_words: str
    verdict: str
    verdict_words: str
    reason: str
    distance: float


@dataclass(slots=True)
class ClaimsView:
    """All that a page says of claims; ``bad`` is cut, ``bad_total`` is not."""

    counts: dict[str, int] = field(default_factory=dict)
    bad: list[Claim] = field(default_factory=list)
    bad_total: int = 0
    chart: str = ""
    by_project: dict[str, list[Claim]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Return the number of claims."""
        return sum(self.counts.values())

    @property
    def checkable(self) -> int:
        """Return the number of claims that could be checked."""
        return self.total - self.counts.get("not_checkable", 0)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the baseline detector says of one project, with its best candidates."""

    project_id: str
    project: str
    anchor: str
    status: str
    sentence: str
    candidates: list[Mapping[str, Any]]

    @property
    def mark(self) -> str:
        """Return the class that colours the finding."""
        return {"fits": "consistent", "none_fits": "high"}.get(self.status, "not_checkable")


def claims_view(audit: Any, portfolio: Portfolio, words: Words) -> ClaimsView:
    """Return the claims of the projects that have a section, and all that do not hold."""
    view = ClaimsView()
    table = as_arrow(audit)
    if not table.num_rows:
        return view
    for item in table.column("verdict").value_counts().to_pylist():
        view.counts[str(item["values"])] = int(item["counts"])
    view.counts = {code: view.counts[code] for code in _ORDER if view.counts.get(code)}
    bad = [_claim(row, portfolio, words) for row in rows(where(table, "verdict", BAD))]
    bad.sort(key=lambda claim: (claim[0].verdict != "implausible", -claim[0].distance))
    view.bad_total = len(bad)
    view.bad = [claim for claim, _ in bad[:_MOST_ROWS]]
    dots = [dot for _, dot in bad if dot is not None][:_MOST_DOTS]
    if dots:
        titles = (words.say("claims.axis"), "")
        view.chart = ratios_chart(sorted(dots, key=lambda dot: -dot.ratio), titles, prefix="claims")
    detailed = [project.id for project in portfolio.detailed]
    for row in rows(where(table, "project_id", detailed)):
        view.by_project.setdefault(row["project_id"], []).append(_claim(row, portfolio, words)[0])
    return view


def _claim(row: Row, portfolio: Portfolio, words: Words) -> tuple[Claim, Ratio | None]:
    lang = words.lang
    project = portfolio.projects[row["project_id"]]
    quantity = str(row.get("quantity") or "")
    unit = str(row.get("unit") or "")
    what = words.claim(str(row["claim"]), quantity)
    key = quantity or str(row["claim"])
    ratio = finite(row.get("ratio"))
    estimate = finite(row.get("estimate"))
    low, high = finite(row.get("low")), finite(row.get("high"))
    stated = finite(row.get("claimed"))
    ours = format_quantity(estimate, unit, lang, low, high, name=key, beside=stated)
    claim = Claim(
        project_id=project.id,
        project=project.name(lang),
        anchor=project.anchor,
        what=what,
        claimed=format_quantity(stated, unit, lang, name=key, beside=estimate).text,
        written=str(row.get("claimed_text") or ""),
        ours=ours.text,
        ours_figures=ours.figures,
        ours_unit=ours.unit,
        ratio=times(ratio),
        ratio_words=_times_words(ratio, words),
        verdict=str(row["verdict"]),
        verdict_words=words.verdict(str(row["verdict"])),
        reason=localised(row, "reason", lang),
        distance=abs(math.log(ratio)) if ratio is not None and ratio > 0 else math.inf,
    )
    dot = None
    if ratio is not None and ratio > 0 and estimate is not None and estimate > 0:
        name = words.say("claims.dot", project=_short(claim.project, lang), what=_short(what, lang))
        below = low / estimate if low is not None and low > 0 else 1.0
        above = high / estimate if high is not None and high > 0 else 1.0
        dot = Ratio(name, ratio, below, above, claim.verdict, claim.ratio)
    return claim, dot


def times(ratio: float | None) -> str:
    """Return how many times our estimate a claim is.

    >>> times(2.84), times(0.7), times(1 / 26)
    ('2.8×', '70%', '1/26')
    """
    if ratio is None or ratio <= 0:
        return "–"
    if ratio >= 1:
        return f"{format_number(ratio, 0 if ratio >= 20 else 1)}×"
    inverse = 1 / ratio
    if inverse < 1.95:
        return format_percent(ratio)
    return f"1/{format_number(inverse, 0 if inverse >= 10 else 1)}"


def _times_words(ratio: float | None, words: Words) -> str:
    text = times(ratio)
    if text == "–":
        return ""
    if text.endswith("×"):
        return words.say("claims.times", times=text[:-1])
    return words.say("claims.part", part=text)


def consistency_view(table: Any, portfolio: Portfolio, words: Words) -> list[Mapping[str, Any]]:
    """Return what the claims of one project imply of one another, those that do not fit first."""
    found = []
    for row in rows(table):
        project = portfolio.projects.get(str(row.get("project_id") or ""))
        name = str(row.get("check") or "")
        verdict = str(row.get("verdict") or "")
        unit = str(row.get("unit") or "")
        found.append(
            {
                "project": project.name(words.lang) if project else "",
                "project_id": row.get("project_id"),
                "anchor": project.anchor if project else "",
                "what": localised(row, "label", words.lang) or words.name(name),
                "value": format_quantity(finite(row.get("value")), unit, words.lang).text,
                "expected": format_range(row.get("low"), row.get("high"), unit, words.lang),
                "verdict": verdict,
                "verdict_words": words.verdict(verdict) if verdict else "",
                "reason": "" if verdict == "consistent" else localised(row, "reason", words.lang),
            }
        )
    return sorted(found, key=lambda item: item["verdict"] in ("consistent", ""))


def baseline_findings(table: Any, portfolio: Portfolio, words: Words) -> list[Finding]:
    """Return in plain words which factor set reproduces each project's claims, if any does."""
    held: dict[str, list[Row]] = {}
    for row in rows(where(table, "rank", range(1, _MOST_CANDIDATES + 1))):
        held.setdefault(str(row.get("project_id") or ""), []).append(row)
    found = []
    for key, group in held.items():
        group.sort(key=lambda row: row["rank"])
        project = portfolio.projects.get(key)
        best = group[0]
        status = str(best.get("status") or ("fits" if best.get("fits") else "none_fits"))
        found.append(
            Finding(
                project_id=key,
                project=project.name(words.lang) if project else key,
                anchor=project.anchor if project else "",
                status=status,
                sentence=localised(best, "note", words.lang) or _finding(best, words),
                candidates=[_candidate(row, words) for row in group],
            )
        )
    return sorted(found, key=lambda item: _STATUSES.index(item.status))


def _finding(row: Row, words: Words) -> str:
    """Return a sentence where the detector gives none."""
    key = "baselines.fits" if row.get("fits") else "baselines.none"
    return words.say(
        key,
        candidate=localised(row, "candidate", words.lang),
        claims=row.get("claims_used") or 0,
        residual=_share(row.get("residual")),
    )


def _candidate(row: Row, words: Words) -> Mapping[str, Any]:
    name, year = localised(row, "candidate", words.lang), str(row.get("year") or "")
    if year not in name:
        name = words.say("baselines.dated", candidate=name, year=year)
    return {
        "name": name,
        "implied": format_quantity(
            finite(row.get("implied_generation")), "MWh/yr", words.lang
        ).text,
        "residual": _share(row.get("residual")),
        "claims": row.get("claims_used") or 0,
        "fits": bool(row.get("fits")),
    }


def _share(value: Any) -> str:
    share = finite(value)
    if share is None:
        return "–"
    return format_percent(share, 1 if share < 0.1 else 0)


def _short(name: str, lang: str) -> str:
    most = 16 if lang == "zh" else 30
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"

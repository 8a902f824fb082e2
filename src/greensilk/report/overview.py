"""The first page: key numbers, a few sentences, and pictures of the portfolio."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from greensilk.core.text.numbers import FormattedQuantity, format_number, format_quantity, scale
from greensilk.report import old_charts as charts
from greensilk.report.claims import ClaimsView
from greensilk.report.data import Row, finite, rows, where
from greensilk.report.portfolio import AVOIDED, EMITTED, Portfolio, Project
from greensilk.report.trace import Assumption
from greensilk.report.words import Words

__all__ = ["Card", "Overview", "caveats", "overview", "total"]

_MOST_BARS = 15
_MOST_DOTS = 25
_MOST_KINDS = 10
_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Card:
    """A key number: what it is, the figure, its unit, its range, and a remark."""

    title: str
    figure: str
    unit: str
    range: str
    remark: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page."""

    cards: list[Card]
    summary: list[str]
    by_country: str
    legend: list[tuple[str, str]]
    by_project: str
    shown: int
    held: int
    zero: int
    negative: int
    emitters: list[tuple[Project, FormattedQuantity]]


def total(data: Any, quantity: str, family: str = "") -> Row | None:
    """Return the portfolio's total of ``quantity``, over all projects or those of one family."""
    for row in rows(where(data.totals, "quantity", (quantity,))):
        if str(row.get("family") or "") == family and finite(row["value"]) is not None:
            return row
    return None


def overview(
    data: Any,
    portfolio: Portfolio,
    claims: ClaimsView,
    assumptions: list[Assumption],
    words: Words,
) -> Overview:
    """Return the first page."""
    avoiders = portfolio.largest("avoided")
    positive = [item for item in avoiders if item.avoided and item.avoided["value"] > 0]
    emitters = [
        (item, _shown(item.emitted, words))
        for item in portfolio.largest("emitted")
        if item.avoided is None
    ]
    by_country, legend = _by_country(positive, words)
    dots = [item for item in positive if item.avoided and item.avoided["value"] >= 1.0]
    return Overview(
        cards=_cards(data, portfolio, claims, words),
        summary=_summary(data, portfolio, claims, assumptions, words),
        by_country=by_country,
        legend=legend,
        by_project=_by_project(dots[:_MOST_DOTS], words) if dots else "",
        shown=min(len(dots), _MOST_DOTS),
        held=len(avoiders),
        zero=len(positive) - len(dots) + sum(_nothing(item) for item in avoiders),
        negative=len(avoiders) - len(positive) - sum(_nothing(item) for item in avoiders),
        emitters=emitters[:10],
    )


def _nothing(item: Project) -> bool:
    return item.avoided is not None and item.avoided["value"] == 0


def _cards(data: Any, portfolio: Portfolio, claims: ClaimsView, words: Words) -> list[Card]:
    cards = []
    avoided, emitted = total(data, AVOIDED), total(data, EMITTED)
    if avoided:
        shown = _shown(avoided, words)
        remark = words.say("card.avoided.remark", projects=format_number(avoided["projects"]))
        cards.append(
            Card(
                words.say("card.avoided"),
                shown.value,
                shown.unit,
                _range(shown, words),
                remark,
                "good",
            )
        )
    if emitted and emitted["value"]:
        shown = _shown(emitted, words)
        fossil = total(data, EMITTED, "fossil")
        remark = words.say("card.emitted.remark")
        if fossil:
            remark = words.say(
                "card.emitted.fossil",
                projects=format_number(fossil["projects"]),
                value=_shown({**fossil, "low": None, "high": None}, words).text,
            )
        cards.append(
            Card(words.say("card.emitted"), shown.value, shown.unit, _range(shown, words), remark)
        )
    if claims.total:
        counts = [
            f"{words.verdict(code)} {format_number(number)}"
            for code, number in claims.counts.items()
            if code != "consistent"
        ]
        held = claims.counts.get("consistent", 0)
        cards.append(
            Card(
                words.say("card.claims"),
                format_number(held),
                words.say("card.claims.of", total=format_number(claims.checkable)),
                "",
                " · ".join(counts),
            )
        )
    capacity = portfolio.capacity
    parts = [
        words.say("card.projects.countries", countries=format_number(len(portfolio.countries)))
    ]
    if capacity:
        shown = format_quantity(capacity, "MW", words.lang)
        parts.append(words.say("card.projects.capacity", capacity=shown.text))
    parts.append(
        words.say(
            "card.projects.results",
            computed=format_number(portfolio.computed),
            missing=format_number(len(portfolio.projects) - portfolio.computed),
        )
    )
    figure = format_number(len(portfolio.projects))
    cards.append(Card(words.say("card.projects"), figure, words.say("card.projects.unit"), "",
                      " · ".join(parts)))  # fmt: skip
    return cards


def caveats(portfolio: Portfolio, words: Words) -> list[str]:
    """Return what must be said beside the total: projects left out of it, or in it with a doubt."""
    lines = []
    held = list(portfolio.projects.values())
    missing = len(held) - portfolio.computed
    if missing:
        lines.append(
            words.say(
                "summary.results_one" if missing == 1 else "summary.results",
                read=format_number(len(held)),
                computed=format_number(portfolio.computed),
                missing=format_number(missing),
            )
        )
    shallow = [item for item in held if item.shallow]
    if shallow:
        amount = sum(float(item.avoided["value"]) for item in shallow if item.avoided)
        shown = format_quantity(amount, "tCO2e/yr", words.lang)
        key = "summary.shallow_one" if len(shallow) == 1 else "summary.shallow"
        lines.append(words.say(key, projects=format_number(len(shallow)), value=shown.text))
    zero = [item for item in held if item.zero_grid and item.computed]
    if zero:
        key = "summary.zero_grid_one" if len(zero) == 1 else "summary.zero_grid"
        lines.append(words.say(key, projects=format_number(len(zero))))
    return lines


def _summary(
    data: Any,
    portfolio: Portfolio,
    claims: ClaimsView,
    assumptions: list[Assumption],
    words: Words,
) -> list[str]:
    lines = []
    avoided, emitted = total(data, AVOIDED), total(data, EMITTED)
    if avoided:
        shown = _shown(avoided, words)
        key = "summary.avoided" if shown.range else "summary.avoided_point"
        lines.append(
            words.say(
                key,
                value=f"{shown.value}{'' if words.lang == 'zh' else ' '}{shown.unit}",
                range=shown.range,
                projects=format_number(avoided["projects"]),
            )
        )
    if emitted and emitted["value"]:
        lines.append(words.say("summary.emitted", value=_shown(emitted, words).text))
    lines += caveats(portfolio, words)
    if claims.total:
        parts = [
            words.say(f"summary.count.{code}", count=format_number(number))
            for code, number in claims.counts.items()
        ]
        lines.append(
            words.say("summary.claims", total=format_number(claims.total), parts=words.join(parts))
        )
    widest = next((claim for claim in claims.bad if math.isfinite(claim.distance)), None)
    for claim in claims.bad:
        if widest and math.isfinite(claim.distance) and claim.distance > widest.distance:
            widest = claim
    if widest:
        lines.append(
            words.say(
                "summary.widest",
                project=widest.project,
                what=widest.what[:1].lower() + widest.what[1:],
                claimed=widest.claimed,
                ours=widest.ours,
            )
        )
    if assumptions:
        names = [words.name(item.name) for item in assumptions[:3]]
        names = [name[:1].lower() + name[1:] for name in names]
        lines.append(words.say("summary.weak", names=words.join(names)))
    return lines


def _by_country(projects: list[Project], words: Words) -> tuple[str, list[tuple[str, str]]]:
    """Return a bar per country, coloured by technology, and the legend of the colours."""
    sums: dict[str, dict[str, float]] = {}
    technologies: dict[str, float] = {}
    for item in projects:
        assert item.avoided is not None  # noqa: S101 - chosen by the caller
        value = float(item.avoided["value"])
        country = item.countries[0] if len(item.countries) == 1 else "+"
        technology = _SEPARATOR.join(sorted(item.technologies)) or "+"
        bar = sums.setdefault(country, {})
        bar[technology] = bar.get(technology, 0.0) + value
        technologies[technology] = technologies.get(technology, 0.0) + value
    if not sums:
        return "", []
    _lump(sums, technologies)
    ordered = sorted(sums, key=lambda code: -sum(sums[code].values()))
    if len(ordered) > _MOST_BARS:
        rest: dict[str, float] = {}
        for code in ordered[_MOST_BARS - 1 :]:
            for technology, value in sums.pop(code).items():
                rest[technology] = rest.get(technology, 0.0) + value
        count = len(ordered) - _MOST_BARS + 1
        ordered = [*ordered[: _MOST_BARS - 1], f"*{count}"]
        sums[ordered[-1]] = rest
    kinds = sorted(technologies, key=lambda code: -technologies[code])
    colours = charts.technology_colours(kinds)
    size, unit = scale("tCO2e/yr", max(sum(bar.values()) for bar in sums.values()), words.lang)

    def named(code: str) -> str:
        if code == "+":
            return words.say("chart.several_countries")
        if code.startswith("*"):
            return words.say("chart.other_countries", count=code[1:])
        return words.country(code)

    segments = [
        charts.Segment(named(country), kind, sums[country][kind] / size, colours[kind])
        for country in ordered
        for kind in kinds
        if kind in sums[country]
    ]
    legend = [
        (
            words.say("chart.mixed") if kind == "+" else words.technologies(kind.split(_SEPARATOR)),
            colours[kind],
        )
        for kind in kinds
    ]
    title = words.say("chart.avoided_axis", unit=unit)
    return charts.stacked_chart(segments, title, prefix="country"), legend


def _lump(sums: dict[str, dict[str, float]], technologies: dict[str, float]) -> None:
    """Put all but the largest technologies together, so that the legend can be read."""
    kinds = sorted(technologies, key=lambda code: -technologies[code])
    for code in kinds[_MOST_KINDS:]:
        technologies["+"] = technologies.get("+", 0.0) + technologies.pop(code)
        for bar in sums.values():
            if code in bar:
                bar["+"] = bar.get("+", 0.0) + bar.pop(code)


def _by_project(projects: list[Project], words: Words) -> str:
    dots = []
    seen: dict[str, int] = {}
    for item in projects:
        row = item.avoided
        assert row is not None  # noqa: S101 - chosen by the caller
        name = _short(item.name(words.lang), words.lang)
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = f"{name} ({seen[name]})"
        value = float(row["value"])
        low, high = finite(row["low"]), finite(row["high"])
        dots.append(
            charts.Dot(
                name,
                value,
                value if low is None else max(low, value * 1e-3, 0.1),
                value if high is None else high,
                _shown(row, words).text,
            )
        )
    ticks = {
        step: format_quantity(step, "tCO2e", words.lang).text.replace("CO₂e", "").strip()
        for step in _steps(min(dot.low for dot in dots), max(dot.high for dot in dots))
    }
    title = words.say("chart.projects_axis")
    return charts.ranges_chart(dots, ticks, title, prefix="projects")


def _steps(least: float, most: float) -> list[float]:
    """Return round numbers that span a logarithmic axis: decades, or 1, 2, 5 on a short one."""
    first, last = math.floor(math.log10(least)), math.ceil(math.log10(most))
    if last - first > 3:
        return [10.0**power for power in range(first, last + 1)]
    steps = [factor * 10.0**power for power in range(first, last + 1) for factor in (1, 2, 5)]
    below = max((step for step in steps if step <= least * 1.001), default=steps[0])
    above = min((step for step in steps if step >= most * 0.999), default=steps[-1])
    return [step for step in steps if below <= step <= above]


def _shown(row: Row | None, words: Words) -> FormattedQuantity:
    if row is None:
        return format_quantity(None, "", words.lang)
    return format_quantity(row["value"], row["unit"], words.lang, row.get("low"), row.get("high"))


def _range(shown: FormattedQuantity, words: Words) -> str:
    return words.say("card.range", range=shown.range) if shown.range else ""


def _short(name: str, lang: str) -> str:
    most = 18 if lang == "zh" else 34
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"

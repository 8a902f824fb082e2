"""What stands behind the numbers: issues, assumptions, methods, sources, options, words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from greensilk.core.text import Names, catalogue, label
from greensilk.core.text.numbers import format_number, format_quantity, format_unit
from greensilk.report.data import Node
from greensilk.report.portfolio import Portfolio
from greensilk.report.trace import Assumption, cited
from greensilk.report.words import Words

if TYPE_CHECKING:
    from greensilk.core.errors import Fault
    from greensilk.core.quantity import Quantity

__all__ = [
    "assumption_lines",
    "glossary",
    "issue_groups",
    "method_lines",
    "option_lines",
    "source_lines",
]

_SEVERITIES = ("refused", "doubtful", "assumed", "note")
_MOST_LISTED = 25
_MOST_ASSUMPTIONS = 8


@dataclass(frozen=True, slots=True)
class IssueGroup:
    """Faults of one severity and code."""

    severity: str
    severity_words: str
    title: str
    count: int
    listed: list[tuple[str, str, str]]
    cut: int


def issue_groups(
    issues: Sequence[Fault], portfolio: Portfolio, words: Words
) -> dict[str, list[IssueGroup]]:
    """Return what was refused, doubtful or assumed: by severity, then by what it is."""
    kinds: dict[tuple[str, str], list[Fault]] = {}
    for fault in issues:
        kinds.setdefault((fault.severity, fault.code), []).append(fault)
    grouped: dict[str, list[IssueGroup]] = {}
    for (severity, code), faults in kinds.items():
        lines: dict[tuple[str, str, str], int] = {}
        for fault, message in _together(faults, portfolio, words):
            project = portfolio.projects.get(fault.project_id)
            name = project.name(words.lang) if project else fault.project_id
            line = (name, project.anchor if project else "", message)
            lines[line] = lines.get(line, 0) + _concerned(fault)
        ordered = sorted(lines.items(), key=lambda item: -item[1])
        grouped.setdefault(severity, []).append(
            IssueGroup(
                severity,
                label(f"severity.{severity}", words.lang),
                _title(code, words),
                sum(_concerned(fault) for fault in faults),
                [
                    (name, anchor, _times(message, count if not name else 1, words))
                    for (name, anchor, message), count in ordered[:_MOST_LISTED]
                ],
                max(len(lines) - _MOST_LISTED, 0),
            )
        )
    for groups in grouped.values():
        groups.sort(key=lambda group: -group.count)
    return {code: grouped[code] for code in _SEVERITIES if code in grouped}


def _together(
    faults: Sequence[Fault], portfolio: Portfolio, words: Words
) -> list[tuple[Fault, str]]:
    """Return faults with their messages; what one project lacks for several results is said once.

    A single fault, and one that stands for several projects, keeps its own sentence.
    """
    alike: dict[tuple[str, ...], list[Fault]] = {}
    for place, fault in enumerate(faults):
        whole = fault.code == "not_computed" and fault.project_id
        key = (fault.project_id, *_lacking(fault)) if whole else (str(place),)
        alike.setdefault(key, []).append(fault)
    found = []
    for group in alike.values():
        first = group[0]
        message = words.fault(first)
        if len(group) > 1:
            project = portfolio.projects.get(first.project_id)
            family = (project.family,) if project else ()
            names = dict.fromkeys(words.name(fault.field, family) for fault in group)
            results = words.join(names)
            lacks = words.join(words.name(name) for name in _lacking(first) if name)
            message = words.say("issues.lacking", results=results, lacks=lacks)
        found.append((first, message))
    return found


def _lacking(fault: Fault) -> tuple[str, ...]:
    return fault.expected.names if isinstance(fault.expected, Names) else ()


def _concerned(fault: Fault) -> int:
    """Return how many projects a fault stands for."""
    count = str(fault.params.get("count", ""))
    return int(count) if count.isdecimal() and fault.severity in ("assumed", "note") else 1


def _times(message: str, count: int, words: Words) -> str:
    if count <= 1:
        return message
    return words.sentences((message, words.say("issues.projects", count=format_number(count))))


def _title(code: str, words: Words) -> str:
    entry = catalogue().get(f"issue.{code}")
    return entry[words.lang] if entry else code


def assumption_lines(assumptions: Sequence[Assumption], words: Words) -> list[dict[str, Any]]:
    """Return the assumptions that move the portfolio most, with bars scaled to the widest."""
    chosen = assumptions[:_MOST_ASSUMPTIONS]
    widest = max((max(-item.down, item.up) for item in chosen), default=1.0) or 1.0
    lines = []
    for item in chosen:
        up = format_quantity(item.up, "tCO2e/yr", words.lang).text
        down = format_quantity(item.down, "tCO2e/yr", words.lang).text
        sources = list(item.sources)
        lines.append(
            {
                "name": words.name(item.name),
                "down": down,
                "up": f"+{up}",
                "left": round(-item.down / widest * 50, 1),
                "right": round(item.up / widest * 50, 1),
                "projects": item.projects,
                "grade": item.grade,
                "source": sources[0] if sources else "",
                "more": len(sources) - 1 if len(sources) > 1 else 0,
            }
        )
    return lines


def method_lines(methods: Iterable[Quantity], words: Words) -> list[dict[str, Any]]:
    """Return the formulas used, each with its text, unit and source."""
    from greensilk.report.detail import readable

    ordered = sorted(methods, key=lambda item: (item.level != "headline", item.method))
    return [
        {
            "method": record.method,
            "name": words.record(record),
            "headline": record.level == "headline",
            "formula": readable(
                record.expression,
                {name: words.name(name, record.families) for name in record.inputs},
            ),
            "unit": format_unit(record.unit, words.lang),
            "source": record.source,
            "verified": record.verified,
        }
        for record in ordered
    ]


def source_lines(explained: Mapping[str, Node], words: Words) -> list[dict[str, Any]]:
    """Return the documents that figures of the explained projects come from."""
    return [
        {
            "source": item.source,
            "clauses": _some(item.clauses, 4, words, "; " if words.lang == "en" else "；"),
            "what": _some([words.name(name) for name in item.names], 6, words),
            "years": words.join(sorted(item.years)[:4]),
            "projects": len(item.projects),
            "verified": item.verified,
            "address": item.address if item.address.startswith(("https://", "http://")) else "",
        }
        for item in cited(explained.items())
    ]


def _some(parts: Iterable[str], most: int, words: Words, joiner: str = "") -> str:
    """Return the first parts as a list, with the number of those left out."""
    held = list(dict.fromkeys(parts))
    text = joiner.join(held[:most]) if joiner else words.join(held[:most])
    if len(held) > most:
        text += ("" if words.lang == "zh" else " ") + words.say("more", count=len(held) - most)
    return text


def option_lines(options: Mapping[str, Any], words: Words) -> list[tuple[str, str, str]]:
    """Return every option with its words, its value and what the value means."""
    lines = []
    for name, value in options.items():
        meaning = catalogue().get(f"report.option.{name}.{value}")
        lines.append(
            (
                label(f"report.option.{name}", words.lang),
                str(value),
                meaning[words.lang] if meaning else "",
            )
        )
    return lines


def glossary(words: Words) -> list[tuple[str, str]]:
    """Return the terms of the page with their meaning, in the order of the catalogue."""
    return [
        (label(key, words.lang), label(f"{key}.meaning", words.lang))
        for key in catalogue()
        if key.startswith("report.term.") and not key.endswith(".meaning")
    ]

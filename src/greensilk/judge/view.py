"""The ladders of verdicts as a document: what the audit decides by, for a reader and the docs."""

from __future__ import annotations

from math import isnan

from greensilk.core.document import Cell, Code, Column, Document, Section, Table
from greensilk.core.rules import Rule, Ruleset, Term
from greensilk.core.text import Amount, Label, Listing, Parameter, Sentence, Text
from greensilk.judge.consistency import limits
from greensilk.judge.ladders import LADDERS, VerdictRule, ladder, thresholds

__all__ = ["view_ladders"]

# where the words of a ladder's outcomes stand
_OUTCOMES = {
    "claim": "verdict",
    "consistency": "verdict",
    "baseline": "judge.outcome",
    "candidate": "judge.outcome",
    "evidence": "judge.strength",
}
_SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥"}


def view_ladders() -> Document:
    """Return every ladder, the limits and the thresholds as tables.

    >>> [section.id for section in view_ladders().sections][:2]
    ['claim', 'consistency']
    """
    return Document(
        id="verdict-ladder",
        title=Label("ladder.title"),
        subtitle=Label("ladder.intro"),
        sections=(
            *(_ladder_section(name, ladder(name)) for name in LADDERS),
            Section("limits", Label("ladder.limits"), (_limits_table(),)),
            Section("thresholds", Label("ladder.thresholds"), (_thresholds_table(),)),
        ),
    )


def _column(key: str, numeric: bool = False, width: int = 14) -> Column:
    return Column(key, Label(f"ladder.column.{key}"), numeric, width)


def _ladder_section(name: str, rules: Ruleset) -> Section:
    rows = [
        (
            index + 1,
            _conditions(name, terms),
            Label(f"{_OUTCOMES[name]}.{rule.outcome}"),
            Code(rule.reason_code) if rule.reason_code else "",
            _note(rule),
        )
        for index, (rule, terms) in enumerate(zip(rules.rules, rules.terms, strict=True))
    ]
    columns = (
        _column("order", numeric=True, width=6),
        _column("conditions", width=70),
        _column("outcome", width=18),
        _column("reason", width=28),
        _column("note", width=50),
    )
    return Section(name, Label(f"ladder.{name}"), (Table(columns, rows),))


def _note(rule: Rule) -> Text:
    return Text(rule.note, rule.note_zh if isinstance(rule, VerdictRule) else "")


def _conditions(name: str, terms: tuple[Term, ...]) -> Parameter:
    if not terms:
        return Label("ladder.always")
    return Listing(tuple(_term(name, term) for term in terms), "clauses")


def _term(name: str, term: Term) -> Parameter:
    condition = Label(f"condition.{name}.{term.name}")
    if term.comparison:
        sign = _SIGNS[term.comparison]
        return Sentence(
            "ladder.compared", {"measure": condition, "sign": sign, "threshold": term.threshold}
        )
    return Sentence("ladder.not", {"condition": condition}) if term.negated else condition


def _limits_table() -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            Label(f"check.{limit.name}"),
            _band(limit.low, limit.high, limit.unit),
            _band(limit.minimum, limit.maximum, limit.unit),
            limit.citation,
        )
        for limit in limits()
        if limit.relative
    ]
    columns = (
        _column("ratio", width=40),
        _column("band", width=24),
        _column("bounds", width=24),
        _column("source", width=60),
    )
    return Table(columns, rows)


def _band(low: float, high: float, unit: str) -> Parameter:
    below, above = (None if isnan(end) else end for end in (low, high))
    return "" if below is None and above is None else Amount(None, unit, below, above)


def _thresholds_table() -> Table:
    rows: list[tuple[Cell, ...]] = [
        (Code(item.threshold), f"{item.value:g}", Text(item.reason, item.reason_zh), item.source)
        for item in thresholds().values()
    ]
    columns = (
        _column("threshold", width=24),
        _column("value", numeric=True),
        _column("why", width=70),
        _column("source", width=50),
    )
    return Table(columns, rows)

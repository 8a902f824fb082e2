"""Rules as data: rows of a table, and the one evaluator that applies them.

A rule is a row: conditions, an outcome, a reason, where it is from. Code computes named
*conditions* (which subjects are coal plants) and named *measures* (their efficiency, with a unit);
the rows say what follows. A verdict, a colour of a traffic light, a limit, an alert are all rows,
and this module knows none of those subjects.

===========================  ===================================================================
column                       meaning
===========================  ===================================================================
``rule, order``              its id; ladders are climbed in the order of these numbers
``conditions``               terms joined by ``&``, all of which must hold; blank always holds
``outcome, reason_code``     what follows, and the code of the sentence that says why
``threshold, unit``          the row's own number
``path``                     several rows of one path are its legs (:meth:`Ruleset.count_matches`)
``source, clause, year``     the document, and whether the row was ``verified`` against it
``valid_from, valid_to``     the days on which it holds, both included; blank is open
``note``                     why it is so
===========================  ===================================================================

A term is the name of a condition, ``not`` and the name of a condition, or a measure compared
(``<``, ``<=``, ``>``, ``>=``) with a threshold: ``threshold`` is the row's own, any other name one
of the thresholds shared by several rows (:class:`Threshold`). No number stands in a term.

>>> rows = [
...     Rule(rule="old_coal", order=1, conditions="coal & efficiency < threshold", threshold=38,
...          unit="percent", outcome="red", reason_code="subcritical"),
...     Rule(rule="coal", order=2, conditions="coal", outcome="amber"),
...     Rule(rule="other", order=3, conditions="", outcome="green"),
... ]
>>> rules = Ruleset("lights", rows, conditions=("coal",), measures={"efficiency": "1"})
>>> plants = Subjects(3, {"coal": np.array([True, True, False])},
...                   {"efficiency": np.array([0.35, np.nan, 0.6])})
>>> rows = rules.first_match(plants)
>>> rules.outcomes(rows).tolist()
['red', 'amber', 'green']

A measure that is missing (NaN) meets no comparison, whichever way it goes. Which rows were left
open by it is told by :meth:`Ruleset.find_missing`, so that a room can say "unknown" where it must
not say "no":

>>> rules.find_missing(plants)
(array([1]), array([0]))
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from greensilk.core.errors import Fault, ReferenceTableError, UnitError
from greensilk.core.units import factor

__all__ = ["Rule", "Ruleset", "Subjects", "Term", "Threshold"]

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]

OWN_THRESHOLD = "threshold"
_TERM = re.compile(r"(not )?([a-z]\w*)(?: (<=|>=|<|>) ([a-z]\w*))?")


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a table of rules (see the head of this module)."""

    rule: str
    order: float
    conditions: str = ""
    outcome: str
    reason_code: str = ""
    threshold: float | None = None
    unit: str = "1"
    path: str = ""
    source: str = ""
    clause: str = ""
    year: str = ""
    verified: bool = False
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    note: str = ""

    def in_force(self, day: datetime.date) -> bool:
        """Tell whether the rule holds on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class Threshold(msgspec.Struct, frozen=True, kw_only=True):
    """A number that several rules, or the code behind a condition, share: with its reason."""

    threshold: str
    value: float
    unit: str = "1"
    reason: str
    reason_zh: str = ""
    source: str = ""
    year: str = ""
    verified: bool = False


class Term(NamedTuple):
    """One term of a rule: a condition, perhaps negated, or a measure beside a threshold.

    ``threshold`` is the threshold's name and ``bound`` its value in the unit of the measure.
    """

    name: str
    negated: bool = False
    comparison: str = ""
    threshold: str = ""
    bound: float = float("nan")

    def implies(self, other: Term) -> bool:
        """Tell whether ``other`` holds wherever this term holds."""
        if self == other:
            return True
        if self.name != other.name or not self.comparison or not other.comparison:
            return False
        if self.comparison[0] != other.comparison[0]:
            return False
        tighter = self.bound < other.bound if "<" in self.comparison else self.bound > other.bound
        # at the same bound the strict comparison is the tighter one
        return tighter or (self.bound == other.bound and "=" in other.comparison)

    def excludes(self, other: Term) -> bool:
        """Tell whether the two can never hold together."""
        if self.name != other.name:
            return False
        if not self.comparison:
            return self.negated != other.negated
        below, above = (self, other) if self.comparison[0] == "<" else (other, self)
        if below.comparison[:1] != "<" or above.comparison[:1] != ">":
            return False
        touching = below.comparison == "<=" and above.comparison == ">="
        return below.bound < above.bound or (below.bound == above.bound and not touching)


@dataclass(frozen=True, slots=True)
class Subjects:
    """What is judged: named conditions and measures of ``size`` subjects, each of shape (size,).

    A measure is NaN where it is missing. A condition must be False where nothing is known, and a
    rule that negates it should be written with that in mind.
    """

    size: int
    conditions: Mapping[str, Mask] = field(default_factory=dict)
    measures: Mapping[str, Floats] = field(default_factory=dict)

    def holds(self, term: Term) -> Mask:
        """Tell for which subjects a term holds; (size,)."""
        if not term.comparison:
            mask = self.conditions[term.name]
            return ~mask if term.negated else mask
        values = self.measures[term.name]
        with np.errstate(invalid="ignore"):
            match term.comparison:
                case "<":
                    return np.asarray(values < term.bound)
                case "<=":
                    return np.asarray(values <= term.bound)
                case ">":
                    return np.asarray(values > term.bound)
                case _:
                    return np.asarray(values >= term.bound)


class Ruleset:
    """Rules ready to be applied.

    Parameters
    ----------
    name
        The table, for messages.
    rules
        Its rows, in any order.
    conditions
        The names of the conditions that the code computes.
    measures
        The measures it computes, with their units; thresholds are converted to them.
    thresholds
        Thresholds that rows may name, by name.
    ladder
        Whether the first matching row decides. Then a row below one that holds wherever it holds
        could never be reached, and is refused.
    day
        Keep the rules in force on this day only.

    Raises
    ------
    ReferenceTableError
        If rows name conditions, measures or thresholds that do not exist, stand twice, contradict
        themselves or can never be reached; ``faults`` has all of them.
    """

    def __init__(
        self,
        name: str,
        rules: Iterable[Rule],
        *,
        conditions: Iterable[str] = (),
        measures: Mapping[str, str] | None = None,
        thresholds: Mapping[str, Threshold] | None = None,
        ladder: bool = True,
        day: datetime.date | None = None,
    ) -> None:
        self.name = name
        in_force = [rule for rule in rules if day is None or rule.in_force(day)]
        self.rules: tuple[Rule, ...] = tuple(sorted(in_force, key=lambda rule: rule.order))
        parser = _Parser(name, frozenset(conditions), measures or {}, thresholds or {})
        self.terms: tuple[tuple[Term, ...], ...] = tuple(map(parser.parse_terms, self.rules))
        faults = [*parser.faults, *_repeated(name, self.rules)]
        if not parser.faults:
            faults += _unreachable(name, self.rules, self.terms, ladder)
        if faults:
            raise ReferenceTableError("table_broken", faults=faults, path=name)

    def first_match(self, subjects: Subjects) -> Rows:
        """Return for each subject the index of the first rule that holds, -1 where none does.

        The index is a place in :attr:`rules`.
        """
        rows = np.full(subjects.size, -1, np.intp)
        undecided = np.ones(subjects.size, bool)
        for index, terms in enumerate(self.terms):
            matches = undecided.copy()
            for term in terms:
                matches &= subjects.holds(term)
            rows[matches] = index
            undecided &= ~matches
            if not undecided.any():
                break
        return rows

    def all_matches(self, subjects: Subjects) -> tuple[Rows, Rows]:
        """Return every match as (subject, rule), in the order of the subjects."""
        table = self._table(subjects)
        subject, row = np.nonzero(table)
        return subject, row

    def count_matches(self, subjects: Subjects) -> dict[str, npt.NDArray[np.int64]]:
        """Return for each path how many of its legs every subject meets.

        A standard that can be met in several ways writes one row a leg. The counts are measures of
        the rules that decide: ``legs >= threshold`` with the number of legs for *all*, 1 for *any*,
        k for *k of n*.

        >>> legs = [Rule(rule=f"leg_{name}", order=order, conditions=name, outcome="met",
        ...              path="treatment") for order, name in enumerate(("filter", "scrubber"))]
        >>> rules = Ruleset("limits", legs, conditions=("filter", "scrubber"), ladder=False)
        >>> rules.count_matches(Subjects(2, {"filter": np.array([True, True]),
        ...                                  "scrubber": np.array([True, False])}))
        {'treatment': array([2, 1])}
        """
        table = self._table(subjects)
        paths = np.array([rule.path for rule in self.rules])
        return {
            str(path): table[:, paths == path].sum(axis=1)
            for path in dict.fromkeys(paths.tolist())
            if path
        }

    def find_missing(self, subjects: Subjects) -> tuple[Rows, Rows]:
        """Return as (subject, rule) where a rule is undecided because a measure is missing.

        All else that the rule asks for holds. In a ladder a later row may have decided instead.
        """
        table = np.zeros((subjects.size, len(self.rules)), bool)
        for index, terms in enumerate(self.terms):
            possible = np.ones(subjects.size, bool)
            missing = np.zeros(subjects.size, bool)
            for term in terms:
                if term.comparison:
                    unknown = np.isnan(subjects.measures[term.name])
                    missing |= unknown
                    possible &= unknown | subjects.holds(term)
                else:
                    possible &= subjects.holds(term)
            table[:, index] = possible & missing
        subject, row = np.nonzero(table)
        return subject, row

    def outcomes(self, rows: Rows) -> npt.NDArray[np.str_]:
        """Return the outcomes of rules by their index, blank for -1."""
        return np.array([*(rule.outcome for rule in self.rules), ""], np.str_)[rows]

    def reason_codes(self, rows: Rows) -> npt.NDArray[np.str_]:
        """Return the reason codes of rules by their index, blank for -1."""
        return np.array([*(rule.reason_code for rule in self.rules), ""], np.str_)[rows]

    def _table(self, subjects: Subjects) -> Mask:
        table = np.ones((subjects.size, len(self.rules)), bool)
        for index, terms in enumerate(self.terms):
            for term in terms:
                table[:, index] &= subjects.holds(term)
        return table


class _Parser:
    """Rules into terms; what is wrong with them is collected in ``faults``."""

    def __init__(
        self,
        name: str,
        conditions: frozenset[str],
        measures: Mapping[str, str],
        thresholds: Mapping[str, Threshold],
    ) -> None:
        self.name = name
        self.conditions = conditions
        self.measures = measures
        self.thresholds = thresholds
        self.faults: list[Fault] = []

    def parse_terms(self, rule: Rule) -> tuple[Term, ...]:
        parts = [part.strip() for part in rule.conditions.split("&")] if rule.conditions else []
        terms = [self._term(rule, part) for part in parts]
        if rule.valid_from and rule.valid_to and rule.valid_from > rule.valid_to:
            self._fault("rule_dates", rule, str(rule.valid_to), str(rule.valid_from))
        return tuple(term for term in terms if term is not None)

    def _fault(self, code: str, rule: Rule, value: str, expected: str = "") -> None:
        self.faults.append(_fault(code, self.name, rule, value, expected))

    def _term(self, rule: Rule, part: str) -> Term | None:
        match = _TERM.fullmatch(part)
        if match is None or (match[1] and match[3]):
            # what is missing would pass a negated comparison
            self._fault("rule_term_unread", rule, part)
            return None
        negated, name, comparison, threshold = match.groups()
        if not comparison:
            if name not in self.conditions:
                known = ", ".join(sorted(self.conditions))
                self._fault("rule_condition_unknown", rule, name, known)
                return None
            return Term(name, bool(negated))
        bound = self._bound(rule, name, threshold)
        return None if bound is None else Term(name, False, comparison, threshold, bound)

    def _bound(self, rule: Rule, measure: str, threshold: str) -> float | None:
        """Return a threshold in the unit of its measure."""
        if measure not in self.measures:
            self._fault("rule_measure_unknown", rule, measure, ", ".join(sorted(self.measures)))
            return None
        if threshold == OWN_THRESHOLD:
            value, unit = rule.threshold, rule.unit
        elif threshold in self.thresholds:
            value, unit = self.thresholds[threshold].value, self.thresholds[threshold].unit
        else:
            known = ", ".join(sorted(self.thresholds))
            self._fault("rule_threshold_unknown", rule, threshold, known)
            return None
        if value is None:
            self._fault("rule_threshold_blank", rule, measure)
            return None
        try:
            return value * factor(unit, self.measures[measure])
        except UnitError:
            self._fault("rule_unit", rule, unit, self.measures[measure])
            return None


def _fault(code: str, name: str, rule: Rule, value: str = "", expected: str = "") -> Fault:
    return Fault(code, file=name, value=value, expected=expected, params={"rule": rule.rule})


def _repeated(name: str, rules: Sequence[Rule]) -> list[Fault]:
    faults = []
    for column in ("rule", "order"):
        first: set[object] = set()
        for rule in rules:
            value = getattr(rule, column)
            if value in first:
                faults.append(_fault("rule_twice", name, rule, f"{column} {value}"))
            first.add(value)
    return faults


def _unreachable(
    name: str, rules: Sequence[Rule], terms: Sequence[tuple[Term, ...]], ladder: bool
) -> list[Fault]:
    """Return the rows that can never hold, that say what another says, or that come too late."""
    faults = []
    for index, (rule, terms_of_rule) in enumerate(zip(rules, terms, strict=True)):
        if any(term.excludes(other) for term in terms_of_rule for other in terms_of_rule):
            faults.append(_fault("rule_impossible", name, rule))
            continue
        for before, earlier in zip(rules[:index], terms[:index], strict=True):
            covered = all(any(term.implies(other) for term in terms_of_rule) for other in earlier)
            if ladder and covered:
                faults.append(_fault("rule_unreachable", name, rule, before.rule))
                break
            same_outcome = (rule.outcome, rule.path) == (before.outcome, before.path)
            if not ladder and set(terms_of_rule) == set(earlier) and same_outcome:
                faults.append(_fault("rule_repeated", name, rule, before.rule))
                break
    return faults

"""Faults as a person reads them: equal ones together, with where they stand and how often.

>>> groups = group_faults([Fault("unknown_country", row=row, field="country", value=name)
...                        for row, name in ((4, "Nowhere"), (2, "Erehwon"), (9, "Nowhere"))])
>>> groups[0].count, groups[0].rows, groups[0].values
(3, (2, 4, 9), ('Nowhere', 'Erehwon'))
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from greensilk.core.errors import Fault
from greensilk.core.text import Count, Listing, Name, Parameter, Sentence, catalogue

__all__ = ["FaultGroup", "fault_place", "fault_sentence", "group_faults", "group_sentence"]

_SEVERITIES = ("refused", "doubtful", "assumed", "note")
# a group names as many rows, and as many of the values that stood there
_NAMED = 3


@dataclass(frozen=True, slots=True)
class FaultGroup:
    """Equal faults of one file: the first of them, how many, the first rows and values."""

    fault: Fault
    count: int
    rows: tuple[int, ...] = ()
    values: tuple[str, ...] = ()


def group_faults(faults: Iterable[Fault]) -> list[FaultGroup]:
    """Return faults with equal ones together, the gravest first, then the most frequent.

    Faults of rows are equal if they have code, field and sheet in common; those of a file or of a
    column only if they say the same. What was only counted (``more_alike``) is added to its group.
    """
    groups: dict[tuple[str, ...], list[Fault]] = {}
    uncut: dict[tuple[str, str, str], int] = {}
    for fault in faults:
        if fault.code == "more_alike":
            uncut[fault.value, fault.field, fault.sheet] = _number(fault.params.get("count", 0))
            continue
        said = fault.value if fault.row is None else "*"
        key = (fault.code, fault.severity, fault.field, fault.sheet, said)
        groups.setdefault(key, []).append(fault)
    made = [_make_group(group, uncut) for group in groups.values()]
    return sorted(made, key=lambda g: (_SEVERITIES.index(g.fault.severity), -g.count))


def _make_group(group: list[Fault], uncut: dict[tuple[str, str, str], int]) -> FaultGroup:
    first = group[0]
    rows = sorted(fault.row for fault in group if fault.row is not None)
    values = tuple(dict.fromkeys(fault.value for fault in group if fault.value))
    more = uncut.get((first.code, first.field, first.sheet), 0) if rows else 0
    return FaultGroup(first, len(group) + more, tuple(rows[:_NAMED]), values[:_NAMED])


def _number(value: Parameter) -> int:
    if isinstance(value, Count):
        return value.count
    return value if isinstance(value, int) else 0


def fault_sentence(fault: Fault) -> Parameter:
    """Return what is the matter, without the place."""
    key = f"fault.{fault.code}"
    if key not in catalogue():
        return Listing((fault.code.replace("_", " "), fault.value, fault.expected))
    return Sentence(
        key,
        {
            "value": fault.value,
            "expected": fault.expected,
            "field": Name(fault.field) if fault.field else "",
            "project_id": fault.project_id,
            **fault.params,
        },
    )


def fault_place(fault: Fault, rows: tuple[int, ...] = (), count: int = 1) -> Parameter:
    """Return where a fault or a group of them stands: file, sheet, row or rows, field."""
    place: list[Parameter] = []
    if fault.sheet:
        place.append(Sentence("fault.where.sheet", {"sheet": fault.sheet}))
    if count > 1 and rows:
        named = Listing(rows)
        if count > len(rows):
            more = Count(count - len(rows))
            place.append(Sentence("fault.where.rows_more", {"rows": named, "more": more}))
        else:
            place.append(Sentence("fault.where.rows", {"rows": named}))
    elif fault.row is not None:
        place.append(Sentence("fault.where.row", {"row": fault.row}))
    if fault.field and (place or fault.file):
        place.append(Sentence("fault.where.field", {"field": Name(fault.field)}))
    return Listing(tuple(place)) if place else ""


def group_sentence(group: FaultGroup) -> Parameter:
    """Return a line for a group: where, what the first of them says, what else stood there."""
    body = fault_sentence(group.fault)
    if len(group.values) > 1:
        others = Listing(group.values[1:])
        body = Listing((body, Sentence("fault.also", {"values": others})), "sentences")
    place = fault_place(group.fault, group.rows, group.count)
    if not place:
        return body
    return Sentence("fault.at", {"where": place, "body": body})

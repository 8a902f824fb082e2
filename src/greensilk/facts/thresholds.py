"""What the room judges and selects by: the rows of ``data/checks.csv``, each with its reason."""

from __future__ import annotations

from functools import cache

import msgspec

from greensilk.core.tables import load_records

__all__ = ["Threshold", "threshold", "thresholds"]


class Threshold(msgspec.Struct, frozen=True):
    """A value that decides something, its unit, and why it is what it is."""

    id: str
    value: float
    unit: str
    en: str
    zh: str


@cache
def thresholds() -> dict[str, Threshold]:
    """Return every threshold by its id."""
    return {row.id: row for row in load_records("facts/data/checks.csv", Threshold, key="id")}


def threshold(name: str) -> float:
    """Return the value of a threshold.

    >>> threshold("jump.ratio")
    10.0
    """
    return thresholds()[name].value

"""The words of a report: names of quantities, claims, countries, technologies and faults."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from greensilk.core.errors import UnknownNameError
from greensilk.core.text import label, text

if TYPE_CHECKING:
    from greensilk.core.errors import Fault
    from greensilk.core.quantity import Quantity

__all__ = ["Words"]


class Words:
    """Names in one language; ``methods`` bring the names of the quantities they yield."""

    def __init__(self, lang: str, methods: Iterable[Quantity] = ()) -> None:
        self.lang = lang
        self._methods = {record.method: record for record in methods}

    def say(self, key: str, **params: object) -> str:
        """Return the sentence ``report.<key>``."""
        return text(f"report.{key}", self.lang, **params)

    def name(self, name: str, families: Iterable[str] = ()) -> str:
        """Return the name of a quantity, a project field or a reference fact.

        A quantity may be called differently in different fields of work; ``families`` choose.
        """
        from greensilk.core.text import name_label

        wanted = set(families)
        known = [record for record in self._methods.values() if record.name == name]
        known += [record for record in _records().get(name, ()) if wanted & set(record.families)]
        known.sort(key=lambda record: not wanted & set(record.families))
        return self.record(known[0]) if known else _first_up(name_label(name, self.lang))

    def result(self, name: str, method: str) -> str:
        """Return the name of a quantity as the formula that yields it calls it."""
        record = self._methods.get(method)
        return self.record(record) if record is not None else self.name(name)

    def record(self, record: Quantity) -> str:
        """Return the name that a formula gives its result."""
        return _first_up(label(record.label, self.lang))

    def claim(self, claim: str, quantity: str = "") -> str:
        """Return what is claimed, without the word that says it is a claim."""
        from greensilk.core.text import name_label

        words = name_label(claim, self.lang)
        if words == claim.replace("_", " "):
            return self.name(quantity or claim)
        return _first_up(words.removeprefix("Stated ").removeprefix("宣称"))

    def country(self, code: str) -> str:
        """Return the name of a country, or the code itself where it is none we know."""
        from greensilk.reference.economies import economy

        try:
            return economy(code).name(self.lang)
        except UnknownNameError:
            return code

    def technology(self, code: str) -> str:
        """Return the name of a technology."""
        names = _technologies().get(code)
        return names[self.lang == "zh"] if names else _spelled_out(code)

    def technologies(self, codes: Iterable[str]) -> str:
        """Return the names of a project's technologies as one phrase."""
        names = [self.technology(code) for code in codes if code]
        return ("＋" if self.lang == "zh" else " + ").join(names)

    def join(self, parts: Iterable[str]) -> str:
        """Return a list of words as the language separates them."""
        return ("、" if self.lang == "zh" else ", ").join(parts)

    def sentences(self, parts: Iterable[str]) -> str:
        """Return sentences one after another."""
        return ("" if self.lang == "zh" else " ").join(part for part in parts if part)

    def verdict(self, code: str) -> str:
        """Return the words for a verdict."""
        return label(f"verdict.{code}", self.lang)

    def basis(self, code: str) -> str:
        """Return the words for what a figure rests on."""
        return label(f"basis.{code}", self.lang)

    def grade(self, grade: int) -> str:
        """Return the words for a data-quality grade."""
        return label(f"report.grade.{grade}", self.lang)

    def fault(self, fault: Fault) -> str:
        """Return the message of a fault, also where its code has no sentence."""
        return fault.message(self.lang)


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]


def _spelled_out(name: str) -> str:
    return _first_up(re.sub(r"[_\s]+", " ", name).strip())


@lru_cache(maxsize=1)
def _records() -> dict[str, list[Quantity]]:
    from greensilk.methods import quantities

    found: dict[str, list[Quantity]] = {}
    for record in quantities():
        found.setdefault(record.name, []).append(record)
    return found


@lru_cache(maxsize=1)
def _technologies() -> dict[str, tuple[str, str]]:
    from greensilk.reference import read_rows

    rows = read_rows("greensilk.projects", "data", "technologies.csv")
    return {row["technology"]: (row["en"], row["zh"]) for row in rows}

"""The exception tree, and the faults an input can have.

Everything the library raises on purpose descends from :class:`GreenSilkError`::

    GreenSilkError
    ├── InputError            the user's file or table; carries every fault found
    ├── UnknownNameError      a quantity, project, indicator or table that does not exist
    ├── ReferenceTableError   a packaged table breaks its own contract
    ├── MethodError           a formula is declared wrongly (units, inputs, names)
    ├── UnitError             a unit that cannot be read or does not fit
    ├── NotComparableError    two bases that must not be compared
    ├── OutputError           the place to write to exists, is full or refuses
    └── FactsError            the country data platform
        ├── SourceError       one publisher's file is missing or broken
        └── StoreError        the store is absent or damaged

A :class:`Fault` is one thing wrong (or assumed, or doubtful) in an input. Faults are collected,
never thrown one by one, so that a user sees all of a file at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Literal

Severity = Literal["refused", "doubtful", "assumed", "note"]

__all__ = [
    "FactsError",
    "Fault",
    "GreenSilkError",
    "InputError",
    "MethodError",
    "NotComparableError",
    "OutputError",
    "ReferenceTableError",
    "Severity",
    "SourceError",
    "StoreError",
    "UnitError",
    "UnknownNameError",
]


class GreenSilkError(Exception):
    """Root of every error this library raises on purpose.

    ``zh`` is the same sentence in Chinese; :meth:`message` gives the one asked for.
    """

    def __init__(self, en: str = "", zh: str = "") -> None:
        self.zh = zh
        super().__init__(en)

    def message(self, lang: str = "en") -> str:
        """Return the sentence in ``lang``; in English where no Chinese one was given."""
        return self.zh if lang == "zh" and self.zh else str(self)


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """One thing an input got wrong, left open, or made us assume.

    ``code`` is the stable English code (``unknown_country``), which is also the key
    ``fault.<code>`` of its sentence in the message catalogue; ``params`` fill that sentence.
    ``severity``: ``refused`` (the row or field was not used), ``doubtful`` (used, look at it),
    ``assumed`` (a default stood in), ``note``.
    """

    code: str
    severity: Severity = "refused"
    file: str = ""
    sheet: str = ""
    row: int | None = None
    project_id: str = ""
    field: str = ""
    value: str = ""
    expected: str = ""
    params: dict[str, str] = dataclasses.field(default_factory=dict)

    def message(self, lang: str = "en") -> str:
        """Return the sentence a person reads: where, what was seen, what to do."""
        from greensilk.i18n import label, text

        where = [self.file] if self.file else []
        if self.sheet:
            where.append(text("fault.where.sheet", lang, sheet=self.sheet))
        if self.row is not None:
            where.append(text("fault.where.row", lang, row=self.row))
        if self.field:
            where.append(text("fault.where.field", lang, field=label(f"field.{self.field}", lang)))
        body = text(
            f"fault.{self.code}",
            lang,
            value=self.value,
            expected=self.expected,
            field=self.field,
            project_id=self.project_id,
            **self.params,
        )
        return f"{', '.join(where)}: {body}" if where else body

    def as_row(self, lang: str = "en") -> dict[str, object]:
        """Return the fault as a row of ``issues.csv``."""
        row = dataclasses.asdict(self)
        row.pop("params")
        row["message"] = self.message(lang)
        return row


class InputError(GreenSilkError):
    """The user's input cannot be used; ``faults`` lists every reason."""

    def __init__(self, faults: Iterable[Fault] | Fault) -> None:
        self.faults: list[Fault] = [faults] if isinstance(faults, Fault) else list(faults)
        super().__init__(self.message(), self.message("zh"))

    def message(self, lang: str = "en", most: int = 50) -> str:
        """Return all faults as text, one a line; past ``most`` only their number is said."""
        from greensilk.i18n import text

        lines = [fault.message(lang) for fault in self.faults[:most]]
        if len(self.faults) > most:
            lines.append(text("fault.more", lang, count=len(self.faults) - most))
        return "\n".join(lines)


class UnknownNameError(GreenSilkError):
    """A name that does not exist; the message lists the nearest ones."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        from difflib import get_close_matches

        names = sorted(known)
        near = get_close_matches(name, names, n=5, cutoff=0.5) or names[:8]
        from greensilk.i18n import label

        super().__init__(
            f"no {kind} is called {name!r}; did you mean: {', '.join(near)}?",
            f"没有名为 {name!r} 的{label(f'kind.{kind}', 'zh')}；是否指：{'、'.join(near)}？",
        )
        self.name = name


class ReferenceTableError(GreenSilkError):
    """A packaged reference table breaks its own contract."""


class MethodError(GreenSilkError):
    """A formula is declared wrongly."""


class UnitError(GreenSilkError):
    """A unit that cannot be read, or that does not fit."""


class NotComparableError(GreenSilkError):
    """Two values whose bases differ (averaging time, oxygen reference, ...)."""


class OutputError(GreenSilkError):
    """The place to write to exists already, is full, or refuses."""


class FactsError(GreenSilkError):
    """The country data platform."""


class SourceError(FactsError):
    """One publisher's file is missing, broken or not what it declares."""


class StoreError(FactsError):
    """The store of facts is absent or damaged."""

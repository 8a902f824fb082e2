"""The exception tree, and the faults an input can have.

Everything the library raises on purpose descends from :class:`GreenSilkError`::

    GreenSilkError
    ├── InputError            the user's file or table; carries every fault found
    ├── UnknownNameError      a quantity, project, indicator or table that does not exist
    ├── OptionError           an option or a choice that cannot be taken
    ├── ReferenceTableError   a packaged table breaks its own contract
    ├── MethodError           a formula is declared wrongly (units, inputs, names)
    ├── UnitError             a unit that cannot be read or does not fit
    ├── NotComparableError    two bases that must not be compared
    ├── OutputError           the place to write to exists, is full or refuses
    └── FactsError            the country data platform
        ├── SourceError       one publisher's file is missing or broken
        └── StoreError        the store is absent or damaged

An error is a code with parameters, never a sentence: ``OutputError("out_is_file", path=path)``. The
sentence ``error.<code>`` stands in the catalogue in both languages; ``str(error)`` is the English
one, :meth:`GreenSilkError.message` the one asked for.

A :class:`Fault` is one thing wrong (or assumed, or doubtful) in an input. Faults are collected,
never thrown one by one, so that a user sees all of a file at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Literal

from greensilk.core.text import Label, Name, Parameter, catalogue, join_words, render, render_value

Severity = Literal["refused", "doubtful", "assumed", "note"]

__all__ = [
    "FactsError",
    "Fault",
    "GreenSilkError",
    "InputError",
    "MethodError",
    "NotComparableError",
    "OptionError",
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

    Parameters
    ----------
    code
        Stable English code; ``error.<code>`` is its sentence in the catalogue.
    params
        What fills the sentence (see :mod:`greensilk.core.text.parameters`).

    Examples
    --------
    >>> error = OutputError("out_is_file", path="result")
    >>> print(error.message("zh"))
    result 是一个文件；请为 --out 指定文件夹
    """

    def __init__(self, code: str, /, **params: Parameter) -> None:
        self.code = code
        self.params = params
        super().__init__(code, params)

    def message(self, lang: str = "en") -> str:
        """Return the sentence in ``lang``; the code and its parameters where there is none."""
        key = f"error.{self.code}"
        if key in catalogue():
            return render(key, lang, self.params)
        return " ".join(
            [self.code, *(f"{k}={render_value(v, lang)}" for k, v in self.params.items())]
        )

    def __str__(self) -> str:
        return self.message()

    def __reduce__(self) -> tuple[object, ...]:
        # an error crosses from a worker process with what it says
        return _rebuild, (type(self), self.__dict__, self.args)


def _rebuild(
    kind: type[GreenSilkError], state: dict[str, object], args: tuple[object, ...]
) -> GreenSilkError:
    error = kind.__new__(kind)
    error.__dict__.update(state)
    error.args = args
    return error


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """One thing an input got wrong, left open, or made us assume.

    ``code`` is the stable English code (``unknown_country``), which is also the key
    ``fault.<code>`` of its sentence in the message catalogue; ``params`` fill that sentence.
    ``severity``: ``refused`` (the row or field was not used), ``doubtful`` (used, look at it),
    ``assumed`` (a default stood in), ``note``. ``field`` is a field, a quantity or a fact by its
    name; ``expected`` what should stand there, text or a parameter that has words.
    """

    code: str
    severity: Severity = "refused"
    file: str = ""
    sheet: str = ""
    row: int | None = None
    project_id: str = ""
    field: str = ""
    value: str = ""
    expected: Parameter = ""
    params: Mapping[str, Parameter] = dataclasses.field(default_factory=dict)

    def sentence(self, lang: str = "en") -> str:
        """Return what is the matter, without the place."""
        if f"fault.{self.code}" not in catalogue():
            said = [self.code.replace("_", " "), self.value, render_value(self.expected, lang)]
            return ": ".join(part for part in said if part)
        return render(
            f"fault.{self.code}",
            lang,
            {
                "value": self.value,
                "expected": self.expected,
                "field": Name(self.field) if self.field else "",
                "project_id": self.project_id,
                **self.params,
            },
        )

    def message(self, lang: str = "en") -> str:
        """Return the sentence a person reads: where, what was seen, what to do."""
        where = [self.file] if self.file else []
        if self.sheet:
            where.append(render("fault.where.sheet", lang, {"sheet": self.sheet}))
        if self.row is not None:
            where.append(render("fault.where.row", lang, {"row": self.row}))
        if self.field and where:
            where.append(render("fault.where.field", lang, {"field": Name(self.field)}))
        body = self.sentence(lang)
        if not where:
            return body
        joint = "，" if lang == "zh" else ", "
        return render("fault.at", lang, {"where": joint.join(where), "body": body})


class InputError(GreenSilkError):
    """The user's input cannot be used; ``faults`` lists every reason."""

    def __init__(self, faults: Iterable[Fault] | Fault) -> None:
        self.faults: list[Fault] = [faults] if isinstance(faults, Fault) else list(faults)
        super().__init__("input", count=len(self.faults))

    def message(self, lang: str = "en", most: int = 50) -> str:
        """Return all faults as text, one a line; past ``most`` only their number is said."""
        lines = [fault.message(lang) for fault in self.faults[:most]]
        if len(self.faults) > most:
            lines.append(render("fault.more", lang, {"count": len(self.faults) - most}))
        return "\n".join(lines)


class UnknownNameError(GreenSilkError):
    """A name that does not exist; the message lists the nearest ones.

    ``kind`` is the code of what was looked for; ``kind.<kind>`` is its label.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.near = nearest(name, known)
        super().__init__("unknown_name", kind=Label(f"kind.{kind}"), name=name)

    def message(self, lang: str = "en") -> str:
        """Return the sentence with the nearest names, if there are any names at all."""
        if not self.near:
            return render("error.unknown_name_alone", lang, self.params)
        near = join_words(list(self.near), lang)
        return render("error.unknown_name", lang, {**self.params, "near": near})


def nearest(name: str, known: Iterable[str], count: int = 5) -> tuple[str, ...]:
    """Return the known names that are most like ``name``; the first few where none is like it.

    >>> nearest("emision_reduction", ["emission_reductions", "net_generation"])
    ('emission_reductions',)
    """
    from rapidfuzz import fuzz, process, utils

    names = sorted(known)
    matches = process.extract(
        name,
        names,
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=count,
        score_cutoff=70.0,
    )
    return tuple(match for match, _, _ in matches) or tuple(names[:8])


class OptionError(GreenSilkError):
    """An option or a choice that cannot be taken."""


class ReferenceTableError(GreenSilkError):
    """A packaged reference table breaks its own contract; ``faults`` names every place."""

    def __init__(
        self, code: str, /, *sentence: str, faults: Iterable[Fault] = (), **params: Parameter
    ) -> None:
        self.faults: list[Fault] = list(faults)
        super().__init__(code, *sentence, **params)

    def message(self, lang: str = "en") -> str:
        """Return the sentence, and every fault on a line of its own."""
        return "\n".join([super().message(lang), *(f.message(lang) for f in self.faults)])


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

"""The cells of a document as runs of text, which every renderer sets in its own way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from greensilk.core.document import (
    Badge,
    Cell,
    Code,
    Joined,
    KeyFigure,
    Link,
    Small,
    Spark,
    Strong,
    Tone,
)
from greensilk.core.text import Amount, Formula, render_value, text
from greensilk.core.text.numbers import FormattedQuantity, format_quantity
from greensilk.report.theme import mark_of

__all__ = [
    "Run",
    "amount_part",
    "cell_runs",
    "cell_text",
    "figure_parts",
    "format_amount",
    "is_loud",
]

_GAPS = {
    "space": {"en": " ", "zh": " "},
    "tight": {"en": "", "zh": ""},
    "comma": {"en": ", ", "zh": "，"},
    "list": {"en": ", ", "zh": "、"},
    "lines": {"en": "\n", "zh": "\n"},
}


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one kind; ``line``: it begins on a new line. ``source`` is what it was made from."""

    text: str
    kind: Literal["text", "small", "strong", "code", "formula", "badge", "link", "spark"] = "text"
    tone: Tone = "plain"
    line: bool = False
    target: str = ""
    meaning: str = ""
    mono: bool = False
    source: Badge | Spark | None = None


def cell_runs(cell: Cell, lang: str, part: str = "") -> list[Run]:
    """Return a cell as runs; ``part`` takes the value, range or unit of an amount."""
    match cell:
        case Joined(parts, mode):
            return _joined([cell_runs(item, lang, part) for item in parts], _GAPS[mode][lang])
        case Badge(wording, tone, _, meaning):
            wording = render_value(wording, lang)
            return [
                Run(wording, "badge", tone, False, "", render_value(meaning, lang), source=cell)
            ]
        case Small(text, tone, line):
            return _filled(Run(render_value(text, lang), "small", tone, line))
        case Strong(text):
            return _filled(Run(_value_text(text, lang, part), "strong"))
        case Code(code):
            return _filled(Run(code, "code"))
        case Link(text, target, code):
            wording = render_value(text, lang)
            return _filled(Run(wording, "link", target=_safe(target), mono=code))
        case Formula():
            return [Run(f"= {render_value(cell, lang)}", "formula")]
        case Spark(_, _, tone, text):
            return [Run(render_value(text, lang), "spark", tone, source=cell)]
        case _:
            return _filled(Run(_value_text(cell, lang, part)))


def _value_text(value: Cell, lang: str, part: str) -> str:
    if part and isinstance(value, Amount):
        return amount_part(value, part, lang)
    return render_value(value, lang)  # type: ignore[arg-type]


def _filled(run: Run) -> list[Run]:
    return [run] if run.text else []


def _safe(target: str) -> str:
    """Return where a link leads: into the document or to a page of the web, nothing else."""
    return target if target.startswith(("#", "https://", "http://")) else ""


def _joined(parts: Iterable[list[Run]], gap: str) -> list[Run]:
    runs: list[Run] = []
    for part in parts:
        if not part:
            continue
        if runs and not part[0].line:
            runs.append(Run("", line=True) if gap == "\n" else Run(gap))
        runs += part
    return runs


def format_amount(amount: Amount, lang: str) -> FormattedQuantity:
    """Return an amount with its figure, range and unit apart."""
    return format_quantity(
        amount.value, amount.unit, lang, amount.low, amount.high, amount.name, amount.beside
    )


def amount_part(amount: Amount, part: str, lang: str) -> str:
    """Return the value, the range or the unit of an amount."""
    shown = format_amount(amount, lang)
    if part == "range":
        return shown.range or "–"
    return shown.unit if part == "unit" else shown.value


def figure_parts(card: KeyFigure, lang: str) -> tuple[str, str, str]:
    """Return figure, unit and range of a key figure, in words."""
    if isinstance(card.value, Amount):
        shown = format_amount(card.value, lang)
        extent = text("render.range", lang, range=shown.range) if shown.range else ""
        return shown.value, shown.unit or render_value(card.unit, lang), extent
    return render_value(card.value, lang), render_value(card.unit, lang), ""


def cell_text(cell: Cell, lang: str, part: str = "", line: str = "\n") -> str:
    """Return a cell as plain text, the signs of its badges before their words."""
    wording = ""
    for run in cell_runs(cell, lang, part):
        if run.line and wording:
            wording += line
        if isinstance(run.source, Badge) and mark_of(run.source).sign:
            wording += mark_of(run.source).sign + " "
        wording += run.text if run.kind != "spark" else ""
    return wording


def is_loud(badge: Badge) -> bool:
    """Return whether a badge is set in bold: a verdict or what a reader must look at."""
    return bool(mark_of(badge).sign) or badge.tone in ("warning", "bad", "info")

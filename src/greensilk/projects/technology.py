"""The technology of every row, and which rows cannot be kept for want of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from greensilk.core.errors import Severity
from greensilk.projects.book import Book
from greensilk.projects.kinds import find, nearest, parts

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Technologies", "resolve"]


@dataclass(frozen=True, slots=True)
class Technologies:
    """Codes of all rows (null: refused), their cells, and the cells that hold a hybrid."""

    codes: pl.Series
    words: pl.Series
    hybrids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    code: str | None
    fault: str = ""
    severity: Severity = "refused"
    expected: str = ""
    hybrid: bool = False


def resolve(words: pl.Series, book: Book) -> Technologies:
    """Return the technology of every cell; what is guessed or not understood is noted."""
    import polars as pl

    answers = {word: _answer(word) for word in words.drop_nulls().unique().to_list()}
    faults = {word: answer.fault for word, answer in answers.items() if answer.fault}
    for code in dict.fromkeys(faults.values()):
        mine = [word for word, fault in faults.items() if fault == code]
        book.cells(
            code,
            answers[mine[0]].severity,
            "technology",
            words.is_in(mine),
            lambda place: words[place],
            lambda place: _expected(answers[words[place]], words[place]),
        )
    return Technologies(
        codes=words.replace_strict(
            {word: answer.code for word, answer in answers.items()},
            default=None,
            return_dtype=pl.String,
        ),
        words=words,
        hybrids=tuple(word for word, answer in answers.items() if answer.hybrid),
    )


def _expected(answer: _Answer, word: str) -> str:
    # looked up only for the faults that are shown: it compares with every name there is
    return ", ".join(nearest(word)) if answer.fault == "unknown_technology" else answer.expected


def _answer(word: str) -> _Answer:
    found = find(word)
    if found.code and not found.guessed:
        return _Answer(found.code)
    several = parts(word)
    if several:
        if any(part.capacity != part.capacity for part in several):
            return _Answer(None, "hybrid_without_capacity")
        return _Answer(several[0].code, hybrid=True)
    if found.code:
        return _Answer(found.code, "technology_guessed", "assumed", found.code)
    if found.candidates:
        return _Answer(None, "ambiguous_technology", expected=", ".join(found.candidates))
    return _Answer(None, "unknown_technology")

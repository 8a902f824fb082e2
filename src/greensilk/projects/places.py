"""Which country a project is in, by the register of economies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from greensilk.core.errors import Severity
from greensilk.projects.book import Book

if TYPE_CHECKING:
    import polars as pl

__all__ = ["countries"]


def countries(code: pl.Series | None, name: pl.Series | None, book: Book) -> pl.Series | None:
    """Return ISO alpha-3 codes from a column of codes or names and, beside it, one of names.

    The second column stands in where the first is blank or means nothing. A name that could be
    two economies is noted with both and left out; so is one that is none. Where the two columns
    name different economies the first is used, and the row is noted.
    """
    import polars as pl

    if code is None and name is None:
        return None
    first = code if code is not None else name
    if first is None:
        return None
    codes, found = _codes(first)
    if code is not None and name is not None:
        second, _ = _codes(name)
        shown, own, stated = first, codes, name
        book.cells(
            "country_clash",
            "doubtful",
            "country",
            codes.is_not_null() & second.is_not_null() & (codes != second),
            lambda place: f"{shown[place]} / {stated[place]}",
            params=lambda place: {"used": own[place], "other": second[place]},
        )
        # where the second column helps, the first need not be complained of
        first = first.set(codes.is_null() & second.is_not_null(), None)
        codes = pl.select(pl.coalesce(codes, second)).to_series()
    _complain(first, codes, found, book)
    return codes


def _codes(words: pl.Series) -> tuple[pl.Series, dict[str, Any]]:
    import polars as pl

    from greensilk.reference.economies import match_many

    distinct = words.drop_nulls().unique().to_list()
    found = dict(zip(distinct, match_many(distinct), strict=True))
    codes = {
        word: match.iso3 or (match.candidates[0] if match.kind == "part" else None)
        for word, match in found.items()
    }
    return words.replace_strict(codes, default=None, return_dtype=pl.String), found


def _complain(words: pl.Series, codes: pl.Series, found: dict[str, Any], book: Book) -> None:
    cases: tuple[tuple[str, str, Severity], ...] = (
        ("unknown", "unknown_country", "refused"),
        ("unknown", "unknown_country_far", "refused"),
        ("ambiguous", "ambiguous_country", "refused"),
        ("aggregate", "country_group", "refused"),
        ("dissolved", "dissolved_country", "refused"),
        ("part", "part_of_country", "doubtful"),
    )
    for kind, code, severity in cases:
        mine = [word for word, match in found.items() if match.kind == kind]
        if kind == "unknown":
            far = code == "unknown_country_far"
            mine = [word for word in mine if (not _options(word, found[word])) == far]
        if not mine:
            continue
        book.cells(
            code,
            severity,
            "country",
            words.is_in(mine),
            lambda place: words[place],
            lambda place: _options(words[place], found[words[place]]),
        )


def _options(word: str, match: Any) -> str:
    from greensilk.reference.economies import economy, nearest

    codes: Sequence[str] = match.candidates or nearest(word) or ()
    return ", ".join(f"{economy(code).name_en} {economy(code).name_zh} ({code})" for code in codes)

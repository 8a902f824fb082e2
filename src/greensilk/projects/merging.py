"""Two columns for one field: the second fills the empty cells of the first.

Where both are given and disagree the first is used, and the row is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.projects.book import Book, shown
from greensilk.projects.columns import Numbers
from greensilk.projects.fields import choice_index, fields, key
from greensilk.projects.headers import Mapped
from greensilk.projects.kinds import find
from greensilk.projects.series import latest

if TYPE_CHECKING:
    import polars as pl

__all__ = ["merge_numbers", "merge_text"]

# Figures without digits to judge by (typed columns) agree within this share of themselves.
_CLOSE = 1e-6
_CHOOSING = ("country", "country_name", "technology", "component", "status")


def merge_numbers(
    first: Numbers, second: Numbers, item: Mapped, other: Mapped, book: Book
) -> Numbers:
    """Return ``first`` with its gaps filled; rows that differ beyond their rounding are noted."""
    import polars as pl

    low, high = _range(first)
    least, most = _range(second)
    # the coarser of two roundings of one figure is off by its own half at most
    slack = pl.select(pl.max_horizontal(_half(first), _half(second))).to_series()
    differ = (least - high > slack) | (low - most > slack)
    _note(differ.fill_null(False), first, second, item, other, book)
    if second.text is not None and other.unit and other.unit != item.unit:
        # its figures are shown with the unit of their own header
        plain = second.text.str.contains(r"^[\s\d.,+-]*$")
        with_unit = pl.select(pl.concat_str(second.text, pl.lit(f" {other.unit}"))).to_series()
        second.text = with_unit.zip_with(plain.fill_null(False), second.text)
    return latest([first, second], [None, None])[0]


def _range(column: Numbers) -> tuple[pl.Series, pl.Series]:
    value = column.value
    low = value if column.low is None else column.low.fill_null(value)
    high = value if column.high is None else column.high.fill_null(value)
    return low, high


def _half(column: Numbers) -> pl.Series:
    least = column.value.abs() * _CLOSE
    return least if column.half is None else least + column.half.fill_null(0.0)


def _note(
    differ: pl.Series, first: Numbers, second: Numbers, item: Mapped, other: Mapped, book: Book
) -> None:
    def written(column: Numbers, mapped: Mapped, place: int) -> str:
        text = None if column.text is None else column.text[place]
        return text if text is not None else shown(column.value[place] / mapped.factor)

    book.cells(
        "columns_disagree",
        "refused",
        item.field,
        differ,
        lambda place: written(second, other, place),
        lambda place: written(first, item, place),
        lambda _: {"used": item.header, "other": other.header},
    )


def merge_text(
    first: pl.Series, second: pl.Series, item: Mapped, other: Mapped, book: Book
) -> pl.Series:
    """Return ``first`` with its gaps filled; rows where the words mean something else are noted.

    Only of words that choose a figure: two names of a project need not be alike.
    """
    import polars as pl

    if item.field in _CHOOSING or fields()[item.field].role == "attribute":
        book.cells(
            "columns_disagree",
            "refused",
            item.field,
            _meaning(first, item.field) != _meaning(second, item.field),
            lambda place: second[place],
            lambda place: str(first[place]),
            lambda _: {"used": item.header, "other": other.header},
        )
    return pl.select(pl.coalesce(first, second)).to_series()


def _meaning(words: pl.Series, field: str) -> pl.Series:
    """Return what words come to, so that two names of one thing agree; null where it is blank."""
    import polars as pl

    index = choice_index().get(field, {})
    distinct = words.drop_nulls().unique().to_list()
    if field in ("country", "country_name"):
        from greensilk.reference.economies import match_many

        found = match_many(distinct)
        means = {word: match.iso3 or key(word) for word, match in zip(distinct, found, strict=True)}
    elif field == "technology":
        means = {word: find(word).code or key(word) for word in distinct}
    else:
        means = {word: index.get(key(word), key(word)) for word in distinct}
    return words.replace_strict(means, default=None, return_dtype=pl.String)

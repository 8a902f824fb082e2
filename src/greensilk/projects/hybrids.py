"""Hybrids written in one cell (``solar_pv 250 MW; csp 700 MW``): a row for each part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from greensilk.projects.book import Book
from greensilk.projects.fields import fields
from greensilk.projects.kinds import parts
from greensilk.projects.technology import Technologies

if TYPE_CHECKING:
    import polars as pl

__all__ = ["split"]

# What holds for every part of a project as it does for the whole.
_SHARED = ("lifetime", "degradation", "operating_margin", "build_margin", "combined_margin")


def split(frame: pl.DataFrame, found: Technologies, book: Book) -> pl.DataFrame:
    """Return the table with the rows of hybrids replaced by one row for each part.

    ``frame`` has, as the column ``place``, where each row stands in ``found`` and in the book.
    Figures of the whole project cannot be shared out honestly: they remain as claims, and each part
    has its capacity only.
    """
    import polars as pl

    if not found.hybrids:
        return frame
    words = found.words.gather(frame["place"])
    several = words.is_in(list(found.hybrids))
    book.cells(
        "hybrid_split",
        "assumed",
        "technology",
        frame["place"].filter(several).to_list(),
        lambda place: found.words[place],
    )
    if "capacity" not in frame.columns:
        frame = frame.with_columns(pl.lit(None, dtype=pl.Float64).alias("capacity"))
    whole = [name for name in frame.columns if _of_the_whole(name)]
    cells = {word: parts(word) for word in found.hybrids}
    pieces = [frame.filter(~several)]
    for number in range(max(map(len, cells.values()))):
        mine = {word: those[number] for word, those in cells.items() if number < len(those)}
        where = words.is_in(list(mine))
        own = words.filter(where)
        code = own.replace_strict({word: part.code for word, part in mine.items()})
        changed: dict[str, Any] = {name: pl.lit(None, dtype=frame[name].dtype) for name in whole}
        changed |= {"technology": code, "component": code}
        for name, values in (
            ("capacity", {word: part.capacity for word, part in mine.items()}),
            ("capacity__half", {word: part.half for word, part in mine.items()}),
            ("capacity__text", {word: part.text for word, part in mine.items()}),
        ):
            if name in frame.columns:
                changed[name] = own.replace_strict(values)
        pieces.append(frame.filter(where).with_columns(**changed))
    return pl.concat(pieces).sort("row", maintain_order=True)


def _of_the_whole(column: str) -> bool:
    field = fields().get(column.partition("__")[0])
    return field is not None and field.role in ("input", "claim") and field.name not in _SHARED

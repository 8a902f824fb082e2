"""Hybrids written in one cell (``solar_pv 250 MW; csp 700 MW``): a row for each part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from greensilk.projects.book import Book
from greensilk.projects.fields import fields
from greensilk.projects.kinds import parts

if TYPE_CHECKING:
    import polars as pl

__all__ = ["split"]

# What holds for every part of a project as it does for the whole.
_SHARED = ("lifetime", "degradation", "operating_margin", "build_margin", "combined_margin")


def split(frame: pl.DataFrame, words: pl.Series, places: Sequence[int], book: Book) -> pl.DataFrame:
    """Return the table with the rows of hybrids replaced by one row for each part.

    ``words`` are the technology cells of all rows, ``places`` where the hybrids stand in them and
    in the book, and ``frame`` has their place as the column ``place``. Figures of the whole project
    cannot be shared out honestly: they remain as claims, and each part has its capacity only.
    """
    import polars as pl

    hybrid = frame.filter(pl.col("place").is_in(list(places)))
    if hybrid.is_empty():
        return frame
    if "capacity" not in frame.columns:
        frame = frame.with_columns(pl.lit(None, dtype=pl.Float64).alias("capacity"))
    whole = [name for name in frame.columns if _of_the_whole(name)]
    pieces = [frame.filter(~pl.col("place").is_in(list(places)))]
    for row in hybrid.iter_rows(named=True):
        cell = words[row["place"]]
        book.cells("hybrid_split", "assumed", "technology", [row["place"]], [cell])
        rows: list[dict[str, Any]] = []
        for part in parts(cell):
            own = row | dict.fromkeys(whole)
            own |= {"technology": part.code, "component": part.code, "capacity": part.capacity}
            for name, value in (("capacity__half", part.half), ("capacity__text", part.text)):
                if name in own:
                    own[name] = value
            rows.append(own)
        pieces.append(pl.DataFrame(rows, schema=frame.schema))
    return pl.concat(pieces).sort("row", maintain_order=True)


def _of_the_whole(column: str) -> bool:
    field = fields().get(column.partition("__")[0])
    return field is not None and field.role in ("input", "claim") and field.name not in _SHARED

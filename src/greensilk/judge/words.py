"""Figures and sentences for whole columns: numbers in words, blanks of a catalogue sentence filled.

A table of claims has one reason a row. The sentences are few and stand in the catalogue; they are
filled column by column, so that fifty thousand rows take as long as their text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import Formatter

import polars as pl

from greensilk.core.text import CatalogueError, catalogue, label

__all__ = ["amount", "compose", "figure", "fill", "name_words", "percent"]


def figure(value: pl.Expr, lang: str, digits: int = 3) -> pl.Expr:
    """Return numbers as a person writes them: three figures that count, 万 and 亿 in Chinese.

    A bound that everybody knows to four figures (the hours of a year) takes ``digits=4``.

    >>> import polars as pl
    >>> frame = pl.DataFrame({"x": [1_400_000.0, 90_512.0, 0.02727, 15.0]})
    >>> frame.select(figure(pl.col("x"), "en"))["x"].to_list()
    ['1.4 million', '90,500', '0.0273', '15']
    >>> frame.select(figure(pl.col("x"), "zh"))["x"].to_list()
    ['140万', '9.05万', '0.0273', '15']
    """
    rounded = value.round_sig_figs(digits)
    size = rounded.abs()
    if lang == "zh":
        return (
            pl.when(size >= 1e8)
            .then(_plain(rounded / 1e8, digits) + "亿")
            .when(size >= 1e4)
            .then(_plain(rounded / 1e4, digits) + "万")
            .otherwise(_plain(rounded, digits))
        )
    whole = rounded.round(0).cast(pl.Int64, strict=False)
    thousands = (
        pl.when(rounded < 0).then(pl.lit("-")).otherwise(pl.lit(""))
        + (whole.abs() // 1000).cast(pl.String)
        + ","
        + (whole.abs() % 1000).cast(pl.String).str.zfill(3)
    )
    return (
        pl.when(size >= 1e9)
        .then(_plain(rounded / 1e9, digits) + " billion")
        .when(size >= 1e6)
        .then(_plain(rounded / 1e6, digits) + " million")
        .when(size >= 1e3)
        .then(thousands)
        .otherwise(_plain(rounded, digits))
    )


def _plain(value: pl.Expr, digits: int = 3) -> pl.Expr:
    """Return the figures that count, without a power of ten and without an empty fraction."""
    value = value.round_sig_figs(digits)
    small = (value.abs() < 1e-4) & (value != 0.0)
    written = (
        pl.when(small)
        .then(value.cast(pl.String))
        .otherwise(value.round(6).cast(pl.String).str.strip_suffix(".0"))
    )
    return (
        pl.when(value == value.round(0))
        .then(value.round(0).cast(pl.Int64, strict=False).cast(pl.String))
        .otherwise(written)
    )


def percent(value: pl.Expr) -> pl.Expr:
    """Return fractions as percentages.

    >>> import polars as pl
    >>> pl.DataFrame({"x": [0.0017, -0.9]}).select(percent(pl.col("x")))["x"].to_list()
    ['0.17%', '-90%']
    """
    return _plain((value * 100.0).round_sig_figs(2)) + "%"


def amount(
    value: pl.Expr, unit: pl.Expr, lang: str, units: Iterable[str], digits: int = 3
) -> pl.Expr:
    """Return figures with their units in words; fractions (unit ``1``) become percentages."""
    gap = "" if lang == "zh" else " "
    known = {name: label(f"judge.unit.{name}", lang) for name in units}
    words = unit.replace_strict(known, default=unit, return_dtype=pl.String)
    return (
        pl.when(unit == "1")
        .then(percent(value))
        .when(words == "")
        .then(figure(value, lang, digits))
        .otherwise(figure(value, lang, digits) + gap + words)
    )


def name_words(names: Iterable[str], lang: str) -> dict[str, str]:
    """Return the words for fields and quantities."""
    from greensilk.core.text import name_label

    return {name: name_label(name, lang) for name in names if name}


def compose(key: str, lang: str, blanks: Mapping[str, pl.Expr]) -> pl.Expr:
    """Return the sentence ``key`` as an expression, its blanks filled from ``blanks``.

    Raises
    ------
    CatalogueError
        If the catalogue has no such sentence, or the sentence a blank that nothing fills.
    """
    if key not in catalogue():
        raise CatalogueError(f"no message is called {key!r}")
    pieces: list[pl.Expr] = []
    for literal, name, _, _ in Formatter().parse(catalogue()[key][lang]):
        if literal:
            pieces.append(pl.lit(literal))
        if name:
            if name not in blanks:
                raise CatalogueError(f"nothing fills the blank {name!r} of {key}")
            pieces.append(blanks[name].cast(pl.String).fill_null("?"))
    return pl.concat_str(pieces) if pieces else pl.lit("")


def fill(
    frame: pl.DataFrame, codes: str, prefix: str, lang: str, blanks: Mapping[str, pl.Expr]
) -> pl.Series:
    """Return for each row the sentence ``<prefix>.<code>`` with its blanks filled.

    Parameters
    ----------
    codes
        Column of codes; a blank code gives a blank sentence.
    blanks
        What may stand in a sentence: name to an expression of text. Missing text reads ``?``.
    """
    found: dict[str, pl.Expr] = {}
    for code in frame[codes].unique().to_list():
        if not code:
            continue
        found[code] = compose(f"{prefix}.{code}", lang, blanks)
    if not found:
        return pl.Series(codes, [""] * frame.height, dtype=pl.String)
    # each sentence is made for its own rows only
    parts = [
        rows.select(pl.col("__row"), found[str(code)].alias("__text"))
        for (code,), rows in frame.with_row_index("__row")
        .filter(pl.col(codes).is_in(list(found)))
        .group_by(codes)
    ]
    rows = frame.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("__row"))
    return rows.join(pl.concat(parts), on="__row", how="left", maintain_order="left")[
        "__text"
    ].fill_null("")

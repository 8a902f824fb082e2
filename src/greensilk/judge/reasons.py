"""The parameters of reasons, as JSON, for whole columns.

A table of claims has one reason a row. Each expression here yields the JSON of one parameter
(:mod:`greensilk.core.text.parameters`), so that fifty thousand rows take as long as their text; the
words are made later by :mod:`greensilk.core.text.columns`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from greensilk.judge.ladders import threshold

__all__ = [
    "amount",
    "build_params",
    "constant",
    "join",
    "label",
    "name",
    "percent",
    "plain",
    "ratio",
    "text",
]


def amount(
    value: pl.Expr,
    unit: pl.Expr,
    low: pl.Expr | None = None,
    high: pl.Expr | None = None,
    name: pl.Expr | None = None,
) -> pl.Expr:
    """Return an :class:`~greensilk.core.text.Amount`; without a range where there is none.

    >>> frame = pl.DataFrame({"x": [1.5]})
    >>> frame.select(amount(pl.col("x"), pl.lit("t")))["value"][0]
    '{"value":1.5,"unit":"t"}'
    """
    fields = {"value": value, "unit": unit, "low": low, "high": high, "name": name}
    known = [field.alias(key) for key, field in fields.items() if field is not None]
    return pl.struct(known).struct.json_encode().alias("value")


def percent(share: pl.Expr, places: int = 1) -> pl.Expr:
    """Return a :class:`~greensilk.core.text.Percent`."""
    return pl.struct(share.alias("percent"), pl.lit(places).alias("places")).struct.json_encode()


def ratio(value: pl.Expr) -> pl.Expr:
    """Return how many times, or which share of, something a number is, to stand before it."""
    often = value.abs() >= threshold("times_from")
    number = amount(
        value, pl.lit("1"), name=pl.when(often).then(pl.lit("")).otherwise(pl.lit("share"))
    )
    key = pl.when(often).then(pl.lit("judge.times")).otherwise(pl.lit("judge.share"))
    return join('{"sentence":"', key, '","params":{"number":', number, "}}")


def label(prefix: str, code: pl.Expr) -> pl.Expr:
    """Return a :class:`~greensilk.core.text.Label` of a code of ours."""
    return join(f'{{"label":"{prefix}', code, '"}')


def join(*parts: str | pl.Expr) -> pl.Expr:
    """Return text and columns one after another; null where a column is."""
    return pl.concat_str(pl.lit(part) if isinstance(part, str) else part for part in parts)


def name(code: pl.Expr) -> pl.Expr:
    """Return a :class:`~greensilk.core.text.Name`."""
    return pl.struct(code.alias("name")).struct.json_encode()


def text(value: pl.Expr) -> pl.Expr:
    """Return text as it was written."""
    # '{"x":"..."}' without its frame
    return pl.struct(value.alias("x")).struct.json_encode().str.slice(5).str.head(-1)


def plain(value: pl.Expr) -> pl.Expr:
    """Return a whole number."""
    return value.cast(pl.String)


def constant(value: str) -> pl.Expr:
    """Return JSON that is the same in every row."""
    return pl.lit(value)


def build_params(
    frame: pl.DataFrame,
    rules: str,
    params: Sequence[tuple[str, ...]],
    blanks: Mapping[str, pl.Expr],
) -> pl.Series:
    """Return for each row the parameters of its reason as one line of JSON.

    Parameters
    ----------
    rules
        Column with the index of the rule that decided.
    params
        For each rule the names of its parameters.
    blanks
        Name to the expression that yields its JSON.
    """
    # each line is made for its own rows only
    groups: dict[tuple[str, ...], list[int]] = {}
    for index, names in enumerate(params):
        groups.setdefault(names, []).append(index)
    numbered = frame.with_row_index("__row")
    parts = [
        numbered.filter(pl.col(rules).is_in(indexes)).select(
            pl.col("__row"), _join_params(names, blanks).alias("__params")
        )
        for names, indexes in groups.items()
    ]
    return pl.concat(parts).sort("__row")["__params"].alias("reason_params")


def _join_params(names: tuple[str, ...], blanks: Mapping[str, pl.Expr]) -> pl.Expr:
    if not names:
        return pl.lit("")
    parts: list[str | pl.Expr] = []
    for key in names:
        parts += [f'{"," if parts else "{"}"{key}":', blanks[key].fill_null("null")]
    return join(*parts, "}")

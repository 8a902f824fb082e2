"""Registers as facts: since when something holds, and that it still does at the register's date."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import polars as pl

from greensilk.facts.readers.sheets import Row, frame

__all__ = ["standing"]


def standing(
    series: str,
    since: Mapping[str, int],
    everybody: Iterable[str],
    edition: int,
    *,
    doubtful: Collection[str] = (),
    absent: str = "",
) -> pl.DataFrame:
    """Return a one at the first year and at the year of the register, and a zero for the others.

    Parameters
    ----------
    since
        First year by key.
    everybody
        All keys the register is about; those without a first year get a zero.
    edition
        Year of the register.
    doubtful
        Keys whose figures are marked provisional.
    absent
        Flag of the zeros.
    """
    rows: list[Row] = []
    for key in sorted({*everybody, *since}):
        if key not in since:
            rows.append((series, key, edition, 0.0, absent))
            continue
        flag = "provisional" if key in doubtful else ""
        rows += [
            (series, key, year, 1.0, flag)
            for year in sorted({since[key], max(since[key], edition)})
        ]
    return frame(rows)

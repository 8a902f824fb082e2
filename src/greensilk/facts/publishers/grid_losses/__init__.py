"""Losses of transmission and distribution: a model for all countries (Sadovskaia and others)."""

from __future__ import annotations

import polars as pl

from greensilk.facts.model import Files
from greensilk.facts.readers.sheets import Row, frame, number, sheet

LAST = 2050  # later steps were added by the carrier


def parse(files: Files) -> pl.DataFrame:
    """Read the result; economies that borrow the figure of another one are left out."""
    heads, *lines = sheet(files["losses"], "ResultMatlab")
    rows: list[Row] = []
    for line in lines:
        code = str(line[1]).strip()
        if len(code) != 3 or str(line[2]).strip():
            continue
        for head, cell in zip(heads[3:], line[3:], strict=True):
            year = number(head)
            if year is not None and year <= LAST:
                rows.append(("losses", code, int(year), number(cell), "modelled"))
    return frame(rows)

"""Losses of transmission and distribution: a model for all countries (Sadovskaia and others)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.facts.model import Dataset, Files
from greensilk.facts.sources._github import declared
from greensilk.facts.sources._tables import frame, number, sheet

if TYPE_CHECKING:
    import polars as pl

LAST = 2050  # later steps were added by the carrier
PAPER = "https://doi.org/10.1016/j.ijepes.2018.11.012"


def parse(files: Files) -> pl.DataFrame:
    """Read the result; economies that borrow the figure of another one are left out."""
    heads, *lines = sheet(files["losses"], "ResultMatlab")
    rows: list[tuple[str, str, int, float | None, str]] = []
    for line in lines:
        code = str(line[1]).strip()
        if len(code) != 3 or str(line[2]).strip():
            continue
        for head, cell in zip(heads[3:], line[3:], strict=True):
            year = number(head)
            if year is not None and year <= LAST:
                rows.append(("losses", code, int(year), number(cell), "modelled"))
    return frame(rows)


DATASET = Dataset(
    id="grid_losses",
    en="Losses of transmission and distribution",
    zh="各国输配电损失率",
    address=PAPER,
    key_kind="iso3",
    files=(
        declared(
            "grid_losses",
            "OSeMOSYS+osemosys_global/resources/data/default/T&D Losses.xlsx",
            PAPER,
            name="losses",
        ),
    ),
    parse=parse,
)

"""INFORM Climate Change: risk of humanitarian crises now, in mid-century and at its end.

The sheet has four rows of headings; blocks for two scenarios (pessimistic and optimistic in climate
and in society) stand side by side under names that repeat, so columns are read by their place and
their headings are checked.
"""

from __future__ import annotations

import polars as pl

from greensilk.core.errors import SourceError
from greensilk.facts.model import Files
from greensilk.facts.readers.sheets import frame, number, sheet

WORKBOOK = "inform-cc-brochure-data.xlsx"
SHEET = "INFORM CC Selected Results"
HEADS = 4  # row of the headings, from 0
BASELINE, MIDDLE, END = 2022, 2050, 2080
RISK, GAP = "INFORM CC Risk Index", "Vulnerability gap"
HAZARD, PEOPLE = "Change in Hazard & Exposure", "Change in absolute number of people exposed"
# Column: its heading, the series and the year of its figures.
COLUMNS: tuple[tuple[int, str, str, int], ...] = (
    (2, RISK, "risk_pessimistic", MIDDLE),
    (4, GAP, "gap_pessimistic", MIDDLE),
    (5, RISK, "risk_optimistic", MIDDLE),
    (7, GAP, "gap_optimistic", MIDDLE),
    (8, RISK, "risk_pessimistic", END),
    (10, GAP, "gap_pessimistic", END),
    (11, RISK, "risk_optimistic", END),
    (13, GAP, "gap_optimistic", END),
    (1, "INFORM CC Risk Index 2022", "risk_pessimistic", BASELINE),
    (1, "INFORM CC Risk Index 2022", "risk_optimistic", BASELINE),
    *(
        column
        for index, hazard in enumerate(("flood", "coastal_flood", "drought", "epidemic"))
        for column in (
            (14 + 3 * index, HAZARD, f"{hazard}_hazard_change", MIDDLE),
            (15 + 3 * index, PEOPLE, f"{hazard}_people_pessimistic", MIDDLE),
            (16 + 3 * index, PEOPLE, f"{hazard}_people_optimistic", MIDDLE),
        )
    ),
    (26, "Change in Human Hazard & Exposure", "conflict_hazard_change_pessimistic", MIDDLE),
    (27, "Change in Human Hazard & Exposure", "conflict_hazard_change_optimistic", MIDDLE),
)
# Beside "Congo DR" the short name can only mean the other one.
NAMES = {"Congo": "Congo, Rep."}


def parse(files: Files) -> pl.DataFrame:
    """Read the sheet by place, after checking every heading."""
    rows = sheet(files[WORKBOOK], SHEET)
    heads = [" ".join(str(cell).split()) for cell in rows[HEADS]]
    odd = [
        f"{index}: {heads[index]!r} <> {head!r}"
        for index, head, _, _ in COLUMNS
        if heads[index] != head
    ]
    if odd:
        raise SourceError("heads_unexpected", file=WORKBOOK, heads="; ".join(odd))
    return frame(
        (series, NAMES.get(name, name), year, number(row[index]), "")
        for row in rows[HEADS + 1 :]
        if (name := str(row[0]).strip())
        for index, _, series, year in COLUMNS
    )

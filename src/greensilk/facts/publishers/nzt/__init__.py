"""Net Zero Tracker: emission targets of countries as numbers, dates and yes or no."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from greensilk.facts.model import Files
from greensilk.facts.readers.sheets import Row, column, frame, number, sheet

YEAR = 2022  # of the snapshot
NEUTRAL = (
    "net zero",
    "carbon neutral(ity)",
    "climate neutral",
    "ghg neutral(ity)",
    "zero carbon",
)
STATUS = {
    "proposed / in discussion": 1,
    "declaration / pledge": 2,
    "in policy document": 3,
    "in law": 4,
    "achieved (self-declared)": 5,
}
REPORTING = {
    "no reporting mechanism": 0,
    "less than annual reporting": 1,
    "annual reporting": 2,
}
GASES = {"carbon dioxide only": 0, "carbon dioxide and other ghgs": 1}
# Columns answered with yes or no (some say which kind of yes).
ANSWERS = {
    "consumption_emissions": "consumption",
    "international_aviation": "aviation",
    "international_shipping": "shipping",
    "historical_emissions": "historical",
    "has_plan": "plan",
    "equity": "equity",
    "accountability": "accountability",
    "carbon_credit_offsets": "offsets",
    "removals_targets": "removals_target",
    "cdr": "removal_planned",
}
NUMBERS = {
    "end_target_year": "target_year",
    "interim_target_year": "interim_year",
    "interim_target_percentage_reduction": "interim_reduction",
}
KINDS: Mapping[str, tuple[str, Mapping[str, int]]] = {
    "end_target_status": ("target_status", STATUS),
    "reporting_mechanism": ("reporting", REPORTING),
    "gasses_coverage": ("all_gases", GASES),
}

COLUMNS = ("actor_type", "country", "end_target", "interim_target")


def parse(files: Files) -> pl.DataFrame:
    """Read the rows of countries; what is not specified is left out."""
    table = sheet(files["snapshot"], "Sheet1")
    heads = table[0]
    at = {
        name: column(heads, name, files["snapshot"].name)
        for name in (*COLUMNS, *ANSWERS, *NUMBERS, *KINDS)
    }
    rows: list[Row] = []
    for line in table[1:]:
        if line[at["actor_type"]] != "Country":
            continue
        cells = {name: line[index] for name, index in at.items()}
        rows += [(name, str(cells["country"]), YEAR, value, "") for name, value in _facts(cells)]
    return frame(rows)


def _facts(cells: Mapping[str, object]) -> list[tuple[str, float | None]]:
    neutral = _text(cells["end_target"]) in NEUTRAL
    facts: list[tuple[str, float | None]] = [
        ("neutrality_target", float(neutral)),
        ("interim_target", float(_text(cells["interim_target"]) not in ("", "no target"))),
    ]
    if not _text(cells["interim_target"]):
        facts.pop()
    if neutral:
        facts.append(("neutrality_year", number(cells["end_target_year"])))
    facts += [(name, number(cells[head])) for head, name in NUMBERS.items()]
    facts += [(name, grades.get(_text(cells[head]))) for head, (name, grades) in KINDS.items()]
    for head, name in ANSWERS.items():
        answer = _text(cells[head])
        if answer == "no" or answer.startswith("yes"):
            facts.append((name, float(answer.startswith("yes"))))
    return facts


def _text(cell: object) -> str:
    return str(cell or "").strip().casefold()

"""Parties to twenty-three environmental treaties, from several registers compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import polars as pl

from greensilk.core.errors import SourceError
from greensilk.facts.model import Files
from greensilk.facts.readers.register import standing

EDITION = 2019  # the year up to which all registers reach
EDITIONS = {"paris": 2023, "kigali": 2023}  # the register of the depositary reaches further
TREATIES = {
    "Aarhus": "aarhus",
    "Basel": "basel",
    "CBD": "cbd",
    "CITES": "cites",
    "CMS": "cms",
    "Cartagena Protocol": "cartagena",
    "Espoo": "espoo",
    "Kigali Amendment": "kigali",
    "Kyoto Protocol": "kyoto",
    "MARPOL 73/78": "marpol",
    "Minamata": "minamata",
    "Montreal Protocol": "montreal",
    "Nagoya Protocol": "nagoya",
    "Paris Agreement": "paris",
    "Ramsar": "ramsar",
    "Rotterdam": "rotterdam",
    "Stockholm": "stockholm",
    "UN Watercourses": "watercourses",
    "UNCCD": "unccd",
    "UNCLOS": "unclos",
    "UNFCCC": "unfccc",
    "Vienna Convention": "vienna",
    "World Heritage": "world_heritage",
}
# Treaties for which a register counts ninety days from a ratification before the treaty was in
# force at all, or gives ratifications only.
IN_FORCE = {"minamata": 2017, "unccd": 1996, "kigali": 2019}
# Which register speaks where they differ and none has the majority.
ORDER = ("openclimatedata", "GGO", "ECOLEX", "IEADB")
CODES = {"ALG": "DZA"}


def parse(files: Files) -> pl.DataFrame:
    """Return, for each treaty and state, the year of entry into force most registers name.

    Ratification dates stand for entry into force only where a treaty has no other (Kigali). Years
    on which the registers differ, and states that stand in none of them, are marked provisional.
    """
    table = pl.read_csv(files["parties"], infer_schema_length=0)
    strange = set(table["treaty"].unique()) - set(TREATIES)
    if strange:
        raise SourceError(
            "terms_unknown", file=files["parties"].name, terms=", ".join(sorted(strange))
        )
    named: dict[tuple[str, str], dict[str, int]] = {}
    for state, treaty, register, ratified, in_force in table.select(
        "state", "treaty", "source", "ratified", "in_force"
    ).iter_rows():
        series = TREATIES[treaty]
        date = in_force or (ratified if series == "kigali" else None)
        if date:
            years = named.setdefault((series, CODES.get(state, state)), {})
            year = max(int(date[:4]), IN_FORCE.get(series, 0))
            years[register] = min(year, years.get(register, year))
    everybody = {state for series, state in named if series == "unfccc"}
    parts = []
    for series in sorted(TREATIES.values()):
        registers = {state: years for (name, state), years in named.items() if name == series}
        parts.append(
            standing(
                series,
                {state: _majority(years) for state, years in registers.items()},
                everybody,
                EDITIONS.get(series, EDITION),
                doubtful={state for state, years in registers.items() if _differ(years)},
                absent="provisional",
            )
        )
    return pl.concat(parts)


def _majority(years: Mapping[str, int]) -> int:
    """Return the year most registers name; among equals the first in ``ORDER`` decides.

    >>> _majority({"ECOLEX": 1977, "GGO": 1990, "IEADB": 1990})
    1990
    """
    votes = Counter(years.values())
    most = max(votes.values())
    return next(years[name] for name in ORDER if name in years and votes[years[name]] == most)


def _differ(years: Mapping[str, int]) -> bool:
    """Tell whether registers differ by more than the turn of a year."""
    return max(years.values()) - min(years.values()) > 1

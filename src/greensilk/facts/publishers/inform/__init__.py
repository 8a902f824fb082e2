"""INFORM Risk Index: humanitarian risk, its components, and the indicators behind them.

The index sheet holds scores from 0 to 10 for the release year. The sheet ``Indicator Data`` holds
the producers' figures; the sheet ``Indicator Date`` the year of every single one; and the sheet
``Indicator Data imputation`` which of them were filled in, for example with a regional average.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from greensilk.facts.model import Files
from greensilk.facts.readers.sheets import Row, column, frame, number, sheet

WORKBOOK = "inform_risk_2025_v070.xlsx"
RELEASE = 2025
INDEX = "INFORM Risk 2025 (a-z)"
# Columns of the index sheet: series key.
SCORES = {
    "INFORM RISK": "risk",
    "HAZARD & EXPOSURE": "hazard",
    "Natural": "hazard_natural",
    "Earthquake": "earthquake",
    "River Flood": "river_flood",
    "Tsunami": "tsunami",
    "Tropical Cyclone": "cyclone",
    "Coastal flood": "coastal_flood",
    "Drought": "drought",
    "Epidemic": "epidemic",
    "Human": "hazard_human",
    "Projected Conflict Probability": "conflict_projected",
    "Current Conflict Intensity": "conflict_current",
    "VULNERABILITY": "vulnerability",
    "Socio-Economic Vulnerability": "vulnerability_socioeconomic",
    "Development & Deprivation": "development_deprivation",
    "Inequality": "inequality",
    "Economic Dependency": "economic_dependency",
    "Vulnerable Groups": "vulnerable_groups",
    "Uprooted people": "uprooted_people",
    "Health Conditions": "health_conditions",
    "Children U5": "children_under_5",
    "Recent Shocks": "recent_shocks",
    "Other Vulnerable Groups": "other_vulnerable_groups",
    "Food Security": "food_insecurity",
    "LACK OF COPING CAPACITY": "coping",
    "Institutional": "coping_institutional",
    "DRR": "coping_risk_reduction",
    "Governance": "coping_governance",
    "Infrastructure": "coping_infrastructure",
    "Communication": "coping_communication",
    "Physical infrastructure": "coping_physical",
    "Access to health care": "coping_health",
    "Lack of Reliability (*)": "reliability",
}
# The workbook gives some indicators a column (and a code) for each of their latest years.
SAME = {
    "oda-1": "oda",
    "oda-2": "oda",
    "vu.vgr.og.natdis-cur": "natural_disasters_affected",
    "vu.vgr.og.natdis-1": "natural_disasters_affected",
    "vu.vgr.og.natdis-2": "natural_disasters_affected",
}


def parse(files: Files) -> pl.DataFrame:
    """Read the scores and the indicators; keys of the latter are the index's own codes."""
    path = files[WORKBOOK]
    return frame([*_scores(path), *_indicators(path)])


def _scores(path: Path) -> Iterator[Row]:
    rows = sheet(path, INDEX)
    code = column(rows[0], "ISO3", INDEX)
    columns = [(column(rows[0], head, INDEX), series) for head, series in SCORES.items()]
    for row in rows[1:]:
        if str(row[code]).strip():
            for index, series in columns:
                yield series, str(row[code]).strip(), RELEASE, number(row[index]), ""


def _indicators(path: Path) -> Iterator[Row]:
    data, dates = sheet(path, "Indicator Data"), sheet(path, "Indicator Date")
    filled = sheet(path, "Indicator Data imputation")
    names = [str(cell).strip().lower() for cell in data[2]]
    # The sheets have the same order of columns, but the later ones lack the last ones.
    width = min(len(names), len(dates[2]))
    years = {str(row[1]).strip(): row for row in dates[3:]}
    notes = {str(row[1]).strip(): row for row in filled[3:]}
    for row in data[4:]:
        code = str(row[1]).strip()
        remarks = notes.get(code, [])
        for index, series in enumerate(names[:width]):
            if index < 2 or not series or code not in years:
                continue
            year = number(years[code][index])
            value = number(row[index])
            if year is not None and value is not None:
                remark = str(remarks[index]).strip() if index < len(remarks) else ""
                flag = "imputed" if remark else ""
                yield SAME.get(series, series), code, int(year), value, flag

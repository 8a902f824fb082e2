"""Rebuild the table of capacity factors by country from reported plant generation.

Usage: ``python tools/derive_capacity_factors.py global_power_plant_database.csv``

The Global Power Plant Database (WRI, v1.3.0, CC BY 4.0) carries the generation of some plants as
their operators or regulators reported it; its estimated generation is not used. Rules:

* years after the year of commissioning only, so that no part year counts;
* capacity factors of 0 and below, or above 1, are left out: the capacity then belongs to another
  year than the generation;
* one figure a plant, the median of its years; a country needs eight plants of a technology;
* hydropower figures of the JRC list are left out, because it counts pumped storage with them;
* peaking and stand-by plants stay in: they are what the country's plants yield. Oil is left out,
  where stand-by plants are the rule;
* the value is the median plant. The range keeps the 5th and 95th percentile: the bounds of the
  triangle lie 1.46 times as far out as they do, within 0.01 and 0.97, as a symmetric triangle
  would have it.
"""

from __future__ import annotations

import csv
import statistics
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

TABLE = (
    Path(__file__).resolve().parents[1]
    / "src/greensilk/reference/tables/capacity_factors_by_country.csv"
)
TECHNOLOGIES = {
    "Biomass": "biomass",
    "Coal": "coal",
    "Cogeneration": "cogeneration",
    "Gas": "gas",
    "Geothermal": "geothermal",
    "Hydro": "hydro",
    "Nuclear": "nuclear",
    "Petcoke": "petcoke",
    "Solar": "solar_pv",
    "Waste": "waste_to_energy",
    "Wind": "wind_onshore",
}
YEARS = range(2013, 2020)
LEAST = 8
HOURS = 8760.0
# a symmetric triangle has its 5th percentile at 0.684 of the way from the peak to the end
OUTWARD = 1 / (1 - 0.1**0.5)
HEADER = [
    "country",
    "technology",
    "parameter",
    "value",
    "low",
    "high",
    "distribution",
    "unit",
    "year",
    "source",
    "clause",
    "verified",
    "note",
]


def plants(path: Path) -> dict[tuple[str, str], list[float]]:
    """Return the capacity factors of the plants of every country and technology."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    with path.open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            technology = TECHNOLOGIES.get(row["primary_fuel"])
            if technology is None:
                continue
            if technology == "hydro" and row["generation_data_source"] == "JRC-PPDB-OPEN":
                continue
            start = float(row["commissioning_year"] or 0)
            yearly = [
                float(row[f"generation_gwh_{year}"]) * 1000 / (float(row["capacity_mw"]) * HOURS)
                for year in YEARS
                if row[f"generation_gwh_{year}"] and year > start
            ]
            usable = [factor for factor in yearly if 0 < factor <= 1]
            if usable:
                found[row["country"], technology].append(statistics.median(usable))
    return found


def rows(path: Path) -> list[list[str]]:
    """Return the rows of the table."""
    table = []
    for (country, technology), factors in sorted(plants(path).items()):
        if len(factors) < LEAST:
            continue
        p5, middle, p95 = (float(q) for q in np.percentile(factors, [5, 50, 95]))
        low = max(0.01, middle - OUTWARD * (middle - p5))
        high = min(0.97, middle + OUTWARD * (p95 - middle))
        table.append(
            [
                country,
                technology,
                "capacity_factor",
                f"{middle:.3f}",
                f"{min(low, middle):.3f}",
                f"{max(high, middle):.3f}",
                "triangular",
                "1",
                "2013-2019",
                "gppd",
                f"reported generation of {len(factors)} plants",
                "true",
                f"median plant; 5th to 95th percentile {p5:.3f} to {p95:.3f}",
            ]
        )
    return table


def main(path: str) -> None:
    table = rows(Path(path))
    with TABLE.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(table)
    print(len(table), "rows")


if __name__ == "__main__":
    main(sys.argv[1])

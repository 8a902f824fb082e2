"""Rebuild the table of electricity use per person by country.

Usage: ``python tools/derive_electricity_use.py SERIES.csv`` where the series has the columns
``geo, time, electricity_use_per_person`` (kWh) of the World Bank indicator EG.USE.ELEC.KH.PC, as
Gapminder publishes it (CC BY 4.0). The latest year of every country is taken.

The range is a judgement: a median change of a few percent a year, some years between the figure
and the project, and grid users who are fewer than the people: x 0.8 to x 1.25 as the 5-95 % range.
The row with a blank country is the median country with the spread of all.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
import pycountry

TABLE = Path(__file__).resolve().parents[1] / "src/greensilk/reference/tables/electricity_use.csv"
HEADER = [
    "country",
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
    "grade",
]
UNIT = "kWh/yr/person"
BY_HAND = {"KOS": "XKX", "NLD_CURACAO": "CUW"}


def main(path: str) -> None:
    latest: dict[str, tuple[int, float]] = {}
    with Path(path).open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            code = BY_HAND.get(row["geo"].upper(), row["geo"].upper())
            if code != "XKX" and pycountry.countries.get(alpha_3=code) is None:
                print("left out:", code)
                continue
            year, use = int(row["time"]), float(row["electricity_use_per_person"])
            # a zero is a gap in the series, not a country without electricity
            if use > 0 and year >= latest.get(code, (0, 0.0))[0]:
                latest[code] = (year, use)
    shown = "total use over population; range: judgement, growth since and people without supply"
    table = [
        [
            code,
            "electricity_use_per_person",
            f"{use:.1f}",
            f"{use * 0.8:.1f}",
            f"{use * 1.25:.1f}",
            "lognormal",
            UNIT,
            str(year),
            "wdi",
            "EG.USE.ELEC.KH.PC",
            "true",
            shown,
            "",
        ]
        for code, (year, use) in sorted(latest.items())
    ]
    p5, middle, p95 = np.percentile([use for _, use in latest.values()], [5, 50, 95])
    table.append(
        [
            "",
            "electricity_use_per_person",
            f"{middle:.0f}",
            f"{p5:.0f}",
            f"{p95:.0f}",
            "lognormal",
            UNIT,
            str(max(year for year, _ in latest.values())),
            "wdi",
            "EG.USE.ELEC.KH.PC, median country",
            "false",
            "derived: place not listed, 5th to 95th percentile of the listed countries",
            "5",
        ]
    )
    with TABLE.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(table)
    print(len(table), "rows, oldest", min(year for year, _ in latest.values()))


if __name__ == "__main__":
    main(sys.argv[1])

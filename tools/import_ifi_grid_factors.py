"""Rebuild the two IFI grid-factor tables from the published list.

Usage: ``python tools/import_ifi_grid_factors.py LIST.csv`` where the list has the columns
``name, cm_firm_gCO2_kWh, cm_intermittent, ee, consumption, om`` of the IFI TWG workbook.

What the script adds to the list, and why:

* ISO codes. Territories without an alpha-3 code of their own get the ISO 3166-2 code of the
  subdivision (Azores PT-20, Madeira PT-30, Canary Islands ES-CN); Kosovo gets the user-assigned
  XKX; the aggregates are EU27 and WORLD. An entry that covers two codes yields a row for each
  (Channel Islands; China with Hong Kong).
* The build margin, which the list does not print: 4 x intermittent - 3 x operating margin,
  because the intermittent column is 3/4 OM + 1/4 BM.
* Ranges, which nobody publishes. Two countries are known in an earlier edition: Iran 570 and
  Sri Lanka 735 g/kWh (intermittent) against 527.9 and 646.4 here. The root mean square of the two
  log ratios is 0.106; a log-normal of that spread gives a 5-95 % range of x 0.84 to x 1.19. The
  build margin is a difference of larger numbers and moves faster: its spread is taken twice as
  wide.
* Rows with a blank firmness: electricity consumed or saved, whose columns in the list equal firm.
* A row with a blank country (any place not listed): the world figure with the 5-95 % spread of
  the listed countries.
"""

from __future__ import annotations

import csv
import math
import sys
from pathlib import Path

import numpy as np
import pycountry

TABLES = Path(__file__).resolve().parents[1] / "src" / "greensilk" / "reference" / "tables"
SPREAD = math.sqrt((math.log(570 / 527.9) ** 2 + math.log(735 / 646.4) ** 2) / 2)
Z95 = 1.6448536
BY_HAND = {
    "Azores (Portugal)": "PT-20",
    "Madeira (Portugal)": "PT-30",
    "Canary Islands (Spain)": "ES-CN",
    "Channel Islands (U.K)": "JEY GGY",
    "China (PRC and Hong Kong)": "CHN HKG",
    "Bonaire (Netherland)": "BES",
    "Cape Verde": "CPV",
    "Congo, Democratic Republic of": "COD",
    "Congo, Republic of": "COG",
    "Curacao/Netherlands Antilles": "CUW",
    "Falkland Islands (U.K.)": "FLK",
    "Iran, Islamic Republic of": "IRN",
    "Korea (North), Democratic People's Republic of": "PRK",
    "Korea (South), Republic of": "KOR",
    "Kosovo": "XKX",
    "Micronesia": "FSM",
    "North Macedonia, Republic of": "MKD",
    "Palestinian Authority": "PSE",
    "Reunion (France)": "REU",
    "Saint Vincent and Grenadines": "VCT",
    "Saint Helena (U.K.)": "SHN",
    "Saint Martin (France)": "MAF",
    "Sao Tomé & Principe": "STP",
    "Sint Martin (Netherlands)": "SXM",
    "Slovak Republic": "SVK",
    "Taiwan (Chinese Taipei)": "TWN",
    "Turkey": "TUR",
    "Vanatu": "VUT",
    "Virgin Islands (U.S.)": "VIR",
    "British Virgin Islands (U.K.)": "VGB",
    "EU 27": "EU27",
    "World": "WORLD",
}
FIELDS = [
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


def codes(name: str) -> list[str]:
    """Return the country codes a published name stands for."""
    if name in BY_HAND:
        return BY_HAND[name].split()
    plain = name.split(" (")[0].strip()
    return [pycountry.countries.lookup(plain).alpha_3]


def figure(
    value: float, spread: float, *, verified: bool, note: str, clause: str
) -> dict[str, object]:
    """Return the cells of one figure with its judged range."""
    value = round(value, 1)
    if value <= 0:
        low, high, value, shape = 0.0, 0.0, 0.0, "fixed"
    else:
        low, high = value * math.exp(-Z95 * spread), value * math.exp(Z95 * spread)
        shape = "lognormal"
    return {
        "value": f"{value:g}",
        "low": f"{low:.5g}",
        "high": f"{high:.5g}",
        "distribution": shape,
        "unit": "gCO2e/kWh",
        "year": "2021",
        "source": "ifi32",
        "clause": clause,
        "verified": str(verified).lower(),
        "note": note,
        "grade": "",
    }


def world(figures: list[float], value: float, clause: str) -> dict[str, object]:
    """Return the cells for places not listed: the world figure, the spread of all countries."""
    low, high = np.percentile(figures, [5, 95])
    return {
        "value": f"{value:g}",
        "low": f"{low:.1f}",
        "high": f"{high:.1f}",
        "distribution": "triangular",
        "unit": "gCO2e/kWh",
        "year": "2021",
        "source": "ifi32",
        "clause": clause,
        "verified": "false",
        "note": "place not listed: world figure; range: 5th to 95th percentile of the countries",
        "grade": "5",
    }


def write(name: str, keys: list[str], rows: list[dict[str, object]]) -> None:
    with (TABLES / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, [*keys, "parameter", *FIELDS], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(path: str) -> None:
    with Path(path).open(encoding="utf-8-sig") as handle:
        listed = list(csv.DictReader(handle))
    margins: list[dict[str, object]] = []
    combined: list[dict[str, object]] = []
    spread: dict[str, list[float]] = {"om": [], "bm": [], "firm": [], "intermittent": []}
    total: dict[str, float] = {}
    for entry in listed:
        om, firm = float(entry["om"]), float(entry["cm_firm_gCO2_kWh"])
        intermittent = float(entry["cm_intermittent"])
        build = round(max(4 * intermittent - 3 * om, 0.0), 1)
        name = entry["name"].strip()
        shown = f"published as {name}; range: judgement from the change between IFI editions"
        found = codes(name)
        if found == ["WORLD"]:
            total = {"om": om, "bm": build, "firm": firm, "intermittent": intermittent}
        elif found != ["EU27"]:
            for key, number in zip(spread, (om, build, firm, intermittent), strict=True):
                spread[key].append(number)
        for code in found:
            margins.append(
                {"country": code, "parameter": "operating_margin"}
                | figure(om, SPREAD, verified=True, note=shown, clause=f"operating margin, {name}")
            )
            margins.append(
                {"country": code, "parameter": "build_margin"}
                | figure(
                    build,
                    2 * SPREAD,
                    verified=False,
                    note="not printed: derived, 4 x intermittent - 3 x OM; range: judgement, "
                    "twice the spread of the operating margin",
                    clause=f"derived, {name}",
                )
            )
            for firmness, number in (("intermittent", intermittent), ("firm", firm), ("", firm)):
                combined.append(
                    {"country": code, "firmness": firmness, "baseline": "ifi"}
                    | {"parameter": "combined_margin"}
                    | figure(
                        number,
                        SPREAD,
                        verified=True,
                        note=shown,
                        clause=f"combined margin {firmness or 'consumption'}, {name}",
                    )
                )
    for parameter, key in (("operating_margin", "om"), ("build_margin", "bm")):
        margins.append(
            {"country": "", "parameter": parameter} | world(spread[key], total[key], "World")
        )
    combined.extend(
        {"country": "", "firmness": firmness, "baseline": "ifi", "parameter": "combined_margin"}
        | world(spread[firmness or "firm"], total[firmness or "firm"], "combined margin, World")
        for firmness in ("intermittent", "firm", "")
    )
    write("grid_ifi_margins", ["country"], margins)
    write("grid_ifi_combined", ["country", "firmness", "baseline"], combined)
    print(len(listed), "entries,", len(margins), "margins,", len(combined), "combined margins")


if __name__ == "__main__":
    main(sys.argv[1])

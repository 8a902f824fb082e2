"""Rebuild the table ``waste_by_country`` from the World Bank's What a Waste 2.0 data file.

Usage: python tools/import_waste_by_country.py MIRROR

The file gives, for 217 economies, what municipal waste consists of, how much there is and where it
goes. Four things are made of it: shares by kind of waste, waste per person, the methane correction
factor of the country's mix of landfills, and the share of landfill gas captured. Figures are of one
year per country between about 2010 and 2018, most often of cities.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

OFFICIAL = "https://datacatalog.worldbank.org/search/dataset/0039597"
BELOW_MIRROR = "info-201a-sp20+final-project-danarin/data/country_level_data_0.csv"
TABLES = Path(__file__).parents[1] / "src" / "greensilk" / "reference" / "tables"
COLUMNS = [
    *("country", "parameter", "value", "low", "high", "distribution", "unit", "year"),
    *("source", "clause", "verified", "note"),
]
# column of the file -> parameter, and how far a city may lie from the national figure
SHARES = {
    "food_organic_waste": ("share_food", 0.2),
    "yard_garden_green_waste": ("share_garden", 0.4),
    "paper_cardboard": ("share_paper", 0.3),
    "wood": ("share_wood", 0.5),
    "plastic": ("share_plastics", 0.3),
    "rubber_leather": ("share_rubber", 0.5),
}
INERT = ("glass", "metal", "other")
TEXTILES = 0.03  # IPCC regional tables give 2 to 4 %; the file counts textiles among "other"
STATED = (*(name for name, _ in SHARES.values()), "share_inert")
CODES = {"CHI": "", "XKX": "XKX"}  # the Channel Islands are no ISO economy
# share of waste by disposal -> methane correction factor with range (IPCC 2006 vol. 5 table 3.1)
LANDFILLS = {
    "open_dump": (0.6, 0.4, 0.8),
    "landfill_unspecified": (0.7, 0.4, 1.0),
    "controlled_landfill": (0.9, 0.6, 1.0),
    "sanitary_landfill_landfill_gas_system": (1.0, 0.9, 1.0),
}
GAS = "sanitary_landfill_landfill_gas_system"
# share of the gas of such a landfill that is captured over its life, with range
CAPTURE = (0.5, 0.2, 0.75)


def number(row: dict[str, str], column: str) -> float | None:
    """Return a figure of the file, ``None`` if the cell is empty."""
    return float(row[column]) if row.get(column) else None


def shares(row: dict[str, str]) -> list[tuple[str, float, float, float, str, str]]:
    """Return parameter, value, low, high, clause and note of each kind of waste."""
    found = {name: number(row, f"composition_{name}_percent") for name in (*SHARES, *INERT)}
    total = sum(value for value in found.values() if value is not None) / 100.0
    organic = (found["food_organic_waste"] or 0.0) + (found["yard_garden_green_waste"] or 0.0)
    if total < 0.8 or organic == 0.0:
        return []
    lines = []
    for name, (parameter, spread) in SHARES.items():
        value = (found[name] or 0.0) / 100.0 / total
        note = f"range: judgement, {spread:.0%} for the spread between cities"
        if found[name] is None:
            note = "not reported apart, so taken as part of another kind"
        low, high = value * (1 - spread), min(1.0, value * (1 + spread))
        lines.append((parameter, value, low, high, f"composition, {name}", note))
    other = sum(found[name] or 0.0 for name in INERT) / 100.0 / total
    inert = max(other - TEXTILES, 0.0)
    lines.append(
        (
            "share_inert",
            inert,
            inert * 0.6,
            min(1.0, inert * 1.4),
            "composition, glass + metal + other",
            f"less {min(other, TEXTILES):.0%} textiles, which stand here; range: judgement",
        )
    )
    return lines


def disposal(row: dict[str, str]) -> list[tuple[str, float, float, float, str, str]]:
    """Return the lines of methane correction factor and gas capture."""
    parts = {name: number(row, f"waste_treatment_{name}_percent") or 0.0 for name in LANDFILLS}
    total = sum(parts.values())
    if total < 10.0:
        return []
    factor = [
        sum(parts[name] * LANDFILLS[name][place] for name in parts) / total for place in range(3)
    ]
    gas = parts[GAS] / total
    mix = ", ".join(f"{name.replace('_', ' ')} {part:g} %" for name, part in parts.items() if part)
    return [
        (
            "methane_correction_factor",
            factor[0],
            factor[1],
            factor[2],
            "waste treatment",
            f"mean of IPCC 2006 vol. 5 table 3.1 over: {mix}",
        ),
        (
            "landfill_gas_capture",
            gas * CAPTURE[0],
            gas * CAPTURE[1],
            gas * CAPTURE[2],
            "waste treatment",
            f"{gas:.0%} of landfilled waste lies where gas is captured; judgement: half of it",
        ),
    ]


def lines(row: dict[str, str]) -> list[list[str]]:
    """Return the rows of one country."""
    country = CODES.get(row["iso3c"], row["iso3c"])
    if not country:
        return []
    found = shares(row) + disposal(row)
    units = {}
    waste = number(row, "total_msw_total_msw_generated_tons_year")
    people = number(row, "population_population_number_of_people")
    if waste and people and 0.05 < waste / people < 1.5:
        each = waste / people
        units["waste_per_person"] = "t/person/yr"
        found.append(
            (
                "waste_per_person",
                each,
                each * 0.7,
                each * 1.5,
                "total municipal waste over population",
                "judgement: cities 50 % above, countryside 30 % below",
            )
        )
    return [
        [
            country,
            parameter,
            f"{value:.4g}",
            f"{low:.4g}" if value else f"{value:.4g}",
            f"{high:.4g}" if value else f"{value:.4g}",
            "triangular" if low < high else "fixed",
            units.get(parameter, "1"),
            "2016",
            "what_a_waste",
            clause,
            "true" if value and parameter in ("waste_per_person", *STATED) else "false",
            note,
        ]
        for parameter, value, low, high, clause, note in found
    ]


# world composition (figure 2.10 of the report) for countries without one of their own
WORLD = (
    ("share_food", 0.44, 0.30, 0.60, "food and green"),
    ("share_garden", 0.0, 0.0, 0.0, "counted with food"),
    ("share_paper", 0.17, 0.08, 0.22, "paper and cardboard"),
    ("share_wood", 0.02, 0.0, 0.05, "wood"),
    ("share_plastics", 0.12, 0.07, 0.18, "plastic"),
    ("share_rubber", 0.02, 0.0, 0.04, "rubber and leather"),
    ("share_inert", 0.20, 0.10, 0.40, "glass, metal and other, less textiles"),
)


def world() -> list[list[str]]:
    """Return the rows for any country."""
    rows = [
        ("share_textile", TEXTILES, 0.01, 0.06, "1", "ipcc2006", "Table 2.3"),
        ("share_nappies", 0.0, 0.0, 0.0, "1", "ipcc2006", "Table 2.3"),
        ("waste_per_person", 0.27, 0.11, 0.6, "t/person/yr", "report", "Figure 2.1"),
    ]
    notes = {
        "share_textile": "regional tables give 2 to 4 %; range: judgement",
        "share_nappies": "not listed there: counted with other kinds unless the project states it",
        "waste_per_person": "world mean 0.74 kg a day; bounds 0.3 to 1.6 kg",
    }
    rows += [(*figures, "1", "report", f"Figure 2.10, {clause}") for *figures, clause in WORLD]
    return [
        [
            "",
            name,
            f"{value:g}",
            f"{low:g}",
            f"{high:g}",
            "triangular" if low < high else "fixed",
            unit,
            "2006" if source == "ipcc2006" else "2016",
            source,
            clause,
            "false",
            notes.get(name, "range: judgement"),
        ]
        for name, value, low, high, unit, source, clause in rows
    ]


DESCRIPTION = (
    "Rebuilt by tools/import_waste_by_country.py. Figures of one year per country between about "
    "2010 and 2018, divided by their sum."
)
META = f"""title.en = "Municipal waste by country: composition, amount, landfills"
title.zh = "各国生活垃圾组分、产生量与填埋状况"
description = "{DESCRIPTION}"
keys = ["country"]
scope = "keys"
grade = 3

[sources.what_a_waste]
publisher = "World Bank"
document = "What a Waste Global Database, country level data"
edition = "2.0"
year = 2018
licence = "CC BY 4.0"
address = "{OFFICIAL}"

[sources.report]
publisher = "World Bank"
document = "What a Waste 2.0: A Global Snapshot of Solid Waste Management to 2050"
year = 2018
licence = "CC BY 3.0 IGO"
address = "https://openknowledge.worldbank.org/handle/10986/30317"

[sources.ipcc2006]
publisher = "IPCC"
document = "2006 IPCC Guidelines for National Greenhouse Gas Inventories, Volume 5: Waste"
year = 2006
licence = "figures, cited"
address = "https://www.ipcc-nggip.iges.or.jp/public/2006gl/vol5.html"
"""


def main(mirror: str) -> None:
    """Write the table and its metadata."""
    with (Path(mirror) / BELOW_MIRROR).open(encoding="utf-8-sig") as handle:
        countries = sorted(csv.DictReader(handle), key=lambda row: row["iso3c"])
    rows = [line for country in countries for line in lines(country)] + world()
    with (TABLES / "waste_by_country.csv").open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    (TABLES / "waste_by_country.toml").write_text(META, encoding="utf-8")
    print(f"{len(rows)} rows")


if __name__ == "__main__":
    main(sys.argv[1])

"""Build the register of economies from open code lists and the lists made by hand.

    python tools/build_economies.py MIRROR

MIRROR is the folder that holds the publishers' files. Writes ``economies.csv``,
``economy_aliases.csv`` and ``economies_apart.csv``; ``partners.csv`` is kept by hand.
"""

from __future__ import annotations

import csv
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

from greensilk.reference.economies import normalise

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "src" / "greensilk" / "reference" / "data"
GROUPS = {
    "Low income": "low",
    "Lower middle income": "lower_middle",
    "Upper middle income": "upper_middle",
    "High income": "high",
    None: "",
}
GAPMINDER = "open-numbers+ddf--gapminder--systema_globalis"
UNSD = "open-numbers+ddf--unstats--sdg_indicators"
ARTICLE = re.compile(r" \(l('|a|e)\)")
NAME_COLUMNS = [
    "CLDR display name", "UNTERM English Short", "UNTERM English Formal", "official_name_en",
    "UNTERM Chinese Short", "UNTERM Chinese Formal", "official_name_cn",
    "UNTERM French Short", "official_name_fr", "official_name_es",
]  # fmt: skip
KOSOVO = {
    "ISO3166-1-Alpha-3": "XKX",
    "ISO3166-1-Alpha-2": "XK",
    "M49": "412",
    "Region Name": "Europe",
    "Sub-region Name": "Southern Europe",
}
FIELDS = [
    "iso3", "iso2", "m49", "name_en", "name_zh", "region", "subregion", "wb_region", "income_group",
    "income_year", "income_verified", "least_developed", "landlocked_developing",
    "small_island_developing", "latitude", "longitude",
]  # fmt: skip


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as handle:
        yield from csv.DictReader(handle)


def main(mirror: Path) -> None:
    hand = tomllib.loads((HERE / "economies_by_hand.toml").read_text(encoding="utf-8"))
    codes = list(rows(mirror / "datasets+country-codes/data/country-codes.csv"))
    groups = mirror / "openclimatedata+countrygroups/data"
    members = {
        name: {row["Code"] for row in rows(groups / f"{name}.csv")}
        for name in ("ldc", "lldc", "sids")
    }
    gapminder = list(
        rows(
            mirror / "open-numbers+ddf--gapminder--systema_globalis/ddf--entities--geo--country.csv"
        )
    )
    points = {row["iso3166_1_alpha3"]: row for row in gapminder}
    book = openpyxl.load_workbook(mirror / "gabriela-arlt+ESG/ESGEXCEL.xlsx", read_only=True)
    bank = {row[0]: row for row in book["Country"].iter_rows(min_row=2, values_only=True)}

    register = []
    aliases: dict[tuple[str, str], set[str]] = {}

    def add(name: str | None, iso3: str, publisher: str = "") -> None:
        name = (name or "").replace("*", "").strip()
        if name and (publisher or len(name) > 1):
            aliases.setdefault((publisher, name), set()).add(iso3)

    for row in [*codes, KOSOVO]:
        iso3 = row["ISO3166-1-Alpha-3"]
        english = row.get("CLDR display name", "").replace("&", "and").replace("St. ", "Saint ")
        changed = hand["income_changes"].get(iso3)
        if iso3 in bank:
            region, group, verified = bank[iso3][7], GROUPS[bank[iso3][8]], "true"
        elif iso3 in hand["income_unverified"]:
            region, group = hand["income_unverified"][iso3]
            verified = "false"
        else:
            region, group, verified = "", "", "false"
        register.append(
            {
                "iso3": iso3,
                "iso2": row["ISO3166-1-Alpha-2"],
                "m49": row["M49"],
                "name_en": hand["name_en"].get(iso3, english),
                "name_zh": hand["name_zh"].get(iso3) or row["official_name_cn"],
                "region": row["Region Name"],
                "subregion": row.get("Intermediate Region Name") or row["Sub-region Name"],
                "wb_region": region,
                "income_group": changed or group,
                "income_year": "2025" if group else "",
                "income_verified": verified,
                "least_developed": str(iso3 in members["ldc"]).lower(),
                "landlocked_developing": str(iso3 in members["lldc"]).lower(),
                "small_island_developing": str(iso3 in members["sids"]).lower(),
                "latitude": points.get(iso3, {}).get("latitude", ""),
                "longitude": points.get(iso3, {}).get("longitude", ""),
            }
        )
        for column in NAME_COLUMNS:
            add(ARTICLE.sub("", row.get(column, "")), iso3)
        if row.get("GAUL"):
            add(row["GAUL"], iso3, "gaul")
    known = {row["iso3"] for row in register}
    for row in gapminder:
        if row["iso3166_1_alpha3"] in known and row["country"] != row["iso3166_1_alpha3"].lower():
            add(row["country"], row["iso3166_1_alpha3"], "gapminder")
        if row["iso3166_1_alpha3"] in known:
            add(row["name"], row["iso3166_1_alpha3"])
    for iso3, row in bank.items():
        if iso3 in known:
            for name in row[1:4]:
                add(name, iso3)
    for iso3, names in hand["aliases"].items():
        for name in names:
            add(name, iso3)
    ambiguous = {normalise(name): codes for name, codes in hand["ambiguous"].items()}
    for publisher, name in list(aliases):
        if not publisher and normalise(name) in ambiguous:
            del aliases[publisher, name]
    for name, candidates in hand["ambiguous"].items():
        aliases["", name] = set(candidates)
    for publisher, names in hand["publisher"].items():
        for name, iso3 in names.items():
            aliases[publisher, name] = {iso3}

    own = {normalise(row[column]) for row in register for column in ("name_en", "name_zh")}
    seen: dict[tuple[str, str], set[str]] = {}
    lines = []
    for (publisher, name), codes_of in sorted(aliases.items()):
        key = normalise(name)
        if (not publisher and key in own) or seen.get((publisher, key)) == codes_of:
            continue
        if (clash := seen.setdefault((publisher, key), codes_of)) != codes_of:
            raise SystemExit(f"{name!r} is {codes_of} here and {clash} elsewhere")
        lines += [(name, iso3, publisher) for iso3 in sorted(codes_of)]

    with (DATA / "economies.csv").open("w", encoding="utf-8", newline="") as handle:
        table = csv.DictWriter(handle, FIELDS, lineterminator="\n")
        table.writeheader()
        table.writerows(sorted(register, key=lambda row: row["iso3"]))
    with (DATA / "economy_aliases.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["alias", "iso3", "publisher"])
        writer.writerows(lines)
    apart = set_apart(
        hand, bank, mirror, {row["m49"] for row in register}, own | {k for _, k in seen}
    )
    with (DATA / "economies_apart.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["alias", "kind", "members", "publisher"])
        writer.writerows(apart)
    print(f"{len(register)} economies, {len(lines)} aliases, {len(apart)} names set apart")


def set_apart(
    hand: dict[str, Any], bank: dict[str, Any], mirror: Path, numbers: set[str], taken: set[str]
) -> list[tuple[str, str, str, str]]:
    """Return the names that are not one economy: by hand, and the publishers' groups."""
    answer = []
    seen = set(taken)
    for kind, names in hand["apart"].items():
        for name, members in names.items():
            if normalise(name) in taken:
                raise SystemExit(f"{name!r} is an economy and is set apart")
            if normalise(name) not in seen:
                answer.append((name, kind, members, ""))
                seen.add(normalise(name))
    for code, row in bank.items():
        if not row[7]:
            for name in (code, row[1], row[2]):
                if normalise(name) not in seen:
                    answer.append((name, "aggregate", "", ""))
                    seen.add(normalise(name))
    for row in rows(
        mirror / "open-numbers+ddf--unstats--sdg_indicators/ddf--entities--geo_area.csv"
    ):
        if row["geo_area"] in numbers:
            continue
        answer.append((row["geo_area"], "aggregate", "", "unsd"))
        if normalise(row["name"]) in taken:
            answer.append((row["name"], "aggregate", "", "unsd"))
        elif normalise(row["name"]) not in seen:
            answer.append((row["name"], "aggregate", "", ""))
            seen.add(normalise(row["name"]))
    return sorted(answer, key=lambda line: (line[3], line[1], line[0]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

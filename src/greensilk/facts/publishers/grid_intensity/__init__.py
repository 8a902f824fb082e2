"""Carbon intensity of electricity: Ember, Electricity Maps, and the default factors of the IFIs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from greensilk.core.errors import SourceError
from greensilk.facts.harmonise import resolve
from greensilk.facts.model import Files
from greensilk.facts.readers.sheets import Row, frame, number
from greensilk.reference.economies import match

YEARS = (2021, 2022, 2023, 2024, 2025)
IFI_YEAR = 2021
IFI_COLUMNS = (
    "ifi_firm",
    "ifi_intermittent",
    "ifi_efficiency",
    "ifi_consumption",
    "ifi_operating_margin",
)
IFI_HEADS = (
    "",
    "Firm Energy (e.g., Hydro, Geothermal)",
    "Intermittent Energy (e.g., Solar, Wind, Tidal)",
    "Energy Efficiency",
    "Electricity Consumption",
    "",
)
# Parts of economies and groups among the default factors.
APART = {
    "Azores (Portugal)": "Azores",
    "Canary Islands (Spain)": "Canary Islands",
    "Channel Islands (U.K)": "Channel Islands",
    "Madeira (Portugal)": "Madeira",
    "Memo:  EU 27": "European Union (27)",
}
SHARES = {
    "carbonIntensity": "electricity_maps",
    "renewableEnergy": "electricity_maps_renewable",
    "carbonFreeEnergy": "electricity_maps_carbon_free",
}


def parse(files: Files) -> pl.DataFrame:
    """Read all three; keys become alpha-3 codes, since each names economies in its own way."""
    rows = [*_ember(files["ember"]), *_ifi(files["ifi"])]
    for year in YEARS:
        rows += _zones(files[f"zones_{year}"], year)
    return frame(rows)


def _ember(path: Path) -> Iterator[Row]:
    for key, entry in json.loads(path.read_text("utf-8")).items():
        value = number(entry["emissions_intensity_gco2_per_kwh"])
        yield "ember", key, int(entry["year"]), value, ""


def _zones(path: Path, year: int) -> Iterator[Row]:
    """Yield the zones that are whole countries (two letters)."""
    zones = {
        key: zone for key, zone in json.loads(path.read_text("utf-8")).items() if len(key) == 2
    }
    codes = resolve(zones, "iso2")
    for key, zone in zones.items():
        for name, series in SHARES.items():
            yield series, codes.get(key, key), year, number(zone[name]["value"]), ""


def _ifi(path: Path) -> Iterator[Row]:
    """Yield the factors: heads in the second line, countries from the fourth, notes below."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        lines = list(csv.reader(handle))
    if tuple(lines[1]) != IFI_HEADS:
        raise SourceError("layout_unexpected", file=path.name, present=", ".join(lines[1]))
    for line in lines[3:]:
        name = line[0].strip()
        figures = [number(cell) for cell in line[1:]]
        if not name or all(figure is None for figure in figures):
            continue
        key = match(name).iso3 or name
        for series, figure in zip(IFI_COLUMNS, figures, strict=True):
            yield series, key, IFI_YEAR, figure, ""


def groups(files: Files) -> dict[str, str]:
    """Return Ember's regions, which carry no code, and what the default factors set apart."""
    content = json.loads(files["ember"].read_text("utf-8"))
    return APART | {key: key for key, entry in content.items() if not entry["country_code"]}

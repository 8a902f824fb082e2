"""Small tables for the audit: claims as people write them, evidence as the engine gives it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

# claim field -> (quantity it is held against, canonical unit)
FIELDS = {
    "claimed_emission_reductions": ("emission_reductions", "tCO2e/yr"),
    "claimed_lifetime_emission_reductions": ("lifetime_emission_reductions", "tCO2e"),
    "claimed_standard_coal": ("standard_coal_saved", "tce/yr"),
    "claimed_sulphur_dioxide": ("sulphur_dioxide_avoided", "kg/yr"),
    "claimed_nitrogen_oxides": ("nitrogen_oxides_avoided", "kg/yr"),
    "claimed_particulates": ("particulates_avoided", "kg/yr"),
    "annual_generation": ("expected_generation", "MWh/yr"),
    "claimed_households": ("households_served", "household"),
    "claimed_people": ("people_served", "person"),
    "claimed_trees": ("tree_equivalent", "tree"),
    "claimed_cars": ("car_equivalent", "vehicle"),
    "claimed_percent_below_road": ("percent_below_road", "1"),
    "claimed_water_saved": ("water_saved", "m**3/yr"),
    "claimed_hatchling_count": ("", "animal"),
}
UNITS = dict(FIELDS.values()) | {
    "net_generation": "MWh/yr",
    "expected_generation": "MWh/yr",
}

# project -> claim -> (value, half a unit of the last digit as written)
Claims = dict[str, dict[str, tuple[float, float]]]


def claims_table(claims: Claims, **columns: dict[tuple[str, str], Any]) -> pa.Table:
    """Return claims in long form; ``columns`` overwrite cells by (project, claim)."""
    rows = []
    for project, stated in claims.items():
        for claim, (value, half) in stated.items():
            quantity, unit = FIELDS[claim]
            row: dict[str, Any] = {
                "project_id": project,
                "component": "",
                "claim": claim,
                "quantity": quantity,
                "value": value,
                "low": None,
                "high": None,
                "half": half,
                "unit": unit,
                "text": "",
                "qualifier": "",
            }
            for name, cells in columns.items():
                row[name] = cells.get((project, claim), row[name])
            rows.append(row)
    schema = pa.schema(
        [
            *((name, pa.string()) for name in ("project_id", "component", "claim", "quantity")),
            *((name, pa.float64()) for name in ("value", "low", "high", "half")),
            *((name, pa.string()) for name in ("unit", "text", "qualifier")),
        ]
    )
    return pa.Table.from_pylist(rows, schema=schema)


def evidence_table(
    estimates: dict[str, dict[str, tuple[float, float, float]]], units: dict[str, str] | None = None
) -> pa.Table:
    """Return evidence rows; words are dictionary-coded, as the engine writes them."""
    rows = [
        {
            "project_id": project,
            "quantity": quantity,
            "value": value,
            "low": low,
            "high": high,
            "unit": (UNITS | (units or {}))[quantity],
        }
        for project, found in estimates.items()
        for quantity, (value, low, high) in found.items()
    ]
    words = pa.dictionary(pa.int16(), pa.string())
    schema = pa.schema(
        [
            ("project_id", pa.string()),
            ("quantity", words),
            *((name, pa.float64()) for name in ("value", "low", "high")),
            ("unit", words),
        ]
    )
    plain = pa.Table.from_pylist(
        rows,
        schema=pa.schema([f if f.type != words else pa.field(f.name, pa.string()) for f in schema]),
    )
    return plain.cast(schema)


def projects_table(projects: list[dict[str, Any]]) -> pa.Table:
    """Return project components with the columns the audit reads."""
    schema = pa.schema(
        [
            *((name, pa.string()) for name in ("project_id", "component", "country", "technology")),
            ("capacity", pa.float64()),
        ]
    )
    rows = [{"component": "", **row} for row in projects]
    return pa.Table.from_pylist(rows, schema=schema)


# What the report states, in canonical units with half a unit of the last digit written.
REPORT: Claims = {
    "cauchari": {
        "claimed_emission_reductions": (552_000.0, 500.0),
        "claimed_standard_coal": (202_000.0, 500.0),
        "claimed_sulphur_dioxide": (106_100.0, 50.0),
        "claimed_nitrogen_oxides": (118_700.0, 50.0),
        "claimed_particulates": (21_200.0, 50.0),
        "annual_generation": (660_000.0, 5_000.0),
    },
    "karot": {
        "claimed_emission_reductions": (3_500_000.0, 5_000.0),
        "claimed_standard_coal": (1_400_000.0, 5_000.0),
        "annual_generation": (3_200_000.0, 50_000.0),
        "claimed_people": (5_000_000.0, 50_000.0),
    },
    "mozura": {
        "claimed_emission_reductions": (3_000.0, 50.0),
        "annual_generation": (110_000.0, 5_000.0),
        "claimed_people": (100_000.0, 5_000.0),
    },
    "nhon_hoa": {
        "claimed_emission_reductions": (90_000.0, 5_000.0),
        "annual_generation": (110_000.0, 5_000.0),
        "claimed_people": (50_000.0, 5_000.0),
    },
    "dubai": {
        "claimed_emission_reductions": (1_400_000.0, 5_000.0),
        "claimed_households": (270_000.0, 5_000.0),
    },
    "vientiane": {
        "claimed_emission_reductions": (1_243.0, 0.5),
        "claimed_trees": (100_000.0, 5_000.0),
    },
}
PROJECTS = [
    {"project_id": "cauchari", "country": "ARG", "technology": "solar_pv", "capacity": 300.0},
    {"project_id": "karot", "country": "PAK", "technology": "hydro", "capacity": 720.0},
    {"project_id": "mozura", "country": "MNE", "technology": "wind_onshore", "capacity": 46.0},
    {"project_id": "nhon_hoa", "country": "VNM", "technology": "wind_onshore", "capacity": 46.2},
    {"project_id": "dubai", "country": "ARE", "technology": "csp", "capacity": 700.0,
     "component": "csp"},
    {"project_id": "dubai", "country": "ARE", "technology": "solar_pv", "capacity": 250.0,
     "component": "pv"},
    {"project_id": "vientiane", "country": "LAO", "technology": "industrial_park",
     "capacity": None},
]  # fmt: skip
# Estimates of the size the host grid's combined margin gives (net generation as stated).
EVIDENCE = {
    "cauchari": {
        "emission_reductions": (268_554.0, 225_600.0, 319_600.0),
        "standard_coal_saved": (198_500.0, 196_000.0, 201_500.0),
        "net_generation": (660_000.0, 660_000.0, 660_000.0),
        "expected_generation": (630_000.0, 480_000.0, 800_000.0),
    },
    "karot": {
        "emission_reductions": (1_233_920.0, 1_036_000.0, 1_468_000.0),
        "standard_coal_saved": (962_000.0, 950_000.0, 975_000.0),
        "net_generation": (3_200_000.0, 3_200_000.0, 3_200_000.0),
        "expected_generation": (2_800_000.0, 1_900_000.0, 3_800_000.0),
    },
    "mozura": {
        "emission_reductions": (81_246.0, 68_300.0, 96_700.0),
        "net_generation": (110_000.0, 110_000.0, 110_000.0),
        "expected_generation": (112_800.0, 84_000.0, 150_000.0),
    },
    "nhon_hoa": {
        "emission_reductions": (54_241.0, 45_500.0, 64_600.0),
        "net_generation": (110_000.0, 110_000.0, 110_000.0),
        "expected_generation": (113_000.0, 84_000.0, 150_000.0),
    },
    "dubai": {
        "emission_reductions": (1_300_000.0, 900_000.0, 1_700_000.0),
        "net_generation": (2_900_000.0, 2_200_000.0, 3_600_000.0),
        "expected_generation": (2_900_000.0, 2_200_000.0, 3_600_000.0),
    },
}


@pytest.fixture(scope="session")
def claims_of() -> Callable[..., pa.Table]:
    return claims_table


@pytest.fixture(scope="session")
def evidence_of() -> Callable[..., pa.Table]:
    return evidence_table


@pytest.fixture(scope="session")
def projects_of() -> Callable[..., pa.Table]:
    return projects_table


@pytest.fixture(scope="session")
def report() -> tuple[pa.Table, pa.Table, pa.Table]:
    """Claims, evidence and projects of six projects of the ten-year report."""
    texts = {("mozura", "claimed_emission_reductions"): "约3000吨"}
    words = {("vientiane", "claimed_trees"): "at_least"}
    return (
        claims_table(REPORT, text=texts, qualifier=words),
        evidence_table(EVIDENCE),
        projects_table(PROJECTS),
    )

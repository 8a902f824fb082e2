"""A small portfolio, made by hand, that has every thing a report must show."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pytest

from greensilk.core.errors import Fault, UnknownNameError
from greensilk.core.quantity import quantity


@dataclasses.dataclass
class Step:
    name: str
    value: float
    unit: str
    formula: str = ""
    source: str = ""
    year: str = ""
    grade: int = 3
    basis: str = "computed"
    low: float = float("nan")
    high: float = float("nan")
    children: Sequence[Step] = ()

    def recompute(self) -> float:
        if not self.formula:
            return self.value
        known = {child.name: child.recompute() for child in self.children}
        return float(eval(self.formula, {"leakage_emissions": 0.0}, known))  # noqa: S307


@quantity("CDM ACM0002 v22.0, section 5.7", family="electricity", verified=True)
def emission_reductions(baseline_emissions, project_emissions, leakage_emissions):
    """Return what the project avoids in a year."""
    return baseline_emissions - project_emissions - leakage_emissions


@quantity("CDM ACM0002 v22.0, equation 11", family="electricity")
def baseline_emissions(net_generation, combined_margin):
    """Return what the grid would have emitted."""
    return net_generation * combined_margin


@quantity("China Electricity Council, yearly statistics", family="electricity")
def standard_coal_saved(net_generation, supply_coal_rate):
    """Return the coal a thermal fleet would have burnt."""
    return net_generation * supply_coal_rate


@quantity("IPCC 2006 Guidelines, volume 2, chapter 2", family=("fossil", "electricity"))
def project_emissions(net_generation, plant_emission_factor):
    """Return what the plant emits in a year."""
    return net_generation * plant_emission_factor


METHODS = [
    function.quantity
    for function in (
        emission_reductions,
        baseline_emissions,
        standard_coal_saved,
        project_emissions,
    )
]

# id, name, Chinese name, country, technology, _capacity, generation, margin, year, claim in t
PLANTS = [
    (
        "karot",
        "Karot hydropower plant",
        "卡洛特水电站",
        "PAK",
        "hydro",
        720,
        3.2e6,
        0.386,
        2022,
        3.5e6,
    ),
    (
        "mozura",
        "Mozura wind farm",
        "莫祖拉风电",
        "MNE",
        "wind_onshore",
        46,
        1.1e5,
        0.739,
        2019,
        3000,
    ),
    (
        "jujuy",
        "Cauchari solar farm, Jujuy",
        "胡胡伊省高查瑞光伏电站",
        "ARG",
        "solar_pv",
        300,
        6.6e5,
        0.407,
        2020,
        5.52e5,
    ),
    (
        "nhon-hoa",
        "Nhon Hoa wind farm",
        "九安风电",
        "VNM",
        "wind_onshore",
        46.2,
        1.1e5,
        0.493,
        2021,
        9e4,
    ),
    (
        "dubai",
        "Dubai hybrid solar park",
        "迪拜光热光伏混合发电",
        "ARE",
        "csp",
        950,
        2.3e6,
        0.464,
        2023,
        1.4e6,
    ),
    (
        "adama",
        "Adama wind farm",
        "阿达玛风电",
        "ETH",
        "wind_onshore",
        153,
        4.8e5,
        0.0001,
        2015,
        None,
    ),
    (
        "zhanatas",
        "Zhanatas wind farm",
        "扎纳塔斯风电",
        "KAZ",
        "wind_onshore",
        100,
        3.5e5,
        0.698,
        2021,
        2.6e5,
    ),
    (
        "reed",
        "Villonaco wind farm",
        "芦苇桥风电",
        "ECU",
        "wind_onshore",
        16.5,
        6e4,
        0.455,
        2013,
        None,
    ),
    (
        "penang",
        "Penang rooftop array",
        "槟城屋顶光伏",
        "MYS",
        "solar_pv",
        7,
        9.1e3,
        0.508,
        2019,
        1e6,
    ),
    (
        "cantho",
        "Can Tho waste-to-energy plant",
        "芹苴垃圾焚烧发电",
        "VNM",
        "waste_to_energy",
        7.5,
        6e4,
        0.38,
        2018,
        2.4e4,
    ),
    (
        "bangkok",
        "Bangkok waste-to-energy plant",
        "曼谷农垦垃圾发电",
        "THA",
        "waste_to_energy",
        9.8,
        7e4,
        0.35,
        2016,
        None,
    ),
]


def _tree(row: tuple[Any, ...]) -> Step:
    identity, _, _, country, technology, _capacity, generation, margin, _, _ = row
    stated = Step(
        "annual_generation",
        generation,
        "MWh/yr",
        basis="claimed",
        grade=3,
        source="project file, row 4",
        low=generation * 0.93,
        high=generation * 1.07,
    )
    grid = Step(
        "combined_margin",
        margin,
        "tCO2e/MWh",
        basis="country_fact",
        grade=3,
        year="2021",
        source="IFI TWG: Harmonized Grid Emission Factors, v3.2 (2022), " + country,
        low=margin * 0.8,
        high=margin * 1.2,
    )
    net = Step(
        "net_generation",
        generation * 0.985,
        "MWh/yr",
        "annual_generation * (1 - auxiliary_share)",
        "CDM ACM0002 v22.0",
        grade=3,
        low=generation * 0.915,
        high=generation * 1.054,
        children=(
            stated,
            Step(
                "auxiliary_share",
                0.015,
                "1",
                basis="default",
                grade=5,
                low=0.005,
                high=0.03,
                source="judgement",
                year="2020",
            ),
        ),
    )
    base = Step(
        "baseline_emissions",
        net.value * margin,
        "tCO2e/yr",
        "net_generation * combined_margin",
        "CDM ACM0002 v22.0, equation 11",
        low=net.value * margin * 0.78,
        high=net.value * margin * 1.22,
        children=(net, grid),
    )
    own = Step(
        "project_emissions",
        0.02 * base.value if technology == "hydro" else 0.0,
        "tCO2e/yr",
        basis="default",
        grade=4,
        source="CDM ACM0002 v22.0, section 5.4",
    )
    total = base.value - own.value
    return Step(
        "emission_reductions",
        total,
        "tCO2e/yr",
        "baseline_emissions - project_emissions - leakage_emissions",
        "CDM ACM0002 v22.0, section 5.7",
        low=total * 0.78,
        high=total * 1.22,
        grade=5 if identity == "penang" else 3,
        children=(base, own),
    )


class Sample:
    """Satisfies ``ReportData``."""

    def __init__(self) -> None:
        trees = {row[0]: _tree(row) for row in PLANTS}
        self.trees = trees
        evidence: list[dict[str, Any]] = []
        audit: list[dict[str, Any]] = []
        for row in PLANTS:
            identity, claim = row[0], row[-1]
            root = trees[identity]
            coal = root.children[0].children[0].value * 0.301
            for name, value, low, high, unit, method, grade in [
                (
                    "emission_reductions",
                    root.value,
                    root.low,
                    root.high,
                    "tCO2e/yr",
                    "power.emission_reductions",
                    root.grade,
                ),
                (
                    "baseline_emissions",
                    root.children[0].value,
                    root.children[0].low,
                    root.children[0].high,
                    "tCO2e/yr",
                    "power.baseline_emissions",
                    3,
                ),
                (
                    "project_emissions",
                    root.children[1].value,
                    root.children[1].value,
                    root.children[1].value,
                    "tCO2e/yr",
                    "power.project_emissions",
                    4,
                ),
                (
                    "standard_coal_saved",
                    coal,
                    coal * 0.97,
                    coal * 1.03,
                    "tce/yr",
                    "power.standard_coal_saved",
                    4,
                ),
                (
                    "implied_capacity_factor",
                    row[6] / 8760 / row[5],
                    None,
                    None,
                    "1",
                    "power.implied_capacity_factor",
                    3,
                ),
            ]:
                evidence.append(
                    {
                        "project_id": identity,
                        "quantity": name,
                        "value": value,
                        "low": low,
                        "high": high,
                        "unit": unit,
                        "method": method,
                        "grade": grade,
                        "basis": "computed",
                    }
                )
            if claim is not None:
                ratio = claim / root.value
                verdict = (
                    "implausible"
                    if ratio > 100
                    else "low"
                    if claim < root.low
                    else "high"
                    if claim > root.high
                    else "consistent"
                )
                audit.append(
                    {
                        "project_id": identity,
                        "claim": "claimed_emission_reductions",
                        "quantity": "emission_reductions",
                        "claimed": float(claim),
                        "claimed_text": f"{claim:g} t",
                        "unit": "tCO2e/yr",
                        "estimate": root.value,
                        "low": root.low,
                        "high": root.high,
                        "ratio": ratio,
                        "verdict": verdict,
                        "reason_code": "factor_of_another_grid",
                        "reason_en": "It would need a factor that the host grid does not have.",
                        "reason_zh": "该数值所需的排放因子与东道国电网不符。",
                    }
                )
        audit.append(
            {
                "project_id": "karot",
                "claim": "claimed_people",
                "quantity": "people_served",
                "claimed": 5e6,
                "claimed_text": "500万",
                "unit": "person",
                "estimate": None,
                "low": None,
                "high": None,
                "ratio": None,
                "verdict": "not_checkable",
                "reason_code": "no_estimate",
                "reason_en": "No figure of demand per head is at hand.",
                "reason_zh": "缺少人均用电量数据。",
            }
        )
        evidence.append(
            {
                "project_id": "syrdarya",
                "quantity": "project_emissions",
                "value": 4.1e6,
                "low": 3.6e6,
                "high": 4.6e6,
                "unit": "tCO2e/yr",
                "method": "power.project_emissions",
                "grade": 4,
                "basis": "computed",
            }
        )
        kinds = {"value": "float64", "low": "float64", "high": "float64"}
        self.evidence = _table(evidence, kinds | {"grade": "int8"})
        self.audit = _table(
            audit, kinds | {"claimed": "float64", "estimate": "float64", "ratio": "float64"}
        )
        self.consistency = _table(
            [
                {
                    "project_id": "jujuy",
                    "check": "implied_emission_factor",
                    "value": 0.836,
                    "low": 0.2,
                    "high": 0.95,
                    "unit": "tCO2e/MWh",
                    "verdict": "consistent",
                    "reason_en": "552,000 t over 660 GWh.",
                    "reason_zh": "55.2万吨除以6.6亿千瓦时。",
                },
                {
                    "project_id": "karot",
                    "check": "implied_emission_factor",
                    "value": 1.09,
                    "low": 0.2,
                    "high": 0.95,
                    "unit": "tCO2e/MWh",
                    "verdict": "high",
                    "reason_en": "Above any fuel but lignite.",
                    "reason_zh": "高于褐煤以外的任何燃料。",
                },
            ],
            {},
        )
        self.baselines = _table(
            [
                {
                    "project_id": "jujuy",
                    "rank": 1,
                    "candidate": "China thermal fleet",
                    "kind": "fleet",
                    "year": "2020",
                    "implied_generation": 6.62e5,
                    "stated_generation": 6.6e5,
                    "residual": 0.012,
                    "claims_used": 5,
                    "fits": True,
                    "note": "",
                },
                {
                    "project_id": "jujuy",
                    "rank": 2,
                    "candidate": "China grid",
                    "kind": "grid",
                    "year": "2020",
                    "implied_generation": 9.4e5,
                    "stated_generation": 6.6e5,
                    "residual": 0.4,
                    "claims_used": 5,
                    "fits": False,
                    "note": "",
                },
                {
                    "project_id": "karot",
                    "rank": 1,
                    "candidate": "Coal, upper bound",
                    "kind": "coal",
                    "year": "2020",
                    "implied_generation": 3.6e6,
                    "stated_generation": 3.2e6,
                    "residual": 0.21,
                    "claims_used": 2,
                    "fits": False,
                    "note": "",
                },
            ],
            {},
        )
        self.issues = [
            Fault(
                "default_used",
                "assumed",
                row=4,
                project_id="penang",
                field="capacity_factor",
                value="0.17",
            ),
            Fault(
                "unknown_country",
                "refused",
                file="projects.csv",
                row=12,
                field="country",
                value="Atlantis",
                expected="a country",
            ),
            Fault(
                "generation_above_capacity",
                "doubtful",
                row=3,
                project_id="karot",
                field="annual_generation",
                value="9 TWh",
            ),
        ]
        projects = [
            {
                "project_id": r[0],
                "component": "",
                "row": index,
                "name": r[1],
                "name_zh": r[2],
                "country": r[3],
                "technology": r[4],
                "family": "electricity",
                "capacity": float(r[5]),
                "latitude": 0.0,
                "longitude": 0.0,
                "commissioning_year": float(r[8]),
            }
            for index, r in enumerate(PLANTS, start=2)
            if r[0] != "dubai"
        ]
        for part, technology, size in (("1", "csp", 700.0), ("2", "solar_pv", 250.0)):
            projects.append(
                {
                    "project_id": "dubai",
                    "component": part,
                    "row": 30,
                    "name": "Dubai hybrid solar park",
                    "name_zh": "迪拜光热光伏混合发电",
                    "country": "ARE",
                    "technology": technology,
                    "family": "electricity",
                    "capacity": size,
                    "latitude": 24.7,
                    "longitude": 55.3,
                    "commissioning_year": 2023.0,
                }
            )
        projects.append(
            {
                "project_id": "syrdarya",
                "component": "",
                "row": 31,
                "name": "Syrdarya gas power plant",
                "name_zh": "锡尔河燃气电站",
                "country": "UZB",
                "technology": "gas",
                "family": "fossil",
                "capacity": 1500.0,
                "latitude": 40.2,
                "longitude": 69.1,
                "commissioning_year": None,
            }
        )
        projects.append(
            {
                "project_id": "laos-zone",
                "component": "",
                "row": 32,
                "name": "Saysettha low-carbon zone",
                "name_zh": "万象赛色塔低碳示范区",
                "country": "LAO",
                "technology": "programme",
                "family": "programme",
                "capacity": None,
                "latitude": None,
                "longitude": None,
                "commissioning_year": 2022.0,
            }
        )
        self.projects = _table(projects, {"capacity": "float64", "commissioning_year": "float64"})
        total = sum(tree.value for tree in trees.values())
        self.totals = _table(
            [
                {
                    "quantity": "emission_reductions",
                    "value": total,
                    "low": total * 0.84,
                    "high": total * 1.15,
                    "unit": "tCO2e/yr",
                    "projects": len(trees),
                },
                {
                    "quantity": "project_emissions",
                    "value": 4.13e6,
                    "low": 3.6e6,
                    "high": 4.6e6,
                    "unit": "tCO2e/yr",
                    "projects": 2,
                },
                {
                    "quantity": "standard_coal_saved",
                    "value": 2.2e6,
                    "low": 2.1e6,
                    "high": 2.3e6,
                    "unit": "tce/yr",
                    "projects": len(trees),
                },
            ],
            {},
        )
        self.options = {
            "draws": 1000,
            "seed": 2023,
            "baseline": "ifi",
            "period": "first",
            "gwp": "ar6",
            "fleet_year": "2022",
            "version": "0.1.0",
        }
        self.methods = METHODS

    def explain(self, project_id: str, quantity: str) -> Step:
        if quantity == "emission_reductions" and project_id in self.trees:
            return self.trees[project_id]
        raise UnknownNameError("quantity", quantity, ["emission_reductions"])


def _table(rows: list[dict[str, Any]], kinds: dict[str, str]) -> pa.Table:
    table = pa.Table.from_pylist(rows)
    for name, kind in kinds.items():
        if name in table.column_names:
            index = table.column_names.index(name)
            table = table.set_column(index, name, table.column(name).cast(kind))
    return table


@pytest.fixture
def sample() -> Sample:
    return Sample()

"""Greenhouse gases of wastewater, with the plant and without it."""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity

__all__ = ["baseline_emissions", "emission_reductions", "project_emissions"]

FAMILY = "wastewater"
IPCC6 = "IPCC 2019 Refinement vol. 5 ch. 6"


@quantity(
    "t/yr",
    family=FAMILY,
    en="Methane without the plant",
    zh="无项目情景甲烷排放量",
    source=f"{IPCC6}, equations 6.1 and 6.2",
    inputs={
        "bod_load": "t/yr",
        "methane_capacity": "1",
        "methane_correction_baseline": "1",
    },
    level="detail",
    example=(
        {"bod_load": 18250.0, "methane_capacity": 0.6, "methane_correction_baseline": 0.11},
        1204.5,
    ),
)
def wastewater_methane_baseline(
    bod_load: Any, methane_capacity: Any, methane_correction_baseline: Any
) -> Any:
    """Methane of the sewage where it went before: a river, a lagoon, a septic tank."""
    return bod_load * methane_capacity * methane_correction_baseline


@quantity(
    "t/yr",
    family=FAMILY,
    en="Methane with the plant",
    zh="项目情景甲烷排放量",
    source=f"{IPCC6}, equations 6.1 to 6.3 (treatment less sludge, and discharge)",
    inputs={
        "wastewater_volume": "m**3/yr",
        "bod_load": "t/yr",
        "sludge_bod": "t/yr",
        "effluent_bod": "t/m**3",
        "methane_capacity": "1",
        "methane_correction_treatment": "1",
        "methane_correction_discharge": "1",
        "methane_recovered": "t/yr",
    },
    level="detail",
    example=(
        {
            "wastewater_volume": 73000000.0,
            "bod_load": 18250.0,
            "sludge_bod": 12614.4,
            "effluent_bod": 0.00001,
            "methane_capacity": 0.6,
            "methane_correction_treatment": 0.03,
            "methane_correction_discharge": 0.11,
            "methane_recovered": 0.0,
        },
        149.6208,
    ),
)
def wastewater_methane_project(
    wastewater_volume: Any,
    bod_load: Any,
    sludge_bod: Any,
    effluent_bod: Any,
    methane_capacity: Any,
    methane_correction_treatment: Any,
    methane_correction_discharge: Any,
    methane_recovered: Any,
) -> Any:
    """Methane of the treatment itself and of what the effluent still carries."""
    return (
        (bod_load - sludge_bod) * methane_capacity * methane_correction_treatment
        + wastewater_volume * effluent_bod * methane_capacity * methane_correction_discharge
        - methane_recovered
    )


@quantity(
    "t/yr",
    family=FAMILY,
    en="Nitrous oxide without the plant",
    zh="无项目情景氧化亚氮排放量",
    source=f"{IPCC6}, equation 6.7",
    inputs={
        "wastewater_volume": "m**3/yr",
        "influent_nitrogen": "t/m**3",
        "nitrous_oxide_factor_baseline": "1",
    },
    level="detail",
    example=(
        {
            "wastewater_volume": 73000000.0,
            "influent_nitrogen": 0.00004,
            "nitrous_oxide_factor_baseline": 0.005,
        },
        22.9428571,
    ),
)
def wastewater_nitrous_oxide_baseline(
    wastewater_volume: Any, influent_nitrogen: Any, nitrous_oxide_factor_baseline: Any
) -> Any:
    """Nitrous oxide of the nitrogen discharged untreated; 44/28 turns N into N2O."""
    return wastewater_volume * influent_nitrogen * nitrous_oxide_factor_baseline * (44.0 / 28.0)


@quantity(
    "t/yr",
    family=FAMILY,
    en="Nitrous oxide with the plant",
    zh="项目情景氧化亚氮排放量",
    source=f"{IPCC6}, equations 6.7 and 6.9",
    inputs={
        "wastewater_volume": "m**3/yr",
        "influent_nitrogen": "t/m**3",
        "effluent_nitrogen": "t/m**3",
        "nitrous_oxide_factor_treatment": "1",
        "nitrous_oxide_factor_discharge": "1",
    },
    level="detail",
    example=(
        {
            "wastewater_volume": 73000000.0,
            "influent_nitrogen": 0.00004,
            "effluent_nitrogen": 0.000015,
            "nitrous_oxide_factor_treatment": 0.016,
            "nitrous_oxide_factor_discharge": 0.005,
        },
        82.0207143,
    ),
)
def wastewater_nitrous_oxide_project(
    wastewater_volume: Any,
    influent_nitrogen: Any,
    effluent_nitrogen: Any,
    nitrous_oxide_factor_treatment: Any,
    nitrous_oxide_factor_discharge: Any,
) -> Any:
    """Nitrous oxide of nitrification in the plant and of the nitrogen left in the effluent."""
    return (
        wastewater_volume
        * (
            influent_nitrogen * nitrous_oxide_factor_treatment
            + effluent_nitrogen * nitrous_oxide_factor_discharge
        )
        * (44.0 / 28.0)
    )


@quantity(
    "MWh/yr",
    name="electricity_use",
    family=FAMILY,
    en="Electricity used",
    zh="用电量",
    source="definition: volume times electricity per cubic metre",
    inputs={"wastewater_volume": "m**3/yr", "electricity_per_volume": "MWh/m**3"},
    level="detail",
    example=({"wastewater_volume": 73000000.0, "electricity_per_volume": 0.0004}, 29200.0),
)
def electricity_use_of_volume(wastewater_volume: Any, electricity_per_volume: Any) -> Any:
    """Electricity for pumping and aeration."""
    return wastewater_volume * electricity_per_volume


@quantity(
    "tCO2e/yr",
    family=FAMILY,
    en="Emissions of sludge disposal",
    zh="污泥处置排放量",
    source="IPCC 2006 Guidelines vol. 5 ch. 3 to 5 by way of disposal, per tonne of dry solids",
    inputs={"sludge_mass": "t/yr", "sludge_emission_factor": "tCO2e/t"},
    level="detail",
    example=({"sludge_mass": 15768.0, "sludge_emission_factor": 0.5}, 7884.0),
)
def sludge_emissions(sludge_mass: Any, sludge_emission_factor: Any) -> Any:
    """Greenhouse gases of the sludge where it ends."""
    return sludge_mass * sludge_emission_factor


@quantity(
    "tCO2e/yr",
    family=FAMILY,
    en="Baseline emissions",
    zh="基准线排放量",
    source=f"{IPCC6}, methane and nitrous oxide of the pathway before the project",
    inputs={
        "wastewater_methane_baseline": "t/yr",
        "gwp_methane": "tCO2e/t",
        "wastewater_nitrous_oxide_baseline": "t/yr",
        "gwp_nitrous_oxide": "tCO2e/t",
    },
    level="detail",
    example=(
        {
            "wastewater_methane_baseline": 1204.5,
            "gwp_methane": 27.0,
            "wastewater_nitrous_oxide_baseline": 22.942857,
            "gwp_nitrous_oxide": 273.0,
        },
        38784.9,
    ),
)
def baseline_emissions(
    wastewater_methane_baseline: Any,
    gwp_methane: Any,
    wastewater_nitrous_oxide_baseline: Any,
    gwp_nitrous_oxide: Any,
) -> Any:
    """What the sewage would have released without the plant."""
    return (
        wastewater_methane_baseline * gwp_methane
        + wastewater_nitrous_oxide_baseline * gwp_nitrous_oxide
    )


@quantity(
    "tCO2e/yr",
    family=FAMILY,
    en="Project emissions",
    zh="项目排放量",
    source=f"{IPCC6}; CDM AMS-III.H (electricity and sludge in the project boundary)",
    inputs={
        "wastewater_methane_project": "t/yr",
        "gwp_methane": "tCO2e/t",
        "wastewater_nitrous_oxide_project": "t/yr",
        "gwp_nitrous_oxide": "tCO2e/t",
        "electricity_use": "MWh/yr",
        "consumption_emission_factor": "tCO2e/MWh",
        "sludge_emissions": "tCO2e/yr",
    },
    level="detail",
    example=(
        {
            "wastewater_methane_project": 149.6208,
            "gwp_methane": 27.0,
            "wastewater_nitrous_oxide_project": 82.0207,
            "gwp_nitrous_oxide": 273.0,
            "electricity_use": 29200.0,
            "consumption_emission_factor": 0.5,
            "sludge_emissions": 7884.0,
        },
        48915.4127,
    ),
)
def project_emissions(
    wastewater_methane_project: Any,
    gwp_methane: Any,
    wastewater_nitrous_oxide_project: Any,
    gwp_nitrous_oxide: Any,
    electricity_use: Any,
    consumption_emission_factor: Any,
    sludge_emissions: Any,
) -> Any:
    """What the plant releases, with its electricity and its sludge."""
    return (
        wastewater_methane_project * gwp_methane
        + wastewater_nitrous_oxide_project * gwp_nitrous_oxide
        + electricity_use * consumption_emission_factor
        + sludge_emissions
    )


@quantity(
    "tCO2e/yr",
    family=FAMILY,
    en="Emission reductions",
    zh="减排量",
    source="CDM AMS-III.H, emission reductions; negative where the plant adds emissions",
    inputs={
        "baseline_emissions": "tCO2e/yr",
        "project_emissions": "tCO2e/yr",
        "leakage_emissions": "tCO2e/yr",
    },
    level="headline",
    example=(
        {
            "baseline_emissions": 38784.9,
            "project_emissions": 48915.4,
            "leakage_emissions": 0.0,
        },
        -10130.5,
    ),
)
def emission_reductions(
    baseline_emissions: Any, project_emissions: Any, leakage_emissions: Any
) -> Any:
    """Net change of greenhouse gases; below zero the plant cleans water at a climate cost."""
    return baseline_emissions - project_emissions - leakage_emissions

"""Waste kept out of landfills: the account of composting, digestion and recycling projects."""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity

__all__ = ["baseline_emissions", "consumption_emission_factor", "emission_reductions"]

ACM0022 = "CDM ACM0022 (Alternative waste treatment processes) v3.0"


@quantity(
    "tCO2e/MWh",
    family=("waste", "wastewater", "industry"),
    en="Emission factor of electricity used or saved",
    zh="用电（节电）排放因子",
    source="CDM TOOL05 v3.0, scenario A; IFI TWG harmonised approach: energy efficiency and "
    "consumption take the weights of firm power",
    inputs={
        "operating_margin": "tCO2e/MWh",
        "build_margin": "tCO2e/MWh",
        "consumption_om_weight": "1",
        "consumption_bm_weight": "1",
        "transmission_loss": "1",
    },
    level="detail",
    additive=False,
    example=(
        {
            "operating_margin": 0.9,
            "build_margin": 0.3,
            "consumption_om_weight": 1 / 3,
            "consumption_bm_weight": 2 / 3,
            "transmission_loss": 0.1,
        },
        0.5555556,
    ),
)
def consumption_emission_factor(
    operating_margin: Any,
    build_margin: Any,
    consumption_om_weight: Any,
    consumption_bm_weight: Any,
    transmission_loss: Any,
) -> Any:
    """Emissions of the host grid per unit that reaches the user, losses on the way included."""
    return (consumption_om_weight * operating_margin + consumption_bm_weight * build_margin) / (
        1.0 - transmission_loss
    )


@quantity(
    "tCO2e/yr",
    family="waste",
    en="Baseline emissions",
    zh="基准线排放量",
    source=f"{ACM0022}, section 5.5.1 (methane of the landfill avoided)",
    inputs={"landfill_methane": "t/yr", "gwp_methane": "tCO2e/t"},
    level="detail",
    example=({"landfill_methane": 2000.0, "gwp_methane": 27.0}, 54000.0),
)
def baseline_emissions(landfill_methane: Any, gwp_methane: Any) -> Any:
    """What the landfill would have released without the project."""
    return landfill_methane * gwp_methane


@quantity(
    "tCO2e/yr",
    family="waste",
    en="Process emissions of the treatment",
    zh="处理过程排放量",
    source="IPCC 2006 Guidelines vol. 5 ch. 4, equations 4.1 and 4.2",
    inputs={
        "waste_mass": "t/yr",
        "treatment_methane_factor": "t/t",
        "treatment_nitrous_oxide_factor": "t/t",
        "gwp_methane": "tCO2e/t",
        "gwp_nitrous_oxide": "tCO2e/t",
    },
    level="detail",
    example=(
        {
            "waste_mass": 100000.0,
            "treatment_methane_factor": 0.004,
            "treatment_nitrous_oxide_factor": 0.00024,
            "gwp_methane": 27.0,
            "gwp_nitrous_oxide": 273.0,
        },
        17352.0,
    ),
)
def treatment_emissions(
    waste_mass: Any,
    treatment_methane_factor: Any,
    treatment_nitrous_oxide_factor: Any,
    gwp_methane: Any,
    gwp_nitrous_oxide: Any,
) -> Any:
    """Methane and nitrous oxide that composting or digestion itself gives off."""
    return waste_mass * (
        treatment_methane_factor * gwp_methane + treatment_nitrous_oxide_factor * gwp_nitrous_oxide
    )


@quantity(
    "MWh/yr",
    name="electricity_use",
    family="waste",
    en="Electricity used",
    zh="用电量",
    source=f"{ACM0022}, project emissions from electricity consumption",
    inputs={"waste_mass": "t/yr", "electricity_per_tonne": "MWh/t"},
    level="internal",
    example=({"waste_mass": 100000.0, "electricity_per_tonne": 0.03}, 3000.0),
)
def electricity_use_of_treatment(waste_mass: Any, electricity_per_tonne: Any) -> Any:
    """Electricity the treatment takes from the grid."""
    return waste_mass * electricity_per_tonne


@quantity(
    "tCO2e/yr",
    family="waste",
    en="Project emissions",
    zh="项目排放量",
    source=f"{ACM0022}, section 5.6",
    inputs={
        "treatment_emissions": "tCO2e/yr",
        "electricity_use": "MWh/yr",
        "consumption_emission_factor": "tCO2e/MWh",
    },
    level="detail",
    example=(
        {
            "treatment_emissions": 17352.0,
            "electricity_use": 3000.0,
            "consumption_emission_factor": 0.5,
        },
        18852.0,
    ),
)
def project_emissions(
    treatment_emissions: Any, electricity_use: Any, consumption_emission_factor: Any
) -> Any:
    """What treating the waste releases, with the electricity it uses."""
    return treatment_emissions + electricity_use * consumption_emission_factor


@quantity(
    "tCO2e/yr",
    family=("waste", "waste_energy"),
    en="Emission reductions",
    zh="减排量",
    source=f"{ACM0022}, section 5.8",
    inputs={
        "baseline_emissions": "tCO2e/yr",
        "project_emissions": "tCO2e/yr",
        "leakage_emissions": "tCO2e/yr",
    },
    level="headline",
    example=(
        {
            "baseline_emissions": 54000.0,
            "project_emissions": 18852.0,
            "leakage_emissions": 0.0,
        },
        35148.0,
    ),
)
def emission_reductions(
    baseline_emissions: Any, project_emissions: Any, leakage_emissions: Any
) -> Any:
    """Baseline less project and leakage emissions, mean of the crediting period."""
    return baseline_emissions - project_emissions - leakage_emissions


@quantity(
    "tCO2e",
    family="waste",
    en="Emission reductions over the lifetime",
    zh="寿命期减排量",
    source=f"{ACM0022}, summed over the lifetime",
    inputs={
        "lifetime_landfill_methane": "t",
        "gwp_methane": "tCO2e/t",
        "project_emissions": "tCO2e/yr",
        "leakage_emissions": "tCO2e/yr",
        "lifetime": "yr",
    },
    level="detail",
    example=(
        {
            "lifetime_landfill_methane": 70000.0,
            "gwp_methane": 27.0,
            "project_emissions": 18852.0,
            "leakage_emissions": 0.0,
            "lifetime": 25.0,
        },
        1418700.0,
    ),
)
def lifetime_emission_reductions(
    lifetime_landfill_methane: Any,
    gwp_methane: Any,
    project_emissions: Any,
    leakage_emissions: Any,
    lifetime: Any,
) -> Any:
    """Reductions summed over the lifetime; the landfill's methane grows year by year."""
    return (
        lifetime_landfill_methane * gwp_methane - (project_emissions + leakage_emissions) * lifetime
    )

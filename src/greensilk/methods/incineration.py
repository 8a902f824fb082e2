"""Waste burnt for energy: fossil carbon released, power sold, landfill methane avoided.

Burning releases at once the carbon of plastics, rubber and synthetic textiles; carbon of food, wood
and paper is biogenic and not counted. What stands against it is in
:mod:`greensilk.methods.waste_power`.
"""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity

__all__ = ["incineration_carbon_dioxide", "incineration_fossil_carbon", "project_emissions"]

FAMILY = "waste_energy"
IPCC5 = "IPCC 2006 Guidelines vol. 5 ch. 5"
ACM0022 = "CDM ACM0022 (Alternative waste treatment processes) v3.0"


@quantity(
    "1",
    family=FAMILY,
    en="Fossil carbon per tonne of waste",
    zh="单位垃圾化石碳含量",
    source=f"{IPCC5}, equation 5.2 (sum over kinds of waste of WF x dm x CF x FCF)",
    inputs={
        "share_paper": "1",
        "share_textile": "1",
        "share_nappies": "1",
        "share_plastics": "1",
        "share_rubber": "1",
        "share_inert": "1",
        "composition_total": "1",
        "fossil_carbon_paper": "1",
        "fossil_carbon_textile": "1",
        "fossil_carbon_nappies": "1",
        "fossil_carbon_plastics": "1",
        "fossil_carbon_rubber": "1",
        "fossil_carbon_inert": "1",
    },
    level="detail",
    additive=False,
    example=(
        {
            "share_paper": 0.1,
            "share_textile": 0.03,
            "share_nappies": 0.02,
            "share_plastics": 0.12,
            "share_rubber": 0.01,
            "share_inert": 0.15,
            "composition_total": 1.0,
            "fossil_carbon_paper": 0.00414,
            "fossil_carbon_textile": 0.08,
            "fossil_carbon_nappies": 0.028,
            "fossil_carbon_plastics": 0.75,
            "fossil_carbon_rubber": 0.11256,
            "fossil_carbon_inert": 0.0,
        },
        0.0944996,
    ),
)
def incineration_fossil_carbon(
    share_paper: Any,
    share_textile: Any,
    share_nappies: Any,
    share_plastics: Any,
    share_rubber: Any,
    share_inert: Any,
    composition_total: Any,
    fossil_carbon_paper: Any,
    fossil_carbon_textile: Any,
    fossil_carbon_nappies: Any,
    fossil_carbon_plastics: Any,
    fossil_carbon_rubber: Any,
    fossil_carbon_inert: Any,
) -> Any:
    """Tonnes of fossil carbon per tonne of wet waste; plastics hold nearly all of it."""
    return (
        share_paper * fossil_carbon_paper
        + share_textile * fossil_carbon_textile
        + share_nappies * fossil_carbon_nappies
        + share_plastics * fossil_carbon_plastics
        + share_rubber * fossil_carbon_rubber
        + share_inert * fossil_carbon_inert
    ) / composition_total


@quantity(
    "tCO2e/yr",
    family=FAMILY,
    en="Fossil carbon dioxide from burning waste",
    zh="垃圾焚烧化石源二氧化碳排放量",
    source=f"{IPCC5}, equation 5.1",
    inputs={
        "waste_mass": "t/yr",
        "incineration_fossil_carbon": "1",
        "incineration_oxidation": "1",
        "carbon_dioxide_per_carbon": "tCO2e/t",
    },
    level="detail",
    example=(
        {
            "waste_mass": 133200.0,
            "incineration_fossil_carbon": 0.0945,
            "incineration_oxidation": 1.0,
            "carbon_dioxide_per_carbon": 44.0 / 12.0,
        },
        46153.8,
    ),
)
def incineration_carbon_dioxide(
    waste_mass: Any,
    incineration_fossil_carbon: Any,
    incineration_oxidation: Any,
    carbon_dioxide_per_carbon: Any,
) -> Any:
    """Carbon dioxide of fossil origin that the stack releases."""
    return (
        waste_mass * incineration_fossil_carbon * incineration_oxidation * carbon_dioxide_per_carbon
    )


@quantity(
    "tCO2e/yr",
    family=FAMILY,
    en="Methane and nitrous oxide from burning waste",
    zh="垃圾焚烧甲烷和氧化亚氮排放量",
    source=f"{IPCC5}, equations 5.4 and 5.5",
    inputs={
        "waste_mass": "t/yr",
        "incineration_methane_factor": "t/t",
        "incineration_nitrous_oxide_factor": "t/t",
        "gwp_methane": "tCO2e/t",
        "gwp_nitrous_oxide": "tCO2e/t",
    },
    level="internal",
    example=(
        {
            "waste_mass": 133200.0,
            "incineration_methane_factor": 2e-7,
            "incineration_nitrous_oxide_factor": 5e-5,
            "gwp_methane": 27.0,
            "gwp_nitrous_oxide": 273.0,
        },
        1818.89928,
    ),
)
def incineration_other_gases(
    waste_mass: Any,
    incineration_methane_factor: Any,
    incineration_nitrous_oxide_factor: Any,
    gwp_methane: Any,
    gwp_nitrous_oxide: Any,
) -> Any:
    """Methane and nitrous oxide in the flue gas."""
    return waste_mass * (
        incineration_methane_factor * gwp_methane
        + incineration_nitrous_oxide_factor * gwp_nitrous_oxide
    )


@quantity(
    "tCO2e/yr",
    family=FAMILY,
    en="Project emissions",
    zh="项目排放量",
    source=f"{ACM0022}, section 5.6 (combustion within the project boundary)",
    inputs={
        "incineration_carbon_dioxide": "tCO2e/yr",
        "incineration_other_gases": "tCO2e/yr",
        "waste_mass": "t/yr",
        "start_up_fuel_factor": "tCO2e/t",
    },
    level="detail",
    example=(
        {
            "incineration_carbon_dioxide": 46153.8,
            "incineration_other_gases": 1818.9,
            "waste_mass": 133200.0,
            "start_up_fuel_factor": 0.003,
        },
        48372.3,
    ),
)
def project_emissions(
    incineration_carbon_dioxide: Any,
    incineration_other_gases: Any,
    waste_mass: Any,
    start_up_fuel_factor: Any,
) -> Any:
    """What the plant releases: fossil carbon, methane, nitrous oxide and start-up fuel."""
    return (
        incineration_carbon_dioxide + incineration_other_gases + waste_mass * start_up_fuel_factor
    )


@quantity(
    "tCO2e/MWh",
    family=FAMILY,
    en="Fossil emissions per unit of electricity exported",
    zh="单位上网电量化石源排放",
    source="definition: project emissions divided by electricity exported",
    inputs={"project_emissions": "tCO2e/yr", "net_generation": "MWh/yr"},
    level="detail",
    additive=False,
    example=({"project_emissions": 48000.0, "net_generation": 53280.0}, 0.9009009),
)
def incineration_intensity(project_emissions: Any, net_generation: Any) -> Any:
    """The plant seen as a power station: often dirtier than the grid, before avoided methane."""
    return project_emissions / net_generation


@quantity(
    "t/yr",
    family=FAMILY,
    en="Waste kept out of landfill",
    zh="填埋减量",
    source="definition: waste burnt less ash and slag",
    inputs={"waste_mass": "t/yr", "residue_share": "1"},
    level="headline",
    example=({"waste_mass": 133200.0, "residue_share": 0.2}, 106560.0),
)
def landfill_mass_avoided(waste_mass: Any, residue_share: Any) -> Any:
    """Mass that no longer needs a landfill."""
    return waste_mass * (1.0 - residue_share)

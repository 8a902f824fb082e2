"""Industrial retrofits: before and after, per tonne of product or in all.

Reductions at constant output: what more output adds is not part of a retrofit's effect. The
emission account is taken from emission intensities where both are known, else from the energy
saved.
"""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity

__all__ = ["efficiency_gain", "emission_cut", "emission_reductions", "pollutant_cut"]

FAMILY = "industry"
RETROFIT = "CDM AMS-II.D (Energy efficiency measures for industrial facilities) v13.0"
CUT = "definition: 1 less after over before"


@quantity(
    "tCO2e/yr",
    family=FAMILY,
    en="Baseline emissions",
    zh="基准线排放量",
    source=f"{RETROFIT}: project output at the intensity before",
    inputs={"product_output": "t/yr", "baseline_emission_intensity": "tCO2e/t"},
    level="detail",
    example=({"product_output": 100000.0, "baseline_emission_intensity": 2.3}, 230000.0),
)
def baseline_emissions(product_output: Any, baseline_emission_intensity: Any) -> Any:
    """What the present output would have released before the retrofit."""
    return product_output * baseline_emission_intensity


@quantity(
    "tCO2e/yr",
    family=FAMILY,
    en="Project emissions",
    zh="项目排放量",
    source=f"{RETROFIT}: project output at the intensity after",
    inputs={"product_output": "t/yr", "project_emission_intensity": "tCO2e/t"},
    level="detail",
    example=({"product_output": 100000.0, "project_emission_intensity": 1.9}, 190000.0),
)
def project_emissions(product_output: Any, project_emission_intensity: Any) -> Any:
    """What the output releases after the retrofit."""
    return product_output * project_emission_intensity


@quantity(
    "tCO2e/yr",
    family=FAMILY,
    en="Emission reductions",
    zh="减排量",
    source=RETROFIT,
    inputs={
        "baseline_emissions": "tCO2e/yr",
        "project_emissions": "tCO2e/yr",
        "leakage_emissions": "tCO2e/yr",
    },
    level="headline",
    example=(
        {
            "baseline_emissions": 230000.0,
            "project_emissions": 190000.0,
            "leakage_emissions": 0.0,
        },
        40000.0,
    ),
)
def emission_reductions(
    baseline_emissions: Any, project_emissions: Any, leakage_emissions: Any
) -> Any:
    """Baseline less project and leakage emissions at the present output."""
    return baseline_emissions - project_emissions - leakage_emissions


@quantity(
    "tCO2e/yr",
    name="emission_reductions",
    family=FAMILY,
    en="Emission reductions",
    zh="减排量",
    source=f"{RETROFIT}: fuel and electricity saved times their emission factors",
    inputs={
        "fuel_saved": "GJ/yr",
        "fuel_carbon_dioxide_factor": "tCO2e/GJ",
        "electricity_saved": "MWh/yr",
        "consumption_emission_factor": "tCO2e/MWh",
        "leakage_emissions": "tCO2e/yr",
    },
    level="headline",
    rank=12,
    example=(
        {
            "fuel_saved": 100000.0,
            "fuel_carbon_dioxide_factor": 0.0946,
            "electricity_saved": 5000.0,
            "consumption_emission_factor": 0.5,
            "leakage_emissions": 0.0,
        },
        11960.0,
    ),
)
def emission_reductions_of_energy(
    fuel_saved: Any,
    fuel_carbon_dioxide_factor: Any,
    electricity_saved: Any,
    consumption_emission_factor: Any,
    leakage_emissions: Any,
) -> Any:
    """Reductions from the fuel and the electricity saved."""
    return (
        fuel_saved * fuel_carbon_dioxide_factor
        + electricity_saved * consumption_emission_factor
        - leakage_emissions
    )


@quantity(
    "tCO2e/yr",
    name="emission_reductions",
    family=FAMILY,
    en="Emission reductions",
    zh="减排量",
    source=f"{RETROFIT}: fuel saved times its emission factor",
    inputs={
        "fuel_saved": "GJ/yr",
        "fuel_carbon_dioxide_factor": "tCO2e/GJ",
        "leakage_emissions": "tCO2e/yr",
    },
    level="headline",
    rank=13,
    example=(
        {"fuel_saved": 100000.0, "fuel_carbon_dioxide_factor": 0.0946, "leakage_emissions": 0.0},
        9460.0,
    ),
)
def emission_reductions_of_fuel(
    fuel_saved: Any, fuel_carbon_dioxide_factor: Any, leakage_emissions: Any
) -> Any:
    """Reductions from the fuel saved, where no electricity figure is given."""
    return fuel_saved * fuel_carbon_dioxide_factor - leakage_emissions


@quantity(
    "tCO2e/yr",
    name="emission_reductions",
    family=FAMILY,
    en="Emission reductions",
    zh="减排量",
    source=f"{RETROFIT}: electricity saved times the grid factor",
    inputs={
        "electricity_saved": "MWh/yr",
        "consumption_emission_factor": "tCO2e/MWh",
        "leakage_emissions": "tCO2e/yr",
    },
    level="headline",
    rank=14,
    example=(
        {
            "electricity_saved": 5000.0,
            "consumption_emission_factor": 0.5,
            "leakage_emissions": 0.0,
        },
        2500.0,
    ),
)
def emission_reductions_of_electricity(
    electricity_saved: Any, consumption_emission_factor: Any, leakage_emissions: Any
) -> Any:
    """Reductions from the electricity saved, where no fuel figure is given."""
    return electricity_saved * consumption_emission_factor - leakage_emissions


@quantity(
    "1",
    family=FAMILY,
    en="Cut of emissions per tonne of product",
    zh="单位产品碳排放降幅",
    source=CUT,
    inputs={
        "baseline_emission_intensity": "tCO2e/t",
        "project_emission_intensity": "tCO2e/t",
    },
    level="headline",
    additive=False,
    verified=True,
    example=(
        {"baseline_emission_intensity": 60.0, "project_emission_intensity": 24.0},
        0.6,
    ),
)
def emission_cut(baseline_emission_intensity: Any, project_emission_intensity: Any) -> Any:
    """Share by which greenhouse gases per tonne of product fell."""
    return 1.0 - project_emission_intensity / baseline_emission_intensity


@quantity(
    "1",
    family=FAMILY,
    en="Cut of energy per tonne of product",
    zh="单位产品能耗降幅",
    source=CUT,
    inputs={"baseline_energy_intensity": "GJ/t", "project_energy_intensity": "GJ/t"},
    level="headline",
    additive=False,
    verified=True,
    example=({"baseline_energy_intensity": 20.0, "project_energy_intensity": 17.0}, 0.15),
)
def efficiency_gain(baseline_energy_intensity: Any, project_energy_intensity: Any) -> Any:
    """Share by which energy per tonne of product fell."""
    return 1.0 - project_energy_intensity / baseline_energy_intensity


@quantity(
    "1",
    family=FAMILY,
    en="Cut of pollutants released",
    zh="污染物减排比例",
    source=CUT,
    inputs={"pollutant_before": "kg/yr", "pollutant_after": "kg/yr"},
    level="headline",
    additive=False,
    verified=True,
    example=({"pollutant_before": 2000.0, "pollutant_after": 200.0}, 0.9),
)
def pollutant_cut(pollutant_before: Any, pollutant_after: Any) -> Any:
    """Share by which the pollutants released in a year fell."""
    return 1.0 - pollutant_after / pollutant_before


@quantity(
    "kg/yr",
    family=FAMILY,
    en="Pollutants no longer released",
    zh="污染物减排量",
    source="definition: before less after",
    inputs={"pollutant_before": "kg/yr", "pollutant_after": "kg/yr"},
    level="headline",
    verified=True,
    example=({"pollutant_before": 2000.0, "pollutant_after": 200.0}, 1800.0),
)
def pollutant_avoided(pollutant_before: Any, pollutant_after: Any) -> Any:
    """Mass of pollutants the retrofit keeps out of air or water in a year."""
    return pollutant_before - pollutant_after

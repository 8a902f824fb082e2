"""Waste-to-energy plants as power plants: waste and electricity, and what both replace.

The baseline is the methane the landfill would have released (:mod:`greensilk.methods.waste`) and
the electricity of the grid. Tonnage and electricity are inferred from each other where a project
gives only one of them.
"""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity

__all__ = ["baseline_emissions", "displaced_grid_emissions", "lifetime_emission_reductions"]

FAMILY = "waste_energy"
ACM0022 = "CDM ACM0022 (Alternative waste treatment processes) v3.0"


@quantity(
    "t/yr",
    name="waste_mass",
    family=FAMILY,
    en="Waste treated per year",
    zh="年处理垃圾量",
    source="definition: electricity exported divided by electricity per tonne of waste",
    inputs={"annual_generation": "MWh/yr", "power_per_tonne": "MWh/t"},
    level="detail",
    rank=14,
    example=({"annual_generation": 60000.0, "power_per_tonne": 0.4}, 150000.0),
)
def waste_mass_of_generation(annual_generation: Any, power_per_tonne: Any) -> Any:
    """Waste burnt, inferred from the electricity stated when the tonnage is not."""
    return annual_generation / power_per_tonne


@quantity(
    "t/yr",
    name="waste_mass",
    family=FAMILY,
    en="Waste treated per year",
    zh="年处理垃圾量",
    source="definition: electricity expected of the turbine less own use, over that per tonne",
    inputs={
        "capacity": "MW",
        "hours_per_year": "h/yr",
        "capacity_factor": "1",
        "auxiliary_share": "1",
        "power_per_tonne": "MWh/t",
    },
    level="detail",
    rank=15,
    example=(
        {
            "capacity": 7.5,
            "hours_per_year": 8760.0,
            "capacity_factor": 0.7,
            "auxiliary_share": 0.2,
            "power_per_tonne": 0.4,
        },
        91980.0,
    ),
)
def waste_mass_of_capacity(
    capacity: Any,
    hours_per_year: Any,
    capacity_factor: Any,
    auxiliary_share: Any,
    power_per_tonne: Any,
) -> Any:
    """Waste burnt, inferred from the size of the turbine when nothing else is known."""
    return capacity * hours_per_year * capacity_factor * (1.0 - auxiliary_share) / power_per_tonne


@quantity(
    "MWh/yr",
    name="net_generation",
    family=FAMILY,
    en="Electricity delivered to the grid",
    zh="上网电量",
    source="definition: waste burnt times electricity exported per tonne",
    inputs={"waste_mass": "t/yr", "power_per_tonne": "MWh/t"},
    level="headline",
    rank=15,
    example=({"waste_mass": 133200.0, "power_per_tonne": 0.4}, 53280.0),
)
def net_generation_of_waste(waste_mass: Any, power_per_tonne: Any) -> Any:
    """Electricity exported, when neither generation nor capacity is given."""
    return waste_mass * power_per_tonne


@quantity(
    "tCO2e/yr",
    family=FAMILY,
    en="Grid emissions displaced",
    zh="替代电网排放量",
    source=f"{ACM0022}, section 5.5 (electricity generation in the baseline); CDM TOOL07",
    inputs={"net_generation": "MWh/yr", "combined_margin": "tCO2e/MWh"},
    level="detail",
    example=({"net_generation": 53280.0, "combined_margin": 0.5}, 26640.0),
)
def displaced_grid_emissions(net_generation: Any, combined_margin: Any) -> Any:
    """What the grid would have released for the electricity the plant exports."""
    return net_generation * combined_margin


@quantity(
    "tCO2e/yr",
    family=FAMILY,
    en="Baseline emissions",
    zh="基准线排放量",
    source=f"{ACM0022}, section 5.5",
    inputs={
        "landfill_methane": "t/yr",
        "gwp_methane": "tCO2e/t",
        "displaced_grid_emissions": "tCO2e/yr",
    },
    level="detail",
    example=(
        {
            "landfill_methane": 2000.0,
            "gwp_methane": 27.0,
            "displaced_grid_emissions": 26640.0,
        },
        80640.0,
    ),
)
def baseline_emissions(
    landfill_methane: Any, gwp_methane: Any, displaced_grid_emissions: Any
) -> Any:
    """Methane of the landfill avoided and the grid electricity displaced."""
    return landfill_methane * gwp_methane + displaced_grid_emissions


@quantity(
    "tCO2e",
    family=FAMILY,
    en="Emission reductions over the lifetime",
    zh="寿命期减排量",
    source=f"{ACM0022}, summed over the lifetime",
    inputs={
        "lifetime_landfill_methane": "t",
        "gwp_methane": "tCO2e/t",
        "displaced_grid_emissions": "tCO2e/yr",
        "project_emissions": "tCO2e/yr",
        "leakage_emissions": "tCO2e/yr",
        "lifetime": "yr",
    },
    level="detail",
    example=(
        {
            "lifetime_landfill_methane": 70000.0,
            "gwp_methane": 27.0,
            "displaced_grid_emissions": 26640.0,
            "project_emissions": 48000.0,
            "leakage_emissions": 0.0,
            "lifetime": 25.0,
        },
        1356000.0,
    ),
)
def lifetime_emission_reductions(
    lifetime_landfill_methane: Any,
    gwp_methane: Any,
    displaced_grid_emissions: Any,
    project_emissions: Any,
    leakage_emissions: Any,
    lifetime: Any,
) -> Any:
    """Reductions summed over the lifetime; the landfill's methane grows year by year."""
    return (
        lifetime_landfill_methane * gwp_methane
        + (displaced_grid_emissions - project_emissions - leakage_emissions) * lifetime
    )

"""Grid electricity: margins of the host grid, emissions displaced and avoided.

All formulas take scalars or arrays of one shape (or shapes that broadcast) and return the same.
Energies are per year.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from greensilk.core.quantity import quantity

__all__ = [
    "baseline_emissions",
    "combined_margin",
    "combined_margin_of_consumption",
    "emission_reductions",
    "near_zero_grid",
    "project_emissions",
    "project_emissions_with_fuel",
    "reduction_intensity",
]

GRID = ("electricity", "waste_energy")
CONSUMERS = ("freight", "fleet", "lighting", "waste", "wastewater", "industry")
# storage moves electricity in time: what it avoids is not what it delivers
GENERATING = {
    "technology": (
        "wind_onshore",
        "wind_offshore",
        "solar_pv",
        "csp",
        "hydro",
        "geothermal",
        "biomass",
        "nuclear",
        "marine",
    )
}
ACM0002 = "CDM ACM0002 Grid-connected electricity generation from renewable sources, v22.0"
TOOL07 = "CDM TOOL07 Emission factor for an electricity system, v07.0"


@quantity(
    "tCO2e/MWh",
    en="Combined margin of the host grid",
    zh="东道国电网组合边际排放因子",
    source=f"{TOOL07}, section 6.6",
    inputs={
        "operating_margin": "tCO2e/MWh",
        "build_margin": "tCO2e/MWh",
        "om_weight": "1",
        "bm_weight": "1",
    },
    family=(*GRID, "fossil"),
    additive=False,
    example=(
        {"operating_margin": 0.5919, "build_margin": 0.2823, "om_weight": 0.75, "bm_weight": 0.25},
        0.5145,
    ),
)
def combined_margin(
    operating_margin: Any, build_margin: Any, om_weight: Any, bm_weight: Any
) -> Any:
    """Return the emissions that one unit of electricity fed into the grid displaces.

    The weights depend on the technology and the crediting period: wind and solar 0.75 and 0.25;
    other plants 0.50 and 0.50 in the first period, 0.25 and 0.75 later. The harmonised list of
    the financial institutions uses 1/3 and 2/3 for firm power. Pakistan in that list:

    >>> round(combined_margin(0.5919, 0.2823, 0.75, 0.25), 4)
    0.5145
    """
    return om_weight * operating_margin + bm_weight * build_margin


@quantity(
    "tCO2e/MWh",
    en="Combined margin of the host grid",
    zh="东道国电网组合边际排放因子",
    source=f"{TOOL07}, section 6.6",
    inputs={
        "operating_margin": "tCO2e/MWh",
        "build_margin": "tCO2e/MWh",
        "om_weight": "1",
        "bm_weight": "1",
    },
    family=CONSUMERS,
    name="combined_margin",
    level="internal",
    additive=False,
    example=(
        {"operating_margin": 0.5919, "build_margin": 0.2823, "om_weight": 0.5, "bm_weight": 0.5},
        0.4371,
    ),
)
def combined_margin_of_consumption(
    operating_margin: Any, build_margin: Any, om_weight: Any, bm_weight: Any
) -> Any:
    """Return the emissions of one unit of electricity taken from the grid, or left in it.

    >>> round(combined_margin_of_consumption(0.5919, 0.2823, 0.5, 0.5), 4)
    0.4371
    """
    return om_weight * operating_margin + bm_weight * build_margin


@quantity(
    "tCO2e/yr",
    en="Baseline emissions",
    zh="基准线排放量",
    source=f"{ACM0002}, section on baseline emissions (BE = EG x EF of the combined margin)",
    inputs={"net_generation": "MWh/yr", "combined_margin": "tCO2e/MWh"},
    family="electricity",
    where=GENERATING,
    example=({"net_generation": 3_200_000.0, "combined_margin": 0.3856}, 1_233_920.0),
)
def baseline_emissions(net_generation: Any, combined_margin: Any) -> Any:
    """Return what the grid would have emitted to deliver the same electricity.

    >>> round(baseline_emissions(3_200_000.0, 0.3856))
    1233920
    """
    return net_generation * combined_margin


@quantity(
    "tCO2e/yr",
    en="Project emissions",
    zh="项目排放量",
    source=f"{ACM0002}, section on project emissions",
    inputs={"net_generation": "MWh/yr", "operating_emission_factor": "tCO2e/MWh"},
    family="electricity",
    example=({"net_generation": 100_000.0, "operating_emission_factor": 0.09}, 9_000.0),
)
def project_emissions(net_generation: Any, operating_emission_factor: Any) -> Any:
    """Return what the plant itself emits in operation.

    Nothing for wind, photovoltaics, nuclear and tidal power; steam gases for geothermal power; the
    reservoir for hydropower (see :mod:`greensilk.methods.hydro`); auxiliary fuel for solar thermal
    power unless the project states it.

    >>> project_emissions(100_000.0, 0.09)
    9000.0
    """
    return net_generation * operating_emission_factor


@quantity(
    "tCO2e/yr",
    en="Project emissions",
    zh="项目排放量",
    source=f"{ACM0002}, section on project emissions (fossil fuel of solar thermal and geothermal)",
    inputs={"auxiliary_fuel": "GJ/yr", "auxiliary_fuel_factor": "tCO2e/GJ"},
    family="electricity",
    name="project_emissions",
    where={"technology": "csp"},
    rank=9,
    example=({"auxiliary_fuel": 50_000.0, "auxiliary_fuel_factor": 0.0561}, 2_805.0),
)
def project_emissions_with_fuel(auxiliary_fuel: Any, auxiliary_fuel_factor: Any) -> Any:
    """Return the emissions of the fuel that a solar thermal plant burns beside the sun.

    >>> round(project_emissions_with_fuel(50_000.0, 0.0561))
    2805
    """
    return auxiliary_fuel * auxiliary_fuel_factor


@quantity(
    "tCO2e/yr",
    en="Emission reductions",
    zh="减排量",
    source=f"{ACM0002}, section on emission reductions (ER = BE - PE - LE)",
    inputs={
        "baseline_emissions": "tCO2e/yr",
        "project_emissions": "tCO2e/yr",
        "leakage_emissions": "tCO2e/yr",
    },
    family="electricity",
    level="headline",
    example=(
        {
            "baseline_emissions": 1_233_920.0,
            "project_emissions": 0.0,
            "leakage_emissions": 0.0,
        },
        1_233_920.0,
    ),
)
def emission_reductions(
    baseline_emissions: Any, project_emissions: Any, leakage_emissions: Any
) -> Any:
    """Return the greenhouse gases avoided in a year; they may be negative.

    Where the host grid emits next to nothing the result is next to nothing, however much clean
    electricity is delivered; that is reported beside it (``net_generation``, ``people_served``).

    >>> emission_reductions(100.0, 9.0, 1.0)
    90.0
    """
    return baseline_emissions - project_emissions - leakage_emissions


@quantity(
    "tCO2e/MWh",
    en="Emission reductions per unit of electricity",
    zh="单位电量减排量",
    source="definition",
    inputs={"emission_reductions": "tCO2e/yr", "net_generation": "MWh/yr"},
    family="electricity",
    additive=False,
    verified=True,
    example=({"emission_reductions": 90.0, "net_generation": 200.0}, 0.45),
)
def reduction_intensity(emission_reductions: Any, net_generation: Any) -> Any:
    """Return the greenhouse gases avoided per unit of electricity delivered.

    >>> reduction_intensity(90.0, 200.0)
    0.45
    """
    return emission_reductions / net_generation


@quantity(
    "1",
    en="Host grid nearly free of emissions (1 = yes)",
    zh="东道国电网近零排放（1=是）",
    source="threshold of this library: see the table power_rules",
    inputs={"combined_margin": "tCO2e/MWh", "near_zero_threshold": "tCO2e/MWh"},
    family=GRID,
    additive=False,
    verified=True,
    example=({"combined_margin": 0.0001, "near_zero_threshold": 0.05}, 1.0),
)
def near_zero_grid(combined_margin: Any, near_zero_threshold: Any) -> Any:
    """Return 1 where the host grid emits so little that emission reductions say nothing.

    Such a project may still bring access to electricity or exports; look at the energy delivered.

    >>> float(near_zero_grid(0.0001, 0.05)), float(near_zero_grid(0.5, 0.05))
    (1.0, 0.0)
    """
    return np.where(combined_margin < near_zero_threshold, 1.0, 0.0)

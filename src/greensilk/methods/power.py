"""Grid electricity: generation, margins of the host grid, emissions displaced and avoided.

All formulas take scalars or arrays of one shape (or shapes that broadcast) and return the same.
Energies are per year. The order in which the net generation is looked for is: metered, stated by
the project, estimated by a third party, expected from capacity; each is a formula of its own.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from greensilk.quantity import quantity

__all__ = [
    "baseline_emissions",
    "capacity_factor_from_hours",
    "combined_margin",
    "combined_margin_of_consumption",
    "emission_reductions",
    "expected_generation",
    "implied_capacity_factor",
    "near_zero_grid",
    "net_generation_estimated",
    "net_generation_expected",
    "net_generation_measured",
    "net_generation_stated",
    "project_emissions",
    "project_emissions_with_fuel",
    "reduction_intensity",
]

GRID = ("electricity", "waste_energy")
PLANTS = ("electricity", "waste_energy", "fossil", "offgrid")
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
    "1",
    en="Capacity factor",
    zh="容量系数",
    source="definition: full-load hours over the hours of a year",
    inputs={"full_load_hours": "h/yr", "hours_per_year": "h/yr"},
    family=PLANTS,
    name="capacity_factor",
    level="internal",
    additive=False,
    example=({"full_load_hours": 2190.0, "hours_per_year": 8760.0}, 0.25),
)
def capacity_factor_from_hours(full_load_hours: Any, hours_per_year: Any) -> Any:
    """Return the capacity factor that stated full-load hours imply.

    >>> capacity_factor_from_hours(2190.0, 8760.0)
    0.25
    """
    return full_load_hours / hours_per_year


@quantity(
    "MWh/yr",
    en="Expected generation from capacity",
    zh="按装机容量估算的年发电量",
    source="definition of the capacity factor (IEC 61400-26, IRENA)",
    inputs={"capacity": "MW", "hours_per_year": "h/yr", "capacity_factor": "1"},
    family=PLANTS,
    verified=True,
    example=(
        {"capacity": 720.0, "hours_per_year": 8760.0, "capacity_factor": 0.507},
        3_197_750.4,
    ),
)
def expected_generation(capacity: Any, hours_per_year: Any, capacity_factor: Any) -> Any:
    """Return the generation of an ordinary year expected from the capacity.

    It never looks at the generation the project states, so that the two can be compared.

    >>> round(expected_generation(720.0, 8760.0, 0.507))
    3197750
    """
    return capacity * hours_per_year * capacity_factor


@quantity(
    "MWh/yr",
    en="Net generation",
    zh="上网电量",
    source="metered generation of the project, taken as delivered",
    inputs={"measured_generation": "MWh/yr"},
    family=PLANTS,
    name="net_generation",
    level="headline",
    rank=6,
    verified=True,
    example=({"measured_generation": 3_200_000.0}, 3_200_000.0),
)
def net_generation_measured(measured_generation: Any) -> Any:
    """Return the metered generation as the electricity delivered.

    >>> net_generation_measured(1.5)
    1.5
    """
    return measured_generation


@quantity(
    "MWh/yr",
    en="Net generation",
    zh="上网电量",
    source="generation of an ordinary year as stated, taken as delivered",
    inputs={"annual_generation": "MWh/yr"},
    family=PLANTS,
    name="net_generation",
    level="headline",
    rank=7,
    verified=True,
    example=({"annual_generation": 3_200_000.0}, 3_200_000.0),
)
def net_generation_stated(annual_generation: Any) -> Any:
    """Return the stated generation as the electricity delivered.

    Projects state the output they sell; where a document says gross output, give the own use
    as well and enter the net figure.

    >>> net_generation_stated(2.0)
    2.0
    """
    return annual_generation


@quantity(
    "MWh/yr",
    en="Net generation",
    zh="上网电量",
    source="estimate of a third party, taken as delivered",
    inputs={"estimated_generation": "MWh/yr"},
    family=PLANTS,
    name="net_generation",
    level="headline",
    rank=8,
    example=({"estimated_generation": 18_430.0}, 18_430.0),
)
def net_generation_estimated(estimated_generation: Any) -> Any:
    """Return a third party's estimate of generation as the electricity delivered.

    >>> net_generation_estimated(3.0)
    3.0
    """
    return estimated_generation


@quantity(
    "MWh/yr",
    en="Net generation",
    zh="上网电量",
    source="expected generation less the plant's own use",
    inputs={"expected_generation": "MWh/yr", "auxiliary_share": "1"},
    family=PLANTS,
    name="net_generation",
    level="headline",
    verified=True,
    example=({"expected_generation": 1000.0, "auxiliary_share": 0.06}, 940.0),
)
def net_generation_expected(expected_generation: Any, auxiliary_share: Any) -> Any:
    """Return the expected generation less the share the plant uses itself.

    >>> net_generation_expected(1000.0, 0.06)
    940.0
    """
    return expected_generation * (1.0 - auxiliary_share)


@quantity(
    "1",
    en="Capacity factor implied by the generation",
    zh="由发电量反推的容量系数",
    source="definition of the capacity factor",
    inputs={"net_generation": "MWh/yr", "capacity": "MW", "hours_per_year": "h/yr"},
    family=PLANTS,
    additive=False,
    verified=True,
    example=(
        {"net_generation": 3_200_000.0, "capacity": 720.0, "hours_per_year": 8760.0},
        0.507356672,
    ),
)
def implied_capacity_factor(net_generation: Any, capacity: Any, hours_per_year: Any) -> Any:
    """Return the share of the rated output that the generation amounts to; above 1 is impossible.

    >>> round(implied_capacity_factor(3_200_000.0, 720.0, 8760.0), 3)
    0.507
    """
    return net_generation / (capacity * hours_per_year)


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

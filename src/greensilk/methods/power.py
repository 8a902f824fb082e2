"""Grid electricity: margins of the host grid, emissions displaced, caused and avoided.

All formulas take scalars or arrays of one shape (or shapes that broadcast) and return the same.
Energies are per year.
"""

from __future__ import annotations

import numpy as np

from greensilk.core.quantity import Value, quantity

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


@quantity("{tool07}, section 6.6", family=(*GRID, "fossil", *CONSUMERS))
def combined_margin(
    operating_margin: Value, build_margin: Value, om_weight: Value, bm_weight: Value
) -> Value:
    """Return the emissions of one unit of electricity fed into the grid, or taken from it.

    The weights depend on the technology and the crediting period: wind and solar 0.75 and 0.25;
    other plants 0.50 and 0.50 in the first period, 0.25 and 0.75 later. The harmonised list of
    the financial institutions uses 1/3 and 2/3 for firm power. Pakistan in that list:

    >>> round(combined_margin(0.5919, 0.2823, 0.75, 0.25), 4)
    0.5145
    """
    return om_weight * operating_margin + bm_weight * build_margin


@quantity(
    "{acm0002}, section on baseline emissions (BE = EG x EF of the combined margin)",
    family="electricity",
    where=GENERATING,
)
def baseline_emissions(net_generation: Value, combined_margin: Value) -> Value:
    """Return what the grid would have emitted to deliver the same electricity.

    >>> round(baseline_emissions(3_200_000.0, 0.3856))
    1233920
    """
    return net_generation * combined_margin


@quantity(
    {
        "electricity": "{acm0002}, section on project emissions",
        "offgrid": "CDM AMS-I.F: back-up fuel, none for solar systems with batteries",
    }
)
def project_emissions(net_generation: Value, operating_emission_factor: Value) -> Value:
    """Return what the plant itself emits in operation.

    Nothing for wind, photovoltaics, nuclear and tidal power; steam gases for geothermal power; the
    reservoir for hydropower (see :mod:`greensilk.methods.hydro`); auxiliary fuel for solar thermal
    power unless the project states it; the back-up generator of a mini-grid.

    >>> project_emissions(100_000.0, 0.09)
    9000.0
    """
    return net_generation * operating_emission_factor


@quantity(
    "{acm0002}, section on project emissions (fossil fuel of solar thermal and geothermal)",
    family="electricity",
    name="project_emissions",
    where={"technology": "csp"},
    rank=9,
)
def project_emissions_with_fuel(auxiliary_fuel: Value, auxiliary_fuel_factor: Value) -> Value:
    """Return the emissions of the fuel that a solar thermal plant burns beside the sun.

    >>> round(project_emissions_with_fuel(50_000.0, 0.0561))
    2805
    """
    return auxiliary_fuel * auxiliary_fuel_factor


@quantity("definition", family="electricity", verified=True)
def reduction_intensity(emission_reductions: Value, net_generation: Value) -> Value:
    """Return the greenhouse gases avoided per unit of electricity delivered.

    >>> reduction_intensity(90.0, 200.0)
    0.45
    """
    return emission_reductions / net_generation


@quantity(
    "threshold of this library: see the table power_rules", family=(*GRID, "fleet"), verified=True
)
def near_zero_grid(combined_margin: Value, near_zero_threshold: Value) -> Value:
    """Return 1 where the host grid emits so little that emission reductions say nothing.

    Such a project may still bring access to electricity or exports; look at the energy
    delivered. What counts for an electric fleet on such a grid is the fuel displaced.

    >>> float(near_zero_grid(0.0001, 0.05))
    1.0
    >>> float(near_zero_grid(0.5, 0.05))
    0.0
    """
    return np.where(combined_margin < near_zero_threshold, 1.0, 0.0)


@quantity(
    {
        "fleet": "{ams3c}, project emissions (N x D x SEC x EF / (1 - TDL))",
        "lighting": "{ams2l}, project emissions",
    },
    name="project_emissions",
)
def project_emissions_of_consumption(
    electricity_use: Value, combined_margin: Value, transmission_loss: Value
) -> Value:
    """Return the emissions of the power plants that charge a fleet or light the lamps.

    >>> round(project_emissions_of_consumption(9_000.0, 0.3, 0.1), 6)
    3000.0
    """
    return electricity_use / (1.0 - transmission_loss) * combined_margin

"""Street lighting: emissions of the lamps displaced and of the new ones.

What a lamp displaces is a choice that decides the result. Without a statement it is a lamp on the
host grid that gives the same light; ``baseline_fuel`` = diesel: the same lamp on a diesel grid;
``baseline_fuel`` = kerosene: a fuel lamp, as the minimum service of CDM AMS-III.AR. Making lamps,
panels and batteries is not counted.
"""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity

__all__ = [
    "baseline_emissions_of_fuel_lamps",
    "baseline_emissions_of_lamps",
    "lifetime_emission_reductions",
    "project_emissions",
    "supply_factor_of_diesel",
    "supply_factor_of_grid",
]

AMS2L = "CDM AMS-II.L Efficient outdoor and street lighting technologies, v02.0"
AMS3AR = "CDM AMS-III.AR Substituting fossil fuel based lighting, v05.0"
ELECTRIC_BASELINES = ("", "electricity", "diesel")


@quantity(
    "tCO2e/MWh",
    name="lighting_supply_factor",
    family="lighting",
    en="Emissions per unit of electricity at the lamp",
    zh="灯端用电排放因子",
    source=f"{AMS2L}, grid factor over one minus the losses",
    inputs={"combined_margin": "tCO2e/MWh", "transmission_loss": "1"},
    where={"baseline_fuel": ("", "electricity")},
    level="internal",
    additive=False,
    example=({"combined_margin": 0.54, "transmission_loss": 0.1}, 0.6),
)
def supply_factor_of_grid(combined_margin: Any, transmission_loss: Any) -> Any:
    """Return the emissions behind electricity from the host grid, at the lamp.

    >>> round(supply_factor_of_grid(0.54, 0.1), 6)
    0.6
    """
    return combined_margin / (1.0 - transmission_loss)


@quantity(
    "tCO2e/MWh",
    name="lighting_supply_factor",
    family="lighting",
    en="Emissions per unit of electricity at the lamp",
    zh="灯端用电排放因子",
    source="CDM AMS-I.F, default factors of diesel generators in mini-grids",
    inputs={"diesel_supply_factor": "tCO2e/MWh"},
    where={"baseline_fuel": "diesel"},
    level="internal",
    additive=False,
    example=({"diesel_supply_factor": 1.0}, 1.0),
)
def supply_factor_of_diesel(diesel_supply_factor: Any) -> Any:
    """Return the emissions behind electricity from a diesel mini-grid.

    >>> supply_factor_of_diesel(1.0)
    1.0
    """
    return diesel_supply_factor


@quantity(
    "tCO2e/yr",
    name="baseline_emissions",
    family="lighting",
    en="Baseline emissions",
    zh="基准线排放量",
    source=f"{AMS2L}, baseline emissions",
    inputs={
        "baseline_lighting_electricity": "MWh/yr",
        "lighting_supply_factor": "tCO2e/MWh",
    },
    where={"baseline_fuel": ELECTRIC_BASELINES},
    example=({"baseline_lighting_electricity": 836.0, "lighting_supply_factor": 0.6}, 501.6),
)
def baseline_emissions_of_lamps(
    baseline_lighting_electricity: Any, lighting_supply_factor: Any
) -> Any:
    """Return what the electric lamps displaced would have emitted in the year.

    >>> round(baseline_emissions_of_lamps(836.0, 0.6), 6)
    501.6
    """
    return baseline_lighting_electricity * lighting_supply_factor


@quantity(
    "tCO2e/yr",
    name="baseline_emissions",
    family="lighting",
    en="Baseline emissions",
    zh="基准线排放量",
    source=f"{AMS3AR}, default emissions of one fuel lamp (minimum service)",
    inputs={
        "lamp_count": "lamp",
        "kerosene_lamp_emissions": "tCO2e/yr/lamp",
        "outage_share": "1",
    },
    where={"baseline_fuel": "kerosene"},
    example=(
        {
            "lamp_count": 1_000.0,
            "kerosene_lamp_emissions": 0.092,
            "outage_share": 0.0,
        },
        92.0,
    ),
)
def baseline_emissions_of_fuel_lamps(
    lamp_count: Any, kerosene_lamp_emissions: Any, outage_share: Any
) -> Any:
    """Return what kerosene lamps would have emitted, one for each lamp that works.

    >>> baseline_emissions_of_fuel_lamps(1_000.0, 0.092, 0.0)
    92.0
    """
    return lamp_count * (1.0 - outage_share) * kerosene_lamp_emissions


@quantity(
    "tCO2e/yr",
    name="project_emissions",
    family="lighting",
    en="Project emissions",
    zh="项目排放量",
    source=f"{AMS2L}, project emissions",
    inputs={
        "electricity_use": "MWh/yr",
        "combined_margin": "tCO2e/MWh",
        "transmission_loss": "1",
    },
    example=(
        {"electricity_use": 320.0, "combined_margin": 0.54, "transmission_loss": 0.1},
        192.0,
    ),
)
def project_emissions(electricity_use: Any, combined_margin: Any, transmission_loss: Any) -> Any:
    """Return the emissions behind the electricity of the new lamps; none for solar lamps.

    >>> round(project_emissions(320.0, 0.54, 0.1), 6)
    192.0
    """
    return electricity_use / (1.0 - transmission_loss) * combined_margin


@quantity(
    "tCO2e",
    family="lighting",
    en="Emission reductions over the lifetime",
    zh="全寿命期减排量",
    source="definition: yearly reductions times lifetime, grid held as it is",
    inputs={"emission_reductions": "tCO2e/yr", "lifetime": "yr"},
    example=({"emission_reductions": 500.0, "lifetime": 8.0}, 4_000.0),
)
def lifetime_emission_reductions(emission_reductions: Any, lifetime: Any) -> Any:
    """Return the greenhouse gases avoided while the lamps last.

    >>> lifetime_emission_reductions(500.0, 8.0)
    4000.0
    """
    return emission_reductions * lifetime

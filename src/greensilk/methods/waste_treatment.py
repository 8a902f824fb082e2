"""Waste kept out of landfills: the account of composting, digestion and recycling projects."""

from __future__ import annotations

from greensilk.core.quantity import Value, quantity


@quantity(
    "CDM TOOL05 v3.0, scenario A; IFI TWG harmonised approach: energy efficiency and "
    "consumption take the weights of firm power",
    family=("waste", "wastewater", "industry"),
)
def consumption_emission_factor(
    operating_margin: Value,
    build_margin: Value,
    consumption_om_weight: Value,
    consumption_bm_weight: Value,
    transmission_loss: Value,
) -> Value:
    """Emissions of the host grid per unit that reaches the user, losses on the way included.

    >>> round(consumption_emission_factor(0.9, 0.3, 0.3333333333333333, 0.6666666666666666,
    ...     0.1), 6)
    0.555556
    """
    return (consumption_om_weight * operating_margin + consumption_bm_weight * build_margin) / (
        1.0 - transmission_loss
    )


@quantity("{acm0022}, section 5.5.1 (methane of the landfill avoided)", family="waste")
def baseline_emissions(landfill_methane: Value, gwp_methane: Value) -> Value:
    """What the landfill would have released without the project.

    >>> baseline_emissions(2_000.0, 27.0)
    54000.0
    """
    return landfill_methane * gwp_methane


@quantity("{ipcc2006} vol. 5 ch. 4, equations 4.1 and 4.2", family="waste")
def treatment_emissions(
    waste_mass: Value,
    treatment_methane_factor: Value,
    treatment_nitrous_oxide_factor: Value,
    gwp_methane: Value,
    gwp_nitrous_oxide: Value,
) -> Value:
    """Methane and nitrous oxide that composting or digestion itself gives off.

    >>> treatment_emissions(100_000.0, 0.004, 0.00024, 27.0, 273.0)
    17352.0
    """
    return waste_mass * (
        treatment_methane_factor * gwp_methane + treatment_nitrous_oxide_factor * gwp_nitrous_oxide
    )


@quantity(
    "{acm0022}, project emissions from electricity consumption",
    family="waste",
    name="electricity_use",
)
def electricity_use_of_treatment(waste_mass: Value, electricity_per_tonne: Value) -> Value:
    """Electricity the treatment takes from the grid.

    >>> electricity_use_of_treatment(100_000.0, 0.03)
    3000.0
    """
    return waste_mass * electricity_per_tonne


@quantity("{acm0022}, section 5.6", family="waste")
def project_emissions(
    treatment_emissions: Value, electricity_use: Value, consumption_emission_factor: Value
) -> Value:
    """What treating the waste releases, with the electricity it uses.

    >>> project_emissions(17_352.0, 3_000.0, 0.5)
    18852.0
    """
    return treatment_emissions + electricity_use * consumption_emission_factor


@quantity("{acm0022}, summed over the lifetime", family="waste")
def lifetime_emission_reductions(
    lifetime_landfill_methane: Value,
    gwp_methane: Value,
    project_emissions: Value,
    leakage_emissions: Value,
    lifetime: Value,
) -> Value:
    """Reductions summed over the lifetime; the landfill's methane grows year by year.

    >>> lifetime_emission_reductions(70_000.0, 27.0, 18_852.0, 0.0, 25.0)
    1418700.0
    """
    return (
        lifetime_landfill_methane * gwp_methane - (project_emissions + leakage_emissions) * lifetime
    )

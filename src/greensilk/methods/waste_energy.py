"""Waste burnt for energy: fossil carbon released, power sold, landfill methane avoided.

Burning releases at once the carbon of plastics, rubber and synthetic textiles; carbon of food, wood
and paper is biogenic and not counted. The baseline is the methane the landfill would have released
(:mod:`greensilk.methods.waste`) and the electricity of the grid. Tonnage and electricity are
inferred from each other where a project gives only one of them.
"""

from __future__ import annotations

from greensilk.core.quantity import Value, quantity

IPCC5 = "{ipcc2006} vol. 5 ch. 5"


@quantity(
    f"{IPCC5}, equation 5.2 (sum over kinds of waste of WF x dm x CF x FCF)", family="waste_energy"
)
def incineration_fossil_carbon(
    share_paper: Value,
    share_textile: Value,
    share_nappies: Value,
    share_plastics: Value,
    share_rubber: Value,
    share_inert: Value,
    composition_total: Value,
    fossil_carbon_paper: Value,
    fossil_carbon_textile: Value,
    fossil_carbon_nappies: Value,
    fossil_carbon_plastics: Value,
    fossil_carbon_rubber: Value,
    fossil_carbon_inert: Value,
) -> Value:
    """Tonnes of fossil carbon per tonne of wet waste; plastics hold nearly all of it.

    >>> incineration_fossil_carbon(0.1, 0.03, 0.02, 0.12, 0.01, 0.15, 1.0, 0.00414, 0.08, 0.028,
    ...     0.75, 0.11256, 0.0)
    0.0944996
    """
    return (
        share_paper * fossil_carbon_paper
        + share_textile * fossil_carbon_textile
        + share_nappies * fossil_carbon_nappies
        + share_plastics * fossil_carbon_plastics
        + share_rubber * fossil_carbon_rubber
        + share_inert * fossil_carbon_inert
    ) / composition_total


@quantity(f"{IPCC5}, equation 5.1", family="waste_energy")
def incineration_carbon_dioxide(
    waste_mass: Value,
    incineration_fossil_carbon: Value,
    incineration_oxidation: Value,
    carbon_dioxide_per_carbon: Value,
) -> Value:
    """Carbon dioxide of fossil origin that the stack releases.

    >>> round(incineration_carbon_dioxide(133_200.0, 0.0945, 1.0, 3.6666666666666665), 1)
    46153.8
    """
    return (
        waste_mass * incineration_fossil_carbon * incineration_oxidation * carbon_dioxide_per_carbon
    )


@quantity(f"{IPCC5}, equations 5.4 and 5.5", family="waste_energy")
def incineration_other_gases(
    waste_mass: Value,
    incineration_methane_factor: Value,
    incineration_nitrous_oxide_factor: Value,
    gwp_methane: Value,
    gwp_nitrous_oxide: Value,
) -> Value:
    """Methane and nitrous oxide in the flue gas.

    >>> round(incineration_other_gases(133_200.0, 0.0000002, 0.00005, 27.0, 273.0), 1)
    1818.9
    """
    return waste_mass * (
        incineration_methane_factor * gwp_methane
        + incineration_nitrous_oxide_factor * gwp_nitrous_oxide
    )


@quantity("{acm0022}, section 5.6 (combustion within the project boundary)", family="waste_energy")
def project_emissions(
    incineration_carbon_dioxide: Value,
    incineration_other_gases: Value,
    waste_mass: Value,
    start_up_fuel_factor: Value,
) -> Value:
    """What the plant releases: fossil carbon, methane, nitrous oxide and start-up fuel.

    >>> project_emissions(46153.8, 1818.9, 133_200.0, 0.003)
    48372.3
    """
    return (
        incineration_carbon_dioxide + incineration_other_gases + waste_mass * start_up_fuel_factor
    )


@quantity("definition: project emissions divided by electricity exported", family="waste_energy")
def incineration_intensity(project_emissions: Value, net_generation: Value) -> Value:
    """The plant seen as a power station: often dirtier than the grid, before avoided methane.

    >>> round(incineration_intensity(48_000.0, 53_280.0), 4)
    0.9009
    """
    return project_emissions / net_generation


@quantity("definition: waste burnt less ash and slag", family="waste_energy")
def landfill_mass_avoided(waste_mass: Value, residue_share: Value) -> Value:
    """Mass that no longer needs a landfill.

    >>> landfill_mass_avoided(133_200.0, 0.2)
    106560.0
    """
    return waste_mass * (1.0 - residue_share)


@quantity(
    "definition: electricity exported divided by electricity per tonne of waste",
    family="waste_energy",
    name="waste_mass",
    rank=14,
)
def waste_mass_of_generation(annual_generation: Value, power_per_tonne: Value) -> Value:
    """Waste burnt, inferred from the electricity stated when the tonnage is not.

    >>> waste_mass_of_generation(60_000.0, 0.4)
    150000.0
    """
    return annual_generation / power_per_tonne


@quantity(
    "definition: electricity expected of the turbine less own use, over that per tonne",
    family="waste_energy",
    name="waste_mass",
    rank=15,
)
def waste_mass_of_capacity(
    capacity: Value,
    hours_per_year: Value,
    capacity_factor: Value,
    auxiliary_share: Value,
    power_per_tonne: Value,
) -> Value:
    """Waste burnt, inferred from the size of the turbine when nothing else is known.

    >>> waste_mass_of_capacity(7.5, 8_760.0, 0.7, 0.2, 0.4)
    91980.0
    """
    return capacity * hours_per_year * capacity_factor * (1.0 - auxiliary_share) / power_per_tonne


@quantity(
    "definition: waste burnt times electricity exported per tonne",
    family="waste_energy",
    name="net_generation",
    rank=15,
)
def net_generation_of_waste(waste_mass: Value, power_per_tonne: Value) -> Value:
    """Electricity exported, when neither generation nor capacity is given.

    >>> net_generation_of_waste(133_200.0, 0.4)
    53280.0
    """
    return waste_mass * power_per_tonne


@quantity(
    "{acm0022}, section 5.5 (electricity generation in the baseline); CDM TOOL07",
    family="waste_energy",
)
def displaced_grid_emissions(net_generation: Value, combined_margin: Value) -> Value:
    """What the grid would have released for the electricity the plant exports.

    >>> displaced_grid_emissions(53_280.0, 0.5)
    26640.0
    """
    return net_generation * combined_margin


@quantity("{acm0022}, section 5.5", family="waste_energy")
def baseline_emissions(
    landfill_methane: Value, gwp_methane: Value, displaced_grid_emissions: Value
) -> Value:
    """Methane of the landfill avoided and the grid electricity displaced.

    >>> baseline_emissions(2_000.0, 27.0, 26_640.0)
    80640.0
    """
    return landfill_methane * gwp_methane + displaced_grid_emissions


@quantity("{acm0022}, summed over the lifetime", family="waste_energy")
def lifetime_emission_reductions(
    lifetime_landfill_methane: Value,
    gwp_methane: Value,
    displaced_grid_emissions: Value,
    project_emissions: Value,
    leakage_emissions: Value,
    lifetime: Value,
) -> Value:
    """Reductions summed over the lifetime; the landfill's methane grows year by year.

    >>> lifetime_emission_reductions(70_000.0, 27.0, 26_640.0, 48_000.0, 0.0, 25.0)
    1356000.0
    """
    return (
        lifetime_landfill_methane * gwp_methane
        + (displaced_grid_emissions - project_emissions - leakage_emissions) * lifetime
    )

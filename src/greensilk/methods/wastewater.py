"""Wastewater treatment: amounts, pollution removed, greenhouse gases with and without the plant.

Masses are in tonnes a year, concentrations in t/m3 (1 g/L is 0.001 t/m3). Treatment is not first of
all a climate measure: where sewage ran into a river before, a plant can raise emissions through its
electricity, nitrogen removal and sludge, and the result says so with a negative reduction.
"""

from __future__ import annotations

import numpy as np

from greensilk.core.quantity import Value, quantity

BALANCE = "definition: volume times the fall of concentration"
IPCC6 = "{ipcc2019} vol. 5 ch. 6"


@quantity(
    "{ipcc2006} vol. 5 ch. 6, section 6.2.2.3 (COD 2.4 times BOD)",
    family="wastewater",
    name="influent_bod",
)
def influent_bod_of_cod(influent_cod: Value, cod_bod_ratio: Value) -> Value:
    """Five-day biochemical oxygen demand, inferred from the chemical one.

    >>> influent_bod_of_cod(0.0005, 2.0)
    0.00025
    """
    return influent_cod / cod_bod_ratio


@quantity(BALANCE, family="wastewater", verified=True)
def cod_removed(wastewater_volume: Value, influent_cod: Value, effluent_cod: Value) -> Value:
    """Chemical oxygen demand kept out of the water a year.

    >>> cod_removed(73_000_000.0, 0.0005, 0.00005)
    32850.0
    """
    return wastewater_volume * (influent_cod - effluent_cod)


@quantity(BALANCE, family="wastewater", verified=True)
def bod_removed(wastewater_volume: Value, influent_bod: Value, effluent_bod: Value) -> Value:
    """Biochemical oxygen demand kept out of the water a year.

    >>> bod_removed(73_000_000.0, 0.00025, 0.00001)
    17520.0
    """
    return wastewater_volume * (influent_bod - effluent_bod)


@quantity(BALANCE, family="wastewater", verified=True)
def nitrogen_removed(
    wastewater_volume: Value, influent_nitrogen: Value, effluent_nitrogen: Value
) -> Value:
    """Total nitrogen kept out of the water a year.

    >>> round(nitrogen_removed(73_000_000.0, 0.00004, 0.000015))
    1825
    """
    return wastewater_volume * (influent_nitrogen - effluent_nitrogen)


@quantity(BALANCE, family="wastewater", verified=True)
def phosphorus_removed(
    wastewater_volume: Value, influent_phosphorus: Value, effluent_phosphorus: Value
) -> Value:
    """Total phosphorus kept out of the water a year.

    >>> phosphorus_removed(73_000_000.0, 0.000006, 0.0000005)
    401.5
    """
    return wastewater_volume * (influent_phosphorus - effluent_phosphorus)


@quantity("definition: 1 less effluent over influent", family="wastewater", verified=True)
def cod_removal_share(influent_cod: Value, effluent_cod: Value) -> Value:
    """Share of the chemical oxygen demand that the plant takes out.

    >>> cod_removal_share(0.0005, 0.00005)
    0.9
    """
    return 1.0 - effluent_cod / influent_cod


@quantity("{ipcc2019} vol. 5 ch. 6, equation 6.3 (TOW)", family="wastewater")
def bod_load(wastewater_volume: Value, influent_bod: Value) -> Value:
    """Organic load that arrives in a year.

    >>> bod_load(73_000_000.0, 0.00025)
    18250.0
    """
    return wastewater_volume * influent_bod


@quantity("definition: BOD removed times yield of dry solids", family="wastewater")
def sludge_mass(bod_removed: Value, sludge_yield: Value) -> Value:
    """Dry solids of the sludge that must be disposed of in a year.

    >>> sludge_mass(17_520.0, 0.9)
    15768.0
    """
    return bod_removed * sludge_yield


@quantity("{ipcc2019} vol. 5 ch. 6, equation 6.3B (S = sludge mass x Krem)", family="wastewater")
def sludge_bod(sludge_mass: Value, bod_per_sludge: Value, bod_removed: Value) -> Value:
    """Organic load that leaves with the sludge, at most what the plant removes.

    >>> round(float(sludge_bod(15_768.0, 0.8, 17_520.0)), 1)
    12614.4
    """
    return np.minimum(sludge_mass * bod_per_sludge, bod_removed)


@quantity(f"{IPCC6}, equations 6.1 and 6.2", family="wastewater")
def wastewater_methane_baseline(
    bod_load: Value, methane_capacity: Value, methane_correction_baseline: Value
) -> Value:
    """Methane of the sewage where it went before: a river, a lagoon, a septic tank.

    >>> wastewater_methane_baseline(18_250.0, 0.6, 0.11)
    1204.5
    """
    return bod_load * methane_capacity * methane_correction_baseline


@quantity(
    f"{IPCC6}, equations 6.1 to 6.3 (treatment less sludge, and discharge)", family="wastewater"
)
def wastewater_methane_project(
    wastewater_volume: Value,
    bod_load: Value,
    sludge_bod: Value,
    effluent_bod: Value,
    methane_capacity: Value,
    methane_correction_treatment: Value,
    methane_correction_discharge: Value,
    methane_recovered: Value,
) -> Value:
    """Methane of the treatment itself and of what the effluent still carries.

    >>> wastewater_methane_project(73_000_000.0, 18_250.0, 12614.4, 0.00001, 0.6, 0.03, 0.11, 0.0)
    149.6208
    """
    return (
        (bod_load - sludge_bod) * methane_capacity * methane_correction_treatment
        + wastewater_volume * effluent_bod * methane_capacity * methane_correction_discharge
        - methane_recovered
    )


@quantity(f"{IPCC6}, equation 6.7", family="wastewater")
def wastewater_nitrous_oxide_baseline(
    wastewater_volume: Value, influent_nitrogen: Value, nitrous_oxide_factor_baseline: Value
) -> Value:
    """Nitrous oxide of the nitrogen discharged untreated; 44/28 turns N into N2O.

    >>> round(wastewater_nitrous_oxide_baseline(73_000_000.0, 0.00004, 0.005), 5)
    22.94286
    """
    return wastewater_volume * influent_nitrogen * nitrous_oxide_factor_baseline * (44.0 / 28.0)


@quantity(f"{IPCC6}, equations 6.7 and 6.9", family="wastewater")
def wastewater_nitrous_oxide_project(
    wastewater_volume: Value,
    influent_nitrogen: Value,
    effluent_nitrogen: Value,
    nitrous_oxide_factor_treatment: Value,
    nitrous_oxide_factor_discharge: Value,
) -> Value:
    """Nitrous oxide of nitrification in the plant and of the nitrogen left in the effluent.

    >>> round(wastewater_nitrous_oxide_project(73_000_000.0, 0.00004, 0.000015, 0.016, 0.005), 4)
    82.0207
    """
    return (
        wastewater_volume
        * (
            influent_nitrogen * nitrous_oxide_factor_treatment
            + effluent_nitrogen * nitrous_oxide_factor_discharge
        )
        * (44.0 / 28.0)
    )


@quantity(
    "definition: volume times electricity per cubic metre",
    family="wastewater",
    name="electricity_use",
)
def electricity_use_of_volume(wastewater_volume: Value, electricity_per_volume: Value) -> Value:
    """Electricity for pumping and aeration.

    >>> electricity_use_of_volume(73_000_000.0, 0.0004)
    29200.0
    """
    return wastewater_volume * electricity_per_volume


@quantity(
    "{ipcc2006} vol. 5 ch. 3 to 5 by way of disposal, per tonne of dry solids",
    family="wastewater",
)
def sludge_emissions(sludge_mass: Value, sludge_emission_factor: Value) -> Value:
    """Greenhouse gases of the sludge where it ends.

    >>> sludge_emissions(15_768.0, 0.5)
    7884.0
    """
    return sludge_mass * sludge_emission_factor


@quantity(
    f"{IPCC6}, methane and nitrous oxide of the pathway before the project", family="wastewater"
)
def baseline_emissions(
    wastewater_methane_baseline: Value,
    gwp_methane: Value,
    wastewater_nitrous_oxide_baseline: Value,
    gwp_nitrous_oxide: Value,
) -> Value:
    """What the sewage would have released without the plant.

    >>> round(baseline_emissions(1204.5, 27.0, 22.942857, 273.0), 1)
    38784.9
    """
    return (
        wastewater_methane_baseline * gwp_methane
        + wastewater_nitrous_oxide_baseline * gwp_nitrous_oxide
    )


@quantity(
    f"{IPCC6}; CDM AMS-III.H (electricity and sludge in the project boundary)", family="wastewater"
)
def project_emissions(
    wastewater_methane_project: Value,
    gwp_methane: Value,
    wastewater_nitrous_oxide_project: Value,
    gwp_nitrous_oxide: Value,
    electricity_use: Value,
    consumption_emission_factor: Value,
    sludge_emissions: Value,
) -> Value:
    """What the plant releases, with its electricity and its sludge.

    >>> round(project_emissions(149.6208, 27.0, 82.0207, 273.0, 29_200.0, 0.5, 7_884.0), 1)
    48915.4
    """
    return (
        wastewater_methane_project * gwp_methane
        + wastewater_nitrous_oxide_project * gwp_nitrous_oxide
        + electricity_use * consumption_emission_factor
        + sludge_emissions
    )


@quantity(
    "definition: design capacity times days times use of capacity",
    family="wastewater",
    name="wastewater_volume",
    verified=True,
)
def wastewater_volume_of_capacity(
    wastewater_capacity: Value, operating_days: Value, wastewater_load_factor: Value
) -> Value:
    """Wastewater treated in a year by a plant of the given daily capacity.

    >>> round(wastewater_volume_of_capacity(250_000.0, 365.0, 0.8))
    73000000
    """
    return wastewater_capacity * operating_days * wastewater_load_factor


@quantity(
    "definition: people served times wastewater per person",
    family="wastewater",
    name="wastewater_volume",
    rank=12,
)
def wastewater_volume_of_people(population_served: Value, wastewater_per_person: Value) -> Value:
    """Wastewater treated in a year, from the people served.

    >>> round(wastewater_volume_of_people(5_000_000.0, 40.0))
    200000000
    """
    return population_served * wastewater_per_person


@quantity(
    "Council Directive 91/271/EEC, article 2(6); {ipcc2006} vol. 5, table 6.4",
    family="wastewater",
)
def population_equivalent(bod_load: Value, bod_per_person: Value) -> Value:
    """People whose organic load is that of the plant.

    >>> round(population_equivalent(18_250.0, 0.0219))
    833333
    """
    return bod_load / bod_per_person


@quantity(
    "definition: wastewater treated divided by wastewater per person",
    family="wastewater",
    name="people_served",
)
def people_of_volume(wastewater_volume: Value, wastewater_per_person: Value) -> Value:
    """People whose sewage the plant can take.

    >>> people_of_volume(200_000_000.0, 40.0)
    5000000.0
    """
    return wastewater_volume / wastewater_per_person

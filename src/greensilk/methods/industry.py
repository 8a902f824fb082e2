"""Industrial retrofits: before and after, per tonne of product or in all.

Reductions at constant output: what more output adds is not part of a retrofit's effect. The
emission account is taken from emission intensities where both are known, else from the energy
saved. Energy, water and pollutants are compared in the same way.
"""

from __future__ import annotations

from greensilk.core.quantity import Value, quantity

CUT = "definition: 1 less after over before"
SAVING = "definition: output times the fall of consumption per tonne"


@quantity("{ams2d}: project output at the intensity before", family="industry")
def baseline_emissions(product_output: Value, baseline_emission_intensity: Value) -> Value:
    """What the present output would have released before the retrofit.

    >>> round(baseline_emissions(100_000.0, 2.3))
    230000
    """
    return product_output * baseline_emission_intensity


@quantity("{ams2d}: project output at the intensity after", family="industry")
def project_emissions(product_output: Value, project_emission_intensity: Value) -> Value:
    """What the output releases after the retrofit.

    >>> project_emissions(100_000.0, 1.9)
    190000.0
    """
    return product_output * project_emission_intensity


@quantity(
    "{ams2d}: fuel and electricity saved times their emission factors",
    family="industry",
    name="emission_reductions",
    units={"fuel_carbon_dioxide_factor": "tCO2e/GJ"},
    rank=12,
)
def emission_reductions_of_energy(
    fuel_saved: Value,
    fuel_carbon_dioxide_factor: Value,
    electricity_saved: Value,
    consumption_emission_factor: Value,
    leakage_emissions: Value,
) -> Value:
    """Reductions from the fuel and the electricity saved.

    >>> emission_reductions_of_energy(100_000.0, 0.0946, 5_000.0, 0.5, 0.0)
    11960.0
    """
    return (
        fuel_saved * fuel_carbon_dioxide_factor
        + electricity_saved * consumption_emission_factor
        - leakage_emissions
    )


@quantity(
    "{ams2d}: fuel saved times its emission factor",
    family="industry",
    name="emission_reductions",
    units={"fuel_carbon_dioxide_factor": "tCO2e/GJ"},
    rank=13,
)
def emission_reductions_of_fuel(
    fuel_saved: Value, fuel_carbon_dioxide_factor: Value, leakage_emissions: Value
) -> Value:
    """Reductions from the fuel saved, where no electricity figure is given.

    >>> emission_reductions_of_fuel(100_000.0, 0.0946, 0.0)
    9460.0
    """
    return fuel_saved * fuel_carbon_dioxide_factor - leakage_emissions


@quantity(
    "{ams2d}: electricity saved times the grid factor",
    family="industry",
    name="emission_reductions",
    rank=14,
)
def emission_reductions_of_electricity(
    electricity_saved: Value, consumption_emission_factor: Value, leakage_emissions: Value
) -> Value:
    """Reductions from the electricity saved, where no fuel figure is given.

    >>> emission_reductions_of_electricity(5_000.0, 0.5, 0.0)
    2500.0
    """
    return electricity_saved * consumption_emission_factor - leakage_emissions


@quantity(CUT, family="industry", verified=True)
def emission_cut(baseline_emission_intensity: Value, project_emission_intensity: Value) -> Value:
    """Share by which greenhouse gases per tonne of product fell.

    >>> emission_cut(60.0, 24.0)
    0.6
    """
    return 1.0 - project_emission_intensity / baseline_emission_intensity


@quantity(CUT, family="industry", verified=True)
def efficiency_gain(baseline_energy_intensity: Value, project_energy_intensity: Value) -> Value:
    """Share by which energy per tonne of product fell.

    >>> round(efficiency_gain(20.0, 17.0), 2)
    0.15
    """
    return 1.0 - project_energy_intensity / baseline_energy_intensity


@quantity(CUT, family="industry", verified=True)
def pollutant_cut(pollutant_before: Value, pollutant_after: Value) -> Value:
    """Share by which the pollutants released in a year fell.

    >>> pollutant_cut(2_000.0, 200.0)
    0.9
    """
    return 1.0 - pollutant_after / pollutant_before


@quantity("definition: before less after", family="industry", verified=True)
def pollutant_avoided(pollutant_before: Value, pollutant_after: Value) -> Value:
    """Mass of pollutants the retrofit keeps out of air or water in a year.

    >>> pollutant_avoided(2_000.0, 200.0)
    1800.0
    """
    return pollutant_before - pollutant_after


@quantity(SAVING, family="industry", verified=True)
def fuel_saved(
    product_output: Value, baseline_energy_intensity: Value, project_energy_intensity: Value
) -> Value:
    """Energy of fuels saved in a year at the present output.

    >>> fuel_saved(100_000.0, 20.0, 19.0)
    100000.0
    """
    return product_output * (baseline_energy_intensity - project_energy_intensity)


@quantity(SAVING, family="industry", verified=True)
def electricity_saved(
    product_output: Value,
    baseline_electricity_intensity: Value,
    project_electricity_intensity: Value,
) -> Value:
    """Electricity saved in a year at the present output.

    >>> round(electricity_saved(100_000.0, 0.45, 0.4))
    5000
    """
    return product_output * (baseline_electricity_intensity - project_electricity_intensity)


@quantity(
    "definition: fuel and electricity saved, final energy without a primary-energy factor",
    family="industry",
    units={"fuel_saved": "MWh/yr"},
    verified=True,
)
def energy_saved(fuel_saved: Value, electricity_saved: Value) -> Value:
    """Final energy saved in a year.

    >>> energy_saved(27777.8, 5_000.0)
    32777.8
    """
    return fuel_saved + electricity_saved


@quantity(SAVING, family="industry", verified=True)
def water_saved(
    product_output: Value, baseline_water_intensity: Value, project_water_intensity: Value
) -> Value:
    """Fresh water saved in a year at the present output.

    >>> round(water_saved(5_000_000.0, 0.7, 0.4))
    1500000
    """
    return product_output * (baseline_water_intensity - project_water_intensity)


@quantity("definition: 1 less after over before", family="industry", verified=True)
def water_cut(baseline_water_intensity: Value, project_water_intensity: Value) -> Value:
    """Share by which water per tonne of product fell.

    >>> water_cut(0.8, 0.4)
    0.5
    """
    return 1.0 - project_water_intensity / baseline_water_intensity


@quantity("definition: water saved divided by domestic water per person", family="industry")
def water_saved_people(water_saved: Value, domestic_water_per_person: Value) -> Value:
    """People whose yearly water at home the saving would cover.

    >>> water_saved_people(1_500_000.0, 50.0)
    30000.0
    """
    return water_saved / domestic_water_per_person

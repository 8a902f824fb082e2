"""Fleets: battery buses, cars, trucks and motorcycles against the fuel they displace.

The method of CDM AMS-III.C: the displaced vehicles would have burnt fuel over the same kilometres,
each year a little less as vehicles improve (factor 0.99 a year); the electric ones take electricity
from the host grid. Only emissions in use are counted, on both sides without fuel supply, as the
method has it; making batteries and vehicles is not.

Pollutants are those of the exhaust that no longer runs through the streets, by fuel burnt, as the
first tier of the EMEP/EEA guidebook has it: grams of pollutant per kilogram of fuel for the
ordinary mix of vehicles. These are gross figures at street level; power plants that charge the
fleet emit elsewhere and are not subtracted.
"""

from __future__ import annotations

import numpy as np

from greensilk.core.quantity import Value, quantity

EMEP = "{emep2019}, 1.A.3.b.i-iv Road transport, tier 1"


@quantity("{ams3c}: number of vehicles times annual distance", family="fleet")
def fleet_distance(vehicle_count: Value, single_vehicle: Value, annual_mileage: Value) -> Value:
    """Return the kilometres of all vehicles in a year.

    ``annual_mileage`` and the consumptions are stated for one vehicle, hence the division.

    >>> fleet_distance(435.0, 1.0, 60_000.0)
    26100000.0
    """
    return vehicle_count / single_vehicle * annual_mileage


@quantity("{ams3c}: baseline fuel with technology improvement factor 0.99 a year", family="fleet")
def fuel_volume_saved(
    fleet_distance: Value, fuel_per_km: Value, improvement_rate: Value, service_years: Value
) -> Value:
    """Return the fuel that the displaced vehicles would have burnt in the year.

    ``improvement_rate`` is minus the logarithm of the yearly factor, so that ``service_years`` may
    be any number.

    >>> round(float(fuel_volume_saved(26_100_000.0, 0.42, 0.01005033585350145, 1.0)))
    10852380
    """
    return fleet_distance * fuel_per_km * np.exp(-improvement_rate * service_years)


@quantity("definition: volume times density", family="fleet")
def fuel_mass_saved(fuel_volume_saved: Value, displaced_fuel_density: Value) -> Value:
    """Return the mass of the fuel that is no longer burnt.

    >>> round(fuel_mass_saved(1_000_000.0, 0.00084), 9)
    840.0
    """
    return fuel_volume_saved * displaced_fuel_density


@quantity(
    "{ipcc2006} vol. 2 ch. 3, equations 3.2.1 and 3.2.3, tables 3.2.1 and 3.2.2",
    family="fleet",
)
def displaced_fuel_factor(
    displaced_fuel_carbon_dioxide: Value,
    displaced_fuel_methane: Value,
    displaced_fuel_nitrous_oxide: Value,
    gwp_methane: Value,
    gwp_nitrous_oxide: Value,
) -> Value:
    """Return the greenhouse gases of the fuel per energy, the three gases added.

    >>> round(displaced_fuel_factor(0.0741, 3.9e-6, 3.9e-6, 28.0, 265.0), 7)
    0.0752427
    """
    return (
        displaced_fuel_carbon_dioxide
        + displaced_fuel_methane * gwp_methane
        + displaced_fuel_nitrous_oxide * gwp_nitrous_oxide
    )


@quantity("{ams3c}, baseline emissions (N x D x SFC x NCV x EF x IR^t)", family="fleet")
def baseline_emissions(
    fuel_mass_saved: Value, displaced_fuel_calorific_value: Value, displaced_fuel_factor: Value
) -> Value:
    """Return what the displaced vehicles would have emitted in the year.

    >>> baseline_emissions(1_000.0, 43.0, 0.075)
    3225.0
    """
    return fuel_mass_saved * displaced_fuel_calorific_value * displaced_fuel_factor


@quantity("{ams3c}: annual distance times specific electricity consumption", family="fleet")
def electricity_use(fleet_distance: Value, electricity_per_km: Value) -> Value:
    """Return the electricity taken at the plug, charging losses within.

    >>> electricity_use(26_100_000.0, 0.00125)
    32625.0
    """
    return fleet_distance * electricity_per_km


@quantity("{ams3c}: yearly baselines with factor 0.99, summed as an integral", family="fleet")
def lifetime_emission_reductions(
    baseline_emissions: Value,
    project_emissions: Value,
    leakage_emissions: Value,
    improvement_rate: Value,
    service_years: Value,
    lifetime: Value,
) -> Value:
    """Return the greenhouse gases avoided from the first to the last year of service.

    The yearly baseline falls with the improvement of the vehicles that would have been bought. The
    grid is held as it is: a grid that becomes cleaner avoids more.

    >>> round(float(lifetime_emission_reductions(100.0, 40.0, 0.0, 0.01005033585350145, 1.0,
    ...     12.0)), 2)
    661.88
    """
    at_start = baseline_emissions * np.exp(improvement_rate * service_years)
    displaced = at_start * (1.0 - np.exp(-improvement_rate * lifetime)) / improvement_rate
    return displaced - (project_emissions + leakage_emissions) * lifetime


@quantity(f"{EMEP}, algorithm for NOx", family="fleet")
def nitrogen_oxides_avoided(fuel_mass_saved: Value, displaced_nitrogen_oxides: Value) -> Value:
    """Return the nitrogen oxides (as NO2) no longer emitted in the street.

    >>> round(nitrogen_oxides_avoided(1_000.0, 33.37), 6)
    33370.0
    """
    return fuel_mass_saved * displaced_nitrogen_oxides


@quantity(f"{EMEP}, algorithm for particles", family="fleet")
def particulates_avoided(fuel_mass_saved: Value, displaced_particulates: Value) -> Value:
    """Return the exhaust particles no longer emitted; tyres and brakes remain.

    >>> particulates_avoided(1_000.0, 0.94)
    940.0
    """
    return fuel_mass_saved * displaced_particulates


@quantity(f"{EMEP}, algorithm for sulphur: twice the sulphur in the fuel", family="fleet")
def sulphur_dioxide_avoided(fuel_mass_saved: Value, displaced_fuel_sulphur: Value) -> Value:
    """Return the sulphur dioxide no longer emitted: two grams for each gram of sulphur.

    >>> sulphur_dioxide_avoided(1_000.0, 0.05)
    100.0
    """
    return 2.0 * fuel_mass_saved * displaced_fuel_sulphur

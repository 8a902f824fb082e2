"""Fleets: pollutants that leave the streets with the exhaust of the displaced vehicles.

By fuel burnt, as the first tier of the EMEP/EEA guidebook has it: grams of pollutant per kilogram
of fuel for the ordinary mix of vehicles. These are gross figures at street level; power plants
that charge the fleet emit elsewhere and are not subtracted.
"""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity

__all__ = ["nitrogen_oxides_avoided", "particulates_avoided", "sulphur_dioxide_avoided"]

EMEP = "EMEP/EEA guidebook 2019, 1.A.3.b.i-iv Road transport, tier 1"


@quantity(
    "kg/yr",
    name="nitrogen_oxides_avoided",
    family="fleet",
    en="Nitrogen oxides avoided",
    zh="氮氧化物减排量",
    source=f"{EMEP}, algorithm for NOx",
    inputs={"fuel_mass_saved": "t/yr", "displaced_nitrogen_oxides": "kg/t"},
    example=({"fuel_mass_saved": 1_000.0, "displaced_nitrogen_oxides": 33.37}, 33_370.0),
)
def nitrogen_oxides_avoided(fuel_mass_saved: Any, displaced_nitrogen_oxides: Any) -> Any:
    """Return the nitrogen oxides (as NO2) no longer emitted in the street.

    >>> round(nitrogen_oxides_avoided(1_000.0, 33.37), 6)
    33370.0
    """
    return fuel_mass_saved * displaced_nitrogen_oxides


@quantity(
    "kg/yr",
    name="particulates_avoided",
    family="fleet",
    en="Particulates avoided",
    zh="颗粒物减排量",
    source=f"{EMEP}, algorithm for particles",
    inputs={"fuel_mass_saved": "t/yr", "displaced_particulates": "kg/t"},
    example=({"fuel_mass_saved": 1_000.0, "displaced_particulates": 0.94}, 940.0),
)
def particulates_avoided(fuel_mass_saved: Any, displaced_particulates: Any) -> Any:
    """Return the exhaust particles no longer emitted; tyres and brakes remain.

    >>> particulates_avoided(1_000.0, 0.94)
    940.0
    """
    return fuel_mass_saved * displaced_particulates


@quantity(
    "kg/yr",
    name="sulphur_dioxide_avoided",
    family="fleet",
    en="Sulphur dioxide avoided",
    zh="二氧化硫减排量",
    source=f"{EMEP}, algorithm for sulphur: twice the sulphur in the fuel",
    inputs={"fuel_mass_saved": "t/yr", "displaced_fuel_sulphur": "kg/t"},
    example=({"fuel_mass_saved": 1_000.0, "displaced_fuel_sulphur": 0.05}, 100.0),
)
def sulphur_dioxide_avoided(fuel_mass_saved: Any, displaced_fuel_sulphur: Any) -> Any:
    """Return the sulphur dioxide no longer emitted: two grams for each gram of sulphur.

    >>> sulphur_dioxide_avoided(1_000.0, 0.05)
    100.0
    """
    return 2.0 * fuel_mass_saved * displaced_fuel_sulphur

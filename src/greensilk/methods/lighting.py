"""Street lighting: electricity and emissions of the new lamps and of those they displace.

The method of CDM AMS-II.L: lamps of the same use of light, the old power against the new over the
same hours. A lamp out of order displaces nothing. What a lamp displaces is a choice that decides
the result. Without a statement it is a lamp on the host grid that gives the same light;
``baseline_fuel`` = diesel: the same lamp on a diesel grid; ``baseline_fuel`` = kerosene: a fuel
lamp, as the minimum service of CDM AMS-III.AR. Making lamps, panels and batteries is not counted.
"""

from __future__ import annotations

from greensilk.core.quantity import Value, quantity

ELECTRIC_BASELINES = ("", "electricity", "diesel")


@quantity("{ams2l}, equal lighting performance", family="lighting")
def baseline_lamp_power(lamp_power: Value, replacement_ratio: Value) -> Value:
    """Return the power, with ballast, of the lamp that would give the same light on the road.

    >>> round(baseline_lamp_power(50.0, 2.2), 6)
    110.0
    """
    return lamp_power * replacement_ratio


@quantity(
    "{ams2l}, baseline electricity (Q x P x O), less lamps out of order",
    family="lighting",
    units={"baseline_lamp_power": "MW"},
    where={"baseline_fuel": ELECTRIC_BASELINES},
)
def baseline_lighting_electricity(
    lamp_count: Value,
    single_lamp: Value,
    baseline_lamp_power: Value,
    lighting_hours: Value,
    outage_share: Value,
) -> Value:
    """Return the electricity for the light that the project's lamps really give.

    A lamp out of order displaces nothing; power and hours are stated for one lamp.

    >>> round(baseline_lighting_electricity(2_000.0, 1.0, 0.00011, 4_000.0, 0.05), 6)
    836.0
    """
    lit = lamp_count / single_lamp * (1.0 - outage_share)
    return lit * baseline_lamp_power * lighting_hours


@quantity(
    "{ams2l}, project electricity (Q x P x O), less lamps out of order",
    family="lighting",
    name="electricity_use",
    units={"lamp_power": "MW"},
    where={"technology": "street_lighting_led"},
)
def electricity_use_of_led(
    lamp_count: Value,
    single_lamp: Value,
    lamp_power: Value,
    lighting_hours: Value,
    outage_share: Value,
) -> Value:
    """Return the electricity that the new lamps take from the grid.

    >>> round(electricity_use_of_led(1_000.0, 1.0, 0.00008, 4_000.0, 0.0), 6)
    320.0
    """
    return lamp_count / single_lamp * (1.0 - outage_share) * lamp_power * lighting_hours


@quantity("{ams2l}, energy savings at the lamps", family="lighting")
def energy_saved(baseline_lighting_electricity: Value, electricity_use: Value) -> Value:
    """Return the electricity no longer needed at the lamps, network losses not counted.

    >>> energy_saved(836.0, 320.0)
    516.0
    """
    return baseline_lighting_electricity - electricity_use


@quantity(
    "{ams2l}, grid factor over one minus the losses",
    family="lighting",
    name="lighting_supply_factor",
    where={"baseline_fuel": ("", "electricity")},
)
def supply_factor_of_grid(combined_margin: Value, transmission_loss: Value) -> Value:
    """Return the emissions behind electricity from the host grid, at the lamp.

    >>> round(supply_factor_of_grid(0.54, 0.1), 6)
    0.6
    """
    return combined_margin / (1.0 - transmission_loss)


@quantity(
    "{ams2l}, baseline emissions",
    family="lighting",
    name="baseline_emissions",
    where={"baseline_fuel": ELECTRIC_BASELINES},
)
def baseline_emissions_of_lamps(
    baseline_lighting_electricity: Value, lighting_supply_factor: Value
) -> Value:
    """Return what the electric lamps displaced would have emitted in the year.

    >>> round(baseline_emissions_of_lamps(836.0, 0.6), 6)
    501.6
    """
    return baseline_lighting_electricity * lighting_supply_factor


@quantity(
    "{ams3ar_v5}, default emissions of one fuel lamp (minimum service)",
    family="lighting",
    name="baseline_emissions",
    where={"baseline_fuel": "kerosene"},
)
def baseline_emissions_of_fuel_lamps(
    lamp_count: Value, kerosene_lamp_emissions: Value, outage_share: Value
) -> Value:
    """Return what kerosene lamps would have emitted, one for each lamp that works.

    >>> baseline_emissions_of_fuel_lamps(1_000.0, 0.092, 0.0)
    92.0
    """
    return lamp_count * (1.0 - outage_share) * kerosene_lamp_emissions

"""Street lighting: electricity of the new lamps and of those they displace.

The method of CDM AMS-II.L: lamps of the same use of light, the old power against the new over the
same hours. A lamp out of order displaces nothing. What a stand-alone solar lamp displaces is a
choice that decides the result; it is made in :mod:`greensilk.methods.lighting_emissions`.
"""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity

__all__ = [
    "baseline_lamp_power",
    "baseline_lighting_electricity",
    "electricity_use_of_led",
    "energy_saved",
]

AMS2L = "CDM AMS-II.L Efficient outdoor and street lighting technologies, v02.0"
ELECTRIC_BASELINES = ("", "electricity", "diesel")


@quantity(
    "W",
    family="lighting",
    en="Power of the lamp displaced",
    zh="被替代灯具功率",
    source=f"{AMS2L}, equal lighting performance",
    inputs={"lamp_power": "W", "replacement_ratio": "1"},
    level="internal",
    additive=False,
    example=({"lamp_power": 50.0, "replacement_ratio": 2.2}, 110.0),
)
def baseline_lamp_power(lamp_power: Any, replacement_ratio: Any) -> Any:
    """Return the power, with ballast, of the lamp that would give the same light on the road.

    >>> round(baseline_lamp_power(50.0, 2.2), 6)
    110.0
    """
    return lamp_power * replacement_ratio


@quantity(
    "MWh/yr",
    family="lighting",
    en="Electricity of the lamps displaced",
    zh="被替代灯具年用电量",
    source=f"{AMS2L}, baseline electricity (Q x P x O), less lamps out of order",
    inputs={
        "lamp_count": "lamp",
        "single_lamp": "lamp",
        "baseline_lamp_power": "MW",
        "lighting_hours": "h/yr",
        "outage_share": "1",
    },
    where={"baseline_fuel": ELECTRIC_BASELINES},
    level="internal",
    example=(
        {
            "lamp_count": 2_000.0,
            "single_lamp": 1.0,
            "baseline_lamp_power": 0.00011,
            "lighting_hours": 4_000.0,
            "outage_share": 0.05,
        },
        836.0,
    ),
)
def baseline_lighting_electricity(
    lamp_count: Any,
    single_lamp: Any,
    baseline_lamp_power: Any,
    lighting_hours: Any,
    outage_share: Any,
) -> Any:
    """Return the electricity for the light that the project's lamps really give.

    A lamp out of order displaces nothing; power and hours are stated for one lamp.

    >>> round(baseline_lighting_electricity(2_000.0, 1.0, 0.00011, 4_000.0, 0.05), 6)
    836.0
    """
    lit = lamp_count / single_lamp * (1.0 - outage_share)
    return lit * baseline_lamp_power * lighting_hours


@quantity(
    "MWh/yr",
    name="electricity_use",
    family="lighting",
    en="Electricity used by the new lamps",
    zh="新灯具年用电量",
    source=f"{AMS2L}, project electricity (Q x P x O), less lamps out of order",
    inputs={
        "lamp_count": "lamp",
        "single_lamp": "lamp",
        "lamp_power": "MW",
        "lighting_hours": "h/yr",
        "outage_share": "1",
    },
    where={"technology": "street_lighting_led"},
    example=(
        {
            "lamp_count": 1_000.0,
            "single_lamp": 1.0,
            "lamp_power": 0.00008,
            "lighting_hours": 4_000.0,
            "outage_share": 0.0,
        },
        320.0,
    ),
)
def electricity_use_of_led(
    lamp_count: Any, single_lamp: Any, lamp_power: Any, lighting_hours: Any, outage_share: Any
) -> Any:
    """Return the electricity that the new lamps take from the grid.

    >>> round(electricity_use_of_led(1_000.0, 1.0, 0.00008, 4_000.0, 0.0), 6)
    320.0
    """
    return lamp_count / single_lamp * (1.0 - outage_share) * lamp_power * lighting_hours


@quantity(
    "MWh/yr",
    family="lighting",
    en="Electricity saved",
    zh="年节电量",
    source=f"{AMS2L}, energy savings at the lamps",
    inputs={"baseline_lighting_electricity": "MWh/yr", "electricity_use": "MWh/yr"},
    level="headline",
    example=({"baseline_lighting_electricity": 836.0, "electricity_use": 320.0}, 516.0),
)
def energy_saved(baseline_lighting_electricity: Any, electricity_use: Any) -> Any:
    """Return the electricity no longer needed at the lamps, network losses not counted.

    >>> energy_saved(836.0, 320.0)
    516.0
    """
    return baseline_lighting_electricity - electricity_use

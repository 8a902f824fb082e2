"""Coal, air pollutants and water that clean electricity spares, against a thermal fleet.

The convention of Chinese project documents: each unit of clean electricity is set against the
average thermal plant of China in a stated year. The factor, its year and its country stand beside
every result, because the plants that really run less are those of the host country.
"""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity

__all__ = [
    "nitrogen_oxides_avoided",
    "particulates_avoided",
    "standard_coal_saved",
    "sulphur_dioxide_avoided",
    "water_saved",
]

CEC = "China Electricity Council, annual development report: average of China's thermal plants"
CLEAN = "electricity"
# storage generates nothing; reservoirs evaporate for many uses at once, so hydropower has no fair
# figure of its own
WITHOUT_RESERVOIR = (
    "wind_onshore",
    "wind_offshore",
    "solar_pv",
    "csp",
    "geothermal",
    "biomass",
    "nuclear",
    "marine",
)


@quantity(
    "tce/yr",
    en="Standard coal saved (China's thermal fleet of the stated year)",
    zh="节约标准煤（按所注年份中国火电平均水平）",
    source=f"{CEC}, coal equivalent per unit supplied",
    inputs={"net_generation": "MWh/yr", "supply_coal_rate": "tce/MWh"},
    family=("electricity", "waste_energy"),
    where={"technology": (*WITHOUT_RESERVOIR, "hydro", "waste_to_energy")},
    example=({"net_generation": 660_000.0, "supply_coal_rate": 0.3049}, 201_234.0),
)
def standard_coal_saved(net_generation: Any, supply_coal_rate: Any) -> Any:
    """Return the standard coal that China's average thermal plant would have burnt instead.

    660 GWh with the fleet of 2020 (304.9 g/kWh):

    >>> round(standard_coal_saved(660_000.0, 0.3049))
    201234
    """
    return net_generation * supply_coal_rate


@quantity(
    "kg/yr",
    en="Sulphur dioxide avoided (China's thermal fleet of the stated year)",
    zh="二氧化硫减排量（按所注年份中国火电平均水平）",
    source=f"{CEC}, less the plant's own stack",
    inputs={
        "net_generation": "MWh/yr",
        "thermal_so2_factor": "kg/MWh",
        "plant_so2_factor": "kg/MWh",
    },
    family=CLEAN,
    example=(
        {"net_generation": 660_000.0, "thermal_so2_factor": 0.160, "plant_so2_factor": 0.0},
        105_600.0,
    ),
)
def sulphur_dioxide_avoided(
    net_generation: Any, thermal_so2_factor: Any, plant_so2_factor: Any
) -> Any:
    """Return the sulphur dioxide that a thermal plant would have emitted, less the plant's own.

    >>> sulphur_dioxide_avoided(660_000.0, 0.160, 0.0)
    105600.0
    """
    return net_generation * (thermal_so2_factor - plant_so2_factor)


@quantity(
    "kg/yr",
    en="Nitrogen oxides avoided (China's thermal fleet of the stated year)",
    zh="氮氧化物减排量（按所注年份中国火电平均水平）",
    source=f"{CEC}, less the plant's own stack",
    inputs={
        "net_generation": "MWh/yr",
        "thermal_nox_factor": "kg/MWh",
        "plant_nox_factor": "kg/MWh",
    },
    family=CLEAN,
    example=(
        {"net_generation": 660_000.0, "thermal_nox_factor": 0.179, "plant_nox_factor": 0.0},
        118_140.0,
    ),
)
def nitrogen_oxides_avoided(
    net_generation: Any, thermal_nox_factor: Any, plant_nox_factor: Any
) -> Any:
    """Return the nitrogen oxides that a thermal plant would have emitted, less the plant's own.

    >>> round(nitrogen_oxides_avoided(660_000.0, 0.179, 0.0))
    118140
    """
    return net_generation * (thermal_nox_factor - plant_nox_factor)


@quantity(
    "kg/yr",
    en="Dust avoided (China's thermal fleet of the stated year)",
    zh="烟尘减排量（按所注年份中国火电平均水平）",
    source=f"{CEC}, less the plant's own stack",
    inputs={
        "net_generation": "MWh/yr",
        "thermal_pm_factor": "kg/MWh",
        "plant_pm_factor": "kg/MWh",
    },
    family=CLEAN,
    example=(
        {"net_generation": 660_000.0, "thermal_pm_factor": 0.032, "plant_pm_factor": 0.0},
        21_120.0,
    ),
)
def particulates_avoided(net_generation: Any, thermal_pm_factor: Any, plant_pm_factor: Any) -> Any:
    """Return the dust that a thermal plant would have emitted, less the plant's own.

    >>> round(particulates_avoided(660_000.0, 0.032, 0.0))
    21120
    """
    return net_generation * (thermal_pm_factor - plant_pm_factor)


@quantity(
    "m**3/yr",
    en="Water saved against thermal power",
    zh="相比火电节水量",
    source="Macknick et al. 2012, Environmental Research Letters 7 045802",
    inputs={
        "net_generation": "MWh/yr",
        "thermal_water_factor": "m**3/MWh",
        "plant_water_factor": "m**3/MWh",
    },
    family=CLEAN,
    where={"technology": WITHOUT_RESERVOIR},
    example=(
        {"net_generation": 1000.0, "thermal_water_factor": 2.6, "plant_water_factor": 0.1},
        2_500.0,
    ),
)
def water_saved(net_generation: Any, thermal_water_factor: Any, plant_water_factor: Any) -> Any:
    """Return the water that a thermal plant would have consumed, less the plant's own.

    Negative for solar thermal power with wet cooling, which consumes more than a coal plant.

    >>> water_saved(1000.0, 2.6, 0.1)
    2500.0
    """
    return net_generation * (thermal_water_factor - plant_water_factor)

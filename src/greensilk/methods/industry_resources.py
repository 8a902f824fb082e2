"""Energy and water that an industrial retrofit saves."""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity

__all__ = ["energy_saved", "water_saved"]

FAMILY = "industry"
SAVING = "definition: output times the fall of consumption per tonne"


@quantity(
    "GJ/yr",
    family=FAMILY,
    en="Fuel saved",
    zh="节约燃料量",
    source=SAVING,
    inputs={
        "product_output": "t/yr",
        "baseline_energy_intensity": "GJ/t",
        "project_energy_intensity": "GJ/t",
    },
    level="detail",
    verified=True,
    example=(
        {
            "product_output": 100000.0,
            "baseline_energy_intensity": 20.0,
            "project_energy_intensity": 19.0,
        },
        100000.0,
    ),
)
def fuel_saved(
    product_output: Any, baseline_energy_intensity: Any, project_energy_intensity: Any
) -> Any:
    """Energy of fuels saved in a year at the present output."""
    return product_output * (baseline_energy_intensity - project_energy_intensity)


@quantity(
    "MWh/yr",
    family=FAMILY,
    en="Electricity saved",
    zh="节电量",
    source=SAVING,
    inputs={
        "product_output": "t/yr",
        "baseline_electricity_intensity": "MWh/t",
        "project_electricity_intensity": "MWh/t",
    },
    level="detail",
    verified=True,
    example=(
        {
            "product_output": 100000.0,
            "baseline_electricity_intensity": 0.45,
            "project_electricity_intensity": 0.4,
        },
        5000.0,
    ),
)
def electricity_saved(
    product_output: Any,
    baseline_electricity_intensity: Any,
    project_electricity_intensity: Any,
) -> Any:
    """Electricity saved in a year at the present output."""
    return product_output * (baseline_electricity_intensity - project_electricity_intensity)


@quantity(
    "MWh/yr",
    family=FAMILY,
    en="Energy saved",
    zh="节能量",
    source="definition: fuel and electricity saved, final energy without a primary-energy factor",
    inputs={"fuel_saved": "MWh/yr", "electricity_saved": "MWh/yr"},
    level="headline",
    verified=True,
    example=({"fuel_saved": 27777.8, "electricity_saved": 5000.0}, 32777.8),
)
def energy_saved(fuel_saved: Any, electricity_saved: Any) -> Any:
    """Final energy saved in a year."""
    return fuel_saved + electricity_saved


@quantity(
    "MWh/yr",
    name="energy_saved",
    family=FAMILY,
    en="Energy saved",
    zh="节能量",
    source="definition: fuel saved, no electricity figure given",
    inputs={"fuel_saved": "MWh/yr"},
    level="headline",
    rank=12,
    verified=True,
    example=({"fuel_saved": 27777.8}, 27777.8),
)
def energy_saved_as_fuel(fuel_saved: Any) -> Any:
    """Final energy saved in a year, all of it fuel."""
    return fuel_saved


@quantity(
    "MWh/yr",
    name="energy_saved",
    family=FAMILY,
    en="Energy saved",
    zh="节能量",
    source="definition: electricity saved, no fuel figure given",
    inputs={"electricity_saved": "MWh/yr"},
    level="headline",
    rank=13,
    verified=True,
    example=({"electricity_saved": 5000.0}, 5000.0),
)
def energy_saved_as_electricity(electricity_saved: Any) -> Any:
    """Final energy saved in a year, all of it electricity."""
    return electricity_saved


@quantity(
    "tce/yr",
    family=FAMILY,
    en="Standard coal saved",
    zh="节约标准煤",
    source="GB/T 2589-2020: fuel counted by its heat, 29.3076 GJ/tce",
    inputs={"fuel_saved": "tce/yr"},
    level="detail",
    example=({"fuel_saved": 3412.08}, 3412.08),
)
def standard_coal_saved(fuel_saved: Any) -> Any:
    """Fuel saved, counted as standard coal by its heat."""
    return fuel_saved


@quantity(
    "m**3/yr",
    family=FAMILY,
    en="Water saved",
    zh="节水量",
    source=SAVING,
    inputs={
        "product_output": "t/yr",
        "baseline_water_intensity": "m**3/t",
        "project_water_intensity": "m**3/t",
    },
    level="headline",
    verified=True,
    example=(
        {
            "product_output": 5000000.0,
            "baseline_water_intensity": 0.7,
            "project_water_intensity": 0.4,
        },
        1500000.0,
    ),
)
def water_saved(
    product_output: Any, baseline_water_intensity: Any, project_water_intensity: Any
) -> Any:
    """Fresh water saved in a year at the present output."""
    return product_output * (baseline_water_intensity - project_water_intensity)


@quantity(
    "1",
    family=FAMILY,
    en="Cut of water per tonne of product",
    zh="单位产品水耗降幅",
    source="definition: 1 less after over before",
    inputs={"baseline_water_intensity": "m**3/t", "project_water_intensity": "m**3/t"},
    level="detail",
    additive=False,
    verified=True,
    example=({"baseline_water_intensity": 0.8, "project_water_intensity": 0.4}, 0.5),
)
def water_cut(baseline_water_intensity: Any, project_water_intensity: Any) -> Any:
    """Share by which water per tonne of product fell."""
    return 1.0 - project_water_intensity / baseline_water_intensity


@quantity(
    "person",
    family=FAMILY,
    en="People whose household water the saving equals",
    zh="节水量折合居民生活用水人口",
    source="definition: water saved divided by domestic water per person",
    inputs={"water_saved": "m**3/yr", "domestic_water_per_person": "m**3/person/yr"},
    level="detail",
    example=({"water_saved": 1500000.0, "domestic_water_per_person": 50.0}, 30000.0),
)
def water_saved_people(water_saved: Any, domestic_water_per_person: Any) -> Any:
    """People whose yearly water at home the saving would cover."""
    return water_saved / domestic_water_per_person

"""How much wastewater a plant takes, how many people it serves, and for how long."""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity

__all__ = ["people_of_volume", "population_equivalent", "wastewater_volume_of_capacity"]

FAMILY = "wastewater"


@quantity(
    "m**3/yr",
    name="wastewater_volume",
    family=FAMILY,
    en="Wastewater treated per year",
    zh="年处理污水量",
    source="definition: design capacity times days times use of capacity",
    inputs={
        "wastewater_capacity": "m**3/day",
        "operating_days": "day/yr",
        "wastewater_load_factor": "1",
    },
    level="headline",
    verified=True,
    example=(
        {
            "wastewater_capacity": 250000.0,
            "operating_days": 365.0,
            "wastewater_load_factor": 0.8,
        },
        73000000.0,
    ),
)
def wastewater_volume_of_capacity(
    wastewater_capacity: Any, operating_days: Any, wastewater_load_factor: Any
) -> Any:
    """Wastewater treated in a year by a plant of the given daily capacity."""
    return wastewater_capacity * operating_days * wastewater_load_factor


@quantity(
    "m**3/yr",
    name="wastewater_volume",
    family=FAMILY,
    en="Wastewater treated per year",
    zh="年处理污水量",
    source="definition: people served times wastewater per person",
    inputs={"population_served": "person", "wastewater_per_person": "m**3/person/yr"},
    level="headline",
    rank=12,
    example=({"population_served": 5000000.0, "wastewater_per_person": 40.0}, 2e8),
)
def wastewater_volume_of_people(population_served: Any, wastewater_per_person: Any) -> Any:
    """Wastewater treated in a year, from the people served."""
    return population_served * wastewater_per_person


@quantity(
    "person",
    family=FAMILY,
    en="Population equivalent",
    zh="人口当量",
    source="Council Directive 91/271/EEC, article 2(6); IPCC 2006 Guidelines vol. 5, table 6.4",
    inputs={"bod_load": "t/yr", "bod_per_person": "t/person/yr"},
    level="detail",
    example=({"bod_load": 18250.0, "bod_per_person": 0.0219}, 833333.3333333),
)
def population_equivalent(bod_load: Any, bod_per_person: Any) -> Any:
    """People whose organic load is that of the plant."""
    return bod_load / bod_per_person


@quantity(
    "person",
    name="people_served",
    family=FAMILY,
    en="People served",
    zh="服务人口",
    source="stated by the project",
    inputs={"population_served": "person"},
    level="headline",
    rank=8,
    verified=True,
    example=({"population_served": 5000000.0}, 5000000.0),
)
def people_stated(population_served: Any) -> Any:
    """People served, as the project states them."""
    return population_served


@quantity(
    "person",
    name="people_served",
    family=FAMILY,
    en="People served",
    zh="服务人口",
    source="definition: wastewater treated divided by wastewater per person",
    inputs={"wastewater_volume": "m**3/yr", "wastewater_per_person": "m**3/person/yr"},
    level="headline",
    example=({"wastewater_volume": 2e8, "wastewater_per_person": 40.0}, 5000000.0),
)
def people_of_volume(wastewater_volume: Any, wastewater_per_person: Any) -> Any:
    """People whose sewage the plant can take."""
    return wastewater_volume / wastewater_per_person


@quantity(
    "tCO2e",
    family=("wastewater", "industry"),
    en="Emission reductions over the lifetime",
    zh="寿命期减排量",
    source="definition: yearly reductions times lifetime",
    inputs={"emission_reductions": "tCO2e/yr", "lifetime": "yr"},
    level="detail",
    verified=True,
    example=({"emission_reductions": -10130.5, "lifetime": 30.0}, -303915.0),
)
def lifetime_emission_reductions(emission_reductions: Any, lifetime: Any) -> Any:
    """Reductions summed over the lifetime of the works."""
    return emission_reductions * lifetime

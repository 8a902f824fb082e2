"""Carbon in waste that decomposes in a landfill, by kind of waste, and what a city throws away.

One formula for each kind, so that an explanation names its share, its carbon and the part of the
carbon that decomposes without air.
"""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity

__all__ = ["people_of_waste"]

FAMILIES = ("waste", "waste_energy")
SOURCE = (
    "CDM TOOL04 v8.0, equation 1 (W, DOC, DOCf); IPCC 2006 Guidelines vol. 5 ch. 3, equation 3.2"
)


@quantity(
    "1",
    family=FAMILIES,
    en="Decomposable carbon from food waste per tonne of waste",
    zh="单位垃圾中厨余的可降解有机碳",
    source=SOURCE,
    inputs={
        "share_food": "1",
        "composition_total": "1",
        "degradable_carbon_food": "1",
        "decomposing_fraction_food": "1",
    },
    level="internal",
    additive=False,
    example=(
        {
            "share_food": 0.5,
            "composition_total": 1.0,
            "degradable_carbon_food": 0.15,
            "decomposing_fraction_food": 0.5,
        },
        0.0375,
    ),
)
def decomposable_carbon_food(
    share_food: Any,
    composition_total: Any,
    degradable_carbon_food: Any,
    decomposing_fraction_food: Any,
) -> Any:
    """Tonnes of carbon from food waste that decompose, per tonne of mixed wet waste."""
    return share_food / composition_total * degradable_carbon_food * decomposing_fraction_food


@quantity(
    "1",
    family=FAMILIES,
    en="Decomposable carbon from garden waste per tonne of waste",
    zh="单位垃圾中园林垃圾的可降解有机碳",
    source=SOURCE,
    inputs={
        "share_garden": "1",
        "composition_total": "1",
        "degradable_carbon_garden": "1",
        "decomposing_fraction_garden": "1",
    },
    level="internal",
    additive=False,
    example=(
        {
            "share_garden": 0.05,
            "composition_total": 1.0,
            "degradable_carbon_garden": 0.2,
            "decomposing_fraction_garden": 0.5,
        },
        0.005,
    ),
)
def decomposable_carbon_garden(
    share_garden: Any,
    composition_total: Any,
    degradable_carbon_garden: Any,
    decomposing_fraction_garden: Any,
) -> Any:
    """Tonnes of carbon from garden waste that decompose, per tonne of mixed wet waste."""
    return share_garden / composition_total * degradable_carbon_garden * decomposing_fraction_garden


@quantity(
    "1",
    family=FAMILIES,
    en="Decomposable carbon from paper per tonne of waste",
    zh="单位垃圾中纸类的可降解有机碳",
    source=SOURCE,
    inputs={
        "share_paper": "1",
        "composition_total": "1",
        "degradable_carbon_paper": "1",
        "decomposing_fraction_paper": "1",
    },
    level="internal",
    additive=False,
    example=(
        {
            "share_paper": 0.1,
            "composition_total": 1.0,
            "degradable_carbon_paper": 0.4,
            "decomposing_fraction_paper": 0.5,
        },
        0.02,
    ),
)
def decomposable_carbon_paper(
    share_paper: Any,
    composition_total: Any,
    degradable_carbon_paper: Any,
    decomposing_fraction_paper: Any,
) -> Any:
    """Tonnes of carbon from paper that decompose, per tonne of mixed wet waste."""
    return share_paper / composition_total * degradable_carbon_paper * decomposing_fraction_paper


@quantity(
    "1",
    family=FAMILIES,
    en="Decomposable carbon from wood per tonne of waste",
    zh="单位垃圾中木竹的可降解有机碳",
    source=SOURCE,
    inputs={
        "share_wood": "1",
        "composition_total": "1",
        "degradable_carbon_wood": "1",
        "decomposing_fraction_wood": "1",
    },
    level="internal",
    additive=False,
    example=(
        {
            "share_wood": 0.02,
            "composition_total": 1.0,
            "degradable_carbon_wood": 0.43,
            "decomposing_fraction_wood": 0.5,
        },
        0.0043,
    ),
)
def decomposable_carbon_wood(
    share_wood: Any,
    composition_total: Any,
    degradable_carbon_wood: Any,
    decomposing_fraction_wood: Any,
) -> Any:
    """Tonnes of carbon from wood that decompose, per tonne of mixed wet waste."""
    return share_wood / composition_total * degradable_carbon_wood * decomposing_fraction_wood


@quantity(
    "1",
    family=FAMILIES,
    en="Decomposable carbon from textiles per tonne of waste",
    zh="单位垃圾中纺织物的可降解有机碳",
    source=SOURCE,
    inputs={
        "share_textile": "1",
        "composition_total": "1",
        "degradable_carbon_textile": "1",
        "decomposing_fraction_textile": "1",
    },
    level="internal",
    additive=False,
    example=(
        {
            "share_textile": 0.03,
            "composition_total": 1.0,
            "degradable_carbon_textile": 0.24,
            "decomposing_fraction_textile": 0.5,
        },
        0.0036,
    ),
)
def decomposable_carbon_textile(
    share_textile: Any,
    composition_total: Any,
    degradable_carbon_textile: Any,
    decomposing_fraction_textile: Any,
) -> Any:
    """Tonnes of carbon from textiles that decompose, per tonne of mixed wet waste."""
    return (
        share_textile / composition_total * degradable_carbon_textile * decomposing_fraction_textile
    )


@quantity(
    "1",
    family=FAMILIES,
    en="Decomposable carbon from nappies per tonne of waste",
    zh="单位垃圾中尿布的可降解有机碳",
    source=SOURCE,
    inputs={
        "share_nappies": "1",
        "composition_total": "1",
        "degradable_carbon_nappies": "1",
        "decomposing_fraction_nappies": "1",
    },
    level="internal",
    additive=False,
    example=(
        {
            "share_nappies": 0.02,
            "composition_total": 1.0,
            "degradable_carbon_nappies": 0.24,
            "decomposing_fraction_nappies": 0.5,
        },
        0.0024,
    ),
)
def decomposable_carbon_nappies(
    share_nappies: Any,
    composition_total: Any,
    degradable_carbon_nappies: Any,
    decomposing_fraction_nappies: Any,
) -> Any:
    """Tonnes of carbon from nappies that decompose, per tonne of mixed wet waste."""
    return (
        share_nappies / composition_total * degradable_carbon_nappies * decomposing_fraction_nappies
    )


@quantity(
    "person",
    name="people_served",
    family=FAMILIES,
    en="People served",
    zh="服务人口",
    source="definition: waste treated divided by waste per person",
    inputs={"waste_mass": "t/yr", "waste_per_person": "t/person/yr"},
    level="headline",
    rank=8,
    verified=True,
    example=({"waste_mass": 133200.0, "waste_per_person": 0.333}, 400000.0),
)
def people_of_waste(waste_mass: Any, waste_per_person: Any) -> Any:
    """People whose waste the project takes."""
    return waste_mass / waste_per_person


@quantity(
    "person",
    name="people_served",
    family=FAMILIES,
    en="People served",
    zh="服务人口",
    source="stated by the project",
    inputs={"population_served": "person"},
    level="headline",
    rank=5,
    verified=True,
    example=({"population_served": 400000.0}, 400000.0),
)
def people_stated(population_served: Any) -> Any:
    """People served, as the project states them."""
    return population_served

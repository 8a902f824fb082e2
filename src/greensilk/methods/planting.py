"""Planting: carbon that trees, shrubs and grass take up.

Forests are counted by area with the growth rates of the climate they stand in, planted trees along
roads and railways by number. Shrubs and grass are counted by the area they cover; by number only if
no area is known, because a dense hedge does not hold more carbon than its ground can carry.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from greensilk.core.quantity import quantity

__all__ = ["carbon_dioxide_removed", "carbon_uptake_of_area", "emission_reductions"]

FAMILY = "planting"
IPCC_FOREST = "IPCC 2019 Refinement vol. 4 ch. 4, equations 2.9 and 2.10 (Tier 1)"
IPCC_URBAN = "IPCC 2006 Guidelines vol. 4 ch. 8, equation 8.3 (trees by number, Tier 2b)"
AREA = {
    "planted_area": "hectare",
    "survival_rate": "1",
    "biomass_growth": "t/hectare/yr",
    "root_shoot_ratio": "1",
    "carbon_fraction": "1",
}
AREA_EXAMPLE = {
    "planted_area": 100.0,
    "survival_rate": 0.8,
    "biomass_growth": 5.0,
    "root_shoot_ratio": 0.3,
    "carbon_fraction": 0.47,
}
TREES = {"tree_count": "tree", "survival_rate": "1", "carbon_per_tree": "t/tree/yr"}
TREES_EXAMPLE = {"tree_count": 10000.0, "survival_rate": 0.8, "carbon_per_tree": 0.01}


@quantity(
    "t/yr",
    family=FAMILY,
    en="Carbon taken up by the planted area",
    zh="种植面积固碳量",
    source=IPCC_FOREST,
    inputs=AREA,
    level="detail",
    example=(AREA_EXAMPLE, 244.4),
)
def carbon_uptake_of_area(
    planted_area: Any,
    survival_rate: Any,
    biomass_growth: Any,
    root_shoot_ratio: Any,
    carbon_fraction: Any,
) -> Any:
    """Carbon bound a year by the vegetation of an area, roots included, while it grows."""
    return (
        planted_area * survival_rate * biomass_growth * (1.0 + root_shoot_ratio) * carbon_fraction
    )


@quantity(
    "t/yr",
    family=FAMILY,
    en="Carbon taken up by planted trees",
    zh="乔木固碳量",
    source=IPCC_URBAN,
    inputs=TREES,
    level="detail",
    example=(TREES_EXAMPLE, 80.0),
)
def carbon_uptake_of_trees(tree_count: Any, survival_rate: Any, carbon_per_tree: Any) -> Any:
    """Carbon bound a year by single trees that survive."""
    return tree_count * survival_rate * carbon_per_tree


@quantity(
    "t/yr",
    family=FAMILY,
    en="Carbon taken up by planted shrubs",
    zh="灌木固碳量",
    source="as for trees, with a rate per shrub",
    inputs={"shrub_count": "tree", "survival_rate": "1", "carbon_per_shrub": "t/tree/yr"},
    level="internal",
    example=(
        {"shrub_count": 100000.0, "survival_rate": 0.8, "carbon_per_shrub": 0.0002},
        16.0,
    ),
)
def carbon_uptake_of_shrubs(shrub_count: Any, survival_rate: Any, carbon_per_shrub: Any) -> Any:
    """Carbon bound a year by shrubs that survive."""
    return shrub_count * survival_rate * carbon_per_shrub


@quantity(
    "t/yr",
    family=FAMILY,
    en="Carbon taken up",
    zh="固碳量",
    source=f"{IPCC_FOREST}; {IPCC_URBAN}",
    inputs={"carbon_uptake_of_area": "t/yr", "carbon_uptake_of_trees": "t/yr"},
    where={"technology": "greening"},
    level="detail",
    example=({"carbon_uptake_of_area": 150.0, "carbon_uptake_of_trees": 80.0}, 230.0),
)
def carbon_uptake(carbon_uptake_of_area: Any, carbon_uptake_of_trees: Any) -> Any:
    """Ground cover by its area and, above it, the trees by their number."""
    return carbon_uptake_of_area + carbon_uptake_of_trees


@quantity(
    "t/yr",
    name="carbon_uptake",
    family=FAMILY,
    en="Carbon taken up",
    zh="固碳量",
    source=IPCC_FOREST,
    inputs={"carbon_uptake_of_area": "t/yr"},
    rank=11,
    level="detail",
    example=({"carbon_uptake_of_area": 244.4}, 244.4),
)
def carbon_uptake_by_area(carbon_uptake_of_area: Any) -> Any:
    """The whole uptake by area: a forest's trees are not counted again by number."""
    return carbon_uptake_of_area


@quantity(
    "t/yr",
    name="carbon_uptake",
    family=FAMILY,
    en="Carbon taken up",
    zh="固碳量",
    source=IPCC_URBAN,
    inputs={"carbon_uptake_of_trees": "t/yr", "carbon_uptake_of_shrubs": "t/yr"},
    rank=12,
    level="detail",
    example=({"carbon_uptake_of_trees": 80.0, "carbon_uptake_of_shrubs": 16.0}, 96.0),
)
def carbon_uptake_by_number(carbon_uptake_of_trees: Any, carbon_uptake_of_shrubs: Any) -> Any:
    """Trees and shrubs by number, where no area is given."""
    return carbon_uptake_of_trees + carbon_uptake_of_shrubs


@quantity(
    "t/yr",
    name="carbon_uptake",
    family=FAMILY,
    en="Carbon taken up",
    zh="固碳量",
    source=IPCC_URBAN,
    inputs={"carbon_uptake_of_trees": "t/yr"},
    rank=13,
    level="detail",
    example=({"carbon_uptake_of_trees": 80.0}, 80.0),
)
def carbon_uptake_by_trees(carbon_uptake_of_trees: Any) -> Any:
    """Trees by number, where nothing else is given."""
    return carbon_uptake_of_trees


@quantity(
    "t/yr",
    name="carbon_uptake",
    family=FAMILY,
    en="Carbon taken up",
    zh="固碳量",
    source=IPCC_URBAN,
    inputs={"carbon_uptake_of_shrubs": "t/yr"},
    rank=14,
    level="detail",
    example=({"carbon_uptake_of_shrubs": 16.0}, 16.0),
)
def carbon_uptake_by_shrubs(carbon_uptake_of_shrubs: Any) -> Any:
    """Shrubs by number, where nothing else is given."""
    return carbon_uptake_of_shrubs


@quantity(
    "tCO2e/yr",
    family=FAMILY,
    en="Carbon dioxide removed while growing",
    zh="生长期年二氧化碳清除量",
    source="IPCC 2006 Guidelines vol. 4 ch. 2 (44/12 tonnes of carbon dioxide per tonne of carbon)",
    inputs={"carbon_uptake": "t/yr", "carbon_dioxide_per_carbon": "tCO2e/t"},
    level="headline",
    example=({"carbon_uptake": 230.0, "carbon_dioxide_per_carbon": 44.0 / 12.0}, 843.3333333),
)
def carbon_dioxide_removed(carbon_uptake: Any, carbon_dioxide_per_carbon: Any) -> Any:
    """Carbon dioxide taken from the air in a year of growth."""
    return carbon_uptake * carbon_dioxide_per_carbon


@quantity(
    "tCO2e/yr",
    family=FAMILY,
    en="Emission reductions",
    zh="减排量",
    source="CDM AR-ACM0003 (Afforestation and reforestation of lands except wetlands) v2.0: "
    "removals less baseline removals, project emissions and leakage",
    inputs={
        "carbon_dioxide_removed": "tCO2e/yr",
        "baseline_removals": "tCO2e/yr",
        "project_emissions": "tCO2e/yr",
        "leakage_emissions": "tCO2e/yr",
    },
    level="headline",
    example=(
        {
            "carbon_dioxide_removed": 843.3,
            "baseline_removals": 0.0,
            "project_emissions": 0.0,
            "leakage_emissions": 0.0,
        },
        843.3,
    ),
)
def emission_reductions(
    carbon_dioxide_removed: Any,
    baseline_removals: Any,
    project_emissions: Any,
    leakage_emissions: Any,
) -> Any:
    """Net removals: a stock that fire or felling can return to the air, not an avoided emission."""
    return carbon_dioxide_removed - baseline_removals - project_emissions - leakage_emissions


@quantity(
    "tCO2e",
    family=FAMILY,
    en="Emission reductions over the lifetime",
    zh="寿命期减排量",
    source="IPCC 2006 Guidelines vol. 4 ch. 2: growth counts until the stock is full",
    inputs={
        "emission_reductions": "tCO2e/yr",
        "lifetime": "yr",
        "growth_years": "yr",
    },
    level="detail",
    example=({"emission_reductions": 843.3, "lifetime": 30.0, "growth_years": 20.0}, 16866.0),
)
def lifetime_emission_reductions(emission_reductions: Any, lifetime: Any, growth_years: Any) -> Any:
    """Removals until the vegetation is grown or the project ends, whichever comes first."""
    return emission_reductions * np.minimum(lifetime, growth_years)


@quantity(
    "tree/hectare",
    family=FAMILY,
    en="Trees per hectare",
    zh="每公顷乔木株数",
    source="definition",
    inputs={"tree_count": "tree", "planted_area": "hectare"},
    level="detail",
    additive=False,
    verified=True,
    example=({"tree_count": 55000.0, "planted_area": 307.0}, 179.1530945),
)
def trees_per_hectare(tree_count: Any, planted_area: Any) -> Any:
    """Density of trees; forests are planted with 1,000 to 3,000 to the hectare."""
    return tree_count / planted_area


@quantity(
    "tree/hectare",
    family=FAMILY,
    en="Shrubs per hectare",
    zh="每公顷灌木株数",
    source="definition",
    inputs={"shrub_count": "tree", "planted_area": "hectare"},
    level="detail",
    additive=False,
    verified=True,
    example=({"shrub_count": 8630000.0, "planted_area": 307.0}, 28110.7491857),
)
def shrubs_per_hectare(shrub_count: Any, planted_area: Any) -> Any:
    """Density of shrubs; three to the square metre are 30,000 to the hectare."""
    return shrub_count / planted_area


@quantity(
    "tree",
    family=FAMILY,
    en="Trees expected to survive",
    zh="预计成活乔木",
    source="definition: trees planted times survival",
    inputs={"tree_count": "tree", "survival_rate": "1"},
    level="headline",
    example=({"tree_count": 55000.0, "survival_rate": 0.8}, 44000.0),
)
def surviving_trees(tree_count: Any, survival_rate: Any) -> Any:
    """Trees alive once the planting is established."""
    return tree_count * survival_rate

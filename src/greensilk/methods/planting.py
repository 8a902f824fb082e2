"""Planting: carbon that trees, shrubs and grass take up.

Forests are counted by area with the growth rates of the climate they stand in, planted trees along
roads and railways by number. Shrubs and grass are counted by the area they cover; by number only if
no area is known, because a dense hedge does not hold more carbon than its ground can carry.
"""

from __future__ import annotations

import numpy as np

from greensilk.core.quantity import Value, quantity

IPCC_FOREST = "{ipcc2019} vol. 4 ch. 4, equations 2.9 and 2.10 (Tier 1)"
IPCC_URBAN = "{ipcc2006} vol. 4 ch. 8, equation 8.3 (trees by number, Tier 2b)"


@quantity(IPCC_FOREST, family="planting")
def carbon_uptake_of_area(
    planted_area: Value,
    survival_rate: Value,
    biomass_growth: Value,
    root_shoot_ratio: Value,
    carbon_fraction: Value,
) -> Value:
    """Carbon bound a year by the vegetation of an area, roots included, while it grows.

    >>> round(carbon_uptake_of_area(100.0, 0.8, 5.0, 0.3, 0.47), 1)
    244.4
    """
    return (
        planted_area * survival_rate * biomass_growth * (1.0 + root_shoot_ratio) * carbon_fraction
    )


@quantity(IPCC_URBAN, family="planting")
def carbon_uptake_of_trees(
    tree_count: Value, survival_rate: Value, carbon_per_tree: Value
) -> Value:
    """Carbon bound a year by single trees that survive.

    >>> carbon_uptake_of_trees(10_000.0, 0.8, 0.01)
    80.0
    """
    return tree_count * survival_rate * carbon_per_tree


@quantity("as for trees, with a rate per shrub", family="planting")
def carbon_uptake_of_shrubs(
    shrub_count: Value, survival_rate: Value, carbon_per_shrub: Value
) -> Value:
    """Carbon bound a year by shrubs that survive.

    >>> carbon_uptake_of_shrubs(100_000.0, 0.8, 0.0002)
    16.0
    """
    return shrub_count * survival_rate * carbon_per_shrub


@quantity(f"{IPCC_FOREST}; {IPCC_URBAN}", family="planting", where={"technology": "greening"})
def carbon_uptake(carbon_uptake_of_area: Value, carbon_uptake_of_trees: Value) -> Value:
    """Ground cover by its area and, above it, the trees by their number.

    >>> carbon_uptake(150.0, 80.0)
    230.0
    """
    return carbon_uptake_of_area + carbon_uptake_of_trees


@quantity(IPCC_URBAN, family="planting", name="carbon_uptake", rank=12)
def carbon_uptake_by_number(carbon_uptake_of_trees: Value, carbon_uptake_of_shrubs: Value) -> Value:
    """Trees and shrubs by number, where no area is given.

    >>> carbon_uptake_by_number(80.0, 16.0)
    96.0
    """
    return carbon_uptake_of_trees + carbon_uptake_of_shrubs


@quantity(
    "{ipcc2006} vol. 4 ch. 2 (44/12 tonnes of carbon dioxide per tonne of carbon)",
    family="planting",
)
def carbon_dioxide_removed(carbon_uptake: Value, carbon_dioxide_per_carbon: Value) -> Value:
    """Carbon dioxide taken from the air in a year of growth.

    >>> round(carbon_dioxide_removed(230.0, 3.6666666666666665), 3)
    843.333
    """
    return carbon_uptake * carbon_dioxide_per_carbon


@quantity(
    "{ar_acm0003}: removals less baseline removals, project emissions and leakage",
    family="planting",
)
def emission_reductions(
    carbon_dioxide_removed: Value,
    baseline_removals: Value,
    project_emissions: Value,
    leakage_emissions: Value,
) -> Value:
    """Net removals: a stock that fire or felling can return to the air, not an avoided emission.

    >>> emission_reductions(843.3, 0.0, 0.0, 0.0)
    843.3
    """
    return carbon_dioxide_removed - baseline_removals - project_emissions - leakage_emissions


@quantity("{ipcc2006} vol. 4 ch. 2: growth counts until the stock is full", family="planting")
def lifetime_emission_reductions(
    emission_reductions: Value, lifetime: Value, growth_years: Value
) -> Value:
    """Removals until the vegetation is grown or the project ends, whichever comes first.

    >>> float(lifetime_emission_reductions(843.3, 30.0, 20.0))
    16866.0
    """
    return emission_reductions * np.minimum(lifetime, growth_years)


@quantity("definition", family="planting", verified=True)
def trees_per_hectare(tree_count: Value, planted_area: Value) -> Value:
    """Density of trees; forests are planted with 1,000 to 3,000 to the hectare.

    >>> round(trees_per_hectare(55_000.0, 307.0), 3)
    179.153
    """
    return tree_count / planted_area


@quantity("definition", family="planting", verified=True)
def shrubs_per_hectare(shrub_count: Value, planted_area: Value) -> Value:
    """Density of shrubs; three to the square metre are 30,000 to the hectare.

    >>> round(shrubs_per_hectare(8_630_000.0, 307.0), 2)
    28110.75
    """
    return shrub_count / planted_area


@quantity("definition: trees planted times survival", family="planting")
def surviving_trees(tree_count: Value, survival_rate: Value) -> Value:
    """Trees alive once the planting is established.

    >>> surviving_trees(55_000.0, 0.8)
    44000.0
    """
    return tree_count * survival_rate

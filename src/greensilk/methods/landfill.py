"""Landfill methane avoided: in the last year, over the lifetime, and all that could ever come."""

from __future__ import annotations

from typing import Any

from greensilk.core.quantity import quantity
from greensilk.methods.waste import (
    FAMILIES,
    LANDFILL_EXAMPLE,
    LANDFILL_INPUTS,
    TOOL04,
    mean_released_share,
    released_share,
)

__all__ = [
    "landfill_methane_last_year",
    "landfill_methane_potential",
    "lifetime_landfill_methane",
]


@quantity(
    "t/yr",
    family=FAMILIES,
    en="Landfill methane avoided in the last year of the crediting period",
    zh="避免的填埋场甲烷排放（计入期末年）",
    source=TOOL04,
    inputs={**LANDFILL_INPUTS, "crediting_years": "yr"},
    level="detail",
    example=({**LANDFILL_EXAMPLE, "crediting_years": 10.0}, 2856.5984089),
)
def landfill_methane_last_year(
    waste_mass: Any,
    methane_per_carbon: Any,
    decomposable_carbon_food: Any,
    decomposable_carbon_garden: Any,
    decomposable_carbon_paper: Any,
    decomposable_carbon_wood: Any,
    decomposable_carbon_textile: Any,
    decomposable_carbon_nappies: Any,
    decay_rate_food: Any,
    decay_rate_garden: Any,
    decay_rate_paper: Any,
    decay_rate_wood: Any,
    decay_rate_textile: Any,
    decay_rate_nappies: Any,
    crediting_years: Any,
) -> Any:
    """Methane the landfill would have released in the last year of the crediting period."""
    return (
        waste_mass
        * methane_per_carbon
        * (
            decomposable_carbon_food * released_share(decay_rate_food, crediting_years)
            + decomposable_carbon_garden * released_share(decay_rate_garden, crediting_years)
            + decomposable_carbon_paper * released_share(decay_rate_paper, crediting_years)
            + decomposable_carbon_wood * released_share(decay_rate_wood, crediting_years)
            + decomposable_carbon_textile * released_share(decay_rate_textile, crediting_years)
            + decomposable_carbon_nappies * released_share(decay_rate_nappies, crediting_years)
        )
    )


@quantity(
    "t/yr",
    family=FAMILIES,
    en="Methane one year's waste would ever have released",
    zh="一年垃圾的甲烷排放潜力",
    source="IPCC 2006 Guidelines vol. 5 ch. 3, equation 3.A1.1 (methane commitment, L0)",
    inputs=dict(list(LANDFILL_INPUTS.items())[:8]),
    level="detail",
    example=(dict(list(LANDFILL_EXAMPLE.items())[:8]), 3712.8),
)
def landfill_methane_potential(
    waste_mass: Any,
    methane_per_carbon: Any,
    decomposable_carbon_food: Any,
    decomposable_carbon_garden: Any,
    decomposable_carbon_paper: Any,
    decomposable_carbon_wood: Any,
    decomposable_carbon_textile: Any,
    decomposable_carbon_nappies: Any,
) -> Any:
    """Methane of all later years from the waste of one: the ceiling of every yearly value.

    Calculators that credit the whole commitment at once report this figure.
    """
    return (
        waste_mass
        * methane_per_carbon
        * (
            decomposable_carbon_food
            + decomposable_carbon_garden
            + decomposable_carbon_paper
            + decomposable_carbon_wood
            + decomposable_carbon_textile
            + decomposable_carbon_nappies
        )
    )


@quantity(
    "t",
    family=FAMILIES,
    en="Landfill methane avoided over the lifetime",
    zh="寿命期内避免的填埋场甲烷排放",
    source=TOOL04 + ", closed form for constant tonnage",
    inputs={**LANDFILL_INPUTS, "lifetime": "yr", "accounting_year": "yr"},
    level="internal",
    example=({**LANDFILL_EXAMPLE, "lifetime": 25.0, "accounting_year": 1.0}, 69618.8507592),
)
def lifetime_landfill_methane(
    waste_mass: Any,
    methane_per_carbon: Any,
    decomposable_carbon_food: Any,
    decomposable_carbon_garden: Any,
    decomposable_carbon_paper: Any,
    decomposable_carbon_wood: Any,
    decomposable_carbon_textile: Any,
    decomposable_carbon_nappies: Any,
    decay_rate_food: Any,
    decay_rate_garden: Any,
    decay_rate_paper: Any,
    decay_rate_wood: Any,
    decay_rate_textile: Any,
    decay_rate_nappies: Any,
    lifetime: Any,
    accounting_year: Any,
) -> Any:
    """Methane the landfill would have released during the project's lifetime."""
    return (
        waste_mass
        * lifetime
        * methane_per_carbon
        * (
            decomposable_carbon_food
            * mean_released_share(decay_rate_food, lifetime, accounting_year)
            + decomposable_carbon_garden
            * mean_released_share(decay_rate_garden, lifetime, accounting_year)
            + decomposable_carbon_paper
            * mean_released_share(decay_rate_paper, lifetime, accounting_year)
            + decomposable_carbon_wood
            * mean_released_share(decay_rate_wood, lifetime, accounting_year)
            + decomposable_carbon_textile
            * mean_released_share(decay_rate_textile, lifetime, accounting_year)
            + decomposable_carbon_nappies
            * mean_released_share(decay_rate_nappies, lifetime, accounting_year)
        )
    )

"""Landfill methane avoided by first-order decay, for waste kept out of landfills or burnt.

Each kind of waste decays at a rate of its own: food within years, wood within decades. For a
constant yearly tonnage the double sum over years of disposal and years of decay has closed forms,
which :func:`released_share` and :func:`mean_released_share` give; a test holds them against the
plain loop. The published method counts in whole years: a year's release is the drop of what is left
between two of its ends, so the step of one year stands in the formulas as ``accounting_year``.

Six kinds of waste decay (food, garden, paper, wood, textile, nappies). Their shares, with those of
plastics, rubber and inert matter, are divided by their sum, so that rounded or partly defaulted
compositions stay compositions.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from greensilk.core.quantity import quantity

__all__ = ["landfill_methane", "mean_released_share", "methane_per_carbon", "released_share"]

FAMILIES = ("waste", "waste_energy")
STREAMS = ("food", "garden", "paper", "wood", "textile", "nappies")
TOOL04 = (
    "CDM TOOL04 (Emissions from solid waste disposal sites) v8.0, equation 1; "
    "IPCC 2006 Guidelines vol. 5 ch. 3, equations 3.1 to 3.6"
)
COMPOSITION = (
    "IPCC 2006 Guidelines vol. 5 ch. 2, section 2.3 (composition of municipal solid waste)"
)


def released_share(rate: Any, years: Any) -> Any:
    """Return the share of one year's decomposable carbon released in year ``years`` of disposal.

    With constant tonnage the releases of all past years' waste sum to ``1 - exp(-rate * years)``
    of one year's carbon [1]; ``rate`` in 1/yr, ``years`` in yr, any shapes that broadcast.

    >>> round(float(released_share(0.4, 10.0)), 4)
    0.9817
    """
    return 1.0 - np.exp(-rate * years)


def mean_released_share(rate: Any, years: Any, step: Any) -> Any:
    """Return the mean of :func:`released_share` over the years ``step, 2 step, ... years`` [1].

    The geometric series of the yearly remainders, summed; ``step`` is one year.

    >>> round(float(mean_released_share(0.4, 2.0, 1.0)), 4)
    0.4402
    >>> round(float(released_share(0.4, 1.0) + released_share(0.4, 2.0)) / 2, 4)
    0.4402
    """
    decay = np.exp(-rate * step)
    return 1.0 - step / years * decay * (1.0 - np.exp(-rate * years)) / (1.0 - decay)


@quantity(
    "t/yr",
    name="waste_mass",
    family=FAMILIES,
    en="Waste treated per year",
    zh="年处理垃圾量",
    source="definition: daily throughput times operating days",
    inputs={"waste_daily": "t/day", "operating_days": "day/yr"},
    level="detail",
    verified=True,
    example=({"waste_daily": 400.0, "operating_days": 333.0}, 133200.0),
)
def waste_mass_of_days(waste_daily: Any, operating_days: Any) -> Any:
    """Waste treated in a year, from what is treated in a day."""
    return waste_daily * operating_days


@quantity(
    "1",
    family=FAMILIES,
    en="Sum of the stated shares of waste",
    zh="垃圾组分占比之和",
    source=COMPOSITION,
    inputs={
        "share_food": "1",
        "share_garden": "1",
        "share_paper": "1",
        "share_wood": "1",
        "share_textile": "1",
        "share_nappies": "1",
        "share_plastics": "1",
        "share_rubber": "1",
        "share_inert": "1",
    },
    level="internal",
    additive=False,
    example=(
        {
            "share_food": 0.5,
            "share_garden": 0.05,
            "share_paper": 0.1,
            "share_wood": 0.02,
            "share_textile": 0.03,
            "share_nappies": 0.02,
            "share_plastics": 0.12,
            "share_rubber": 0.01,
            "share_inert": 0.15,
        },
        1.0,
    ),
)
def composition_total(
    share_food: Any,
    share_garden: Any,
    share_paper: Any,
    share_wood: Any,
    share_textile: Any,
    share_nappies: Any,
    share_plastics: Any,
    share_rubber: Any,
    share_inert: Any,
) -> Any:
    """Sum of the shares, by which each is divided so that they make one whole."""
    return (
        share_food
        + share_garden
        + share_paper
        + share_wood
        + share_textile
        + share_nappies
        + share_plastics
        + share_rubber
        + share_inert
    )


@quantity(
    "1",
    family=FAMILIES,
    en="Methane per tonne of decomposable carbon",
    zh="单位可降解有机碳的甲烷排放量",
    source=TOOL04,
    inputs={
        "landfill_model_factor": "1",
        "landfill_gas_capture": "1",
        "landfill_oxidation": "1",
        "landfill_methane_fraction": "1",
        "methane_correction_factor": "1",
    },
    level="internal",
    additive=False,
    example=(
        {
            "landfill_model_factor": 0.85,
            "landfill_gas_capture": 0.0,
            "landfill_oxidation": 0.1,
            "landfill_methane_fraction": 0.5,
            "methane_correction_factor": 1.0,
        },
        0.51,
    ),
)
def methane_per_carbon(
    landfill_model_factor: Any,
    landfill_gas_capture: Any,
    landfill_oxidation: Any,
    landfill_methane_fraction: Any,
    methane_correction_factor: Any,
) -> Any:
    """Tonnes of methane reaching the air per tonne of carbon that decomposes in the landfill.

    16/12 is the mass of methane per mass of carbon in it.
    """
    return (
        landfill_model_factor
        * (1.0 - landfill_gas_capture)
        * (1.0 - landfill_oxidation)
        * (16.0 / 12.0)
        * landfill_methane_fraction
        * methane_correction_factor
    )


LANDFILL_INPUTS = {
    "waste_mass": "t/yr",
    "methane_per_carbon": "1",
    **{f"decomposable_carbon_{stream}": "1" for stream in STREAMS},
    **{f"decay_rate_{stream}": "1/yr" for stream in STREAMS},
}
# a tropical wet landfill: carbon and decay of TOOL04's defaults, shares as in composition_total
LANDFILL_EXAMPLE = {
    "waste_mass": 100000.0,
    "methane_per_carbon": 0.51,
    "decomposable_carbon_food": 0.0375,
    "decomposable_carbon_garden": 0.005,
    "decomposable_carbon_paper": 0.02,
    "decomposable_carbon_wood": 0.0043,
    "decomposable_carbon_textile": 0.0036,
    "decomposable_carbon_nappies": 0.0024,
    "decay_rate_food": 0.4,
    "decay_rate_garden": 0.17,
    "decay_rate_paper": 0.07,
    "decay_rate_wood": 0.035,
    "decay_rate_textile": 0.07,
    "decay_rate_nappies": 0.17,
}


@quantity(
    "t/yr",
    family=FAMILIES,
    en="Landfill methane avoided, mean of the crediting period",
    zh="避免的填埋场甲烷排放（计入期年均）",
    source=TOOL04 + ", closed form for constant tonnage",
    inputs={**LANDFILL_INPUTS, "crediting_years": "yr", "accounting_year": "yr"},
    level="detail",
    example=(
        {**LANDFILL_EXAMPLE, "crediting_years": 10.0, "accounting_year": 1.0},
        2147.1475227,
    ),
)
def landfill_methane(
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
    accounting_year: Any,
) -> Any:
    """Methane the landfill would have released in a mean year of the crediting period.

    Only what escapes within the period counts; waste of the last years has hardly begun to decay.
    """
    return (
        waste_mass
        * methane_per_carbon
        * (
            decomposable_carbon_food
            * mean_released_share(decay_rate_food, crediting_years, accounting_year)
            + decomposable_carbon_garden
            * mean_released_share(decay_rate_garden, crediting_years, accounting_year)
            + decomposable_carbon_paper
            * mean_released_share(decay_rate_paper, crediting_years, accounting_year)
            + decomposable_carbon_wood
            * mean_released_share(decay_rate_wood, crediting_years, accounting_year)
            + decomposable_carbon_textile
            * mean_released_share(decay_rate_textile, crediting_years, accounting_year)
            + decomposable_carbon_nappies
            * mean_released_share(decay_rate_nappies, crediting_years, accounting_year)
        )
    )

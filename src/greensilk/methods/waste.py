"""Municipal waste: amounts, composition and the landfill methane that treatment avoids.

Each kind of waste decays at a rate of its own: food within years, wood within decades. For a
constant yearly tonnage the double sum over years of disposal and years of decay has closed forms,
which :func:`released_share` and :func:`mean_released_share` give; a test holds them against the
plain loop. The published method counts in whole years: a year's release is the drop of what is left
between two of its ends, so the step of one year stands in the formulas as ``accounting_year``.

Six kinds of waste decay (food, garden, paper, wood, textile, nappies). Their shares, with those of
plastics, rubber and inert matter, are divided by their sum, so that rounded or partly defaulted
compositions stay compositions. The carbon that decomposes has one formula for each kind, so that an
explanation names its share, its carbon and the part of the carbon that decomposes without air.
"""

from __future__ import annotations

import numpy as np

from greensilk.core.quantity import Value, quantity

FAMILIES = ("waste", "waste_energy")
TOOL04 = "{tool04}, equation 1; {ipcc2006} vol. 5 ch. 3, equations 3.1 to 3.6"
COMPOSITION = "{ipcc2006} vol. 5 ch. 2, section 2.3 (composition of municipal solid waste)"
DECOMPOSABLE = "CDM TOOL04 v8.0, equation 1 (W, DOC, DOCf); {ipcc2006} vol. 5 ch. 3, equation 3.2"


def released_share(rate: Value, years: Value) -> Value:
    """Return the share of one year's decomposable carbon released in year ``years`` of disposal.

    With constant tonnage the releases of all past years' waste sum to ``1 - exp(-rate * years)``
    of one year's carbon [1]; ``rate`` in 1/yr, ``years`` in yr, any shapes that broadcast.

    >>> round(float(released_share(0.4, 10.0)), 4)
    0.9817
    """
    return 1.0 - np.exp(-rate * years)


def mean_released_share(rate: Value, years: Value, step: Value) -> Value:
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
    "definition: daily throughput times operating days",
    family=FAMILIES,
    name="waste_mass",
    verified=True,
)
def waste_mass_of_days(waste_daily: Value, operating_days: Value) -> Value:
    """Waste treated in a year, from what is treated in a day.

    >>> waste_mass_of_days(400.0, 333.0)
    133200.0
    """
    return waste_daily * operating_days


@quantity(COMPOSITION, family=FAMILIES)
def composition_total(
    share_food: Value,
    share_garden: Value,
    share_paper: Value,
    share_wood: Value,
    share_textile: Value,
    share_nappies: Value,
    share_plastics: Value,
    share_rubber: Value,
    share_inert: Value,
) -> Value:
    """Sum of the shares, by which each is divided so that they make one whole.

    >>> composition_total(0.5, 0.05, 0.1, 0.02, 0.03, 0.02, 0.12, 0.01, 0.15)
    1.0
    """
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


@quantity(TOOL04, family=FAMILIES)
def methane_per_carbon(
    landfill_model_factor: Value,
    landfill_gas_capture: Value,
    landfill_oxidation: Value,
    landfill_methane_fraction: Value,
    methane_correction_factor: Value,
) -> Value:
    """Tonnes of methane reaching the air per tonne of carbon that decomposes in the landfill.

    16/12 is the mass of methane per mass of carbon in it.

    >>> methane_per_carbon(0.85, 0.0, 0.1, 0.5, 1.0)
    0.51
    """
    return (
        landfill_model_factor
        * (1.0 - landfill_gas_capture)
        * (1.0 - landfill_oxidation)
        * (16.0 / 12.0)
        * landfill_methane_fraction
        * methane_correction_factor
    )


@quantity(TOOL04 + ", closed form for constant tonnage", family=FAMILIES)
def landfill_methane(
    waste_mass: Value,
    methane_per_carbon: Value,
    decomposable_carbon_food: Value,
    decomposable_carbon_garden: Value,
    decomposable_carbon_paper: Value,
    decomposable_carbon_wood: Value,
    decomposable_carbon_textile: Value,
    decomposable_carbon_nappies: Value,
    decay_rate_food: Value,
    decay_rate_garden: Value,
    decay_rate_paper: Value,
    decay_rate_wood: Value,
    decay_rate_textile: Value,
    decay_rate_nappies: Value,
    crediting_years: Value,
    accounting_year: Value,
) -> Value:
    """Methane the landfill would have released in a mean year of the crediting period.

    Only what escapes within the period counts; waste of the last years has hardly begun to decay.

    >>> round(float(landfill_methane(100_000.0, 0.51, 0.0375, 0.005, 0.02, 0.0043, 0.0036,
    ...     0.0024, 0.4, 0.17, 0.07, 0.035, 0.07, 0.17, 10.0, 1.0)), 3)
    2147.148
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


@quantity(DECOMPOSABLE, family=FAMILIES)
def decomposable_carbon_food(
    share_food: Value,
    composition_total: Value,
    degradable_carbon_food: Value,
    decomposing_fraction_food: Value,
) -> Value:
    """Tonnes of carbon from food waste that decompose, per tonne of mixed wet waste.

    >>> decomposable_carbon_food(0.5, 1.0, 0.15, 0.5)
    0.0375
    """
    return share_food / composition_total * degradable_carbon_food * decomposing_fraction_food


@quantity(DECOMPOSABLE, family=FAMILIES)
def decomposable_carbon_garden(
    share_garden: Value,
    composition_total: Value,
    degradable_carbon_garden: Value,
    decomposing_fraction_garden: Value,
) -> Value:
    """Tonnes of carbon from garden waste that decompose, per tonne of mixed wet waste.

    >>> round(decomposable_carbon_garden(0.05, 1.0, 0.2, 0.5), 3)
    0.005
    """
    return share_garden / composition_total * degradable_carbon_garden * decomposing_fraction_garden


@quantity(DECOMPOSABLE, family=FAMILIES)
def decomposable_carbon_paper(
    share_paper: Value,
    composition_total: Value,
    degradable_carbon_paper: Value,
    decomposing_fraction_paper: Value,
) -> Value:
    """Tonnes of carbon from paper that decompose, per tonne of mixed wet waste.

    >>> round(decomposable_carbon_paper(0.1, 1.0, 0.4, 0.5), 2)
    0.02
    """
    return share_paper / composition_total * degradable_carbon_paper * decomposing_fraction_paper


@quantity(DECOMPOSABLE, family=FAMILIES)
def decomposable_carbon_wood(
    share_wood: Value,
    composition_total: Value,
    degradable_carbon_wood: Value,
    decomposing_fraction_wood: Value,
) -> Value:
    """Tonnes of carbon from wood that decompose, per tonne of mixed wet waste.

    >>> decomposable_carbon_wood(0.02, 1.0, 0.43, 0.5)
    0.0043
    """
    return share_wood / composition_total * degradable_carbon_wood * decomposing_fraction_wood


@quantity(DECOMPOSABLE, family=FAMILIES)
def decomposable_carbon_textile(
    share_textile: Value,
    composition_total: Value,
    degradable_carbon_textile: Value,
    decomposing_fraction_textile: Value,
) -> Value:
    """Tonnes of carbon from textiles that decompose, per tonne of mixed wet waste.

    >>> decomposable_carbon_textile(0.03, 1.0, 0.24, 0.5)
    0.0036
    """
    return (
        share_textile / composition_total * degradable_carbon_textile * decomposing_fraction_textile
    )


@quantity(DECOMPOSABLE, family=FAMILIES)
def decomposable_carbon_nappies(
    share_nappies: Value,
    composition_total: Value,
    degradable_carbon_nappies: Value,
    decomposing_fraction_nappies: Value,
) -> Value:
    """Tonnes of carbon from nappies that decompose, per tonne of mixed wet waste.

    >>> decomposable_carbon_nappies(0.02, 1.0, 0.24, 0.5)
    0.0024
    """
    return (
        share_nappies / composition_total * degradable_carbon_nappies * decomposing_fraction_nappies
    )


@quantity(
    "definition: waste treated divided by waste per person",
    family=FAMILIES,
    name="people_served",
    rank=8,
    verified=True,
)
def people_of_waste(waste_mass: Value, waste_per_person: Value) -> Value:
    """People whose waste the project takes.

    >>> people_of_waste(133_200.0, 0.333)
    400000.0
    """
    return waste_mass / waste_per_person


@quantity(TOOL04, family=FAMILIES)
def landfill_methane_last_year(
    waste_mass: Value,
    methane_per_carbon: Value,
    decomposable_carbon_food: Value,
    decomposable_carbon_garden: Value,
    decomposable_carbon_paper: Value,
    decomposable_carbon_wood: Value,
    decomposable_carbon_textile: Value,
    decomposable_carbon_nappies: Value,
    decay_rate_food: Value,
    decay_rate_garden: Value,
    decay_rate_paper: Value,
    decay_rate_wood: Value,
    decay_rate_textile: Value,
    decay_rate_nappies: Value,
    crediting_years: Value,
) -> Value:
    """Methane the landfill would have released in the last year of the crediting period.

    >>> round(float(landfill_methane_last_year(100_000.0, 0.51, 0.0375, 0.005, 0.02, 0.0043,
    ...     0.0036, 0.0024, 0.4, 0.17, 0.07, 0.035, 0.07, 0.17, 10.0)), 1)
    2856.6
    """
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


@quantity("{ipcc2006} vol. 5 ch. 3, equation 3.A1.1 (methane commitment, L0)", family=FAMILIES)
def landfill_methane_potential(
    waste_mass: Value,
    methane_per_carbon: Value,
    decomposable_carbon_food: Value,
    decomposable_carbon_garden: Value,
    decomposable_carbon_paper: Value,
    decomposable_carbon_wood: Value,
    decomposable_carbon_textile: Value,
    decomposable_carbon_nappies: Value,
) -> Value:
    """Methane of all later years from the waste of one: the ceiling of every yearly value.

    Calculators that credit the whole commitment at once report this figure.

    >>> landfill_methane_potential(100_000.0, 0.51, 0.0375, 0.005, 0.02, 0.0043, 0.0036, 0.0024)
    3712.8
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


@quantity(TOOL04 + ", closed form for constant tonnage", family=FAMILIES)
def lifetime_landfill_methane(
    waste_mass: Value,
    methane_per_carbon: Value,
    decomposable_carbon_food: Value,
    decomposable_carbon_garden: Value,
    decomposable_carbon_paper: Value,
    decomposable_carbon_wood: Value,
    decomposable_carbon_textile: Value,
    decomposable_carbon_nappies: Value,
    decay_rate_food: Value,
    decay_rate_garden: Value,
    decay_rate_paper: Value,
    decay_rate_wood: Value,
    decay_rate_textile: Value,
    decay_rate_nappies: Value,
    lifetime: Value,
    accounting_year: Value,
) -> Value:
    """Methane the landfill would have released during the project's lifetime.

    >>> round(float(lifetime_landfill_methane(100_000.0, 0.51, 0.0375, 0.005, 0.02, 0.0043,
    ...     0.0036, 0.0024, 0.4, 0.17, 0.07, 0.035, 0.07, 0.17, 25.0, 1.0)), 1)
    69618.9
    """
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

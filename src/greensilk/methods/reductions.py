"""What a project avoids in a year and over its life: baseline less project and leakage.

One formula for all kinds of project, with the method each of them takes it from.
"""

from __future__ import annotations

import numpy as np

from greensilk.core.quantity import Value, quantity

DISPLACING = ("freight", "fleet", "lighting")


@quantity(
    {
        DISPLACING: "CDM AM0090, AMS-III.C and AMS-II.L: ER = BE - PE - LE",
        "industry": ("{ams2d}"),
        "offgrid": ("{ams1l}; CDM AMS-I.F (ER = BE - PE - LE)"),
        "electricity": ("{acm0002}, section on emission reductions (ER = BE - PE - LE)"),
        ("waste", "waste_energy"): ("{acm0022}, section 5.8"),
        "wastewater": (
            "CDM AMS-III.H, emission reductions; negative where the plant adds emissions"
        ),
    }
)
def emission_reductions(
    baseline_emissions: Value, project_emissions: Value, leakage_emissions: Value
) -> Value:
    """Return the greenhouse gases avoided in a year; negative where the project emits more.

    Where the host grid emits next to nothing a power plant avoids next to nothing, however much
    clean electricity it delivers; that is reported beside it (``net_generation``,
    ``people_served``).

    >>> emission_reductions(100.0, 30.0, 5.0)
    65.0
    """
    return baseline_emissions - project_emissions - leakage_emissions


@quantity("definition: emission reductions over baseline emissions", family=DISPLACING)
def emission_cut(emission_reductions: Value, baseline_emissions: Value) -> Value:
    """Return the share of the baseline that is avoided, routes and terminals included.

    Not a number where the baseline is nothing (lamps on a grid of hydropower).

    >>> float(emission_cut(65.0, 100.0))
    0.65
    """
    return emission_reductions / np.where(baseline_emissions == 0.0, np.nan, baseline_emissions)


@quantity(
    {
        ("wastewater", "industry"): "definition: yearly reductions times lifetime",
        "lighting": "definition: yearly reductions times lifetime, grid held as it is",
    },
    verified=True,
)
def lifetime_emission_reductions(emission_reductions: Value, lifetime: Value) -> Value:
    """Return the reductions summed over the lifetime of the works, every year like the first.

    >>> lifetime_emission_reductions(1_000.0, 30.0)
    30000.0
    """
    return emission_reductions * lifetime

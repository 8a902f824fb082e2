"""Reductions claimed by plants that burn fossil fuel.

No methodology credits such a plant for being there, so there is no estimate of its reductions; but
what it emits is known, and so is how that compares with the grid it feeds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from greensilk.judge.intervals import Floats

__all__ = ["CLAIMS", "Fossil", "fossil_plants", "fossil_verdicts"]

Mask = npt.NDArray[np.bool_]
Estimate = tuple[Floats, Floats, Floats]

YEARLY = "claimed_emission_reductions"
CLAIMS = (YEARLY, "claimed_lifetime_emission_reductions")
_FAMILY = "fossil"
# components that make no electricity do not change what the plant is
_BESIDE = ("programme",)


@dataclass(frozen=True, slots=True)
class Fossil:
    """What fossil plants emit, for every project; NaN where it is none or unknown.

    ``emitted`` in tCO2e a year; ``of_grid`` is emissions per MWh over the host grid's. Each is
    value, low and high.
    """

    emitted: Estimate
    of_grid: Estimate

    @property
    def gain(self) -> Floats:
        """Return the most such a plant can spare a grid dirtier than itself, tCO2e a year.

        All its electricity is taken to displace the grid's average, at the ends of our ranges that
        favour the claim. Zero where the plant is the dirtier of the two, or the grid unknown.
        """
        with np.errstate(invalid="ignore", divide="ignore"):
            spared = self.emitted[2] * (1.0 / self.of_grid[1] - 1.0)
        return np.asarray(np.where(spared > 0.0, spared, 0.0))


def fossil_plants(serves: Mapping[str, Mask], emitted: Estimate, of_grid: Estimate) -> Fossil:
    """Return the figures of the projects that are fossil plants and nothing else."""
    only = serves.get(_FAMILY, np.zeros(len(emitted[0]), bool)).copy()
    for family, mask in serves.items():
        if family not in (_FAMILY, *_BESIDE):
            only &= ~mask

    def kept(estimate: Estimate) -> Estimate:
        value, low, high = (np.where(only, array, np.nan) for array in estimate)
        return value, low, high

    return Fossil(kept(emitted), kept(of_grid))


def fossil_verdicts(
    names: npt.NDArray[np.str_],
    project: npt.NDArray[np.intp],
    claim: tuple[Floats, Floats],
    fossil: Fossil,
    notes: dict[str, Floats],
) -> list[tuple[Mask, str, str]]:
    """Return (where, verdict, reason code) for the reductions that fossil plants claim.

    A plant at least as dirty as its grid reduces nothing. One that is cleaner may displace dirtier
    power, but never by more than :attr:`Fossil.gain`.
    """
    value, low = claim
    emitted, of_grid = fossil.emitted[0][project], fossil.of_grid[0][project]
    gain = fossil.gain[project]
    notes["emitted"][:], notes["of_grid"][:], notes["gain"][:] = emitted, of_grid, gain
    with np.errstate(invalid="ignore"):
        meant = np.isin(names, CLAIMS) & (emitted > 0.0) & (value > 0.0)
    yearly = meant & (names == YEARLY)
    compared = ~np.isnan(of_grid)
    none = gain == 0.0
    return [
        (meant & none & compared, "implausible", "fossil_emits_relative"),
        (meant & none, "implausible", "fossil_emits"),
        (yearly & (low > gain), "high", "fossil_above_gain"),
        (yearly, "not_checkable", "fossil_below_gain"),
    ]

"""What may explain a claim that is too high or too low.

The explanations are tried in turn: a grid that emits nothing, another baseline that reproduces the
claim, a slip of known size, a factor outside anything known, a different generation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from greensilk.judge.baselines import Found
from greensilk.judge.candidates import CandidateSet
from greensilk.judge.intervals import Floats
from greensilk.judge.limits import thresholds
from greensilk.reference import read_rows

__all__ = ["Energy", "explanations"]

Mask = npt.NDArray[np.bool_]
# claims of how many are served: what is left for each of them is worth knowing
SERVED = ("claimed_people", "claimed_households")


@dataclass(frozen=True, slots=True)
class Energy:
    """Electricity of every project in MWh a year, NaN where unknown; (projects,) each.

    ``stated`` by the project; ``net`` behind our estimates (measured, stated or expected), with
    ``low`` and ``high``.
    """

    stated: Floats
    net: Floats
    low: Floats
    high: Floats

    @property
    def best(self) -> tuple[Floats, Floats, Floats]:
        """Return the electricity a claim is about: as stated, else ours with its range."""
        given = ~np.isnan(self.stated)
        value, low, high = (
            np.where(given, self.stated, ours) for ours in (self.net, self.low, self.high)
        )
        return value, low, high


def explanations(
    names: npt.NDArray[np.str_],
    project: npt.NDArray[np.intp],
    claim: tuple[Floats, Floats],
    ours: tuple[Floats, Floats],
    figures: tuple[Floats, Floats],
    baselines: Found,
    countries: list[str],
    energy: Energy,
    notes: dict[str, Floats],
) -> list[tuple[Mask, str]]:
    """Return what may explain a high or low claim, the likeliest first, as (where, code).

    A ``*`` in a code stands for ``high`` or ``low``.
    """
    value, estimate = figures
    candidates = baselines.candidates
    co2 = names == candidates.dimensions[0].claim
    electric = np.isin(names, [d.claim for d in candidates.dimensions])
    with np.errstate(divide="ignore", invalid="ignore"):
        best, least, most = (array[project] for array in energy.best)
        notes["implied"][:] = np.where(electric, value / best, np.nan)
        notes["ours"][:] = np.where(electric, estimate / energy.net[project], np.nan)
        # kilowatt-hours for each person or household
        notes["each"][:] = 1000.0 * best / value
    nothing = co2 & (estimate == 0.0) & (value > 0.0)
    found: list[tuple[Mask, str]] = [(nothing, "zero_emission_grid")]
    found += _by_baseline(names, project, baselines, co2, electric)
    found += _by_slip(names, claim, ours)
    lowest, highest = _extremes(candidates, countries)
    with np.errstate(divide="ignore", invalid="ignore"):
        below, above = value / least < lowest[project], value / most > highest[project]
    notes["bound"][:] = np.where(
        co2 & below, lowest[project], np.where(co2 & above, highest[project], notes["bound"])
    )
    found.append((co2 & below, "below_any_factor"))
    found.append((co2 & above, "above_any_factor"))
    given = ~np.isnan(notes["stated"])
    found.append((co2 & given, "no_factor_*"))
    found.append((co2 & ~np.isnan(best), "no_generation_*"))
    served = np.isin(names, SERVED) & ~np.isnan(best)
    found.append((served, "served_*"))
    found.append((names == candidates.generation, "generation_*"))
    return found


def _by_baseline(
    names: npt.NDArray[np.str_],
    project: npt.NDArray[np.intp],
    baselines: Found,
    co2: Mask,
    electric: Mask,
) -> list[tuple[Mask, str]]:
    """Return the claims that another baseline reproduces, by the kind of baseline."""
    detection, candidates = baselines.detection, baselines.candidates
    if not len(baselines.project):
        return []
    place = np.full(int(max(project.max(initial=0), baselines.project.max())) + 1, -1)
    place[baselines.project] = np.arange(len(baselines.project))
    at = place[project]
    best = np.where(at >= 0, detection.candidate[np.maximum(at, 0), 0], -1)
    ties = np.where(at >= 0, detection.ties[np.maximum(at, 0)], 0)
    # a baseline that has no factor for this claim does not explain it
    has = ~np.isnan(candidates.factors)
    has[candidates.host_index] = ~np.isnan(candidates.host).all(axis=0)
    column = np.zeros(len(names), np.intp)
    for index, dimension in enumerate(candidates.dimensions):
        column[names == dimension.claim] = index
    explains = electric & (best >= 0) & (ties > 0) & has[np.maximum(best, 0), column]
    kinds = np.array([candidates.kinds.index(c.kind) for c in candidates.candidates])
    kind = np.where(best >= 0, kinds[np.maximum(best, 0)], -1)
    kinds_tied = (detection.kind_ties > 0).sum(axis=1)
    several = np.where(at >= 0, kinds_tied[np.maximum(at, 0)], 0) > 1
    return [
        (explains & where & mask, f"baseline_{name}{suffix}")
        for name, where in (
            ("ambiguous", several),
            *((name, kind == index) for index, name in enumerate(candidates.kinds)),
        )
        for mask, suffix in ((co2, ""), (~co2, "_other"))
    ]


def _by_slip(
    names: npt.NDArray[np.str_], claim: tuple[Floats, Floats], ours: tuple[Floats, Floats]
) -> list[tuple[Mask, str]]:
    """Return the claims that a slip of known size would bring into our range."""
    low, high = claim
    est_low, est_high = ours
    with np.errstate(invalid="ignore", divide="ignore"):
        narrow = (est_low > 0.0) & (est_high / est_low < thresholds()["narrow"])
    found = []
    for row in read_rows("greensilk.judge", "data", "slips.csv"):
        claims = row["claims"].split("|")
        meant = np.ones(len(names), bool) if claims == ["*"] else np.isin(names, claims)
        with np.errstate(invalid="ignore"):
            fits = (low * float(row["low"]) <= est_high) & (high * float(row["high"]) >= est_low)
        found.append((meant & narrow & fits & np.isfinite(high), f"slip_{row['slip']}"))
    return found


def _extremes(candidates: CandidateSet, countries: list[str]) -> tuple[Floats, Floats]:
    """Return the lowest and the highest CO2 factor above zero of any candidate, per project."""
    distinct = {name: place for place, name in enumerate(dict.fromkeys(countries))}
    rows = candidates.country_rows(list(distinct))
    fixed = np.delete(candidates.factors[:, 0], candidates.host_index)
    both = np.concatenate(
        [np.repeat(fixed[None, :], len(rows), axis=0), candidates.host[rows, :, 0]], axis=1
    )
    both = np.where(both > 0.0, both, np.nan)
    place = np.array([distinct[name] for name in countries], np.intp)
    if not len(place):
        return np.zeros(0), np.zeros(0)
    return np.nanmin(both, axis=1)[place], np.nanmax(both, axis=1)[place]

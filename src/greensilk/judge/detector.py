"""Which baseline was used: a search of all candidate factor sets against a project's claims.

If every claim of a project is its generation times a factor, then each claim, with its rounding,
confines the generation to an interval; on a logarithmic scale the interval of claim d under
candidate c is

    [ln low(d) - ln factor(c, d),  ln high(d) - ln factor(c, d)]

The candidate explains all claims exactly when these intervals meet. When they do not, the
generation that misses the worst one by least lies halfway between the highest lower end and the
lowest upper end, and half of that distance is the residual: the smallest possible largest misfit
beyond rounding. A stated generation is one more interval, under factor 1. So the search has a
closed form and runs over all projects and all candidates as plain array operations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from greensilk.core.rules import Subjects
from greensilk.judge.candidates import CandidateSet
from greensilk.judge.figures import Floats, Mask
from greensilk.judge.ladders import ladder, threshold

__all__ = ["Detection", "Solution", "detect", "solve"]

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int8]
Scalar = TypeVar("Scalar", bound=np.generic)

# projects handled at once: projects x candidates x a few arrays must stay small
CHUNK = 1024
# later than any year, where none is known
_LATEST = 9999


@dataclass(frozen=True, slots=True)
class Solution:
    """The best generation of every project under every candidate; all of shape (n, candidates).

    ``centre`` is the logarithm of the generation that misses by least, ``lower`` and ``upper``
    the ends of the interval that all claims leave to it (crossed when nothing fits), ``residual``
    the largest relative misfit beyond rounding, ``rms`` the root mean square relative misfit of the
    stated figures themselves, ``used`` how many claims the candidate has a factor for.
    """

    centre: Floats
    lower: Floats
    upper: Floats
    residual: Floats
    rms: Floats
    used: Small


def solve(low: Floats, middle: Floats, high: Floats, log_factors: list[Floats]) -> Solution:
    """Fit all candidates to all projects.

    Parameters
    ----------
    low, middle, high
        Logarithms of the claims' intervals and figures, shape (n, dimensions), NaN where absent.
    log_factors
        For each dimension the logarithm of the factors, shape (n, candidates) or (1, candidates),
        NaN where a candidate has none.

    Examples
    --------
    Two claims, 83.2 t and 30.5 tce, under factors of 0.832 t/MWh and 0.305 tce/MWh: 100 MWh.

    >>> claims = np.log(np.array([[83.2, 30.5]]))
    >>> result = solve(claims, claims, claims, [np.log([[0.832]]), np.log([[0.305]])])
    >>> round(float(np.exp(result.centre[0, 0])), 6), round(float(result.residual[0, 0]), 9)
    (100.0, 0.0)
    """
    shape = (low.shape[0], max(array.shape[1] for array in log_factors))
    lower, upper = np.full(shape, -np.inf), np.full(shape, np.inf)
    total, square = np.zeros(shape), np.zeros(shape)
    used = np.zeros(shape, np.int8)
    for index, factors in enumerate(log_factors):
        if np.isnan(low[:, index]).all():
            continue
        np.fmax(lower, low[:, index, None] - factors, out=lower)
        np.fmin(upper, high[:, index, None] - factors, out=upper)
        # the misfit of the figures themselves, taken about the common generation below
        offset = middle[:, index, None] - factors
        known = ~np.isnan(offset)
        used += known
        offset = np.where(known, offset, 0.0)
        total += offset
        square += offset * offset
    with np.errstate(invalid="ignore", divide="ignore"):
        centre = 0.5 * (lower + upper)
        residual = np.expm1(np.maximum(0.0, 0.5 * (lower - upper)))
        mean = total / used
        rms = np.sqrt(np.maximum(0.0, square / used - mean * mean))
    unexplained = used == 0
    for array in (centre, lower, upper, residual, rms):
        array[unexplained] = np.nan
    return Solution(centre, lower, upper, residual, rms, used)


@dataclass(frozen=True, slots=True)
class Detection:
    """The candidates kept for each project, best first; arrays of shape (n, kept).

    ``candidate`` is the index in the set, -1 where fewer were worth keeping. ``fits`` is judged on
    claims and stated generation together; ``residual_free`` leaves the stated generation out;
    ``plausible`` tells whether the implied generation lies in the expected range (true if unknown).
    Per project (n,): ``status`` as the index of a rule of the ladder
    ``baseline``, ``claims`` it makes,
    ``ties`` candidates that are equally good, ``eligible`` candidates that explain any claim,
    ``expected`` those of them whose implied generation can be expected, ``degrees`` figures that
    are left once the generation is chosen, and by kind (n, kinds): how many of the ties, with the
    first and last year among them.
    """

    candidate: Ints
    implied: Floats
    implied_low: Floats
    implied_high: Floats
    residual: Floats
    residual_free: Floats
    rms: Floats
    used: Small
    fits: Mask
    tied: Mask
    plausible: Mask
    status: npt.NDArray[np.intp]
    claims: Small
    degrees: Small
    ties: Ints
    eligible: Ints
    expected: Ints
    kind_ties: Ints
    kind_first: Ints
    kind_last: Ints

    @classmethod
    def join(cls, parts: list[Detection]) -> Detection:
        """Return the parts one after the other."""
        names = cls.__dataclass_fields__
        return cls(**{name: np.concatenate([getattr(p, name) for p in parts]) for name in names})


def detect(
    candidates: CandidateSet,
    value: Floats,
    low: Floats,
    high: Floats,
    country: npt.NDArray[np.intp],
    *,
    expected: tuple[Floats, Floats] | None = None,
    tolerance: float | None = None,
    keep: int | None = None,
) -> Detection:
    """Search all candidates for every project.

    Parameters
    ----------
    value, low, high
        Shape (n, dimensions + 1): the claims in the units of the set's dimensions and, last, the
        stated generation; NaN where nothing is stated.
    country
        Row of each project's country in ``candidates.host``.
    expected
        Range of generation the project can be expected to reach, (n,) and (n,). Where no generation
        is stated it orders the candidates, but decides nothing.
    tolerance
        Largest relative misfit beyond rounding that still counts as a fit; by default the
        threshold ``fit_tolerance``.
    keep
        Candidates kept for each project; by default the threshold ``candidates_kept``.
    """
    limit = threshold("fit_tolerance") if tolerance is None else tolerance
    count = int(threshold("candidates_kept")) if keep is None else keep
    if expected is None:
        unknown = np.full(len(value), np.nan)
        expected = (unknown, unknown)
    parts = [
        _chunk(
            candidates,
            value[start : start + CHUNK],
            low[start : start + CHUNK],
            high[start : start + CHUNK],
            country[start : start + CHUNK],
            (expected[0][start : start + CHUNK], expected[1][start : start + CHUNK]),
            limit,
            count,
        )
        for start in range(0, max(len(value), 1), CHUNK)
    ]
    return Detection.join(parts)


def _logarithms(value: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats, Floats]:
    """Return logarithms; what is not above zero explains nothing and is left out."""
    usable = value > 0.0
    with np.errstate(invalid="ignore", divide="ignore"):
        # a figure rounded to one digit may reach down to nothing: keep its interval above zero
        floor = np.maximum(low, threshold("least_share") * value)
        return tuple(  # type: ignore[return-value]
            np.where(usable, np.log(array), np.nan)
            for array in (floor, value, np.maximum(high, value))
        )


def _chunk(
    candidates: CandidateSet,
    value: Floats,
    low: Floats,
    high: Floats,
    country: npt.NDArray[np.intp],
    expected: tuple[Floats, Floats],
    limit: float,
    keep: int,
) -> Detection:
    log_low, log_mid, log_high = _logarithms(value, low, high)
    factors = _log_factors(candidates, country)
    size = len(candidates.dimensions)
    free = solve(log_low[:, :size], log_mid[:, :size], log_high[:, :size], factors)
    bound = _with_generation(free, log_low[:, size], log_mid[:, size], log_high[:, size])
    has_generation = ~np.isnan(log_mid[:, size])
    claims = (~np.isnan(log_mid[:, :size])).sum(axis=1).astype(np.int8)
    needs = np.array([item.needs for item in candidates.candidates], np.int8)[None, :]
    some = (free.used > 0) & (free.used >= needs)
    some &= (needs == 0) | ~np.isnan(log_mid[:, :1])
    checked = (free.used + has_generation[:, None]) >= 2
    with np.errstate(invalid="ignore"):
        fits = some & checked & (bound.residual <= limit)
        fits_free = some & (free.used >= 2) & (free.residual <= limit)
    choices = np.array([item.choices for item in candidates.candidates], np.int64)[None, :]
    tied = _best_fits(fits, free.used, choices)
    plausible, distance = _against_expected(free, expected)
    misfit = np.where(has_generation[:, None], bound.residual, np.fmax(free.residual, distance))
    # where only the generation is at odds, candidates are ordered by what they do to the claims
    differs = has_generation & ~fits.any(axis=1) & fits_free.any(axis=1)
    order = _rank(
        some,
        np.where(differs[:, None], fits_free, fits),
        free.used,
        choices,
        np.where(differs[:, None], free.residual, misfit),
        np.where(differs[:, None], free.rms, bound.rms),
        keep,
    )
    kind_ties, kind_first, kind_last = _count_by_kind(tied, candidates)
    ties = tied.sum(axis=1)
    best_used = np.where(tied, free.used, 0).max(axis=1)
    status = ladder("baseline").first_match(
        Subjects(
            len(claims),
            {
                "some_fit": ties > 0,
                "several_fit": ties > 1,
                "claims_left": best_used < claims,
                "generation_differs": differs,
            },
            {"figures": (claims + has_generation).astype(float)},
        )
    )

    def pick(array: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
        return np.take_along_axis(array, order, axis=1)

    explains = pick(some)
    lower, upper = pick(free.lower), pick(free.upper)
    implied = np.exp(pick(free.centre))
    return Detection(
        candidate=np.where(explains, order, -1),
        implied=implied,
        implied_low=np.exp(np.minimum(lower, upper)),
        implied_high=np.exp(np.maximum(lower, upper)),
        residual=pick(bound.residual),
        residual_free=pick(free.residual),
        rms=pick(bound.rms),
        used=pick(free.used),
        fits=pick(fits),
        tied=pick(tied),
        plausible=pick(plausible),
        status=status,
        claims=claims,
        degrees=(claims + has_generation - 1).astype(np.int8),
        ties=ties,
        eligible=some.sum(axis=1),
        expected=(some & plausible).sum(axis=1),
        kind_ties=kind_ties,
        kind_first=kind_first,
        kind_last=kind_last,
    )


def _log_factors(candidates: CandidateSet, country: npt.NDArray[np.intp]) -> list[Floats]:
    """Return for each dimension the logarithms of all factors, shape (n, candidates)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        fixed = np.log(candidates.factors)
        host = np.log(candidates.host)
    # a zero factor (a grid without emissions) cannot explain a claim above zero
    fixed[~np.isfinite(fixed)] = np.nan
    host[~np.isfinite(host)] = np.nan
    arrays = []
    for index in range(len(candidates.dimensions)):
        array = np.repeat(fixed[None, :, index], len(country), axis=0)
        array[:, candidates.host_index] = host[country, :, index]
        arrays.append(array)
    return arrays


def _with_generation(free: Solution, low: Floats, middle: Floats, high: Floats) -> Solution:
    """Return the solution with the stated generation as one more interval."""
    lower = np.fmax(free.lower, low[:, None])
    upper = np.fmin(free.upper, high[:, None])
    known = ~np.isnan(middle)[:, None] & (free.used > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        residual = np.expm1(np.maximum(0.0, 0.5 * (lower - upper)))
        # against a stated generation the misfit of a figure is its distance from it
        offset = np.where(known, free.centre - middle[:, None], 0.0)
        rms = np.sqrt(free.rms**2 + np.where(known, offset**2 / (free.used + 1), 0.0))
    return Solution(0.5 * (lower + upper), lower, upper, residual, rms, free.used)


def _against_expected(free: Solution, expected: tuple[Floats, Floats]) -> tuple[Mask, Floats]:
    """Return whether the implied generation can be expected, and how far off it is."""
    with np.errstate(invalid="ignore", divide="ignore"):
        low, high = (np.log(array)[:, None] for array in expected)
        ends = np.minimum(free.lower, free.upper), np.maximum(free.lower, free.upper)
        gap = np.fmax(np.fmax(low - ends[1], ends[0] - high), 0.0)
        gap = np.where(np.isnan(low) | np.isnan(high), np.nan, gap)
        plausible: Mask = ~(gap > 0.0)
        return plausible, np.expm1(gap)


def _best_fits(fits: Mask, used: Small, choices: Ints) -> Mask:
    """Return the fits that explain most claims with fewest choices.

    More claims explained beat fewer; of those, fewer free choices beat more; only then the misfit
    counts, because a set with many choices fits anything.
    """
    most = np.where(fits, used, -1).max(axis=1, keepdims=True)
    best = fits & (used == most)
    fewest = np.where(best, choices, 99).min(axis=1, keepdims=True)
    simplest: Mask = best & (choices == fewest)
    return simplest


def _rank(
    some: Mask,
    fits: Mask,
    used: Small,
    choices: Ints,
    misfit: Floats,
    rms: Floats,
    keep: int,
) -> npt.NDArray[np.intp]:
    """Return the indexes of the best candidates of each project, best first.

    The order is one integer: fit before no fit, more claims before fewer, fewer choices before more
    among fits, then residual, then misfit of the figures, then the index in the set.
    """
    count = used.shape[1]
    indexes = np.arange(count, dtype=np.int64)[None, :]

    def steps(array: Floats, unit: float, bits: int) -> Ints:
        top = float((1 << bits) - 1)
        return np.nan_to_num(np.minimum(array / unit, top), nan=top).astype(np.int64)

    key = (~some).astype(np.int64)
    key = (key << 1) | ~fits
    key = (key << 3) | (7 - np.minimum(used, 7)).astype(np.int64)
    key = (key << 3) | np.where(fits, choices, 0)
    key = (key << 20) | steps(misfit, 1e-5, 20)
    key = (key << 20) | steps(rms, 1e-6, 20)
    # of two that miss alike the simpler one
    key = (key << 3) | choices
    key = (key << 11) | indexes
    size = min(keep, count)
    first = np.argpartition(key, size - 1, axis=1)[:, :size]
    inside = np.argsort(np.take_along_axis(key, first, axis=1), axis=1)
    return np.take_along_axis(first, inside, axis=1)


def _count_by_kind(tied: Mask, candidates: CandidateSet) -> tuple[Ints, Ints, Ints]:
    """Return per project and kind: number of ties, first and last year among them (0 if none)."""
    kinds = [item.kind for item in candidates.candidates]
    starts = np.array([kinds.index(kind) for kind in candidates.kinds], np.int64)
    years = np.array([item.year for item in candidates.candidates], np.int64)
    count = np.add.reduceat(tied.astype(np.int64), starts, axis=1)
    dated = tied & (years > 0)
    first = np.minimum.reduceat(np.where(dated, years, _LATEST), starts, axis=1)
    last = np.maximum.reduceat(np.where(dated, years, 0), starts, axis=1)
    return count, np.where(first == _LATEST, 0, first), last

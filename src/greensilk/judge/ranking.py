"""Which of several candidates is the better explanation, and which are equally good.

More claims explained beat fewer; of those, fewer free choices beat more; only then the misfit
counts, because a set with many choices fits anything.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from greensilk.judge.candidates import CandidateSet

__all__ = ["best_fits", "by_kind", "kinds_and_years", "ranked"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def best_fits(
    fits: npt.NDArray[np.bool_], used: npt.NDArray[np.int8], choices: Ints
) -> npt.NDArray[np.bool_]:
    """Return the fits that explain most claims with fewest choices."""
    most = np.where(fits, used, -1).max(axis=1, keepdims=True)
    best = fits & (used == most)
    fewest = np.where(best, choices, 99).min(axis=1, keepdims=True)
    simplest: npt.NDArray[np.bool_] = best & (choices == fewest)
    return simplest


def ranked(
    some: npt.NDArray[np.bool_],
    fits: npt.NDArray[np.bool_],
    used: npt.NDArray[np.int8],
    choices: Ints,
    misfit: Floats,
    rms: Floats,
    keep: int,
) -> npt.NDArray[np.intp]:
    """Return the places of the best candidates of each project, best first.

    The order is one integer: fit before no fit, more claims before fewer, fewer choices before more
    among fits, then residual, then misfit of the figures, then the place in the set.
    """
    count = used.shape[1]
    places = np.arange(count, dtype=np.int64)[None, :]

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
    key = (key << 11) | places
    size = min(keep, count)
    first = np.argpartition(key, size - 1, axis=1)[:, :size]
    inside = np.argsort(np.take_along_axis(key, first, axis=1), axis=1)
    return np.take_along_axis(first, inside, axis=1)


def kinds_and_years(candidates: CandidateSet) -> tuple[Ints, Ints]:
    """Return where each kind starts among the candidates, and the candidates' years."""
    kinds = [item.kind for item in candidates.candidates]
    starts = np.array([kinds.index(kind) for kind in candidates.kinds], np.int64)
    return starts, np.array([item.year for item in candidates.candidates], np.int64)


def by_kind(tied: npt.NDArray[np.bool_], starts: Ints, years: Ints) -> tuple[Ints, Ints, Ints]:
    """Return per project and kind: number of ties, first and last year among them (0 if none)."""
    count = np.add.reduceat(tied.astype(np.int64), starts, axis=1)
    dated = tied & (years > 0)
    first = np.minimum.reduceat(np.where(dated, years, 9999), starts, axis=1)
    last = np.maximum.reduceat(np.where(dated, years, 0), starts, axis=1)
    return count, np.where(first == 9999, 0, first), last

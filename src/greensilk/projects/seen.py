"""Remembering which projects a stream has had, in eight bytes each.

Ten million identifiers as 64-bit hashes take 80 MB. Sorted runs of them are kept and merged when
they have grown alike in size, so that adding and asking stay cheap. Two different identifiers have
the same hash with a probability of about three in a million over ten million rows.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["Seen"]

Hashes = npt.NDArray[np.uint64]


class Seen:
    """A set of 64-bit hashes that grows batch by batch.

    >>> seen = Seen()
    >>> seen.add(np.array([1, 2], dtype=np.uint64)).tolist()
    [False, False]
    >>> seen.add(np.array([2, 3], dtype=np.uint64)).tolist()
    [True, False]
    """

    def __init__(self) -> None:
        self._runs: list[Hashes] = []

    def add(self, hashes: Hashes) -> npt.NDArray[np.bool_]:
        """Add distinct ``hashes``; return which of them earlier calls had added."""
        known = np.zeros(len(hashes), dtype=bool)
        for run in self._runs:
            place = np.searchsorted(run, hashes)
            place[place == len(run)] = 0
            known |= run[place] == hashes
        new = np.sort(hashes[~known])
        if len(new):
            self._runs.append(new)
        while len(self._runs) > 1 and len(self._runs[-2]) <= 2 * len(self._runs[-1]):
            last = self._runs.pop()
            merged = np.concatenate([self._runs.pop(), last])
            merged.sort(kind="stable")
            self._runs.append(merged)
        return known

    def __len__(self) -> int:
        return sum(len(run) for run in self._runs)

"""Whether the area and the number of trees of a planting describe the same planting."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from greensilk.judge.intervals import Floats
from greensilk.judge.limits import Limit, Ratio, thresholds

__all__ = ["planting_ratio"]

Mask = npt.NDArray[np.bool_]


def planting_ratio(area: Floats, trees: Floats, greening: Mask) -> tuple[Limit, Ratio]:
    """Return what the trees would take up over what the area would, with the band that is usual.

    ``area`` and ``trees`` are the carbon taken up by either reckoning, in one unit, NaN where not
    both are stated. In ``greening`` projects the area is grass and shrubs and the trees stand
    beside it, so nothing is compared there.
    """
    apart = float(thresholds()["planting_apart"])
    usable = ~greening & (area > 0.0) & (trees > 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(usable, trees / area, np.nan)
    nan = float("nan")
    limit = Limit(
        name="trees_against_area",
        blames=(),
        exempt=(),
        numerator="tree_count",
        denominator="planted_area",
        families=("planting",),
        base_unit="1",
        scale=1.0,
        unit="times",
        minimum=nan,
        low=1.0 / apart,
        high=apart,
        maximum=nan,
        reason_low="",
        reason_high="",
        source="judgement: single trees and closed stands may differ threefold in growth",
        year="",
        verified=True,
        note="",
        band=("uptake_by_trees_less", "uptake_by_trees_agrees", "uptake_by_trees_more"),
    )
    return limit, Ratio(value, value, value)

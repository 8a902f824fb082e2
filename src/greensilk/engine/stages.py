"""Which projects are part of yearly totals: those that run.

What is planned, being built, cancelled or retired avoids nothing in a year; its results stand in
the evidence and are shown apart. A project without a stage is taken for one that runs.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from greensilk.engine.batch import Batch
from greensilk.projects.fields import choice_rows, word_list

__all__ = ["counted_components", "counted_rows", "stages_apart"]

_STAGE = "status"


def stages_apart() -> tuple[str, ...]:
    """Return the stages whose projects are no part of yearly totals.

    >>> stages_apart()
    ('construction', 'planned', 'retired', 'cancelled', 'unknown')
    """
    counted = word_list("counted_stages")
    return tuple(row.code for row in choice_rows()[_STAGE] if row.code not in counted)


def counted_rows(batch: Batch) -> npt.NDArray[np.bool_]:
    """Return which components are part of yearly totals."""
    return ~batch.attribute(_STAGE).is_in(stages_apart())


def counted_components(components: pa.Table) -> pa.Table:
    """Return the components of a table that are part of yearly totals."""
    if _STAGE not in components.column_names:
        return components
    stage = components.column(_STAGE).cast(pa.string())
    apart = pc.is_in(stage, value_set=pa.array(stages_apart(), pa.string()))
    return components.filter(pc.invert(apart))

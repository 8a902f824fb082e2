"""Electricity by source and its carbon intensity, the latest year of every economy.

Ember's yearly data joined with the Statistical Review of World Energy by Our World in Data, as the
project codecarbon carries them.
"""

from __future__ import annotations

import json

import polars as pl

from greensilk.core.errors import SourceError
from greensilk.facts.model import Files
from greensilk.facts.readers.sheets import frame

NAMES = {"carbon_intensity": "carbon_intensity", "per_capita_Wh": "generation_per_capita"}


def parse(files: Files) -> pl.DataFrame:
    """Read every number of every economy; its year stands beside it."""
    content = json.loads(files["mix"].read_text("utf-8"))
    if not isinstance(content, dict):
        raise SourceError(
            "layout_unexpected", file=files["mix"].name, present=type(content).__name__
        )
    rows = []
    for key, entry in content.items():
        for name, value in entry.items():
            series = name.lower() if name.endswith("_TWh") else NAMES.get(name, "")
            if series and value is not None:
                rows.append((series, key, int(entry["year"]), float(value), ""))
    return frame(rows)

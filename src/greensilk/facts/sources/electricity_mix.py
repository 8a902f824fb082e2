"""Electricity by source and its carbon intensity, the latest year of every economy.

Ember's yearly data joined with the Statistical Review of World Energy by Our World in Data, as the
project codecarbon carries them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from greensilk.core.errors import SourceError
from greensilk.facts.model import Dataset, Files
from greensilk.facts.sources._github import declared
from greensilk.facts.sources._tables import frame

if TYPE_CHECKING:
    import polars as pl

NAMES = {"carbon_intensity": "carbon_intensity", "per_capita_Wh": "generation_per_capita"}


def parse(files: Files) -> pl.DataFrame:
    """Read every number of every economy; its year stands beside it."""
    content = json.loads(files["mix"].read_text("utf-8"))
    if not isinstance(content, dict):
        raise SourceError(f"{files['mix'].name}: not an object keyed by economy")
    rows = []
    for key, entry in content.items():
        for name, value in entry.items():
            series = name.lower() if name.endswith("_TWh") else NAMES.get(name, "")
            if series and value is not None:
                rows.append((series, key, int(entry["year"]), float(value), ""))
    return frame(rows)


DATASET = Dataset(
    id="electricity_mix",
    en="Electricity mix (Ember and Energy Institute)",
    zh="电力结构（Ember与英国能源学会）",
    address="https://ember-energy.org/data/yearly-electricity-data/",
    key_kind="iso3",
    files=(
        declared(
            "electricity_mix",
            "mlco2+codecarbon/codecarbon/data/private_infra/global_energy_mix.json",
            "https://raw.githubusercontent.com/mlco2/codecarbon/master/codecarbon/data/"
            "private_infra/global_energy_mix.json",
            name="mix",
        ),
    ),
    parse=parse,
)

"""ThinkHazard!: level of eleven natural hazards in whole countries.

One table holds the levels by the tool's own number of a country (a GAUL code), another says which
ISO code belongs to it. Levels become the scores of the tool's documentation, 0 (very low) to
3 (high); ``no-data`` is no figure. Disputed areas, islets and dependencies that have a number but
no code of their own are set apart under their names.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from greensilk.facts.model import Files
from greensilk.facts.readers.sheets import require_columns

STATE = 2025  # year of the repository's state: the levels themselves are undated
LEVELS = {"VLO": 0.0, "LOW": 1.0, "MED": 2.0, "HIG": 3.0}
# Codes that are not in ISO 3166-1.
CODES = {"KSV": "XKX"}


def parse(files: Files) -> pl.DataFrame:
    """Read the levels; keys are alpha-3 codes, or the names of areas that have none."""
    levels = _read(files, "levels")
    require_columns(files["levels"].name, levels.columns, "country_code")
    keys = _keys(files)
    parts = [
        levels.select(
            series=pl.lit(hazard.lower()),
            key=pl.col("country_code").replace_strict(keys, default=pl.col("country_code")),
            year=pl.lit(STATE, dtype=pl.Int32),
            value=pl.col(hazard).replace_strict(LEVELS, default=None, return_dtype=pl.Float64),
        )
        for hazard in levels.columns
        if hazard != "country_code"
    ]
    # New Zealand stands twice in the table, with the same levels.
    return pl.concat(parts).filter(pl.col("value").is_not_null()).unique(maintain_order=True)


def _read(files: Files, name: str) -> pl.DataFrame:
    return pl.read_csv(files[name], separator=";", infer_schema_length=0)


def _keys(files: Files) -> Mapping[str, str]:
    """Return ``{number: alpha-3 code}``, or the area's name where the table has no code.

    One code may stand for several areas (Bonaire and Sint Eustatius); the first keeps it. A number
    that stands twice has one line without a code, which says nothing.
    """
    keys: dict[str, str] = {}
    taken: set[str] = set()
    table = _read(files, "countries").fill_null("")
    for number, name, code in table.select("ADM0_CODE", "ADM0_NAME", "ISO3166_a3").iter_rows():
        code = CODES.get(code, code)
        if code and code not in taken:
            keys[number] = code
            taken.add(code)
        else:
            keys.setdefault(number, name)
    return keys


def groups(files: Files) -> Mapping[str, str]:
    """Return what stands under a name: disputed areas, islets and dependencies without a code."""
    return {key: key for key in _keys(files).values()}

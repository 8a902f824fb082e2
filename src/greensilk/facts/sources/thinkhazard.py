"""ThinkHazard!: level of eleven natural hazards in whole countries.

One table holds the levels by the tool's own number of a country (a GAUL code), another says which
ISO code belongs to it. Levels become the scores of the tool's documentation, 0 (very low) to
3 (high); ``no-data`` is no figure. Disputed areas, islets and dependencies that have a number but
no code of their own are set apart under their names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from greensilk.core.errors import SourceError
from greensilk.facts.model import Dataset, Files
from greensilk.facts.sources._github import repository_file

if TYPE_CHECKING:
    import polars as pl

REPOSITORY = "GFDRR/thinkhazard"
FOLDER = "support_tools/API_parse"
STATE = 2025  # year of the repository's state: the levels themselves are undated
LEVELS = {"VLO": 0.0, "LOW": 1.0, "MED": 2.0, "HIG": 3.0}
# Codes that are not in ISO 3166-1.
CODES = {"KSV": "XKX"}


def parse(files: Files) -> pl.DataFrame:
    """Read the levels; keys are alpha-3 codes, or the names of areas that have none."""
    import polars as pl

    levels = _read(files, "levels")
    if "country_code" not in levels.columns:
        raise SourceError(f"levels: no column 'country_code', only {levels.columns}")
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
    import polars as pl

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


def _areas(files: Files) -> Mapping[str, str]:
    return {key: key for key in _keys(files).values()}


DATASET = Dataset(
    id="thinkhazard",
    en="ThinkHazard! national hazard levels",
    zh="ThinkHazard! 国家灾害危险等级",
    address="https://thinkhazard.org/",
    key_kind="iso3",
    files=(
        repository_file("thinkhazard", REPOSITORY, f"{FOLDER}/TH_ADM0_ext.csv", name="levels"),
        repository_file("thinkhazard", REPOSITORY, f"{FOLDER}/ADM0_TH.csv", name="countries"),
    ),
    parse=parse,
    aggregates=_areas,
)

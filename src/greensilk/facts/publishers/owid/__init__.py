"""Our World in Data as a carrier: tables of many producers, one row an entity and a year.

The catalogue names the producer of every series. A series is called ``table.column``, the column's
title in lower case with underscores. Entities are names; groups and dissolved states stand among
them and are set apart. Columns the catalogue does not hold are not read: the tables carry many
variants of one figure.
"""

from __future__ import annotations

import re

import polars as pl

from greensilk.core.errors import SourceError
from greensilk.facts.catalogue import dataset_indicators
from greensilk.facts.model import Files

# Figures that speak of another year than the one they stand at.
YEARS = {
    "jambeck.total_mismanaged_plastic_waste_in_2025": 2025,
    "habitat.all_species_number": 2010,
    "habitat.amphibian_species_number": 2010,
    "habitat.bird_species_number": 2010,
    "habitat.mammal_species_number": 2010,
}
# Words that stand for grades.
GRADES = {
    "forest_phase.forest_transition_phase": {
        "Pre-transition": "1",
        "Early Transition": "2",
        "Late Transition": "3",
        "Post-Transition": "4",
    },
}
# Names that leave open which of two economies is meant; the other one is spelt out in the tables.
# A table of fossil fuels holds India twice; the entry under its French name is the lesser one.
SECOND = "India (second entry)"
NAMES = {
    "Congo": "Republic of the Congo",
    "Inde": SECOND,
    "Saint Martin": "Saint Martin (French part)",
}


def slug(title: str) -> str:
    """Return a column's title as it stands in the catalogue.

    >>> slug("Total aviation CO2 (Mt)")
    'total_aviation_co2_mt'
    """
    return re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")


def parse(files: Files) -> pl.DataFrame:
    """Read the catalogued columns of every table."""
    wanted = set(dataset_indicators("owid"))
    return pl.concat([_read(files, name, wanted) for name in files])


def _read(files: Files, name: str, wanted: set[str]) -> pl.DataFrame:
    table = pl.read_csv(files[name], infer_schema_length=0)
    if table.columns[:2] != ["Entity", "Year"]:
        raise SourceError(
            "layout_unexpected", file=files[name].name, present=", ".join(table.columns[:8])
        )
    series = {column: f"{name}.{slug(column)}" for column in table.columns[2:]}
    series = {column: key for column, key in series.items() if key in wanted}
    if not series:
        raise SourceError(
            "no_catalogued_column", file=files[name].name, present=", ".join(table.columns[:8])
        )
    tall = table.unpivot(on=list(series), index=["Entity", "Year"], variable_name="series")
    value = pl.col("value")
    for column, key in series.items():
        if key in GRADES:
            value = (
                pl.when(pl.col("series") == column)
                .then(value.replace(GRADES[key]))
                .otherwise(value)
            )
    return (
        tall.select(
            series=pl.col("series").replace_strict(series),
            key=pl.col("Entity").replace(NAMES),
            year=pl.col("Year").cast(pl.Int32),
            value=value.cast(pl.Float64, strict=False),
        )
        .with_columns(
            year=pl.col("series")
            .replace_strict(YEARS, default=None, return_dtype=pl.Int32)
            .fill_null(pl.col("year"))
        )
        .filter(pl.col("value").is_not_null())
    )

"""IRENA electricity statistics: capacity and generation of every country by technology.

Beside the published figures stand sums over technologies and capacity factors, which the agency's
table does not print; the catalogue says of each how it is made.
"""

from __future__ import annotations

import polars as pl

from greensilk.core.errors import SourceError
from greensilk.facts.model import Files
from greensilk.facts.readers.sheets import totals

TECHNOLOGIES = {
    "Solar photovoltaic": "solar_pv",
    "Onshore wind energy": "wind_onshore",
    "Offshore wind energy": "wind_offshore",
    "Renewable hydropower": "hydro",
    "Mixed Hydro Plants": "hydro_mixed",
    "Pumped storage": "pumped_storage",
    "Marine energy": "marine",
    "Solid biofuels": "solid_biofuels",
    "Renewable municipal waste": "waste_renewable",
    "Liquid biofuels": "liquid_biofuels",
    "Biogas": "biogas",
    "Geothermal energy": "geothermal",
    "Coal and peat": "coal",
    "Oil": "oil",
    "Natural gas": "gas",
    "Nuclear": "nuclear",
}
# The article in brackets hides which of the two Congos is meant; the other one is spelt out.
NAMES = {"Congo (the)": "Republic of the Congo"}
NOT_RENEWABLE = ("hydro_mixed", "pumped_storage", "coal", "oil", "gas", "nuclear")
# Plants that also store, or too few and odd for a factor to say something.
WITHOUT_FACTOR = ("hydro_mixed", "pumped_storage", "marine", "liquid_biofuels")
SMALLEST = 1.0  # MW: below it the rounding of the published figures shows in a factor


def parse(files: Files) -> pl.DataFrame:
    """Read both tables; add the sums, the shares and the capacity factors."""
    capacity = _read(files, "capacity")
    generation = _read(files, "generation")
    return pl.concat(
        [
            _series(capacity, "capacity_"),
            _series(generation, "generation_"),
            *_sums(capacity, "capacity_"),
            *_sums(generation, "generation_"),
            _share(generation, "renewable_share"),
            _share(capacity, "renewable_capacity_share"),
            _factors(capacity, generation),
        ]
    )


def _read(files: Files, name: str) -> pl.DataFrame:
    """Read one table: two lines of title, Latin-1, a dash for nil."""
    path = files[name]
    table = pl.read_csv(path, skip_rows=2, encoding="iso-8859-1", infer_schema_length=0)
    if len(table.columns) != 6 or table.columns[:2] != ["Country/area", "Technology"]:
        raise SourceError("layout_unexpected", file=path.name, present=", ".join(table.columns))
    table = table.rename({table.columns[0]: "key", table.columns[5]: "figure"})
    strange = set(table["Technology"].unique()) - set(TECHNOLOGIES)
    if strange:
        raise SourceError("terms_unknown", file=path.name, terms=", ".join(sorted(strange)))
    # A year without a single figure is not nil everywhere: it is not published yet.
    table = table.filter((pl.col("figure") != "-").any().over("Year"))
    figure = pl.when(pl.col("figure") == "-").then(pl.lit("0")).otherwise(pl.col("figure"))
    return table.select(
        technology=pl.col("Technology").replace_strict(TECHNOLOGIES),
        key=pl.col("key").replace(NAMES),
        year=pl.col("Year").cast(pl.Int32),
        value=figure.cast(pl.Float64, strict=False),
    ).filter(pl.col("value").is_not_null())


def _series(table: pl.DataFrame, prefix: str) -> pl.DataFrame:
    return table.select(
        series=pl.lit(prefix) + pl.col("technology"),
        key="key",
        year="year",
        value="value",
    )


def _sums(table: pl.DataFrame, prefix: str) -> list[pl.DataFrame]:
    """Add technologies up; stored energy is not generated twice."""
    technology = pl.col("technology")
    conditions = {"wind": technology.str.starts_with("wind_")}
    if prefix == "generation_":
        conditions["total"] = technology != "pumped_storage"
        conditions["renewable"] = ~technology.is_in(NOT_RENEWABLE)
    else:
        conditions["total"] = pl.lit(value=True)
    return [
        _series(
            totals(table.filter(condition), ("key", "year"), ("value",)).with_columns(
                technology=pl.lit(name)
            ),
            prefix,
        )
        for name, condition in conditions.items()
    ]


def _share(table: pl.DataFrame, series: str) -> pl.DataFrame:
    value = pl.col("value")
    renewable = ~pl.col("technology").is_in(NOT_RENEWABLE)
    split = table.filter(pl.col("technology") != "pumped_storage").with_columns(
        part=pl.when(renewable).then(value), rest=pl.when(~renewable).then(value)
    )
    return (
        totals(split, ("key", "year"), ("part", "rest"))
        .filter(pl.col("part") + pl.col("rest") > 0)
        .select(
            series=pl.lit(series),
            key="key",
            year="year",
            value=pl.col("part") / (pl.col("part") + pl.col("rest")) * 100,
        )
    )


def _factors(capacity: pl.DataFrame, generation: pl.DataFrame) -> pl.DataFrame:
    """Return generation over what the mean capacity of the year would give in all its hours.

    Capacities are those at the end of a year; a plant that began within it would otherwise look
    idle. The first year has none before it and gets no factor. Where generation exceeds what the
    capacity can give, the two figures describe different plants, and there is no factor either.
    """
    keys = ["technology", "key", "year"]
    before = capacity.with_columns(pl.col("year") + 1).rename({"value": "before"})
    leap = (pl.col("year") % 4 == 0) & ((pl.col("year") % 100 != 0) | (pl.col("year") % 400 == 0))
    hours = pl.when(leap).then(8784.0).otherwise(8760.0)
    return (
        capacity.rename({"value": "end"})
        .join(before, on=keys)
        .join(generation.rename({"value": "gwh"}), on=keys)
        .with_columns(mean=(pl.col("end") + pl.col("before")) / 2)
        .with_columns(value=100 * 1000 * pl.col("gwh") / (pl.col("mean") * hours))
        .filter(
            (pl.col("mean") >= SMALLEST)
            & (pl.col("value") <= 100)
            & (pl.col("gwh") > 0)
            & ~pl.col("technology").is_in(WITHOUT_FACTOR)
        )
        .select(
            series=pl.lit("capacity_factor_") + pl.col("technology"),
            key="key",
            year="year",
            value="value",
        )
    )

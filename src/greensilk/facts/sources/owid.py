"""Our World in Data as a carrier: tables of many producers, one row an entity and a year.

The catalogue names the producer of every series. A series is called ``table.column``, the column's
title in lower case with underscores. Entities are names; groups and dissolved states stand among
them and are set apart. Columns the catalogue does not hold are not read: the tables carry many
variants of one figure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from greensilk.core.errors import SourceError
from greensilk.facts.catalogue import dataset_indicators
from greensilk.facts.model import Dataset, Files, SourceFile
from greensilk.facts.sources._github import repository_file

if TYPE_CHECKING:
    import polars as pl

REPOSITORY = "owid/owid-datasets"
TABLES = {
    "aviation": "Aviation passenger kilometres and CO2 emissions (ICCT)",
    "cait_ch4": "Methane emissions by sector (CAIT, 2021)",
    "cait_co2": "CO2 emissions by sector (CAIT, 2021)",
    "cait_ghg": "GHG Emissions by Country and Sector (CAIT, 2021)",
    "cait_n2o": "Nitrous oxide emissions by sector (CAIT, 2021)",
    "disasters": "Natural disasters (EMDAT)",
    "electricity": "Electricity mix from BP & EMBER (2022)",
    "endemic_invertebrates": (
        "Endemic and threatened invertebrate species by country (IUCN, 2020)"
    ),
    "endemic_vertebrates": "Endemic vertebrate species by country (IUCN, 2020)",
    "energy": "Primary energy consumption BP & EIA (2022)",
    "fertilizer": "Fertilizer use per hectare of land -FAO & Federico",
    "forest": "Forest land, deforestation and change (FAO, 2020)",
    "forest_phase": "Forest Transition Phase (Pendrill et al. 2019)",
    "fossil": "Fossil fuel production BP & Shift (2022)",
    "habitat": "Biodiversity habitat loss (Williams et al. 2021)",
    "half": "HALF Index (Land Use) - Alexander et al. (2016)",
    "hunger": "Global Hunger Index (2021)",
    "jambeck": "Plastic Waste - Jambeck et al. (2015)",
    "lelieveld": "Deaths attributed to air pollution (Lelieveld et al. 2019)",
    "meijer": "Plastic ocean pollution (Meijer et al. 2021)",
    "military": "SIPRI Military Expenditure Database",
    "mpi": "Multidimensional Poverty Index (MPI) 2022 \N{EN DASH} Current estimates",
    "pendrill": "Deforestation in trade (Pendrill)",
    "plastic_total": (
        "Plastic waste generation by country - OWID based on Jambeck et al. & World Bank"
    ),
    "plastic_trade": "Plastic waste trade (UN Comtrade, 2022)",
    "pm25": "pm25-exposure-world-bank",
    "renewable_costs": "Renewable energy costs (IRENA, 2020)",
    "ruggedness": "Terrain Ruggedness Index - Nunn and Puga (2012)",
    "sga_deaths": "Absolute deaths from ambient PM2.5 air pollution- State of Global Air",
    "sga_ozone": "Ozone concentration-StateofGlobalAir",
    "taxes": "Taxes \N{EN DASH} ICTD GRD (2021)",
    "trees": "Tree density (Crowther et al. 2015)",
    "ucdp": "Conflict deaths by country \N{EN DASH} UCDP (2019)",
    "wash": "Water and Sanitation (WHO WASH, 2021)",
}
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
# A trade zone of the producer of aviation figures, and the second entry.
APART = {"Hawaiian Trade Zone": "Hawaii", SECOND: SECOND}


def slug(title: str) -> str:
    """Return a column's title as it stands in the catalogue.

    >>> slug("Total aviation CO2 (Mt)")
    'total_aviation_co2_mt'
    """
    return re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")


def _files() -> tuple[SourceFile, ...]:
    return tuple(
        repository_file("owid", REPOSITORY, f"datasets/{title}/{title}.csv", name=name)
        for name, title in TABLES.items()
    )


def parse(files: Files) -> pl.DataFrame:
    """Read the catalogued columns of every table."""
    import polars as pl

    wanted = set(dataset_indicators("owid"))
    return pl.concat([_read(files, name, wanted) for name in files])


def _read(files: Files, name: str, wanted: set[str]) -> pl.DataFrame:
    import polars as pl

    table = pl.read_csv(files[name], infer_schema_length=0)
    if table.columns[:2] != ["Entity", "Year"]:
        raise SourceError(f"{files[name].name}: the columns begin {table.columns[:2]}")
    series = {column: f"{name}.{slug(column)}" for column in table.columns[2:]}
    series = {column: key for column, key in series.items() if key in wanted}
    if not series:
        raise SourceError(f"{files[name].name}: no catalogued column among {table.columns[:8]}")
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


DATASET = Dataset(
    id="owid",
    en="Our World in Data, dataset collection",
    zh="用数据看世界（Our World in Data）数据集",
    address="https://ourworldindata.org/",
    key_kind="name",
    files=_files(),
    parse=parse,
    aggregates=APART,
)

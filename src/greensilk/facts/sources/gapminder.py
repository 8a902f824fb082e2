"""Gapminder's Systema Globalis and Fast Track: series of many producers in one shape.

The catalogue names the original producer of every series. Gapminder's geographies are mostly
lower-case alpha-3 codes; dissolved and unrecognised states have keys of their own, set apart.
Series that Gapminder extends beyond the producer's last observation carry ``projected_from``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from greensilk.facts.catalogue import dataset_indicators
from greensilk.facts.model import Dataset, Files, SourceFile
from greensilk.facts.sources._ddf import read_simple
from greensilk.facts.sources._github import repository_file

if TYPE_CHECKING:
    import polars as pl

SYSTEMA = "open-numbers/ddf--gapminder--systema_globalis"
COUNTRIES = "ddf--entities--geo--country.csv"


def _files() -> tuple[SourceFile, ...]:
    series = sorted(dataset_indicators("gapminder"))
    return (
        repository_file("gapminder", SYSTEMA, COUNTRIES, name="countries"),
        *(
            repository_file(
                "gapminder",
                SYSTEMA,
                f"countries-etc-datapoints/ddf--datapoints--{one}--by--geo--time.csv",
                name=one,
            )
            for one in series
        ),
    )


def parse(files: Files) -> pl.DataFrame:
    """Read every series of the catalogue."""
    series = [(name, path) for name, path in files.items() if name != "countries"]
    return read_simple(series, key="geo", year="time")


def _others(files: Files) -> Mapping[str, str]:
    import polars as pl

    table = pl.read_csv(files["countries"], infer_schema_length=0)
    return dict(table.select("country", "name").iter_rows())


DATASET = Dataset(
    id="gapminder",
    en="Gapminder, Systema Globalis",
    zh="Gapminder 数据集（Systema Globalis）",
    address="https://www.gapminder.org/data/",
    key_kind="gapminder",
    files=_files(),
    parse=parse,
    aggregates=_others,
)

"""Made-up datasets and a store built from them: what the room does, without anybody's files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from greensilk.facts import catalogue as registers
from greensilk.facts import keys, sources
from greensilk.facts.build import BuildReport, build
from greensilk.facts.model import Dataset, Files, Indicator, SourceFile

ECONOMIES = ("KEN", "LAO", "PAK", "CHN", "FRA")


def made_indicator(dataset: str, series: str, **given: object) -> Indicator:
    """Return an indicator with plain values for whatever is not given."""
    fields: dict[str, object] = {
        "code": f"{dataset}.{series}",
        "dataset": dataset,
        "series": series,
        "source": "fra",
        "concept": f"{dataset}.{series}",
        "theme": "land_forest",
        "direction": "higher_better",
        "unit": "km**2",
        "from_unit": "km**2",
        "en": f"{series} of {dataset}",
        "zh": f"{dataset}的{series}",
        "definition_en": "",
        "definition_zh": "",
        "minimum": None,
        "maximum": None,
        "projected_from": None,
        "zero_filled": False,
        "prefer": 0,
        "note": "",
    }
    return Indicator(**(fields | given))  # type: ignore[arg-type]


def parse_csv(files: Files) -> pl.DataFrame:
    """Read a file that has the columns of a parser's answer."""
    return pl.read_csv(files["data"], schema_overrides={"flag": pl.String, "key": pl.String})


def made_dataset(name: str, **given: object) -> Dataset:
    fields: dict[str, object] = {
        "id": name,
        "en": name,
        "zh": name,
        "address": "https://example.org/",
        "key_kind": "iso3",
        "files": (SourceFile("data", f"{name}/data.csv", "https://example.org/data.csv"),),
        "parse": parse_csv,
        "aggregates": {"WLD": "World"},
    }
    return Dataset(**(fields | given))  # type: ignore[arg-type]


class House:
    """A mirror with two made-up datasets (``alpha`` and ``beta``) and the store built from it."""

    def __init__(self, folder: Path) -> None:
        self.mirror = folder / "mirror"
        self.root = folder / "store"
        self.datasets = {name: made_dataset(name) for name in ("alpha", "beta")}
        self.indicators = {
            one.code: one
            for one in (
                made_indicator("alpha", "forest", concept="forest_area"),
                made_indicator("alpha", "rain", theme="water_resources", direction="neither"),
                made_indicator(
                    "beta",
                    "forest",
                    concept="forest_area",
                    source="emdat-gapminder",
                    from_unit="hectare",
                ),
                made_indicator(
                    "beta", "flood", theme="disasters", zero_filled=True, projected_from=2020
                ),
            )
        }

    def write(self, dataset: str, rows: list[tuple[object, ...]]) -> None:
        """Write the file of a dataset: rows of series, key, year, value, flag."""
        path = self.mirror / dataset / "data.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = ["series,key,year,value,flag", *(",".join(map(str, row)) for row in rows)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def fill(self) -> None:
        """Write both files: ten years, five economies, and the world."""
        for dataset, series, scale in (
            ("alpha", ("forest", "rain"), 1.0),
            ("beta", ("forest", "flood"), 100.0),
        ):
            rows: list[tuple[object, ...]] = []
            for name in series:
                for rank, key in enumerate((*ECONOMIES, "WLD"), start=1):
                    rows += [
                        (name, key, year, scale * (1000 * rank + year - 2010), "")
                        for year in range(2011, 2022)
                    ]
            self.write(dataset, rows)

    def build(self, **options: object) -> BuildReport:
        return build(self.root, mirror=self.mirror, **options)  # type: ignore[arg-type]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """Put two made-up datasets in the place of the publishers'."""
    made = House(tmp_path)
    made.fill()
    monkeypatch.setattr(sources, "names", lambda: tuple(sorted(made.datasets)))
    monkeypatch.setattr(sources, "load", lambda name: made.datasets[name])
    monkeypatch.setattr(registers, "indicators", lambda: made.indicators)
    monkeypatch.setattr(
        registers,
        "dataset_indicators",
        lambda name: {one.series: one for one in made.indicators.values() if one.dataset == name},
    )
    # Their code and catalogue are this file; what counts is that the key follows the files.
    read: Callable[[str, str], bytes] = keys._read
    monkeypatch.setattr(
        keys,
        "_read",
        lambda package, path: b"" if package.endswith(".sources") else read(package, path),
    )
    return made

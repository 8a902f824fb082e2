"""Made-up publishers and a store built from them: what the room does, without anybody's files."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from greensilk.facts import catalogue, keys, publishers
from greensilk.facts.build import BuildReport, build
from greensilk.facts.model import Dataset, Indicator

ECONOMIES = ("KEN", "LAO", "PAK", "CHN", "FRA")

PARSER = """
import polars as pl


def parse(files):
    return pl.read_csv(files["data"], schema_overrides={"flag": pl.String, "key": pl.String})
"""
ABOUT = """
en = "{name}"
zh = "{name}"
address = "https://example.org/"
key_kind = "iso3"

[groups]
WLD = "World"
"""
# producer, source and licence of each made-up publisher
TERMS = {"alpha": ("alphas", "fra", "CC-BY-4.0"), "beta": ("betas", "emdat", "non-commercial")}


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
    }
    return Indicator(**(fields | given))  # type: ignore[arg-type]


def made_dataset(name: str) -> Dataset:
    return Dataset(
        id=name,
        en=name,
        zh=name,
        address="https://example.org/",
        key_kind="iso3",
        groups={"WLD": "World"},
    )


def write_csv(path: Path, rows: list[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(dict.fromkeys(key for row in rows for key in row)))
        writer.writeheader()
        writer.writerows(rows)


def write_publisher(folder: Path, name: str, indicators: list[dict[str, object]]) -> Path:
    """Write everything that one publisher costs into ``folder``; return its own folder."""
    own = folder / name
    own.mkdir(parents=True)
    producer, source, licence = TERMS.get(name, (f"{name}-office", f"{name}-book", "CC-BY-4.0"))
    (own / "__init__.py").write_text(PARSER, encoding="utf-8")
    (own / "dataset.toml").write_text(ABOUT.format(name=name), encoding="utf-8")
    write_csv(
        own / "files.csv",
        [{"name": "data", "path": f"{name}/data.csv", "address": "https://example.org/data.csv"}],
    )
    write_csv(own / "producers.csv", [{"id": producer, "en": producer, "zh": "某机构"}])
    write_csv(
        own / "sources.csv",
        [
            {
                "id": source,
                "producer": producer,
                "en": f"Yearbook of {name}",
                "zh": f"{name}年鉴",
                "address": "https://example.org/",
                "licence": licence,
                "vintage": "2022",
            }
        ],
    )
    rows: list[dict[str, object]] = [
        {
            "source": source,
            "theme": "land_forest",
            "direction": "higher_better",
            "unit": "km**2",
            "en": f"{row['series']} of {name}",
            "zh": f"{name}的{row['series']}",
            "concept": "",
            "from_unit": "",
            "zero_filled": "",
            "projected_from": "",
            **row,
        }
        for row in indicators
    ]
    write_csv(own / "indicators.csv", rows)
    return own


def forget() -> None:
    """Have registers, parsers and keys read again."""
    catalogue.forget()
    keys.forget()
    for name in [name for name in sys.modules if name.startswith(f"{publishers.__name__}.")]:
        if not Path(str(sys.modules[name].__file__)).is_relative_to(keys.PACKAGE):
            del sys.modules[name]


class House:
    """A mirror with two made-up datasets (``alpha`` and ``beta``) and the store built from it."""

    def __init__(self, folder: Path, mirror: Path | None = None) -> None:
        self.mirror = mirror or folder / "mirror"
        self.root = folder / "store"

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
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return an empty folder that stands in the place of the publishers' folders."""
    folder = tmp_path / "publishers"
    folder.mkdir()
    monkeypatch.setattr(publishers, "__path__", [str(folder)])
    forget()
    yield folder
    monkeypatch.undo()
    forget()


@pytest.fixture
def house(folders: Path, tmp_path: Path) -> House:
    """Put two made-up publishers in the place of the real ones."""
    write_publisher(
        folders,
        "alpha",
        [
            {"series": "forest", "concept": "forest_area"},
            {"series": "rain", "theme": "water_resources", "direction": "neither"},
        ],
    )
    write_publisher(
        folders,
        "beta",
        [
            {"series": "forest", "concept": "forest_area", "from_unit": "hectare"},
            {
                "series": "flood",
                "source": "fra",
                "theme": "disasters",
                "zero_filled": "true",
                "projected_from": 2020,
            },
        ],
    )
    made = House(tmp_path)
    made.fill()
    return made

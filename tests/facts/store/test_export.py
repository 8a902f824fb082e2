"""Exports that other tools read back to the same numbers."""

from __future__ import annotations

import csv
import json
import logging
import warnings
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from greensilk.core.errors import OutputError, UnknownNameError
from greensilk.facts import Facts
from greensilk.facts.export import FORMS, export
from greensilk.facts.parquet import FACTS

from .conftest import House

Key = tuple[str, str, int]


@pytest.fixture
def facts(house: House) -> Facts:
    house.build()
    return Facts.open(house.root)


def held(facts: Facts, licence: str = "any") -> dict[Key, float]:
    codes = facts.indicators().column("indicator").to_pylist()
    table = facts.get(codes, licence=licence).to_pylist()
    return {(row["indicator"], row["economy"], row["year"]): row["value"] for row in table}


def test_csv_holds_every_digit(facts: Facts, tmp_path: Path) -> None:
    export(facts, tmp_path / "out", "csv", licence="any")
    with (tmp_path / "out" / "facts.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert {(r["indicator"], r["economy"], int(r["year"])): float(r["value"]) for r in rows} == (
        held(facts)
    )


def test_only_open_figures_unless_asked(facts: Facts, tmp_path: Path) -> None:
    export(facts, tmp_path / "out", "csv")
    with (tmp_path / "out" / "facts.csv").open(encoding="utf-8", newline="") as handle:
        codes = {row["indicator"] for row in csv.DictReader(handle)}
    assert codes == {"alpha.forest", "alpha.rain", "beta.flood"}
    with (tmp_path / "out" / "sources.csv").open(encoding="utf-8", newline="") as handle:
        assert {row["source"] for row in csv.DictReader(handle)} == {"fra"}


def test_parquet_by_theme(facts: Facts, tmp_path: Path) -> None:
    paths = export(facts, tmp_path / "out", "parquet", licence="any")
    table = pq.read_table(tmp_path / "out" / "facts-land_forest.parquet")
    assert table.schema.equals(FACTS)
    assert sum(pq.read_table(p).num_rows for p in paths if p.name.startswith("facts-")) == len(
        held(facts)
    )


def test_frictionless_validates_the_data_package(facts: Facts, tmp_path: Path) -> None:
    export(facts, tmp_path / "out", "datapackage", licence="any")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import validate

        report = validate(str(tmp_path / "out" / "datapackage.json"))
    assert report.valid, report.flatten(["fieldName", "rowNumber", "type", "note"])[:5]
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    assert package["licenses"]
    assert {"non-commercial", "CC-BY-4.0"} == {one["name"] for one in package["licenses"]}
    assert package["sources"][0]["title"]


def test_sdmx_reads_back_the_same_numbers(facts: Facts, tmp_path: Path) -> None:
    export(facts, tmp_path / "out", "sdmx-csv", licence="any")
    logging.disable(logging.WARNING)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import sdmx

        structure = sdmx.read_sdmx(tmp_path / "out" / "structure.xml").structure["FACTS"]
        message = sdmx.read_sdmx(tmp_path / "out" / "facts.csv", structure=structure)
    logging.disable(logging.NOTSET)
    assert [one.id for one in structure.dimensions] == ["INDICATOR", "REF_AREA", "TIME_PERIOD"]
    read: dict[Key, float] = {}
    for observation in message.data[0].obs:
        key = observation.key
        place = (str(key["INDICATOR"].value), str(key["REF_AREA"].value))
        read[(*place, int(key["TIME_PERIOD"].value))] = float(observation.value)
        if observation.attached_attribute["FLAG"].value == "projection":
            assert observation.attached_attribute["OBS_STATUS"].value == "F"
    assert read == held(facts)


def test_nothing_is_overwritten(facts: Facts, tmp_path: Path) -> None:
    export(facts, tmp_path / "out", "csv")
    with pytest.raises(OutputError, match="already holds"):
        export(facts, tmp_path / "out", "csv")
    export(facts, tmp_path / "out", "csv", force=True, theme="disasters")
    with (tmp_path / "out" / "facts.csv").open(encoding="utf-8") as handle:
        assert {line.split(",")[0] for line in handle} == {"indicator", "beta.flood"}


@pytest.mark.parametrize(
    "given", [{"form": "xls"}, {"form": "csv", "licence": "all"}, {"form": "csv", "theme": "sea"}]
)
def test_unknown_words(facts: Facts, tmp_path: Path, given: dict[str, str]) -> None:
    with pytest.raises(UnknownNameError):
        export(facts, tmp_path / "out", **given)  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()


def test_forms_are_those_of_the_command() -> None:
    from greensilk.facts.commands import Export

    assert {one.value for one in Export} == set(FORMS)


def test_sdmx_leaves_an_absent_flag_bare(facts: Facts, tmp_path: Path) -> None:
    export(facts, tmp_path / "out", "sdmx-csv", licence="any")
    text = (tmp_path / "out" / "facts.csv").read_text(encoding="utf-8")
    assert '""' not in text
    assert any(line.endswith(",A,") for line in text.splitlines())

"""A new publisher is one folder: nothing else is edited anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from greensilk.core.errors import ReferenceTableError, UnknownNameError
from greensilk.facts import Facts, catalogue, keys, publishers

from .conftest import House, forget, write_publisher


def test_a_new_publisher_costs_one_folder(house: House, folders: Path) -> None:
    house.build()
    write_publisher(folders, "gamma", [{"series": "forest", "concept": "forest_area"}])
    forget()
    house.write("gamma", [("forest", "KEN", 2021, 1010, ""), ("forest", "WLD", 2021, 9, "")])
    report = house.build()
    assert {one.dataset: one.status for one in report.datasets} == {
        "alpha": "unchanged",
        "beta": "unchanged",
        "gamma": "built",
    }
    with Facts.open(house.root) as facts:
        assert facts.get("gamma.forest").column("value").to_pylist() == [1010.0]
        assert "gamma.forest" in facts.search("gamma").column("indicator").to_pylist()
        compared = facts.compare("forest_area", economy="KEN", year=2021)
        assert "gamma-office" in compared.column("producer").to_pylist()
        named = {row["dataset"]: row for row in facts.status().to_pylist()}["gamma"]
    assert (named["facts"], named["licences"]) == (1, "CC-BY-4.0")


def test_every_fault_of_every_folder_is_named_at_once(house: House, folders: Path) -> None:
    for name in ("alpha", "beta"):
        path = folders / name / "indicators.csv"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("forest_area", "forestry"), encoding="utf-8")
    text = (folders / "alpha" / "indicators.csv").read_text(encoding="utf-8")
    (folders / "alpha" / "indicators.csv").write_text(
        text.replace("water_resources", "water"), encoding="utf-8"
    )
    forget()
    with pytest.raises(ReferenceTableError) as caught:
        catalogue.indicators()
    places = {(fault.file, fault.field, fault.value) for fault in caught.value.faults}
    assert ("beta/indicators.csv", "concept", "forestry") in places
    assert ("alpha/indicators.csv", "theme", "water") in places
    assert "forestry" in caught.value.message("zh")


def test_what_two_folders_register_is_told(house: House, folders: Path) -> None:
    source = folders / "alpha" / "sources.csv"
    (folders / "beta" / "sources.csv").write_text(source.read_text("utf-8"), encoding="utf-8")
    (folders / "beta" / "producers.csv").write_text(
        (folders / "alpha" / "producers.csv").read_text("utf-8"), encoding="utf-8"
    )
    forget()
    with pytest.raises(ReferenceTableError, match="alphas is registered twice"):
        catalogue.sources()


def test_an_unknown_publisher_is_told() -> None:
    with pytest.raises(UnknownNameError, match="aquastat"):
        publishers.folder("aquastats")


@pytest.mark.parametrize("name", publishers.names())
def test_every_publisher_reads_with_a_function_of_its_folder(name: str) -> None:
    parser = publishers.load_parser(name)
    assert callable(parser.parse)
    assert catalogue.dataset(name).files
    assert catalogue.dataset_indicators(name)


def test_folders_of_the_package_are_looked_at_by_default() -> None:
    assert publishers.folder("aquastat").parent == keys.PACKAGE / "facts" / "publishers"

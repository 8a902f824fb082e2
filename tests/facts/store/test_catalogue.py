"""The catalogue keeps its own rules."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from greensilk.core.provenance import Source
from greensilk.core.units import _normalise, factor, registry
from greensilk.facts import catalogue, publishers

IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")
INDICATORS = list(catalogue.indicators().values())


def test_every_unit_can_be_read_and_converted() -> None:
    units = {unit for one in INDICATORS for unit in (one.unit, one.from_unit)}
    units |= {one.unit for one in catalogue.concepts().values()}
    for unit in sorted(units):
        registry().parse_units(_normalise(unit)[1])
    for one in INDICATORS:
        assert factor(one.from_unit, one.unit) > 0, one.code
        if one.concept in catalogue.concepts():
            factor(one.unit, catalogue.concepts()[one.concept].unit)


def test_a_knot_is_no_kilotonne() -> None:
    """``kt`` reads as a speed; masses are written ``ktonne``."""
    for one in INDICATORS:
        assert "kt" not in re.split(r"[*/]", one.unit.replace("ktonne", "")), one.code


def test_names_in_both_languages() -> None:
    for one in INDICATORS:
        assert IDEOGRAPH.search(one.zh), one.code
        assert not IDEOGRAPH.search(one.en), one.code
        assert one.en == one.en.strip()
        assert one.zh == one.zh.strip()
    for producer in catalogue.producers().values():
        assert IDEOGRAPH.search(producer.zh), producer.id


def test_names_tell_indicators_of_one_dataset_apart() -> None:
    for attribute in ("en", "zh"):
        twice = [
            name
            for name, count in Counter(
                (one.dataset, getattr(one, attribute)) for one in INDICATORS
            ).items()
            if count > 1
        ]
        assert not twice


def test_indicators_belong_to_a_dataset_and_a_source_of_it() -> None:
    for one in INDICATORS:
        assert one.dataset in publishers.names(), one.code
        assert catalogue.sources()[one.source].carrier == one.dataset, one.code


def test_ranges_are_ranges() -> None:
    for one in INDICATORS:
        if one.minimum is not None and one.maximum is not None:
            assert one.minimum < one.maximum, one.code


def test_what_moves_a_choice_has_a_reason() -> None:
    assert [one.code for one in INDICATORS if one.prefer and not one.note] == []


def test_definitions_never_blank() -> None:
    for one in INDICATORS:
        assert min(len(text) for text in catalogue.definitions(one)) > 8, one.code


def test_files_have_official_addresses_and_pins() -> None:
    for name in publishers.names():
        dataset = catalogue.dataset(name)
        assert dataset.address.startswith("https://")
        for file in dataset.files:
            assert file.address.startswith("https://"), file
            assert re.fullmatch(r"[0-9a-f]{64}", file.sha256), f"{name}: {file.path} has no pin"


def test_licences_that_package_are_open() -> None:
    for one in catalogue.licences().values():
        assert one.open or not one.packaged, one.id


def test_one_producer_has_one_kind_of_terms() -> None:
    """The producer's narrower terms win whoever carries the figures; exceptions give a reason."""
    tight = re.compile(r"-NC|-SA|-ND|ODbL|GPL|non-commercial|test-only")
    reason = re.compile(r"\bterms\b|licen[cs]e|CC BY|comes? from")
    by_producer: dict[str, list[Source]] = {}
    for one in catalogue.sources().values():
        by_producer.setdefault(one.producer.id, []).append(one)
    mixed = 0
    for producer, theirs in by_producer.items():
        narrow = [one for one in theirs if tight.search(one.licence.id)]
        free = [one for one in theirs if one.licence.open and not tight.search(one.licence.id)]
        if narrow and free:
            mixed += 1
            assert any(all(reason.search(one.note) for one in group) for group in (narrow, free)), (
                producer,
                [(one.id, one.licence.id) for one in theirs],
            )
    assert mixed < 6


@pytest.mark.parametrize(
    ("producer", "licences"),
    [
        ("who", {"CC-BY-NC-SA-3.0-IGO"}),
        ("jmp", {"CC-BY-NC-SA-3.0-IGO"}),
        ("itu", {"CC-BY-NC-SA-3.0-IGO"}),
        ("unesco", {"CC-BY-SA-3.0-IGO"}),
        ("irena", {"attribution"}),
        ("iea", {"attribution"}),
        ("ihme", {"non-commercial"}),
        ("ipu", {"CC-BY-NC-SA-4.0"}),
    ],
)
def test_terms_of_producers_that_many_carry(producer: str, licences: set[str]) -> None:
    theirs = [one for one in catalogue.sources().values() if one.producer.id == producer]
    assert len(theirs) >= 2
    assert {one.licence.id for one in theirs} == licences


@pytest.mark.parametrize("producer", ["wcmc", "iucn"])
def test_restricted_layers_are_never_packaged(producer: str) -> None:
    """What derives from WDPA, IUCN and BirdLife layers stays out of the package."""
    theirs = [one for one in INDICATORS if catalogue.sources()[one.source].producer.id == producer]
    assert theirs
    for one in theirs:
        licence = catalogue.sources()[one.source].licence
        assert not licence.open, one.code
        assert not licence.packaged, one.code


def test_the_size_that_was_promised() -> None:
    """Counted, not claimed: what the catalogue holds before any file is read."""
    used = {one.source for one in INDICATORS}
    producers = {catalogue.sources()[source].producer.id for source in used}
    assert len(producers) >= 30
    assert len(INDICATORS) >= 500
    assert len({one.theme for one in INDICATORS}) == len(catalogue.THEMES)

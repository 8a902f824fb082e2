"""ThinkHazard! national levels: structure only, for the table stands under a copyleft licence."""

from __future__ import annotations

import pytest

from greensilk.facts.catalogue import sources

pytestmark = pytest.mark.mirror


def test_levels_are_scores_from_0_to_3(read) -> None:
    facts = read("thinkhazard").facts
    assert {figure.value for figure in facts.values()} == {0.0, 1.0, 2.0, 3.0}
    assert len({series for series, _, _ in facts}) == 11


def test_no_data_is_no_figure(read) -> None:
    # landlocked: no coastal flood and no tsunami level, but a level for river floods
    facts = read("thinkhazard").facts
    assert ("fl", "LAO", 2025) in facts
    assert ("ts", "LAO", 2025) not in facts


def test_codes_outside_iso_and_areas_without_a_code(read) -> None:
    reading = read("thinkhazard")
    # Kosovo is listed without any level; the Azores have levels of their own beside Portugal's
    assert not any(economy == "XKX" for _, economy, _ in reading.facts)
    assert {"Abyei", "Kuril islands", "Azores Islands (Por.)"} <= reading.groups


def test_left_out_of_open_figures() -> None:
    assert not sources()["thinkhazard"].licence.open

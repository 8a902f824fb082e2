"""The schema and the other data of the room keep their contract."""

from __future__ import annotations

import csv
from itertools import chain
from pathlib import Path

import pytest

from greensilk import reference
from greensilk.core.text import catalogue
from greensilk.core.units import factor
from greensilk.facts.appraisal import fact_lines
from greensilk.methods import quantities
from greensilk.projects import schema, technologies
from greensilk.projects.fields import (
    FieldRow,
    choice_index,
    choice_rows,
    field_index,
    fields,
    limits,
    technology_index,
    threshold,
    word_list,
)
from greensilk.projects.template import families
from greensilk.projects.units import unit_factor

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("field", schema(), ids=lambda field: field.name)
def test_a_field_is_complete(field: FieldRow) -> None:
    if field.kind == "number":
        assert field.unit
        assert field.grade in (1, 2, 3, 4, 5) or field.role == "identity"
    if field.kind == "claim":
        assert field.unit
        assert field.audits
    assert set(field.families) <= {"*", *families()}
    if field.minimum is not None and field.maximum is not None:
        assert field.minimum < field.maximum
    if field.unit:
        assert unit_factor(field.unit, field.unit) == 1.0
    if field.bare_unit:
        assert unit_factor(field.bare_unit, field.unit) is not None


def test_no_name_means_two_things() -> None:
    # each of these raises if one does
    assert field_index()
    assert technology_index()
    assert choice_index()


def test_every_formula_gets_its_inputs() -> None:
    """Each input comes from a field, another formula, a reference fact or a country's facts."""
    known = {row.provides for row in schema()} | {record.name for record in quantities()}
    known |= {line.parameter for line in fact_lines()}
    tables = (reference.load(name) for name in reference.names())
    known |= set(chain.from_iterable(table.parameters() for table in tables))
    missing = {
        (record.method, name)
        for record in quantities()
        for name in record.inputs
        if name not in known
    }
    assert not missing


def test_fields_have_the_dimension_that_formulas_expect() -> None:
    provided = {row.provides: row.unit for row in schema() if row.provides}
    for record in quantities():
        for name, unit in record.inputs.items():
            if name in provided:
                assert factor(provided[name], unit) > 0, (record.method, name)


def test_words_of_attributes_are_those_of_the_tables() -> None:
    """Every word that a reference table asks for can be written in a projects file."""
    missing = set()
    for name in reference.names():
        table = reference.load(name)
        for place, column in enumerate(table.keys):
            if column in choice_index() and fields()[column].role == "attribute":
                asked = {row.keys[place] for row in table.rows} - {""}
                missing |= {(name, column, word) for word in asked - _codes(column)}
    # reservoirs distinguish climates by temperature too, which no project file states
    assert {item for item in missing if item[0] != "reservoirs"} == set()


def _codes(column: str) -> set[str]:
    return set(choice_index()[column].values())


def test_a_technology_becomes_an_off_grid_one() -> None:
    rows = {row.code: row for row in technologies()}
    for row in rows.values():
        assert not row.offgrid or rows[row.offgrid].family == "offgrid"
        assert not row.offgrid or row.family == "electricity"


def test_thresholds_and_lists_of_words_have_a_reason() -> None:
    assert threshold("least_capacity_factor") == 0.01
    assert "n/a" in word_list("blank_numbers")
    assert set(word_list("shared_by_parts")) <= set(fields())
    for name in ("self_evident_units", "unsaid_units"):
        for unit in word_list(name):
            assert unit_factor(unit, unit) == 1.0


def test_limits_are_in_order_and_say_where_they_are_from() -> None:
    codes = {row.code for row in technologies()} | {""}
    for limit in limits():
        assert limit.technology in codes
        assert fields()[limit.field].numeric
        assert 0 < limit.doubtful_above < limit.maximum
        assert f"limit.{limit.field}.{limit.technology}" in catalogue()


@pytest.mark.mirror
def test_verified_limits_are_those_of_the_plant_database(mirror: Path) -> None:
    import polars as pl

    name = "global_power_plant_database.csv"
    plants = pl.read_csv(
        mirror / "wri+global-power-plant-database" / "output_database" / name,
        infer_schema_length=None,
    )
    fuels = {
        "hydro": "Hydro", "wind_onshore": "Wind", "geothermal": "Geothermal", "nuclear": "Nuclear",
        "coal": "Coal", "gas": "Gas", "cogeneration": "Cogeneration",
    }  # fmt: skip
    for limit in limits():
        if not limit.verified or not limit.technology:
            continue
        largest = plants.filter(pl.col("primary_fuel") == fuels[limit.technology])[
            "capacity_mw"
        ].max()
        shown = f"{largest:,.0f}".replace(",", " ")
        assert shown in limit.en, limit.technology
        assert f"{largest:.0f}" in limit.zh
        assert limit.doubtful_above >= largest


def test_the_catalogue_has_the_names_of_the_data() -> None:
    words = catalogue()
    for kind, rows in (
        ("field", {row.name: row for row in schema()}),
        ("technology", {row.code: row for row in technologies()}),
        ("choice.fuel", {row.code: row for row in choice_rows()["fuel"]}),
    ):
        for name, row in rows.items():
            assert words[f"{kind}.{name}"] == {"en": row.en, "zh": row.zh}
    for family in families():
        assert f"family.{family}" in words


def test_every_fault_has_a_sentence_in_both_languages() -> None:
    """The codes of the catalogue are those of the room; a fault without a sentence would raise."""
    code = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src/greensilk/projects").rglob("*.py")
    )
    place = ROOT / "src/greensilk/projects/data/labels.csv"
    with place.open(encoding="utf-8") as handle:
        keys = [row["key"] for row in csv.DictReader(handle)]
    codes = [key.removeprefix("fault.") for key in keys if key.startswith("fault.")]
    assert [name for name in codes if f'"{name}"' not in code] == []

"""Sentences of whole columns are those of single rows."""

from __future__ import annotations

import pyarrow as pa
import pytest

from greensilk.core.text import LANGUAGES, Amount, CatalogueError, Name, render
from greensilk.core.text.columns import add_sentences, render_column
from greensilk.core.text.parameters import decode, encode

ROWS = [
    ("no_figure", {"field": Name("capacity"), "expected": Name("capacity_factor")}),
    ("", {}),
    ("not_computed", {"field": Name("capacity"), "expected": Amount(3.0e6, "tCO2e/yr")}),
    ("no_figure", {"field": Name("net_generation"), "expected": 'a "quoted" 数'}),
]
CODES = [code for code, _ in ROWS]
PARAMS = [encode(params) for _, params in ROWS]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_column_reads_like_its_rows(lang):
    expected = [render(f"fault.{code}", lang, params) if code else "" for code, params in ROWS]
    assert render_column(CODES, PARAMS, lang, prefix="fault.") == expected


def test_parameters_survive_their_json():
    assert [decode(line) for line in PARAMS] == [params for _, params in ROWS]


def test_an_unknown_code_and_an_unfilled_blank_are_refused():
    with pytest.raises(CatalogueError):
        render_column(["of_no_kind"], [""], "en")
    with pytest.raises(KeyError):
        render_column(["no_figure"], [""], "en", prefix="fault.")


def test_words_take_the_place_of_parameters_in_a_table():
    table = pa.table({"reason_code": CODES, "reason_params": PARAMS, "last": [1, 2, 3, 4]})
    worded = add_sentences(table, prefix="fault.")
    assert worded.column_names == ["reason_code", "reason_en", "reason_zh", "last"]
    assert worded.column("reason_zh")[1].as_py() == ""
    plain = pa.table({"value": [1.0]})
    assert add_sentences(plain) is plain


def test_a_table_without_rows_keeps_its_columns():
    empty = pa.table({"reason_code": pa.array([], pa.string()),
                      "reason_params": pa.array([], pa.string())})  # fmt: skip
    assert add_sentences(empty).column("reason_en").type == pa.string()

"""One catalogue, two languages, no holes."""

from __future__ import annotations

import string

import pytest

from greensilk.core.errors import Fault, InputError, UnknownNameError
from greensilk.core.languages import check_language
from greensilk.core.text import (
    Amount,
    CatalogueError,
    Count,
    Formula,
    Label,
    Labels,
    Listing,
    Name,
    Parameter,
    Percent,
    Sentence,
    Text,
    Times,
    catalogue,
    label,
    render_value,
    text,
)
from greensilk.core.text.parameters import decode, encode


def test_every_entry_has_both_languages_and_equal_blanks() -> None:
    def blanks(sentence: str) -> set[str]:
        names = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
        return names - {"en", "zh"}  # a blank that is itself in one language

    wrong = [
        key
        for key, entry in catalogue().items()
        # a sentence about exactly one thing may leave the number to the words
        if blanks(entry["en"]) != blanks(entry["zh"]) and not key.endswith("_one")
    ]
    assert not wrong


def test_chinese_is_chinese() -> None:
    # words that are the same in both languages (symbols, names of standards) are few
    latin = [key for key, entry in catalogue().items() if entry["zh"].isascii()]
    assert len(latin) <= len(catalogue()) * 0.05, latin


def test_unknown_language_and_message() -> None:
    with pytest.raises(UnknownNameError, match="did you mean"):
        check_language("fr")
    with pytest.raises(CatalogueError):
        text("no.such.message")
    assert label("some.unlisted_code") == "unlisted_code"


def test_faults_are_said_all_at_once_and_in_both_languages() -> None:
    faults = [
        Fault("assumed_default", "assumed", file="p.csv", row=row, field="capacity", expected="1")
        for row in range(2, 62)
    ]
    error = InputError(faults)
    assert "p.csv, row 2" in str(error)
    assert "10" in str(error).splitlines()[-1]
    assert "第 2 行" in error.message("zh")


def test_parameters_of_every_kind_travel_as_json() -> None:
    params: dict[str, Parameter] = {
        "count": Count(50_000),
        "name": Text("Karot", "卡洛特"),
        "sentence": Sentence("fault.where.row", {"name": Name("capacity"), "row": 3}),
        "items": Listing((Label("technology.csp"), Amount(3.0, "MW", beside=2e3)), "plus"),
        "formula": Formula("a * b", {"a": "first", "en": Label("technology.csp")}),
        "times": Times(2.5),
        "share": Percent(0.031, 1),
        "range": Amount(None, "t", 1.0, 2.0),
    }
    assert decode(encode(params)) == params


def test_values_are_rendered_in_either_language() -> None:
    assert render_value(Count(50_000), "zh") == "50,000"
    assert render_value(Text("Karot", ""), "zh") == "Karot"
    pair = Labels(("technology.csp", "technology.solar_pv"))
    assert render_value(pair, "zh") == "光热发电、光伏发电"
    plus = Listing((Label("technology.csp"), "", Label("technology.solar_pv")), "plus")
    assert render_value(plus, "zh") == "光热发电＋光伏发电"
    assert render_value(Times(2.84), "zh") == "2.8倍"
    assert render_value(Amount(None, "tCO2e/MWh", None, 0.95), "en") == "≤ 0.95 t CO₂e/MWh"
    formula = Formula("net_generation * (1.0 - loss)", {"loss": Text("Loss", "损耗")})
    assert render_value(formula, "zh").endswith("× (1 − 损耗)")

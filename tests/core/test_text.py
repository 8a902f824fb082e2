"""One catalogue, two languages, no holes."""

from __future__ import annotations

import string

import pytest

from greensilk.core.errors import Fault, InputError, UnknownNameError
from greensilk.core.languages import check_language
from greensilk.core.text import CatalogueError, catalogue, label, text


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

"""The ladders can be read: every row in words of both languages."""

from __future__ import annotations

import re

import pytest

from greensilk.core.document import Table
from greensilk.core.text import LANGUAGES
from greensilk.judge.ladders import LADDERS, ladder, thresholds
from greensilk.judge.view import view_ladders


def tables():
    return {section.id: section.blocks[0] for section in view_ladders().sections}


def test_every_rule_is_a_row():
    for name in LADDERS:
        table = tables()[name]
        assert isinstance(table, Table)
        assert len(table.rows) == len(ladder(name).rules)
    assert len(tables()["thresholds"].rows) == len(thresholds())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_cell_has_words(lang):
    render = pytest.importorskip("greensilk.report.render.passages").cell_text
    for table in tables().values():
        for row in table.rows:
            cells = [render(cell, lang) for cell in row]
            assert cells[0]
            assert cells[1]
            if lang == "zh" and len(row) == 5:
                assert re.search("[\u4e00-\u9fff]", cells[1])
                assert re.search("[\u4e00-\u9fff]", cells[2])

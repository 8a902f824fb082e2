"""The one vocabulary of units: its words are data, and every one can be converted."""

from __future__ import annotations

import numpy as np
import pytest

from greensilk.core.errors import UnitError
from greensilk.core.units import CHINESE, SCALES, factor, quantity, same_dimension


@pytest.mark.parametrize("word", CHINESE)
def test_every_chinese_unit_is_the_unit_it_stands_for(word: str) -> None:
    assert factor(word, CHINESE[word]) == 1.0


@pytest.mark.parametrize("scale", SCALES)
def test_powers_of_ten_stand_before_a_unit(scale: str) -> None:
    assert factor(f"{scale}吨", "tonne") == SCALES[scale]
    assert factor(f"吨/{scale}人", "tonne/person") == pytest.approx(1 / SCALES[scale])


def test_gases_people_and_money_do_not_mix() -> None:
    for first, second in (("tCO2e", "tonne"), ("person", "household"), ("USD", "CNY")):
        assert not same_dimension(first, second)
        with pytest.raises(UnitError, match="different things"):
            factor(first, second)


def test_a_unit_that_does_not_exist_is_refused_in_both_languages() -> None:
    with pytest.raises(UnitError) as caught:
        factor("furlong_per_fortnightly", "m")
    assert caught.value.code == "unit_unread"
    assert "无法识别单位" in caught.value.message("zh")


def test_arrays_take_a_chinese_unit() -> None:
    assert quantity(np.array([1.0, 2.0]), "万吨").to("tonne").magnitude.tolist() == [1e4, 2e4]

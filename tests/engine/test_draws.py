"""The keyed generator: reference values, independence of order, distributions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from greensilk.engine.draws import fact_key, hash_strings, sample, uniform


def _hash(words: list[str]) -> np.ndarray:
    encoded = [word.encode() for word in words]
    offsets = np.concatenate([[0], np.cumsum([len(word) for word in encoded])]).astype(np.int64)
    return hash_strings(offsets, np.frombuffer(b"".join(encoded), np.uint8))


def test_stream_is_splitmix64() -> None:
    # first outputs of SplitMix64 from state 1234567, as published with its reference code
    expected = [6457827717110365317, 3203168211198807973, 9817491932198370423]
    drawn = uniform(np.array([1234567], np.uint64), 3)[0]
    assert drawn == pytest.approx([((value >> 11) + 0.5) * 2.0**-53 for value in expected], abs=0)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=20), st.randoms())
def test_string_keys_do_not_depend_on_neighbours(words: list[str], random) -> None:
    words = [word.encode("utf-8", "ignore").decode() for word in words]
    keys = dict(zip(words, _hash(words).tolist(), strict=True))
    assert len(set(keys.values())) == len(set(words))
    shuffled = words[:]
    random.shuffle(shuffled)
    assert [keys[word] for word in shuffled] == _hash(shuffled).tolist()


def test_keys_differ_by_any_part() -> None:
    keys = {int(fact_key(*parts, seed=seed)) for parts in (("a", "b"), ("ab",), ("b", "a"))
            for seed in (0, 1)}  # fmt: skip
    assert len(keys) == 6


def test_uniform_is_uniform() -> None:
    drawn = uniform(np.arange(2000, dtype=np.uint64), 500)
    assert drawn.min() > 0
    assert drawn.max() < 1
    counts, _ = np.histogram(drawn, bins=20, range=(0, 1))
    chi2 = ((counts - 50_000) ** 2 / 50_000).sum()
    assert chi2 < 43.8  # 99.9th percentile, 19 degrees of freedom
    # neighbours in key and in draw index are uncorrelated
    assert abs(np.corrcoef(drawn[:-1].ravel(), drawn[1:].ravel())[0, 1]) < 0.005
    assert abs(np.corrcoef(drawn[:, :-1].ravel(), drawn[:, 1:].ravel())[0, 1]) < 0.005


@pytest.mark.parametrize(
    ("kind", "percentiles"),
    [
        ("uniform", (1.2 + 0.05 * 3.8, 1.2 + 0.95 * 3.8)),
        # half on each side of 2, thinning out to 1.2 and 5: quantiles from the closed form
        ("triangular", (1.2 + 0.8 * np.sqrt(0.1), 5 - 3.0 * np.sqrt(0.1))),
        ("normal", (1.2, 5.0)),
        ("lognormal", (1.2, 5.0)),
    ],
)
def test_percentiles(kind: str, percentiles: tuple[float, float]) -> None:
    one = np.ones((1, 1))
    drawn = sample(kind, uniform(np.array([7], np.uint64), 400_000), 2 * one, 1.2 * one, 5 * one)
    assert np.quantile(drawn, [0.05, 0.95]) == pytest.approx(percentiles, rel=0.01)
    if kind != "uniform":
        assert np.median(drawn) == pytest.approx(2.0, rel=0.01)


def test_certain_facts_stay_certain() -> None:
    one = np.full((1, 1), 3.0)
    for kind in ("fixed", "uniform", "triangular", "normal", "lognormal"):
        drawn = sample(kind, uniform(np.array([1], np.uint64), 50), one, one, one)
        assert drawn == pytest.approx(np.full((1, 50), 3.0))

"""Keyed, counter-based draws: the same number for the same fact, wherever it is drawn.

A draw is a pure function of (seed, fact, scope key, draw index). Nothing is consumed in order, so
two projects on one grid share its draw, a portfolio total carries the right correlation, and the
result is the same to the last bit on one core, two processes or a cluster, however the table is
split. The generator is SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom
number generators", OOPSLA), started at the key and stepped to the draw's index.
"""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import numpy.typing as npt

__all__ = ["Floats", "Keys", "fact_key", "hash_strings", "low_high", "mix", "sample", "uniform"]

Floats = npt.NDArray[np.float64]
Keys = npt.NDArray[np.uint64]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MULTIPLY_1 = np.uint64(0xBF58476D1CE4E5B9)
_MULTIPLY_2 = np.uint64(0x94D049BB133111EB)
_UNIT = 2.0**-53
# 95th percentile of the standard normal distribution
Z95 = 1.6448536269514722


def fact_key(*parts: str, seed: int = 0) -> np.uint64:
    """Return the 64-bit key of a fact named by ``parts``.

    >>> bool(fact_key("grid", "load", "KEN") == fact_key("grid", "load", "KEN"))
    True
    >>> bool(fact_key("grid", "KEN") == fact_key("grid", "KEN", seed=1))
    False
    """
    digest = blake2b("\x1f".join((str(seed), *parts)).encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))


def mix(state: Keys) -> Keys:
    """Return SplitMix64's finaliser of an array of states (a new array)."""
    z = state ^ (state >> np.uint64(30))
    z *= _MULTIPLY_1
    z ^= z >> np.uint64(27)
    z *= _MULTIPLY_2
    z ^= z >> np.uint64(31)
    return z


def hash_strings(offsets: npt.NDArray[np.integer], data: npt.NDArray[np.uint8]) -> Keys:
    """Hash strings held as Arrow holds them: all bytes in ``data``, string i at offsets[i:i+2].

    Eight bytes at a time for all strings at once; equal strings give equal keys whatever stands
    around them.
    """
    starts = offsets[:-1].astype(np.int64)
    lengths = np.diff(offsets).astype(np.int64)
    keys = lengths.astype(np.uint64) * _STEP
    if lengths.size == 0:
        return keys
    padded = np.concatenate([data, np.zeros(8, np.uint8)])
    reach = np.arange(8)
    for word in range(0, int(lengths.max()), 8):
        live = np.flatnonzero(lengths > word)
        rest = lengths[live] - word
        block = padded[(starts[live] + word)[:, None] + reach]
        block[reach >= rest[:, None]] = 0
        keys[live] = mix((keys[live] ^ block.view("<u8").ravel()) + _STEP)
    return keys


def uniform(keys: Keys, draws: int) -> Floats:
    """Return uniform numbers in (0, 1), shape (n, draws), for ``keys`` of shape (n,)."""
    steps = np.arange(1, draws + 1, dtype=np.uint64) * _STEP
    z = keys[:, None] + steps
    # SplitMix64 in place: these arrays are the largest the engine touches
    scratch = z >> np.uint64(30)
    z ^= scratch
    z *= _MULTIPLY_1
    np.right_shift(z, np.uint64(27), out=scratch)
    z ^= scratch
    z *= _MULTIPLY_2
    np.right_shift(z, np.uint64(31), out=scratch)
    z ^= scratch
    z >>= np.uint64(11)
    result = z.astype(np.float64)
    result += 0.5
    result *= _UNIT
    return result


def sample(kind: str, uniforms: Floats, value: Floats, low: Floats, high: Floats) -> Floats:
    """Turn uniform numbers into draws of a fact.

    ``uniforms`` has shape (n, draws); ``value``, ``low`` and ``high`` shape (n, 1). For ``uniform``
    and ``triangular``, low and high are the bounds; for ``normal`` and ``lognormal`` they are the
    5th and 95th percentiles. Except for ``uniform``, ``value`` is the median and each side has its
    own spread.
    """
    if kind == "fixed":
        return np.broadcast_to(value, uniforms.shape)
    if kind == "uniform":
        return low + uniforms * (high - low)
    if kind == "triangular":
        return _triangular(uniforms, value, low, high)
    normal = _normal_quantile(uniforms)
    if kind == "normal":
        below, above = (value - low) / Z95, (high - value) / Z95
        return value + normal * np.where(normal < 0.0, below, above)
    below, above = np.log(value / low) / Z95, np.log(high / value) / Z95
    return value * np.exp(normal * np.where(normal < 0.0, below, above))


def low_high(drawn: Floats) -> tuple[Floats, Floats]:
    """Return the 5th and 95th percentile of draws along the last axis, as order statistics.

    >>> low, high = low_high(np.arange(1.0, 101.0)[None, :])
    >>> float(low[0]), float(high[0])
    (5.0, 95.0)
    """
    count = drawn.shape[-1]
    first = max(int(np.ceil(0.05 * count)) - 1, 0)
    last = min(int(np.ceil(0.95 * count)) - 1, count - 1)
    ordered = np.partition(drawn, (first, last), axis=-1)
    return ordered[..., first], ordered[..., last]


def _triangular(uniforms: Floats, value: Floats, low: Floats, high: Floats) -> Floats:
    # half of the draws on each side, thinning out towards the bounds: the best estimate is the
    # median, which keeps a lopsided range from pulling results away from it
    below = uniforms < 0.5
    tail = np.sqrt(2.0 * np.where(below, uniforms, 1.0 - uniforms))
    return value + np.where(below, low - value, high - value) * (1.0 - tail)


# Acklam's rational approximation of the normal quantile (2003), relative error below 1.2e-9.
_A = (-3.969683028665376e01, 2.209460984245205e02, -2.759285104469687e02,
      1.383577518672690e02, -3.066479806614716e01, 2.506628277459239e00)  # fmt: skip
_B = (-5.447609879822406e01, 1.615858368580409e02, -1.556989798598866e02,
      6.680131188771972e01, -1.328068155288572e01, 1.0)  # fmt: skip
_C = (-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e00,
      -2.549732539343734e00, 4.374664141464968e00, 2.938163982698783e00)  # fmt: skip
_D = (7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e00,
      3.754408661907416e00, 1.0)  # fmt: skip
_TAIL = 0.02425


def _normal_quantile(p: Floats) -> Floats:
    q = p - 0.5
    r = q * q
    result = q * _polynomial(_A, r) / _polynomial(_B, r)
    tails = np.flatnonzero((p < _TAIL) | (p > 1.0 - _TAIL))
    if tails.size:
        flat = p.ravel()[tails]
        distance = np.sqrt(-2.0 * np.log(np.minimum(flat, 1.0 - flat)))
        size = _polynomial(_C, distance) / _polynomial(_D, distance)
        result.ravel()[tails] = np.where(flat < 0.5, size, -size)
    return result


def _polynomial(coefficients: tuple[float, ...], x: Floats) -> Floats:
    total = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        total *= x
        total += coefficient
    return total

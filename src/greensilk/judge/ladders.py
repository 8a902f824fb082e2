"""The rules of the audit: its ladders of verdicts and its thresholds, as they stand in the tables.

``data/verdicts.csv`` holds five ladders: a claim beside our estimate (``claim``), the claims of a
project beside one another (``consistency``), what the search of baselines comes to (``baseline``),
what is said of one candidate (``candidate``) and how strong the evidence for it is (``evidence``).
The conditions they speak of are computed in :mod:`greensilk.judge.verdicts`,
:mod:`greensilk.judge.consistency` and :mod:`greensilk.judge.baselines`.

>>> claim_ladder = ladder("claim")
>>> claim_ladder.rules[0].reason_code
'value_missing'
>>> threshold("material")
0.05
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
import numpy.typing as npt

from greensilk.core.rules import Rule, Ruleset, Threshold
from greensilk.core.tables import load_records

__all__ = [
    "LADDERS",
    "VerdictRule",
    "fill_codes",
    "ladder",
    "ladder_params",
    "threshold",
    "thresholds",
]

# ladder -> the conditions and the measures (with units) that the code computes for it
LADDERS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "claim": (
        (
            *("value_missing", "past_bound", "unit_mismatch", "no_estimate", "fossil_reduction"),
            *("spares_grid", "grid_known", "yearly_reduction", "above_gain", "method_known"),
            *("inputs_named", "overlaps", "point_estimate", "open_above", "near_range"),
            *("fits_stated_generation", "opposed", "claim_positive", "of_emissions"),
            *("zero_estimate", "co2", "baseline_fits", "slip_fits", "below_any_factor"),
            *("above_any_factor", "generation_stated", "generation_known", "of_served"),
            *("of_generation", "above_estimate"),
        ),
        {"generation_gap": "1", "range_width": "1"},
    ),
    "consistency": (("below_minimum", "above_maximum", "below_band", "above_band"), {}),
    "baseline": (
        ("some_fit", "several_fit", "claims_left", "generation_differs"),
        {"figures": "1"},
    ),
    "candidate": (("best", "fits", "underdetermined"), {}),
    "evidence": ((), {"spare_figures": "1"}),
}


class VerdictRule(Rule, frozen=True, kw_only=True):
    """A row of ``data/verdicts.csv``: a rule of one ladder.

    ``params`` names what its sentence needs. A reason code with a name in braces takes the code
    that the table behind the condition gives: ``slip_{slip}``.
    """

    ladder: str
    params: tuple[str, ...] = ()
    note_zh: str = ""


@cache
def thresholds() -> Mapping[str, Threshold]:
    """Return the thresholds of the audit by name (``data/thresholds.csv``)."""
    rows = load_records("judge/data/thresholds.csv", Threshold, key="threshold")
    return {row.threshold: row for row in rows}


def threshold(name: str) -> float:
    """Return the value of a threshold, in the unit its row states."""
    return thresholds()[name].value


@cache
def ladder(name: str) -> Ruleset:
    """Return a ladder, checked against what the code computes for it."""
    rows = load_records("judge/data/verdicts.csv", VerdictRule, key=("ladder", "rule"))
    conditions, measures = LADDERS[name]
    return Ruleset(
        f"judge/data/verdicts.csv, {name}",
        [row for row in rows if row.ladder == name],
        conditions=conditions,
        measures=measures,
        thresholds=thresholds(),
    )


def ladder_params(rules: Ruleset) -> tuple[tuple[str, ...], ...]:
    """Return for each rule of a ladder the parameters of its sentence."""
    return tuple(rule.params if isinstance(rule, VerdictRule) else () for rule in rules.rules)


def fill_codes(
    rules: Ruleset, rows: npt.NDArray[np.intp], codes: Mapping[str, npt.NDArray[np.object_]]
) -> npt.NDArray[np.object_]:
    """Return the reason codes of rules, names in braces filled from columns of codes.

    Parameters
    ----------
    rows
        Index of a rule for each subject; (n,).
    codes
        Name to the codes of all subjects; (n,) each.
    """
    filled = rules.reason_codes(rows).astype(object)
    for index, rule in enumerate(rules.rules):
        names = [name for name in codes if f"{{{name}}}" in rule.reason_code]
        if not names:
            continue
        mask = rows == index
        filled[mask] = _join_codes(rule.reason_code, names[0], codes[names[0]][mask])
    return filled


def _join_codes(template: str, name: str, values: Iterable[str]) -> list[str]:
    return [template.replace(f"{{{name}}}", value) for value in values]

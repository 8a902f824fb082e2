from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from greensilk.core.errors import GreenSilkError
from greensilk.report import appraisal_view, render_html
from greensilk.report.views.portfolio import DETAILED, read_portfolio

COUNT = 50_000


def _none(*_: object, **__: object) -> None:
    raise GreenSilkError("no_total", quantity="emission_reductions")


@pytest.fixture
def large(sample: Any) -> Any:
    ids = [f"P{place:05d}" for place in range(COUNT)]
    numbers = np.random.default_rng(7).lognormal(9.0, 2.0, COUNT)
    bad = set(ids[10:60])
    sample.projects = pa.table(
        {
            "project_id": ids,
            "name": [f"Plant {key}" for key in ids],
            "country": np.array(["PAK", "ARG", "VNM", "KEN"])[np.arange(COUNT) % 4].tolist(),
            "technology": np.array(["hydro", "solar_pv", "wind_onshore"])[
                np.arange(COUNT) % 3
            ].tolist(),
            "family": ["electricity"] * COUNT,
            "capacity": np.full(COUNT, 10.0),
        }
    )
    sample.evidence = pa.table(
        {
            "project_id": ids,
            "quantity": pa.array(["emission_reductions"] * COUNT).dictionary_encode(),
            "value": numbers,
            "low": numbers * 0.8,
            "high": numbers * 1.2,
            "unit": ["tCO2e/yr"] * COUNT,
            "method": ["power.emission_reductions"] * COUNT,
            "grade": pa.array(np.full(COUNT, 4), pa.int8()),
            "basis": ["computed"] * COUNT,
        }
    )
    sample.audit = pa.table(
        {
            "project_id": ids,
            "claim": ["claimed_emission_reductions"] * COUNT,
            "quantity": ["emission_reductions"] * COUNT,
            "claimed": numbers * 3,
            "unit": ["tCO2e/yr"] * COUNT,
            "estimate": numbers,
            "low": numbers * 0.8,
            "high": numbers * 1.2,
            "ratio": np.full(COUNT, 3.0),
            "verdict": ["high" if key in bad else "consistent" for key in ids],
        }
    )
    sample.components = sample.projects
    sample.consistency = sample.consistency.slice(0, 0)
    sample.baselines = sample.baselines.slice(0, 0)
    sample.explain = _none
    sample.sensitivity = _none
    return sample


def test_a_large_portfolio_shows_bad_claims_then_the_largest(large: Any) -> None:
    held = read_portfolio(large)
    assert len(held.projects) == COUNT
    assert len(held.detailed) == DETAILED
    shown = {item.id for item in held.detailed}
    assert {f"P{place:05d}" for place in range(10, 60)} <= shown
    rest = [item for item in held.projects.values() if item.id not in shown]
    chosen = [item for item in held.detailed if not item.bad_claims]
    assert min(item.size for item in chosen) >= max(item.size for item in rest)


@pytest.mark.slow
def test_the_page_of_a_large_portfolio_stays_usable(large: Any) -> None:
    text = render_html(appraisal_view(large), "zh")
    assert len(text) < 2_000_000
    assert "共 50,000 个项目，此处列出 200 个" in text

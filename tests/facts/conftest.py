"""What the tests of the sources share: one reading of a dataset from the mirror."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from greensilk.facts import sources
from greensilk.facts.catalogue import dataset_indicators
from greensilk.facts.fetch import locate
from greensilk.facts.harmonise import tidy


class Figure(NamedTuple):
    """A fact as it goes into the store."""

    value: float
    unit: str
    flag: str


class Reading(NamedTuple):
    """The facts of a dataset by (series, economy, year), and the names it sets apart."""

    facts: Mapping[tuple[str, str, int], Figure]
    groups: frozenset[str]


@pytest.fixture(scope="session")
def read(mirror: Path) -> Callable[[str], Reading]:
    """Return the function that reads a dataset from the mirror, once a session."""

    @cache
    def reading(name: str) -> Reading:
        dataset = sources.load(name)
        files = locate(dataset.files, mirror, mirror, fetch=False)
        facts, groups, _ = tidy(dataset.parse(files), dataset, dataset_indicators(name), files)
        found = {
            (str(row["indicator"]).removeprefix(f"{name}."), row["economy"], row["year"]): Figure(
                row["value"], row["unit"], row["flag"]
            )
            for row in facts.iter_rows(named=True)
        }
        named = groups[next(c for c in ("group", "economy") if c in groups.columns)]
        return Reading(found, frozenset(named.cast(str).to_list()))

    return reading

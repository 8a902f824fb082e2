"""What the tests of the sources share: one reading of a dataset from the mirror."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from greensilk.facts.catalogue import dataset, dataset_indicators
from greensilk.facts.fetch import locate
from greensilk.facts.harmonise import harmonise
from greensilk.facts.publishers import load_parser


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
        about, parser = dataset(name), load_parser(name)
        files = locate(about.files, mirror, mirror, fetch=False)
        apart = parser.groups(files) if hasattr(parser, "groups") else {}
        facts, groups, _ = harmonise(parser.parse(files), about, dataset_indicators(name), apart)
        figures = {
            (str(row["indicator"]).removeprefix(f"{name}."), row["economy"], row["year"]): Figure(
                row["value"], row["unit"], row["flag"]
            )
            for row in facts.iter_rows(named=True)
        }
        named = groups[next(c for c in ("group", "economy") if c in groups.columns)]
        return Reading(figures, frozenset(named.cast(str).to_list()))

    return reading

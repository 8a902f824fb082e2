"""One question to the user's store (or to the snapshot of the package), without opening it first.

Each function is the method of :class:`greensilk.facts.query.Facts` of the same name; ``root`` names
another store.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from greensilk.facts.query import Facts

__all__ = ["compare", "get", "profile", "quality", "quality_findings", "search", "status"]

Root = str | Path | None


def search(
    text: str, *, theme: str = "", licence: str = "any", most: int = 50, root: Root = None
) -> pa.Table:
    """Return the indicators that fit ``text``, in Chinese or English, best first.

    >>> search("森林面积", most=1).column("concept")[0].as_py()
    'forest_area'
    """
    with Facts.open(root) as facts:
        return facts.search(text, theme=theme, licence=licence, most=most)


def get(
    indicator: str | Iterable[str],
    *,
    economy: str | Iterable[str] | None = None,
    group: str = "",
    year: int | str | None = None,
    licence: str = "any",
    root: Root = None,
) -> pa.Table:
    """Return facts, sorted by indicator, economy and year (see :meth:`Facts.get`).

    >>> get("forest_area", economy="肯尼亚", year="latest").column("unit")[0].as_py()
    'km**2'
    """
    with Facts.open(root) as facts:
        return facts.get(indicator, economy=economy, group=group, year=year, licence=licence)


def compare(concept: str, *, economy: str, year: int | None = None, root: Root = None) -> pa.Table:
    """Return what every publisher says about one concept in one economy, side by side.

    Raises
    ------
    NotComparableError
        If only one publisher measures the concept, as in the snapshot of the package.
    """
    with Facts.open(root) as facts:
        return facts.compare(concept, economy=economy, year=year)


def profile(
    economy: str,
    *,
    theme: str = "",
    primary: bool = True,
    licence: str = "any",
    root: Root = None,
) -> pa.Table:
    """Return the last figure of every indicator for one economy, with its rank.

    >>> profile("KEN", theme="energy").num_rows > 10
    True
    """
    with Facts.open(root) as facts:
        return facts.profile(economy, theme=theme, primary=primary, licence=licence)


def status(*, root: Root = None) -> pa.Table:
    """Return one row a dataset: vintage, facts, economies, years, findings, licences.

    >>> status().num_rows > 10
    True
    """
    with Facts.open(root) as facts:
        return facts.status()


def quality(*, indicator: str = "", economy: str = "", root: Root = None) -> pa.Table:
    """Return what the checks say, of an indicator, an economy, both or all."""
    with Facts.open(root) as facts:
        return facts.quality(indicator=indicator, economy=economy)


def quality_findings(*, indicator: str = "", economy: str = "", root: Root = None) -> pa.Table:
    """Return what the checks say as findings (:data:`greensilk.core.findings.FINDINGS`).

    >>> set(quality_findings(economy="KEN").column("room").to_pylist())
    {'facts'}
    """
    with Facts.open(root) as facts:
        return facts.quality_findings(indicator=indicator, economy=economy)

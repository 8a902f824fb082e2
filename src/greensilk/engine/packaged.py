"""What comes with the package: the graph of everything known, and what codes bring along."""

from __future__ import annotations

from functools import lru_cache

import pyarrow as pa

from greensilk.engine.batch import Batch, batch_from_arrow
from greensilk.engine.graph import Graph, build_graph
from greensilk.engine.options import Options
from greensilk.facts.appraisal import PACKAGED, appraisal_table
from greensilk.projects import schema, technologies
from greensilk.reference import economies

__all__ = ["country_attributes", "default_graph", "make_batch", "technology_attributes"]


@lru_cache(maxsize=4)
def default_graph(facts: str = PACKAGED) -> Graph:
    """Return the graph of all formulas, tables, fields and country facts, built once a process."""
    return build_graph(schema(), [appraisal_table(facts)])


@lru_cache(maxsize=1)
def technology_attributes() -> dict[str, dict[str, str]]:
    """Return what every technology brings along as attributes: family, firmness, fuel, ..."""
    return {row.code: row.attributes for row in technologies()}


@lru_cache(maxsize=1)
def country_attributes() -> dict[str, dict[str, str]]:
    """Return what every country brings along as attributes: its climate."""
    return {code: row.attributes for code, row in economies.country_attributes().items()}


def make_batch(table: pa.Table, options: Options) -> Batch:
    """Return the batch of a table of components."""
    return batch_from_arrow(
        table, technology_attributes(), options.attributes(), country_attributes()
    )

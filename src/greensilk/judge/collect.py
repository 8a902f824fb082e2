"""All candidate baselines, collected from the reference tables.

Which table stands for which claim is written in ``data/candidates.toml``; the figures are read from
the tables when the set is built, so a new year or a new country in a table is a new candidate
without a line of code.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

import numpy as np

from greensilk.judge.candidates import CandidateSet, Dimension
from greensilk.judge.fleets import coal_conversions, fuel_plants, series
from greensilk.judge.grids import host_grids, host_with_fleet, published_by_host, world_grids

__all__ = ["candidate_set"]


@lru_cache(maxsize=1)
def candidate_set() -> CandidateSet:
    """Build every candidate from the packaged tables.

    >>> any(item.id == "china_thermal_fleet/2020" for item in candidate_set().candidates)
    True
    """
    place = files("greensilk.judge") / "data" / "candidates.toml"
    rules = tomllib.loads(place.read_text(encoding="utf-8"))
    dimensions = tuple(Dimension(**entry) for entry in rules["dimensions"])
    countries, host = host_grids(rules, dimensions)
    published = published_by_host(rules, dimensions, countries)
    mixed = host_with_fleet(rules, dimensions, [*host, *published])
    fixed = [
        *series(rules, dimensions),
        *world_grids(rules, dimensions),
        *fuel_plants(rules, dimensions),
        *coal_conversions(rules, dimensions),
    ]
    # one figure under two titles is one candidate, or nothing could ever fit alone
    distinct = {
        (candidate.kind, *np.nan_to_num(factors, nan=-1.0)): (candidate, factors)
        for candidate, factors in reversed(fixed)
    }
    fixed = list(reversed(distinct.values()))
    nothing = np.full(len(dimensions), np.nan)
    by_country = [*host, *published, *mixed]
    # of explanations that are equally good the host's own grid is named first
    entries = [
        *((candidate, nothing, place) for place, (candidate, _) in enumerate(by_country)),
        *((candidate, vector, -1) for candidate, vector in fixed),
    ]
    # candidates of one kind stand together, so that a kind is a slice
    kinds = list(dict.fromkeys(entry[0].kind for entry in entries))
    entries.sort(key=lambda entry: kinds.index(entry[0].kind))
    table = np.stack([array for _, array in by_country], axis=1)
    table = np.concatenate([table, np.full((1, *table.shape[1:]), np.nan)])
    index = np.array([place for place, entry in enumerate(entries) if entry[2] >= 0], np.intp)
    order = [entry[2] for entry in entries if entry[2] >= 0]
    return CandidateSet(
        dimensions=dimensions,
        candidates=tuple(entry[0] for entry in entries),
        factors=np.stack([entry[1] for entry in entries]),
        countries=countries,
        host_index=index,
        host=table[:, order],
        tolerance=float(rules["tolerance"]),
        families=tuple(rules["families"]),
        generation=rules["generation"],
        generation_unit=rules["generation_unit"],
    )
